"""What can be wrong with a plan or a command, each as one sentence built from data.

`template` is the Vietnamese sentence (the source language); other languages come from the catalogues,
with the same fields. `fields` are plain values, already fit to be shown.
"""

from __future__ import annotations

from typing import ClassVar


class DoithoaiError(Exception):
    """Base of every error that a user may see; shown as one sentence, never as a traceback."""

    template: ClassVar[str] = "Có lỗi: {detail}."

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(self.template.format(**fields))


class BadInput(DoithoaiError, ValueError):
    """The user's input is wrong and the sentence says what to change."""


class NotFound(BadInput, LookupError):
    """The thing named does not exist."""


class Conflict(DoithoaiError):
    """The input was right for a state that has changed in the meantime."""


class PlanNotFound(NotFound):
    template = "Không có kế hoạch «{plan}»; xem danh sách bằng lệnh «doithoai list»."


class StepUnknown(NotFound):
    template = "Kế hoạch không có bước «{step}»; các bước là: {known}."


class StepAlreadyDone(Conflict):
    template = "Bước «{step}» đã được ghi nhận hoàn thành ngày {done_on}; không ghi nhận lần thứ hai."


class StepNotOpen(BadInput):
    template = "Bước «{step}» chưa mở vì còn chờ: {waiting_for}; hãy ghi nhận các bước đó trước."


class PlanNotRunning(Conflict):
    template = "Kế hoạch «{plan}» {status}, nên không nhận thêm thay đổi."


class HappenedInFuture(BadInput):
    template = "Ngày hoàn thành {happened_on} ở sau thời điểm ghi nhận {recorded_on}; hãy ghi ngày việc thực sự xong."


class HappenedBeforeStart(BadInput):
    template = "Ngày hoàn thành {happened_on} ở trước ngày kế hoạch bắt đầu {started_on}; hãy kiểm tra lại ngày."


class HappenedBeforeEvent(BadInput):
    template = (
        "Ngày hoàn thành {happened_on} ở trước ngày {event_on} của «{event}» mà bước «{step}» phải theo sau; "
        "hãy kiểm tra lại ngày."
    )


class StepOpensLater(BadInput):
    template = "Bước «{step}» chỉ mở từ ngày {opens_on}; hãy ghi nhận từ ngày đó."


class StepEndsWithMeeting(BadInput):
    template = "Bước «{step}» diễn ra trong hội nghị; hãy ghi nhận hội nghị đã họp trước."


class FileMissing(BadInput):
    template = "Bước «{step}» cần tệp minh chứng; hãy gửi kèm tệp."


class DocumentNumberMissing(BadInput):
    template = "Đã ghi ngày văn bản {document_on} mà chưa ghi số văn bản; hãy ghi số, hoặc bỏ ngày."


class DocumentInFuture(BadInput):
    template = "Ngày văn bản {document_on} ở sau ngày ghi nhận {recorded_on}; hãy kiểm tra lại ngày."


class EvidenceMissing(BadInput):
    template = "Bước «{step}» cần số văn bản làm minh chứng; hãy ghi số và ngày văn bản."


class MeetingAlreadyHeld(Conflict):
    template = "Hội nghị đã họp ngày {held_on}, không thể đổi ngày họp."


class MeetingBeforeStart(BadInput):
    template = "Ngày họp {meeting_on} ở trước ngày kế hoạch bắt đầu {started_on}; hãy chọn ngày khác."


class MeetingAlreadyPast(BadInput):
    template = (
        "Ngày họp {meeting_on} đã qua; nếu hội nghị đã họp, hãy ghi nhận hoàn thành bước hội nghị, "
        "nếu hoãn, hãy chọn ngày sắp tới."
    )


class NoMeetingStep(BadInput):
    template = "Kế hoạch «{plan}» không có bước hội nghị nào để định ngày."


class ReasonMissing(BadInput):
    template = "Cần ghi lý do."


class StartInFuture(BadInput):
    template = "Ngày bắt đầu {started_on} ở sau hôm nay {today}; hãy bắt đầu kế hoạch từ ngày đó trở đi."


class StaleVersion(Conflict):
    template = "Kế hoạch «{plan}» vừa được người khác thay đổi; hãy tải lại trang, xem thay đổi rồi làm lại."


# ── parts of a step ───────────────────────────────────────────────────────────────────────────────────────────


class StepHasParts(BadInput):
    template = "Bước «{step}» đã tách thành từng phần việc; hãy làm việc này với từng phần: {parts}."


class PartsStillOpen(BadInput):
    template = "Bước «{step}» tự xong khi mọi phần việc đã xong; còn các phần: {parts}."


class PartOfPetition(BadInput):
    template = (
        "Phần việc «{step}» xong khi kiến nghị được trả lời; hãy ghi nhận bằng lệnh "
        "«doithoai petition answer» cho kiến nghị {petition}."
    )


class NothingToShare(BadInput):
    template = "Bước «{step}» không phải là bước tách theo cơ quan, đơn vị, nên không chia phần việc được."


class UnitsMissing(BadInput):
    template = "Cần ghi ít nhất một cơ quan, đơn vị để chia phần việc của bước «{step}»."


# ── changing what was recorded ────────────────────────────────────────────────────────────────────────────────


class StepWasSkipped(Conflict):
    template = "Bước «{step}» đã được ghi là không áp dụng; muốn làm tiếp, hãy mở lại bước này trước."


class StepNotDone(BadInput):
    template = "Bước «{step}» chưa được ghi nhận hoàn thành, nên không có gì để sửa."


class StepNotEnded(BadInput):
    template = "Bước «{step}» chưa xong, nên không cần mở lại."


class NothingToReopen(BadInput):
    template = "Bước «{step}» đã tách thành từng phần việc; hãy mở lại phần việc cần làm tiếp: {parts}."


class HappenedAfterNext(BadInput):
    template = (
        "Ngày hoàn thành {happened_on} ở sau ngày {next_on} của «{next}», là bước theo sau «{step}»; "
        "hãy kiểm tra lại ngày."
    )


class EndFollowsFromParts(BadInput):
    template = "Ngày xong của bước «{step}» theo các phần việc; hãy sửa ở phần việc bị ghi nhầm: {parts}."


class MeetingNotSkipped(BadInput):
    template = "Hội nghị «{step}» là việc chính của kế hoạch; nếu không họp nữa, hãy hoãn hội nghị hoặc hủy kế hoạch."


class OwnerMissing(BadInput):
    template = "Cần ghi đơn vị nhận việc."


# ── the meeting ───────────────────────────────────────────────────────────────────────────────────────────────


class MeetingMonthPast(BadInput):
    template = "Tháng họp {month} đã qua; hãy chọn tháng sắp tới, hoặc để trống nếu chưa biết."


class TallyMissing(BadInput):
    template = "Bước «{step}» cần số người được triệu tập và số người có mặt."


class VotesMissing(BadInput):
    template = "Bước «{step}» cần số người được triệu tập, số người có mặt và số người tán thành."


class TallyWrong(BadInput):
    template = (
        "Số liệu hội nghị không khớp: triệu tập {summoned}, có mặt {present}, tán thành {in_favour}; "
        "số có mặt phải từ 1 đến số triệu tập, số tán thành không quá số có mặt."
    )


class QuorumMissing(BadInput):
    template = (
        "Chưa đủ số người dự họp của bước «{step}»: có mặt {present}/{summoned}, "
        "kế hoạch đòi ít nhất {quorum} số người được triệu tập."
    )


class MajorityMissing(BadInput):
    template = "Chưa đủ số người tán thành ở bước «{step}»: {in_favour}/{present}, kế hoạch đòi trên {majority} số người có mặt."

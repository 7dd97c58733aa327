"""Why a clock is not moved: extensions, stops, and what may be said to a ladder; each as one sentence."""

from __future__ import annotations

from workflow.domain.errors import BadInput, Conflict

# ── extensions ────────────────────────────────────────────────────────────────────────────────────────────────


class ExtensionNotAllowed(BadInput):
    template = "Kế hoạch không cho kéo dài hạn của bước «{step}»."


class ExtensionAlreadyUsed(Conflict):
    template = "Hạn của bước «{step}» đã được kéo dài ngày {extended_on}; chỉ được kéo dài một lần."


class ExtensionWithoutLimit(BadInput):
    template = "Bước «{step}» hiện không có hạn nào tính được, nên chưa kéo dài được."


class ExtensionOfProjection(BadInput):
    template = "Hạn của bước «{step}» còn là dự kiến; chỉ kéo dài khi hạn đã chắc chắn."


class ExtensionTooLate(BadInput):
    template = "Hạn của bước «{step}» đã hết ngày {due_on}; chỉ được kéo dài trước khi hết hạn."


class ApprovedInFuture(BadInput):
    template = "Ngày duyệt {approved_on} ở sau hôm nay {today}; hãy ghi ngày thực sự duyệt."


class ApprovedBeforeStart(BadInput):
    template = "Ngày duyệt {approved_on} ở trước ngày kế hoạch bắt đầu {started_on}; hãy kiểm tra lại ngày."


class ExtensionReasonMissing(BadInput):
    template = "Muốn kéo dài hạn của bước «{step}» thì phải ghi lý do."


class ExtensionWordsMissing(BadInput):
    template = "Muốn kéo dài hạn của bước «{step}» thì phải nêu cụ thể vụ việc, ngoài lý do chung."


class ExtensionReasonUnlisted(BadInput):
    template = "Kế hoạch chỉ cho kéo dài hạn của bước «{step}» vì các lý do: {reasons}; không có lý do «{reason}»."


class ApproverMissing(BadInput):
    template = "Muốn kéo dài hạn của bước «{step}» thì phải ghi người duyệt."


class ExtensionTooLong(BadInput):
    template = "Kế hoạch chỉ cho kéo dài hạn của bước «{step}» đến {cap} {counted} kể từ cùng mốc, không đến {n}."


class ExtensionTooShort(BadInput):
    template = "Kéo dài như vậy không xa hơn hạn đầu {due_on} của bước «{step}»; hãy ghi số lớn hơn."


class ExtensionNotAsked(Conflict):
    template = "Bước «{step}» hiện không có đề nghị kéo dài hạn nào; có thể người khác đã giải quyết."


class ExtensionByDate(BadInput):
    template = "Hạn kéo dài của bước «{step}» là một ngày cố định trong kế hoạch, không theo số ngày; hãy bỏ số ngày."


# ── the clock ─────────────────────────────────────────────────────────────────────────────────────────────────


class ClockNotStoppable(BadInput):
    template = (
        "Hạn của bước «{step}» không tính bằng số ngày từ một mốc, nên không dừng được; "
        "chỉ dừng được thời hạn như «07 ngày làm việc sau …»."
    )


class ClockNotRunning(BadInput):
    template = "Thời hạn của bước «{step}» chưa bắt đầu tính, nên chưa dừng được."


class ClockAlreadyStopped(Conflict):
    template = "Thời hạn của bước «{step}» đang dừng từ ngày {stopped_on}; không dừng lần nữa."


class ClockNotStopped(BadInput):
    template = "Thời hạn của bước «{step}» đang không dừng, nên không có gì để tính tiếp."


class ClockRanOut(BadInput):
    template = "Hạn của bước «{step}» đã hết ngày {due_on}, trước khi dừng; thời hạn đã hết thì không dừng được."


class StoppedInFuture(BadInput):
    template = "Ngày {day} ở sau hôm nay {today}; hãy ghi ngày thực sự dừng hoặc tính tiếp."


class StoppedTooEarly(BadInput):
    template = "Ngày {day} ở trước ngày {since}, là khi thời hạn của bước «{step}» bắt đầu tính hoặc đổi lần trước."


class SnoozeInPast(BadInput):
    template = "Ngày nhắc lại {until} phải ở sau hôm nay {today}."


class NothingToRemind(BadInput):
    template = "Bước «{step}» chưa có hạn chắc chắn, nên không có nhắc việc nào để dừng."


class LadderEmpty(BadInput):
    template = "Bậc thang nhắc việc phải có ít nhất một bậc."


class RungTwice(BadInput):
    template = "Bậc thang có hai bậc cùng tên «{rung}»; mỗi bậc cần một tên riêng."


class RungNameUnfit(BadInput):
    template = "Tên bậc «{rung}» chỉ được gồm chữ cái không dấu, chữ số và dấu gạch dưới."


class RungDaysUnfit(BadInput):
    template = "Bậc «{rung}» có số ngày không hợp lệ; số ngày từ 0 đến 400, số ngày nhắc lại từ 1."


class RungRepeatsBeforeLimit(BadInput):
    template = "Bậc «{rung}» không nhắc lại được, vì chỉ nhắc lại sau khi hết hạn."


class RungForNobody(BadInput):
    template = "Bậc «{rung}» chưa có người nhận."

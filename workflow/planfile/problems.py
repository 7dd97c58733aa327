"""The sentences of what can be wrong with a plan file: each names the file, the line and the remedy."""

from __future__ import annotations

from workflow.planfile.report import PlanFileError

# ── the file as a whole ───────────────────────────────────────────────────────────────────────────────────────


class FileMissing(PlanFileError):
    template = "Không tìm thấy tệp «{file}»; hãy kiểm tra lại tên tệp và thư mục."


class FileIsFolder(PlanFileError):
    template = "«{file}» là một thư mục; hãy chỉ rõ tệp kế hoạch (đuôi .yaml) ở trong đó."


class FileUnreadable(PlanFileError):
    template = "Không mở được tệp «{file}»; hãy kiểm tra quyền đọc tệp, hoặc chép tệp ra chỗ khác rồi thử lại."


class FileTooLarge(PlanFileError):
    template = "Tệp «{file}» lớn hơn {limit}, không thể là tệp kế hoạch; hãy kiểm tra xem có chọn nhầm tệp không."


class FileEmpty(PlanFileError):
    template = "Tệp «{file}» không có nội dung; hãy chép một kế hoạch mẫu trong thư mục examples rồi sửa lại."


class FileIsDocument(PlanFileError):
    template = (
        "Tệp «{file}» là văn bản Word hoặc PDF, chưa phải tệp kế hoạch; "
        "hãy chuyển nó thành tệp kế hoạch bằng lệnh «doithoai read»."
    )


class FileNotText(PlanFileError):
    template = "Tệp «{file}» không phải là tệp văn bản; hãy chọn tệp kế hoạch (đuôi .yaml)."


class NotUtf8(PlanFileError):
    template = "Tệp «{file}», dòng {line}: có chữ không theo bảng mã UTF-8; hãy mở tệp và lưu lại với bảng mã UTF-8."


class ControlCharacter(PlanFileError):
    template = "Tệp «{file}», dòng {line}: có ký tự điều khiển {code} không hiện trên màn hình; hãy xóa ký tự ấy."


# ── YAML ──────────────────────────────────────────────────────────────────────────────────────────────────────


class TabIndent(PlanFileError):
    template = "Tệp «{file}», dòng {line}: đầu dòng thụt vào bằng phím Tab; hãy thay bằng dấu cách."


class SyntaxWrong(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: không đọc được từ cột {column}; "
        "hãy kiểm tra dấu hai chấm, ngoặc, dấu nháy và độ thụt đầu dòng ở đây và ở dòng trên."
    )


class ColonInText(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: có dấu hai chấm ở giữa nội dung (cột {column}); "
        'hãy đặt cả nội dung trong dấu nháy kép "…", hoặc kiểm tra độ thụt đầu dòng.'
    )


class QuoteNotClosed(PlanFileError):
    template = "Tệp «{file}», dòng {line}: dấu nháy mở ra ở đây mà không đóng lại; hãy thêm dấu nháy đóng."


class BracketNotClosed(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: ngoặc mở ra ở đây mà không đóng lại, hoặc thiếu dấu phẩy bên trong; "
        "hãy thêm dấu còn thiếu."
    )


class AliasUsed(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: tệp kế hoạch không dùng dấu «*» để lặp lại nội dung; hãy ghi đầy đủ nội dung ra."
    )


class TooDeep(PlanFileError):
    template = "Tệp «{file}», dòng {line}: các mục lồng nhau quá sâu; tệp kế hoạch chỉ có vài tầng, hãy kiểm tra các dấu ngoặc."


class ForeignTag(PlanFileError):
    template = "Tệp «{file}», dòng {line}: không nhận nhãn «{tag}»; hãy bỏ nhãn ấy đi."


class SeveralDocuments(PlanFileError):
    template = "Tệp «{file}», dòng {line}: dấu «---» mở ra một kế hoạch thứ hai; hãy để mỗi kế hoạch trong một tệp."


class DuplicateKey(PlanFileError):
    template = "Tệp «{file}», dòng {line}: mục «{key}» đã ghi ở dòng {first_line}; hãy chỉ giữ lại một."


class KeyNotWord(PlanFileError):
    template = "Tệp «{file}», dòng {line}: tên mục phải là một từ, ví dụ «title:»; hãy kiểm tra dấu ngoặc."


# ── structure ─────────────────────────────────────────────────────────────────────────────────────────────────


class UnknownKey(PlanFileError):
    template = "Tệp «{file}», dòng {line}: không có mục nào tên là «{key}»; các mục dùng được ở đây: {known}."


class UnknownKeyNear(PlanFileError):
    template = "Tệp «{file}», dòng {line}: không có mục nào tên là «{key}»; có phải là «{near}» không?"


class CommaInText(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: «{key}» bị đọc thành tên mục; nếu đó là phần sau dấu phẩy của nội dung, "
        'hãy đặt cả nội dung trong dấu nháy kép "…".'
    )


class KeyMissing(PlanFileError):
    template = "Tệp «{file}», dòng {line}: thiếu mục «{key}»; hãy thêm «{key}: …»."


class ValueMissing(PlanFileError):
    template = "Tệp «{file}», dòng {line}: mục «{key}» để trống; hãy ghi nội dung."


class NotMapping(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: chỗ này phải gồm các dòng dạng «tên mục: nội dung»; các mục dùng được: {known}."
    )


class NotList(PlanFileError):
    template = "Tệp «{file}», dòng {line}: mục «{key}» phải là một danh sách, mỗi phần tử mở đầu bằng dấu «-»."


class NotText(PlanFileError):
    template = "Tệp «{file}», dòng {line}: mục «{key}» phải là một dòng chữ, không phải danh sách hay nhóm mục."


class TextTooLong(PlanFileError):
    template = "Tệp «{file}», dòng {line}: mục «{key}» dài quá {longest} ký tự; hãy ghi gọn lại."


class NotChoice(PlanFileError):
    template = "Tệp «{file}», dòng {line}: mục «{key}» không nhận giá trị «{value}»; hãy chọn một trong: {choices}."


class NotChoiceNear(PlanFileError):
    template = "Tệp «{file}», dòng {line}: mục «{key}» không nhận giá trị «{value}»; có phải là «{near}» không? (Các giá trị: {choices}.)"


class NotBoolean(PlanFileError):
    template = "Tệp «{file}», dòng {line}: mục «{key}» chỉ nhận «true» (có) hoặc «false» (không), không nhận «{value}»."


class NotDate(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: mục «{key}» không phải là ngày: «{value}»; hãy ghi dạng 15/05/2026 hoặc 2026-05-15."
    )


class ImpossibleDate(PlanFileError):
    template = "Tệp «{file}», dòng {line}: không có ngày «{value}» trong lịch; hãy kiểm tra lại ngày và tháng."


class NotMonth(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: mục «{key}» không phải là tháng: «{value}»; hãy ghi dạng 2026-05 hoặc 05/2026."
    )


class NotClock(PlanFileError):
    template = 'Tệp «{file}», dòng {line}: mục «{key}» không phải là giờ: «{value}»; hãy ghi dạng "08:00" hoặc 8h00.'


class NotShare(PlanFileError):
    template = "Tệp «{file}», dòng {line}: mục «{key}» không phải là một phần của tổng số: «{value}»; hãy ghi dạng 2/3 hoặc 50%."


class ImpossibleShare(PlanFileError):
    template = "Tệp «{file}», dòng {line}: mục «{key}» phải lớn hơn 0 và không quá tất cả, không phải «{value}»; hãy ghi như 2/3 hoặc 50%."


class NotTemplate(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: mục «{key}» phải là tên mẫu kèm số bản như dialogue@1, không phải «{value}»; "
        "hãy ghi lại, hoặc bỏ mục này."
    )


class VersionMissing(PlanFileError):
    template = "Tệp «{file}» không mở đầu bằng «doithoai: 1» nên không rõ có phải tệp kế hoạch không; hãy thêm dòng ấy lên đầu tệp."


class VersionUnknown(PlanFileError):
    template = "Tệp «{file}», dòng {line}: bản này chỉ đọc được tệp kế hoạch «doithoai: 1», không đọc được «{value}»; hãy cập nhật phần mềm."


class NoSteps(PlanFileError):
    template = "Tệp «{file}», dòng {line}: kế hoạch chưa có bước nào; hãy ghi ít nhất một bước dưới «steps:»."


class TooManySteps(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: kế hoạch có quá nhiều bước (nhiều nhất {most}); hãy tách thành nhiều kế hoạch."
    )


# ── meaning ───────────────────────────────────────────────────────────────────────────────────────────────────


class BadStepKey(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: khóa bước «{key}» không hợp lệ; chỉ dùng chữ thường không dấu, chữ số và dấu gạch dưới, "
        "bắt đầu bằng chữ cái, nhiều nhất {longest} ký tự (ví dụ «{suggestion}»)."
    )


class ReservedStepKey(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: «{key}» là từ dành riêng trong cách viết thời hạn; hãy đặt khóa khác cho bước này."
    )


class DuplicateStepKey(PlanFileError):
    template = "Tệp «{file}», dòng {line}: khóa bước «{key}» đã dùng ở dòng {first_line}; hãy đặt khóa khác cho một trong hai bước."


class UnknownPredecessor(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: bước «{step}» chờ bước «{key}» không có trong kế hoạch; các bước là: {known}."
    )


class UnknownPredecessorNear(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: bước «{step}» chờ bước «{key}» không có trong kế hoạch; có phải là «{near}» không?"
    )


class CyclicSteps(PlanFileError):
    template = "Tệp «{file}», dòng {line}: các bước chờ nhau thành vòng: {names}; hãy bỏ bớt một mối trong «after»."


class CyclicLimits(PlanFileError):
    template = "Tệp «{file}», dòng {line}: thời hạn của các bước tính theo nhau thành vòng: {names}; hãy sửa mốc tính của một bước."


class WordingUnclear(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: không hiểu thời hạn «{wording}» của bước «{step}» (từ ký tự thứ {position}): {why} "
        "Ví dụ cách viết đúng: «trước ngày 24/4/2026», «10 ngày làm việc sau {example}»."
    )


class WordingWrong(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: thời hạn «{wording}» của bước «{step}» chưa đúng: {why} Hãy sửa lại thời hạn này."
    )


class UnknownEvent(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: thời hạn của bước «{step}» tính theo «{event}» không có trong kế hoạch; "
        "hãy dùng khóa của một bước: {known}."
    )


class UnknownEventNear(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: thời hạn của bước «{step}» tính theo «{event}» không có trong kế hoạch; "
        "có phải là «{near}» không?"
    )


class LimitFromItself(PlanFileError):
    template = "Tệp «{file}», dòng {line}: thời hạn của bước «{step}» tính theo chính bước ấy; hãy dùng khóa của bước xảy ra trước nó."


class ExtendWithoutDue(PlanFileError):
    template = "Tệp «{file}», dòng {line}: bước «{step}» có hạn kéo dài nhưng chưa có thời hạn; hãy thêm «due: …»."


class ReasonsWithoutExtend(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: bước «{step}» có lý do kéo dài nhưng không có hạn kéo dài; "
        "hãy thêm «extend: …», hoặc bỏ các lý do."
    )


class MajorityOfAll(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: mục «{key}» là «{value}» thì không bao giờ đạt được, vì phải có trên chừng ấy "
        "số người tán thành; hãy ghi như 1/2 hoặc 50%."
    )


class ExtendNotPeriod(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: hạn kéo dài của bước «{step}» phải là một khoảng thời gian tính từ cùng mốc với thời hạn, "
        "ví dụ «không quá 15 ngày làm việc sau {event}»."
    )


class ExtendNotLonger(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: hạn kéo dài của bước «{step}» không dài hơn thời hạn; "
        "hãy ghi tổng thời gian kể cả phần kéo dài (ví dụ hạn 10 ngày, kéo dài không quá 15 ngày)."
    )


class MeetingDayAndMonth(PlanFileError):
    template = "Tệp «{file}», dòng {line}: phần «meeting» ghi cả ngày họp («on») và tháng họp («month»); hãy chỉ giữ một trong hai."


class ClockWithoutDay(PlanFileError):
    template = (
        "Tệp «{file}», dòng {line}: phần «meeting» có giờ họp («at») mà chưa có ngày họp; hãy thêm «on: …» hoặc bỏ giờ."
    )

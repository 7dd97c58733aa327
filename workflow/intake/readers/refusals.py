"""Why a file is not read, each as one sentence that says what to do instead."""

from __future__ import annotations

from workflow.domain.errors import BadInput


class DocumentRefused(BadInput):
    """The file cannot be read as a plan document. `file` among the fields is its name."""


# ── the file as a whole ───────────────────────────────────────────────────────────────────────────────────────


class FileMissing(DocumentRefused):
    template = "Không có tệp «{file}»; hãy kiểm tra lại tên và thư mục."


class NotAFile(DocumentRefused):
    template = "«{file}» là thư mục hoặc thiết bị, không phải tệp văn bản; hãy chỉ rõ tệp kế hoạch."


class FileUnreadable(DocumentRefused):
    template = "Không đọc được tệp «{file}» ({why}); hãy kiểm tra quyền đọc và tên tệp rồi thử lại."


class FileEmpty(DocumentRefused):
    template = "Tệp «{file}» trống, không có nội dung; hãy chọn lại tệp hoặc xin gửi lại."


class FileTooLarge(DocumentRefused):
    template = "Tệp «{file}» lớn hơn {megabytes} MB; hãy bỏ bớt hình ảnh hoặc tách riêng phần kế hoạch rồi thử lại."


# ── of another kind ───────────────────────────────────────────────────────────────────────────────────────────


class KindUnknown(DocumentRefused):
    template = "Không nhận ra «{file}» là loại văn bản nào; hãy dùng tệp .docx, .pdf (có chữ), .txt hoặc .doc."


class OtherWordProcessor(DocumentRefused):
    template = "Tệp «{file}» có dạng {format}; hãy mở bằng Word hoặc LibreOffice, lưu thành .docx rồi thử lại."


class SheetOrSlides(DocumentRefused):
    template = (
        "Tệp «{file}» là bảng tính hoặc bản trình chiếu ({format}); "
        "hãy chép phần kế hoạch sang Word, lưu thành .docx rồi thử lại."
    )


class Picture(DocumentRefused):
    template = (
        "Tệp «{file}» là ảnh ({format}), không có chữ để đọc; "
        "hãy xin tệp Word gốc, hoặc nhận dạng chữ (OCR), lưu thành .docx rồi thử lại."
    )


class Archive(DocumentRefused):
    template = "Tệp «{file}» là tệp nén; hãy giải nén rồi chọn tệp kế hoạch ở trong đó."


# ── of the right kind, but not readable ───────────────────────────────────────────────────────────────────────


class Damaged(DocumentRefused):
    template = (
        "Tệp «{file}» bị hỏng hoặc chưa tải về trọn vẹn; "
        "hãy mở thử bằng chương trình đã soạn nó rồi lưu lại, hoặc xin gửi lại tệp."
    )


class PasswordProtected(DocumentRefused):
    template = "Tệp «{file}» có mật khẩu; hãy mở bằng mật khẩu, lưu một bản không đặt mật khẩu rồi thử lại."


class Scanned(DocumentRefused):
    template = (
        "Tệp «{file}» là bản quét, chỉ có ảnh mà không có chữ; "
        "hãy xin tệp Word gốc, hoặc nhận dạng chữ (OCR) rồi thử lại."
    )


class TextMissing(DocumentRefused):
    template = "Tệp «{file}» không có chữ nào; hãy kiểm tra lại tệp, nếu chỉ có ảnh thì hãy xin tệp Word gốc."


class TextTooLong(DocumentRefused):
    template = "Tệp «{file}» dài quá {pages} trang; hãy tách riêng phần kế hoạch rồi thử lại."


class OldEncoding(DocumentRefused):
    template = (
        "Tệp «{file}» dùng bảng mã tiếng Việt cũ (TCVN3 hoặc VNI); "
        "hãy chuyển sang Unicode, chẳng hạn bằng công cụ của UniKey (Ctrl+Shift+F6), rồi thử lại."
    )


class LettersUnknown(DocumentRefused):
    template = (
        "Không nhận ra bảng mã của chữ trong tệp «{file}»; "
        "hãy mở bằng chương trình đã soạn nó, lưu thành .docx (hoặc .txt với bảng mã UTF-8) rồi thử lại."
    )


class AntiwordMissing(DocumentRefused):
    template = "Máy này chưa cài antiword nên không đọc được tệp .doc «{file}»; hãy mở bằng Word, lưu thành .docx."


# ── not safe to read ──────────────────────────────────────────────────────────────────────────────────────────


class PackedTooTightly(DocumentRefused):
    template = (
        "Tệp «{file}» bung ra lớn bất thường nên không được mở; "
        "hãy hỏi lại người gửi, hoặc mở bằng Word rồi lưu thành tệp .docx mới."
    )


class StrangeXml(DocumentRefused):
    template = (
        "Tệp «{file}» có đoạn mã mà Word không bao giờ ghi nên không được mở; "
        "hãy hỏi lại người gửi, hoặc mở bằng Word rồi lưu thành tệp .docx mới."
    )


class TooDemanding(DocumentRefused):
    template = (
        "Đọc tệp «{file}» tốn quá nhiều thời gian hoặc bộ nhớ nên đã dừng; "
        "hãy mở bằng chương trình đã soạn nó, lưu thành .docx mới rồi thử lại."
    )


class ReaderNotStarted(DocumentRefused):
    template = "Không khởi động được chương trình đọc tệp «{file}» ({why}); hãy đóng bớt chương trình khác hoặc cài đặt lại rồi thử lại."


REFUSALS: dict[str, type[DocumentRefused]] = {kind.__name__: kind for kind in DocumentRefused.__subclasses__()}
"""Each refusal by its name, as it comes back from the child process."""

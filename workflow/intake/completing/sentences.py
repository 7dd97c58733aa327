"""What is said about the prose of a document: one sentence for each thing, like those of the linter."""

from __future__ import annotations

from workflow.domain.lint_findings import FindingCode, Sentence, Severity

# ── dates as they are written ─────────────────────────────────────────────────────────────────────────────────

WRONG_WEEKDAY = Sentence(
    FindingCode.WEEKDAY_MISMATCH,
    Severity.WARNING,
    "Văn bản ghi «{said}» nhưng ngày {on} là {day}; hãy kiểm tra lại ngày hoặc thứ.",
)
NUMBER_AGAINST_WORDS = Sentence(
    FindingCode.NUMBER_WORD_MISMATCH,
    Severity.WARNING,
    "Trong «{said}», con số và chữ trong ngoặc không khớp nhau; hãy sửa cho khớp rồi tính lại hạn.",
)
YEAR_NOT_WRITTEN = Sentence(
    FindingCode.MISSING_YEAR,
    Severity.INFO,
    "«{said}» không ghi năm, đang hiểu là ngày {on}; hãy ghi rõ năm.",
)
YEAR_UNKNOWN = Sentence(
    FindingCode.MISSING_YEAR,
    Severity.WARNING,
    "«{said}» không ghi năm nên chưa tính được hạn; hãy ghi rõ năm.",
)
NO_SUCH_DATE = Sentence(
    FindingCode.INVALID_DATE,
    Severity.ERROR,
    "Văn bản ghi «{said}» nhưng trong lịch không có ngày ấy; hãy kiểm tra lại ngày và tháng.",
)
ISSUE_DAY_BLANK = Sentence(
    FindingCode.MISSING_DATE,
    Severity.INFO,
    "Ngày ban hành còn để trống («{said}»); hãy điền khi ban hành để tính thời gian từ ngày ấy.",
)
DAY_BLANK = Sentence(
    FindingCode.MISSING_DATE,
    Severity.WARNING,
    "Chỗ ghi ngày còn để trống: «{said}»; hãy điền ngày cụ thể.",
)

# ── numbering ─────────────────────────────────────────────────────────────────────────────────────────────────

SAME_NUMBER_TWICE = Sentence(
    FindingCode.NUMBERING_ERROR,
    Severity.INFO,
    "Hai mục cùng mang một số: «{first}» và «{second}»; hãy đánh số lại.",
)
NUMBER_SKIPPED = Sentence(
    FindingCode.NUMBERING_ERROR,
    Severity.INFO,
    "Sau mục «{first}» là ngay mục «{second}»; hãy đánh số lại, hoặc kiểm tra xem có sót mục nào không.",
)
NUMBERED_UNDER_ANOTHER = Sentence(
    FindingCode.NUMBERING_ERROR,
    Severity.INFO,
    "Mục «{second}» nằm trong mục «{first}» nhưng mang số của mục khác; hãy đánh số lại.",
)

# ── dates against each other ──────────────────────────────────────────────────────────────────────────────────

CITED_LATER = Sentence(
    FindingCode.CONTRADICTORY_DATES,
    Severity.WARNING,
    "Kế hoạch ban hành {day} nhưng viện dẫn «{said}», muộn hơn; hãy kiểm tra lại ngày của văn bản được viện dẫn.",
)
BANNER_AGAINST_MEETING = Sentence(
    FindingCode.CONTRADICTORY_DATES,
    Severity.WARNING,
    "Tiêu đề treo tại hội nghị ghi «{said}» nhưng thời gian họp là {day}; hãy sửa cho khớp nhau.",
)
SAID_WITH_ANOTHER_DATE = Sentence(
    FindingCode.CONTRADICTORY_DATES,
    Severity.ERROR,
    "Việc «{step}» có hai hạn khác nhau ở hai chỗ: «{first}» và «{second}»; hãy giữ một hạn.",
)
OUTSIDE_ITS_PHASE = Sentence(
    FindingCode.CONTRADICTORY_DATES,
    Severity.WARNING,
    "Việc «{step}» có hạn {due}, nằm ngoài thời gian của mục «{section}» (từ {since} đến {until}); hãy sửa một trong hai.",
)
NOT_SO_MANY_DAYS = Sentence(
    FindingCode.CONTRADICTORY_DATES,
    Severity.WARNING,
    "«{said}»: {n} ngày trước ngày {event_on} là {counted}, không phải {on}; hãy kiểm tra lại ngày hoặc số ngày.",
)

# ── references ────────────────────────────────────────────────────────────────────────────────────────────────

EVENT_IS_NO_STEP = Sentence(
    FindingCode.UNRESOLVED_REFERENCE,
    Severity.WARNING,
    "Thời hạn «{wording}» của bước «{step}» tính từ một việc không có trong kế hoạch; "
    "hãy thêm bước ghi nhận việc ấy, hoặc ghi hạn theo mốc khác.",
)
BEFORE_AND_SINCE = Sentence(
    FindingCode.UNRESOLVED_REFERENCE,
    Severity.INFO,
    "Cách viết «{said}» vừa nói «trước» vừa nói «kể từ», đang hiểu là {n} ngày trước; hãy viết lại cho rõ.",
)
NO_LONGER_IN_FORCE = Sentence(
    FindingCode.UNRESOLVED_REFERENCE,
    Severity.INFO,
    "Kế hoạch viện dẫn {cited}, đã được thay bằng {by} từ {since}; hãy viện dẫn văn bản mới và xem lại các thời hạn.",
)

# ── what was added ────────────────────────────────────────────────────────────────────────────────────────────

STEP_PROPOSED = Sentence(
    FindingCode.MISSING_DATE,
    Severity.INFO,
    "Kế hoạch không nói đến việc «{step}»: {law}, áp dụng cho {scope}; "
    "đã thêm một bước đề xuất, hãy giữ lại hoặc bỏ đi.",
)
UNDATED_BEFORE_MEETING = Sentence(
    FindingCode.MISSING_DATE,
    Severity.INFO,
    "Chưa ghi hạn cho {count} việc phải xong trước hội nghị; tính lùi từ ngày họp thì chậm nhất là: {steps}. "
    "Hãy ghi hạn cho từng việc.",
)

SENTENCES: tuple[Sentence, ...] = tuple(value for value in dict(globals()).values() if isinstance(value, Sentence))
"""Every sentence, for the catalogues."""

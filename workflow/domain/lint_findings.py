"""What the linter says: codes, severities, and one sentence for each thing that may be wrong with a plan.

A sentence is Vietnamese with named fields, like those of `workflow.domain.errors`; other languages come from the
catalogues. It says what is wrong, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class FindingCode(StrEnum):
    """Codes of findings; the ones about prose are the document reader's."""

    WEEKDAY_MISMATCH = "weekday_mismatch"
    DUE_ON_NON_WORKING_DAY = "due_on_non_working_day"
    CONTRADICTORY_DATES = "contradictory_dates"
    CONTRADICTORY_OWNER = "contradictory_owner"
    PREDECESSOR_AFTER_SUCCESSOR = "predecessor_after_successor"
    MISSING_OWNER = "missing_owner"
    MISSING_DATE = "missing_date"
    MISSING_YEAR = "missing_year"
    UNRESOLVED_REFERENCE = "unresolved_reference"
    TOO_LITTLE_TIME = "too_little_time"
    SHORTER_THAN_LAW = "shorter_than_law"
    LONGER_THAN_LAW = "longer_than_law"
    NUMBER_WORD_MISMATCH = "number_word_mismatch"
    INVALID_DATE = "invalid_date"
    DATE_IN_PAST = "date_in_past"
    NUMBERING_ERROR = "numbering_error"


class Severity(StrEnum):
    """How much a finding matters: the plan contradicts itself, something should be mended, something is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a document that a finding is about: text[start:end], white space collapsed in `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the linter says.

    `steps`: keys of the steps concerned, in the order of the document; empty when the whole plan is meant.
    `source`: what it rests on: a provision of law, the decision behind a rest day, or the plan's own words.
    `words`: where in a document it stands; None for a finding about a plan file, or about a document as a whole.
    """

    code: FindingCode
    severity: Severity
    template: str
    fields: Mapping[str, object] = field(hash=False)
    steps: tuple[str, ...] = ()
    source: str | None = None
    words: Words | None = None

    @property
    def message(self) -> str:
        """The Vietnamese sentence."""
        return self.template.format(**self.fields)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A kind of finding: `found` fills it in."""

    code: FindingCode
    severity: Severity
    template: str

    def found(self, *steps: str, source: str | None = None, **fields: object) -> Finding:
        """The finding about these steps."""
        return Finding(self.code, self.severity, self.template, MappingProxyType(fields), steps, source)


# ── dates ─────────────────────────────────────────────────────────────────────────────────────────────────────

DUE_ON_REST_DAY = Sentence(
    FindingCode.DUE_ON_NON_WORKING_DAY,
    Severity.WARNING,
    "Hạn «{wording}» của bước «{step}» kết thúc vào {day} là ngày nghỉ; hãy làm xong chậm nhất {safe}.",
)
MEETING_ON_REST_DAY = Sentence(
    FindingCode.DUE_ON_NON_WORKING_DAY,
    Severity.INFO,
    "«{step}» diễn ra vào {day} là ngày nghỉ; nếu đúng ý định thì hãy báo sớm cho người dự và bố trí người phục vụ.",
)
MEETING_AFTER_ITS_LIMIT = Sentence(
    FindingCode.CONTRADICTORY_DATES,
    Severity.ERROR,
    "Ngày họp ghi là {on} nhưng thời hạn của bước «{step}» là «{wording}»; hãy sửa cho khớp nhau.",
)
MONTH_AGAINST_LIMIT = Sentence(
    FindingCode.CONTRADICTORY_DATES,
    Severity.ERROR,
    "Tháng họp ghi là {month} nhưng thời hạn của bước «{step}» là «{wording}»; hãy sửa cho khớp nhau.",
)
ONE_DUTY_TWO_DATES = Sentence(
    FindingCode.CONTRADICTORY_DATES,
    Severity.ERROR,
    "Việc «{step}» của {owner} có hai hạn khác nhau: {first} và {second}; hãy giữ một hạn.",
)
DUE_BEFORE_ISSUE = Sentence(
    FindingCode.CONTRADICTORY_DATES,
    Severity.WARNING,
    "Hạn của bước «{step}» là {due}, trước cả ngày ban hành kế hoạch {issued}; hãy kiểm tra lại ngày.",
)
LATER_THAN_WHAT_FOLLOWS = Sentence(
    FindingCode.PREDECESSOR_AFTER_SUCCESSOR,
    Severity.ERROR,
    "Bước «{before}» có hạn {before_due}, muộn hơn bước «{step}» theo sau nó (hạn {due}); "
    "hãy sửa một trong hai hạn, hoặc bỏ mối chờ giữa hai bước.",
)
COUNTED_FROM_WHAT_FOLLOWS = Sentence(
    FindingCode.PREDECESSOR_AFTER_SUCCESSOR,
    Severity.ERROR,
    "Bước «{before}» phải xong trước bước «{step}», nhưng thời hạn của nó lại viết «{wording}»; "
    "hãy sửa mốc tính, hoặc bỏ mối chờ giữa hai bước.",
)
DATES_PAST = Sentence(
    FindingCode.DATE_IN_PAST,
    Severity.WARNING,
    "So với hôm nay {today}, đã qua hạn của {count} bước: {steps}; hãy kiểm tra năm, hoặc dời hạn trước khi bắt đầu kế hoạch.",
)
OUTSIDE_CALENDAR = Sentence(FindingCode.INVALID_DATE, Severity.ERROR, "Không tính được thời hạn của kế hoạch: {why}")

# ── what is missing ───────────────────────────────────────────────────────────────────────────────────────────

NO_OWNER = Sentence(
    FindingCode.MISSING_OWNER,
    Severity.WARNING,
    "Bước «{step}» chưa có ai chịu trách nhiệm nên sẽ không có người để nhắc; hãy ghi «owner».",
)
MEETING_UNKNOWN = Sentence(
    FindingCode.MISSING_DATE,
    Severity.WARNING,
    "Chưa biết ngày hay tháng họp, trong khi hạn của {count} bước tính theo hội nghị: {steps}; "
    "hãy ghi «on» (ngày) hoặc «month» (tháng) trong phần «meeting».",
)
MEETING_DAY_UNKNOWN = Sentence(
    FindingCode.MISSING_DATE,
    Severity.INFO,
    "Ngày họp chưa chốt (mới biết: {when}), nên hạn của {count} bước chỉ là tạm tính: {steps}; "
    "hãy chốt ngày họp khi đã rõ.",
)
ONLY_MEETING_DATED = Sentence(
    FindingCode.MISSING_DATE,
    Severity.WARNING,
    "Cả kế hoạch chỉ có một mốc là ngày họp {on}; {count} bước trước hội nghị chưa có hạn: {steps}. "
    "Hãy ghi hạn cho từng bước, tính lùi từ ngày họp.",
)
LAW_LIMIT_NOT_STATED = Sentence(
    FindingCode.MISSING_DATE,
    Severity.INFO,
    "Chưa ghi hạn cho việc {steps}, trong khi pháp luật quy định: {law}, áp dụng cho {scope}; "
    "hãy ghi hạn «{wording}» hoặc sớm hơn.",
)
NO_DATE_IN_WORDS = Sentence(
    FindingCode.UNRESOLVED_REFERENCE,
    Severity.WARNING,
    "Thời hạn «{wording}» của bước «{step}» không cho biết ngày nào; hãy hỏi cơ quan quy định rồi ghi hạn cụ thể.",
)
ORDER_WITHOUT_NUMBER = Sentence(
    FindingCode.UNRESOLVED_REFERENCE,
    Severity.WARNING,
    "Bước «{step}» chỉ ghi «{wording}» mà không ghi bao nhiêu ngày; hãy ghi số ngày, ví dụ «{example}».",
)
ORDER_WITHOUT_NUMBER_IN_LAW = Sentence(
    FindingCode.UNRESOLVED_REFERENCE,
    Severity.WARNING,
    "Bước «{step}» chỉ ghi «{wording}» mà không ghi bao nhiêu ngày; pháp luật quy định: {law}, áp dụng cho {scope}. "
    "Hãy ghi hạn, ví dụ «{example}».",
)
PERIOD_WITHOUT_EVENT = Sentence(
    FindingCode.UNRESOLVED_REFERENCE,
    Severity.WARNING,
    "Thời hạn «{wording}» của bước «{step}» không ghi tính từ đâu; hãy thêm mốc, ví dụ «{example}».",
)

# ── owners ────────────────────────────────────────────────────────────────────────────────────────────────────

ONE_DUTY_TWO_OWNERS = Sentence(
    FindingCode.CONTRADICTORY_OWNER,
    Severity.WARNING,
    "Việc «{step}» giao cho cả {first} và {second}; hãy ghi rõ ai chủ trì, ai phối hợp.",
)
NOBODY_LEADS = Sentence(
    FindingCode.CONTRADICTORY_OWNER,
    Severity.WARNING,
    "Việc «{step}»: {first} và {second} đều ghi là phối hợp với bên kia nên không rõ ai chủ trì; hãy chọn một bên chủ trì.",
)
OVERLAPPING_REVIEWS = Sentence(
    FindingCode.CONTRADICTORY_OWNER,
    Severity.INFO,
    "«{step}» ({first}) và «{other}» ({second}) là hai việc định kỳ trùng nhau; hãy gộp lại hoặc phân rõ trách nhiệm.",
)

# ── time ──────────────────────────────────────────────────────────────────────────────────────────────────────

FEW_DAYS_FOR_HOLIDAYS = Sentence(
    FindingCode.TOO_LITTLE_TIME,
    Severity.WARNING,
    "Bước «{step}» chỉ có {days} ngày làm việc, từ {since} đến hết {until}, vì nghỉ {holidays}; thường cần ít nhất "
    "{needed} ngày làm việc cho: {work}. Hãy cho bước «{before}» xong sớm hơn, hoặc lùi hạn của bước này.",
)
FEW_DAYS = Sentence(
    FindingCode.TOO_LITTLE_TIME,
    Severity.WARNING,
    "Bước «{step}» chỉ có {days} ngày làm việc, từ {since} đến hết {until}; thường cần ít nhất {needed} ngày làm việc "
    "cho: {work}. Hãy cho bước «{before}» xong sớm hơn, hoặc lùi hạn của bước này.",
)
FEW_DAYS_SINCE_ISSUE = Sentence(
    FindingCode.TOO_LITTLE_TIME,
    Severity.WARNING,
    "Từ khi ban hành kế hoạch đến hạn của bước «{step}» chỉ có {days} ngày làm việc, từ {since} đến hết {until}; "
    "thường cần ít nhất {needed} ngày làm việc cho: {work}. Hãy ban hành sớm hơn, hoặc lùi hạn của bước này.",
)

# ── law ───────────────────────────────────────────────────────────────────────────────────────────────────────

LONGER_THAN_LAW = Sentence(
    FindingCode.LONGER_THAN_LAW,
    Severity.WARNING,
    "Bước «{step}» được phép {wording} (đến {due}), dài hơn pháp luật quy định: {law} (đến {law_due}, khi họp ngày {meeting_on}), "
    "áp dụng cho {scope}. Nếu thuộc diện này, hãy rút hạn lại cho khớp.",
)
EXTENSION_LONGER_THAN_LAW = Sentence(
    FindingCode.LONGER_THAN_LAW,
    Severity.WARNING,
    "Hạn kéo dài của bước «{step}» là {wording} (đến {due}), dài hơn pháp luật quy định: {law} (đến {law_due}, khi họp ngày {meeting_on}), "
    "áp dụng cho {scope}. Nếu thuộc diện này, hãy rút hạn kéo dài lại cho khớp.",
)
LATER_THAN_LAW = Sentence(
    FindingCode.SHORTER_THAN_LAW,
    Severity.WARNING,
    "Bước «{step}» có hạn {wording} (đến {due}), trễ hơn pháp luật quy định: {law} (đến {law_due}, khi họp ngày {meeting_on}), "
    "áp dụng cho {scope}. Nếu thuộc diện này, hãy làm sớm hơn cho đủ thời gian báo trước.",
)
OTHER_DAYS_THAN_LAW = Sentence(
    FindingCode.SHORTER_THAN_LAW,
    Severity.INFO,
    "Bước «{step}» ghi {wording} tính cả ngày nghỉ (đến {due}), ngắn hơn pháp luật quy định: {law} (đến {law_due}, khi họp ngày {meeting_on}), "
    "áp dụng cho {scope}; nếu ý là ngày làm việc thì hãy ghi rõ.",
)

SENTENCES: tuple[Sentence, ...] = tuple(value for value in dict(globals()).values() if isinstance(value, Sentence))
"""Every sentence, for the catalogues."""

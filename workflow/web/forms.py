"""Reading what people type: dates the Vietnamese way, forgiving about separators, never guessing.

Dates are typed as text, because a browser's own date field shows them in the browser's order (often month first).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from types import MappingProxyType
from typing import TypeVar

from starlette.datastructures import FormData, QueryParams

from calendars import CalendarError
from workflow.domain import clock_errors, errors, petition_errors
from workflow.domain.commands import CancelPlan, SetMeeting
from workflow.domain.errors import BadInput, DoithoaiError
from workflow.services.absences import AbsenceReversed, OwnSubstitute
from workflow.services.plans import NoChair, NotTheChair

_DAY = re.compile(
    r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})|(\d{2})(\d{2})(\d{4})"
)
Value = TypeVar("Value")
_CLOCK = re.compile(r"(\d{1,2})\s*(?:[:hg.]\s*(\d{1,2})?)?\s*(?:phút|p)?")


class DateUnreadable(BadInput):
    template = "«{typed}» không phải là một ngày; hãy ghi ngày/tháng/năm, ví dụ 24/04/2026."


class DateMissing(BadInput):
    template = "Cần ghi ngày, ví dụ 24/04/2026."


class ClockUnreadable(BadInput):
    template = "«{typed}» không phải là giờ; hãy ghi giờ:phút, ví dụ 08:00."


class TextTooLong(BadInput):
    template = "Nội dung dài {length} ký tự, quá {limit} ký tự; hãy rút gọn."


class FormIncomplete(BadInput):
    template = "Biểu mẫu gửi lên bị thiếu phần; hãy tải lại trang rồi làm lại."


def text(typed: object, limit: int) -> str:
    """A line as typed: NFC, without control characters and outer spaces. Raises `TextTooLong`."""
    cleaned = clean(typed)
    if len(cleaned) > limit:
        raise TextTooLong(length=len(cleaned), limit=limit)
    return cleaned


def clean(typed: object) -> str:
    """What was typed, made fit to be kept: NFC, line ends as one character, no other control characters."""
    if not isinstance(typed, str):
        return ""
    composed = unicodedata.normalize("NFC", typed).replace("\r\n", "\n")
    return "".join(char for char in composed if char == "\n" or unicodedata.category(char)[0] != "C").strip()


def day(typed: str) -> date | None:
    """The day typed, such as 24/4/2026, 24-04-2026 or 24042026; None when the field is empty."""
    if not typed:
        return None
    found = _DAY.fullmatch(typed)
    if found is None:
        raise DateUnreadable(typed=typed[:40])
    d1, m1, y1, y2, m2, d2, d3, m3, y3 = found.groups()
    try:
        return date(int(y1 or y2 or y3), int(m1 or m2 or m3), int(d1 or d2 or d3))
    except ValueError:
        raise DateUnreadable(typed=typed[:40]) from None


def clock(typed: str) -> time | None:
    """The clock time typed, such as 8:00, 8h30 or 14 giờ; None when the field is empty."""
    if not typed:
        return None
    found = _CLOCK.fullmatch(typed.lower().replace("giờ", "h"))
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise ClockUnreadable(typed=typed[:40])
    return time(int(found[1]), int(found[2] or 0))


def version(typed: object) -> int:
    """The version of the plan that a form was made from."""
    if isinstance(typed, str) and typed.isascii() and typed.isdigit() and len(typed) < 10:
        return int(typed)
    raise FormIncomplete


class Refused(Exception):
    """A form is not taken: the complaint about one of its fields, or (field "") about the whole."""

    def __init__(self, field: str, error: DoithoaiError | CalendarError) -> None:
        self.field = field
        self.error = error
        super().__init__(field, error)


@dataclass(frozen=True, slots=True)
class MeetingTyped:
    """The form that sets the meeting, as typed."""

    on: str = ""
    at: str = ""
    place: str = ""

    @classmethod
    def read(cls, form: FormData | QueryParams) -> MeetingTyped:
        """The fields of the form that was sent."""
        return cls(*(clean(form.get(name)) for name in cls.__dataclass_fields__))

    def command(self) -> SetMeeting:
        """What is asked. Raises `Refused` with the first field that cannot be read."""
        return SetMeeting(
            on=_field("on", _required_day, self.on),
            at=_field("at", clock, self.at),
            place=_field("place", lambda typed: text(typed, 300), self.place) or None,
        )


def _required_day(typed: str) -> date:
    found = day(typed)
    if found is None:
        raise DateMissing
    return found


def _field(name: str, read: Callable[[str], Value], typed: str) -> Value:
    try:
        return read(typed)
    except BadInput as error:
        raise Refused(name, error) from error


_FIELD_OF: Mapping[type[Exception], str] = MappingProxyType(
    {
        errors.HappenedInFuture: "happened_on",
        errors.HappenedBeforeStart: "happened_on",
        errors.HappenedBeforeEvent: "happened_on",
        errors.HappenedAfterNext: "happened_on",
        errors.EvidenceMissing: "document_number",
        errors.DocumentNumberMissing: "document_number",
        errors.DocumentInFuture: "document_on",
        errors.FileMissing: "file",
        errors.MeetingBeforeStart: "on",
        errors.MeetingAlreadyPast: "on",
        errors.MeetingMonthPast: "month",
        errors.ReasonMissing: "reason",
        errors.OwnerMissing: "owner",
        errors.UnitsMissing: "units",
        errors.TallyMissing: "present",
        errors.VotesMissing: "in_favour",
        errors.TallyWrong: "present",
        errors.QuorumMissing: "present",
        errors.MajorityMissing: "in_favour",
        clock_errors.ApprovedInFuture: "approved_on",
        clock_errors.ApprovedBeforeStart: "approved_on",
        clock_errors.ApproverMissing: "approved_by",
        clock_errors.ExtensionReasonMissing: "reason",
        clock_errors.ExtensionReasonUnlisted: "reason",
        clock_errors.ExtensionWordsMissing: "words",
        clock_errors.ExtensionTooLong: "n",
        clock_errors.ExtensionTooShort: "n",
        clock_errors.ExtensionByDate: "n",
        clock_errors.StoppedInFuture: "on",
        clock_errors.StoppedTooEarly: "on",
        clock_errors.ClockRanOut: "on",
        clock_errors.SnoozeInPast: "until",
        petition_errors.PetitionTextMissing: "text",
        petition_errors.PetitionerMissing: "name",
        petition_errors.PetitionerNamed: "anonymous",
        petition_errors.RaisedInFuture: "raised_on",
        petition_errors.AnsweredInFuture: "answered_on",
        petition_errors.AnsweredBeforeRaised: "answered_on",
        petition_errors.AnswerNumberMissing: "document_number",
        petition_errors.NotAnsweredYet: "told_on",
        petition_errors.ToldInFuture: "told_on",
        petition_errors.ToldBeforeAnswer: "told_on",
        petition_errors.LeadMissing: "lead",
        petition_errors.TransferredToSame: "lead",
        petition_errors.TransferredInFuture: "on",
        petition_errors.TransferredBeforeRaised: "on",
        petition_errors.PetitionMergedWithItself: "duplicate_of",
        petition_errors.PetitionUnknown: "duplicate_of",
        AbsenceReversed: "last",
        OwnSubstitute: "substitute",
        NotTheChair: "approved_by",
        NoChair: "approved_by",
    }
)
"""The field that each refusal is about; the forms name their fields alike."""


def complaint(error: DoithoaiError | CalendarError) -> Refused:
    """A refusal of the services as a complaint about the field that it is about."""
    return Refused(_FIELD_OF.get(type(error), ""), error)


def cancellation(reason: str) -> CancelPlan:
    """The command that calls a plan off. Raises `Refused` when the reason is too long."""
    return CancelPlan(_field("reason", lambda typed: text(typed, 2000), reason))

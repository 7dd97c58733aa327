"""How the fields of a plan file read what is written: each raises `Unfit` with the problem to report."""

from __future__ import annotations

import re
from datetime import date, time
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, WithJsonSchema

from calendars.due_date import alternatives_of
from calendars.layers import CALENDARS
from workflow.domain.definition import Evidence, ForEach, PlanKind, StepKind
from workflow.planfile import problems
from workflow.planfile.report import Unfit, listed, nearest

LONGEST_TEXT = 2000
LONGEST_WORDING = 500

_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LOCAL_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_LOCAL_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})")
_CLOCK = re.compile(r"(\d{1,2})(?::|h|g| giờ )(\d{2})?(?::00)?['’]?", re.IGNORECASE)
_SHARE = re.compile(r"(\d{1,6}) ?/ ?(\d{1,6})")
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?) ?%")
TEMPLATE_PATTERN = r"^[a-z][a-z0-9-]{0,40}@[1-9]\d{0,3}$"
_BOOLEANS = {"true": True, "yes": True, "có": True, "false": False, "no": False, "không": False}

Choice = TypeVar("Choice", bound=StrEnum)


def _text(value: object, longest: int = LONGEST_TEXT) -> str:
    """One line of text: white space collapsed."""
    if not isinstance(value, str):
        raise Unfit(problems.NotText)
    text = " ".join(value.split())
    if not text:
        raise Unfit(problems.ValueMissing)
    if len(text) > longest:
        raise Unfit(problems.TextTooLong, longest=longest)
    return text


def _wording(value: object) -> str:
    return _text(value, LONGEST_WORDING)


def _list(value: object) -> object:
    """A list, or one value standing for a list of one."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        raise Unfit(problems.NotList)
    return value


def _day(value: object) -> date:
    """A day, written 2026-05-15 or 15/05/2026."""
    text = _text(value)
    if found := _ISO_DAY.fullmatch(text):
        year, month, day = found.groups()
    elif found := _LOCAL_DAY.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise Unfit(problems.NotDate, value=text)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Unfit(problems.ImpossibleDate, value=text) from None


def _month(value: object) -> tuple[int, int]:
    """A month, written 2026-05 or 05/2026, as (year, month)."""
    text = _text(value)
    if found := _ISO_MONTH.fullmatch(text):
        year, month = found.groups()
    elif found := _LOCAL_MONTH.fullmatch(text):
        month, year = found.groups()
    else:
        raise Unfit(problems.NotMonth, value=text)
    if not (1 <= int(month) <= 12 and int(year) >= 1):
        raise Unfit(problems.NotMonth, value=text)
    return int(year), int(month)


def _clock(value: object) -> time:
    """A clock time, written 08:00, 8h00 or 8h."""
    text = _text(value)
    found = _CLOCK.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise Unfit(problems.NotClock, value=text)
    return time(hour, minute)


def _share(value: object) -> Fraction:
    """A share of a whole, more than nothing and at most all of it, written 2/3 or 50%."""
    text = _text(value)
    if found := _SHARE.fullmatch(text):
        share = Fraction(int(found[1]), int(found[2])) if int(found[2]) else Fraction(0)
    elif found := _PERCENT.fullmatch(text):
        share = Fraction(found[1].replace(",", ".")) / 100
    else:
        raise Unfit(problems.NotShare, value=text)
    if not 0 < share <= 1:
        raise Unfit(problems.ImpossibleShare, value=text)
    return share


def _majority(value: object) -> Fraction:
    """A share that more than it can reach: less than all."""
    share = _share(value)
    if share == 1:
        raise Unfit(problems.MajorityOfAll, value=_text(value))
    return share


def _template(value: object) -> str:
    """A template with its version, written dialogue@1."""
    text = _text(value)
    if re.fullmatch(TEMPLATE_PATTERN, text) is None:
        raise Unfit(problems.NotTemplate, value=text)
    return text


def _boolean(value: object) -> bool:
    text = _text(value)
    if text.lower() not in _BOOLEANS:
        raise Unfit(problems.NotBoolean, value=text)
    return _BOOLEANS[text.lower()]


def _version(value: object) -> int:
    text = _text(value)
    if text != "1":
        raise Unfit(problems.VersionUnknown, value=text)
    return 1


def chosen(value: object, choices: tuple[str, ...]) -> str:
    """The value, if it is one of the choices."""
    text = _text(value)
    if text in choices:
        return text
    near = nearest(text, choices)
    if near is not None:
        raise Unfit(problems.NotChoiceNear, value=text, near=near, choices=listed(choices))
    raise Unfit(problems.NotChoice, value=text, choices=listed(choices))


def _one_of(choices: type[Choice]) -> BeforeValidator:
    """Reads a member of an enumeration by its value."""
    values = tuple(member.value for member in choices)
    return BeforeValidator(lambda value: choices(chosen(value, values)))


def _reading(name: str) -> BeforeValidator:
    """Reads the choice made for an open reading of the law."""
    return BeforeValidator(lambda value: chosen(value, alternatives_of(name)))


def _reading_schema(name: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(alternatives_of(name))})


def _string(pattern: str, *examples: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": list(examples)})


def _one_or_many(item: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [item, {"type": "array", "items": item}]})


def _choices(choices: type[StrEnum]) -> dict[str, Any]:
    return {"type": "string", "enum": [member.value for member in choices]}


_WORDS: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
KEY_PATTERN = r"^[a-z][a-z0-9_]{0,63}$"
_KEY: dict[str, Any] = {"type": "string", "pattern": KEY_PATTERN}

Text = Annotated[str, BeforeValidator(_text), WithJsonSchema(_WORDS)]
Wording = Annotated[str, BeforeValidator(_wording), WithJsonSchema({**_WORDS, "maxLength": LONGEST_WORDING})]
Key = Annotated[str, BeforeValidator(_text), WithJsonSchema(_KEY)]
Texts = Annotated[list[Text], BeforeValidator(_list), _one_or_many(_WORDS)]
Keys = Annotated[list[Text], BeforeValidator(_list), _one_or_many(_KEY)]
Day = Annotated[
    date,
    BeforeValidator(_day),
    _string(r"^(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})$", "2026-05-15", "15/05/2026"),
]
MonthOf = Annotated[
    tuple[int, int],
    BeforeValidator(_month),
    _string(r"^(\d{4}-\d{1,2}|\d{1,2}[/.-]\d{4})$", "2026-05", "05/2026"),
]
Clock = Annotated[
    time,
    BeforeValidator(_clock),
    _string(r"^\d{1,2}(:\d{2}(:00)?|[hHgG](\d{2})?| giờ (\d{2})?)['’]?$", "08:00", "8h00"),
]
Boolean = Annotated[bool, BeforeValidator(_boolean), WithJsonSchema({"type": "boolean"})]
_SHARE_SCHEMA = _string(r"^(\d{1,6} ?/ ?\d{1,6}|\d{1,3}([.,]\d{1,3})? ?%)$", "2/3", "50%")
Share = Annotated[Fraction, BeforeValidator(_share), _SHARE_SCHEMA]
Majority = Annotated[Fraction, BeforeValidator(_majority), _SHARE_SCHEMA]
TemplateName = Annotated[str, BeforeValidator(_template), _string(TEMPLATE_PATTERN, "dialogue@1")]
Version = Annotated[int, BeforeValidator(_version), WithJsonSchema({"const": 1})]
Kind = Annotated[PlanKind, _one_of(PlanKind), WithJsonSchema(_choices(PlanKind))]
CalendarName = Annotated[
    str,
    BeforeValidator(lambda value: chosen(value, tuple(CALENDARS))),
    WithJsonSchema({"type": "string", "enum": list(CALENDARS)}),
]
KindOfStep = Annotated[StepKind, _one_of(StepKind), WithJsonSchema(_choices(StepKind))]
FanOut = Annotated[ForEach, _one_of(ForEach), WithJsonSchema(_choices(ForEach))]
Proof = Annotated[Evidence, _one_of(Evidence), WithJsonSchema(_choices(Evidence))]
Proofs = Annotated[list[Proof], BeforeValidator(_list), _one_or_many(_choices(Evidence))]
BeforeDate = Annotated[str, _reading("before_date"), _reading_schema("before_date")]
FixedOnRestDay = Annotated[str, _reading("fixed_date_on_rest_day"), _reading_schema("fixed_date_on_rest_day")]
OnWorkedSaturday = Annotated[str, _reading("period_on_worked_saturday"), _reading_schema("period_on_worked_saturday")]

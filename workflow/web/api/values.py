"""The values of requests and answers: days as 2026-05-15, instants with Vietnam's offset, texts made fit to be kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, Any

from fastapi import Path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema

from workflow.domain.zone import ZONE
from workflow.web import forms

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
LONGEST_LINE = 300
LONGEST_TEXT = 10_000


class Unreadable(ValueError):
    """A text that is not of the kind that is wanted: a "day", a "month" or a "clock"."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)


class Model(BaseModel):
    """Something in an answer."""

    model_config = ConfigDict(frozen=True)


class Asked(BaseModel):
    """What a program sends: nothing that is not described is taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _read(shape: re.Pattern[str], kind: str, made: Callable[[str], Any]) -> Callable[[Any], Any]:
    """Reads a text of a shape and nothing else, so that no number is taken for a day."""

    def read(value: Any) -> Any:
        if isinstance(value, date | time | tuple) or value is None:
            return value
        try:
            assert isinstance(value, str)
            assert shape.fullmatch(value)
            assert value.isascii()
            return made(value)
        except (AssertionError, ValueError):
            raise Unreadable(kind) from None

    return read


def _month(text: str) -> tuple[int, int]:
    year, month = map(int, text.split("-"))
    return date(year, month, 1).year, month


def local(at: datetime) -> datetime:
    """The same instant, told with Vietnam's offset."""
    return at.astimezone(ZONE)


Day = Annotated[
    date,
    BeforeValidator(_read(_DAY, "day", date.fromisoformat)),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Month = Annotated[
    tuple[int, int],
    BeforeValidator(_read(_MONTH, "month", _month)),
    WithJsonSchema({"type": "string", "pattern": r"^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$", "examples": ["2026-05"]}),
]
Clock = Annotated[
    time,
    BeforeValidator(_read(_CLOCK, "clock", time.fromisoformat)),
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "examples": ["08:00"]}),
]
Instant = Annotated[datetime, AfterValidator(local)]
Line = Annotated[str, StringConstraints(max_length=LONGEST_LINE), AfterValidator(forms.clean)]
"""A name, a number of a document, a reason in a few words."""
Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(forms.clean)]
"""Several lines."""

_ID = r"^[0-9A-Za-z][0-9A-Za-z._-]*$"
PlanId = Annotated[str, Path(max_length=80, pattern=_ID, examples=["ubnd-xa-bac-thanh-mien-2026"])]
StepKey = Annotated[str, Path(max_length=160, pattern=_ID, examples=["issue_conclusion"])]
PetitionId = Annotated[str, Path(max_length=20, pattern=r"^p[1-9][0-9]*$", examples=["p3"])]

"""Forms as data: what is asked, under which name, and what was typed; one template shows them all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from starlette.datastructures import FormData, QueryParams

from workflow.domain.errors import BadInput
from workflow.web.forms import DateMissing, FormIncomplete, Refused, clean, day, text

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)
_LARGEST = 1_000_000


class NumberUnreadable(BadInput):
    template = "«{typed}» không phải là số; hãy ghi số nguyên dương, ví dụ 45."


class NothingChosen(BadInput):
    template = "Cần chọn một mục."


class MonthUnreadable(BadInput):
    template = "«{typed}» không phải là tháng; hãy ghi tháng/năm, ví dụ 06/2026."


class Kind(StrEnum):
    """How a blank is filled in."""

    LINE = "line"
    AREA = "area"
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"
    UNIT = "unit"
    FILE = "file"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class Blank:
    """One blank of a form. `choices`: (value, words) of a choice, suggestions of a unit. `value`: what stands in it."""

    name: str
    label: str
    kind: Kind = Kind.LINE
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""
    wide: bool = False


class Typed:
    """What was typed into a form, read field by field; every method raises `Refused` about its field."""

    def __init__(self, form: FormData | QueryParams | Mapping[str, str]) -> None:
        self.values = {name: clean(value) for name, value in form.items() if isinstance(value, str)}

    def raw(self, name: str) -> str:
        """As typed; "" when nothing was."""
        return self.values.get(name, "")

    def line(self, name: str, limit: int = 300) -> str:
        """One line, "" when empty."""
        return " ".join(self._read(name, lambda typed: text(typed, limit)).split())

    def words(self, name: str, limit: int = 2000) -> str:
        """Several lines, "" when empty."""
        return self._read(name, lambda typed: text(typed, limit))

    def day(self, name: str) -> date | None:
        """A day, None when empty."""
        return self._read(name, day)

    def needed_day(self, name: str) -> date:
        """A day that must be there."""
        found = self.day(name)
        if found is None:
            raise Refused(name, DateMissing())
        return found

    def number(self, name: str) -> int | None:
        """A whole number from 0, None when empty."""
        return self._read(name, _number)

    def month(self, name: str) -> tuple[int, int] | None:
        """(year, month) typed as 06/2026, None when empty."""
        return self._read(name, _month)

    def lines(self, name: str, limit: int = 3000) -> tuple[str, ...]:
        """Units, one on each line or separated by semicolons."""
        parts = re.split(r"[\n;]", self.words(name, limit))
        return tuple(each for part in parts if (each := " ".join(part.split())))

    def chosen(self, name: str) -> str:
        """A choice that must be made among what the form offers."""
        if not self.raw(name):
            raise Refused(name, NothingChosen())
        return self.line(name)

    def tick(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.raw(name))

    def one_of(self, name: str, kind: type[Choice]) -> Choice | None:
        """A choice, None when nothing was chosen."""
        typed = self.raw(name)
        if not typed:
            return None
        try:
            return kind(typed)
        except ValueError:
            raise FormIncomplete from None

    def needed(self, name: str, kind: type[Choice]) -> Choice:
        """A choice that must be made."""
        chosen = self.one_of(name, kind)
        if chosen is None:
            raise Refused(name, NothingChosen())
        return chosen

    def _read(self, name: str, read: Callable[[str], Value]) -> Value:
        try:
            return read(self.raw(name))
        except BadInput as error:
            raise Refused(name, error) from error


def _number(typed: str) -> int | None:
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or len(typed) > len(str(_LARGEST)):
        raise NumberUnreadable(typed=typed[:40])
    return int(typed)


def _month(typed: str) -> tuple[int, int] | None:
    if not typed:
        return None
    found = re.fullmatch(r"(\d{1,2})\s*[/.\-]\s*(\d{4})", typed)
    if found is None or not 1 <= int(found[1]) <= 12:
        raise MonthUnreadable(typed=typed[:40])
    return int(found[2]), int(found[1])

"""Official decisions on days off and days worked, as values.

A notice is either a statute (which days are off every year) or a decision (what one year's Tết, the day beside 2/9 and
the swaps are). `calendars.notice_reader` reads them from TOML, `calendars.consistency` checks them against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from calendars.working_calendar import CalendarError


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a notice: `code` is stable, `line` counts from 1 (0: the file as a whole)."""

    file: str
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}, dòng {self.line}" if self.line else self.file
        return f"{where}: {self.message}"


class NoticeError(CalendarError, ValueError):
    """A notice cannot be used; `problems` says why, each with its file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


@dataclass(frozen=True, slots=True)
class Swap:
    """A weekday off for a rest day worked. Neither half can stand alone."""

    off: date
    worked: date
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Compensation:
    """The working day given off for a holiday that falls on a rest day."""

    off: date
    holiday: date
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Tet:
    """The statutory Tết days `first` to `last` (both included); `new_year` is mùng 1, `eve` the number of the day before (29 or 30)."""

    first: date
    last: date
    new_year: date
    eve: int
    line: int = field(default=0, compare=False)

    def days(self) -> Iterator[tuple[date, str]]:
        """Each day of the span with its name in the lunar calendar."""
        for offset in range((self.first - self.new_year).days, (self.last - self.new_year).days + 1):
            lunar = f"mùng {offset + 1}" if offset >= 0 else f"{self.eve + offset + 1} Chạp"
            yield self.new_year + timedelta(days=offset), f"Tết Âm lịch ({lunar})"


@dataclass(frozen=True, slots=True)
class FixedDay:
    """A holiday on the same day of every year."""

    month: int
    day: int
    name: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A date with the line it stands on."""

    on: date
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Notice:
    """One statute or decision.

    `valid_from` and `valid_until` (both included, None: open) bound a statute; a decision speaks for the days it names.
    `tet_days` and `national_days` are how many days of Tết and of 2/9 a statute grants.
    `also` names papers that pass the same decision on.
    """

    file: str
    kind: str
    form: str
    number: str | None
    issuer: str
    issued_on: date | None
    settles: str
    sources: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    approval: str | None = None
    confidence: str = "confirmed"
    provisional: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
    article: str | None = None
    compensation_article: str | None = None
    tet_days: int | None = None
    national_days: int | None = None
    fixed: tuple[FixedDay, ...] = ()
    hung_kings: tuple[Marked, ...] = ()
    tet: Tet | None = None
    beside_national_day: Marked | None = None
    compensations: tuple[Compensation, ...] = ()
    swaps: tuple[Swap, ...] = ()
    rejected: tuple[Swap, ...] = ()

    @property
    def title(self) -> str:
        """How the notice is cited: form, number, date."""
        parts = [
            self.form,
            self.number or "",
            f"ngày {self.issued_on:%d/%m/%Y}" if self.issued_on and self.kind == "decision" else "",
        ]
        return " ".join(filter(None, parts)) + (f" ({self.approval})" if self.approval else "")

    def in_force(self, on: date) -> bool:
        """Whether a statute is in force on the day."""
        return (self.valid_from or date.min) <= on <= (self.valid_until or date.max)

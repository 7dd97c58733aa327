"""The board of all plans: what is asked of it, as it stands in the address, and one line for each plan found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar
from urllib.parse import urlencode

from workflow.domain.cycle import PlanStatus
from workflow.domain.definition import PlanKind
from workflow.ports import PlanFilter, PlanOrder, PlanRow
from workflow.services.scopes import Scope

A_PAGE = 25
"""How many plans stand on a page."""

LONGEST_NAME = 60
_FIRST = "1"
_Choice = TypeVar("_Choice", bound=StrEnum)


class DueIn(StrEnum):
    """When a plan's next limit is."""

    PAST = "past"
    WEEK = "week"
    MONTH = "month"


_PERIODS: Mapping[DueIn, tuple[int | None, int]] = MappingProxyType(
    {DueIn.PAST: (None, 0), DueIn.WEEK: (0, 8), DueIn.MONTH: (0, 32)}
)
"""The days [since, until) of each, counted from today."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks of the board, as texts: unknown choices ask nothing. `since`, `until`: of the meeting's day."""

    q: str = ""
    org: str = ""
    unit: str = ""
    kind: str = ""
    state: str = ""
    due: str = ""
    since: str = ""
    until: str = ""
    sort: str = ""
    page: str = _FIRST

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> Asked:
        """What an address asks."""
        return cls(**{field.name: " ".join(sent.get(field.name, str(field.default)).split()) for field in fields(cls)})

    @property
    def order(self) -> PlanOrder:
        """The order asked for; the most pressing first where none is."""
        return _choice(PlanOrder, self.sort) or PlanOrder.BOARD

    @property
    def number(self) -> int:
        """The number of the page, from 1."""
        return int(self.page) if self.page.isascii() and self.page.isdigit() and 0 < len(self.page) < 7 else 1

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order is asked."""
        return bool(self.q or self.org or self.unit or self.kind or self.state or self.due or self.since or self.until)

    def chosen(self, scope: Scope, today: date, since: date | None = None, until: date | None = None) -> PlanFilter:
        """The filter; `since` and `until` are the days of the meeting as read, the last included."""
        kind, state, due = _choice(PlanKind, self.kind), _choice(PlanStatus, self.state), _choice(DueIn, self.due)
        first, last = _PERIODS[due] if due is not None else (None, None)
        if due is not None and state is None:
            state = PlanStatus.RUNNING
        return PlanFilter(
            organizations=scope.narrowed(self.org),
            kinds=frozenset({kind}) if kind is not None else None,
            statuses=frozenset({state}) if state is not None else None,
            text=self.q,
            owner=self.unit or None,
            due_since=today + timedelta(days=first) if first is not None else None,
            due_until=today + timedelta(days=last) if last is not None else None,
            meeting_since=since,
            meeting_until=until + timedelta(days=1) if until is not None else None,
        )

    def address(self, **changed: str) -> str:
        """The address of the board with some of it asked otherwise; what asks nothing is left out."""
        asked = replace(self, **({"page": _FIRST} | changed))
        said = {f.name: getattr(asked, f.name) for f in fields(asked) if getattr(asked, f.name) != f.default}
        return f"/plans?{urlencode(said)}" if said else "/plans"


def _choice(kind: type[_Choice], text: str) -> _Choice | None:
    return kind(text) if text in set(kind) else None


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in one line. `projected`: its next limit is; `meeting_month` is (year, month) while only that is known."""

    row: PlanRow
    overdue: int
    projected: bool
    meeting_month: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Board:
    """One page of the board: the plans found on it, of how many, and what was asked."""

    asked: Asked
    lines: tuple[PlanLine, ...]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // A_PAGE))


def board(asked: Asked, lines: Sequence[PlanLine], count: int) -> Board:
    """The page of the board with these lines, out of so many."""
    return Board(asked, tuple(lines), count)


def line_of(row: PlanRow, overdue: int, projected: bool) -> PlanLine:
    """A plan's line: how many of its steps are overdue, and whether its next limit is only projected."""
    return PlanLine(row, overdue, projected, _month(row.meeting_month))


def _month(text: str | None) -> tuple[int, int] | None:
    """ "2026-05" as (2026, 5)."""
    if text is None:
        return None
    year, _, month = text.partition("-")
    return int(year), int(month)

"""Petitions on the screens: the lists with their filters, and one petition with its clock and its traces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from workflow.domain.petition import Authority, RaisedWhen, Result
from workflow.domain.verdict import Standing
from workflow.ports import PetitionFilter, PetitionRow, StepRow
from workflow.web.blanks import Typed

Chosen = TypeVar("Chosen", bound=StrEnum)
PAGE = 50
STATES = ("open", "unled", "answered", "all")


@dataclass(frozen=True, slots=True)
class Seek:
    """What a list of petitions is asked for, as it stands in its address. `state`: one of `STATES`; `page` from 1."""

    text: str = ""
    state: str = "all"
    lead: str = ""
    topic: str = ""
    authority: Authority | None = None
    raised_when: RaisedWhen | None = None
    result: Result | None = None
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Seek:
        """From an address; what makes no sense asks nothing."""
        typed = Typed(query)
        page = typed.raw("page")
        state = typed.raw("state")
        return cls(
            text=typed.raw("q")[:200],
            state=state if state in STATES else "all",
            lead=typed.raw("lead")[:300],
            topic=typed.raw("topic")[:300],
            authority=_among(Authority, typed.raw("authority")),
            raised_when=_among(RaisedWhen, typed.raw("raised_when")),
            result=_among(Result, typed.raw("result")),
            page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 6 and int(page) > 0 else 1,
        )

    def chosen(self, organizations: frozenset[str] | None, plan_id: str | None = None) -> PetitionFilter:
        """The same for the store, within a scope, of one plan or of all."""
        return PetitionFilter(
            organizations=organizations,
            plan_ids=frozenset({plan_id}) if plan_id is not None else None,
            leads=frozenset({self.lead}) if self.lead else None,
            topics=frozenset({self.topic}) if self.topic else None,
            authorities=frozenset({self.authority}) if self.authority else None,
            raised_when=frozenset({self.raised_when}) if self.raised_when else None,
            results=frozenset({self.result}) if self.result else None,
            is_open={"open": True, "unled": True, "answered": False}.get(self.state),
            without_lead=self.state == "unled",
            text=self.text,
        )

    @property
    def offset(self) -> int:
        """How many petitions stand on the pages before."""
        return (self.page - 1) * PAGE

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for."""
        return replace(self, page=1) != Seek()

    def address(self, page: int) -> str:
        """The query of another page of the same list."""
        asked = {
            "q": self.text,
            "state": "" if self.state == "all" else self.state,
            "lead": self.lead,
            "topic": self.topic,
            "authority": self.authority or "",
            "raised_when": self.raised_when or "",
            "result": self.result or "",
            "page": str(page) if page > 1 else "",
        }
        return "?" + urlencode({name: value for name, value in asked.items() if value})


def _among(kind: type[Chosen], typed: str) -> Chosen | None:
    return kind(typed) if typed in {each.value for each in kind} else None


@dataclass(frozen=True, slots=True)
class PetitionLine:
    """A petition in a list. Its limit is that of the part of the plan that owes its answer; None while there is none."""

    row: PetitionRow
    plan_title: str
    standing: Standing | None
    due_on: date | None
    projected: bool
    late_working_days: int

    @property
    def who(self) -> str:
        """Who raised it: the name, the unit, or nothing for one who is not named."""
        return ", ".join(filter(None, (self.row.petitioner_name, self.row.petitioner_unit)))


@dataclass(frozen=True, slots=True)
class PetitionList:
    """One page of a list of petitions. `total`: how many there are on all pages."""

    lines: tuple[PetitionLine, ...]
    total: int
    seek: Seek

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.total // PAGE))


def petition_list(
    rows: Sequence[PetitionRow],
    parts: Iterable[StepRow],
    titles: Mapping[str, str],
    *,
    total: int,
    seek: Seek,
    at: datetime,
) -> PetitionList:
    """One page of petitions with the parts of the plans that owe their answers, at an instant."""
    by_place = {(part.plan_id, part.key): part for part in parts}
    lines = tuple(
        _line(row, by_place.get((row.plan_id, row.step or "")), titles.get(row.plan_id, row.plan_id), at)
        for row in rows
    )
    return PetitionList(lines, total, seek)


def _line(row: PetitionRow, part: StepRow | None, title: str, at: datetime) -> PetitionLine:
    return PetitionLine(
        row=row,
        plan_title=title,
        standing=part.standing(at) if part is not None else None,
        due_on=part.due_on if part is not None else None,
        projected=part is not None and part.projected,
        late_working_days=part.late_working_days if part is not None else 0,
    )

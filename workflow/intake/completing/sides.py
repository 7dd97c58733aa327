"""On which side of the meeting each step of a draft stands, and what tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from calendars.rules import MEETING, After, BeforeEvent, DaysBefore, Recurring, SameDay, Within
from workflow.domain.definition import StepKind
from workflow.domain.lint_case import fixed_day
from workflow.intake.completing.meetings import Meetings, meeting_days
from workflow.intake.completing.orders import Orders, Side, orders_of
from workflow.intake.completing.readable import plain, quoted
from workflow.intake.completing.sections import Sections
from workflow.intake.draft import Draft, DraftStep, EdgeReason

_COMING_BACK = frozenset({StepKind.ANNOUNCE, StepKind.REPORT_UP, StepKind.SUPERVISE, StepKind.REVIEW})
"""Kinds of work that comes back once the meeting is over."""


@dataclass(frozen=True, slots=True)
class Place:
    """A step's side, the reason for it, and the document's own words where it is they that tell."""

    side: Side
    reason: EdgeReason
    words: str | None = None


@dataclass(frozen=True)
class Sides:
    """Finds the side of the steps of one draft."""

    draft: Draft
    sections: Sections
    meetings: Meetings

    def all(self) -> Mapping[str, Place]:
        """The place of every step but the meeting itself, by key."""
        days, orders = meeting_days(self.draft), orders_of(self.draft.kind)
        own = self.meetings.own
        return {
            step.key: self._place(step, orders, days) for step in self.draft.steps if own is None or step.key != own.key
        }

    def _place(self, step: DraftStep, orders: Orders, days: tuple[date, date] | None) -> Place:
        if step.in_meeting and not _dated_before(step, days):
            return Place(Side.DURING, EdgeReason.KINDS)
        if step.key in self.meetings.inner:
            return Place(Side.AFTER if self.meetings.inner[step.key].after else Side.BEFORE, EdgeReason.KINDS)
        for found in self._told(step, orders, days):
            if found is not None:
                return found
        return Place(orders.usual.get(step.kind, Side.BEFORE), EdgeReason.KINDS)

    def _told(self, step: DraftStep, orders: Orders, days: tuple[date, date] | None) -> Iterator[Place | None]:
        """What tells the side of a step, the strongest first."""
        yield self._by_limit(step)
        yield _by_words(step, orders, weak=False)
        yield self._by_heading(step, orders)
        yield _by_date(step, orders, days)
        yield _by_words(step, orders, weak=True)
        if step.kind in _COMING_BACK and step.deadline is not None and isinstance(step.deadline.rule, Recurring):
            yield Place(Side.AFTER, EdgeReason.KINDS)

    def _by_limit(self, step: DraftStep) -> Place | None:
        """A limit that is counted from the meeting."""
        deadline = step.deadline
        if deadline is None or deadline.rule is None:
            return None
        own = self.meetings.own
        of_meeting = {MEETING} | ({own.key} if own is not None else set())
        match deadline.rule:
            case Within(event=event) | After(event) | SameDay(event) | Recurring(event=event) if event in of_meeting:
                return Place(Side.AFTER, EdgeReason.EVENT, quoted(deadline.wording))
            case DaysBefore(event=event) | BeforeEvent(event) if event in of_meeting:
                return Place(Side.BEFORE, EdgeReason.EVENT, quoted(deadline.wording))
            case Within(event=event) | After(event) | SameDay(event) if event in self._leading_up:
                return Place(Side.BEFORE, EdgeReason.KINDS)
        return None

    @cached_property
    def _leading_up(self) -> frozenset[str]:
        """Keys of the meetings that lead up to the plan's own, or only stand before it in time."""
        own, rows = self.meetings.own, self.meetings.inner
        held = {step.key for step in self.draft.steps if step.kind is StepKind.HOLD_MEETING and not step.in_meeting}
        beside = {key for key, row in rows.items() if row.after or row.aside}
        return frozenset((held | rows.keys()) - beside - ({own.key} if own is not None else set()))

    def _by_heading(self, step: DraftStep, orders: Orders) -> Place | None:
        if not step.sources:
            return None
        for section in self.sections.around(step.sources[0].start):
            title = plain(section.title).strip(" .:;")
            for row in orders.headings:
                if row.pattern.search(title):
                    return Place(row.side, EdgeReason.WORDING, quoted(section.words.text))
        return None


def _dated_before(step: DraftStep, days: tuple[date, date] | None) -> bool:
    """Whether a date of its own tells that a step said to be part of the meeting comes before it."""
    day = fixed_day(step.deadline.rule) if step.deadline is not None else None
    return day is not None and days is not None and day < days[0]


def own_words(step: DraftStep) -> str:
    """The words of a step, as patterns read them: what it was read from, else its name."""
    return plain(_as_written(step))


def written(step: DraftStep, found: re.Match[str]) -> str:
    """What a pattern found in the words of a step, as the document writes it."""
    first = found.string[: found.start()].count(" ")
    count = len(found[0].split())
    skipped = 1 if found[0].startswith(" ") else 0
    words = _as_written(step).replace("*", " ").split()[first + skipped : first + skipped + count]
    return quoted(" ".join(words).strip(" ,.;:"))


def _as_written(step: DraftStep) -> str:
    return " . ".join(source.text for source in step.sources) or step.name


def _by_words(step: DraftStep, orders: Orders, *, weak: bool) -> Place | None:
    words = own_words(step)
    for row in orders.sides:
        if row.weak is weak and (not row.kinds or step.kind in row.kinds):
            found = row.pattern.search(words)
            if found is not None and row.shown:
                return Place(row.side, EdgeReason.WORDING, written(step, found))
            if found is not None:
                return Place(row.side, EdgeReason.KINDS)
    return None


def _by_date(step: DraftStep, orders: Orders, days: tuple[date, date] | None) -> Place | None:
    """A fixed date on one side of the meeting; of a step whose kind has its fixed side, that side."""
    day = fixed_day(step.deadline.rule) if step.deadline is not None else None
    if day is None or days is None or days[0] <= day <= days[1]:
        return None
    side = Side.BEFORE if day < days[0] else Side.AFTER
    return Place(orders.fixed.get(step.kind, side), EdgeReason.DATES)

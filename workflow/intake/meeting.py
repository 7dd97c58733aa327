"""The meeting: its day or month, hour, place and chair, wherever the document tells of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Final

from calendars.grammar.clocks import clock
from calendars.grammar.cursor import Cursor, WordingError
from calendars.grammar.lexer import read
from calendars.rules import By, Month, On, Quarter, Rule, Window
from workflow.domain.definition import StepKind
from workflow.intake.acts import Act
from workflow.intake.draft import DraftMeeting, Source
from workflow.intake.flowing import Part
from workflow.intake.kinds import pattern_of
from workflow.intake.lexicon import phrases, word_pattern
from workflow.intake.limits import Limit, Years, stated
from workflow.intake.outline import Field, Placed
from workflow.intake.owners import plain_name

_WORTH: Final = {On: 3, By: 3, Window: 2, Month: 1, Quarter: 1}


@dataclass
class MeetingFacts:
    """What has been found so far. `line`: the words that tell of it; `when`: those that the limit stands in."""

    limit: Limit | None = None
    line: Part | None = None
    when: Part | None = None
    place: str | None = None
    chair: Part | None = None

    def tell_time(self, limit: Limit, line: Part, when: Part | None = None) -> None:
        """Keep the more exact of two tellings, the first of equal ones. `when`: where the limit stands, if elsewhere."""
        if self.limit is None or _worth(limit.rule) > _worth(self.limit.rule):
            self.limit, self.line, self.when = limit, line, when or line

    def drafted(self, source: Source | None) -> DraftMeeting:
        """As the draft keeps it."""
        on, at, month, tentative = _when(self.limit.rule if self.limit else None)
        if on is not None and at is None and self.line is not None:
            at = _hour_in(self.when or self.line)
        return DraftMeeting(on, at, month, self.place, tentative or self._tentative, source)

    @property
    def _tentative(self) -> bool:
        return self.line is not None and word_pattern("tentative").search(self.line.keys) is not None


def _hour_in(line: Part) -> time | None:
    """The first hour that a line names: "sáng ngày 12/5/2022, bắt đầu từ 8h00"."""
    source = read(line.text)
    for at in range(len(source.tokens) - 1):
        cursor = Cursor(source, prose=True)
        cursor.pos = at
        try:
            found = clock(cursor)
        except WordingError:
            continue
        if found is not None:
            return found
    return None


def _worth(rule: Rule) -> int:
    return _WORTH.get(type(rule), 0)


def _when(rule: Rule | None) -> tuple[date | None, time | None, tuple[int, int] | None, bool]:
    match rule:
        case On(day, clock, tentative):
            return day, clock, None, tentative
        case By(day, clock):
            return day, clock, None, False
        case Window(since, _, _, clock):
            return since, clock, None, False
        case Month(year, month, tentative):
            return None, None, (year, month), tentative
        case _:
            return None, None, None, False


def time_of(field: Field, years: Years) -> Limit | None:
    """When the line says that something is."""
    whole = field.label.flow.whole.cut(field.label.first, field.value.last)
    return stated(field.value, years) or stated(whole, years)


def place_of(value: Part) -> str | None:
    """A place as it is written, without a closing sign."""
    text = value.text.strip(" .;,*")
    return text or None


def tells_of_meeting(field: Field, placed: Placed) -> bool:
    """Whether a line with a time tells of the meeting itself, not of a task."""
    role = placed.section.role
    if word_pattern("of_a_task").search(field.label.keys):
        return False
    if role in ("tasks", "before", "after", "annex"):
        return pattern_of("names").search(field.label.keys) is not None
    return role in ("meeting", "topics", "programme", "", "people", "purpose")


def chair_name(value: Part) -> Part:
    """Whom a line names as chair."""
    at = value.first
    courtesy = phrases("courtesy").match(value.flow.tokens, at)
    return value.cut(at + (courtesy[0] if courtesy else 0), value.last).trimmed(",;:.-–* ")


def chair_text(facts: MeetingFacts) -> str | None:
    """The chair's name or office."""
    return plain_name(facts.chair) if facts.chair is not None else None


def meeting_act(facts: MeetingFacts) -> Act | None:
    """The step of the meeting, where the document tells when it is."""
    if facts.limit is None or facts.line is None:
        return None
    return Act(facts.line, StepKind.HOLD_MEETING, facts.chair, facts.limit, facts.when, from_meeting=True)

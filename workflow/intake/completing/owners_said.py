"""Findings about duties that the document gives to two owners, or states twice with two dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from workflow.domain.definition import StepKind
from workflow.domain.lint_findings import NOBODY_LEADS, ONE_DUTY_TWO_DATES, ONE_DUTY_TWO_OWNERS, Finding, Words
from workflow.domain.zone import shown
from workflow.intake.completing.limits_said import last_day
from workflow.intake.completing.readable import plain
from workflow.intake.completing.sides import own_words
from workflow.intake.draft import Draft, DraftStep

_FOR_ONE = frozenset(
    {
        StepKind.RECORD_MINUTES,
        StepKind.SYNTHESIZE_REPORT,
        StepKind.CLASSIFY_ISSUES,
        StepKind.ASSIGN_ANSWERS,
        StepKind.DRAFT_CONCLUSION,
        StepKind.ISSUE_CONCLUSION,
        StepKind.REPORT_UP,
        StepKind.INVITE,
    }
)
"""Kinds of work that one unit does for all; others (sending people, telling one's own staff) are every unit's."""

_NEIGHBOURS = 20
_CLAUSE = re.compile(r"[^,;.:(]+")
_LABEL = re.compile(r"^(?:[-+•*]\s*)?(?:[0-9a-zđ]{1,2}[.)]\s*)?")
_ASSISTS = re.compile(r"^(?:cùng|phối hợp(?: chặt chẽ)?(?: với| cùng)?) (?P<whom>.{3,120})")
_IN_TURN = re.compile(r"\b(?:đợt|lần|giai đoạn|vòng|quý|kì) (?:thứ )?\S+")
_FEWEST_WORDS = 4
_ALIKE = 0.75


def owners_said(draft: Draft) -> Iterator[Finding]:
    """Duties with two owners, duties that each leaves to the other, duties stated twice with two dates."""
    for one, other in _pairs(draft.steps, lambda step: step.kind):
        if one.owner and other.owner and plain(one.owner) != plain(other.owner):
            yield from _two_owners(one, other)
    for one, other in _pairs(draft.steps, lambda step: (step.kind, plain(step.owner or ""))):
        yield from _two_dates(one, other)


def _pairs(steps: Iterable[DraftStep], by: Callable[[DraftStep], Hashable]) -> Iterator[tuple[DraftStep, DraftStep]]:
    """Pairs of steps that are alike in something and stand not too far apart, in the order of the document."""
    groups: dict[Hashable, list[DraftStep]] = {}
    for step in steps:
        groups.setdefault(by(step), []).append(step)
    for group in groups.values():
        for at, one in enumerate(group):
            yield from ((one, other) for other in group[at + 1 : at + _NEIGHBOURS])


def _two_owners(one: DraftStep, other: DraftStep) -> Iterator[Finding]:
    if _leaves_to(one, other) and _leaves_to(other, one):
        yield _told(NOBODY_LEADS.found(one.key, other.key, **_fields(one, other)), other)
    elif one.kind in _FOR_ONE and not (_together(one, other) or one.in_meeting or other.in_meeting):
        first, second = _clause(one), _clause(other)
        same_day = _day(one) is not None and _day(one) == _day(other) and _likeness(one, other) >= _ALIKE
        if (first == second and len(first.split()) >= _FEWEST_WORDS) or same_day:
            yield _told(ONE_DUTY_TWO_OWNERS.found(one.key, other.key, **_fields(one, other)), other)


def _two_dates(one: DraftStep, other: DraftStep) -> Iterator[Finding]:
    if one.kind is StepKind.HOLD_MEETING and plain(one.name) != plain(other.name):
        return  # a meeting held in several places
    day, second = _day(one), _day(other)
    if day is None or second is None or day == second or _likeness(one, other) < _ALIKE:
        return
    if _IN_TURN.findall(own_words(one)) != _IN_TURN.findall(own_words(other)):
        return
    fields = {"step": one.name, "owner": one.owner or "—", "first": shown(day), "second": shown(second)}
    yield _told(ONE_DUTY_TWO_DATES.found(one.key, other.key, **fields), other)


def _fields(one: DraftStep, other: DraftStep) -> dict[str, str]:
    return {"step": one.name, "other": other.name, "first": one.owner or "", "second": other.owner or ""}


def _day(step: DraftStep) -> date | None:
    return last_day(step.deadline.rule) if step.deadline is not None else None


def _leaves_to(step: DraftStep, other: DraftStep) -> bool:
    """Whether a unit only assists another, by its own words or as it was read."""
    owner = plain(other.owner or "")
    match = _ASSISTS.match(_LABEL.sub("", own_words(step)))
    return owner in map(plain, step.coordinating) or (match is not None and owner in match["whom"])


def _together(one: DraftStep, other: DraftStep) -> bool:
    """Whether one of them assists the other, or is part of it."""
    first, second = plain(one.owner or ""), plain(other.owner or "")
    return first in second or second in first or _leaves_to(one, other) or _leaves_to(other, one)


def _clause(step: DraftStep) -> str:
    """The first clause of a step's words."""
    match = _CLAUSE.match(_LABEL.sub("", own_words(step)))
    return match[0].strip() if match is not None else ""


def _likeness(one: DraftStep, other: DraftStep) -> float:
    """How many of their words two steps share; figures do not count."""
    first, second = ({word for word in own_words(each).split() if word.isalpha()} for each in (one, other))
    return len(first & second) / len(first | second) if first and second else 0.0


def _told(finding: Finding, step: DraftStep) -> Finding:
    if not step.sources:
        return finding
    source = step.sources[0]
    return replace(finding, source=source.text, words=Words(source.start, source.end, source.text))

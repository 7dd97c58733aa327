"""Events in the document's words made keys of steps, "meeting" or "start", so that a plan file can count from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from calendars.rules import (
    MEETING,
    PLAN_START,
    After,
    BeforeEvent,
    DaysBefore,
    FirstOf,
    LastOf,
    Recurring,
    Rule,
    SameDay,
    Span,
    Vague,
    Within,
    event_date,
    events_of,
)
from workflow.domain.definition import StepKind
from workflow.intake.draft import DraftStep
from workflow.intake.kinds import pattern_of
from workflow.intake.lexicon import Test, fold_phrase, tests, vocabulary

ByKind = Mapping[str, Sequence[DraftStep]]


@cache
def _events() -> tuple[Test, ...]:
    return tests(vocabulary("kinds")["event"], "step", {})


def meant(event: str) -> str:
    """What an event in words means: "meeting", "start", the kind of a step, or "" when the plan knows no such thing."""
    if ends_meeting(event):
        return MEETING
    keys = f" {fold_phrase(event)} "
    found = next((rule.value for rule in _events() if rule.fits(keys, keys)), "")
    if found == MEETING and pattern_of("other_meetings").search(keys):
        return ""
    return found


def ends_meeting(event: str | None) -> bool:
    """Whether an event is the end of something that goes without saying: "ngay khi kết thúc"."""
    keys = fold_phrase(event or "")
    found = pattern_of("bare_end").search(f" {keys} ")
    return found is not None and found.group() == keys


def resolved(steps: Sequence[DraftStep]) -> tuple[DraftStep, ...]:
    """The steps, each rule with the event that it counts from; None where it cannot be told."""
    by_kind: dict[str, list[DraftStep]] = {}
    for step in steps:
        by_kind.setdefault(str(step.kind), []).append(step)
    return tuple(_resolved(step, by_kind) for step in steps)


def _resolved(step: DraftStep, steps: ByKind) -> DraftStep:
    deadline = step.deadline
    if deadline is None or deadline.rule is None:
        return step
    rule = _ruled(deadline.rule, step, steps)
    longer = deadline.extension
    if longer is not None and longer.rule is not None:
        longer = replace(longer, rule=_ruled(longer.rule, step, steps))
    return replace(step, deadline=replace(deadline, rule=rule, extension=longer))


def _ruled(rule: Rule, step: DraftStep, steps: ByKind) -> Rule | None:
    if isinstance(rule, Vague):
        return None
    if isinstance(rule, FirstOf | LastOf):
        parts = tuple(_ruled(part, step, steps) for part in rule.rules)
        known = tuple(part for part in parts if part is not None)
        return type(rule)(known) if len(known) > 1 else (known[0] if known else None)
    named = events_of(rule)
    if not named:
        return rule
    if isinstance(rule, Recurring):
        return replace(rule, event=None)
    keys = {event: _key(event, step, steps) for event in named}
    if not all(keys.values()):
        return None
    if isinstance(rule, Span):
        ends = {
            name: keys.get(end, end)
            for name, end in (("since", rule.since), ("until", rule.until))
            if isinstance(end, str)
        }
        return replace(rule, **ends)
    if isinstance(rule, Within | DaysBefore | SameDay | After | BeforeEvent):
        return replace(rule, event=keys[rule.event])
    return rule


def _key(event: str, step: DraftStep, steps: ByKind) -> str:
    """The key of the step that an event means, "" without one."""
    if event == MEETING:
        return event
    told = meant(event)
    if told in (MEETING, PLAN_START):
        return "" if told == MEETING and step.kind is StepKind.HOLD_MEETING and not step.in_meeting else told
    others = (each for each in steps.get(told, ()) if each.key != step.key)
    first = next(others, None)
    if first is None or not first.in_meeting:
        return first.key if first is not None else ""
    return next((each.key for each in others if not each.in_meeting), first.key)


def known_event(event: str | None) -> bool:
    """Whether the plan may know the event that an order counts from."""
    return bool(event) and (event_date(event) is not None or meant(event or "") != "")

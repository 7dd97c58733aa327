"""A definition that can be started, made from a draft. What a plan cannot express is kept in words, as a vague limit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from calendars.grammar.lexer import clean
from calendars.rules import (
    MEETING,
    After,
    BeforeEvent,
    DaysBefore,
    FirstOf,
    LastOf,
    Month,
    On,
    Recurring,
    Rule,
    RuleError,
    SameDay,
    Vague,
    Within,
    events_of,
)
from workflow.domain.definition import START_EVENT, Meeting, PlanDefinition, StepDefinition, StepKind
from workflow.domain.graph import CyclicPlan, forecast_order, order
from workflow.intake.completing.meetings import meetings_of
from workflow.intake.completing.readable import quoted
from workflow.intake.draft import Draft, DraftDeadline, DraftStep

_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_RESERVED: Final = frozenset({MEETING, START_EVENT, "plan_start"})
_LONGEST_NAME: Final = 300
_LONGEST_WORDING: Final = 200
_NO_TITLE: Final = "Kế hoạch chưa có tên"
_NO_ORGANIZATION: Final = "Cơ quan chưa rõ"
_NO_NAME: Final = "Việc chưa có tên"


def definition_of(draft: Draft) -> PlanDefinition:
    """The plan of a draft, its proposals included: no circles, every event a step of it, every text on one line.

    A limit that no rule can express, or that is counted from something that is no step, becomes a vague limit with the
    document's words, so that the linter asks for it. The plan's own meeting stands last among its meetings.
    """
    made = _Making(draft)
    return _without_circles(made.plan())


@dataclass(frozen=True)
class _Making:
    draft: Draft

    @cached_property
    def _own(self) -> DraftStep | None:
        return meetings_of(self.draft).own

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        return _keys_for([step.key for step in self.draft.steps])

    @cached_property
    def _before(self) -> Mapping[str, list[str]]:
        before: dict[str, list[str]] = {}
        for edge in self.draft.edges:
            before.setdefault(edge.after, []).append(edge.before)
        return before

    def plan(self) -> PlanDefinition:
        """The plan, circles and all."""
        draft = self.draft
        steps = [self._step(step) for step in draft.steps]
        return PlanDefinition(
            title=_text(draft.title) or _NO_TITLE,
            kind=draft.kind,
            organization=_text(draft.organization) or _NO_ORGANIZATION,
            steps=tuple(_meeting_last(steps, self._own_key)),
            meeting=self._meeting(),
            document_number=_text(draft.document_number) or None,
            issued_on=draft.issued_on,
        )

    @property
    def _own_key(self) -> str | None:
        return None if self._own is None else self._keys[self._own.key]

    def _meeting(self) -> Meeting:
        """The meeting as the draft tells of it, or as its step's limit does; a day makes the month needless."""
        known, own = self.draft.meeting, self._own
        rule = own.deadline.rule if own is not None and own.deadline is not None else None
        on, at, month = known.on, known.at, known.month
        if on is None and month is None and isinstance(rule, On):
            on, at = rule.day, at or rule.clock
        if on is None and month is None and isinstance(rule, Month):
            month = (rule.year, rule.month)
        place = _text(known.place) or None
        return Meeting(on, at, None, place) if on is not None else Meeting(month=month, place=place)

    def _step(self, step: DraftStep) -> StepDefinition:
        keys = self._keys
        is_own = self._own is not None and step.key == self._own.key
        due = self._own_limit(step) if is_own else self._limit(step)
        before = dict.fromkeys(keys[key] for key in self._before.get(step.key, ()) if key in keys and key != step.key)
        return StepDefinition(
            key=keys[step.key],
            kind=step.kind,
            name=_text(step.name) or _NO_NAME,
            owner=_text(step.owner) or None,
            after=tuple(before),
            due=due,
            extend=self._extension(step, due),
            for_each=step.for_each,
            in_meeting=step.in_meeting,
            coordinating=tuple(filter(None, map(_text, step.coordinating))),
            recipient=_text(step.recipient) or None,
        )

    def _own_limit(self, step: DraftStep) -> Rule | None:
        """The meeting is owed on its day; what a plan says of it beyond that (a last day) stays its limit."""
        rule = self._limit(step)
        meeting = self._meeting()
        told = meeting.on is not None or meeting.month is not None
        if rule is None or isinstance(rule, On | Month | Recurring | SameDay):
            return SameDay(MEETING) if told else None
        return rule

    def _limit(self, step: DraftStep) -> Rule | None:
        deadline = step.deadline
        if deadline is None and step.proposed is not None:
            deadline = step.proposed.limit
        if deadline is None:
            return _vague(step.reference)
        rule = self._known(deadline.rule, step)
        return rule if rule is not None else _vague(_wording(deadline))

    def _known(self, rule: Rule | None, step: DraftStep) -> Rule | None:
        """The rule with the keys of the plan; None when it hangs on itself or on what is no step."""
        if rule is None:
            return None
        if isinstance(rule, FirstOf | LastOf):
            return self._of_several(rule, step)
        known = {**self._keys, MEETING: MEETING, START_EVENT: START_EVENT, "": ""}
        named = events_of(rule)
        if step.key in named or not named <= known.keys():
            return None
        if isinstance(rule, Within | DaysBefore | SameDay | After | BeforeEvent):
            return replace(rule, event=known[rule.event]) if rule.event in known else rule
        return rule if all(known[event] == event for event in named) else None

    def _of_several(self, rule: FirstOf | LastOf, step: DraftStep) -> Rule | None:
        """Of several limits those that can be known: "chậm nhất ngày 08/02 (trước ngày bầu cử 35 ngày)"."""
        rules = [known for each in rule.rules if (known := self._known(each, step)) is not None]
        return rules[0] if len(rules) == 1 else replace(rule, rules=tuple(rules)) if rules else None

    def _extension(self, step: DraftStep, due: Rule | None) -> Rule | None:
        """A longer limit from the same event."""
        extension = step.deadline.extension if step.deadline is not None else None
        rule = self._known(extension.rule, step) if extension is not None else None
        if not isinstance(rule, Within) or not isinstance(due, Within) or rule.event != due.event:
            return None
        return rule if rule.unit is not due.unit or rule.n > due.n else None


def _meeting_last(steps: list[StepDefinition], own: str | None) -> list[StepDefinition]:
    """The steps with the plan's own meeting last among the meetings; a meeting that waits for it is a duty like others."""
    if own is None:
        return steps
    after = _waiting_for(own, steps)
    kept = [_as_duty(step) if step.key in after else step for step in steps]
    last = max(place for place, step in enumerate(kept) if step.kind is StepKind.HOLD_MEETING and not step.in_meeting)
    at = next(place for place, step in enumerate(kept) if step.key == own)
    meeting = kept.pop(at)
    kept.insert(max(last, at), meeting)
    return kept


def _waiting_for(key: str, steps: Iterable[StepDefinition]) -> set[str]:
    """Keys of the steps that wait for a step, at however many removes, that step not among them."""
    followers: dict[str, list[str]] = {}
    for step in steps:
        for before in step.after:
            followers.setdefault(before, []).append(step.key)
    found: set[str] = set()
    waiting = [key]
    while waiting:
        fresh = [each for each in followers.get(waiting.pop(), ()) if each not in found]
        found.update(fresh)
        waiting.extend(fresh)
    return found - {key}


def _as_duty(step: StepDefinition) -> StepDefinition:
    return replace(step, kind=StepKind.OTHER) if step.kind is StepKind.HOLD_MEETING else step


def _without_circles(plan: PlanDefinition) -> PlanDefinition:
    """The plan with one link of every circle undone: the last one that closes it, or a limit that hangs on itself."""
    for _ in plan.steps:
        try:
            order(plan)
            forecast_order(plan)
        except CyclicPlan as circle:
            plan = _undone(plan, circle.keys)
        else:
            break
    return plan


def _undone(plan: PlanDefinition, keys: Iterable[str]) -> PlanDefinition:
    before, after, *_ = keys
    ends = {before, after}
    steps = tuple(_undone_step(step, ends - {step.key}) if step.key in ends else step for step in plan.steps)
    return replace(plan, steps=steps)


def _undone_step(step: StepDefinition, others: set[str]) -> StepDefinition:
    due = step.due
    if due is not None and events_of(due) & (others | {MEETING}):
        due = None
    return replace(step, after=tuple(key for key in step.after if key not in others), due=due, extend=None)


def _keys_for(keys: Iterable[str]) -> Mapping[str, str]:
    """A key that a plan file allows for each key of a draft; the same wherever it is one already."""
    made: dict[str, str] = {}
    for place, key in enumerate(keys, 1):
        fits = _KEY.fullmatch(key) is not None and key not in _RESERVED
        made.setdefault(key, key if fits else f"step_{place}")
    return made


def _vague(words: str | None) -> Rule | None:
    text = quoted(clean((words or "").replace("«", "").replace("»", "")), _LONGEST_WORDING)
    try:
        return Vague(text) if text else None
    except RuleError:
        return None


def _wording(deadline: DraftDeadline) -> str:
    return deadline.wording or deadline.anchor or deadline.date or ""


def _text(text: str | None) -> str:
    return quoted(clean(text or ""), _LONGEST_NAME)

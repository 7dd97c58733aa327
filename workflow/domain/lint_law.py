"""Limits of a plan against those of the law, which is dated data (law.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from calendars.rules import MEETING, Due, Moment, Rule, Unit, Within, due, events_of
from calendars.wording import parse
from workflow.domain.definition import PlanDefinition, PlanKind, StepDefinition, StepKind
from workflow.domain.lint_case import Case
from workflow.domain.lint_findings import (
    EXTENSION_LONGER_THAN_LAW,
    LATER_THAN_LAW,
    LAW_LIMIT_NOT_STATED,
    LONGER_THAN_LAW,
    OTHER_DAYS_THAN_LAW,
    Finding,
    Sentence,
)
from workflow.domain.zone import shown


@dataclass(frozen=True, slots=True)
class LegalLimit:
    """One limit that the law sets, and where it applies; see law.toml.

    `floor`: the time given in advance must be at least that long; otherwise the limit is a ceiling.
    """

    cite: str
    says: str
    scope: str
    valid_from: date
    plan_kinds: frozenset[PlanKind]
    step_kinds: frozenset[StepKind]
    step_names: re.Pattern[str] | None
    floor: bool
    rule: Rule
    extended: Rule | None
    organization: re.Pattern[str]
    title: re.Pattern[str]

    def applies_to(self, plan: PlanDefinition, on: date) -> bool:
        """Whether it governs a plan whose meeting is on a day."""
        return (
            plan.kind in self.plan_kinds
            and on >= self.valid_from
            and self.organization.search(plan.organization.lower()) is not None
            and self.title.search(plan.title.lower()) is not None
        )

    def is_about(self, step: StepDefinition) -> bool:
        """Whether it is a limit on a step, by its kind or by its name."""
        named = self.step_names is not None and self.step_names.search(step.name.lower()) is not None
        return step.kind in self.step_kinds or named

    @property
    def law(self) -> str:
        """What it says and where it stands."""
        return f"{self.says} – {self.cite}"


@cache
def legal_limits() -> tuple[LegalLimit, ...]:
    """Every limit, in the order of law.toml."""
    import tomllib  # only the linter needs the law's text

    rows = tomllib.loads(files("workflow.domain").joinpath("law.toml").read_text(encoding="utf-8"))["limit"]
    return tuple(
        LegalLimit(
            cite=row["cite"],
            says=row["says"],
            scope=row["scope"],
            valid_from=row["valid_from"],
            plan_kinds=frozenset(map(PlanKind, row["plan_kinds"])),
            step_kinds=frozenset(map(StepKind, row["step_kinds"])),
            step_names=re.compile(row["step_names"]) if "step_names" in row else None,
            floor=row["bound"] == "at_least",
            rule=parse(row["rule"]),
            extended=parse(row["extended"]) if "extended" in row else None,
            organization=re.compile(row.get("organization", "")),
            title=re.compile(row.get("title", "")),
        )
        for row in rows
    )


def legal_limit_of(step: StepDefinition, case: Case) -> LegalLimit | None:
    """The first limit of the law on a step of the plan, None when there is none or the meeting's time is unknown."""
    return next((limit for limit in _applying(case) if limit.is_about(step)), None)


def check_law(case: Case) -> Iterator[Finding]:
    """Limits that the law sets otherwise. One step that keeps to it is enough; what takes place at the meeting is none."""
    for limit in _applying(case):
        steps = [step for step in case.plan.steps if limit.is_about(step) and _may_be_meant(step, limit, case)]
        dated = [(step, own) for step in steps if (own := case.limits.get(step.key)) is not None]
        if not dated:
            yield from _not_stated(limit, steps, case)
        elif not any(_kept(limit, own, case) for _, own in dated):
            yield from (found for step, own in dated if (found := _broken(limit, step, own, case)) is not None)
        else:
            yield from (found for step, own in dated if (found := _other_days(limit, step, own, case)) is not None)
            yield from (found for step, _ in dated if (found := _long_extension(limit, step, case)) is not None)


def _may_be_meant(step: StepDefinition, limit: LegalLimit, case: Case) -> bool:
    """Whether a limit before the meeting may be that of a step, which then cannot wait for it; one after it likewise."""
    meeting = case.plan.meeting_step
    if step.in_meeting or meeting is None:
        return not step.in_meeting
    first, then = (meeting.key, step.key) if limit.floor else (step.key, meeting.key)
    return not case.comes_before(first, then)


def _applying(case: Case) -> Iterator[LegalLimit]:
    moment = case.meeting_moment
    return (limit for limit in legal_limits() if moment is not None and limit.applies_to(case.plan, moment.on))


def _not_stated(limit: LegalLimit, steps: list[StepDefinition], case: Case) -> Iterator[Finding]:
    """The law has a limit where the plan says nothing at all; words without a date are another finding."""
    silent = [step for step in steps if step.due is None]
    if silent and len(silent) == len(steps):
        yield LAW_LIMIT_NOT_STATED.found(
            *(step.key for step in silent),
            source=limit.cite,
            steps=case.names(silent),
            law=limit.law,
            scope=limit.scope,
            wording=case.typed(limit.rule),
        )


def _lawful(rule: Rule, case: Case) -> Due:
    moment = case.meeting_moment
    assert moment is not None
    return due(rule, case.calendar, {MEETING: moment}, case.plan.readings)


def _kept(limit: LegalLimit, own: Due, case: Case) -> bool:
    return own.due_on <= _lawful(limit.rule, case).due_on


def _broken(limit: LegalLimit, step: StepDefinition, own: Due, case: Case) -> Finding | None:
    """The step's limit is later than the law's. A fixed date says nothing against a meeting of unknown day."""
    assert step.due is not None
    moment = case.meeting_moment
    if moment is None or (moment.projected and not events_of(step.due)):
        return None
    sentence = LATER_THAN_LAW if limit.floor else LONGER_THAN_LAW
    return _against(sentence, limit, step, step.due, own, moment, case)


def _long_extension(limit: LegalLimit, step: StepDefinition, case: Case) -> Finding | None:
    moment = case.meeting_moment
    if step.extend is None or moment is None or limit.floor or not isinstance(step.extend, Within):
        return None
    if step.extend.event not in _meeting_events(case):
        return None
    longest = due(step.extend, case.calendar, {step.extend.event: moment}, case.plan.readings)
    if longest.due_on <= _lawful(limit.extended or limit.rule, case).due_on:
        return None
    return _against(EXTENSION_LONGER_THAN_LAW, limit, step, step.extend, longest, moment, case)


def _meeting_events(case: Case) -> tuple[str, ...]:
    step = case.plan.meeting_step
    return (MEETING,) if step is None else (MEETING, step.key)


def _other_days(limit: LegalLimit, step: StepDefinition, own: Due, case: Case) -> Finding | None:
    """The same number, but of calendar days where the law counts working days: stricter, probably by mistake."""
    rule, law = step.due, limit.rule
    if not isinstance(rule, Within) or not isinstance(law, Within) or rule.event not in _meeting_events(case):
        return None
    if rule.n != law.n or (rule.unit, law.unit) != (Unit.DAY, Unit.WORKING_DAY):
        return None
    moment = case.meeting_moment
    assert moment is not None
    return _against(OTHER_DAYS_THAN_LAW, limit, step, rule, own, moment, case)


def _against(
    sentence: Sentence, limit: LegalLimit, step: StepDefinition, rule: Rule, own: Due, moment: Moment, case: Case
) -> Finding:
    return sentence.found(
        step.key,
        source=limit.cite,
        step=step.name,
        wording=case.worded(rule),
        due=shown(own.due_on),
        law=limit.law,
        law_due=shown(_lawful(_law_for(sentence, limit), case).due_on),
        scope=limit.scope,
        meeting_on=shown(moment.on),
    )


def _law_for(sentence: Sentence, limit: LegalLimit) -> Rule:
    return limit.extended or limit.rule if sentence is EXTENSION_LONGER_THAN_LAW else limit.rule

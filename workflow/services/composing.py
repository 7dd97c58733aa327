"""Gathering what one message tells one person: the state of the steps concerned, and why they are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from calendars.rules import After, Vague
from workflow.domain.cycle import Cycle, StepState
from workflow.domain.definition import Evidence
from workflow.domain.due import rule_in_force
from workflow.domain.ladder import Rung, Terms
from workflow.domain.verdict import working_days_late
from workflow.domain.zone import day_of
from workflow.letter import Letter, Limit, Matter, Reminder, urgency
from workflow.ports import Notice, Person
from workflow.services.addressing import rung_of
from workflow.services.digesting import DIGEST, Duty
from workflow.services.plans import TermsOf
from workflow.services.reading import FAULTS, Fault

_WITHOUT_A_DATE = (After, Vague)


@dataclass(frozen=True, slots=True)
class Case:
    """All that a letter is made from, read at one moment. `cycles` holds the plan of every notice and duty.

    `person` None: not in the directory. `undelivered`: see `Letter`.
    """

    notices: Sequence[Notice]
    cycles: Mapping[str, Cycle]
    person: Person | None
    duties: Sequence[Duty]
    undelivered: int | None
    at: datetime


def compose(case: Case, address: str, terms_of: TermsOf) -> Letter:
    """The letter that tells all the notices of a case at once; of several rungs of one step, the highest alone."""
    told = {(n.plan_id, n.step): n for n in sorted(case.notices, key=lambda n: _height(n, case)) if n.plan_id}
    rest = [duty for duty in case.duties if duty not in told]
    digests = [notice for notice in case.notices if notice.rung == DIGEST]
    person = case.person
    return Letter(
        person_name=person.name if person is not None else case.notices[0].person_name,
        address=address,
        unit=person.unit if person is not None else "",
        organization=person.organization if person is not None else "",
        role=person.role if person is not None else None,
        matters=_in_order(_told(notice, case, terms_of) for notice in told.values()),
        others=_in_order(_owed(duty, case, terms_of) for duty in rest) if digests else (),
        digest_on=day_of(case.at) if digests else None,
        undelivered=case.undelivered if digests else None,
        keys=tuple(sorted(notice.key for notice in case.notices)),
        at=case.at,
    )


def fault_of(cycle: Cycle, key: str, at: datetime, terms_of: TermsOf) -> Fault | None:
    """What keeps letters from telling of a step, such as a limit beyond the calendar's years; None when nothing does."""
    try:
        matter_of(cycle, key, at, terms_of(cycle.definition))
    except FAULTS as fault:
        return fault
    return None


def matter_of(cycle: Cycle, key: str, at: datetime, terms: Terms, reminder: Reminder | None = None) -> Matter:
    """A step as a letter tells it at an instant."""
    step = cycle.steps[key]
    return Matter(
        plan_id=cycle.plan_id,
        plan_title=cycle.definition.title,
        step=key,
        name=step.definition.name,
        owner=step.definition.owner,
        standing=step.standing(at),
        limit=_limit(step, at, terms),
        limit_to_come=_limit_to_come(cycle, step),
        waiting_for=tuple(cycle.steps[before].definition.name for before in cycle.waiting_for(key)),
        needs_document=Evidence.DOCUMENT in step.definition.evidence,
        reminder=reminder,
    )


def _told(notice: Notice, case: Case, terms_of: TermsOf) -> Matter:
    cycle = case.cycles[notice.plan_id]
    terms = terms_of(cycle.definition)
    rung, ordinal = _rung(notice, cycle)
    role = case.person.role if case.person is not None else None
    stands_in = rung is not None and role is not None and role not in rung.audience
    reminder = Reminder(rung, ordinal, notice.owed_at, stands_in)
    return matter_of(cycle, notice.step, case.at, terms, reminder)


def _owed(duty: Duty, case: Case, terms_of: TermsOf) -> Matter:
    cycle = case.cycles[duty.plan_id]
    return matter_of(cycle, duty.step, case.at, terms_of(cycle.definition))


def _in_order(matters: Iterable[Matter]) -> tuple[Matter, ...]:
    return tuple(sorted(matters, key=urgency))


def _height(notice: Notice, case: Case) -> tuple[int, int, datetime]:
    """How high on the ladder a notice stands; a rung that the ladder has lost stands lowest."""
    if not notice.plan_id:
        return -1, 0, notice.owed_at
    cycle = case.cycles[notice.plan_id]
    rung, ordinal = _rung(notice, cycle)
    return cycle.ladder.index(rung) if rung is not None else -1, ordinal, notice.owed_at


def _rung(notice: Notice, cycle: Cycle) -> tuple[Rung | None, int]:
    ordinal = notice.rung.partition("#")[2]
    try:
        return rung_of(notice.rung, cycle.ladder), int(ordinal or 0)
    except LookupError:
        return None, 0


def _limit(step: StepState, at: datetime, terms: Terms) -> Limit | None:
    known = step.deadline
    if known is None or known.projected:
        return None
    since, until = day_of(at) + timedelta(days=1), known.due_on + timedelta(days=1)
    return Limit(
        due_on=known.due_on,
        due_at=known.due_at,
        safe_on=known.safe_on,
        provisional=known.provisional,
        working_days_left=terms.calendar.count(since, until) if since < until else 0,
        working_days_late=working_days_late(at, known.due_at, terms.calendar),
    )


def _limit_to_come(cycle: Cycle, step: StepState) -> bool:
    if step.deadline is not None:
        return step.deadline.projected
    rule = rule_in_force(step.definition, cycle.plan, cycle.meeting)
    return rule is not None and not isinstance(rule, _WITHOUT_A_DATE)

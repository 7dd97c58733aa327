"""Gathering what one message tells one person: the state of the steps concerned, and why they are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from calendars.rules import After, Due, Vague
from workflow.domain.cycle import Cycle, StepState
from workflow.domain.definition import Evidence
from workflow.domain.due import deadlines, rule_in_force
from workflow.domain.ladder import Audience, Rung, Terms
from workflow.domain.names import same_unit
from workflow.domain.verdict import working_days_late
from workflow.domain.zone import day_of
from workflow.letter import Alert, Change, Letter, Limit, Matter, PetitionNews, Reminder, Seal, Seat, urgency
from workflow.ports import Notice, Person
from workflow.services.addressing import People, rung_of, substituted
from workflow.services.announcing import CHANGED, PETITIONER
from workflow.services.digesting import DIGEST, Duty
from workflow.services.reading import FAULTS, Fault
from workflow.services.terms import TermsOf, terms_for

_WITHOUT_A_DATE = (After, Vague)
_NOT_OF_THE_LADDER = frozenset({DIGEST, CHANGED, PETITIONER})


@dataclass(frozen=True, slots=True)
class Case:
    """All that a letter is made from, read at one moment. `cycles` holds the plan of every notice and duty.

    `person` None: not in the directory. `undelivered`, `changes`, `alerts`, `seal`, `news`: see `Letter`. `seats`: by
    key of a notice, in whose place the person is told of it.
    """

    notices: Sequence[Notice]
    cycles: Mapping[str, Cycle]
    person: Person | None
    duties: Sequence[Duty]
    undelivered: int | None
    at: datetime
    changes: Sequence[Change] = ()
    alerts: Sequence[Alert] = ()
    seal: Seal | None = None
    news: PetitionNews | None = None
    seats: Mapping[str, Seat] = field(default_factory=dict)


def of_a_rung(notice: Notice) -> bool:
    """Whether a notice tells of a rung of the ladder, and so of one step."""
    return notice.rung not in _NOT_OF_THE_LADDER


def compose(case: Case, address: str, terms_of: TermsOf) -> Letter:
    """The letter that tells all the notices of a case at once; of several rungs of one step, the highest alone."""
    rungs = sorted(filter(of_a_rung, case.notices), key=lambda notice: _height(notice, case))
    told = {(notice.plan_id, notice.step): notice for notice in rungs}
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
        changes=tuple(case.changes),
        alerts=tuple(case.alerts) if digests else (),
        seal=case.seal if digests else None,
        news=case.news,
    )


def seat_of(notice: Notice, cycle: Cycle, person: Person, people: People) -> Seat | None:
    """In whose place a person is told of a rung; None: in their own, or nobody's. `people`: as of the day of sending."""
    rung, _ = _rung(notice, cycle)
    step = cycle.steps.get(notice.step)
    if rung is None or step is None:
        return None
    away = substituted(person, rung.audience, step.definition.owner, people)
    absence = people.absence_of(away) if away is not None else None
    if away is None or absence is None:
        return None
    return Seat(away.name, away.role, away.unit, absence.until - timedelta(days=1))


def fault_of(cycle: Cycle, key: str, at: datetime, terms_of: TermsOf) -> Fault | None:
    """What keeps letters from telling of a step, such as a limit beyond the calendar's years; None when nothing does."""
    try:
        matter_of(cycle, key, at, terms_for(terms_of, cycle))
    except FAULTS as fault:
        return fault
    return None


def matter_of(cycle: Cycle, key: str, at: datetime, terms: Terms, reminder: Reminder | None = None) -> Matter:
    """A step as a letter tells it at an instant; with the account of its limit when it is told for a rung."""
    step = cycle.steps[key]
    counted = _counted(cycle, key, terms) if reminder is not None else None
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
        account=counted.trace if counted is not None else (),
        basis=counted.basis if counted is not None else (),
        revision=step.revision,
    )


def _counted(cycle: Cycle, key: str, terms: Terms) -> Due | None:
    """The limit in force counted again, with its account; None when there is none, or another one would come of it.

    A limit may rest on an earlier version of the calendar: then no account is given rather than a wrong one.
    """
    known = cycle.steps[key].deadline
    if known is None or known.projected:
        return None
    counted = deadlines(cycle.plan, cycle.facts, terms.calendar).get(key)
    return counted if counted is not None and counted.due_at == known.due_at else None


def _told(notice: Notice, case: Case, terms_of: TermsOf) -> Matter:
    cycle = case.cycles[notice.plan_id]
    terms = terms_for(terms_of, cycle)
    rung, ordinal = _rung(notice, cycle)
    seat = case.seats.get(notice.key)
    stands_in = seat is None and rung is not None and case.person is not None and _stands_in(case.person, rung)
    reminder = Reminder(rung, ordinal, notice.owed_at, stands_in, seat)
    return matter_of(cycle, notice.step, case.at, terms, reminder)


def _stands_in(person: Person, rung: Rung) -> bool:
    """Whether somebody is told of a rung that is meant for another role, and not because it gave their unit the step."""
    given = rung.reassign_to is not None and same_unit(rung.reassign_to, person.unit)
    return person.role not in rung.audience and not (given and person.role is Audience.OWNER)


def _owed(duty: Duty, case: Case, terms_of: TermsOf) -> Matter:
    cycle = case.cycles[duty.plan_id]
    return matter_of(cycle, duty.step, case.at, terms_for(terms_of, cycle))


def _in_order(matters: Iterable[Matter]) -> tuple[Matter, ...]:
    return tuple(sorted(matters, key=urgency))


def _height(notice: Notice, case: Case) -> tuple[int, int, datetime]:
    """How high on the ladder a notice stands; a rung that the ladder has lost stands lowest."""
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

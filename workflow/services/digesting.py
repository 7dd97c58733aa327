"""The digest of a working morning: to each person the steps they owe, to coordinators all that is overdue and every alert.

Only the fact that a digest is owed is written; what it says is gathered when it is delivered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from calendars.working_calendar import WorkingCalendar
from workflow.domain.cycle import Cycle, PlanStatus, StepStatus
from workflow.domain.ladder import Audience
from workflow.domain.verdict import Standing
from workflow.domain.zone import day_of
from workflow.letter import Alert, Seal
from workflow.ports import Notice, NoticeStatus, Person, Store, UnitOfWork
from workflow.services.addressing import People, Way, owners, ways_to
from workflow.services.alerting import alerts, alerts_for, observe
from workflow.services.anchoring import drop_anchor
from workflow.services.reading import read_plans
from workflow.services.terms import TermsOf

DIGEST = "digest"
"""The rung of a notice that owes a digest; its plan and step are empty."""


class Duty(NamedTuple):
    """A step that somebody is told about in a digest."""

    plan_id: str
    step: str


Duties = dict[str, list[Duty]]
"""By person."""


@dataclass(frozen=True, slots=True)
class Morning:
    """What digests tell, read at one moment: the running plans, who is told about what, how much reached nobody.

    `seal`: the last anchor, None before there is any.
    """

    cycles: Mapping[str, Cycle] = field(default_factory=dict)
    duties: Duties = field(default_factory=dict)
    undelivered: int = 0
    alerts: tuple[Alert, ...] = ()
    seal: Seal | None = None

    def duties_of(self, person_id: str, *, at: datetime, fresher: Mapping[str, Cycle]) -> list[Duty]:
        """A person's duties, without those that have ended in a fresher state of their plan."""
        cycles = {**self.cycles, **fresher}
        return [duty for duty in self.duties.get(person_id, ()) if _is_owed(cycles[duty.plan_id], duty.step, at)]


def this_morning(uow: UnitOfWork, at: datetime, terms_of: TermsOf | None = None) -> Morning:
    """The state of every running plan that can be read and whose duty each of its steps is.

    `terms_of`: what alerts need; without it there are none.
    """
    cycles = read_plans(uow, uow.plans.ids(PlanStatus.RUNNING)).cycles
    return Morning(
        cycles=cycles,
        duties=_duties(cycles.values(), uow, at),
        undelivered=uow.outbox.count(NoticeStatus.DEAD),
        alerts=alerts(observe(uow, terms_of, at)) if terms_of is not None else (),
        seal=_seal(uow),
    )


def send_digests(store: Store, calendar: WorkingCalendar, *, at: datetime, terms_of: TermsOf | None = None) -> int:
    """On a working day, write a digest to the outbox for everybody who has something to read; how many were new.

    One per person and day, however often it is asked for, by mail or else over the first channel that reaches them.
    Nobody gets an empty digest, and somebody without an address gets none, because their own notices already show as
    undelivered. `terms_of`: see `this_morning`.
    """
    day = day_of(at)
    if not calendar.is_working(day):
        return 0
    drop_anchor(store, at=at)
    with store.reading() as uow:
        morning = this_morning(uow, at, terms_of)
        readers = [
            (person, ways_to(person)[0]) for person in uow.directory.all() if person.active and _reads(person, morning)
        ]
    with store() as uow:
        written = uow.outbox.add([_notice(person, way, at) for person, way in readers if way[1]])
        uow.commit()
    return written


def undelivered_for(person: Person, undelivered: int) -> int | None:
    """How many notices reached nobody, for those whose business that is."""
    return undelivered if person.role is Audience.COORDINATOR else None


def _seal(uow: UnitOfWork) -> Seal | None:
    anchors = uow.anchors.all()
    return Seal(anchors[-1].day, anchors[-1].digest) if anchors else None


def _duties(cycles: Iterable[Cycle], uow: UnitOfWork, at: datetime) -> Duties:
    """What each person is told about: the open or overdue steps they owe; coordinators also every overdue step."""
    organizations: dict[str, People] = {}
    found: defaultdict[str, dict[Duty, None]] = defaultdict(dict)
    for cycle in cycles:
        name = cycle.definition.organization
        if name not in organizations:
            organizations[name] = People(name, uow.directory, uow.absences, day_of(at))
        people = organizations[name]
        for step, person in _told(cycle, people, at):
            found[person.person_id][Duty(cycle.plan_id, step)] = None
    return {person_id: list(theirs) for person_id, theirs in found.items()}


def _told(cycle: Cycle, people: People, at: datetime) -> Iterator[tuple[str, Person]]:
    for key, step in cycle.steps.items():
        if not _is_owed(cycle, key, at):
            continue
        yield from ((key, person) for person in owners(step.definition.owner, people))
        if step.standing(at) is Standing.RUNNING_OVERDUE:
            yield from ((key, person) for person in people.with_role(Audience.COORDINATOR))


def _is_owed(cycle: Cycle, key: str, at: datetime) -> bool:
    """Whether the step is open, or not even open although its limit has passed.

    A step whose clock stands still waits for somebody else; one with parts leaves it to them.
    """
    step = cycle.steps[key]
    if cycle.status is not PlanStatus.RUNNING or step.ended or step.stopped or key in cycle.fanned:
        return False
    return step.status is StepStatus.OPEN or step.standing(at) is Standing.RUNNING_OVERDUE


def _reads(person: Person, morning: Morning) -> bool:
    told = morning.duties.get(person.person_id) or undelivered_for(person, morning.undelivered)
    return bool(told or alerts_for(person, morning.alerts))


def _notice(person: Person, way: Way, at: datetime) -> Notice:
    return Notice(
        key=f"{DIGEST}/{person.person_id}/{day_of(at).isoformat()}",
        plan_id="",
        step="",
        revision=0,
        rung=DIGEST,
        person_id=person.person_id,
        person_name=person.name,
        address=way[1],
        channel=way[0],
        owed_at=at,
        try_at=at,
    )

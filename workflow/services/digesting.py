"""The digest of a working morning: to each person the steps they owe, to coordinators all that is overdue.

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
from workflow.ports import Directory, Notice, NoticeStatus, Person, Store, UnitOfWork
from workflow.services.addressing import MAIL, People, owners
from workflow.services.reading import read_plans

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
    """What digests tell, read at one moment: the running plans, who is told about what, how much reached nobody."""

    cycles: Mapping[str, Cycle] = field(default_factory=dict)
    duties: Duties = field(default_factory=dict)
    undelivered: int = 0

    def duties_of(self, person_id: str, *, at: datetime, fresher: Mapping[str, Cycle]) -> list[Duty]:
        """A person's duties, without those that have ended in a fresher state of their plan."""
        cycles = {**self.cycles, **fresher}
        return [duty for duty in self.duties.get(person_id, ()) if _is_owed(cycles[duty.plan_id], duty.step, at)]


def this_morning(uow: UnitOfWork, at: datetime) -> Morning:
    """The state of every running plan that can be read and whose duty each of its steps is."""
    cycles = read_plans(uow, uow.plans.ids(PlanStatus.RUNNING)).cycles
    return Morning(cycles, _duties(cycles.values(), uow.directory, at), uow.outbox.count(NoticeStatus.DEAD))


def send_digests(store: Store, calendar: WorkingCalendar, *, at: datetime) -> int:
    """On a working day, write a digest to the outbox for everybody who has something to read; how many were new.

    One per person and day, however often it is asked for. Nobody gets an empty digest, and somebody without an
    address gets none, because their own notices already show as undelivered.
    """
    day = day_of(at)
    if not calendar.is_working(day):
        return 0
    with store.reading() as uow:
        morning = this_morning(uow, at)
        readers = [person for person in uow.directory.all() if person.email and _reads(person, morning)]
    with store() as uow:
        written = uow.outbox.add([_notice(person, at) for person in readers])
        uow.commit()
    return written


def undelivered_for(person: Person, undelivered: int) -> int | None:
    """How many notices reached nobody, for those whose business that is."""
    return undelivered if person.role is Audience.COORDINATOR else None


def _duties(cycles: Iterable[Cycle], directory: Directory, at: datetime) -> Duties:
    """What each person is told about: the open or overdue steps they owe; coordinators also every overdue step."""
    organizations: dict[str, People] = {}
    found: defaultdict[str, dict[Duty, None]] = defaultdict(dict)
    for cycle in cycles:
        name = cycle.definition.organization
        people = organizations.setdefault(name, People(name, directory))
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
    """Whether the step is open, or not even open although its limit has passed."""
    step = cycle.steps[key]
    if cycle.status is not PlanStatus.RUNNING or step.completion is not None:
        return False
    return step.status is StepStatus.OPEN or step.standing(at) is Standing.RUNNING_OVERDUE


def _reads(person: Person, morning: Morning) -> bool:
    return bool(morning.duties.get(person.person_id) or undelivered_for(person, morning.undelivered))


def _notice(person: Person, at: datetime) -> Notice:
    return Notice(
        key=f"{DIGEST}/{person.person_id}/{day_of(at).isoformat()}",
        plan_id="",
        step="",
        revision=0,
        rung=DIGEST,
        person_id=person.person_id,
        person_name=person.name,
        address=person.email,
        channel=MAIL,
        owed_at=at,
        try_at=at,
    )

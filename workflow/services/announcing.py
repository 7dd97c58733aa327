"""Notices of change: who is told, once, that a command moved limits; and what petitioners are told.

Only the fact that somebody is owed a notice is written, with the events it is about; what it says is gathered when it
is delivered (`workflow.services.changes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from workflow.domain.cycle import Cycle, PlanStatus
from workflow.domain.definition import ForEach
from workflow.domain.events import (
    CompletionCorrected,
    DeadlineExtended,
    Event,
    Happened,
    MeetingPostponed,
    MeetingSet,
    PetitionAnswered,
    PetitionerTold,
    StepHandedOver,
)
from workflow.domain.ladder import Audience
from workflow.domain.petition import Petition
from workflow.domain.zone import day_of
from workflow.ports import Notice, UnitOfWork
from workflow.services.addressing import BY_A_RUNG, MAIL, Addressee, People, filling, once

CHANGED = "changed"
"""The rung of a notice that tells of changes."""

PETITIONER = "petitioner"
"""The rung of a notice that tells a petitioner something."""

Stretch = tuple[Cycle, Cycle]
"""A plan before and after a command."""


def notices_of_change(
    before: Cycle | None, after: Cycle, happened: Iterable[Happened], people: People, *, at: datetime
) -> list[Notice]:
    """One notice for each person whom a command on one plan concerns, over each of their channels; often none.

    Concerned are the owners of unfinished steps whose firm limit moved, both owners of a step handed over, and the
    coordinators. The adoption of a calendar is told by `notices_of_adoption`.
    """
    events = [fact.event for fact in happened]
    if before is None or after.status is not PlanStatus.RUNNING or not any(is_told(event) for event in events):
        return []
    about, place = f"{after.plan_id}@{before.version}-{after.version}", f"{after.plan_id}/{CHANGED}/{after.version}"
    return [
        _change(f"{place}/{one.token}/{channel}", after.plan_id, about, one, (channel, address), at)
        for one in concerned(before, after, events, people)
        for channel, address in one.ways
    ]


def notices_of_adoption(uow: UnitOfWork, adopted: Sequence[Stretch], *, at: datetime) -> list[Notice]:
    """One notice for each person whom the adoption of a calendar concerns, over each channel, however many plans.

    `adopted`: every plan that was counted anew, before and after.
    """
    versions = "+".join(sorted({after.calendar_version for _, after in adopted}))
    told: dict[str, tuple[Addressee, list[Stretch]]] = {}
    for before, after in adopted:
        people = People(after.definition.organization, uow.directory, uow.absences, day_of(at))
        for one in concerned(before, after, (), people):
            token = one.token if one.person_id else f"{one.token}@{after.definition.organization}"
            told.setdefault(token, (one, []))[1].append((before, after))
    return [
        _change(f"calendar/{versions}/{token}/{channel}", _plan_of(plans), _about(plans), one, (channel, address), at)
        for token, (one, plans) in told.items()
        for channel, address in one.ways
    ]


def notices_to_petitioners(
    before: Cycle | None, after: Cycle, happened: Iterable[Happened], *, at: datetime
) -> list[Notice]:
    """One notice by mail to each petitioner with an address whose answer was given, or is given more time.

    Whoever was told already, at the meeting or by hand, is not told again; nor is anybody who wishes to be anonymous.
    """
    if before is None:
        return []
    events = [fact.event for fact in happened]
    told = {event.petition for event in events if isinstance(event, PetitionerTold)}
    found: dict[str, Notice] = {}
    for event in events:
        for petition, step in _petitions_of(event, after):
            if petition.petitioner.contact and not petition.petitioner.anonymous and petition.petition_id not in told:
                notice = _news(after, petition, step, at)
                found.setdefault(notice.key, notice)
    return list(found.values())


def is_told(event: Event) -> bool:
    """Whether it is something that people did to the plan and that others are told of."""
    if isinstance(event, MeetingSet):
        return event.previous_on is not None and event.previous_on != event.on
    if isinstance(event, StepHandedOver):
        return not event.why.startswith(BY_A_RUNG)
    return isinstance(event, MeetingPostponed | DeadlineExtended | CompletionCorrected)


def moved(before: Cycle, after: Cycle) -> list[str]:
    """Keys of the unfinished steps whose limit was firm and is another one, or none, afterwards; in order."""
    return [
        key
        for key, step in after.steps.items()
        if not step.ended and _firm_end(before, key) and _differs(before, after, key)
    ]


def handed_over(events: Iterable[Event]) -> list[StepHandedOver]:
    """The steps that people, not rungs, gave to another unit."""
    return [event for event in events if isinstance(event, StepHandedOver) and is_told(event)]


def concerned(before: Cycle, after: Cycle, events: Iterable[Event], people: People) -> list[Addressee]:
    """Whom a change of a plan concerns; nobody when no limit moved and no step changed hands."""
    units = [after.steps[key].definition.owner for key in moved(before, after)]
    for event in handed_over(events):
        units += [event.owner, event.previous] if event.previous else [event.owner]
    told = [filling(Audience.OWNER, unit, people) for unit in dict.fromkeys(units)]
    told += [filling(Audience.COORDINATOR, None, people)] if units else []
    return once(addressee for group in told for addressee in group)


def _firm_end(cycle: Cycle, key: str) -> datetime | None:
    step = cycle.steps.get(key)
    limit = step.deadline if step is not None else None
    return limit.due_at if limit is not None and not limit.projected else None


def _differs(before: Cycle, after: Cycle, key: str) -> bool:
    return _firm_end(before, key) != _firm_end(after, key)


def _petitions_of(event: Event, after: Cycle) -> Iterator[tuple[Petition, str]]:
    """The petitions whose petitioners an event concerns, each with the step that it is about; "" for an answer."""
    if isinstance(event, PetitionAnswered):
        for petition in after.petitions.values():
            if event.petition in (petition.petition_id, petition.duplicate_of):
                yield petition, ""
    elif isinstance(event, DeadlineExtended):
        own = after.petition_of(event.step)
        if own is not None:
            yield own, event.step
        elif after.steps[event.step].definition.for_each is ForEach.OPEN_PETITION:
            yield from ((petition, event.step) for petition in after.petitions.values() if petition.is_open)


def _change(key: str, plan_id: str, about: str, one: Addressee, way: tuple[str, str | None], at: datetime) -> Notice:
    return Notice(
        key=key,
        plan_id=plan_id,
        step="",
        revision=0,
        rung=CHANGED,
        person_id=one.person_id,
        person_name=one.name,
        address=way[1],
        channel=way[0],
        owed_at=at,
        try_at=at,
        about=about,
    )


def _plan_of(plans: Sequence[Stretch]) -> str:
    """The plan, where it is only one."""
    return plans[0][1].plan_id if len(plans) == 1 else ""


def _about(plans: Sequence[Stretch]) -> str:
    return " ".join(f"{after.plan_id}@{before.version}-{after.version}" for before, after in plans)


def _news(cycle: Cycle, petition: Petition, step: str, at: datetime) -> Notice:
    return Notice(
        key=f"{cycle.plan_id}/{PETITIONER}/{petition.petition_id}/{cycle.version}",
        plan_id=cycle.plan_id,
        step=step,
        revision=cycle.steps[step].revision if step else 0,
        rung=PETITIONER,
        person_id="",
        person_name=petition.petitioner.name or "",
        address=(petition.petitioner.contact or "").strip() or None,
        channel=MAIL,
        owed_at=at,
        try_at=at,
        about=f"{cycle.plan_id}#{petition.petition_id}",
    )

"""The rehearsal: a plan's whole cycle, run by the real engine against a clock set by hand and a store in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from workflow.clock import ClockSetByHand
from workflow.domain.commands import Command, Sweep
from workflow.domain.cycle import Cycle, PlanStatus, StepStatus
from workflow.domain.definition import PlanDefinition
from workflow.domain.due import Facts, deadlines
from workflow.domain.errors import BadInput
from workflow.domain.events import Recorded
from workflow.domain.ladder import Audience, Terms
from workflow.domain.names import slug
from workflow.domain.wake import next_wake_at
from workflow.domain.zone import day_of, instant
from workflow.letter import Letter
from workflow.ports import Notice, Person, Store
from workflow.services.agenda import (
    A_DAY_AND_AN_HOUR,
    LEAD_WORKING_DAYS,
    SCENARIOS,
    Agenda,
    Outage,
    Scenario,
    ScenarioUnfit,
    ScenarioUnknown,
    chair_of,
    owes_most,
    scenario_named,
    swapped,
)
from workflow.services.composing import compose
from workflow.services.people import id_for
from workflow.services.plans import handle, start_plan
from workflow.services.sorting import case_of
from workflow.services.terms import TermsOf, terms_for

__all__ = ["SCENARIOS", "Agenda", "Rehearsed", "Scenario", "ScenarioUnfit", "ScenarioUnknown", "play", "rehearse"]

MOST_TURNS = 5000
SWEEP_EVERY = timedelta(minutes=1)
TET = "Tết Âm lịch"


class RehearsalWithoutDate(BadInput):
    template = "Kế hoạch không có ngày nào để bắt đầu diễn tập; hãy thêm --from NGÀY."


class RehearsalStuck(BadInput):
    template = (
        "Diễn tập dừng ở giữa vì không còn việc gì để làm tiếp, bước còn mở: {steps}; "
        "hãy ghi ngày hoặc tháng họp (meeting) vào tệp kế hoạch rồi diễn tập lại."
    )


class RehearsalEndless(BadInput):
    template = "Diễn tập không đi đến hồi kết sau {turns} lượt; bước còn mở: {steps}."


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What came of a rehearsal: the plan at its end, and every notice with its letter, in order of time.

    `log`: all that happened. `sent_at`: by key of the notice, when it goes out: at working time, after an outage at the
    end of it. `outage`: [since, until) in which nothing was done, None without one.
    """

    cycle: Cycle
    told: tuple[tuple[Notice, Letter], ...]
    log: tuple[Recorded, ...] = ()
    sent_at: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    outage: tuple[datetime, datetime] | None = None


def rehearse(
    store: Store, terms: Terms, definition: PlanDefinition, *, since: date | None = None, scenario: str = "on_time"
) -> Rehearsed:
    """Run the plan from `since` (None: some days before its first limit) until every step has ended.

    `store` must be empty; it holds the plan afterwards. Raises what starting the plan would raise, `ScenarioUnknown`,
    `ScenarioUnfit`, `RehearsalStuck` when nothing more can happen before the end, and `RehearsalEndless`.
    """
    chosen = scenario_named(scenario)
    started_on = since or first_day(definition, terms)
    clock = ClockSetByHand(terms.hours.next_working_instant(instant(started_on, time(8))))
    seat_everyone(store, definition)
    cycle = start_plan(store, lambda *_: terms, definition, started_on=started_on, at=clock.now(), actor="rehearsal")
    course = _Course(store, _terms_of(terms, chosen, cycle), _outage(chosen, terms, cycle))
    desk = _Desk(store, course.terms_of, cycle.plan_id, terms)
    agenda = Agenda(chosen, terms, owes_most(definition), _middle(cycle, terms) if chosen.adopts else None)
    cycle = course.play(cycle, agenda, clock, None, desk.write)
    if cycle.status is PlanStatus.RUNNING:
        if course.next_turn(cycle, agenda, clock) is None:
            raise RehearsalStuck(steps=_still_open(cycle))
        raise RehearsalEndless(turns=MOST_TURNS, steps=_still_open(cycle))
    with store.reading() as uow:
        log = tuple(uow.plans.log(cycle.plan_id))
    told = tuple(sorted(desk.told, key=lambda pair: (desk.sent_at[pair[0].key], pair[0].key)))
    return Rehearsed(cycle, told, log, MappingProxyType(desk.sent_at), course.outage)


def _terms_of(terms: Terms, scenario: Scenario, cycle: Cycle) -> TermsOf:
    """The terms of the rehearsal; where a decision is adopted, those of a plan's own version, else the new ones."""
    if not scenario.adopts:
        return lambda *_: terms
    calendar = swapped(terms.calendar, day_of(_middle(cycle, terms)))
    after = replace(terms, calendar=calendar, hours=replace(terms.hours, calendar=calendar))

    def terms_of(_definition: PlanDefinition, version: str | None = None, /) -> Terms:
        return terms if version == terms.calendar.version else after

    return terms_of


def _middle(cycle: Cycle, terms: Terms) -> datetime:
    """The morning of a working day half-way between the start and the last limit known at the start."""
    last = max((s.deadline.due_on for s in cycle.steps.values() if s.deadline), default=day_of(cycle.started_at))
    first = day_of(cycle.started_at)
    return terms.hours.opening(terms.calendar.next_working(first + (last - first) // 2))


def _outage(scenario: Scenario, terms: Terms, cycle: Cycle) -> tuple[datetime, datetime] | None:
    if scenario.outage is None:
        return None
    limits = [step.deadline.safe_on for step in cycle.steps.values() if step.deadline is not None]
    if not limits:
        raise ScenarioUnfit(name=scenario.name, why="kế hoạch không có hạn nào")
    if scenario.outage is Outage.A_DAY:
        since = instant(min(limits))
        return since, since + A_DAY_AND_AN_HOUR
    days = terms.calendar.days(day_of(cycle.started_at), max(limits))
    tet = [day.date for day in days if day.name.startswith(TET)]
    if not tet:
        raise ScenarioUnfit(name=scenario.name, why="kế hoạch không chạy qua Tết; hãy thêm --from một ngày trước Tết")
    return instant(tet[0]), instant(tet[-1] + timedelta(days=1))


def _still_open(cycle: Cycle) -> str:
    """The names of the steps that are open, or of those that wait where none is."""
    left = [step for step in cycle.steps.values() if step.completion is None]
    opened = [step for step in left if step.status is StepStatus.OPEN]
    return ", ".join(step.definition.name for step in opened or left)


class _Desk:
    """Writes each notice's letter at the moment when it is owed, so that it says what was so at that moment."""

    def __init__(self, store: Store, terms_of: TermsOf, plan_id: str, terms: Terms) -> None:
        self.told: list[tuple[Notice, Letter]] = []
        self.sent_at: dict[str, datetime] = {}
        self._store, self._terms_of, self._plan_id, self._hours = store, terms_of, plan_id, terms.hours

    def write(self, at: datetime) -> None:
        """Write the letters of the notices that are new."""
        with self._store.reading() as uow:
            fresh = [notice for notice in uow.outbox.of_plan(self._plan_id) if notice.key not in self.sent_at]
            cycle = uow.plans.get(self._plan_id) if fresh else None
            for notice in fresh:
                assert cycle is not None
                case = case_of(uow, notice, cycle)
                self.told.append((notice, compose(case, notice.address or "", self._terms_of)))
                self.sent_at[notice.key] = self._sent_at(notice.owed_at, at)

    def _sent_at(self, owed_at: datetime, at: datetime) -> datetime:
        """At its rung's instant; what an outage held up, at the first working instant after it."""
        late = at - owed_at > SWEEP_EVERY
        return self._hours.next_working_instant(at if late else owed_at)


def first_day(definition: PlanDefinition, terms: Terms) -> date:
    """A working day that leaves two weeks before the plan's first limit (its day of issue, where it has one)."""
    if definition.issued_on is not None:
        return definition.issued_on
    known = Facts(terms.calendar.covered_since, definition.meeting, {})
    limits = [limit.safe_on for limit in deadlines(definition, known, terms.calendar).values() if limit is not None]
    fixed = [day for day in limits if day > terms.calendar.covered_since + timedelta(days=400)]
    if not fixed:
        raise RehearsalWithoutDate
    return terms.calendar.add(min(fixed), -LEAD_WORKING_DAYS)


def seat_everyone(store: Store, definition: PlanDefinition) -> None:
    """Put one person into every seat that the plan speaks of, named after the seat.

    Units of the same name in two organizations have people of their own.
    """
    organization = definition.organization
    owners = dict.fromkeys(step.owner for step in definition.steps if step.owner)
    seats = [(f"Đầu mối {owner}", owner, Audience.OWNER) for owner in owners]
    seats += [(f"Lãnh đạo {owner}", owner, Audience.HEAD) for owner in owners]
    seats += [
        (f"Điều phối viên {organization}", organization, Audience.COORDINATOR),
        (chair_of(definition), organization, Audience.CHAIR),
        (f"Giám sát {organization}", organization, Audience.SUPERVISOR),
    ]
    with store() as uow:
        for name, unit, role in seats:
            seat = id_for(uow, name, unit, organization)
            uow.directory.put(Person(seat, name, _address(name, organization), unit, role, organization))
        uow.commit()


def _address(name: str, organization: str) -> str:
    """An address at which nobody is; its parts no longer than mail allows."""
    return f"{slug(name)[:64]}@{slug(organization)[:63].rstrip('-')}.example.invalid"


def play(
    store: Store,
    terms: Terms,
    cycle: Cycle,
    agenda: Agenda,
    clock: ClockSetByHand,
    *,
    until: datetime | None = None,
    after_each: Callable[[datetime], None] | None = None,
) -> Cycle:
    """Let people act and the clock sweep, in order of time, until the plan ends, `until` comes or nothing is left."""
    return _Course(store, lambda *_: terms, None).play(cycle, agenda, clock, until, after_each)


Turn = tuple[datetime, Command | None]
"""What comes next: somebody's act, or (None) a sweep."""


@dataclass(frozen=True, slots=True)
class _Course:
    """How a rehearsal goes on: under which terms, and when nothing is done at all."""

    store: Store
    terms_of: TermsOf
    outage: tuple[datetime, datetime] | None

    def play(
        self,
        cycle: Cycle,
        agenda: Agenda,
        clock: ClockSetByHand,
        until: datetime | None,
        after_each: Callable[[datetime], None] | None,
    ) -> Cycle:
        """See `play`."""
        for _turn in range(MOST_TURNS):
            turn = self.next_turn(cycle, agenda, clock)
            if cycle.status is not PlanStatus.RUNNING or turn is None or (until is not None and turn[0] >= until):
                return cycle
            clock.set(turn[0])
            command = turn[1] or Sweep(until=clock.now())
            cycle = handle(self.store, self.terms_of, cycle.plan_id, command, at=clock.now(), actor="rehearsal")
            agenda.took(command)
            if after_each is not None:
                after_each(clock.now())
        return cycle

    def next_turn(self, cycle: Cycle, agenda: Agenda, clock: ClockSetByHand) -> Turn | None:
        """The next act or sweep, the act first when both fall together; what falls into the outage waits for its end."""
        act, wake_at = agenda.next_act(cycle), self._next_wake(cycle)
        if act is not None and (wake_at is None or act[0] <= wake_at):
            return self._later(max(act[0], clock.now())), act[1]
        return None if wake_at is None else (self._later(max(wake_at + datetime.resolution, clock.now())), None)

    def _later(self, at: datetime) -> datetime:
        return self.outage[1] if self.outage is not None and self.outage[0] <= at < self.outage[1] else at

    def _next_wake(self, cycle: Cycle) -> datetime | None:
        terms = terms_for(self.terms_of, cycle)
        instants = (next_wake_at(cycle, step, terms) for step in cycle.steps.values())
        return min((at for at in instants if at is not None), default=None)

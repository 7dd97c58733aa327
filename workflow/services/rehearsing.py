"""The rehearsal: a plan's whole cycle, run by the real engine against a clock set by hand and a store in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from workflow.clock import ClockSetByHand
from workflow.domain.commands import AnswerPetition, Command, CompleteStep, SetMeeting, Sweep
from workflow.domain.cycle import Cycle, PlanStatus, StepState, StepStatus
from workflow.domain.definition import Evidence, PlanDefinition
from workflow.domain.due import Facts, deadlines
from workflow.domain.errors import BadInput
from workflow.domain.graph import order, successors
from workflow.domain.ladder import Audience, Terms
from workflow.domain.names import slug
from workflow.domain.petition import Answer, AnsweredWhere, Petition, Result
from workflow.domain.verdict import Tally
from workflow.domain.wake import next_wake_at
from workflow.domain.zone import day_of, instant
from workflow.letter import Letter
from workflow.ports import Notice, Person, Store
from workflow.services.composing import compose
from workflow.services.people import id_for
from workflow.services.plans import handle, start_plan
from workflow.services.sorting import case_of

END_OF_WORK = time(16)
END_OF_MEETING = time(11, 30)
LEAD_WORKING_DAYS = 10
MOST_TURNS = 5000
EVERYONE = 100


class ScenarioUnknown(BadInput):
    template = "Không có kịch bản «{name}»; các kịch bản là: {known}."


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
class Scenario:
    """How people behave: each ends a step so many working days after its limit (0: on its safe date).

    `late` overrides the days for single steps; a step in `never` is not ended at all.
    """

    name: str
    days_late: int = 0
    late: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    never: frozenset[str] = frozenset()


SCENARIOS: Mapping[str, Scenario] = MappingProxyType(
    {scenario.name: scenario for scenario in (Scenario("on_time"), Scenario("three_days_late", days_late=3))}
)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What came of a rehearsal: the plan at its end, and every notice with its letter, in order of time."""

    cycle: Cycle
    told: tuple[tuple[Notice, Letter], ...]


def rehearse(
    store: Store, terms: Terms, definition: PlanDefinition, *, since: date | None = None, scenario: str = "on_time"
) -> Rehearsed:
    """Run the plan from `since` (None: some days before its first limit) until every step has ended.

    `store` must be empty; it holds the plan afterwards. Raises what starting the plan would raise, `RehearsalStuck`
    when nothing more can happen before the end, and `RehearsalEndless`.
    """
    if scenario not in SCENARIOS:
        raise ScenarioUnknown(name=scenario, known=", ".join(SCENARIOS))
    started_on = since or first_day(definition, terms)
    clock = ClockSetByHand(terms.hours.next_working_instant(instant(started_on, time(8))))
    seat_everyone(store, definition)
    cycle = start_plan(store, lambda *_: terms, definition, started_on=started_on, at=clock.now(), actor="rehearsal")
    desk = _Desk(store, terms, cycle.plan_id)
    agenda = Agenda(SCENARIOS[scenario], terms)
    cycle = play(store, terms, cycle, agenda, clock, after_each=desk.write)
    if cycle.status is PlanStatus.RUNNING:
        if _next_turn(cycle, agenda, terms, clock) is None:
            raise RehearsalStuck(steps=_still_open(cycle))
        raise RehearsalEndless(turns=MOST_TURNS, steps=_still_open(cycle))
    return Rehearsed(cycle, tuple(sorted(desk.told, key=lambda pair: (pair[0].owed_at, pair[0].key))))


def _still_open(cycle: Cycle) -> str:
    """The names of the steps that are open, or of those that wait where none is."""
    left = [step for step in cycle.steps.values() if step.completion is None]
    opened = [step for step in left if step.status is StepStatus.OPEN]
    return ", ".join(step.definition.name for step in opened or left)


class _Desk:
    """Writes each notice's letter at the moment when it is owed, so that it says what was so at that moment."""

    def __init__(self, store: Store, terms: Terms, plan_id: str) -> None:
        self.told: list[tuple[Notice, Letter]] = []
        self._store, self._terms, self._plan_id = store, terms, plan_id
        self._known: set[str] = set()

    def write(self, _at: datetime) -> None:
        """Write the letters of the notices that are new."""
        with self._store.reading() as uow:
            fresh = [notice for notice in uow.outbox.of_plan(self._plan_id) if notice.key not in self._known]
            cycle = uow.plans.get(self._plan_id) if fresh else None
            for notice in fresh:
                assert cycle is not None
                case = case_of(uow, notice, cycle)
                self.told.append((notice, compose(case, notice.address or "", lambda *_: self._terms)))
                self._known.add(notice.key)


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
        (f"Người chủ trì {organization}", organization, Audience.CHAIR),
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


@dataclass(frozen=True, slots=True)
class Agenda:
    """What people do and when, in a scenario."""

    scenario: Scenario
    terms: Terms

    def next_act(self, cycle: Cycle) -> tuple[datetime, Command] | None:
        """The earliest thing that somebody does next; None when nobody can do anything."""
        acts = [self._meeting(cycle)] + [self._end(cycle, step) for step in cycle.steps.values()]
        return min((act for act in acts if act is not None), key=lambda act: act[0], default=None)

    def _meeting(self, cycle: Cycle) -> tuple[datetime, Command] | None:
        """Set the meeting whose day is not known, two weeks before the day that the plan projects."""
        meeting = cycle.plan.meeting_step
        if meeting is None or cycle.meeting.on is not None:
            return None
        limit = cycle.steps[meeting.key].deadline
        if limit is None or cycle.steps[meeting.key].completion is not None:
            return None
        day = self.terms.calendar.add(limit.safe_on, -LEAD_WORKING_DAYS)
        at = max(self.terms.hours.opening(day), instant(day_of(cycle.started_at), time(9)))
        return at, SetMeeting(limit.safe_on, time(8))

    def _end(self, cycle: Cycle, step: StepState) -> tuple[datetime, Command] | None:
        key = step.definition.key
        if step.status is not StepStatus.OPEN or key in self.scenario.never or key in cycle.fanned:
            return None
        meeting = cycle.plan.meeting_step
        is_meeting = meeting is not None and key == meeting.key
        if is_meeting and cycle.meeting.on is None:
            return None
        if is_meeting and cycle.meeting.on is not None:
            return max(instant(cycle.meeting.on, END_OF_MEETING), cycle.started_at), _completion(step)
        at = max(self._planned_end(cycle, step), self._earliest_end(step))
        return at, _completion(step) if (asked := cycle.petition_of(key)) is None else _answer(asked, day_of(at))

    def _planned_end(self, cycle: Cycle, step: StepState) -> datetime:
        """A working day left to each that waits for it, so that nobody is late by another's fault; or as late as set."""
        calendar = self.terms.calendar
        late = self.scenario.late.get(step.definition.key, self.scenario.days_late)
        if late and step.deadline is not None:
            return instant(calendar.add(step.deadline.due_on, late), END_OF_WORK)
        if step.deadline is None:
            return self._earliest_end(step)
        return instant(self._last_days(cycle)[step.definition.key], END_OF_WORK)

    def _last_days(self, cycle: Cycle) -> dict[str, date]:
        """The last day of each step that keeps its own limit and leaves a working day to each that waits for it."""
        found: dict[str, date] = {}
        waiting = successors(cycle.plan)
        for key in reversed(order(cycle.plan)):
            limit = cycle.steps[key].deadline
            days = [limit.safe_on] if limit is not None else []
            days += [self.terms.calendar.add(found[each], -1) for each in waiting[key] if each in found]
            if days and cycle.steps[key].completion is None:
                found[key] = min(days)
        return found

    def _earliest_end(self, step: StepState) -> datetime:
        """A step without a limit, or opened too late, takes one working day."""
        assert step.opened_at is not None
        return instant(self.terms.calendar.add(day_of(step.opened_at), 1), END_OF_WORK)


def _completion(step: StepState) -> CompleteStep:
    """The end of a step with whatever the plan asks for: proofs, and a meeting to which all came and agreed."""
    asked = step.definition
    return CompleteStep(
        asked.key,
        document_number="01/VB" if asked.evidence else None,
        file="minh-chung.pdf" if Evidence.FILE in asked.evidence else None,
        tally=Tally(EVERYONE, EVERYONE, EVERYONE) if asked.quorum or asked.majority else None,
    )


def _answer(petition: Petition, on: date) -> AnswerPetition:
    given = Answer(AnsweredWhere.IN_WRITING, Result.SETTLED, on, "01/VB", file="minh-chung.pdf")
    return AnswerPetition(petition.petition_id, given)


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
    for _turn in range(MOST_TURNS):
        turn = _next_turn(cycle, agenda, terms, clock)
        if cycle.status is not PlanStatus.RUNNING or turn is None or (until is not None and turn[0] >= until):
            return cycle
        clock.set(turn[0])
        cycle = _take(store, terms, cycle.plan_id, turn[1], clock)
        if after_each is not None:
            after_each(clock.now())
    return cycle


def _next_turn(
    cycle: Cycle, agenda: Agenda, terms: Terms, clock: ClockSetByHand
) -> tuple[datetime, Command | None] | None:
    """What comes next: somebody's act, or (None) a sweep; the act first when both fall together."""
    act, wake_at = agenda.next_act(cycle), _next_wake(cycle, terms)
    if act is not None and (wake_at is None or act[0] <= wake_at):
        return max(act[0], clock.now()), act[1]
    return None if wake_at is None else (max(wake_at + datetime.resolution, clock.now()), None)


def _take(store: Store, terms: Terms, plan_id: str, act: Command | None, clock: ClockSetByHand) -> Cycle:
    command = act or Sweep(until=clock.now())
    return handle(store, lambda *_: terms, plan_id, command, at=clock.now(), actor="rehearsal")


def _next_wake(cycle: Cycle, terms: Terms) -> datetime | None:
    instants = (next_wake_at(cycle, step, terms) for step in cycle.steps.values())
    return min((at for at in instants if at is not None), default=None)

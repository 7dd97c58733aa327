"""Who does what in a rehearsal: the scenarios, and the next thing that somebody does in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from calendars.layers import OwnDay, with_closures
from calendars.working_calendar import WorkingCalendar
from workflow.domain.commands import AdoptCalendar, AnswerPetition, Command, CompleteStep, ExtendStep, SetMeeting
from workflow.domain.cycle import Cycle, StepState, StepStatus
from workflow.domain.definition import Evidence, PlanDefinition
from workflow.domain.errors import BadInput
from workflow.domain.graph import order, successors
from workflow.domain.ladder import Terms
from workflow.domain.names import folded
from workflow.domain.petition import Answer, AnsweredWhere, Petition, Result
from workflow.domain.verdict import Tally
from workflow.domain.zone import day_of, instant

END_OF_WORK = time(16)
END_OF_MEETING = time(11, 30)
LEAD_WORKING_DAYS = 10
MOVED_BY_WORKING_DAYS = 5
MOVED_BEFORE_WORKING_DAYS = 3
EVERYONE = 100
A_DAY_AND_AN_HOUR = timedelta(hours=25)


class ScenarioUnknown(BadInput):
    template = "Không có kịch bản «{name}»; các kịch bản là: {known}."


class ScenarioUnfit(BadInput):
    template = "Kịch bản «{name}» không hợp với kế hoạch này: {why}."


class Outage(StrEnum):
    """When nobody and nothing acts: a night with a day, or the whole Tết."""

    A_DAY = "a_day"
    TET = "tet"


@dataclass(frozen=True, slots=True)
class Scenario:
    """How people behave: each ends a step so many working days after its limit (0: on its safe date).

    `late` overrides the days for single steps; a step in `never` is not ended at all. `late_unit`: the days by which the
    unit that owes most is late, always. `moves_meeting`, `extends`, `adopts`: the meeting is put off a few days before
    it, every limit that may be extended is, a decision on days off is adopted in the middle.
    """

    name: str
    days_late: int = 0
    late: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    never: frozenset[str] = frozenset()
    late_unit: int = 0
    moves_meeting: bool = False
    extends: bool = False
    adopts: bool = False
    outage: Outage | None = None


_ALL = (
    Scenario("on_time"),
    Scenario("three_days_late", days_late=3),
    Scenario("one_unit_late", late_unit=3),
    Scenario("meeting_moved", moves_meeting=True),
    Scenario("extension", extends=True),
    Scenario("notice_adopted", adopts=True),
    Scenario("outage_25h", outage=Outage.A_DAY),
    Scenario("outage_tet", outage=Outage.TET),
)
SCENARIOS: Mapping[str, Scenario] = MappingProxyType({scenario.name: scenario for scenario in _ALL})


def scenario_named(name: str) -> Scenario:
    """The scenario of that name. Raises `ScenarioUnknown`."""
    if name not in SCENARIOS:
        raise ScenarioUnknown(name=name, known=", ".join(SCENARIOS))
    return SCENARIOS[name]


def owes_most(definition: PlanDefinition) -> str:
    """The unit that owes most steps with a limit; of equals the first in the document; "" when none owes any."""
    owners = Counter(step.owner for step in definition.steps if step.owner and step.due is not None)
    return next((owner for owner, _ in owners.most_common(1) if owner), "")


def chair_of(definition: PlanDefinition) -> str:
    """The name of who sits in the chair's seat in a rehearsal."""
    return f"Người chủ trì {definition.organization}"


def swapped(calendar: WorkingCalendar, near: date) -> WorkingCalendar:
    """The calendar after a decision that swaps the first Friday from `near` on that is worked for the Saturday after next."""
    off = near + timedelta(days=(4 - near.weekday()) % 7)
    while not calendar.is_working(off):
        off += timedelta(days=7)
    worked = off + timedelta(days=8)
    while calendar.is_working(worked):
        worked += timedelta(days=7)
    days = [
        OwnDay(off, working=False, name="Nghỉ hoán đổi (diễn tập)"),
        OwnDay(worked, working=True, name="Làm bù (diễn tập)"),
    ]
    return with_closures(calendar, days)


Act = tuple[datetime, Command]


@dataclass(frozen=True, slots=True)
class Agenda:
    """What people do and when, in a scenario. `adopting_at`: when a decision on days off is adopted, None: never.

    `late_owner`: the unit that is always late, where the scenario has one.
    """

    scenario: Scenario
    terms: Terms
    late_owner: str = ""
    adopting_at: datetime | None = None
    done: set[str] = field(default_factory=set)
    """What happens once and has happened."""

    def next_act(self, cycle: Cycle) -> Act | None:
        """The earliest thing that somebody does next; None when nobody can do anything."""
        return min(self._acts(cycle), key=lambda act: act[0], default=None)

    def took(self, command: Command) -> None:
        """Note that somebody did it."""
        if isinstance(command, ExtendStep):
            self.done.add(f"extend {command.step}")
        elif isinstance(command, AdoptCalendar):
            self.done.add("adopt")
        elif isinstance(command, SetMeeting):
            self.done.add("move" if "set" in self.done else "set")

    def _acts(self, cycle: Cycle) -> Iterator[Act]:
        acts = [self._meeting(cycle), self._move(cycle), self._adopt()]
        for step in cycle.steps.values():
            acts += [self._extend(cycle, step), self._end(cycle, step)]
        yield from (act for act in acts if act is not None)

    def _move(self, cycle: Cycle) -> Act | None:
        """Put the meeting off, a few working days before it."""
        meeting, calendar = cycle.plan.meeting_step, self.terms.calendar
        if not self.scenario.moves_meeting or "move" in self.done or meeting is None or cycle.meeting.on is None:
            return None
        if cycle.steps[meeting.key].completion is not None:
            return None
        day = calendar.add(cycle.meeting.on, -MOVED_BEFORE_WORKING_DAYS)
        self.done.add("set")
        later = SetMeeting(calendar.add(cycle.meeting.on, MOVED_BY_WORKING_DAYS), cycle.meeting.at)
        return max(self.terms.hours.opening(day), cycle.started_at), later

    def _extend(self, cycle: Cycle, step: StepState) -> Act | None:
        """Ask for the longer limit on the morning of the last safe day."""
        key, limit = step.definition.key, step.deadline
        asked = self.scenario.extends and step.definition.extend is not None and f"extend {key}" not in self.done
        if not asked or step.status is not StepStatus.OPEN or limit is None or limit.projected:
            return None
        reason = next(iter(step.definition.extend_reasons), "Nội dung phức tạp")
        words = "Liên quan nhiều cơ quan, cần thêm thời gian (diễn tập)"
        at = max(self.terms.hours.opening(limit.safe_on), step.opened_at or limit.due_at)
        return at, ExtendStep(key, reason, words, chair_of(cycle.definition))

    def _adopt(self) -> Act | None:
        if self.adopting_at is None or "adopt" in self.done:
            return None
        return self.adopting_at, AdoptCalendar()

    def _days_late(self, step: StepState) -> int:
        if self.scenario.late_unit:
            return self.scenario.late_unit if folded(step.definition.owner or "") == folded(self.late_owner) else 0
        return self.scenario.late.get(step.definition.key, self.scenario.days_late)

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
        late = self._days_late(step)
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

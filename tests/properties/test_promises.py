"""The five promises, held through whatever people, the clock and crashes do to a plan in a store.

State and outbox are kept together; one notice has one key; a delivery repeated carries the same key; however often the
clock is swept, nothing more is owed; and everything can be computed again from the events.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from calendars.layers import OwnDay, with_closures
from tests.builders import FULL, at, office_terms
from tests.contract.acting import start
from workflow.clock import ClockSetByHand
from workflow.domain.commands import (
    Acknowledge,
    AdoptCalendar,
    AnswerPetition,
    CancelPlan,
    Command,
    CompleteStep,
    CorrectCompletion,
    ExtendStep,
    HandOver,
    PostponeMeeting,
    RaisePetition,
    ReopenStep,
    RestartClock,
    SetMeeting,
    SkipStep,
    Snooze,
    StopClock,
)
from workflow.domain.cycle import StepStatus
from workflow.domain.decide import decide
from workflow.domain.definition import PlanDefinition
from workflow.domain.errors import DoithoaiError
from workflow.domain.ladder import Audience, Terms
from workflow.domain.petition import Answer, AnsweredWhere, Petitioner, RaisedWhen, Result
from workflow.domain.verdict import Tally
from workflow.domain.zone import day_of
from workflow.ports import ChannelDown, Message, NoticeStatus, Person
from workflow.services.delivering import deliver
from workflow.services.plans import handle, save
from workflow.services.sweeping import sweep
from workflow.services.verifying import verify
from workflow.store import memory_store

TERMS = office_terms()
OTHER_DAYS = [OwnDay(date(2026, 5, 20), working=False, name="Nghỉ"), OwnDay(date(2026, 5, 23), working=True, name="Bù")]
CALENDARS = (TERMS.calendar, with_closures(TERMS.calendar, OTHER_DAYS))
STEPS = st.sampled_from([step.key for step in FULL.steps])
DAYS = st.integers(-3, 20)


class Post:
    """A mailbox that may be shut; it keeps what it took, by the key of each notice."""

    name = "email"

    def __init__(self) -> None:
        self.shut = False
        self.taken: dict[str, set[str]] = {}
        self.times: Counter[str] = Counter()

    def send(self, message: Message) -> None:
        """Take a message, or be down."""
        if self.shut:
            raise ChannelDown("đang bảo trì")
        for key in message.keys:
            self.taken.setdefault(key, set()).add(message.message_id)
            self.times[key] += 1


class Office(RuleBasedStateMachine):
    """One plan, its people, its post and its clock."""

    def __init__(self) -> None:
        super().__init__()
        self.store = memory_store()
        self.post = Post()
        self.now = at("2026-04-06", "09:30")
        self.calendar = 0

    def terms_of(self, _definition: PlanDefinition, version: str | None = None, /) -> Terms:
        known = {calendar.version: calendar for calendar in CALENDARS}
        calendar = known.get(version or "", CALENDARS[self.calendar])
        return Terms(calendar, TERMS.hours)

    @initialize()
    def begin(self) -> None:
        with self.store() as uow:
            for number, (unit, role) in enumerate(
                [(step.owner or "VP", Audience.OWNER) for step in FULL.steps]
                + [("VP", Audience.COORDINATOR), ("UBND", Audience.CHAIR)]
            ):
                uow.directory.put(
                    Person(
                        f"u{number}",
                        "Bà Chủ" if role is Audience.CHAIR else f"Người {number}",
                        f"u{number}@x.vn",
                        unit,
                        role,
                        FULL.organization,
                    )
                )
            uow.commit()
        start(self.store, "p1", FULL, self.now)

    def act(self, command: Command) -> None:
        try:
            handle(self.store, self.terms_of, "p1", command, at=self.now, actor="x")
        except DoithoaiError:
            return

    @rule(step=STEPS, back=st.integers(0, 5), data=st.data())
    def complete(self, step: str, back: int, data: Any) -> None:
        with self.store.reading() as uow:
            keys = list(uow.plans.get("p1").steps)
        chosen = data.draw(st.sampled_from(keys))
        tally = Tally(10, 9, 8) if data.draw(st.booleans()) else None
        for key in (step, chosen):
            day = day_of(self.now) - timedelta(days=back)
            self.act(CompleteStep(key, happened_on=day, document_number="1/VB", file="a.pdf", tally=tally))

    @rule()
    def go_on(self) -> None:
        """Everybody does what lies before them; the meeting is held on its day."""
        with self.store.reading() as uow:
            cycle = uow.plans.get("p1")
        if cycle.meeting.on is None:
            self.act(SetMeeting(day_of(self.now)))
        for key, step in cycle.steps.items():
            if step.status is StepStatus.OPEN:
                self.act(CompleteStep(key, document_number="1/VB", file="a.pdf", tally=Tally(10, 10, 10)))

    @rule(days=DAYS)
    def move_the_meeting(self, days: int) -> None:
        self.act(SetMeeting(day_of(self.now) + timedelta(days=days)))

    @rule()
    def postpone(self) -> None:
        self.act(PostponeMeeting("Bão", (2026, 7)))

    @rule(step=STEPS)
    def extend(self, step: str) -> None:
        self.act(ExtendStep(step, "phức tạp", "Cần thêm thời gian", "Bà Chủ"))

    @rule(step=STEPS, back=st.integers(0, 3))
    def stop_and_go(self, step: str, back: int) -> None:
        day = day_of(self.now) - timedelta(days=back)
        self.act(StopClock(step, "Chờ sở", stopped_on=day))
        self.act(RestartClock(step))

    @rule(step=STEPS)
    def other_acts(self, step: str) -> None:
        for command in (Acknowledge(step), Snooze(step, day_of(self.now) + timedelta(days=2))):
            self.act(command)
        self.act(HandOver(step, "Phòng Kinh tế", "Đúng chuyên môn"))

    @rule(step=STEPS, kind=st.sampled_from([SkipStep, ReopenStep]))
    def take_back(self, step: str, kind: type[SkipStep] | type[ReopenStep]) -> None:
        self.act(kind(step, "Ghi nhầm"))

    @rule(step=STEPS, back=st.integers(0, 9))
    def correct(self, step: str, back: int) -> None:
        self.act(CorrectCompletion(step, "Ghi nhầm ngày", happened_on=day_of(self.now) - timedelta(days=back)))

    @rule()
    def raise_a_petition(self) -> None:
        self.act(
            RaisePetition("Cầu yếu", Petitioner("Bà Tâm", contact="tam@x.vn"), RaisedWhen.BEFORE_MEETING, lead="VP")
        )

    @rule(number=st.integers(1, 3))
    def answer(self, number: int) -> None:
        given = Answer(AnsweredWhere.IN_WRITING, Result.SETTLED, day_of(self.now), "9/VP", file="a.pdf")
        self.act(AnswerPetition(f"p{number}", given))

    @rule(which=st.integers(0, 1))
    def adopt(self, which: int) -> None:
        self.calendar = which
        self.act(AdoptCalendar())

    @rule(hours=st.integers(1, 400))
    def pass_time(self, hours: int) -> None:
        self.now = TERMS.hours.next_working_instant(self.now + timedelta(hours=hours))

    @rule()
    def sweep_twice(self) -> None:
        sweep(self.store, self.terms_of, at=self.now)
        assert sweep(self.store, self.terms_of, at=self.now).plans == ()

    @rule(command=st.sampled_from([CancelPlan("Thôi"), PostponeMeeting("Bão"), CompleteStep("collect")]))
    def crash(self, command: Command) -> None:
        """The process dies after everything was written and before the commit."""
        before = self.seen()
        with self.store() as uow:
            cycle = uow.plans.get("p1")
            terms = self.terms_of(cycle.definition, cycle.calendar_version)
            try:
                happened = decide(command, cycle, at=self.now, actor="x", terms=terms)
            except DoithoaiError:
                return
            save(uow, "p1", cycle, happened, at=self.now, actor="x", terms=terms)
        assert self.seen() == before

    @rule(shut=st.booleans())
    def deliver_post(self, shut: bool) -> None:
        self.post.shut = shut
        clock = ClockSetByHand(self.now)
        deliver(self.store, self.terms_of, {"email": self.post}, at=self.now, base_url="http://x", clock=clock)

    def seen(self) -> object:
        with self.store.reading() as uow:
            return uow.plans.log("p1"), uow.plans.steps("p1"), uow.outbox.of_plan("p1")

    @invariant()
    def no_message_is_told_twice_and_each_key_has_one_number(self) -> None:
        assert all(len(numbers) == 1 for numbers in self.post.taken.values())
        assert set(self.post.times.values()) <= {1}
        with self.store.reading() as uow:
            sent = {n.key for n in uow.outbox.of_plan("p1") if n.status is NoticeStatus.SENT}
        assert sent <= set(self.post.taken)

    def teardown(self) -> None:
        """Everything can be computed again, whatever happened."""
        audit = verify(self.store, self.terms_of)
        assert audit.ok, audit.differences


Office.TestCase.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestPromises = Office.TestCase

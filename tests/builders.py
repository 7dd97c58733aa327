"""Plans, terms and cycles for tests, built through the real engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time

from calendars import vietnam_office
from calendars.office_hours import OfficeHours
from calendars.rules import Before, DaysBefore, SameDay, Unit, Within
from workflow.domain.commands import AnswerPetition, Command, CompleteStep, RaisePetition, SetMeeting, StartPlan
from workflow.domain.cycle import Cycle
from workflow.domain.decide import decide
from workflow.domain.definition import Evidence, ForEach, Meeting, PlanDefinition, PlanKind, StepDefinition, StepKind
from workflow.domain.events import Event, Happened, Recorded
from workflow.domain.evolving import fold
from workflow.domain.ladder import DEFAULT_LADDER, Ladder, Terms
from workflow.domain.petition import Answer, AnsweredWhere, Petitioner, RaisedWhen, Result
from workflow.domain.zone import instant

MEETING_MONTH = Meeting(month=(2026, 5))

DIALOGUE = PlanDefinition(
    title="Đối thoại với giáo viên năm 2026",
    kind=PlanKind.DIALOGUE,
    organization="UBND xã Bắc Thanh Miện",
    meeting=MEETING_MONTH,
    steps=(
        StepDefinition(
            "collect", StepKind.COLLECT_FORMS, "Thu phiếu", owner="Ủy ban MTTQ xã", due=Before(date(2026, 4, 24))
        ),
        StepDefinition(
            "answers",
            StepKind.DRAFT_ANSWERS,
            "Trả lời bằng văn bản",
            owner="Các phòng, ban",
            after=("collect",),
            due=Before(date(2026, 5, 5)),
        ),
        StepDefinition(
            "announce",
            StepKind.ANNOUNCE,
            "Thông báo trên loa",
            owner="Trung tâm dịch vụ",
            due=DaysBefore(7, Unit.DAY, "meeting"),
        ),
        StepDefinition(
            "meeting_day",
            StepKind.HOLD_MEETING,
            "Hội nghị đối thoại",
            after=("answers", "announce"),
            due=SameDay("meeting"),
        ),
        StepDefinition(
            "conclusion",
            StepKind.ISSUE_CONCLUSION,
            "Thông báo kết luận",
            owner="Văn phòng",
            after=("meeting_day",),
            due=Within(10, Unit.WORKING_DAY, "meeting_day"),
            evidence=(Evidence.DOCUMENT,),
        ),
        StepDefinition(
            "petitions",
            StepKind.ANSWER_ISSUES,
            "Trả lời kiến nghị",
            owner="Các phòng, ban",
            after=("conclusion",),
            due=Within(7, Unit.WORKING_DAY, "conclusion"),
        ),
    ),
)


def office_terms(ladder: Ladder = DEFAULT_LADDER) -> Terms:
    """The official calendar with the default hours and ladder."""
    calendar = vietnam_office()
    return Terms(calendar, OfficeHours(calendar), ladder)


def at(text: str, clock: str = "09:00") -> datetime:
    """An instant in Vietnam: at("2026-04-10", "16:30")."""
    return instant(date.fromisoformat(text), time.fromisoformat(clock))


def record(plan_id: str, happened: Iterable[Happened], version: int, recorded_at: datetime) -> list[Recorded]:
    """Decided events as they would stand in the log after `version`."""
    return [
        Recorded(plan_id, version + n, each.event, each.happened_at, recorded_at, "test")
        for n, each in enumerate(happened, 1)
    ]


def started(definition: PlanDefinition = DIALOGUE, on: str = "2026-04-06", terms: Terms | None = None) -> Cycle:
    """A plan started at 09:00 of a day."""
    terms = terms or office_terms()
    command = StartPlan("p1", definition, date.fromisoformat(on))
    happened = decide(command, None, at=at(on), actor="test", terms=terms)
    return fold(record("p1", happened, 0, at(on)))


def after(cycle: Cycle, command: Command, when: datetime, terms: Terms | None = None) -> Cycle:
    """The plan after one more command."""
    happened = decide(command, cycle, at=when, actor="test", terms=terms or office_terms())
    return fold(record(cycle.plan_id, happened, cycle.version, when), cycle)


def events(cycle: Cycle, command: Command, when: datetime, terms: Terms | None = None) -> list[Event]:
    """What a command leads to."""
    return [each.event for each in decide(command, cycle, at=when, actor="test", terms=terms or office_terms())]


FULL = replace(
    DIALOGUE,
    steps=tuple(
        {
            "conclusion": replace(
                step,
                extend=Within(15, Unit.WORKING_DAY, "meeting_day"),
                extend_reasons=("vượt thẩm quyền", "phức tạp"),
            ),
            "petitions": replace(step, for_each=ForEach.OPEN_PETITION, evidence=(Evidence.DOCUMENT,)),
        }.get(step.key, step)
        for step in DIALOGUE.steps
    ),
)
"""A dialogue whose conclusion may be extended and whose answers are owed petition by petition."""

HELD_ON, CONCLUDED_ON = "2026-05-15", "2026-05-20"


def raised(
    text: str = "Sửa đường liên thôn", lead: str | None = "Phòng Kinh tế", on: str | None = None
) -> RaisePetition:
    """A petition raised at the meeting by a teacher."""
    who = Petitioner(name="Nguyễn Thị Lan", unit="Trường Tiểu học")
    day = date.fromisoformat(on) if on is not None else None
    return RaisePetition(text, who, RaisedWhen.AT_MEETING, day, lead=lead)


def held(definition: PlanDefinition = FULL, *petitions: RaisePetition) -> Cycle:
    """The plan after its meeting on 15 May 2026, its petitions taken down that day."""
    cycle = after(started(definition), SetMeeting(date(2026, 5, 15), time(8)), at("2026-04-20"))
    for step, day in (("collect", "2026-04-22"), ("announce", "2026-05-05"), ("answers", "2026-05-04")):
        cycle = after(cycle, CompleteStep(step, date.fromisoformat(day)), at("2026-05-06"))
    cycle = after(cycle, CompleteStep("meeting_day"), at(HELD_ON, "11:30"))
    for petition in petitions:
        cycle = after(cycle, petition, at(HELD_ON, "14:00"))
    return cycle


def concluded(*petitions: RaisePetition, definition: PlanDefinition = FULL) -> Cycle:
    """The plan after its conclusion of 20 May 2026: each open petition has its part."""
    command = CompleteStep("conclusion", document_number="12/TB-UBND")
    return after(held(definition, *petitions), command, at(CONCLUDED_ON, "15:00"))


def answered(petition: str, on: str, number: str | None = "21/UBND") -> AnswerPetition:
    """An answer in writing."""
    given = Answer(AnsweredWhere.IN_WRITING, Result.SETTLED, date.fromisoformat(on), number)
    return AnswerPetition(petition, given)

"""Whatever is drafted, what comes of it has no circle, can be started, and reads back as it is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from calendars import vietnam_office
from calendars.rules import (
    MEETING,
    After,
    Before,
    BeforeEvent,
    By,
    DaysBefore,
    Month,
    On,
    Recurring,
    Rule,
    SameDay,
    Unit,
    Within,
)
from tests.builders import office_terms
from tests.properties.plan_strategies import texts
from workflow.domain.commands import StartPlan
from workflow.domain.decide import decide
from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.graph import forecast_order, order
from workflow.domain.zone import instant
from workflow.intake.completing import complete
from workflow.intake.defining import definition_of
from workflow.intake.document import Document
from workflow.intake.draft import DeadlineType, Draft, DraftDeadline, DraftMeeting, DraftStep, Edge, EdgeReason, Source
from workflow.planfile import parse_plan, write_plan

STARTED = date(2026, 1, 5)
KEYS = [f"s{number}" for number in range(7)]
days = st.dates(date(2025, 6, 1), date(2026, 12, 31))
counts = st.integers(1, 60)
units = st.sampled_from([Unit.DAY, Unit.WORKING_DAY, Unit.MONTH])
events = st.sampled_from([*KEYS, MEETING, "start", "", "ngày nhận yêu cầu"])
rules: st.SearchStrategy[Rule] = st.one_of(
    st.builds(Before, days),
    st.builds(By, days),
    st.builds(On, days),
    st.builds(Month, st.integers(2025, 2026), st.integers(1, 12)),
    st.builds(Within, counts, units, events),
    st.builds(DaysBefore, counts, units, events),
    st.builds(Recurring, counts, st.just(Unit.MONTH), st.none() | events.filter(bool)),
    st.builds(SameDay, events.filter(bool)),
    st.builds(After, events.filter(bool)),
    st.builds(BeforeEvent, events.filter(bool)),
)
words = st.sampled_from(
    ["Thu phiếu hỏi", "Trên cơ sở tổng hợp ý kiến, phân công trả lời", "Sau hội nghị, báo cáo kết quả", "Hội nghị trù bị",
     "Hội nghị cấp tổ", "Trước khi tổ chức đối thoại", "1. Chuẩn bị", "Phối hợp với A giám sát", "trước ngày 20/4", ""]
)  # fmt: skip
owners = st.none() | st.sampled_from(["A", "B", "Văn phòng"])


@st.composite
def drafts(draw: st.DrawFn) -> tuple[Draft, Document]:
    """A draft with any kinds, limits and edges, and the document that it stands in."""
    lines = draw(st.lists(words, min_size=1, max_size=len(KEYS)))
    text = "\n".join(lines) + "\n"
    steps, start = [], 0
    for key, line in zip(KEYS, lines, strict=False):
        steps.append(draw(_step(key, Source(start, start + len(line), line))))
        start += len(line) + 1
    meeting = draw(
        st.builds(DraftMeeting, on=st.none() | days, month=st.none() | st.just((2026, 5)), place=st.none() | texts)
    )
    found = Draft(draw(texts), draw(st.sampled_from(PlanKind)), draw(texts), tuple(steps), meeting)
    edge = st.builds(Edge, st.sampled_from(KEYS), st.sampled_from(KEYS), st.just(EdgeReason.KINDS), st.just("Vì thế."))
    return replace(found, edges=tuple(draw(st.lists(edge, max_size=8)))), Document(text, (), "txt")


def _step(key: str, source: Source) -> st.SearchStrategy[DraftStep]:
    limit = st.builds(DraftDeadline, st.sampled_from(DeadlineType), texts, rule=st.none() | rules)
    return st.builds(
        DraftStep,
        key=st.just(key),
        kind=st.sampled_from(StepKind),
        name=texts,
        owner=owners,
        sources=st.just((source,)),
        deadline=st.none() | limit,
        reference=st.none() | texts,
        recipient=owners,
        in_meeting=st.booleans(),
    )


def at(day: date) -> datetime:
    return instant(day) + timedelta(hours=9)


@given(drafts())
@settings(max_examples=150, deadline=None)
def test_any_draft_has_a_definition_that_starts_and_reads_back(found: tuple[Draft, Document]) -> None:
    plan = definition_of(found[0])
    assert len(order(plan)) == len(forecast_order(plan)) == len(found[0].steps)
    assert decide(StartPlan("p1", plan, STARTED), None, at=at(STARTED), actor="test", terms=office_terms())
    assert parse_plan(write_plan(plan), "x") == plan


@given(drafts())
@settings(max_examples=150, deadline=None)
def test_any_draft_is_completed_without_a_circle(found: tuple[Draft, Document]) -> None:
    draft, document = found
    whole = complete(draft, document, vietnam_office(), today=STARTED)
    reached = {step.key: {step.key} for step in whole.steps}
    for _ in whole.steps:
        for edge in whole.edges:
            reached[edge.after] |= reached[edge.before]
    assert not any(edge.after in reached[edge.before] for edge in whole.edges)
    assert {step.key for step in draft.steps} <= {step.key for step in whole.steps}
    plan = definition_of(whole)
    assert decide(StartPlan("p1", plan, STARTED), None, at=at(STARTED), actor="test", terms=office_terms())

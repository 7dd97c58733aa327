"""What a plan's page tells beside its steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from calendars import vietnam_office
from tests.builders import DIALOGUE, after, at, office_terms, started
from workflow.documents.gantt import MOST_PARTS
from workflow.domain.commands import CompleteStep, RaisePetition, Sweep
from workflow.domain.cycle import Cycle
from workflow.domain.definition import ForEach, StepDefinition, StepKind
from workflow.domain.petition import Petitioner, RaisedWhen
from workflow.web.views.plan import PlanPage, duties, has_line, plan_page
from workflow.web.views.plan_parts import coming, coming_of, papers, petition_counts, reached

PROOF = f"{'a' * 64}-Biên bản.pdf"
ANSWERS = StepDefinition(
    "answers", StepKind.ANSWER_ISSUES, "Trả lời", owner="Văn phòng", after=("collect",), for_each=ForEach.OPEN_PETITION
)


def _with_petitions(count: int) -> Cycle:
    """A plan whose step of answering has one part for each of so many petitions."""
    cycle = started(replace(DIALOGUE, steps=(DIALOGUE.steps[0], ANSWERS)))
    for number in range(count):
        said = RaisePetition(f"Việc {number}", Petitioner(anonymous=True), RaisedWhen.BEFORE_MEETING)
        cycle = after(cycle, said, at("2026-04-07"))
    return after(cycle, CompleteStep("collect"), at("2026-04-08"))


def _page(cycle: Cycle) -> PlanPage:
    return plan_page(cycle, at=at("2026-04-09"), calendar=vietnam_office(), people={}, may_complete=lambda _: True)


def test_few_parts_have_lines_of_their_own_below_their_step() -> None:
    page = _page(_with_petitions(3))
    assert [line.number for line in page.steps] == ["1", "2", "2.1", "2.2", "2.3"]
    assert [line.is_part for line in page.steps] == [False, False, True, True, True]


def test_many_parts_are_told_in_numbers_on_the_line_of_their_step() -> None:
    cycle = _with_petitions(MOST_PARTS + 1)
    page = _page(cycle)
    assert [line.key for line in page.steps] == ["collect", "answers"]
    parts = page.steps[1].parts
    assert parts is not None
    assert (parts.total, parts.done, parts.shown) == (MOST_PARTS + 1, 0, False)
    assert not has_line(cycle, "answers.p1")
    assert [duty.key for duty in duties(cycle, at("2026-04-09"))] == ["collect", "answers"]


def test_a_plan_counts_parts_and_not_what_they_are_parts_of() -> None:
    page = _page(_with_petitions(3))
    assert (page.done, page.total) == (1, 4)


def test_neither_a_step_with_parts_nor_the_part_of_a_petition_is_completed_by_itself() -> None:
    lines = _page(_with_petitions(2)).lines
    assert not any(line.can_complete for line in lines.values())


def test_notices_to_come_stand_in_order_of_time_with_whom_they_address() -> None:
    found = coming(started(), office_terms(), at("2026-04-06"))
    assert [one.at for one in found] == sorted(one.at for one in found)
    first = next(one for one in found if one.rung == "overdue")
    assert [audience.value for audience in first.audience] == ["owner", "coordinator"]
    assert first.steps[0] == ("collect", "Thu phiếu")


def test_notices_of_one_rung_at_one_time_are_one_line() -> None:
    found = coming(_with_petitions(5), office_terms(), at("2026-04-08"))
    assert [len(one.steps) for one in found if one.rung == "opened"].count(5) == 1


def test_a_step_tells_the_rungs_it_has_reached_and_those_to_come() -> None:
    cycle = after(started(), Sweep(at("2026-04-21")), at("2026-04-21"))
    assert {one.rung for one in reached(cycle, "collect")} == {"opened", "warn_3"}
    to_come = [one.rung for one in coming_of(cycle, "collect", office_terms(), at("2026-04-21"))]
    assert to_come[:2] == ["warn_1", "overdue"]


def test_papers_are_the_documents_and_files_that_steps_ended_with() -> None:
    cycle = after(
        started(),
        CompleteStep("collect", document_number="12/BC", document_on=date(2026, 4, 20), file=PROOF),
        at("2026-04-20"),
    )
    (paper,) = papers(cycle)
    assert (paper.what, paper.number, paper.file_name) == ("Thu phiếu", "12/BC", "Biên bản.pdf")


def test_petitions_are_counted_by_what_is_still_owed() -> None:
    counts = petition_counts(_with_petitions(4), at("2026-04-09"))
    assert (counts.total, counts.open, counts.answered, counts.without_lead) == (4, 4, 0, 4)

"""A plan file as a definition: every problem of the file is found before any is told."""

from __future__ import annotations

from pathlib import Path

from calendars.rules import Readings
from workflow.domain.definition import Meeting, PlanDefinition, StepDefinition
from workflow.domain.graph import CyclicPlan, forecast_order, order
from workflow.planfile import problems, tree
from workflow.planfile.meaning import Limits, check_meeting, check_steps
from workflow.planfile.model import PlanModel, StepModel
from workflow.planfile.report import Report
from workflow.planfile.source import bytes_of, normalized, text_of
from workflow.planfile.structure import model_of


def read_plan(path: Path) -> PlanDefinition:
    """The plan that a file holds. Raises `PlanFileErrors` with everything that is wrong with it, in order of lines."""
    report = Report(path.name or str(path))
    return _definition(text_of(bytes_of(path, report), report), report)


def parse_plan(text: str, name: str) -> PlanDefinition:
    """The plan that a text holds; `name` is what problems call it. Raises `PlanFileErrors`."""
    return _definition(text, Report(name))


def _definition(text: str, report: Report) -> PlanDefinition:
    root = tree.read_tree(normalized(text, report), report)
    model = model_of(root, report)
    limits = check_steps(root, report)
    check_meeting(root, report)
    report.close()
    assert model is not None
    plan = _plan(model, limits)
    _check_cycles(plan, root, report)
    report.close()
    return plan


def _plan(model: PlanModel, limits: Limits) -> PlanDefinition:
    meeting = model.meeting
    return PlanDefinition(
        title=model.title,
        kind=model.kind,
        organization=model.organization,
        steps=tuple(_step(step, place, limits) for place, step in enumerate(model.steps)),
        calendar=model.calendar,
        meeting=Meeting(meeting.on, meeting.at, meeting.month, meeting.place),
        readings=Readings(**model.settings.model_dump(exclude_none=True)),
        document_number=model.document_number,
        template=model.template,
        issued_on=model.issued_on,
    )


def _step(step: StepModel, place: int, limits: Limits) -> StepDefinition:
    return StepDefinition(
        key=step.key,
        kind=step.kind,
        name=step.name,
        owner=step.owner,
        after=tuple(dict.fromkeys(step.after)),
        due=limits.get((place, "due")),
        extend=limits.get((place, "extend")),
        for_each=step.for_each,
        evidence=tuple(dict.fromkeys(step.evidence)),
        in_meeting=step.in_meeting,
        coordinating=tuple(step.coordinating),
        recipient=step.recipient,
        extend_reasons=tuple(dict.fromkeys(step.extend_reasons)),
        quorum=step.quorum,
        majority=step.majority,
    )


def _check_cycles(plan: PlanDefinition, root: tree.Node, report: Report) -> None:
    for sort, problem, field in (
        (order, problems.CyclicSteps, "after"),
        (forecast_order, problems.CyclicLimits, "due"),
    ):
        try:
            sort(plan)
        except CyclicPlan as error:
            names = " → ".join(f"«{plan.by_key[key].name}»" for key in error.keys)
            place = next(place for place, step in enumerate(plan.steps) if step.key in error.keys)
            report.add(problem, tree.line_of(root, ("steps", place, field)), names=names)

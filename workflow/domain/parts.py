"""The parts of a step that fans out: what each is, as a step of its own, and where it stands in the plan."""

from __future__ import annotations

from dataclasses import replace

from calendars.rules import PLAN_START, Recurring, Rule, Within
from workflow.domain.definition import PlanDefinition, StepDefinition
from workflow.domain.events import PartAdded


def part_definition(whole: StepDefinition, event: PartAdded) -> StepDefinition:
    """The part as a step: after the same steps, with the same limit; of a duty that comes back, one turn of it."""
    return replace(
        whole,
        key=event.part,
        name=event.name,
        owner=event.owner,
        coordinating=event.coordinating,
        for_each=None,
        part_of=event.step,
        item=event.item,
        after=whole.after if event.n is None or event.n == 1 else (*whole.after, part_key(event.step, event.n - 1)),
        due=whole.due if event.n is None else turn(whole.due, event.n),
    )


def part_key(step: str, item: object) -> str:
    """The key of a part."""
    return f"{step}.{item}"


def turn(rule: Rule | None, n: int) -> Rule | None:
    """The limit of the n-th time, from 1, of a duty that comes back; any other rule as it is."""
    if not isinstance(rule, Recurring):
        return rule
    return Within(rule.every * n, rule.unit, PLAN_START if rule.event is None else rule.event)


def with_part(plan: PlanDefinition, part: StepDefinition) -> PlanDefinition:
    """The plan with one more part, behind the step that it is a part of and the parts that this has."""
    steps = list(plan.steps)
    family = {part.part_of}
    place = max(n for n, step in enumerate(steps) if step.key in family or step.part_of in family)
    return replace(plan, steps=(*steps[: place + 1], part, *steps[place + 1 :]))

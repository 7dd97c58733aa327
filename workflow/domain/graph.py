"""The order of a plan's steps: predecessors, a topological order, cycles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter

from calendars.rules import events_of
from workflow.domain.definition import MEETING_EVENT, PlanDefinition, StepDefinition


class CyclicPlan(ValueError):
    """The steps wait for each other in a circle; `keys` names it, first key repeated last."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = tuple(keys)
        super().__init__(" → ".join(keys))


def counted_from(step: StepDefinition, plan: PlanDefinition) -> frozenset[str]:
    """Keys of the steps whose day starts this step's period (the meeting's own step for the event `meeting`)."""
    named = events_of(step.due) if step.due is not None else frozenset()
    meeting = plan.meeting_step
    if MEETING_EVENT in named and meeting is not None and meeting.key != step.key:
        named |= {meeting.key}
    return frozenset(key for key in named if key in plan.by_key and key != step.key)


def order(plan: PlanDefinition) -> tuple[str, ...]:
    """Keys with every predecessor first; ties stand in the order of the document. Raises `CyclicPlan`."""
    return _sorted({step.key: set(step.after) & plan.by_key.keys() for step in plan.steps}, plan)


def forecast_order(plan: PlanDefinition) -> tuple[str, ...]:
    """Keys with every step that a period counts from first. Raises `CyclicPlan` when limits hang on each other."""
    return _sorted({step.key: set(counted_from(step, plan)) for step in plan.steps}, plan)


def _sorted(edges: Mapping[str, set[str]], plan: PlanDefinition) -> tuple[str, ...]:
    rank = {step.key: place for place, step in enumerate(plan.steps)}
    sorter = TopologicalSorter(edges)
    try:
        sorter.prepare()
    except CycleError as error:
        raise CyclicPlan(list(reversed(error.args[1]))) from error
    keys: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=rank.__getitem__)
        keys.extend(ready)
        sorter.done(*ready)
    return tuple(keys)


@lru_cache(maxsize=64)
def successors(plan: PlanDefinition) -> Mapping[str, tuple[str, ...]]:
    """For each key the keys of the steps that wait for it."""
    waiting: dict[str, list[str]] = {step.key: [] for step in plan.steps}
    for step in plan.steps:
        for key in step.after:
            if key in waiting:
                waiting[key].append(step.key)
    return {key: tuple(keys) for key, keys in waiting.items()}

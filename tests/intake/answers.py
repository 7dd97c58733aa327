"""The labels themselves as a reading: the best that any reader can do, and so a check of labels and scorer alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.intake.labels import Duty, Expected, Labels


def answer(labels: Labels) -> dict[str, Any]:
    """The perfect reading in the JSON of `doithoai read`."""
    return {
        **dict(labels.facts),
        "steps": [_step(duty, labels) for duty in labels.duties],
        "findings": [_finding(expected, labels) for expected in labels.expected],
    }


def _key(duty: Duty) -> str:
    return f"step_{duty.steps[0].index}"


def _step(duty: Duty, labels: Labels) -> dict[str, Any]:
    first = duty.steps[0]
    return {
        "key": _key(duty),
        "kind": min(first.kinds),
        "name": first.text,
        "owner": first.owners[0],
        "after": [*_after(duty, labels)],
        "deadline": duty.limits[0] if duty.limits else None,
        "in_meeting": duty.in_meeting,
        "sources": [
            {"start": step.span[0], "end": step.span[1], "text": labels.text[slice(*step.span)]} for step in duty.steps
        ],
    }


def _after(duty: Duty, labels: Labels) -> Iterator[str]:
    yield from {
        _key(labels.duty(first)): None
        for first, then in labels.edges
        if labels.duty(then) is duty and labels.duty(first) is not duty
    }


def _finding(expected: Expected, labels: Labels) -> dict[str, Any]:
    steps = [_key(labels.duty(index)) for index in sorted(expected.steps)]
    return {"code": expected.code, "severity": "warning", "message": expected.code, "steps": steps, "source": None}

"""The five labelled plans beside the project, when they are there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.intake.labels import Labels

FOLDER = Path(__file__).parents[3] / "shared" / "plans"

ANOMALIES: Mapping[str, Mapping[int, tuple[str, tuple[int, ...]]]] = {
    "000": {
        0: ("numbering_error", ()),
        1: ("missing_date", ()),
        2: ("contradictory_owner", (9, 17)),
        3: ("shorter_than_law", (8,)),
    },
    "001": {
        1: ("contradictory_owner", (27, 32)),
        3: ("due_on_non_working_day", (0,)),
    },
    "002": {
        0: ("numbering_error", ()),
        1: ("unresolved_reference", (8, 22)),
        2: ("too_little_time", (15, 26)),
        3: ("due_on_non_working_day", (0,)),
        5: ("due_on_non_working_day", (20,)),
        6: ("contradictory_owner", (9, 12)),
    },
    "003": {
        2: ("missing_date", ()),
        4: ("missing_date", (26, 28, 33)),
        5: ("due_on_non_working_day", (5,)),
        6: ("longer_than_law", (12,)),
    },
    "004": {
        0: ("missing_date", ()),
        1: ("too_little_time", (0,)),
    },
}
"""Which anomalies, by their place in the labels, a finding code covers, and the labels that the finding is about.

The others are remarks about the text that no code is for: a basis no longer in force, a typing error, broken lines.
"""

MORE: Mapping[str, tuple[tuple[str, tuple[int, ...]], ...]] = {
    "000": (("unresolved_reference", (10,)),),
    "003": (("too_little_time", (4,)), ("unresolved_reference", (15,)), ("unresolved_reference", (23,))),
}
"""Findings that stand in a compound anomaly beside its first, or in a `deadline_ref`."""


def present() -> bool:
    """Whether the plans are here. Where tests decide (CI=true) they must be."""
    if FOLDER.is_dir():
        return True
    if os.environ.get("CI") == "true":
        pytest.fail(f"the labelled plans are missing: {FOLDER.name}")
    return False


def plan_files() -> Iterator[Path]:
    """The text files, in order."""
    yield from sorted(FOLDER.glob("*.txt"))


def plan_labels(path: Path) -> Labels:
    """The labels of a plan, its anomalies as expected findings."""
    labels: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    number = path.name[:3]
    wanted = [*ANOMALIES[number].values(), *MORE.get(number, ())]
    labels["expected_findings"] = [{"code": code, "steps": list(steps)} for code, steps in wanted]
    text = path.read_bytes().decode("utf-8")
    return Labels.of(f"S{int(number)}", text, labels, exact=True)

"""The example plans, by a short name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workflow.domain.definition import PlanDefinition
from workflow.planfile import read_plan

ROOT = Path(__file__).parents[3]
EXAMPLES: Mapping[str, Path] = MappingProxyType(
    {path.name.split("-")[0]: path for path in sorted((ROOT / "examples").glob("*.yaml"))}
)
NAMES = ("s0", "s1", "s2", "s3", "s4")


@cache
def example(name: str) -> PlanDefinition:
    """An example by its short name."""
    return read_plan(EXAMPLES[name])

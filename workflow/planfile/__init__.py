"""The plan file: a plan as YAML that people write, with problems told by line.

Read with `read_plan` or `parse_plan`, written with `write_plan`; its JSON Schema is `schema()`.
"""

from workflow.planfile.problems import PlanFileError, PlanFileErrors
from workflow.planfile.reading import parse_plan, read_plan

__all__ = ["PlanFileError", "PlanFileErrors", "parse_plan", "read_plan"]

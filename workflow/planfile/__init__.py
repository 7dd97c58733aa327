"""The plan file: a plan as YAML that people write, with problems told by line.

Read with `read_plan` or `parse_plan`, written with `write_plan`, moved to other dates with `redated`; its JSON Schema
is `workflow.planfile.schema.schema()`.
"""

from workflow.planfile.reading import parse_plan, read_plan
from workflow.planfile.redating import redated
from workflow.planfile.report import PlanFileError, PlanFileErrors
from workflow.planfile.writing import write_plan

__all__ = ["PlanFileError", "PlanFileErrors", "parse_plan", "read_plan", "redated", "write_plan"]

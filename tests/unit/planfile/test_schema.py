"""The published JSON Schema says what the reader does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from workflow.domain.definition import StepKind
from workflow.planfile.model import MeetingModel, PlanModel, SettingsModel, StepModel
from workflow.planfile.schema import schema

PUBLISHED = Path(__file__).parents[3] / "docs/reference/plan-file.schema.json"


def definition(name: str) -> dict[str, Any]:
    found: dict[str, Any] = schema()["$defs"][name]
    return found


def test_the_published_schema_is_up_to_date() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == json.dumps(schema(), ensure_ascii=False, indent=2) + "\n", (
        "write workflow.planfile.schema.schema() to docs/reference/plan-file.schema.json again"
    )


def test_every_key_is_in_the_schema_with_a_description() -> None:
    assert schema()["properties"].keys() == PlanModel.model_fields.keys()
    for model in (MeetingModel, SettingsModel, StepModel):
        properties = definition(model.__name__)["properties"]
        assert properties.keys() == model.model_fields.keys()
        assert all(each.get("description") for each in properties.values())


def test_unknown_keys_are_refused_everywhere() -> None:
    parts = [schema(), *schema()["$defs"].values()]
    assert [part["additionalProperties"] for part in parts] == [False] * len(parts)


def test_choices_are_listed() -> None:
    assert definition("StepModel")["properties"]["kind"]["enum"] == [kind.value for kind in StepKind]


def test_nothing_is_said_of_null() -> None:
    assert "null" not in json.dumps(schema())

"""The JSON Schema of a plan file, for editors that check while people type."""

from __future__ import annotations

from typing import Any, Final

from workflow.planfile.model import PlanModel

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_DROPPED: Final = ("title", "default")


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the plan file, made from the models that read it.

    It covers the shape; references between steps, wordings of limits and real dates are checked when a file is read.
    """
    made = PlanModel.model_json_schema()
    return {"$schema": _DIALECT, "title": "doithoai: 1", **_tidied(made)}


def _tidied(part: Any) -> Any:
    """Without the titles made from Python names, and without the nulls that stand for "left out"."""
    if isinstance(part, list):
        return [_tidied(each) for each in part]
    if not isinstance(part, dict):
        return part
    tidy = {key: _tidied(value) for key, value in part.items() if not _is_noise(key, value)}
    return _without_null(tidy)


def _is_noise(key: str, value: Any) -> bool:
    return key in _DROPPED and not isinstance(value, dict)


def _without_null(part: dict[str, Any]) -> dict[str, Any]:
    choices = part.get("anyOf")
    if not isinstance(choices, list) or {"type": "null"} not in choices:
        return part
    others = [choice for choice in choices if choice != {"type": "null"}]
    rest = {key: value for key, value in part.items() if key != "anyOf"}
    return {**others[0], **rest} if len(others) == 1 else {"anyOf": others, **rest}

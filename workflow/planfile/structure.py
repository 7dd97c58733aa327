"""What the shape of a plan file gets wrong: the complaints of its model, each with its line and in our words."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from workflow.planfile import problems, tree
from workflow.planfile.model import MOST_STEPS, MeetingModel, PlanModel, SettingsModel, StepModel
from workflow.planfile.report import PlanFileError, Report, Unfit, listed, nearest

Path = tuple[int | str, ...]
LONGEST_SHOWN: Final = 80

_SHAPES: Final[MappingOf[str, type[PlanFileError]]] = {
    "model_type": problems.NotMapping,
    "list_type": problems.NotList,
    "too_short": problems.NoSteps,
    "too_long": problems.TooManySteps,
}


def model_of(root: tree.Node, report: Report) -> PlanModel | None:
    """The model of the tree; None when problems have been noted."""
    try:
        return PlanModel.model_validate(tree.plain(root))
    except ValidationError as error:
        complaints = error.errors(include_url=False)
        misspelt = {_meant(each["loc"]) for each in complaints if each["type"] == "extra_forbidden"}
        for each in complaints:
            if each["type"] != "missing" or each["loc"] not in misspelt:
                _note(each["type"], each["loc"], each.get("ctx", {}), root, report)
    return None


def shortened(value: object) -> str:
    """A value as it is shown in a sentence."""
    text = str(value)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def _note(kind: str, path: Path, context: MappingOf[str, Any], root: tree.Node, report: Report) -> None:
    """Turn one complaint into a problem with its line."""
    line, key = tree.line_of(root, path), _key(path)
    refused = context.get("error")
    if isinstance(refused, Unfit):
        fields = {name: shortened(value) for name, value in refused.fields.items()}
        report.add(refused.problem, line, key=key, **fields)
    elif kind == "missing":
        _note_missing(path, root, report)
    elif kind == "extra_forbidden":
        _note_unknown(path, root, report)
    else:
        known = listed(_model_at(path).model_fields)
        report.add(_SHAPES.get(kind, problems.NotText), line, key=key, known=known, most=MOST_STEPS)


def _note_missing(path: Path, root: tree.Node, report: Report) -> None:
    key = _key(path)
    if tree.at(root, path) is not None:
        report.add(problems.ValueMissing, tree.line_of(root, path), key=key)
    elif path == ("doithoai",):
        report.add(problems.VersionMissing, None)
    else:
        report.add(problems.KeyMissing, tree.line_of(root, path[:-1]), key=key)


def _meant(path: Path) -> Path:
    """The path that was probably meant by one with an unknown key."""
    return (*path[:-1], nearest(_key(path), list(_model_at(path[:-1]).model_fields)) or "")


def _note_unknown(path: Path, root: tree.Node, report: Report) -> None:
    key, known, line = _key(path), list(_model_at(path[:-1]).model_fields), tree.line_of(root, path)
    near = nearest(key, known)
    if near is not None:
        report.add(problems.UnknownKeyNear, line, key=shortened(key), near=near)
    elif tree.is_blank(tree.at(root, path)):
        report.add(problems.CommaInText, line, key=shortened(key))
    else:
        report.add(problems.UnknownKey, line, key=shortened(key), known=listed(known))


def _model_at(path: Path) -> type[BaseModel]:
    """The model whose keys stand at a path of the file."""
    match path:
        case ("meeting", *_):
            return MeetingModel
        case ("settings", *_):
            return SettingsModel
        case ("steps", int(), *_):
            return StepModel
        case _:
            return PlanModel


def _key(path: Path) -> str:
    """The last name on a path."""
    return next((part for part in reversed(path) if isinstance(part, str)), "")

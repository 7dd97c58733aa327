"""What a plan file's steps say to each other: keys, predecessors, limits. Told from the tree, so that a mistake in
the shape of one step hides no mistake in the meaning of another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from calendars.rules import Rule
from workflow.planfile import problems, tree
from workflow.planfile.limits import GENERAL_EVENTS, Line, check_extension, rule_of
from workflow.planfile.report import Report, listed, nearest
from workflow.planfile.structure import shortened
from workflow.planfile.values import KEY_PATTERN

Limits = dict[tuple[int, str], Rule]

_KEY: Final = re.compile(KEY_PATTERN)
_LONGEST_KEY: Final = 64
_RESERVED: Final = (*GENERAL_EVENTS, "plan_start")


@dataclass(frozen=True, slots=True)
class Written:
    """A step as it is written, whatever may be wrong with it."""

    place: int
    node: tree.Mapping
    key: str

    def line(self, field: str) -> int:
        """The line of one of its keys."""
        return tree.line_of(self.node, (field,))

    def text(self, field: str) -> str | None:
        """The words written under a key, None when there are none."""
        return _words(tree.at(self.node, (field,)))


def check_steps(root: tree.Node, report: Report) -> Limits:
    """Note what is wrong between the steps; the limits that could be read, by place of the step and field."""
    steps = list(_written(root))
    keys = tuple(dict.fromkeys(step.key for step in steps if step.key))
    _check_keys(steps, report)
    limits: Limits = {}
    for step in steps:
        _check_after(step, keys, report)
        _check_reasons(step, report)
        limits |= _limits(step, keys, report)
    return limits


def check_meeting(root: tree.Node, report: Report) -> None:
    """A meeting has a day or a month, and an hour only with a day."""
    day, month, clock = (_words(tree.at(root, ("meeting", field))) for field in ("on", "month", "at"))
    if day and month:
        report.add(problems.MeetingDayAndMonth, tree.line_of(root, ("meeting", "month")))
    if clock and not day:
        report.add(problems.ClockWithoutDay, tree.line_of(root, ("meeting", "at")))


def key_from(name: str) -> str:
    """A step's key made from any text: lower case, without accents, words joined by underscores."""
    folded = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST_KEY].rstrip("_")
    return key if _KEY.fullmatch(key) else f"step_{key}"[:_LONGEST_KEY].rstrip("_")


def _written(root: tree.Node) -> Iterator[Written]:
    steps = tree.at(root, ("steps",))
    if not isinstance(steps, tree.Listing):
        return
    for place, node in enumerate(steps.items):
        if isinstance(node, tree.Mapping):
            yield Written(place, node, _words(tree.at(node, ("key",))) or "")


def _words(node: tree.Node | None) -> str | None:
    if not isinstance(node, tree.Scalar) or node.text is None:
        return None
    return " ".join(node.text.split()) or None


def _check_keys(steps: Collection[Written], report: Report) -> None:
    first_lines: dict[str, int] = {}
    for step in steps:
        if not step.key:
            continue
        key, line = step.key, step.line("key")
        if not _KEY.fullmatch(key):
            report.add(problems.BadStepKey, line, key=shortened(key), longest=_LONGEST_KEY, suggestion=key_from(key))
        elif key in _RESERVED:
            report.add(problems.ReservedStepKey, line, key=key)
        elif key in first_lines:
            report.add(problems.DuplicateStepKey, line, key=key, first_line=first_lines[key])
        first_lines.setdefault(key, line)


def _check_after(step: Written, keys: tuple[str, ...], report: Report) -> None:
    after = tree.at(step.node, ("after",))
    nodes = after.items if isinstance(after, tree.Listing) else [after]
    for node in nodes:
        key = _words(node)
        if node is None or key is None or key in keys:
            continue
        near = nearest(key, keys)
        if near is not None:
            report.add(problems.UnknownPredecessorNear, node.line, step=step.key, key=shortened(key), near=near)
        else:
            report.add(problems.UnknownPredecessor, node.line, step=step.key, key=shortened(key), known=listed(keys))


def _check_reasons(step: Written, report: Report) -> None:
    """Reasons for an extension stand beside the extension."""
    reasons = tree.at(step.node, ("extend_reasons",))
    if reasons is not None and not tree.is_blank(reasons) and step.text("extend") is None:
        report.add(problems.ReasonsWithoutExtend, step.line("extend_reasons"), step=step.key)


def _limits(step: Written, keys: tuple[str, ...], report: Report) -> Limits:
    found: Limits = {}
    for field in ("due", "extend"):
        wording = step.text(field)
        if wording is None:
            continue
        rule = rule_of(wording, Line(step.line(field), step.key), keys, report)
        if rule is not None:
            found[step.place, field] = rule
    extend, due = found.get((step.place, "extend")), found.get((step.place, "due"))
    if extend is not None and (due is not None or step.text("due") is None):
        check_extension(due, extend, Line(step.line("extend"), step.key), report)
    return found

"""YAML as a tree in which everything knows its line. Nothing is constructed: every scalar stays the text it is.

YAML 1.1 reads `on` as true, `08:00` as 480 and `2026-05-15` as a date; a plan file means the words as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from workflow.planfile import problems
from workflow.planfile.report import PlanFileError, Report

DEEPEST = 20
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = {"", "~", "null", "Null", "NULL"}
_TAB = re.compile(r"^ *\t+[ \t]*[^\s#]", re.MULTILINE)


@dataclass(slots=True)
class Scalar:
    """A value: its text, or None where nothing (or null) is written."""

    line: int
    text: str | None


@dataclass(slots=True)
class Listing:
    """A sequence."""

    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """A mapping; each entry knows the line of its key."""

    line: int
    entries: dict[str, tuple[int, Node]] = field(default_factory=dict)


Node = Scalar | Listing | Mapping
Path = Sequence[str | int]
Plain = str | list[Any] | dict[str, Any] | None


def read_tree(text: str, report: Report) -> Node:
    """The one document of a YAML text; duplicate keys are noted in the report, anything unreadable ends reading."""
    tab = _TAB.search(text)
    if tab:
        report.fail(problems.TabIndent, text.count("\n", 0, tab.start()) + 1)
    try:
        return _Composer(yaml.parse(text, Loader=_LOADER), report).document()
    except yaml.MarkedYAMLError as error:
        _syntax(error, report)
    except yaml.YAMLError:
        report.fail(problems.FileNotText)
    raise AssertionError


def plain(node: Node) -> Plain:
    """The tree as plain values; None where nothing is written."""
    match node:
        case Scalar():
            return node.text
        case Listing():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key: plain(each) for key, (_, each) in node.entries.items()}


def line_of(node: Node, path: Path) -> int:
    """The line on which a path's last key (or list item) stands; that of its nearest ancestor where it has none."""
    return _walk(node, path)[0]


def at(node: Node, path: Path) -> Node | None:
    """What is written at a path; None where nothing stands there, not even a key."""
    return _walk(node, path)[1]


def is_blank(node: Node | None) -> bool:
    """Whether only a key stands there."""
    return isinstance(node, Scalar) and node.text is None


def _walk(node: Node, path: Path) -> tuple[int, Node | None]:
    line = node.line
    for part in path:
        if isinstance(node, Mapping) and part in node.entries:
            line, node = node.entries[str(part)]
        elif isinstance(node, Listing) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
            line = node.line
        else:
            return line, None
    return line, node


class _Composer:
    """Builds the tree from the parser's events; lives only while a text is read."""

    def __init__(self, events: Iterator[Any], report: Report) -> None:
        self._events = events
        self._report = report

    def document(self) -> Node:
        """The only document of the stream."""
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._report.fail(problems.SeveralDocuments, _line(event))
                root = self._node(next(self._events), 0)
        if root is None or is_blank(root):
            self._report.fail(problems.FileEmpty)
        return root

    def _node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            self._report.fail(problems.AliasUsed, _line(event))
        if depth > DEEPEST:
            self._report.fail(problems.TooDeep, _line(event))
        if event.tag is not None and event.tag != "!":
            self._report.fail(problems.ForeignTag, _line(event), tag=event.tag[:60])
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(_line(event), _text(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._listing(event, depth)
        return self._mapping(event, depth)

    def _listing(self, start: Any, depth: int) -> Listing:
        listing = Listing(_line(start))
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            listing.items.append(self._node(event, depth + 1))
        return listing

    def _mapping(self, start: Any, depth: int) -> Mapping:
        mapping = Mapping(_line(start))
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            self._enter(mapping, key, value)
        return mapping

    def _enter(self, mapping: Mapping, key: Node, value: Node) -> None:
        if not isinstance(key, Scalar) or key.text is None:
            self._report.add(problems.KeyNotWord, key.line)
        elif key.text in mapping.entries:
            first_line, _ = mapping.entries[key.text]
            self._report.add(problems.DuplicateKey, key.line, key=key.text, first_line=first_line)
        else:
            mapping.entries[key.text] = (key.line, value)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _text(event: Any) -> str | None:
    value = str(event.value)
    return None if event.style in (None, "") and value in _NULLS else value


_SYNTAX: tuple[tuple[str, type[PlanFileError], bool], ...] = (
    # words of the parser's message · the problem · whether it stands where the context began
    ("mapping values are not allowed", problems.ColonInText, False),
    ("quoted scalar", problems.QuoteNotClosed, True),
    ("flow mapping", problems.BracketNotClosed, True),
    ("flow sequence", problems.BracketNotClosed, True),
)


def _syntax(error: yaml.MarkedYAMLError, report: Report) -> None:
    """Turn the parser's complaint into a sentence of ours."""
    said = f"{error.context or ''} {error.problem or ''}"
    for words, problem, at_context in _SYNTAX:
        if words in said:
            mark = (error.context_mark if at_context else None) or error.problem_mark
            report.fail(problem, *_place(mark)[:1], column=_place(mark)[1])
    line, column = _place(error.problem_mark or error.context_mark)
    report.fail(problems.SyntaxWrong, line, column=column)


def _place(mark: Any) -> tuple[int, int]:
    return (1, 1) if mark is None else (int(mark.line) + 1, int(mark.column) + 1)

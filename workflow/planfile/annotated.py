"""A plan file with remarks beside what they are about, as YAML comments: for plans read out of a document."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from workflow.domain.definition import PlanDefinition
from workflow.planfile.source import MOST_BYTES
from workflow.planfile.writing import dumped, head_of, step_entries, write_plan

LONGEST_REMARK: Final = 600
"""How many letters of a remark are kept; who wants all of a long passage has the document."""

_WIDTH: Final = 110
_LIST: Final = "  "


@dataclass(frozen=True, slots=True)
class Remarks:
    """Any texts, however long or wild, each to stand as a comment of its own: at the head of the file, above the
    meeting, above each step (by its key), at the end."""

    head: tuple[str, ...] = ()
    meeting: tuple[str, ...] = ()
    steps: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    foot: tuple[str, ...] = ()


def write_annotated(definition: PlanDefinition, remarks: Remarks) -> str:
    """The plan file of a definition with remarks; `parse_plan` reads it back as the same definition.

    Where the remarks would make the file too large to be read, it is written without them.
    """
    text = "".join(_parts(definition, remarks))
    return text if len(text.encode()) <= MOST_BYTES else write_plan(definition)


def _parts(definition: PlanDefinition, remarks: Remarks) -> Iterator[str]:
    yield from _comments(remarks.head, "")
    yield "\n" if remarks.head else ""
    head = head_of(definition)
    rest = {key: head.pop(key) for key in ("meeting", "settings") if key in head}
    yield dumped(head, _WIDTH)
    yield from _comments(remarks.meeting, "")
    yield dumped(rest, _WIDTH) if rest else ""
    yield "steps:\n"
    for place, step in enumerate(definition.steps):
        noted = remarks.steps.get(step.key, ())
        yield "\n" if noted and place else ""
        yield from _comments(noted, _LIST)
        yield textwrap.indent(dumped([step_entries(step)], _WIDTH - len(_LIST)), _LIST)
    yield "\n" if remarks.foot else ""
    yield from _comments(remarks.foot, "")


def _comments(remarks: Iterable[str], indent: str) -> Iterator[str]:
    for remark in remarks:
        for line in _wrapped(_plain(remark), _WIDTH - len(indent) - 2):
            yield f"{indent}# {line}\n"


def _wrapped(text: str, width: int) -> list[str]:
    """A text in lines, all but the first indented, so that one sees where a remark begins."""
    return textwrap.wrap(text, width, subsequent_indent="  ", break_on_hyphens=False)


def _plain(text: str) -> str:
    """A text on one line, of letters that YAML lets pass; a long one cut."""
    line = " ".join(unicodedata.normalize("NFC", text[: 8 * LONGEST_REMARK]).split())
    if not line.isprintable():
        line = " ".join("".join(map(_shown, line)).split())
    return line if len(line) <= LONGEST_REMARK else f"{line[:LONGEST_REMARK].rstrip()}…"


def _shown(letter: str) -> str:
    """The letter, nothing for a sign that only shapes text, a space for whatever else nobody sees."""
    if letter.isprintable() and unicodedata.category(letter) != "Cn":
        return letter
    return "" if unicodedata.category(letter) == "Cf" else " "

"""The picture of a plan: its steps as boxes in the order of the work, each with its standing in words, sign and colour.

Steps that take place in the meeting are counted in the meeting's box.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from workflow.domain.verdict import Standing
from workflow.language import Language, translate
from workflow.web.pictures.layout import DEFAULT_SIZE, Box, Drawing, Route, Size, lay_out
from workflow.web.words import ICON, N_
from workflow.web.words import standing as standing_words

_NARROW = frozenset("iìíịỉĩjltfrI.,;:'|!()[]-/ ")
_WIDE = frozenset("mwMWĐGOQƠÔÓÒÕỌ@%&")
_MARGIN = 6.0
_NAME_WIDTH = DEFAULT_SIZE.width - 24
_NAME_SIZE = 12.0
_NAME_LINES = 3


@dataclass(frozen=True, slots=True)
class Duty:
    """A step as the picture needs it. `within` names the meeting's step for one that takes place there."""

    key: str
    name: str
    owner: str | None
    after: tuple[str, ...]
    standing: Standing
    due_on: date | None
    projected: bool
    ended_on: date | None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A step's box as it is drawn: its name in a few lines, its standing, one line about its day, and its link."""

    key: str
    x: float
    y: float
    css: str
    icon: str
    lines: tuple[str, ...]
    more: str
    standing: str
    date_line: str
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """An edge as an SVG path. `ended`: the step that it leaves has ended."""

    path: str
    ended: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A plan's picture, ready for its template; measures in pixels."""

    width: int
    height: int
    size: Size
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]


def picture(duties: Sequence[Duty], language: Language) -> Picture:
    """Draw the steps, which stand in an order of the work; the same steps always give the same picture."""
    known = {duty.key for duty in duties}
    home = {duty.key: duty.within if duty.within in known else duty.key for duty in duties}
    drawn = {duty.key: duty for duty in duties if home[duty.key] == duty.key}
    edges = [(home[before], home[duty.key]) for duty in duties for before in duty.after if before in home]
    drawing = lay_out(list(drawn), edges)
    inside = {key: sum(name == key for name in home.values()) - 1 for key in drawn}
    return Picture(
        width=round(drawing.width + 2 * _MARGIN),
        height=round(drawing.height + 2 * _MARGIN),
        size=DEFAULT_SIZE,
        nodes=tuple(_node(box, drawn[box.key], inside[box.key], language) for box in drawing.boxes),
        lines=tuple(_lines(drawing, drawn)),
    )


def _node(box: Box, duty: Duty, inside: int, language: Language) -> Node:
    standing = standing_words(duty.standing, duty.due_on, language)
    when = _date_line(duty, language)
    more = translate(N_("gồm {n} việc tại chỗ"), language).format(n=inside) if inside else ""
    name = wrapped(duty.name, _NAME_WIDTH, _NAME_SIZE, _NAME_LINES - bool(more))
    return Node(
        key=duty.key,
        x=round(box.x + _MARGIN, 1),
        y=round(box.y + _MARGIN, 1),
        css=duty.standing.value.replace("_", "-"),
        icon=ICON[duty.standing],
        lines=name,
        more=more,
        standing=standing,
        date_line=when,
        title=". ".join(part for part in (duty.name, more, duty.owner, standing, when) if part),
    )


def _date_line(duty: Duty, language: Language) -> str:
    if duty.ended_on is not None:
        return translate(N_("xong {day}"), language).format(day=f"{duty.ended_on:%d/%m/%Y}")
    if duty.due_on is None:
        return ""
    words = N_("dự kiến {day}") if duty.projected else N_("hạn {day}")
    return translate(words, language).format(day=f"{duty.due_on:%d/%m/%Y}")


def _lines(drawing: Drawing, drawn: Mapping[str, Duty]) -> Iterator[Line]:
    for route in drawing.routes:
        yield Line(_path(route), ended=drawn[route.source].ended_on is not None)


def _path(route: Route) -> str:
    """Curves with level ends across the gaps, straight runs through the layers that the edge skips."""
    points = [(round(x + _MARGIN, 1), round(y + _MARGIN, 1)) for x, y in route.points]
    first_x, first_y = points[0]
    parts = [f"M{first_x:g} {first_y:g}"]
    for place, ((x0, y0), (x1, y1)) in enumerate(pairwise(points)):
        if place % 2:
            parts.append(f"H{x1:g}")
        else:
            middle = round((x0 + x1) / 2, 1)
            parts.append(f"C{middle:g} {y0:g} {middle:g} {y1:g} {x1:g} {y1:g}")
    return "".join(parts)


def width_of(text: str, font_size: float) -> float:
    """About how wide a text stands in the fonts of the pages, in pixels."""
    return font_size * sum(
        0.31 if char in _NARROW else 0.86 if char in _WIDE else 0.68 if char.isupper() else 0.55 for char in text
    )


def wrapped(text: str, width: float, font_size: float, lines: int) -> tuple[str, ...]:
    """A text broken at spaces into at most so many lines, each within a width; what does not fit ends in "…"."""
    found = [""]
    words = text.split()
    for place, word in enumerate(words):
        longer = f"{found[-1]} {word}".strip()
        if width_of(longer, font_size) <= width:
            found[-1] = longer
        elif len(found) < lines:
            found.append(word)
        else:
            found[-1] = _cut(" ".join([found[-1], *words[place:]]), width, font_size)
            break
    return tuple(_cut(line, width, font_size) for line in found if line)


def _cut(text: str, width: float, font_size: float) -> str:
    if width_of(text, font_size) <= width:
        return text
    while text and width_of(f"{text}…", font_size) > width:
        text = text[:-1].rstrip()
    return f"{text}…"

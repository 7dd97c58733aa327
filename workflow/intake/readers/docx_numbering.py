"""The numbers and bullets that Word shows before the paragraphs of its lists; they stand nowhere in the file.

Source: ISO/IEC 29500-1, 17.9; lists that share an abstract list count on together, unless one starts anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from xml.etree.ElementTree import Element

from workflow.intake.readers.docx_styles import Styles, number, part, switch, value
from workflow.intake.readers.pieces import SYMBOLS

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_UNITS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS = 9
_HIGHEST = 4000
_USUAL_BULLET = "•"
_SIGN_FONTS = ("Symbol", "Wingdings", "Webdings")


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is numbered: `shown` with %1 … %9 for the numbers of the levels.

    `restarts_after`: a number on this level or a higher one, from 1, starts this level anew; None: on any higher one; 0: on
    none. `plain`: all numbers are decimals, whatever their own level says. `style`: paragraphs of it are on this level.
    """

    start: int = 1
    form: str = "decimal"
    shown: str = ""
    restarts_after: int | None = None
    plain: bool = False
    style: str | None = None
    font: str = ""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list as paragraphs name it: its abstract list, and the levels that it sets or starts itself."""

    abstract: str
    levels: Mapping[int, Level] = field(default_factory=dict)
    starts: Mapping[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document, counting as its paragraphs are asked for in order."""

    def __init__(self, abstract: Mapping[str, Mapping[int, Level]], lists: Mapping[str, ListOf]) -> None:
        self._abstract = abstract
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level_of(self, list_id: str, style: str | None) -> int:
        """The level that a list keeps for the paragraphs of a style."""
        levels = self._levels(list_id)
        return next((depth for depth, level in levels.items() if level.style is not None and level.style == style), 0)

    def label(self, list_id: str, depth: int) -> str:
        """The number or bullet of the next paragraph of a list on a level, from 0; empty when it shows none."""
        levels = self._levels(list_id)
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(self._lists[list_id].abstract, {})
        self._count(counts, list_id, depth, levels)
        if level.form == "bullet":
            return _bullet(level)
        return _shown(level, depth, counts, levels)

    def _levels(self, list_id: str) -> Mapping[int, Level]:
        found = self._lists.get(list_id)
        return {} if found is None else {**self._abstract.get(found.abstract, {}), **found.levels}

    def _count(self, counts: dict[int, int], list_id: str, depth: int, levels: Mapping[int, Level]) -> None:
        starts = self._lists[list_id].starts
        anew = depth in starts and (list_id, depth) not in self._begun
        self._begun.add((list_id, depth))
        start = starts.get(depth, levels[depth].start)
        counts[depth] = start if anew or depth not in counts else counts[depth] + 1
        for lower in [each for each in counts if each > depth and _restarts(levels.get(each), depth)]:
            del counts[lower]


def _restarts(level: Level | None, depth: int) -> bool:
    """Whether a number on a higher level starts this level anew."""
    return level is None or level.restarts_after is None or depth < level.restarts_after


def _shown(level: Level, depth: int, counts: Mapping[int, int], levels: Mapping[int, Level]) -> str:
    shown = level.shown
    for upper in range(depth + 1):
        if f"%{upper + 1}" in shown:
            above = levels.get(upper, level)
            count = counts.get(upper, above.start)
            shown = shown.replace(f"%{upper + 1}", _written(count, "decimal" if level.plain else above.form))
    return shown.strip()


def _bullet(level: Level) -> str:
    """A bullet as it looks: in fonts of signs, letters stand for other signs."""
    shown = level.shown.strip()
    if level.font.startswith(_SIGN_FONTS) and len(shown) == 1 and shown < "\u0100":
        return SYMBOLS.get(ord(shown), _USUAL_BULLET)
    if level.font.startswith("Courier") and shown == "o":
        return "○"
    return shown or _USUAL_BULLET


# ── how numbers are written ───────────────────────────────────────────────────────────────────────────────────


_Form = Callable[[int], str]


def _written(count: int, form: str) -> str:
    return _FORMS.get(form, str)(min(count, _HIGHEST))


def _letters(count: int, first: str) -> str:
    """a … z, then aa … zz, as Word goes on after z."""
    turn, place = divmod(max(count, 1) - 1, 26)
    return chr(ord(first) + place) * (turn + 1)


def _roman(count: int) -> str:
    written = ""
    for worth, sign in (*_ROMAN, *_ROMAN_UNITS):
        written += sign * (count // worth)
        count %= worth
    return written


def _upper_roman(count: int) -> str:
    return _roman(count).upper()


def _with_zero(count: int) -> str:
    return f"{count:02}"


def _nothing(_count: int) -> str:
    return ""


_FORMS: Mapping[str, _Form] = MappingProxyType(
    {
        "lowerLetter": partial(_letters, first="a"),
        "upperLetter": partial(_letters, first="A"),
        "lowerRoman": _roman,
        "upperRoman": _upper_roman,
        "decimalZero": _with_zero,
        "none": _nothing,
    }
)
"""What is not here is written in decimals."""


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────


def read_numbering(elements: Iterable[Element], styles: Styles) -> Numbering:
    """The lists out of the elements of their part."""
    abstract: dict[str, Mapping[int, Level]] = {}
    borrowed: dict[str, str] = {}
    lists: dict[str, ListOf] = {}
    for element in elements:
        if element.tag == "w:abstractNum":
            own = element.get("w:abstractNumId", "")
            abstract[own] = _levels(element)
            if style := value(element, "w:numStyleLink"):
                borrowed[own] = style
        elif element.tag == "w:num":
            lists[element.get("w:numId", "")] = _list(element)
    for own, style in borrowed.items():
        lender = lists.get(styles.numbered(style).list_id or "")
        if lender is not None and not abstract[own]:
            abstract[own] = abstract.get(lender.abstract, {})
    return Numbering(abstract, lists)


def _list(element: Element) -> ListOf:
    levels: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for override in element.iter("w:lvlOverride"):
        depth = override.get("w:ilvl", "")
        if not depth.isdecimal() or int(depth) >= _LEVELS:
            continue
        levels |= _levels(override)
        start = number(override, "w:startOverride")
        if start is not None:
            starts[int(depth)] = start
    return ListOf(value(element, "w:abstractNumId") or "", levels, starts)


def _levels(element: Element) -> dict[int, Level]:
    found = ((each.get("w:ilvl", ""), each) for each in element.iter("w:lvl"))
    return {int(depth): _level(each) for depth, each in found if depth.isdecimal() and int(depth) < _LEVELS}


def _level(element: Element) -> Level:
    form = next(element.iter("w:numFmt"), None)
    start = number(element, "w:start")
    fonts = part(element, "w:rPr", "w:rFonts")
    return Level(
        start=1 if start is None else start,
        form=form.get("w:val", "decimal") if form is not None else "decimal",
        shown=value(element, "w:lvlText") or "",
        restarts_after=number(element, "w:lvlRestart"),
        plain=switch(element, "w:isLgl") or False,
        style=value(element, "w:pStyle"),
        font="" if fonts is None else fonts.get("w:ascii", fonts.get("w:hAnsi", "")),
    )

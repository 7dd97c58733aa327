"""The styles of a .docx, as far as they tell what a paragraph is: its list, its rank as a heading, whether it is bold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_BODY_LEVEL = 9
"""The outline level that Word gives to text that is no heading."""
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Numbered:
    """The list that a paragraph or a style is numbered in; None where it is not said there."""

    list_id: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says itself; None where it leaves it to the one that it rests on."""

    id: str
    based_on: str | None = None
    name: str = ""
    bold: bool | None = None
    hidden: bool | None = None
    outline: int | None = None
    numbered: Numbered = Numbered()


@dataclass(frozen=True)
class Styles:
    """The styles by their id, and the one of paragraphs that name none."""

    styles: Mapping[str, Style] = field(default_factory=dict)
    usual: str | None = None

    def line(self, style: str | None) -> Iterator[Style]:
        """A style and those that it rests on, the nearest first."""
        seen: set[str] = set()
        while style is not None and style not in seen and style in self.styles:
            seen.add(style)
            yield self.styles[style]
            style = self.styles[style].based_on

    def bold(self, style: str | None) -> bool:
        """Whether a style makes its text bold."""
        return next((each.bold for each in self.line(style) if each.bold is not None), False)

    def hidden(self, style: str | None) -> bool:
        """Whether a style hides its text."""
        return next((each.hidden for each in self.line(style) if each.hidden is not None), False)

    def outline(self, style: str | None) -> int | None:
        """The rank of headings in a style, from 0; None for text that is no heading."""
        for each in self.line(style):
            if each.outline is not None:
                return each.outline if each.outline < _BODY_LEVEL else None
            if each.name.lower() == "title":
                return 0
        return None

    def numbered(self, style: str | None) -> Numbered:
        """The list that a style's paragraphs are numbered in; the level may be left to the list."""
        list_id: str | None = None
        level: int | None = None
        for each in self.line(style):
            list_id = list_id if list_id is not None else each.numbered.list_id
            level = level if level is not None else each.numbered.level
        return Numbered(list_id, level)


def read_styles(elements: Iterable[Element]) -> Styles:
    """The styles out of the elements of their part."""
    styles: dict[str, Style] = {}
    usual: str | None = None
    for element in elements:
        style = element.get("w:styleId")
        if element.tag != "w:style" or style is None:
            continue
        styles[style] = _style(element, style)
        if element.get("w:type") == "paragraph" and is_on(element.get("w:default", "0")):
            usual = style
    return Styles(styles, usual)


def _style(element: Element, style: str) -> Style:
    paragraph, run = element.find("w:pPr"), element.find("w:rPr")
    return Style(
        style,
        value(element, "w:basedOn"),
        value(element, "w:name") or "",
        switch(run, "w:b"),
        switch(run, "w:vanish"),
        number(paragraph, "w:outlineLvl"),
        numbered(paragraph),
    )


# ── what properties say ───────────────────────────────────────────────────────────────────────────────────────


def part(element: Element | None, *path: str) -> Element | None:
    """The first descendant on a path of names; None where a step is missing."""
    for name in path:
        element = None if element is None else element.find(name)
    return element


def value(element: Element | None, name: str) -> str | None:
    """The value of a property; None without it."""
    found = None if element is None else element.find(name)
    return None if found is None else found.get("w:val")


def number(element: Element | None, name: str) -> int | None:
    """The value of a property that is a whole number from 0; None without it or when it is none."""
    text = value(element, name)
    return int(text) if text is not None and text.isdecimal() and len(text) < 7 else None


def switch(element: Element | None, name: str) -> bool | None:
    """Whether a property is switched on or off; None when nothing is said."""
    found = None if element is None else element.find(name)
    return None if found is None else is_on(found.get("w:val", "1"))


def is_on(text: str) -> bool:
    """Whether the value of a switch means on."""
    return text.lower() not in _OFF


def numbered(properties: Element | None) -> Numbered:
    """The list that the properties of a paragraph or style name."""
    found = None if properties is None else properties.find("w:numPr")
    return Numbered(value(found, "w:numId"), number(found, "w:ilvl"))

"""The guide for people: its pages, read from Markdown, as the application shows them.

The pages are those of docs/vi, which `workflow/web/help` points to, so that they are installed with the program. Their
pictures are left out here: who reads this has the screens themselves at hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

FOLDER = Path(__file__).parent.parent / "help"
INDEX = "README"
_HEADING = 3
"""Tokens of a heading: its opening, what stands in it, its end."""


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A page of the guide. `body`: without the heading, which is `title`."""

    title: str
    body: Markup


def pages() -> frozenset[str]:
    """The names of the pages, without the index."""
    return frozenset(path.stem for path in FOLDER.glob("*.md")) - {INDEX}


@lru_cache
def guide_page(name: str) -> GuidePage:
    """A page by its name, "" the index. Raises KeyError for a name that no page has."""
    if name and name not in pages():
        raise KeyError(name)
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse((FOLDER / f"{name or INDEX}.md").read_text(encoding="utf-8"))
    title, rest = tokens[1].content, tokens[_HEADING:]
    for token in rest:
        _lead_inside(token)
    # what the page says is escaped by the reader: HTML in it is off
    return GuidePage(title, Markup(reader.renderer.render(list(_without_pictures(rest)), reader.options, {})))  # noqa: S704


def address(link: str) -> str:
    """Where a link of the guide leads in the application: "dieu-phoi.md" to "/help/dieu-phoi"."""
    name = link.removesuffix(".md")
    return link if name == link or "/" in link else "/help" if name == INDEX else f"/help/{name}"


def _lead_inside(token: Token) -> None:
    """Turn the links of a passage to the addresses of the application."""
    for child in token.children or ():
        if child.type == "link_open":
            child.attrSet("href", address(str(child.attrGet("href"))))


def _without_pictures(tokens: list[Token]) -> Iterator[Token]:
    """The tokens without the paragraphs that are a picture."""
    places = [place for place, token in enumerate(tokens) if _is_picture(token)]
    left_out = {near for place in places for near in (place - 1, place, place + 1)}
    return (token for place, token in enumerate(tokens) if place not in left_out)


def _is_picture(token: Token) -> bool:
    return [child.type for child in token.children or ()] == ["image"]

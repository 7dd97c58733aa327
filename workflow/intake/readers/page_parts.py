"""What a page of a .pdf is made of: words and ruled lines, each with its place.

Places are in points, 1/72 inch, from the upper left corner of the page as it is seen; `top` is less than `bottom`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """Letters that stand together. `spaced`: a blank stands before it in the file."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    bold: bool = False
    spaced: bool = True

    @property
    def middle(self) -> float:
        """Half-way between its top and its bottom."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """From its top to its bottom, a little more than the size of its letters."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line, level or upright: at `place` (from the top, or from the left) from `start` to `end`."""

    level: bool
    place: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is seen. `pictures`: whether it shows any."""

    width: float
    height: float
    words: tuple[Word, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    pictures: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it is read, or a cell: then with its place in the page's n-th table, from 0."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    bold: bool = False
    cell: tuple[int, int, int, int, int] | None = None

"""Words and ruled lines on a page, for tests that need no file."""

from __future__ import annotations

from workflow.intake.readers.page_lines import lines_of
from workflow.intake.readers.page_parts import Page, Ruling, Word

WIDTH, HEIGHT = 595.0, 842.0


def word(text: str, left: float, top: float, *, size: float = 12, spaced: bool = True) -> Word:
    """A word whose letters are all half as wide as high."""
    return Word(text, left, left + 6 * len(text), top, top + size, spaced=spaced)


def read(*words: Word, rulings: tuple[Ruling, ...] = ()) -> list[str]:
    """The lines of a page of words, in reading order."""
    lines, _tables = lines_of(Page(WIDTH, HEIGHT, words, rulings))
    return [line.text for line in lines]


def ruled(columns: tuple[float, ...], rows: tuple[float, ...]) -> list[Ruling]:
    """The lines of a table."""
    level = [Ruling(True, row, columns[0], columns[-1]) for row in rows]
    return level + [Ruling(False, column, rows[0], rows[-1]) for column in columns]


WIDE_TABLE = tuple(ruled((50, 300, 500), (200, 400)))

"""How long a document may be, and who is told of its letters while they are read."""

from __future__ import annotations

from collections.abc import Callable

from workflow.intake.readers.refusals import TextTooLong

Earn = Callable[[int], None]
"""What a reader tells how many letters it has just read."""

LETTERS_PER_PAGE = 2_000
"""As many letters a page is worth; a page of a .pdf, however few stand on it."""
MOST_PAGES = 3_000
SHORTEST_LINE = 30
"""A line counts as at least so many letters, when the length of a document is measured."""


def limited(earn: Earn | None, file: str) -> Earn:
    """Pass on the letters of a file until they fill more than `MOST_PAGES`; then `TextTooLong` is raised.

    Each call stands for a line or more.
    """
    read = 0

    def take(letters: int) -> None:
        nonlocal read
        read += max(letters, SHORTEST_LINE)
        if read > MOST_PAGES * LETTERS_PER_PAGE:
            raise TextTooLong(file=file, pages=MOST_PAGES)
        if earn is not None:
            earn(letters)

    return take

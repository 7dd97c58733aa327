"""What stands on every page: headers and footers that come back, and the numbers of the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from workflow.intake.document import BlockKind
from workflow.intake.readers.page_parts import Line

_MARGIN = 0.12
"""The upper and the lower part of a page, of its height, in which headers and footers stand."""
_MOST_LINES = 3
_DISTANCE = 0.6
"""Between a header and the text, in heights of a line; lines of a paragraph are nearer."""
_FEWEST_PAGES = 2
_SHARE = 0.4
"""Of the pages, so many must have it: left and right pages may differ, and the first."""
_NUMBER = re.compile(r"(?:trang|page|tr\.)?\s*[-–—|]?\s*\d{1,4}\s*(?:[-–—|]|(?:/|trên|of)\s*\d{1,4})?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


def margins(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[dict[int, BlockKind]]:
    """For each page, which of its lines are its header and its footer."""
    candidates = [_candidates(lines, height) for lines, height in zip(pages, heights, strict=True)]
    seen = Counter(
        key
        for lines, found in zip(pages, candidates, strict=True)
        for key in {_key(lines[place], kind) for place, kind in found.items()}
    )
    needed = max(_FEWEST_PAGES, _SHARE * len(pages))
    return [
        {
            place: kind
            for place, kind in found.items()
            if _NUMBER.fullmatch(lines[place].text.strip()) or seen[_key(lines[place], kind)] >= needed
        }
        for lines, found in zip(pages, candidates, strict=True)
    ]


def _candidates(lines: Sequence[Line], height: float) -> Mapping[int, BlockKind]:
    """The outermost lines of a page that lie in its margins and keep a distance from the rest."""
    free = [place for place, line in enumerate(lines) if line.cell is None]
    downward = sorted(free, key=lambda place: lines[place].top)
    upper = [place for place in downward[:_MOST_LINES] if lines[place].bottom <= _MARGIN * height]
    lower = [place for place in downward[-_MOST_LINES:] if lines[place].top >= (1 - _MARGIN) * height]
    while upper and not _apart(lines[upper[-1]], lines, below=True):
        upper.pop()
    while lower and not _apart(lines[lower[0]], lines, below=False):
        lower.pop(0)
    return {**dict.fromkeys(upper, BlockKind.PAGE_HEADER), **dict.fromkeys(lower, BlockKind.PAGE_FOOTER)}


def _apart(line: Line, lines: Sequence[Line], *, below: bool) -> bool:
    """Whether a distance lies between a line and what follows below it, or what comes above it."""
    if below:
        near = min((other.top for other in lines if other.top > line.top), default=None)
        return near is not None and near - line.bottom >= _DISTANCE * (line.bottom - line.top)
    near = max((other.bottom for other in lines if other.bottom < line.bottom), default=None)
    return near is not None and line.top - near >= _DISTANCE * (line.bottom - line.top)


def _key(line: Line, kind: BlockKind) -> tuple[BlockKind, str]:
    """A line as it comes back on other pages: only its numbers may differ."""
    return kind, _DIGITS.sub("#", " ".join(line.text.split()).lower())

"""A share by month as a line with its points, as an SVG picture. Measures in pixels; a month without a share is a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflow.web.pictures.bars import BOTTOM, LEFT, RIGHT, TOP, Mark, labels

_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Share:
    """One point: what stands below it, the share 0 to 1 or None, what a reader is told, and where it leads."""

    label: str
    share: float | None
    title: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A share as it is drawn."""

    x: float
    y: float
    share: Share


@dataclass(frozen=True, slots=True)
class Lines:
    """The picture, ready for its template; `paths`: one for each run of months without a gap."""

    width: float
    height: float
    points: tuple[Point, ...]
    paths: tuple[str, ...]
    rows: tuple[Mark, ...]
    columns: tuple[Mark, ...]


def lines(shares: Sequence[Share], *, width: float = 560, height: float = 200) -> Lines:
    """Draw the shares from left to right, 100 % on top."""
    step = (width - LEFT - RIGHT) / max(1, len(shares))
    room = height - TOP - BOTTOM
    runs: list[list[Point]] = [[]]
    for place, share in enumerate(shares):
        if share.share is None:
            runs.append([])
        else:
            x, y = LEFT + step * (place + 0.5), height - BOTTOM - share.share * room
            runs[-1].append(Point(round(x, 1), round(y, 1), share))
    return Lines(
        width=width,
        height=height,
        points=tuple(point for run in runs for point in run),
        paths=tuple(_path(run) for run in runs if len(run) > 1),
        rows=tuple(Mark(round(height - BOTTOM - part * room, 1), f"{part:.0%}") for part in _QUARTERS),
        columns=labels([share.label for share in shares], width),
    )


def _path(run: Sequence[Point]) -> str:
    return "M" + "L".join(f"{point.x:g} {point.y:g}" for point in run)

"""A year of days as a field of squares, a column for each week from Monday down, as an SVG picture. In pixels.

A square's shade tells how many limits fell on its day; where some of them were missed it has another colour, and a dot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LEFT, TOP, STEP, SIDE = 34.0, 20.0, 15.0, 13.0
SHADES = 4
LONGEST = timedelta(days=371)
"""Fifty-three weeks: more than that is no picture of a year."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """What fell on a day: limits, of them missed; what a reader is told, and where it leads."""

    limits: int
    missed: int
    title: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Square:
    """A day as it is drawn. `shade` 0 (none) to `SHADES`; `dot`: some of its limits were missed."""

    x: float
    y: float
    shade: int
    dot: bool
    css: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Label:
    """A word beside the field."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The picture, ready for its template."""

    width: float
    height: float
    squares: tuple[Square, ...]
    months: tuple[Label, ...]
    weekdays: tuple[Label, ...]


def heat_map(
    since: date, until: date, counts: Mapping[date, DayCount], rest_days: frozenset[date], weekdays: Sequence[str]
) -> HeatMap:
    """Draw the days [since, until), of longer periods the last `LONGEST`; `weekdays`: seven short names from Monday."""
    since = max(since, until - LONGEST)
    monday = since - timedelta(days=since.weekday())
    most = max((count.limits for count in counts.values()), default=1)
    days = [since + timedelta(days=number) for number in range((until - since).days)]
    weeks = (until - timedelta(days=1) - monday).days // 7 + 1
    return HeatMap(
        width=LEFT + weeks * STEP + 4,
        height=TOP + 7 * STEP + 4,
        squares=tuple(_square(day, monday, counts.get(day), most, day in rest_days) for day in days),
        months=tuple(_months(days, monday)),
        weekdays=tuple(Label(0, TOP + place * STEP + 10.5, weekdays[place]) for place in (0, 2, 4, 6)),
    )


def _square(day: date, monday: date, count: DayCount | None, most: int, rest: bool) -> Square:
    x, y = LEFT + (day - monday).days // 7 * STEP, TOP + day.weekday() * STEP
    if count is None or not count.limits:
        return Square(x, y, 0, False, "rest" if rest else "none", "", "")
    shade = shade_of(count.missed or count.limits, most)
    return Square(x, y, shade, bool(count.missed), "missed" if count.missed else "kept", count.title, count.href)


def shade_of(count: int, most: int) -> int:
    """The shade of a number above 0 among numbers up to `most`: 1 to `SHADES`, each twice the one below."""
    shade = SHADES
    while shade > 1 and count * 2 <= most:
        shade -= 1
        count *= 2
    return shade


def _months(days: Sequence[date], monday: date) -> list[Label]:
    first = [day for place, day in enumerate(days) if day.day == 1 or place == 0]
    if len(first) > 1 and (first[1] - first[0]).days < 21:  # no room for the name of what is left of a month
        first = first[1:]
    return [Label(LEFT + (day - monday).days // 7 * STEP, 12, f"{day.month}/{day.year % 100:02}") for day in first]

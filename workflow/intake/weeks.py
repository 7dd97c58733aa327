"""Weeks of a month: "tuần 2 tháng 4/2026", "tuần cuối tháng 3"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import cache

from calendars.rules import Window
from workflow.intake.flowing import Part
from workflow.intake.lexicon import fold_phrase, vocabulary


def week_told(part: Part, year: int | None) -> Window | None:
    """The week that words name and nothing else; `year`: that of a month without one."""
    found = _shape().search(part.keys)
    return _week(found, year) if found is not None and found.group().strip() == part.keys.strip() else None


def weeks_in(part: Part, year: int | None) -> Iterator[tuple[Part, Window]]:
    """The weeks that a sentence names, each with its words, in order."""
    for found in _shape().finditer(part.keys):
        rule = _week(found, year)
        if rule is not None:
            first = part.first + part.keys[: found.start()].count(" ") - 1
            yield part.cut(first, first + found.group().count(" ") + 1), rule


@cache
def _shape() -> re.Pattern[str]:
    words = vocabulary("words")["weeks"]
    folded = {
        name: "|".join(fold_phrase(word) for word in words[name])
        for name in ("week", "nth", "of", "month", "year", "named")
    }
    day = r"(?P<month>\d\d?)(?: (?:/|, {year}|{year}) (?P<year>\d{{4}}))?(?= )"
    shape = rf"(?<= ){{week}} (?:{{nth}} )?(?P<n>\d|{folded['named']}) (?:, |{{of}} )?{{month}} {day}"
    return re.compile(shape.format(**{name: f"(?:{way})" for name, way in folded.items()}))


def _week(found: re.Match[str], year: int | None) -> Window | None:
    """Seven days counted from the first of the month, the last week up to the month's end."""
    told = int(found["year"]) if found["year"] else year
    if told is None or not 1 <= int(found["month"]) <= 12:
        return None
    names = {fold_phrase(word): n for word, n in vocabulary("words")["weeks"]["named"].items()}
    month, n = int(found["month"]), names.get(found["n"]) or int(found["n"])
    if not 1 <= n <= 5:
        return None
    last = monthrange(told, month)[1]
    first = min(7 * n - 6, 22) if n >= 4 else 7 * n - 6
    return Window(date(told, month, first), date(told, month, last if n >= 4 else 7 * n))

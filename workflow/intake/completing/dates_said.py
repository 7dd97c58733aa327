"""Findings about the dates of a document as they are written, whether or not they are limits."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from calendars.day_table import WEEKDAYS
from workflow.domain.lint_findings import Finding, Words
from workflow.domain.zone import shown
from workflow.intake.completing import sentences
from workflow.intake.completing.meetings import meeting_days
from workflow.intake.completing.readable import Readable, lines, readable
from workflow.intake.document import Document
from workflow.intake.draft import Draft

_DATE = (
    r"(?:(?<![\d/.\-])(?P<d>\d{1,2})\s?(?P<by>[/.\-])\s?(?P<m>\d{1,2})\s?(?P=by)\s?(?P<y>\d{4})(?![\d/]|\.\d)"
    r"|(?i:ngày)\s(?P<d2>\d{1,2})\s(?i:tháng)\s(?P<m2>\d{1,2})(?:\s(?i:năm)\s(?P<y2>\d{4}))?"
    r"|(?i:ngày)\s(?P<d3>\d{1,2})/(?P<m3>\d{1,2})(?![\d/.\-]))"
)
_WEEKDAY = r"(?P<weekday>(?i:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s?nhật)|CN|T[2-7])(?!\w)"
_HALF = r"(?i:sáng|chiều|tối|buổi)"
DATE = re.compile(_DATE)
_BEHIND = re.compile(_DATE + rf"\s?[,(]*\s?(?:{_HALF}\s)*" + _WEEKDAY + r"\)?")
_AHEAD = re.compile(r"(?<!lần )(?<!\w)" + _WEEKDAY + r"\s?[,(]?\s?(?i:ngày\s)?" + _DATE)
_NAMED = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "nhật": 6, "chủnhật": 6, "cn": 6}
_PLACE_AND_DATE = re.compile(
    r"^[^\W\d_][^.:;()\d]{1,60},\s*ngày\s*(?P<day>\d{1,2}|[.…_\s]*)\s*tháng\s*(?P<month>\d{1,2}|[.…_\s]*)\s*"
    r"năm\s*(?P<year>\d{4})\s*$"
)
_BLANK_DAY = re.compile(
    r"(?i:ngày)\s*(?:[.…_]+\s*|\s)(?:(?i:tháng)\s*\d{1,2}|/\s*\d{1,2})(?:\s*(?:(?i:năm)|/)\s*\d{4})?"
)
_CITED = re.compile(r"(?P<act>[^\W\d_][^.;:,]{0,40}?\ssố)\s*:?\s*(?P<number>\S*\d\S*?),?\s(?:ngày\s)?" + _DATE)
_IN_FRONT = 4000
"""How many letters from the beginning of a document its day of issue stands at the latest."""


def dates_said(draft: Draft, document: Document, text: Readable) -> Iterator[Finding]:
    """Weekdays that do not agree, dates that no calendar has, blanks, a banner and citations that contradict.

    `text`: the whole document, as patterns read it.
    """
    placed = list(_placed_dates(document.text))
    issue = next((each for each in placed if each.words.start < _IN_FRONT), None)
    yield from _weekdays(text, draft)
    yield from _impossible(text)
    if draft.issued_on is None and issue is not None and not issue.day:
        yield _about(sentences.ISSUE_DAY_BLANK.found(said=issue.words.text), issue.words)
    yield from _banners([each for each in placed if each is not issue], draft)
    yield from _cited_later(text, draft, issue)
    yield from _blanks(draft, placed)


def issue_bounds(draft: Draft, document: Document) -> tuple[date, date] | None:
    """The first and last day on which a document may have been issued, as far as its front tells."""
    if draft.issued_on is not None:
        return draft.issued_on, draft.issued_on
    placed = next((each for each in _placed_dates(document.text[:_IN_FRONT])), None)
    return None if placed is None else placed.bounds


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line such as "Hải An, ngày 13 tháng 7 năm 2023"; 0 stands for a blank."""

    words: Words
    day: int
    month: int
    year: int

    @property
    def bounds(self) -> tuple[date, date] | None:
        if not 1 <= self.year <= 9998 or self.month > 12:
            return None
        first, last = self.month or 1, self.month or 12
        if self.day and self.month:
            found = _real(self.day, self.month, self.year)
            return None if found is None else (found, found)
        return date(self.year, first, 1), date(self.year, last, monthrange(self.year, last)[1])


def _placed_dates(text: str) -> Iterator[_Placed]:
    for start, line in lines(text):
        if "20" not in line:
            continue
        found = readable(text, start, start + len(line))
        match = _PLACE_AND_DATE.match(found.text)
        if match is not None:
            day, month = _number(match["day"]), _number(match["month"])
            yield _Placed(found.words(match), day, month, int(match["year"]))


def _number(words: str) -> int:
    return int(words) if words.strip().isdigit() else 0


# ── weekdays and impossible dates ─────────────────────────────────────────────────────────────────────────────


def _weekdays(text: Readable, draft: Draft) -> Iterator[Finding]:
    year = _year_of(draft)
    told: set[int] = set()
    for pattern in (_BEHIND, _AHEAD):
        for match in pattern.finditer(text.text):
            on, said = date_in(match, year), _weekday_in(match)
            if on is None or said is None or on.weekday() == said or match.start("weekday") in told:
                continue
            told.add(match.start("weekday"))
            words = text.words(match)
            fields = {"said": words.text, "on": shown(on), "day": WEEKDAYS[on.weekday()].replace("Thứ", "thứ")}
            yield _about(sentences.WRONG_WEEKDAY.found(**fields), words)


def _weekday_in(match: re.Match[str]) -> int | None:
    last = match["weekday"].lower().split()[-1]
    return int(last[-1]) - 2 if last[-1].isdigit() else _NAMED.get(last)


def date_in(match: re.Match[str], year: int | None) -> date | None:
    """The date that a pattern found, in `year` when it has none of its own; None when there is no such day."""
    day, month, written = _parts(match)
    in_year = written or year
    return None if in_year is None else _real(day, month, in_year)


def _parts(match: re.Match[str]) -> tuple[int, int, int | None]:
    day = match["d"] or match["d2"] or match["d3"]
    month = match["m"] or match["m2"] or match["m3"]
    year = match["y"] or match["y2"]
    return int(day), int(month), int(year) if year else None


def _impossible(text: Readable) -> Iterator[Finding]:
    for match in DATE.finditer(text.text):
        day, month, year = _parts(match)
        if _real(day, month, year or 2024) is None:
            words = text.words(match)
            yield _about(sentences.NO_SUCH_DATE.found(said=words.text), words)


def _real(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_of(draft: Draft) -> int | None:
    """The one year that the plan is about."""
    days = meeting_days(draft)
    if days is not None:
        return days[0].year if days[0].year == days[1].year else None
    return draft.issued_on.year if draft.issued_on is not None else None


# ── blanks, banners, citations ────────────────────────────────────────────────────────────────────────────────


def _banners(placed: list[_Placed], draft: Draft) -> Iterator[Finding]:
    days = meeting_days(draft)
    if days is None:
        return
    for each in placed:
        bounds = each.bounds
        if bounds is not None and (bounds[1] < days[0] or days[1] < bounds[0]):
            day = shown(days[0]) if days[0] == days[1] else f"tháng {days[0].month}/{days[0].year}"
            yield _about(sentences.BANNER_AGAINST_MEETING.found(said=each.words.text, day=day), each.words)


def _cited_later(text: Readable, draft: Draft, issue: _Placed | None) -> Iterator[Finding]:
    """Documents cited with a date after that of the plan itself."""
    bounds = (draft.issued_on, draft.issued_on) if draft.issued_on is not None else issue and issue.bounds
    if not bounds or bounds[1] is None:
        return
    for match in _CITED.finditer(text.text):
        on = date_in(match, None)
        if on is not None and on > bounds[1]:
            words = text.between(match.start("act"), match.end())
            issued = shown(bounds[1]) if bounds[0] == bounds[1] else f"tháng {bounds[1].month}/{bounds[1].year}"
            yield _about(sentences.CITED_LATER.found(day=issued, said=words.text), words)


def _blanks(draft: Draft, placed: list[_Placed]) -> Iterator[Finding]:
    """Days left blank in the words of a step."""
    for step in draft.steps:
        for source in step.sources:
            match = _BLANK_DAY.search(source.text)
            known = any(each.words.start <= source.start < each.words.end for each in placed)
            if match is not None and not known:
                words = Words(source.start, source.end, source.text)
                yield _about(sentences.DAY_BLANK.found(step.key, said=match[0]), words)
                break


def _about(finding: Finding, words: Words) -> Finding:
    return replace(finding, source=words.text, words=words)

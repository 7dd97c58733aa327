"""Limits in the words of a plan: found with the grammar of wordings, given their year, put into the draft's shape."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Final

from calendars.grammar.cursor import Cursor
from calendars.grammar.dates import point
from calendars.grammar.fixed import dated_rule
from calendars.grammar.lexer import Kind, read
from calendars.rules import (
    After,
    Before,
    BeforeEvent,
    By,
    DaysBefore,
    FirstOf,
    Month,
    MonthlyWeekday,
    On,
    Quarter,
    Recurring,
    Rule,
    SameDay,
    Span,
    Vague,
    Window,
    Within,
    Yearly,
)
from calendars.wording import Found, WordingError, parse, parse_with_extension, scan
from workflow.intake.draft import DeadlineType, DraftDeadline, DraftExtension, Source
from workflow.intake.flowing import Part
from workflow.intake.lexicon import phrases, vocabulary, word_pattern
from workflow.intake.weeks import week_told, weeks_in

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONG_AGO: Final = timedelta(days=150)
_SHORT: Final = 8  # words of "trong vòng 03 (ba) ngày làm việc"
_BETWEEN: Final = re.compile(r",\s*([^,.;:()]{4,50}),")
_OVER: Final = timedelta(days=45)
_FIRMNESS: Final = (
    (Before, By, Within, DaysBefore),
    (On, Window, Span, Month, Quarter, Yearly),
    (Recurring, MonthlyWeekday, FirstOf),
    (SameDay,),
    (After, BeforeEvent),
    (Vague,),
)
_COUNTED: Final = (Within, DaysBefore, After, BeforeEvent, SameDay)
_MONTHS: Final = {"year": 12, "quarter": 3}


@dataclass(frozen=True)
class Years:
    """What tells the year of a date without one. `school`: the first year of a school year ("năm học 2023-2024")."""

    plan: int | None = None
    issued_on: date | None = None
    school: int | None = None

    def of(self, rule: Rule) -> int | None:
        """The year that a rule dated with the plan's year ought to have."""
        day = _first_day(rule)
        if day is None or self.plan is None:
            return None
        if self.school is not None:
            return self.school if day.month >= 8 else self.school + 1
        if self.issued_on is not None and self.issued_on - day > _LONG_AGO:
            return day.year + 1
        return None

    def past(self, rule: Rule) -> bool:
        """Whether a rule's days were over well before the plan was issued: a fact, not a limit."""
        day = _first_day(rule)
        if isinstance(rule, Window):
            day = rule.until
        if day is None:
            return False
        if self.issued_on is not None:
            return self.issued_on - day > _OVER
        return self.plan is not None and day.year < self.plan


@dataclass(frozen=True)
class Limit:
    """A limit that stands in a paragraph at [start, end) of its text."""

    start: int
    end: int
    wording: str
    rule: Rule
    cap: Rule | None = None
    extends: bool = False

    @property
    def rank(self) -> int:
        """How firm it is: 0 the firmest."""
        return next(rank for rank, kinds in enumerate(_FIRMNESS) if isinstance(self.rule, kinds))

    @property
    def vague(self) -> bool:
        """Whether no date can follow from it."""
        return isinstance(self.rule, Vague)

    @property
    def order(self) -> bool:
        """Whether it only says what comes first."""
        return isinstance(self.rule, After | BeforeEvent)


def limits_in(part: Part, years: Years) -> list[Limit]:
    """The limits that a part of a paragraph states, in order."""
    found = [_counted_behind(_limit(each, part, years), part) for each in scan(part.text, default_year=years.plan)]
    weeks = [
        Limit(words.start, words.end, words.text, rule)
        for words, rule in weeks_in(part, years.plan)
        if not any(each.start < words.end and words.start < each.end for each in found)
    ]
    return _together(sorted([*found, *weeks], key=lambda limit: limit.start))


def _counted_behind(limit: Limit, part: Part) -> Limit:
    """Sau khi kết thúc đối thoại, trong vòng 05 ngày làm việc, …: the number stands between commas."""
    if not isinstance(limit.rule, After):
        return limit
    found = _BETWEEN.match(part.flow.text[: part.end], limit.end)
    rule = _parsed(found.group(1), None) if found is not None else None
    if found is None or not isinstance(rule, Within) or rule.event:
        return limit
    text = part.flow.text[limit.start : found.end(1)]
    return replace(limit, end=found.end(1), wording=text, rule=replace(rule, event=limit.rule.event))


def _together(limits: list[Limit]) -> list[Limit]:
    """Sau khi kết thúc đối thoại chậm nhất 05 ngày làm việc: the event stands before a number that names none."""
    made: list[Limit] = []
    for limit in limits:
        before = made[-1] if made else None
        rule = limit.rule
        if (
            before
            and isinstance(before.rule, After)
            and isinstance(rule, Within)
            and not rule.event
            and limit.start - before.end <= 2
        ):
            told = replace(rule, event=before.rule.event)
            made[-1] = replace(limit, start=before.start, wording=f"{before.wording} {limit.wording}", rule=told)
        else:
            made.append(limit)
    return made


def _limit(found: Found, part: Part, years: Years) -> Limit:
    rule = _redated(found.text, found.rule, years)
    shorter = _before_next_verb(found.text)
    if isinstance(rule, _COUNTED) and shorter is not None and rule.event in found.text and found.cap is None:
        event = rule.event[: max(0, shorter - found.text.rfind(rule.event))].rstrip()
        if event:
            kept = replace(rule, event=event)
            return Limit(part.start + found.start, part.start + found.start + shorter, found.text[:shorter], kept)
    return Limit(part.start + found.start, part.start + found.end, found.text, rule, found.cap, found.extends)


def _before_next_verb(text: str) -> int | None:
    """Where "và" stands with a verb behind it, or the meeting is named and something is sent: the event ends there."""
    source = read(text)
    named = False
    for at in range(1, len(source.tokens) - 2):
        named = named or phrases("meeting_names").match(source.tokens, at - 1) is not None
        if named and phrases("leaving").match(source.tokens, at):
            return source.tokens[at - 1].to
        if phrases("joining").match(source.tokens, at) and phrases("verbs").match(source.tokens, at + 1):
            return source.tokens[at - 1].to
    return None


def _redated(text: str, rule: Rule, years: Years) -> Rule:
    """The rule in the year that it ought to have, when its words name none."""
    year = None if _YEAR.search(text) else years.of(rule)
    if year is None:
        return rule
    again = scan(text, default_year=year)
    if again:
        return again[0].rule
    return _parsed(text, year) or rule


def stated(part: Part, years: Years) -> Limit | None:
    """The limit that a cell, a heading or the value of a line states."""
    bare = part.trimmed(",;:.()-–* ")
    if bare.empty:
        return None
    rule = week_told(bare, years.plan) or _parsed(bare.text, years.plan)
    goes_on = isinstance(rule, _COUNTED) and _before_next_verb(bare.text) is not None
    if rule is not None and not goes_on:
        return Limit(bare.start, bare.end, bare.text, _redated(bare.text, rule, years))
    found = [limit for limit in limits_in(bare, years) if not limit.vague]
    if found:
        return min(found, key=lambda limit: limit.rank)
    return first_point(bare, years)


def days_alone(part: Part) -> Limit | None:
    """So many days at the end of a clause, from an event that it does not name: "… công khai trong vòng 3 ngày."."""
    tokens, last = part.flow.tokens, part.trimmed().last
    for at in range(max(part.first, last - _SHORT), last):
        if not phrases("inside").match(tokens, at):
            continue
        words = part.cut(at, last)
        lasting = phrases("inside").match(tokens, at) == (1, True) and word_pattern("lasting").search(part.keys)
        rule = None if lasting else _parsed(words.text, None)
        return Limit(words.start, words.end, words.text, rule) if isinstance(rule, Within) and not rule.event else None
    return None


def _parsed(text: str, year: int | None) -> Rule | None:
    try:
        rule = parse(text, default_year=year)
    except WordingError:
        return None
    return None if isinstance(rule, Vague) else rule


def first_point(part: Part, years: Years, *, prose: bool = False) -> Limit | None:
    """The first day, month or quarter that the words name; `prose`: the words are a sentence, where 2/3 is no day."""
    source = read(part.text)
    for at, token in enumerate(source.tokens[:-1]):
        if token.kind is Kind.NUMBER and at and source.tokens[at - 1].key in "/.-":
            continue
        cursor = Cursor(source, default_year=years.plan, prose=prose)
        cursor.pos = at
        try:
            found = point(cursor)
            rule = None if found is None or not found.named else dated_rule(cursor, found, "on")
        except (WordingError, ValueError):
            continue
        if rule is not None:
            text = source.between(at, cursor.pos)
            end = source.tokens[cursor.pos - 1].to
            return Limit(part.start + token.at, part.start + end, text, _redated(text, rule, years))
    return None


def firmest(limits: list[Limit]) -> Limit | None:
    """The limit that counts among those of one clause: the firmest, then the last."""
    dated = [limit for limit in limits if not limit.vague and not limit.extends]
    return min(dated, key=lambda limit: (limit.rank, -limit.start), default=None)


def cap_behind(limit: Limit, text: str) -> Rule | None:
    """The longer total that the words behind a limit allow, in `text` from the limit on."""
    if limit.cap is not None or not isinstance(limit.rule, Within):
        return limit.cap
    try:
        _, cap = parse_with_extension(text)
    except WordingError:
        return None
    return cap


# ── the draft's shape ─────────────────────────────────────────────────────────────────────────────────────────


def drafted(limit: Limit, source: Source, *, inherited_from: str | None = None) -> DraftDeadline | None:
    """The limit as the draft keeps it; None for a vague one. Its rule still names its event in the document's words."""
    made = _shape(limit)
    if made is None:
        return None
    return replace(made, source=source, inherited_from=inherited_from, extension=extension(limit.cap, made.anchor))


def extension(cap: Rule | None, anchor: str | None) -> DraftExtension | None:
    """The longer limit as the draft keeps it."""
    return DraftExtension(cap.n, str(cap.unit), anchor, None, cap) if isinstance(cap, Within) else None


def _shape(limit: Limit) -> DraftDeadline | None:
    rule, words = limit.rule, limit.wording
    while isinstance(rule, FirstOf):
        rule = rule.rules[0]
    match rule:
        case Before(day):
            return DraftDeadline(DeadlineType.BEFORE_DATE, words, day.isoformat(), rule=limit.rule)
        case By(day, clock):
            return DraftDeadline(DeadlineType.BY_DATE, words, day.isoformat(), time=clock, rule=limit.rule)
        case On(day, clock, tentative):
            return DraftDeadline(
                DeadlineType.ON_DATE, words, day.isoformat(), time=clock, tentative=tentative, rule=rule
            )
        case Month(year, month, tentative):
            return DraftDeadline(DeadlineType.MONTH, words, f"{year}-{month:02}", tentative=tentative, rule=rule)
        case Quarter() | Window() | Span():
            return _window(rule, words)
        case Yearly(month, day, included):
            return DraftDeadline(
                DeadlineType.BY_DATE if included else DeadlineType.BEFORE_DATE,
                words,
                f"{month:02}-{day:02}",
                yearly=True,
                rule=rule,
            )
        case _:
            return _counted(rule, words)


def _window(rule: Quarter | Window | Span, words: str) -> DraftDeadline:
    if isinstance(rule, Span):
        since, until = (end.isoformat() if isinstance(end, date) else None for end in (rule.since, rule.until))
        event = next((end for end in (rule.until, rule.since) if isinstance(end, str)), None)
        return DraftDeadline(DeadlineType.WINDOW, words, since, until, anchor=event, rule=rule)
    if isinstance(rule, Quarter):
        last = rule.quarter * 3
        first, end = date(rule.year, last - 2, 1), date(rule.year, last, monthrange(rule.year, last)[1])
    else:
        first, end = rule.since, rule.until
    clock = rule.clock if isinstance(rule, Window) else None
    return DraftDeadline(DeadlineType.WINDOW, words, first.isoformat(), end.isoformat(), time=clock, rule=rule)


def _counted(rule: Rule, words: str) -> DraftDeadline | None:
    match rule:
        case Within(n, unit, event, floor):
            anchor = _as_written(words, event)
            return DraftDeadline(
                DeadlineType.WITHIN_DAYS_AFTER, words, n=n, unit=str(unit), anchor=anchor, minimum=floor, rule=rule
            )
        case DaysBefore(n, unit, event):
            return DraftDeadline(
                DeadlineType.DAYS_BEFORE, words, n=n, unit=str(unit), anchor=_as_written(words, event), rule=rule
            )
        case SameDay(event) | After(event):
            return DraftDeadline(DeadlineType.WITHIN_DAYS_AFTER, words, anchor=_as_written(words, event), rule=rule)
        case BeforeEvent(event):
            return DraftDeadline(DeadlineType.DAYS_BEFORE, words, anchor=_as_written(words, event), rule=rule)
        case Recurring(every, unit):
            months = _MONTHS.get(str(unit))
            told = (every * months, "month") if months else (every, str(unit))
            return DraftDeadline(DeadlineType.RECURRING, words, n=told[0], unit=told[1], rule=rule)
        case MonthlyWeekday():
            return DraftDeadline(DeadlineType.RECURRING, words, n=1, unit="month", rule=rule)
        case _:
            return None


@cache
def _lead() -> tuple[str, ...]:
    return tuple(vocabulary("words")["event_leads"])


def _as_written(words: str, event: str) -> str | None:
    """The event with the "ngày" or "khi" that leads to it, as the document writes it."""
    at = words.rfind(event) if event else -1
    if at < 0:
        return event or None
    for lead in _lead():
        if words[:at].lower().endswith(f"{lead} "):
            return words[at - len(lead) - 1 :][: len(lead) + 1 + len(event)]
    return event


def _first_day(rule: Rule) -> date | None:
    match rule:
        case Before(day) | By(day) | On(day):
            return day
        case Window(since):
            return since
        case Month(year, month):
            return date(year, month, 1)
        case Yearly():
            return None
        case _:
            return None

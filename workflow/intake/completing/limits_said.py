"""Findings about the limits of a draft against the words that they were read from, and against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from calendars.rules import MEETING, Before, By, DaysBefore, FirstOf, LastOf, On, Rule, Unit, Window, events_of
from calendars.wording import Found, Remark, scan
from workflow.domain.definition import START_EVENT
from workflow.domain.lint_case import fixed_day
from workflow.domain.lint_findings import Finding, Words
from workflow.domain.zone import shown
from workflow.intake.completing import sentences
from workflow.intake.completing.dates_said import DATE, date_in
from workflow.intake.completing.meetings import meeting_days
from workflow.intake.completing.readable import Readable, plain, quoted
from workflow.intake.completing.sections import Section, Sections
from workflow.intake.document import Document
from workflow.intake.draft import Draft, DraftStep, Source

_ONE_DAY = timedelta(days=1)
_PHASE_WORDS = 60
_BESIDE = 30
"""Letters behind the words of an event within which its date stands."""
_MEETINGS = ("hội nghị", "đối thoại", "tổ chức", "diễn đàn", "khai mạc", "buổi", "cuộc", "họp")
_CLOSE = 6
"""Letters between two limits of one act: a comma, "và"."""


def limits_said(draft: Draft, document: Document, text: Readable, sections: Sections) -> Iterator[Finding]:
    """Years and numbers that are wanting or do not agree, limits stated twice and otherwise, events that are no step.

    `text`: the whole document, as patterns read it.
    """
    spans = windows_of(sections)
    for step in draft.steps:
        stated = [(source, found) for source in _sources(step) for found in _limits_in(source, document)]
        yield from _remarked(step, stated)
        yield from _year_wanting_in_front(step, stated)
        yield from _restated_otherwise(step, stated)
        yield from _not_so_many_days(step, stated, draft, text)
        yield from _mixed(step, stated)
        yield from _unknown_events(step, draft)
        yield from _outside_its_phase(step, spans)


def windows_of(sections: Sections) -> tuple[tuple[Section, Window], ...]:
    """The sections whose headings name a stretch of time."""
    found = []
    for section in sections.all:
        rules = [each.rule for each in scan(section.title)] if any(map(str.isdigit, section.title)) else []
        windows = [rule for rule in rules if isinstance(rule, Window)]
        if len(windows) == 1:
            found.append((section, windows[0]))
    return tuple(found)


def _sources(step: DraftStep) -> list[Source]:
    """Where a step and its limit stand; none inside another."""
    deadline = step.deadline.source if step.deadline is not None else None
    sources = list(step.sources)
    if deadline is not None and not any(each.start <= deadline.start < each.end for each in sources):
        sources.append(deadline)
    return sources


def _limits_in(source: Source, document: Document) -> list[Found]:
    """The limits in the words of a source; places are in the document."""
    if not any(map(str.isdigit, source.text)):
        return []
    found = scan(document.text[source.start : source.end])
    return [replace(each, start=each.start + source.start, end=each.end + source.start) for each in found]


# ── remarks on the words ──────────────────────────────────────────────────────────────────────────────────────


def _remarked(step: DraftStep, stated: list[tuple[Source, Found]]) -> Iterator[Finding]:
    for _, found in stated:
        for remark in found.remarks:
            finding = _finding_for(remark, step, found)
            if finding is not None:
                yield replace(finding, source=found.text, words=Words(found.start, found.end, found.text))


def _year_wanting_in_front(step: DraftStep, stated: list[tuple[Source, Found]]) -> Iterator[Finding]:
    """15/4, 8h00: đối thoại tại …: a day without a year right in front of what is done then."""
    deadline = step.deadline
    source = deadline.source if deadline is not None else None
    day = fixed_day(deadline.rule) if deadline is not None else None
    if source is None or day is None or not step.sources or not 0 < step.sources[0].start - source.end <= _CLOSE:
        return
    told = any(remark.code == "missing_year" for _, found in stated for remark in found.remarks)
    if not told and str(day.year) not in source.text and f"{day.day}" in source.text:
        finding = sentences.YEAR_NOT_WRITTEN.found(step.key, said=source.text, on=shown(day))
        yield replace(finding, source=source.text, words=_words(source))


def _finding_for(remark: Remark, step: DraftStep, found: Found) -> Finding | None:
    """What a remark of the grammar comes to for a step; weekdays and impossible dates are told of the whole document."""
    if remark.code == "missing_year":
        day = fixed_day(step.deadline.rule) if step.deadline is not None else None
        if day is None:
            return sentences.YEAR_UNKNOWN.found(step.key, said=found.text)
        return sentences.YEAR_NOT_WRITTEN.found(step.key, said=found.text, on=shown(day))
    if remark.code == "number_word_mismatch":
        return sentences.NUMBER_AGAINST_WORDS.found(step.key, said=found.text)
    return None


def _mixed(step: DraftStep, stated: list[tuple[Source, Found]]) -> Iterator[Finding]:
    """ "Trước 15 ngày kể từ ngày …"."""
    for _, found in stated:
        if isinstance(found.rule, DaysBefore) and "kể từ" in plain(found.text):
            words = Words(found.start, found.end, found.text)
            finding = sentences.BEFORE_AND_SINCE.found(step.key, said=quoted(found.text), n=found.rule.n)
            yield replace(finding, source=found.text, words=words)


# ── stated twice ──────────────────────────────────────────────────────────────────────────────────────────────


def _restated_otherwise(step: DraftStep, stated: list[tuple[Source, Found]]) -> Iterator[Finding]:
    """One step whose sources name different days: "trước ngày 20" beside "chậm nhất ngày 19" is the same day."""
    places = {source.start for source in step.sources}
    dated = [(found, day) for source, found in stated if source.start in places and (day := last_day(found.rule))]
    by_source = [(found, day) for found, day in dated if not isinstance(found.rule, Window)]
    for (first, day), (second, other) in pairwise(by_source):
        if day != other and not _of_two_acts(first, second, step):
            yield _otherwise(step, first, second)
            return


def _of_two_acts(first: Found, second: Found, step: DraftStep) -> bool:
    """Whether two limits stand in one source with words between them, so that they may be limits of two acts."""
    for source in step.sources:
        if source.start <= first.start and second.start < source.end:
            return second.start - first.end > _CLOSE
    return False


def _otherwise(step: DraftStep, first: Found, second: Found) -> Finding:
    finding = sentences.SAID_WITH_ANOTHER_DATE.found(step.key, step=step.name, first=first.text, second=second.text)
    return replace(finding, source=second.text, words=Words(second.start, second.end, second.text))


def last_day(rule: Rule | None) -> date | None:
    """The last day that a rule with a date of its own allows."""
    if isinstance(rule, Before):
        return rule.day - _ONE_DAY
    if isinstance(rule, FirstOf | LastOf):
        days = [day for each in rule.rules if (day := last_day(each)) is not None]
        return days[0] if len(days) == 1 else None
    return fixed_day(rule)


def _not_so_many_days(
    step: DraftStep, stated: list[tuple[Source, Found]], draft: Draft, text: Readable
) -> Iterator[Finding]:
    """ "Chậm nhất ngày 08/02 (trước ngày bầu cử 35 ngày)": whether the days come to the date."""
    for _, found in stated:
        if not isinstance(found.rule, FirstOf | LastOf):
            continue
        days = [rule.day for rule in found.rule.rules if isinstance(rule, By | On)]
        counted = [rule for rule in found.rule.rules if isinstance(rule, DaysBefore) and rule.unit is Unit.DAY]
        if len(days) != 1 or len(counted) != 1:
            continue
        event_on = _event_day(counted[0].event, draft, text)
        if event_on is not None:
            wanted = event_on - timedelta(days=counted[0].n)
            if wanted != days[0]:
                yield _miscounted(step, found, counted[0].n, wanted, days[0], event_on)


def _event_day(event: str, draft: Draft, text: Readable) -> date | None:
    """The day of an event: the meeting's, or the one that stands right behind its words somewhere in the document."""
    days = meeting_days(draft)
    if plain(event).startswith(_MEETINGS) or event in (MEETING, ""):
        return days[0] if days is not None and days[0] == days[1] else None
    for match in re.finditer(re.escape(event), text.text, re.IGNORECASE):
        found = DATE.search(text.text, match.end(), match.end() + _BESIDE)
        if found is not None:
            return date_in(found, days[0].year if days is not None else None)
    return None


def _miscounted(step: DraftStep, found: Found, n: int, wanted: date, on: date, event_on: date) -> Finding:
    finding = sentences.NOT_SO_MANY_DAYS.found(
        step.key, said=found.text, n=n, event_on=shown(event_on), counted=shown(wanted), on=shown(on)
    )
    return replace(finding, source=found.text, words=Words(found.start, found.end, found.text))


# ── events and phases ─────────────────────────────────────────────────────────────────────────────────────────


def _unknown_events(step: DraftStep, draft: Draft) -> Iterator[Finding]:
    deadline = step.deadline
    if deadline is None or deadline.anchor is None:
        return
    keys = {each.key for each in draft.steps} | {MEETING, START_EVENT, ""}
    if deadline.rule is None or not events_of(deadline.rule) <= keys:
        finding = sentences.EVENT_IS_NO_STEP.found(step.key, step=step.name, wording=quoted(deadline.wording))
        place = deadline.source or (step.sources[0] if step.sources else None)
        words = None if place is None else Words(place.start, place.end, place.text)
        yield replace(finding, source=deadline.wording, words=words)


def _outside_its_phase(step: DraftStep, spans: tuple[tuple[Section, Window], ...]) -> Iterator[Finding]:
    day = last_day(step.deadline.rule) if step.deadline is not None else None
    if day is None or not step.sources:
        return
    start = step.sources[0].start
    for section, window in spans:
        inside = section.start <= start < section.end
        if inside and not window.since <= day <= window.until:
            fields = {"since": shown(window.since), "until": shown(window.until), "due": shown(day)}
            section_words = quoted(section.words.text, _PHASE_WORDS)
            finding = sentences.OUTSIDE_ITS_PHASE.found(step.key, step=step.name, section=section_words, **fields)
            yield replace(finding, source=step.sources[0].text, words=_words(step.sources[0]))
            return


def _words(source: Source) -> Words:
    return Words(source.start, source.end, source.text)

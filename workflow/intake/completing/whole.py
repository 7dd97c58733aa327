"""A draft made whole: its order, what the law adds, the latest safe days, and everything that there is to say of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from calendars.working_calendar import WorkingCalendar
from workflow.domain.lint import lint
from workflow.domain.lint_findings import (
    LAW_LIMIT_NOT_STATED,
    NO_DATE_IN_WORDS,
    ONLY_MEETING_DATED,
    Finding,
    FindingCode,
    Words,
)
from workflow.intake.completing.acts_cited import acts_cited
from workflow.intake.completing.backward import latest_safe, undated
from workflow.intake.completing.dates_said import dates_said, issue_bounds
from workflow.intake.completing.gaps import by_law, filled, meeting_on
from workflow.intake.completing.limits_said import limits_said
from workflow.intake.completing.numbering import numbering
from workflow.intake.completing.ordering import Ordering, edges_of
from workflow.intake.completing.owners_said import owners_said
from workflow.intake.completing.readable import readable
from workflow.intake.completing.sections import Sections, sections_of
from workflow.intake.completing.stated import as_stated
from workflow.intake.defining import definition_of
from workflow.intake.document import Document
from workflow.intake.draft import Draft, DraftStep, Edge

_WHY_UNDATED = frozenset({FindingCode.INVALID_DATE, FindingCode.MISSING_YEAR})


def complete(draft: Draft, document: Document, calendar: WorkingCalendar, *, today: date | None = None) -> Draft:
    """The draft with its edges, its proposals, its schedule and its findings; what the document states stays as it is.

    Proposed steps stand last; a limit that is proposed for a step of the document stands in its `proposed.limit`.
    `today` adds what has passed. Never raises for what a document says.
    """
    draft, sections = as_stated(draft), sections_of(document)
    ordering = Ordering(draft, sections)
    stated = replace(draft, edges=edges_of(ordering))
    whole = filled(stated, ordering.places, today)
    draft = replace(whole.draft, edges=_edges(whole.draft, sections))
    bounds = issue_bounds(draft, document)
    plan = definition_of(draft)
    draft = replace(draft, schedule=latest_safe(draft, plan, calendar, bounds[0] if bounds is not None else today))
    said = [
        *_prose(stated, document, sections),
        *lint(definition_of(stated), calendar, today=today),
        *whole.findings,
    ]
    told = {key for each in said if each.template == LAW_LIMIT_NOT_STATED.template for key in each.steps}
    if not any(finding.template == ONLY_MEETING_DATED.template for finding in said):
        said += undated(draft, plan, told)
    return replace(draft, findings=tuple(_in_order(_once(_with_steps(said, draft)), draft)))


def _edges(draft: Draft, sections: Sections) -> tuple[Edge, ...]:
    return tuple(by_law(edge, draft) for edge in edges_of(Ordering(draft, sections)))


def _prose(draft: Draft, document: Document, sections: Sections) -> Iterator[Finding]:
    text = readable(document.text)
    yield from numbering(sections)
    yield from dates_said(draft, document, text)
    yield from limits_said(draft, document, sections)
    yield from owners_said(draft)
    yield from acts_cited(text, meeting_on(draft))


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each thing once: of two findings of one code about the same steps, or on the same words, the first.

    That a limit has no date is not said where it is said why.
    """
    findings = list(findings)
    wrong = {key for finding in findings if finding.code in _WHY_UNDATED for key in finding.steps}
    told: set[tuple[object, ...]] = set()
    for finding in findings:
        about = (finding.code, frozenset(finding.steps)) if finding.steps else (finding.code, finding.words)
        on_words = (finding.code, finding.words)
        explained = finding.template == NO_DATE_IN_WORDS.template and any(key in wrong for key in finding.steps)
        if explained or about in told or (finding.words is not None and on_words in told):
            continue
        told |= {about, on_words} if finding.words is not None else {about}
        yield finding


def _in_order(findings: Iterable[Finding], draft: Draft) -> list[Finding]:
    """With the words that each is about, in the order of the document; what concerns no words comes last."""
    by_key = {step.key: step for step in draft.steps}
    placed = [_on_words(finding, by_key) for finding in findings]
    last = max((source.end for step in draft.steps for source in step.sources), default=0) + 1
    return sorted(placed, key=lambda finding: (finding.words.start if finding.words else last, finding.code))


def _with_steps(findings: Iterable[Finding], draft: Draft) -> Iterator[Finding]:
    """Findings on words that lie within those of one step are about that step."""
    spans = sorted((source.start, source.end, step.key) for step in draft.steps for source in step.sources)
    starts = [start for start, _, _ in spans]
    for finding in findings:
        words = finding.words
        at = bisect_right(starts, words.start) - 1 if words is not None and not finding.steps else -1
        inside = at >= 0 and words is not None and words.end <= spans[at][1]
        yield replace(finding, steps=(spans[at][2],)) if inside else finding


def _on_words(finding: Finding, steps: dict[str, DraftStep]) -> Finding:
    """A finding of the linter with the words of the last step that it names."""
    if finding.words is not None:
        return finding
    for key in reversed(finding.steps):
        step = steps.get(key)
        limit = step.deadline.source if step is not None and step.deadline is not None else None
        source = limit or (step.sources[0] if step is not None and step.sources else None)
        if source is not None:
            return replace(finding, words=Words(source.start, source.end, source.text))
    return finding

"""A draft made whole: its order, what the law adds, the latest safe days, and everything that there is to say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from calendars.working_calendar import WorkingCalendar
from workflow.domain.definition import PlanDefinition
from workflow.domain.lint import lint
from workflow.domain.lint_findings import (
    LAW_LIMIT_NOT_STATED,
    ONLY_MEETING_DATED,
    Finding,
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
from workflow.intake.completing.telling import told
from workflow.intake.defining import definition_of
from workflow.intake.document import Document
from workflow.intake.draft import Draft, Edge


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
    linted = lint(definition_of(stated), calendar, today=today)
    added = [*whole.findings, *_undated(draft, plan, linted)]
    return replace(draft, findings=told(draft, _prose(stated, document, sections), linted, added))


def _undated(draft: Draft, plan: PlanDefinition, linted: Iterable[Finding]) -> Iterator[Finding]:
    """What has no limit, unless nothing but the meeting has one; what the law wants dated has been told."""
    linted = list(linted)
    if not any(finding.template == ONLY_MEETING_DATED.template for finding in linted):
        by_law = [finding.steps for finding in linted if finding.template == LAW_LIMIT_NOT_STATED.template]
        yield from undated(draft, plan, {key for steps in by_law for key in steps})


def _edges(draft: Draft, sections: Sections) -> tuple[Edge, ...]:
    return tuple(by_law(edge, draft) for edge in edges_of(Ordering(draft, sections)))


def _prose(draft: Draft, document: Document, sections: Sections) -> Iterator[Finding]:
    text = readable(document.text)
    yield from numbering(sections)
    yield from dates_said(draft, document, text)
    yield from limits_said(draft, document, text, sections)
    yield from owners_said(draft)
    yield from acts_cited(text, meeting_on(draft))

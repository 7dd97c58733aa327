"""Drafts for tests: steps written as lines of a document, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from calendars import vietnam_office
from calendars.rules import DaysBefore, On, Unit, Within
from calendars.wording import parse
from workflow.domain.definition import PlanKind, StepKind
from workflow.intake.completing import complete
from workflow.intake.completing.ordering import Ordering, edges_of
from workflow.intake.completing.sections import sections_of
from workflow.intake.document import Document
from workflow.intake.draft import DeadlineType, Draft, DraftDeadline, DraftMeeting, DraftStep, Edge, Source

MAY_15 = DraftMeeting(on=date(2026, 5, 15))
HELD = "Thời gian: 8h00 ngày 15/5/2026"


def limit(wording: str, *, anchor: str | None = None) -> DraftDeadline:
    """A limit as it is worded; its event is a step's key or "meeting"."""
    rule = parse(wording)
    day = getattr(rule, "day", None)
    counted = isinstance(rule, Within | DaysBefore)
    return DraftDeadline(
        type=DeadlineType.WITHIN_DAYS_AFTER if counted else DeadlineType.BEFORE_DATE,
        wording=wording,
        date=None if day is None else day.isoformat(),
        n=rule.n if isinstance(rule, Within | DaysBefore) else None,
        unit=Unit.DAY.value if counted else None,
        anchor=anchor,
        rule=rule,
    )


def step(key: str, kind: StepKind, words: str = "", due: str | None = None, **more: Any) -> DraftStep:
    """A step whose words are a line of the document; `due` is a wording."""
    fields = {"name": words or f"Việc {key}", "owner": f"Đơn vị {key}", **more}
    source = Source(0, 0, words or f"Việc {key}")
    deadline = None if due is None else limit(due)
    return DraftStep(key, kind, sources=(source,), deadline=fields.pop("deadline", deadline), **fields)


def meeting(key: str = "held", words: str = HELD) -> DraftStep:
    """The plan's own meeting, on 15 May 2026."""
    day = DraftDeadline(DeadlineType.ON_DATE, words, "2026-05-15", rule=On(date(2026, 5, 15)))
    return step(key, StepKind.HOLD_MEETING, words, name="Hội nghị", deadline=day)


def document(*lines: str) -> Document:
    """A text with these lines."""
    return Document("\n".join(lines) + "\n", (), "txt")


def placed(draft: Draft, page: Document) -> Draft:
    """The draft with every source where its words stand in the document; words that stand nowhere at its end."""
    return replace(draft, steps=tuple(_placed(each, page.text) for each in draft.steps))


def _placed(step: DraftStep, text: str) -> DraftStep:
    sources = []
    for source in step.sources:
        at = text.find(source.text)
        start = at if at >= 0 else len(text) - 1
        sources.append(replace(source, start=start, end=start + (len(source.text) if at >= 0 else 0)))
    return replace(step, sources=tuple(sources))


def draft(*steps: DraftStep, kind: PlanKind = PlanKind.DIALOGUE, **more: Any) -> Draft:
    """A dialogue of a province's office, to which no law of communes applies."""
    fields = {"title": "Đối thoại với giáo viên", "organization": "UBND tỉnh A", "meeting": MAY_15, **more}
    return Draft(kind=kind, steps=steps, **fields)


def page_of(found: Draft) -> Document:
    """A document that holds the words of a draft's steps, a line for each."""
    return document(*(source.text for each in found.steps for source in each.sources))


def edges(*steps: DraftStep, page: Document | None = None, **more: Any) -> tuple[Edge, ...]:
    """The edges of a draft with these steps."""
    found = draft(*steps, **more)
    page = page or page_of(found)
    return edges_of(Ordering(placed(found, page), sections_of(page)))


def order(*steps: DraftStep, **more: Any) -> set[str]:
    """ "a→b" for each edge."""
    return {f"{edge.before}→{edge.after}" for edge in edges(*steps, **more)}


def whole(*steps: DraftStep, page: Document | None = None, today: date | None = None, **more: Any) -> Draft:
    """The draft with everything added."""
    found = draft(*steps, **more)
    page = page or page_of(found)
    return complete(placed(found, page), page, vietnam_office(), today=today)


def told(found: Draft, *codes: str) -> list[tuple[str, tuple[str, ...]]]:
    """(code, steps) of the findings with these codes."""
    return [(each.code.value, each.steps) for each in found.findings if each.code.value in codes]

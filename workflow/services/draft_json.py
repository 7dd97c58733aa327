"""A draft as the JSON of `doithoai read`: keys are added over time, never renamed. Days are `date` values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from calendars.rules import Due
from calendars.wording import format_rule
from workflow.domain.lint_findings import Finding
from workflow.intake.draft import Draft, DraftDeadline, DraftExtension, DraftMeeting, DraftStep, Source
from workflow.language import Language, finding_sentence, retell

EVERY_YEAR = {"n": 12, "unit": "month"}


def draft_json(draft: Draft, limits: Mapping[str, Due | None], language: Language = "vi") -> dict[str, Any]:
    """The whole draft. `limits`: the computed limit of each step by its key, None where none can be computed."""
    return {
        "title": draft.title,
        "kind": draft.kind.value,
        "organization": draft.organization,
        "document_number": draft.document_number,
        "issued_on": draft.issued_on,
        "chair": draft.chair,
        "meeting": _meeting(draft.meeting),
        "units": [{"name": unit.name, "short": list(unit.short)} for unit in draft.units],
        "steps": [_step(step, draft, limits.get(step.key), language) for step in draft.steps],
        "schedule": [
            {"step": each.step, "on": each.on, "slack": each.slack, "critical": each.critical}
            for each in draft.schedule
        ],
        "findings": [finding_json(finding, language) for finding in draft.findings],
    }


def json_text(value: object) -> str:
    """A value as JSON for a file: days in ISO form."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def finding_json(finding: Finding, language: Language) -> dict[str, Any]:
    """What the linter says of something."""
    words = finding.words
    return {
        "code": finding.code.value,
        "severity": finding.severity.value,
        "message": finding_sentence(finding, language),
        "steps": list(finding.steps),
        "source": finding.source,
        "words": None if words is None else {"start": words.start, "end": words.end, "text": words.text},
    }


def _meeting(meeting: DraftMeeting) -> dict[str, Any]:
    return {
        "on": meeting.on,
        "at": None if meeting.at is None else f"{meeting.at:%H:%M}",
        "month": None if meeting.month is None else "{:04d}-{:02d}".format(*meeting.month),
        "place": meeting.place,
        "tentative": meeting.tentative,
        "source": _source(meeting.source),
    }


def _step(step: DraftStep, draft: Draft, limit: Due | None, language: Language) -> dict[str, Any]:
    return {
        "key": step.key,
        "kind": step.kind.value,
        "name": step.name,
        "owner": step.owner,
        "coordinating": list(step.coordinating),
        "recipient": step.recipient,
        "product": step.product,
        "after": list(draft.after(step.key)),
        "deadline": _deadline(step.deadline),
        "reference": step.reference,
        "due_on": limit.due_on if limit else None,
        "safe_on": limit.safe_on if limit else None,
        "projected": limit.projected if limit else False,
        "readings": _readings(limit),
        "in_meeting": step.in_meeting,
        "for_each": step.for_each.value if step.for_each else None,
        "proposed": _proposed(step, language),
        "sources": [_source(source) for source in step.sources],
        "owner_source": _source(step.owner_source),
        "edges": [
            {
                "after": edge.before,
                "reason": edge.reason.value,
                "why": retell(edge.why, language),
                "words": edge.words,
            }
            for edge in draft.edges
            if edge.after == step.key
        ],
    }


def _readings(limit: Due | None) -> list[dict[str, Any]]:
    """The readings of a limit that the law leaves open, where they come to different days."""
    readings = limit.readings if limit is not None else ()
    if len({each.due_on for each in readings}) < 2:
        return []
    return [{"name": each.name, "due_on": each.due_on, "chosen": each.chosen} for each in readings]


def _proposed(step: DraftStep, language: Language) -> dict[str, Any] | None:
    proposal = step.proposed
    if proposal is None:
        return None
    law, scope = retell(proposal.law, language), retell(proposal.scope, language)
    return {
        "what": "limit" if step.sources else "step",
        "law": law,
        "cite": proposal.cite,
        "scope": scope,
        "deadline": _deadline(proposal.limit),
    }


def _source(source: Source | None) -> dict[str, Any] | None:
    if source is None:
        return None
    return {"start": source.start, "end": source.end, "text": source.text, "restates": source.restates}


def _deadline(deadline: DraftDeadline | None) -> dict[str, Any] | None:
    if deadline is None:
        return None
    return {
        "type": deadline.type.value,
        "date": deadline.date,
        "end_date": deadline.end_date,
        "n": deadline.n,
        "unit": deadline.unit,
        "anchor": deadline.anchor,
        "extension": _extension(deadline.extension),
        "minimum": deadline.minimum,
        "tentative": deadline.tentative,
        "recurring": EVERY_YEAR if deadline.yearly else None,
        "time": None if deadline.time is None else f"{deadline.time:%H:%M}",
        "weekday": deadline.weekday,
        "inherited_from": deadline.inherited_from,
        "wording": deadline.wording,
        "rule": None if deadline.rule is None else format_rule(deadline.rule),
        "source": _source(deadline.source),
    }


def _extension(extension: DraftExtension | None) -> dict[str, Any] | None:
    if extension is None:
        return None
    return {
        "n": extension.n,
        "unit": extension.unit,
        "anchor": extension.anchor,
        "condition": extension.condition,
        "mode": "total_not_added",
        "rule": None if extension.rule is None else format_rule(extension.rule),
        "source": _source(extension.source),
    }

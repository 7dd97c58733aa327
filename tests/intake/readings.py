"""A reading to be scored: the JSON of `doithoai read`, or a draft turned into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.intake.folding import Span, size
from tests.intake.labels import Labels
from workflow.intake.draft import Draft, DraftDeadline, DraftStep, Source

Json = Mapping[str, Any]


@dataclass(frozen=True)
class ReadStep:
    """One step of a reading. `sources`: where its words stand in the text of the labels, one entry for each source.

    `wording`: where the words of its limit stand, empty when the reading does not tell.
    """

    key: str
    kind: str
    name: str
    owner: str | None
    after: tuple[str, ...]
    deadline: Json | None
    in_meeting: bool
    sources: tuple[tuple[Span, ...], ...]
    wording: tuple[Span, ...]


def read_steps(read: Json, labels: Labels) -> tuple[ReadStep, ...]:
    """The steps of a reading, placed in the text of the labels."""
    whole = max((source["end"] for step in read["steps"] for source in step["sources"]), default=1)
    return tuple(_read_step(step, labels, whole) for step in read["steps"])


def _read_step(step: Json, labels: Labels, whole: int) -> ReadStep:
    sources = tuple(place for source in step["sources"] if size(place := _placed(source, labels, whole)))
    return ReadStep(
        key=step["key"],
        kind=step["kind"],
        name=step["name"],
        owner=step["owner"] or None,
        after=tuple(step["after"]),
        deadline=step["deadline"],
        in_meeting=bool(step.get("in_meeting")),
        sources=sources,
        wording=_wording(step["deadline"], sources, labels, whole),
    )


def _placed(source: Json, labels: Labels, whole: int) -> tuple[Span, ...]:
    if labels.exact:
        return ((source["start"], source["end"]),)
    return labels.reference.located(source["text"], source["start"] / whole)


def _wording(
    deadline: Json | None, sources: Iterable[tuple[Span, ...]], labels: Labels, whole: int
) -> tuple[Span, ...]:
    if deadline is None:
        return ()
    if (source := deadline.get("source")) is not None:
        return _placed(source, labels, whole)
    words = labels.reference.occurrences(deadline.get("wording") or "")
    places = [span for source in sources for span in source]
    return tuple((a, b) for a, b in words if any(start <= a and b <= end for start, end in places))


def as_read(draft: Draft) -> dict[str, Any]:
    """A draft in the shape of `doithoai read --json`, as far as it is scored."""
    return {
        "title": draft.title,
        "kind": str(draft.kind),
        "organization": draft.organization,
        "document_number": draft.document_number,
        "issued_on": draft.issued_on.isoformat() if draft.issued_on else None,
        "steps": [_step(step, draft) for step in draft.steps],
        "findings": [
            {
                "code": str(finding.code),
                "severity": str(finding.severity),
                "message": finding.message,
                "steps": list(finding.steps),
                "source": finding.source,
            }
            for finding in draft.findings
        ],
    }


def _step(step: DraftStep, draft: Draft) -> dict[str, Any]:
    return {
        "key": step.key,
        "kind": str(step.kind),
        "name": step.name,
        "owner": step.owner,
        "after": list(draft.after(step.key)),
        "deadline": _deadline(step.deadline) if step.deadline else None,
        "in_meeting": step.in_meeting,
        "sources": [_source(source) for source in step.sources],
    }


def _source(source: Source) -> dict[str, Any]:
    return {"start": source.start, "end": source.end, "text": source.text}


def _deadline(deadline: DraftDeadline) -> dict[str, Any]:
    longer = deadline.extension
    return {
        "type": str(deadline.type),
        "date": deadline.date,
        "end_date": deadline.end_date,
        "n": deadline.n,
        "unit": deadline.unit,
        "anchor": deadline.anchor,
        "extension": {"n": longer.n, "unit": longer.unit, "anchor": longer.anchor} if longer else None,
        "minimum": deadline.minimum,
        "wording": deadline.wording,
        "source": _source(deadline.source) if deadline.source else None,
    }

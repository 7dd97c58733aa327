"""All findings on a document together: each thing once, on its step, on its words, in the order of the document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from workflow.domain.lint_findings import NO_DATE_IN_WORDS, Finding, FindingCode, Words
from workflow.intake.draft import Draft, DraftStep

_WHY_UNDATED = frozenset({FindingCode.INVALID_DATE, FindingCode.MISSING_YEAR})


def told(
    draft: Draft, prose: Iterable[Finding], linted: Iterable[Finding], added: Iterable[Finding]
) -> tuple[Finding, ...]:
    """The findings on the prose, those of the linter, and those on what was added.

    What the prose tells of some steps the linter need not tell again; that a limit has no date is not said where it is
    said why.
    """
    of_prose = list(_once(_with_steps(prose, draft)))
    known = {(finding.code, frozenset(finding.steps)) for finding in of_prose if finding.steps}
    wrong = {key for finding in of_prose if finding.code in _WHY_UNDATED for key in finding.steps}
    of_linter = [
        finding
        for finding in linted
        if (finding.code, frozenset(finding.steps)) not in known
        and not (finding.template == NO_DATE_IN_WORDS.template and wrong & set(finding.steps))
    ]
    return tuple(_in_order([*of_prose, *of_linter, *added], draft))


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Of two findings of one code about the same steps, or on the same words, the first."""
    seen: set[tuple[object, ...]] = set()
    for finding in findings:
        marks: set[tuple[object, ...]] = {(finding.code, finding.words)} if finding.words is not None else set()
        if finding.steps:
            marks.add((finding.code, frozenset(finding.steps)))
        if not marks & seen:
            seen |= marks
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

"""Findings about the numbers of headings and items: one given twice, one left out, one that belongs elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workflow.domain.lint_findings import Finding, Sentence
from workflow.intake.completing import sentences
from workflow.intake.completing.readable import quoted
from workflow.intake.completing.sections import Section, Sections

_MOST = 10
_MAY_FOLLOW = {"letter": (1, 2), "capital": (1, 2)}
"""By how much the next letter may be further on: many lists leave out đ, or letters that Vietnamese does not have."""


def numbering(found: Sections) -> Iterator[Finding]:
    """What is wrong with the numbers, the first few things of it."""
    told = list(_faults(found))
    yield from told[:_MOST]


def _faults(found: Sections) -> Iterator[Finding]:
    before: dict[tuple[int | None, str], Section] = {}
    for section, parent in zip(found.all, found.parents, strict=True):
        key = parent, section.style
        earlier = before.get(key)
        above = found.all[parent] if parent is not None else None
        if above is not None and _belongs_elsewhere(section, above):
            if earlier is None:
                yield _told(sentences.NUMBERED_UNDER_ANOTHER, above, section)
        elif earlier is not None and section.numbers:
            yield from _in_turn(earlier, section)
        before[key] = section


def _belongs_elsewhere(section: Section, above: Section) -> bool:
    """3.1 under 2: the number of an item begins with that of the heading over it."""
    return len(section.numbers) > 1 and above.style[0] == "n" and section.numbers[:-1] != above.numbers


def _in_turn(earlier: Section, section: Section) -> Iterator[Finding]:
    last, number = earlier.numbers[-1] if earlier.numbers else 0, section.numbers[-1]
    if len(section.numbers) > 1 and section.numbers[:-1] != earlier.numbers[:-1]:
        return
    if number == last:
        yield _told(sentences.SAME_NUMBER_TWICE, earlier, section)
    elif number > last and number - last not in _MAY_FOLLOW.get(section.style, (1,)):
        yield _told(sentences.NUMBER_SKIPPED, earlier, section)


def _told(sentence: Sentence, first: Section, second: Section) -> Finding:
    finding = sentence.found(first=quoted(first.words.text, 60), second=quoted(second.words.text, 60))
    return replace(finding, source=second.words.text, words=second.words)

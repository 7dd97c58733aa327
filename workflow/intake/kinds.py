"""What a duty is about, told from its words and from its place before, in or after the meeting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from workflow.domain.definition import PlanKind, StepKind
from workflow.intake.flowing import Part
from workflow.intake.lexicon import Test, joined, pattern, phrases, tests, vocabulary, word_pattern
from workflow.intake.owners import act_words, subject

_NAMING: Final = 10  # words that name a meeting
_VAGUE: Final = (StepKind.OTHER, StepKind.PREPARE)
_BEFORE_PURPOSE: Final = 5  # words of a clause before it says what for
_FIRST: Final = 3  # more weight for the first words
_FIRST_WORDS: Final = 12  # characters before what still counts as the first words


@cache
def _rules() -> tuple[Test, ...]:
    return tests(vocabulary("kinds")["rule"], "kind", vocabulary("kinds")["class"])


def phase_of(keys: str, phase: str) -> str:
    """Before, at or after the meeting: from the words of a clause, else from its section."""
    if pattern_of("after_the_meeting").search(keys):
        return "after"
    if phase != "after" and pattern_of("at_the_meeting").search(keys) and not word_pattern("preparing").search(keys):
        return "meeting"
    return phase


@cache
def pattern_of(name: str) -> re.Pattern[str]:
    """A list of the `meeting` table as a pattern."""
    return pattern(vocabulary("kinds")["meeting"][name])


def other_meeting(part: Part) -> bool:
    """Whether the first words name another meeting than the plan's own: "Hội nghị trù bị"."""
    return pattern_of("other_meetings").search(joined(token.key for token in part.tokens[:_NAMING])) is not None


@cache
def programme_pattern(name: str) -> re.Pattern[str]:
    """A list of the `programme` table as a pattern."""
    return pattern(vocabulary("kinds")["programme"][name])


def kind_of(part: Part, phase: str = "", without: Iterable[tuple[int, int]] = ()) -> StepKind:
    """The kind of a duty; `phase`: "before", "meeting", "after" or "" where its section stands.

    `without`: where in the paragraph's text its limits stand: the event of a limit is not what the duty is about.
    """
    found = subject(part)
    told = part.cut(found.act, part.last) if found is not None and not found.asked else part
    now, purpose = phase_of(part.keys, phase), tuple(_purpose(told))
    kind = _weighed(part, told, (*without, *purpose), now)
    return _weighed(part, told, tuple(without), now) if purpose and kind in _VAGUE else kind


def _weighed(part: Part, told: Part, without: tuple[tuple[int, int], ...], phase: str) -> StepKind:
    return weighed(_without(told, without), _without(act_words(part), without), phase)


def _purpose(part: Part) -> Iterator[tuple[int, int]]:
    """Where a clause says what for ("để tổng hợp, báo cáo …"): that is somebody else's duty."""
    tokens = part.flow.tokens
    for at in range(part.first + _BEFORE_PURPOSE, part.last):
        if phrases("purposes").match(tokens, at):
            yield tokens[at].at, part.end
            return


def _without(part: Part, places: tuple[tuple[int, int], ...]) -> str:
    return joined(t.key for t in part.tokens if not any(start <= t.at < end for start, end in places))


def weighed(keys: str, head: str, phase: str) -> StepKind:
    """The heaviest kind whose rule fits; what the first verb says counts more than what follows."""
    best, kind = 0, StepKind.OTHER
    for rule in _rules():
        if (rule.when and rule.when != phase) or not rule.fits(keys, head):
            continue
        place = rule.anywhere.search(head)
        first = bool(rule.when) or rule.at_start.search(head) or (place is not None and place.start() <= _FIRST_WORDS)
        weight = rule.weight + (_FIRST if first else 0)
        if weight > best:
            best, kind = weight, StepKind(rule.value)
    return kind


def plan_kind(title: str, issuer: str) -> PlanKind:
    """The kind of plan, from its title and who issues it (keys)."""
    for row in vocabulary("kinds")["plan"]:
        told, by = pattern(row.get("any", ())), pattern(row.get("issuer", ()))
        if told.search(title) or by.search(issuer):
            return PlanKind(row["kind"])
    return PlanKind.DIALOGUE

"""What a duty is about, told from its words and from its place before, in or after the meeting."""

from __future__ import annotations

import re
from functools import cache

from workflow.domain.definition import PlanKind, StepKind
from workflow.intake.flowing import Part
from workflow.intake.lexicon import Test, joined, pattern, phrases, table, tests
from workflow.intake.owners import behind_adverbials, subject


@cache
def _rules() -> tuple[Test, ...]:
    return tests(table("kinds")["rule"], "kind")


def head_of(part: Part) -> str:
    """The keys from the verb that counts on: without subject, adverbs and "tham mưu …"."""
    found = subject(part)
    at = found.act if found is not None else behind_adverbials(part)
    tokens = part.flow.tokens
    while at < part.last and (lead := phrases("before_verbs").match(tokens, at)) is not None:
        at += lead[0]
    return joined(token.key for token in tokens[at : part.last])


def phase_of(keys: str, phase: str) -> str:
    """ "meeting", "after" or the phase of the section, from the words of a clause."""
    if pattern_of("after_the_meeting").search(keys):
        return "after"
    if pattern_of("at_the_meeting").search(keys):
        return "meeting" if phase != "after" else phase
    return phase


@cache
def pattern_of(name: str) -> re.Pattern[str]:
    """A list of the `meeting` table as a pattern."""
    return pattern(table("kinds")["meeting"][name])


@cache
def programme_pattern(name: str) -> re.Pattern[str]:
    """A list of the `programme` table as a pattern."""
    return pattern(table("kinds")["programme"][name])


def kind_of(part: Part, phase: str = "") -> StepKind:
    """The kind of a duty; `phase`: "before", "meeting", "after" or "" where its section stands."""
    return weighed(part.keys, head_of(part), phase)


def weighed(keys: str, head: str, phase: str) -> StepKind:
    """The heaviest kind whose rule fits."""
    now = phase_of(keys, phase)
    fitting = [rule for rule in _rules() if (not rule.when or rule.when == now) and rule.fits(keys, head)]
    if not fitting:
        return StepKind.OTHER
    best = max(rule.weight for rule in fitting)
    return StepKind(next(rule.value for rule in fitting if rule.weight == best))


def plan_kind(title: str, issuer: str) -> PlanKind:
    """The kind of plan, from its title and who issues it (keys)."""
    for row in table("kinds")["plan"]:
        told, by = pattern(row.get("any", ())), pattern(row.get("issuer", ()))
        if told.search(title) or by.search(issuer):
            return PlanKind(row["kind"])
    return PlanKind.DIALOGUE

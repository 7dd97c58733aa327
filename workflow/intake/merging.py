"""The same duty said twice is one step: its second place is kept beside the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from calendars.grammar.lexer import Kind, Token, fold
from calendars.rules import Before, By, On, Window
from workflow.domain.definition import StepKind
from workflow.intake.acts import Act
from workflow.intake.flowing import Part
from workflow.intake.lexicon import fold_phrase, vocabulary, word_pattern

_ALIKE: Final = (
    frozenset({StepKind.DISTRIBUTE_FORMS, StepKind.COLLECT_FORMS, StepKind.CLASSIFY_ISSUES}),
    frozenset({StepKind.DRAFT_ANSWERS, StepKind.ANSWER_ISSUES}),
    frozenset({StepKind.SYNTHESIZE_REPORT, StepKind.REPORT_UP}),
)
_DATED: Final = frozenset(("/", "-", ".", ":", "h", *map(fold, ("ngày", "tháng", "năm", "giờ", "quý"))))
_WORDS: Final = re.compile(r"\w+")
_SAME_WORDS: Final = 0.8
_LATEST: Final = 60  # acts that an act is compared with
_SAME_DUTY: Final = 0.75


def merged(acts: Sequence[Act]) -> list[Act]:
    """The acts without those that say an earlier one again; that one then stands in several places."""
    kept: list[Act] = []
    by_day: dict[object, list[Act]] = {}
    by_owner: dict[object, list[Act]] = {}
    for act in acts:
        key = _day(act)
        twin = (
            next((each for each in by_day.get(key, ())[-_LATEST:] if _same(each, act)), None)
            if key is not None
            else None
        )
        twin = twin or next((each for each in by_owner.get(_owed(act), ())[-_LATEST:] if _said_again(each, act)), None)
        if twin is None:
            kept.append(act)
            by_day.setdefault(key, []).append(act)
            by_owner.setdefault(_owed(act), []).append(act)
        else:
            twin.more.append(act.part)
            twin.named = twin.named or act.named
    return kept


def _day(act: Act) -> object:
    rule = act.limit.rule if act.limit is not None else None
    return rule if isinstance(rule, Before | By | On | Window) and act.inherited is None else None


def _same(one: Act, other: Act) -> bool:
    """The same day, acts of one sort, and owners that may be the same, in different places."""
    if one.part.flow is other.part.flow or _counts_differ(one, other):
        return False
    return _alike(one.kind, other.kind) and _may_be_same(one.owner, other.owner)


def _counts_differ(one: Act, other: Act) -> bool:
    """Whether both name numbers besides their days, and not the same: "Lần 1", "Lần 2"; "100 phiếu", "150 phiếu"."""
    first, second = _counts(one), _counts(other)
    return bool(first and second) and first != second


def _counts(act: Act) -> frozenset[str]:
    limit = act.limit
    outside = [
        t
        for t in act.part.tokens
        if limit is None or not limit.start <= t.at < limit.end or act.limit_part is not act.part
    ]
    kept = (token.key for at, token in enumerate(outside) if token.kind is Kind.NUMBER and not _in_date(outside, at))
    return frozenset(kept)


def _in_date(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number is part of a day or of an hour."""
    near = (tokens[at - 1].key if at else "", tokens[at + 1].key if at + 1 < len(tokens) else "")
    return any(key in _DATED for key in near)


def _owed(act: Act) -> object:
    return act.kind, _names(act.owner) if act.owner is not None else None


def _said_again(one: Act, other: Act) -> bool:
    """Nearly the same words and owner with another day, or none: a contradiction within one duty, not two duties."""
    if (
        one.part.flow is other.part.flow
        or _day(one) is None
        or _day(other) is None
        or one.in_meeting != other.in_meeting
        or _counts_differ(one, other)
    ):
        return False
    if one.owner is None or other.owner is None:
        return False
    first, second = _names(one.part), _names(other.part)
    return len(first & second) >= _SAME_DUTY * min(len(first), len(second))


def _alike(one: StepKind, other: StepKind) -> bool:
    return one is other or any(one in group and other in group for group in _ALIKE)


def _may_be_same(one: Part | None, other: Part | None) -> bool:
    if one is None or other is None:
        return True
    first, second = _names(one), _names(other)
    if first == second:
        return True
    if _generic(one) and _generic(other):
        return True
    shared = len(first & second) / max(1, min(len(first), len(second)))
    return shared >= _SAME_WORDS


def _names(part: Part) -> frozenset[str]:
    empty = {fold(word) for word in vocabulary("words")["empty_words"]}
    text = f" {part.keys.strip()} "
    for long, short in vocabulary("words")["short_forms"]:
        text = text.replace(f" {fold_phrase(long)} ", f" {fold_phrase(short)} ")
    return frozenset(_WORDS.findall(text)) - empty


def _generic(part: Part) -> bool:
    return word_pattern("generic", start=True).search(part.keys) is not None

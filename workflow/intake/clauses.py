"""From a paragraph to sentences and to the clauses of single acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from calendars.grammar.lexer import Kind
from workflow.intake.flowing import Part
from workflow.intake.lexicon import phrases, vocabulary, word_pattern

_STOPS: Final = frozenset(".?!…")
_SHORTEST: Final = 4  # words of a clause
_FEWEST: Final = 3  # of "ghi biên bản"
_LONGEST_LIMIT: Final = 16  # words of a clause that only says when
_Ends = Callable[[Part, int], bool]


def sentences(part: Part) -> list[Part]:
    """The sentences of a paragraph, each with its closing sign."""
    return list(_cut(part, _ends_sentence))


def semicolon_parts(part: Part) -> list[Part]:
    """A sentence cut at its semicolons outside brackets, the signs with the part before them."""
    return list(_cut(part, lambda where, at: where.flow.tokens[at].key == ";"))


def clauses(sentence: Part) -> list[Part]:
    """The clauses of a sentence that may be duties of their own: one verb opens each."""
    found: list[Part] = []
    for piece in semicolon_parts(sentence):
        if found and (not opens_act(piece) or _delivers(piece) or _only_says_when(piece)):
            found[-1] = piece.flow.whole.cut(found[-1].first, piece.last)
        else:
            found.extend(_strong_parts(piece))
    return found


def _delivers(part: Part) -> bool:
    """Whether a clause only says who gets what the clause before it makes: "; báo cáo UBND xã trước ngày …"."""
    tokens = part.flow.tokens
    verb = phrases("delivering").match(tokens, part.first)
    if verb is None or names_unit(part, part.first + verb[0]) is None:
        return False
    for at in range(part.first + verb[0] + 1, part.last):
        if phrases("purposes").match(tokens, at):
            break
        if part.flow.text[tokens[at].at].islower() and phrases("verbs").match(tokens, at):
            return False
    return True


def _only_says_when(part: Part) -> bool:
    """Whether a clause is the limit of the clause before it and no act: "; hoàn thành trước ngày 17/4."."""
    tokens, bare = part.flow.tokens, part.trimmed()
    lead = phrases("when_lead").match(tokens, bare.first)
    if lead is None or len(bare.tokens) > _LONGEST_LIMIT:
        return False
    behind = range(bare.first + lead[0], bare.last)
    return not any(phrases("verbs").match(tokens, at) or phrases("must").match(tokens, at) for at in behind)


def begins_with_verb(part: Part) -> bool:
    """Whether the words begin with what is to be done."""
    if part.empty or phrases("levels").match(part.flow.tokens, part.first):
        return False
    return phrases("verbs").match(part.flow.tokens, part.first) is not None


def opens_act(part: Part) -> bool:
    """Whether a verb, a unit's name or an adverb of time stands at the beginning."""
    tokens, at = part.flow.tokens, part.first
    while at < part.last and (tokens[at].key in ",;-+–" or phrases("also").match(tokens, at)):
        found = phrases("also").match(tokens, at)
        at += found[0] if found else 1
    if at >= part.last or part.last - at < _SHORTEST:
        return False
    if tokens[at].kind is Kind.NUMBER:
        return True
    return any(
        phrases(name).match(tokens, at) for name in ("verbs", "asking", "adverbial", "before_verbs", "meeting_names")
    ) or (names_unit(part, at) is not None)


def names_unit(part: Part, at: int) -> int | None:
    """How many tokens the words take that begin a unit's name at a token; None when none does."""
    tokens = part.flow.tokens
    unit = phrases("units").match(tokens, at)
    other = phrases("not_units").match(tokens, at)
    if unit is None:
        plural = phrases("plural").match(tokens, at)
        return plural[0] if plural and names_unit(part, at + plural[0]) is not None else None
    if other is not None and other[0] >= unit[0]:
        return None
    verb = phrases("verbs").match(tokens, at)
    return None if verb is not None and verb[0] > unit[0] else unit[0]


def _strong_parts(part: Part) -> Iterator[Part]:
    """A clause cut where a second duty is told after a comma or "và"."""
    tokens, start = part.flow.tokens, part.first
    minuted = phrases("minuting").match(tokens, part.first) is not None
    for at in range(part.first + (_FEWEST if minuted else _SHORTEST), part.last - _SHORTEST):
        if phrases("strong").match(tokens, at) or (minuted and phrases("concluding").match(tokens, at)):
            cut = at + 1
            yield part.cut(start, cut)
            start = cut
    yield part.cut(start, part.last)


def _cut(part: Part, ends: _Ends) -> Iterator[Part]:
    start, depth = part.first, 0
    for at in range(part.first, part.last):
        key = part.flow.tokens[at].key
        depth = max(0, depth + (key == "(") - (key == ")"))
        if depth == 0 and ends(part, at):
            yield part.cut(start, at + 1)
            start = at + 1
    if start < part.last:
        yield part.cut(start, part.last)


def _ends_sentence(part: Part, at: int) -> bool:
    tokens = part.flow.tokens
    if tokens[at].key not in _STOPS or at + 1 >= part.last:
        return False
    after, before = tokens[at + 1], tokens[at - 1] if at else tokens[at]
    spaced = after.at > tokens[at].to
    capital = part.flow.text[after.at].isupper() or after.key in "-+"
    return spaced and capital and before.key not in _abbreviations()


def _abbreviations() -> frozenset[str]:
    return frozenset(vocabulary("words")["abbreviations"])


def is_closing(part: Part) -> bool:
    """Whether a paragraph is the closing formula of a plan."""
    return word_pattern("closing", start=True).search(part.keys) is not None

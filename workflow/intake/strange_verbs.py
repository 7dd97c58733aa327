"""Verbs that no list knows: where a name is whole and a small word follows that goes on with no name."""

from __future__ import annotations

from typing import Final

from workflow.intake.flowing import Part
from workflow.intake.lexicon import phrases

_FEW: Final = 3  # tokens
_LONGEST_OFFICE: Final = 3  # tokens of "phó hiệu trưởng"


def joined_by(part: Part, first: int, last: int) -> bool:
    """Whether "và" or a comma stands in [first, last)."""
    return any(
        phrases("joining").match(part.flow.tokens, at) or part.flow.tokens[at].key == "," for at in range(first, last)
    )


def unknown_verb(part: Part, first: int, last: int) -> int | None:
    """Where in the words that might be a name a verb stands that no list knows: right behind a name that is whole."""
    tokens, text = part.flow.tokens, part.flow.text
    for at in range(first + 1, min(last, part.last - 1)):
        word = text[tokens[at].at : tokens[at].to]
        if not word.isalpha() or not word.islower() or not _whole_before(part, first, at):
            continue
        goes_on = any(phrases(name).match(tokens, at) for name in ("name_words", "units", "compounds", "name_verbs"))
        if not goes_on and text[tokens[at + 1].at].isalnum() and not phrases("name_words").match(tokens, at + 1):
            return at
    return None


def _whole_before(part: Part, first: int, at: int) -> bool:
    """Whether the words up to a token are a whole name: a kind of place, an office, a short form, a place's own name."""
    tokens, text = part.flow.tokens, part.flow.text
    before = text[tokens[at - 1].at : tokens[at - 1].to]
    if len(before) > 1 and before.isupper():
        return True
    if at - first >= _FEW and before[:1].isupper() and text[tokens[at - 2].at].isupper():
        return True
    return any(
        (found := phrases("whole_names").match(tokens, start)) is not None and start + found[0] == at
        for start in range(max(first, at - _LONGEST_OFFICE), at)
    )

"""Names and titles in capitals as a sentence writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from calendars.grammar.lexer import read
from workflow.intake.layout import Paragraph
from workflow.intake.lexicon import fold_phrase, phrases, vocabulary


def cased(words: str, paragraphs: Sequence[Paragraph]) -> str:
    """Words in capitals as a sentence is written."""
    letters = [each for each in words if each.isalpha()]
    if not letters or sum(each.isupper() for each in letters) < 0.85 * len(letters):
        return words
    return recased(words, paragraphs)


def recased(words: str, paragraphs: Sequence[Paragraph]) -> str:
    """Words in capitals, each as the text below mostly writes it."""
    known = _spellings(paragraphs)
    made = " ".join(known.get(word.lower(), word.lower()) for word in words.split())
    return made[:1].upper() + made[1:]


def _spellings(paragraphs: Sequence[Paragraph]) -> dict[str, str]:
    known: dict[str, str] = {}
    for paragraph in paragraphs:
        if not paragraph.capitals:
            for token in paragraph.body.tokens[1:]:
                text = paragraph.body.flow.text[token.at : token.to]
                known.setdefault(text.lower(), text)
    return known


def named(words: str, paragraphs: Sequence[Paragraph], *, first: bool = True) -> str:
    """A unit's name in capitals as it is written in a sentence: place names and unknown words with capital letters."""
    made: list[str] = []
    known = _spellings(paragraphs)
    place = False
    inside = _inside_compounds(words)
    for at, word in enumerate(words.split()):
        kind = " ".join((made[-1], word)).lower() if made else word.lower()
        if word.lower() in place_words() or kind in place_words():
            made.append(word.lower())
            place = True
        elif word in _acronyms():
            made.append(word)
            place = place or word in vocabulary("words")["before_names"]
        elif at in inside and not place:
            made.append(inside[at])
        elif place:
            made.append(word.capitalize())
        else:
            made.append(word.lower() if fold_phrase(word) in _joining() else _capital(known, word))
    text = " ".join(made)
    return text[:1].upper() + text[1:] if first else text


def _capital(known: Mapping[str, str], word: str) -> str:
    """A word of a name as the text below writes it with a capital letter."""
    spelled = known.get(word.lower(), "")
    return spelled if spelled[:1].isupper() else word.capitalize()


def _inside_compounds(words: str) -> dict[int, str]:
    """The words of known names of several syllables, by their place, as they are written in a sentence."""
    tokens = read(words).tokens
    syllables = words.split()
    made: dict[int, str] = {}
    for at in range(len(syllables) if len(syllables) == len(tokens) - 1 else 0):
        found = phrases("compound_names").match(tokens, at)
        if found is not None and at not in made:
            made[at] = syllables[at].capitalize()
            made.update((here, syllables[here].lower()) for here in range(at + 1, at + found[0]))
    return made


@cache
def kinds_of_place() -> frozenset[str]:
    """Folded words such as "xã"."""
    return frozenset(fold_phrase(phrase) for phrase in vocabulary("words")["places"] if " " not in phrase)


@cache
def _joining() -> frozenset[str]:
    return frozenset(fold_phrase(word) for word in vocabulary("words")["joining"])


@cache
def _acronyms() -> frozenset[str]:
    return frozenset(vocabulary("words")["acronyms"])


@cache
def place_words() -> frozenset[str]:
    """Words and phrases such as "xã", "thị trấn", in lower case."""
    return frozenset(word for phrase in vocabulary("words")["places"] for word in (phrase, *phrase.split()))

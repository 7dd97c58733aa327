"""Text as searches see it: small letters without accents, đ as d, single blanks; one form for every database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from workflow.ports import Person


def folded(text: str) -> str:
    """ "Đối thoại  XÃ" → "doi thoai xa"; however the accents are encoded."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).replace("\0", " ").split())


def folded_all(texts: Iterable[str | None]) -> str:
    """Several texts folded, one after the other; absent ones left out."""
    return folded(" ".join(text for text in texts if text))


def words_of(text: str) -> list[str]:
    """The words that a search must find."""
    return folded(text).split()


def holds(folded_text: str, words: Iterable[str]) -> bool:
    """Whether each of some words, folded, occurs in a folded text."""
    return all(word in folded_text for word in words)


def folded_person(person: Person) -> str:
    """What a search for people looks through, and what they are sorted by: the name comes first."""
    return folded_all([person.name, person.person_id, person.unit, person.organization, person.email])

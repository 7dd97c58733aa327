"""The vocabulary of office plans, from its TOML files, made ready for looking phrases up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from calendars.grammar.cursor import Phrases
from calendars.grammar.lexer import read

_GAP: Final = r" (?:\S+ ){0,6}?"
_CLASS: Final = re.compile(r"\{(\w+)\}")
_NEVER: Final = re.compile(r"(?!)")


@cache
def vocabulary(name: str) -> Mapping[str, Any]:
    """A TOML file of this package."""
    return tomllib.loads(files("workflow.intake").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def phrases(key: str) -> Phrases[bool]:
    """A list of `words.toml` as a vocabulary over tokens."""
    return Phrases({" ".join(_keys(phrase)): True for phrase in vocabulary("words")[key]})


def pattern(
    listed: Iterable[str], *, start: bool = False, classes: Mapping[str, Iterable[str]] | None = None
) -> re.Pattern[str]:
    """A pattern that finds any of the phrases in keys as `joined` gives them; `start`: only at their beginning.

    `classes`: the phrases that "{name}" in a phrase stands for.
    """
    ways = sorted(
        (_GAP.join(_escaped(part, classes or {}) for part in phrase.split(" .. ")) for phrase in listed),
        key=len,
        reverse=True,
    )
    if not ways:
        return _NEVER
    return re.compile(f"{'^ ' if start else '(?<= )'}(?:{'|'.join(ways)})(?= )")


def joined(keys: Iterable[str]) -> str:
    """Keys of tokens as patterns search them, a space before, between and after."""
    return f" {' '.join(keys)} "


@cache
def word_pattern(key: str, *, start: bool = False) -> re.Pattern[str]:
    """A list of `words.toml` as a pattern."""
    return pattern(vocabulary("words")[key], start=start)


@lru_cache(maxsize=4096)
def fold_phrase(phrase: str) -> str:
    """A phrase as patterns search it."""
    return " ".join(_keys(phrase))


def _escaped(part: str, classes: Mapping[str, Iterable[str]]) -> str:
    pieces = _CLASS.split(part)
    made = [
        _either(classes[piece]) if at % 2 else re.escape(fold_phrase(piece))
        for at, piece in enumerate(pieces)
        if piece.strip()
    ]
    return " ".join(made)


def _either(phrases_of_class: Iterable[str]) -> str:
    ways = sorted({re.escape(fold_phrase(phrase)) for phrase in phrases_of_class}, key=len, reverse=True)
    return f"(?:{'|'.join(ways)})"


def _keys(phrase: str) -> list[str]:
    return [token.key for token in read(phrase).tokens[:-1]]


@dataclass(frozen=True, slots=True)
class Test:
    """A rule of a TOML table: any of some phrases, or one at the start, and none of others."""

    value: str
    weight: int
    anywhere: re.Pattern[str]
    at_start: re.Pattern[str]
    none: re.Pattern[str]
    when: str = ""

    def fits(self, keys: str, head: str) -> bool:
        """Whether the rule fits a clause; `head`: the same from the verb that counts on."""
        if not (self.anywhere.search(keys) or self.at_start.search(head)):
            return False
        return not self.none.search(keys)


def tests(rows: Iterable[Mapping[str, Any]], value: str, classes: Mapping[str, Iterable[str]]) -> tuple[Test, ...]:
    """The rules of a table; `value`: the key that holds what a rule stands for; `classes` as in `pattern`."""
    return tuple(
        Test(
            row.get(value, ""),
            row.get("weight", 1),
            pattern((*row.get("any", ()), *row.get("has", ())), classes=classes),
            pattern(row.get("starts", ()), start=True, classes=classes),
            pattern(row.get("none", ()), classes=classes),
            row.get("when", ""),
        )
        for row in rows
    )

"""Every name of the core has its word in both languages."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from enum import Enum

from tests.architecture.source import ROOT, sources

GLOSSARY = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
WITHOUT_A_WORD = {
    "Draft": "lives only while one command is decided",
    "Case": "lives only while one plan is linted",
    "Sentence": "the linter's own mould",
}


def classes(*folders: str) -> Iterator[type]:
    """The public classes of some packages, errors left out: an error is a sentence."""
    for name in (source.name for source in sources(*folders)):
        for _, found in inspect.getmembers(importlib.import_module(name), inspect.isclass):
            if found.__module__ == name and not issubclass(found, Exception) and found.__name__[0] != "_":
                yield found


def words(found: type) -> Iterator[str]:
    """The name of a class and, if it lists values, those that are stored and shown."""
    yield found.__name__
    if issubclass(found, Enum):
        yield from (str(member.value) for member in found)


def explained() -> set[str]:
    """Every name that the glossary explains."""
    return set(re.findall(r"`(\w+)`", GLOSSARY))


def test_every_name_of_the_domain_is_in_the_glossary() -> None:
    named = {word for found in classes("workflow/domain") for word in words(found)}
    assert sorted(named - explained() - WITHOUT_A_WORD.keys()) == []


def test_every_rule_and_what_it_yields_is_in_the_glossary() -> None:
    modules = {"calendars.periods", "calendars.due_date"}
    named = {word for found in classes("calendars") if found.__module__ in modules for word in words(found)}
    assert sorted(named - explained()) == []


def test_every_entry_has_a_vietnamese_word() -> None:
    rows = [line.split("|")[1:-1] for line in GLOSSARY.splitlines() if line.startswith("| ")]
    assert [row[0].strip() for row in rows if not (row[0].strip() and row[1].strip() and row[2].strip())] == []

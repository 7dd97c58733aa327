"""Findings about laws and decrees that a plan cites although they were replaced before it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from workflow.domain.lint_findings import Finding
from workflow.domain.zone import shown
from workflow.intake.completing import sentences
from workflow.intake.completing.readable import Readable

_ACT = r"(?i:Nghị định|Pháp lệnh|Luật)?( số)? ?(?<![\d/])"


@dataclass(frozen=True, slots=True)
class Replaced:
    """An act that is no longer in force: its number, what took its place, and from which day."""

    number: str
    by: str
    since: date


@cache
def replaced_acts() -> tuple[Replaced, ...]:
    """Every act of superseded.toml."""
    rows = tomllib.loads(files("workflow.intake.completing").joinpath("superseded.toml").read_text(encoding="utf-8"))
    return tuple(Replaced(row["number"], row["by"], row["since"]) for row in rows["act"])


def acts_cited(text: Readable, on: date | None) -> Iterator[Finding]:
    """The replaced acts that a document (`text`: all of it) of the day `on` cites, each once."""
    if on is None:
        return
    told = {act.number for act in replaced_acts() if act.since <= on}
    if not told:
        return
    for act in replaced_acts():
        if act.number not in text.text:
            continue
        match = re.search(_ACT + re.escape(act.number), text.text)
        if act.number in told and match is not None:
            words = text.words(match)
            finding = sentences.NO_LONGER_IN_FORCE.found(cited=words.text.strip(), by=act.by, since=shown(act.since))
            yield replace(finding, source=words.text.strip(), words=words)

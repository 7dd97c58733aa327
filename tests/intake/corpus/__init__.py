"""Composed documents in varied layouts, each with its labels.

The sentences are our own; the labels stand in the same source as the text and were written with it, never after a reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.intake.corpus.writing import write
from tests.intake.labels import Labels


def build(folder: Path) -> Iterator[tuple[Path, Labels]]:
    """Write every document into a folder and tell its labels."""
    from tests.intake.corpus import dialogues, offices, sessions, tables, union, workplaces

    for module in (dialogues, tables, workplaces, union, sessions, offices):
        yield from (write(document, folder) for document in module.DOCUMENTS)

"""Composed documents in varied layouts, each with its labels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.intake.labels import Labels


def build(folder: Path) -> Iterator[tuple[Path, Labels]]:
    """Write every document into a folder and tell its labels."""
    yield from ()

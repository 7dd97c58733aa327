"""Hostile and broken files are refused by one sentence, and neither time, memory nor files are lost to them.

How long it may take is not asserted here: the child's bounds are, and `tests/benchmarks/bench_readers.py` shows the times.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.readers.antiword import needed
from tests.integration.readers.hostile_files import HOSTILE
from tests.integration.readers.processes import children
from workflow.intake.readers.reading import read_document

NEEDS_ANTIWORD = frozenset({"locked.doc", "cut.doc"})


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_one_sentence(tmp_path: Path, name: str) -> None:
    make, *ways = HOSTILE[name]
    if name in NEEDS_ANTIWORD:
        needed()
    make(tmp_path / name)
    before = children()
    with pytest.raises(tuple(ways)) as refused:
        read_document(tmp_path / name)
    sentence = str(refused.value)
    assert f"«{name}»" in sentence
    assert "hãy" in sentence
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert children() <= before
    assert [path.name for path in tmp_path.iterdir()] == [name]

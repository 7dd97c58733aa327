"""Files given as proof."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.services import evidence


def test_a_proof_is_kept_under_its_content_so_that_changing_the_original_changes_nothing(tmp_path: Path) -> None:
    original = tmp_path / "thông báo.pdf"
    original.write_bytes(b"first")
    name = evidence.keep(tmp_path / "proofs", original)
    original.write_bytes(b"second")
    assert (tmp_path / "proofs" / name).read_bytes() == b"first"
    assert evidence.keep(tmp_path / "proofs", original) != name


def test_the_same_file_twice_is_kept_once(tmp_path: Path) -> None:
    original = tmp_path / "a.pdf"
    original.write_bytes(b"x")
    names = {evidence.keep(tmp_path / "proofs", original) for _ in range(2)}
    assert [path.name for path in (tmp_path / "proofs").iterdir()] == list(names)


def test_a_missing_or_oversized_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(evidence.FileMissing):
        evidence.keep(tmp_path / "proofs", tmp_path / "none.pdf")
    with (tmp_path / "big.bin").open("wb") as big:
        big.truncate(evidence.LARGEST + 1)
    with pytest.raises(evidence.FileTooLarge):
        evidence.keep(tmp_path / "proofs", tmp_path / "big.bin")
    assert not (tmp_path / "proofs").exists()

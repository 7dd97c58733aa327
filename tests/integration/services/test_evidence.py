"""Files given as proof."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
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


def test_a_long_name_is_shortened_to_what_a_file_system_takes_and_keeps_its_ending(tmp_path: Path) -> None:
    original = tmp_path / f"{'ạ' * 80}.pdf"
    original.write_bytes(b"x")
    name = evidence.keep(tmp_path / "proofs", original)
    assert (tmp_path / "proofs" / name).read_bytes() == b"x"
    assert name.endswith("ạ.pdf")
    assert len(name.encode()) <= 65 + evidence.LONGEST_NAME


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(evidence.FileUnreadable, match="tên quá dài"):
        evidence.keep(tmp_path / "proofs", tmp_path / ("x" * 300))


def test_a_folder_that_takes_no_files_is_named(tmp_path: Path) -> None:
    (tmp_path / "proofs").write_text("")
    (tmp_path / "a.pdf").write_bytes(b"x")
    with pytest.raises(evidence.FileNotKept, match=r"proofs» \(không phải thư mục\)"):
        evidence.keep(tmp_path / "proofs", tmp_path / "a.pdf")


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes, as on a disk that fills up."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_for_which_there_is_no_room_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"x" * 10_000)
    with room_for(1000), pytest.raises(evidence.FileNotKept):
        evidence.keep(tmp_path / "proofs", tmp_path / "a.pdf")
    assert list((tmp_path / "proofs").iterdir()) == []

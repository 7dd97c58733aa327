"""Files are read in a child process; whatever happens to it, there is an answer, and nothing stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.integration.readers.processes import children
from tests.unit.readers.docx_files import paragraph, write_docx
from tests.unit.readers.pdf_files import Sheet, write_pdf
from workflow.domain.errors import BadInput
from workflow.intake.document import Document
from workflow.intake.readers.allowance import MEMORY
from workflow.intake.readers.parsing import parse
from workflow.intake.readers.reading import FILES_PER_CHILD, Reader, read_document, read_many, refusal_of
from workflow.intake.readers.refusals import (
    Damaged,
    FileMissing,
    NotAFile,
    OldEncoding,
    ReaderNotStarted,
    TooDemanding,
)

ROOT = Path(__file__).parents[3]


@pytest.fixture(name="plan")
def a_plan(tmp_path: Path) -> Path:
    return write_docx(tmp_path / "kế hoạch.docx", paragraph("Đối thoại") + paragraph("Trước ngày 24/4/2026"))


@pytest.fixture(name="crash")
def a_file_that_takes_too_long(tmp_path: Path) -> Path:
    sheet = Sheet()
    sheet.marks += [b"0 0 m 10 0 l S"] * 800_000
    return write_pdf(tmp_path / "lines.pdf", sheet)


def test_the_answer_of_the_child_is_that_of_the_parser(plan: Path, tmp_path: Path) -> None:
    pdf = write_pdf(tmp_path / "plan.pdf", Sheet().text(70, 70, "Kế hoạch đối thoại năm 2026").grid((70, 90), (80, 99)))
    text = tmp_path / "plan.txt"
    text.write_bytes("Kế hoạch\r\n\ttháng 5\r\n".encode())
    for path in (plan, pdf, text):
        assert read_document(path) == parse(path)


def test_a_refusal_is_that_of_the_parser(tmp_path: Path) -> None:
    old = tmp_path / "cũ.txt"
    old.write_bytes("céng hoµ x· héi chñ nghÜa viÖt nam ®éc lËp tù do h¹nh phóc".encode("latin-1"))
    with pytest.raises(OldEncoding, match=r"«cũ\.txt»"):
        read_document(old)


def test_a_path_may_be_relative(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(plan.parent)
    assert read_document(Path(plan.name)).text.startswith("Đối thoại")


def test_nothing_is_started_for_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotAFile):
        read_document(tmp_path)
    with pytest.raises(FileMissing):
        read_document(tmp_path / "nowhere.docx")


# ── bounds ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_child_has_its_bounds(plan: Path) -> None:
    resource = pytest.importorskip("resource")
    if not hasattr(resource, "prlimit"):
        return
    with Reader() as reader:
        reader.read(plan)
        assert reader.pid is not None
        bounds = {
            name: resource.prlimit(reader.pid, getattr(resource, name))[0] for name in ("RLIMIT_AS", "RLIMIT_FSIZE")
        }
        processor = resource.prlimit(reader.pid, resource.RLIMIT_CPU)[0]
    assert bounds == {"RLIMIT_AS": MEMORY, "RLIMIT_FSIZE": 0}
    assert 0 < processor < 200


def test_a_file_that_keeps_the_processor_busy_is_stopped(crash: Path) -> None:
    with pytest.raises(TooDemanding, match=r"lines\.pdf"):
        read_document(crash)


def test_a_long_document_gets_the_time_that_it_needs(tmp_path: Path) -> None:
    lines = [f"Ủy ban Mặt trận Tổ quốc xã thu phiếu lần {number}, xong trước ngày 24/4/2026." for number in range(12)]
    pages = [Sheet().lines(70, 100, lines)] * 500
    found = read_document(write_pdf(tmp_path / "long.pdf", *pages))
    assert (len(found.blocks), found.blocks[-1].page) == (500 * 12, 500)


def test_a_child_that_says_nothing_is_not_waited_for_forever(plan: Path) -> None:
    with Reader(patience_s=0.3) as reader:
        reader.read(plan)
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGSTOP)
        assert reader.read(plan).text.startswith("Đối thoại")


def test_a_fresh_child_that_says_nothing_is_given_up(plan: Path) -> None:
    with Reader(patience_s=0.0) as reader, pytest.raises(TooDemanding):
        reader.read(plan)


# ── one child for many files ──────────────────────────────────────────────────────────────────────────────────


def test_a_child_reads_many_files_and_is_replaced_now_and_then(plan: Path) -> None:
    with Reader() as reader:
        seen = [(reader.read(plan).text, reader.pid)[1] for _ in range(FILES_PER_CHILD + 1)]
    assert len(set(seen[:-1])) == 1
    assert seen[-1] != seen[0]


def test_after_a_child_was_ended_the_next_file_is_read_by_another(plan: Path, crash: Path) -> None:
    with Reader() as reader:
        with pytest.raises(TooDemanding):
            reader.read(crash)
        assert reader.read(plan).text.startswith("Đối thoại")
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGKILL)
        assert reader.read(plan).text.startswith("Đối thoại")


@pytest.mark.parametrize(
    ("ended", "refusal"),
    [(-signal.SIGSEGV, Damaged), (-signal.SIGPROF, TooDemanding), (-signal.SIGKILL, TooDemanding), (1, TooDemanding)],
)
def test_the_way_in_which_a_child_ended_tells_what_was_wrong(ended: int, refusal: type[BadInput]) -> None:
    assert type(refusal_of(ended, Path("plan.pdf"))) is refusal


def test_a_closed_reader_starts_nothing(plan: Path) -> None:
    reader = Reader()
    reader.close()
    with pytest.raises(ReaderNotStarted):
        reader.read(plan)


# ── read_many ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_many_files_come_in_order_each_with_its_document_or_its_refusal(
    plan: Path, tmp_path: Path, crash: Path, workers: int
) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04")
    paths = [plan, broken, tmp_path / "nowhere.pdf", crash, *repeat(plan, 20)]
    found = list(read_many(paths, workers=workers))
    assert [path for path, _ in found] == paths
    assert [type(answer) for _, answer in found] == [
        Document,
        Damaged,
        FileMissing,
        TooDemanding,
        *repeat(Document, 20),
    ]


def test_files_are_asked_for_little_by_little(plan: Path) -> None:
    asked: list[int] = []

    def paths() -> Iterator[Path]:
        for number in range(1000):
            asked.append(number)
            yield plan

    found = read_many(paths(), workers=1)
    next(found)
    assert len(asked) < 10
    found.close()  # type: ignore[attr-defined]


# ── nothing stays behind ──────────────────────────────────────────────────────────────────────────────────────


def test_no_process_and_no_file_stays_behind(plan: Path, crash: Path) -> None:
    before, files = children(), sorted(plan.parent.iterdir())
    read_document(plan)
    with pytest.raises(BadInput):
        read_document(crash)
    list(read_many([plan] * 3))
    found = read_many([plan] * 100)
    next(found)
    found.close()  # type: ignore[attr-defined]
    assert children() <= before
    assert sorted(plan.parent.iterdir()) == files


def test_a_child_ends_with_its_parent(plan: Path) -> None:
    script = (
        "import sys, pathlib\n"
        "from workflow.intake.readers.reading import Reader\n"
        "reader = Reader()\n"
        "reader.read(pathlib.Path(sys.argv[1]))\n"
        "print(reader.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script, str(plan)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    for _ in range(1000):
        if not _runs(child):
            break
        Event().wait(0.01)
    assert not _runs(child)


def _runs(pid: int) -> bool:
    """Whether a process runs; one that has ended but that nobody has waited for does not."""
    state = subprocess.run(("ps", "-o", "stat=", "-p", str(pid)), capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.strip().startswith("Z")


def test_files_may_be_read_from_several_threads_at_once(plan: Path) -> None:
    texts: list[str] = []
    threads = [Thread(target=lambda: texts.append(read_document(plan).text)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == [texts[0]] * 4

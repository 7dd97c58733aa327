"""How fast files become documents, what a long one costs, and how soon hostile ones are refused. Run: make bench."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from tests.intake.corpus import build
from tests.intake.corpus.writing import font
from tests.integration.readers.hostile_files import HOSTILE
from tests.unit.readers.docx_files import cell, item, level, one_list, paragraph, table, write_docx
from workflow.domain.errors import BadInput
from workflow.intake.readers.allowance import MEMORY
from workflow.intake.readers.parsing import parse
from workflow.intake.readers.reading import Reader, read_document, read_many

RUNS = 5
TEN_PAGES_S = 0.5
START_S = 0.3
MOST_GROWTH = 1.5
"""How much more a page of 500 may cost than one of 50."""
MANY = 1000
REFUSED_S = 2.0
REFUSED_MB = 300

SENTENCE = (
    "Ủy ban Mặt trận Tổ quốc xã chủ trì, phối hợp với các tổ chức chính trị - xã hội phát phiếu, thu phiếu và tổng hợp ý "
    "kiến của cán bộ, giáo viên, nhân viên; hoàn thành trước ngày 24/4/2026. "
)


def say(what: str, measured: str, demanded: str = "", met: bool | None = None) -> None:
    """One row of the table."""
    verdict = "" if met is None else ("met" if met else "MISSED")
    sys.stdout.write(f"{what:<60} {measured:>12} {demanded:>10} {verdict:>8}\n")


def processor_seconds() -> float:
    """What this process and the children that it has waited for have used."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def spent(work: Callable[[], object], runs: int = 1) -> float:
    """Median processor time of a piece of work."""
    taken = []
    for _ in range(runs):
        before = processor_seconds()
        work()
        taken.append(processor_seconds() - before)
    return statistics.median(taken)


# ── a usual document ──────────────────────────────────────────────────────────────────────────────────────────


def ten_pages(path: Path) -> Path:
    """About ten pages of Word: paragraphs, a numbered list, a table."""
    row = cell(item("")) + cell(SENTENCE) + cell("Văn phòng HĐND&amp;UBND") + cell("trước ngày 24/4/2026")
    body = "".join(paragraph(SENTENCE, run="<w:b/>") + item(SENTENCE) + item(SENTENCE, level=1) for _ in range(40))
    return write_docx(path, body + table(*[row] * 30), numbering=one_list(level(0, "%1."), level(1, "%1.%2.")))


def tell_ten_pages(folder: Path) -> None:
    """In this process, by a child that runs already, and with the start of one."""
    path = ten_pages(folder / "ten.docx")
    say("a .docx of ten pages, in this process", f"{spent(lambda: parse(path), RUNS):.3f} s")
    with Reader() as reader:
        reader.read(path)
        began = time.perf_counter()
        reader.read(path)
        took = time.perf_counter() - began
    say(
        "   by a child that has started, by the clock on the wall",
        f"{took:.3f} s",
        f"{TEN_PAGES_S} s",
        took < TEN_PAGES_S,
    )
    alone = spent(lambda: read_document(path), RUNS)
    say("   with the start of a child, processor time", f"{alone:.3f} s", f"{START_S} s", alone < START_S)


# ── a long document ───────────────────────────────────────────────────────────────────────────────────────────


def write_pdf(path: Path, pages: int) -> Path:
    """Pages of close text."""
    from fpdf import FPDF

    made = FPDF()
    made.add_font("plain", fname=str(font()))
    made.set_font("plain", size=12)
    for page in range(pages):
        made.add_page()
        for number in range(7):
            made.multi_cell(0, 6, f"{page + 1}.{number + 1}. {SENTENCE * 3}", new_x="LMARGIN", new_y="NEXT")
    made.output(str(path))
    return path


def tell_growth(folder: Path) -> None:
    """A page of 500 against a page of 50."""
    costs = {}
    for pages in (50, 500):
        path = write_pdf(folder / f"{pages}.pdf", pages)
        costs[pages] = spent(partial(read_document, path))
    growth = costs[500] / costs[50] / 10
    say("a .pdf of 500 pages, processor time", f"{costs[500]:.2f} s")
    say("   a page of it against one of 50 pages", f"{growth:.2f} x", f"{MOST_GROWTH} x", growth <= MOST_GROWTH)


# ── many documents ────────────────────────────────────────────────────────────────────────────────────────────


def tell_many(folder: Path) -> None:
    """A thousand plans of the composed documents, by one child and by two."""
    places = [path for path, _labels in build(folder)]
    for workers in (1, 2):
        began = time.perf_counter()
        refused = sum(isinstance(answer, BadInput) for _, answer in read_many(_many(places), workers=workers))
        took = time.perf_counter() - began
        say(f"{MANY} plans, {workers} child{'ren' * (workers > 1)}, {refused} refused", f"{took:.1f} s")
        say("   each", f"{took / MANY * 1000:.1f} ms")


def _many(places: Iterable[Path]) -> Iterable[Path]:
    return islice(cycle(places), MANY)


# ── hostile files ─────────────────────────────────────────────────────────────────────────────────────────────


def tell_hostile(folder: Path) -> None:
    """How soon each is refused, and the memory that its child may take: address space, the interpreter's own included."""
    for name, (make, *_ways) in HOSTILE.items():
        make(folder / name)
        began, before = time.perf_counter(), processor_seconds()
        try:
            read_document(folder / name)
            said = "READ"
        except BadInput as refusal:
            said = type(refusal).__name__
        took, used = time.perf_counter() - began, processor_seconds() - before
        say(f"{name}: {said}, {used:.2f} s of processor", f"{took:.2f} s", f"{REFUSED_S} s", took < REFUSED_S)
    bound = MEMORY >> 20
    say("the most memory that a child may take", f"{bound} MB", f"{REFUSED_MB} MB", bound < REFUSED_MB)


def main() -> None:
    """Print each figure beside what is demanded."""
    say("what", "measured", "demanded")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for tell in (tell_ten_pages, tell_growth, tell_many, tell_hostile):
            tell(folder)


if __name__ == "__main__":
    main()

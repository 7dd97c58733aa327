"""Speed of reading plan documents: ten pages, many plans on two cores, and cost by length. Run: make bench."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import docx

from tests.intake.corpus.writing import font
from workflow.intake.readers.reading import Reader
from workflow.services.drafting import Drafted, draft_many, draft_plan, drafted_from

AT = datetime(2026, 4, 6, 2, tzinfo=UTC)
RUNS = 5
TEN_PAGES_S = 0.5
MANY = 1000
MOST_GROWTH = 1.5
"""How much more a page of a document of 500 pages may cost than one of 50."""

WORDS_OF_A_PAGE = 420
HEAD = (
    "ỦY BAN NHÂN DÂN XÃ HÒA LẠC",
    "Số: 12/KH-UBND",
    "Hòa Lạc, ngày 06 tháng 4 năm 2026",
    "KẾ HOẠCH",
    "Đối thoại của Chủ tịch UBND xã với hộ nuôi tôm năm 2026",
    "I. NỘI DUNG",
    "1. Thời gian: 8h00 ngày 22/5/2026, tại Nhà văn hóa xã.",
    "2. Ủy ban MTTQ xã phát và thu phiếu hỏi, gửi về Văn phòng HĐND&UBND xã trước ngày 24/4/2026.",
    "3. Phòng Kinh tế xây dựng văn bản trả lời các ý kiến, xong trước ngày 08/5/2026.",
    "4. Văn phòng HĐND&UBND xã ban hành thông báo kết luận chậm nhất 10 ngày làm việc sau ngày tổ chức hội nghị.",
    "II. TỔ CHỨC THỰC HIỆN",
)
PROSE = (
    (
        "Năm qua toàn xã có hơn 300 hộ nuôi tôm với diện tích 412 ha, sản lượng ước đạt 1.850 tấn; giá bán bình quân thấp hơn "
        "cùng kỳ, chi phí thức ăn và điện tăng, một số ao nuôi ở phía nam bị ảnh hưởng bởi nguồn nước."
    ),
    (
        "Ý kiến của các hộ tập trung vào hệ thống kênh cấp thoát nước, chất lượng con giống, giá thu mua và nguồn vốn vay; "
        "phần lớn ý kiến trùng với những nội dung đã nêu ở kỳ đối thoại năm 2025."
    ),
)
DUTY = "{number}. Phòng Kinh tế gửi báo cáo số {number} về Văn phòng HĐND&UBND xã trước ngày {day}/5/2026."
FEW_DUTIES, MANY_DUTIES = 100, 1000


def lines(pages: int) -> list[str]:
    """A plan of about so many pages: its duties on the first, plain prose on the others."""
    made, words = list(HEAD), 0
    while words < pages * WORDS_OF_A_PAGE:
        made.append(f"- {PROSE[len(made) % len(PROSE)]}")
        words += len(made[-1].split())
    return made


def write_docx(path: Path, pages: int) -> Path:
    """The plan as a Word file."""
    word = docx.Document()
    for line in lines(pages):
        word.add_paragraph(line)
    word.save(str(path))
    return path


def write_txt(path: Path, pages: int) -> Path:
    """The plan as a text."""
    path.write_text("\n".join(lines(pages)), encoding="utf-8")
    return path


def write_pdf(path: Path, pages: int) -> Path:
    """The plan as a PDF with text."""
    from fpdf import FPDF

    page = FPDF()
    page.add_page()
    page.add_font("plain", fname=str(font()))
    page.set_font("plain", size=12)
    for line in lines(pages):
        page.multi_cell(0, 7, line, new_x="LMARGIN", new_y="NEXT")
    page.output(str(path))
    return path


def plan_text(_path: Path, drafted: Drafted) -> str:
    """What comes back from the process that drafted a plan."""
    return drafted.plan_text


def processor_seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median processor time of a piece of work, its child processes among it, after one run that is not counted."""
    work()
    spent = []
    for _ in range(runs):
        before = os.times()
        work()
        after = os.times()
        spent.append(sum(after[:4]) - sum(before[:4]))
    return statistics.median(spent)


def say(what: str, took: str, demanded: str = "", met: bool | None = None) -> None:
    """One row of the table."""
    verdict = "" if met is None else ("met" if met else "MISSED")
    sys.stdout.write(f"{what:<58} {took:>10} {demanded:>10} {verdict:>8}\n")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _tell_ten_pages(folder)
        for write in (write_docx, write_txt, write_pdf):
            _tell_growth(write, folder)
        _tell_growth_in_duties(folder)
        _tell_many(folder)


def _tell_ten_pages(folder: Path) -> None:
    """With the child process kept, as for one document of many: the start of a process is told apart."""
    ten = write_docx(folder / "ten.docx", 10)
    with Reader() as reader:
        took = processor_seconds(lambda: drafted_from(reader.read(ten), ten.name, today=AT.date()))
        began = time.perf_counter()
        drafted_from(reader.read(ten), ten.name, today=AT.date())
        by_clock = time.perf_counter() - began
    say("a .docx of 10 pages, document to plan file", f"{by_clock:.2f} s", f"{TEN_PAGES_S} s", by_clock < TEN_PAGES_S)
    say("   processor time of ours alone", f"{took:.2f} s")
    alone = processor_seconds(lambda: draft_plan(ten, at=AT))
    say("   on its own, with the start of its reading process", f"{alone:.2f} s")


def _tell_growth(write: Callable[[Path, int], Path], folder: Path) -> None:
    form = write.__name__.removeprefix("write_")
    costs = {}
    for pages in (50, 500):
        path = write(folder / f"{pages}.{form}", pages)
        costs[pages] = processor_seconds(partial(draft_plan, path, at=AT), runs=1)
    growth = costs[500] / costs[50] / 10
    say(f"a .{form} of 500 pages", f"{costs[500]:.2f} s")
    say("   a page of it against one of 50 pages", f"{growth:.2f}x", f"{MOST_GROWTH}x", growth <= MOST_GROWTH)


def _tell_growth_in_duties(folder: Path) -> None:
    costs = {}
    for count in (FEW_DUTIES, MANY_DUTIES):
        path = folder / f"duties-{count}.txt"
        duties = [DUTY.format(number=number, day=number % 20 + 1) for number in range(5, count)]
        path.write_text("\n".join([*HEAD, *duties]), encoding="utf-8")
        costs[count] = processor_seconds(partial(draft_plan, path, at=AT), runs=1)
    growth = costs[MANY_DUTIES] / costs[FEW_DUTIES] / (MANY_DUTIES / FEW_DUTIES)
    say(f"a plan of {MANY_DUTIES} duties", f"{costs[MANY_DUTIES]:.2f} s")
    say(f"   a duty of it against one of {FEW_DUTIES}", f"{growth:.2f}x", f"{MOST_GROWTH}x", growth <= MOST_GROWTH)


def _tell_many(folder: Path) -> None:
    paths = [write_docx(folder / f"kh-{number}.docx", 2) for number in range(MANY // 10)] * 10
    began = time.perf_counter()
    done = sum(1 for _ in draft_many(paths, plan_text, at=AT))
    took = time.perf_counter() - began
    say(f"{done} plans of 2 pages (.docx), two processes", f"{took:.1f} s")
    say("   for each", f"{1000 * took / done:.0f} ms")


if __name__ == "__main__":
    main()

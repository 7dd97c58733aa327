"""How well and how fast plan documents are read: the accuracy of each document, and seconds against their limits.

`--strict` ends with 1 when a limit is missed. Times are processor seconds of reading and understanding a file after imports, in one process.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from calendars import vietnam_office  # noqa: E402
from tests.intake.corpus import build  # noqa: E402
from tests.intake.corpus.composing import Composed, Docx, Heading, Items, Part, Pdf, Txt  # noqa: E402
from tests.intake.corpus.writing import write  # noqa: E402
from tests.intake.score import five_plans, report  # noqa: E402
from workflow.intake.completing import complete  # noqa: E402
from workflow.intake.extracting import extract  # noqa: E402
from workflow.intake.readers.parsing import parse  # noqa: E402

TEN_PAGES_S = 0.5
TEN_TIMES = 13.0
"""At most so much longer for ten times as many pages: linear, with a little room for a noisy machine."""

LINES_ON_A_PAGE = 36
RUNS = 5

PROSE = (
    "Nội dung trao đổi bám sát đời sống của người dân, không phô trương, không làm thay việc của cơ quan khác.",
    "Các đơn vị cần phân tích kỹ nguyên nhân của những việc còn tồn đọng, nhất là đất đai, môi trường và giao thông nông thôn.",
    "Người phát biểu nêu ngắn gọn, đi thẳng vào vấn đề; người trả lời nói rõ việc đã làm, việc đang làm và việc chưa làm được.",
    "Trong năm qua tình hình chung ổn định, thu ngân sách đạt kế hoạch, các công trình dân sinh được đưa vào sử dụng.",
)


def pages(count: int, each: int = 5) -> tuple[Part, ...]:
    """So many pages: prose on how things stand, then one page in `each` that gives work to a unit of its own."""
    parts: list[Part] = [
        "KẾ HOẠCH",
        "Đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026",
        Heading("I. TÌNH HÌNH CHUNG"),
    ]
    parts += [line for page in range(count - count // each) for line in _prose(page)]
    parts += ["II. THỜI GIAN", "Thời gian: 8 giờ 00 ngày 25/9/2026.", Heading("III. TỔ CHỨC THỰC HIỆN")]
    parts += [part for unit in range(count // each) for part in _work(unit)]
    return tuple(parts)


def _prose(page: int) -> Iterator[Part]:
    lines = range(LINES_ON_A_PAGE // 2)
    return (f"{PROSE[(page + line) % len(PROSE)]} Khu {page} có {line + 2} tổ tự quản." for line in lines)


def _work(unit: int) -> Iterator[Part]:
    """A page of four duties for each of four groups of a unit."""
    yield Heading(f"{unit + 1}. Tổ công tác số {unit + 1}")
    for group in range(4):
        day = (unit + group) % 20 + 1
        yield Items(
            (
                f"Lấy ý kiến của khu dân cư số {unit}.{group}, gửi về Văn phòng trước ngày {day:02}/7/2026.",
                f"Trả lời bằng văn bản nhóm kiến nghị số {unit}.{group} chậm nhất ngày {day:02}/8/2026.",
                f"Chuẩn bị hội trường, chỗ ngồi cho khu dân cư số {unit}.{group}.",
                f"Giải quyết kiến nghị của khu {unit}.{group} trong thời hạn 07 ngày làm việc kể từ ngày có thông báo kết luận.",
            )
        )


def mingled(count: int) -> tuple[Part, ...]:
    """So many pages whose prose stands in the sections of the units, so that each sentence may be a duty."""
    parts: list[Part] = [
        "KẾ HOẠCH",
        "Đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026",
        "Thời gian: 8 giờ 00 ngày 25/9/2026.",
    ]
    for page in range(count):
        parts += [*(_work(page // 5) if page % 5 == 0 else ()), *_prose(page)]
    return tuple(parts)


def document(name: str, form: Txt | Docx | Pdf, parts: tuple[Part, ...]) -> Composed:
    """A document without labels."""
    return Composed(name, form, "dialogue", "UBND xã An Bình", parts, duties={}, order=())


def understand(path: Path) -> int:
    """How many steps are read out of a file."""
    read = parse(path)
    return len(complete(extract(read), read, vietnam_office()).steps)


def seconds(work: Callable[[Path], int], path: Path, runs: int = RUNS) -> float:
    """The quickest of several runs."""
    spent = []
    for _ in range(runs):
        start = time.process_time()
        work(path)
        spent.append(time.process_time() - start)
    return min(spent)


def speed(folder: Path) -> Iterator[tuple[str, str, str, bool]]:
    """What is measured, its figure, its limit, and whether that is met."""
    short, _ = write(document("ten", Docx(), pages(10)), folder)
    steps = understand(short)
    spent = seconds(understand, short)
    yield f".docx of 10 pages, {steps} steps", f"{spent:.3f} s", f"≤ {TEN_PAGES_S} s", spent <= TEN_PAGES_S
    for form in (Txt(width=90), Docx(), Pdf()):
        yield tenfold(folder, form, "50 → 500 pages", (pages(50), pages(500)))
    yield tenfold(folder, Docx(), "10 → 100 pages, all of duties", (pages(10, 1), pages(100, 1)))
    yield tenfold(folder, Docx(), "10 → 100 pages, prose among duties", (mingled(10), mingled(100)))


def tenfold(
    folder: Path, form: Txt | Docx | Pdf, what: str, texts: tuple[tuple[Part, ...], tuple[Part, ...]]
) -> tuple[str, str, str, bool]:
    """A text and one ten times as long, of the same kind."""
    some, many = (write(document(f"text{number}", form, parts), folder)[0] for number, parts in enumerate(texts))
    one, ten = seconds(understand, some, 3), seconds(understand, many, 1)
    figure = f"{one:.2f} s → {ten:.2f} s, ×{ten / one:.1f}"
    return f"{some.suffix} of {what}", figure, f"≤ ×{TEN_TIMES:g}", ten / one <= TEN_TIMES


def say(lines: Iterable[str]) -> None:
    """Print lines."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def main(arguments: Sequence[str]) -> int:
    """Print accuracy, then speed."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        for documents in (five_plans(), build(folder)):
            say(report(documents, quiet=True))
        rows = [*speed(folder)]
    say(f"{what:<46} {figure:>28}  {limit:>9}  {'met' if met else 'MISSED'}" for what, figure, limit, met in rows)
    return 1 if "--strict" in arguments and not all(row[3] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""How well and how fast plan documents are read: the accuracy of each document, and seconds against their limits.

`--strict` ends with 1 when a limit is missed. Times are of reading and understanding a file after imports, in one process.
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


def pages(count: int) -> tuple[Part, ...]:
    """So many pages: one in five gives work to a unit of its own, the others are prose."""
    parts: list[Part] = ["KẾ HOẠCH", "Đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026"]
    parts.append("Thời gian: 8 giờ 00 ngày 25/9/2026.")
    for page in range(count):
        parts += _work(page) if page % 5 == 0 else _prose(page)
    return tuple(parts)


def _work(page: int) -> Iterator[Part]:
    day = page // 5 % 20 + 1
    yield Heading(f"{page // 5 + 1}. Tổ công tác số {page}")
    yield Items(
        (
            f"Lấy ý kiến của khu dân cư số {page}, gửi về Văn phòng trước ngày {day:02}/7/2026.",
            f"Trả lời bằng văn bản nhóm kiến nghị số {page} chậm nhất ngày {day:02}/8/2026.",
            f"Chuẩn bị hội trường, chỗ ngồi cho khu dân cư số {page}.",
            f"Trả lời người dân khu {page} trong thời hạn 07 ngày làm việc kể từ ngày có thông báo kết luận.",
        )
    )
    yield from _prose(page, LINES_ON_A_PAGE // 2 - 3)


def _prose(page: int, lines: int = LINES_ON_A_PAGE // 2) -> Iterator[Part]:
    return (f"Mục {page}.{line}. {PROSE[(page + line) % len(PROSE)]}" for line in range(lines))


def document(name: str, form: Txt | Docx | Pdf, count: int) -> Composed:
    """A document of so many pages, without labels."""
    return Composed(name, form, "dialogue", "UBND xã An Bình", pages(count), duties={}, order=())


def understand(path: Path) -> int:
    """How many steps are read out of a file."""
    read = parse(path)
    return len(complete(extract(read), read, vietnam_office()).steps)


def seconds(work: Callable[[Path], int], path: Path, runs: int = RUNS) -> float:
    """The quickest of several runs."""
    spent = []
    for _ in range(runs):
        start = time.perf_counter()
        work(path)
        spent.append(time.perf_counter() - start)
    return min(spent)


def speed(folder: Path) -> Iterator[tuple[str, str, str, bool]]:
    """What is measured, its figure, its limit, and whether that is met."""
    short, _ = write(document("ten", Docx(), 10), folder)
    steps = understand(short)
    spent = seconds(understand, short)
    yield f".docx of 10 pages, {steps} steps", f"{spent:.3f} s", f"≤ {TEN_PAGES_S} s", spent <= TEN_PAGES_S
    for form in (Txt(width=90), Docx(), Pdf()):
        some, _ = write(document("fifty", form, 50), folder)
        many, _ = write(document("many", form, 500), folder)
        one, ten = seconds(understand, some, 3), seconds(understand, many, 1)
        figure = f"{one:.2f} s → {ten:.2f} s, ×{ten / one:.1f}"
        yield f"{some.suffix} of 50 → 500 pages", figure, f"≤ ×{TEN_TIMES:g}", ten / one <= TEN_TIMES


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
    say(f"{what:<40} {figure:>28}  {limit:>9}  {'met' if met else 'MISSED'}" for what, figure, limit, met in rows)
    return 1 if "--strict" in arguments and not all(row[3] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

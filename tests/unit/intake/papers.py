"""Small documents for tests, written as a clerk writes them."""

from __future__ import annotations

from workflow.intake.document import Block, BlockKind, Cell, Document
from workflow.intake.draft import Draft, DraftStep
from workflow.intake.extracting import extract

HEAD = """UBND XÃ TÂN HÒA
Số: 15/KH-UBND
Tân Hòa, ngày 02 tháng 3 năm 2026
KẾ HOẠCH
Đối thoại giữa Chủ tịch UBND xã với nông dân năm 2026
"""


def paper(text: str) -> Document:
    """A text file: one block for each line that is not blank."""
    blocks: list[Block] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Block(start, start + len(line.rstrip("\r\n"))))
        start += len(line)
    return Document(text, tuple(blocks), "txt")


def drawn(text: str, *, head: str = HEAD) -> Draft:
    """The draft of a text under a usual letterhead."""
    return extract(paper(head + text))


def tasks(text: str, *, head: str = HEAD) -> tuple[DraftStep, ...]:
    """The steps of what stands under "Tổ chức thực hiện"."""
    return drawn(f"III. TỔ CHỨC THỰC HIỆN\n{text}\n", head=head).steps


def only(text: str) -> DraftStep:
    """The one step of some tasks."""
    (step,) = tasks(text)
    return step


def told(step: DraftStep) -> str:
    """A step in one line: kind, owner, limit; the words that stand for a limit in quotation marks."""
    limit = step.deadline
    if limit is None:
        return f"{step.kind} | {step.owner or ''} | {f'«{step.reference}»' if step.reference else ''}"
    anchor = f"«{limit.anchor}»" if limit.anchor else None
    words = (limit.type, limit.date, limit.end_date, limit.n, limit.unit, anchor)
    return f"{step.kind} | {step.owner or ''} | {' '.join(str(word) for word in words if word is not None)}"


def tabled(rows: list[list[str]], *, head: str = HEAD, merged: tuple[tuple[int, int, int, int], ...] = ()) -> Draft:
    """The draft of a table under a usual letterhead; `merged`: row, column, rows and columns of merged cells."""
    text, blocks = head, list(paper(head).blocks)
    spans = {(row, column): (tall, wide) for row, column, tall, wide in merged}
    covered = {
        (row + down, column + right)
        for (row, column), (tall, wide) in spans.items()
        for down in range(tall)
        for right in range(wide)
        if (down, right) != (0, 0)
    }
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            if (row, column) in covered:
                continue
            tall, wide = spans.get((row, column), (1, 1))
            place = Cell(0, row, column, tall, wide)
            blocks.append(Block(len(text), len(text) + len(words), BlockKind.CELL, cell=place))
            text += f"{words}\n"
    return extract(Document(text, tuple(blocks), "docx"))

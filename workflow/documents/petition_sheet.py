"""Petitions out of the rows of a table: columns by their headings, each row with what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from workflow.domain.errors import BadInput
from workflow.domain.names import slug

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "text": ("noi dung kien nghi", "noi dung", "kien nghi", "y kien", "cau hoi", "text"),
        "name": ("nguoi neu", "nguoi kien nghi", "ho ten", "ho va ten", "ten nguoi neu", "name"),
        "unit": ("don vi cua nguoi neu", "don vi neu", "don vi", "noi cong tac", "unit"),
        "contact": ("email", "e mail", "lien he", "dia chi thu", "contact"),
        "topic": ("nhom van de", "linh vuc", "chu de", "topic"),
        "lead": ("don vi tra loi", "co quan tra loi", "chu tri tra loi", "don vi chu tri", "chu tri", "lead"),
        "coordinating": ("don vi phoi hop", "phoi hop", "coordinating"),
        "authority": ("tham quyen", "authority"),
        "raised_when": ("neu khi nao", "thoi diem neu", "thoi diem", "raised when"),
        "raised_on": ("ngay neu", "ngay", "raised on"),
    }
)
"""The headings that each column may have, without accents, the likelier first."""

_HEADING_ROWS = 10


class HeadingsMissing(BadInput):
    template = (
        "Không thấy cột «Nội dung kiến nghị»; hãy ghi tên cột ở dòng đầu bảng, "
        "ví dụ: Nội dung kiến nghị, Người nêu, Đơn vị, Nhóm vấn đề, Đơn vị trả lời."
    )


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One petition as the table has it. `line`: the number of its row, from 1; `fields`: by the names of `COLUMNS`."""

    line: int
    fields: Mapping[str, str]


def petition_rows(rows: Sequence[Sequence[str]]) -> list[SheetRow]:
    """The rows below the headings. Raises `HeadingsMissing`."""
    for place, row in enumerate(rows[:_HEADING_ROWS]):
        columns = columns_of(row)
        if "text" in columns:
            below = enumerate(rows[place + 1 :], place + 2)
            return [SheetRow(line, _fields(cells, columns)) for line, cells in below]
    raise HeadingsMissing


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Which column holds what; each column is one thing at most."""
    plain = [slug(heading).replace("-", " ") if heading.strip() else "" for heading in headings]
    found: dict[str, int] = {}
    for name, known in COLUMNS.items():
        places = [plain.index(each) for each in known if each in plain and plain.index(each) not in found.values()]
        if places:
            found[name] = places[0]
    return found


def _fields(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    return {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}

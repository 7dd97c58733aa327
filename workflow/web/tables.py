"""Any list of the pages as a file: the same address with `?as=xlsx` or `?as=csv`, so that nobody gets more than they see.

A page that lists something asks `wanted(visit)` first and, given a form, answers with `download`; its template calls
the macro `downloads` of `_tables.html`. The rows of the file are read through the same filter as those of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.responses import Response

from workflow.documents.sheets import FORMS, Sheet, as_file
from workflow.domain.errors import BadInput
from workflow.domain.names import slug
from workflow.web.downloads import attached
from workflow.web.visit import Visit

AS = "as"
"""The field of an address that asks for a file."""

MOST_ROWS = 20_000
"""Of a file that is made while one waits; more are made by a job that can be left (`/exports`)."""


class TooManyRows(BadInput):
    template = (
        "Danh sách có {count} dòng, nhiều hơn {most} dòng của một lần tải; hãy thu hẹp bộ lọc, hoặc lập tệp ở trang "
        "Tải dữ liệu."
    )


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one is in a list that is shown in pages. `first`, `last`: lines shown, counted from 1."""

    number: int
    size: int
    count: int

    @property
    def offset(self) -> int:
        """How many lines come before this page."""
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        """The number of its first line."""
        return min(self.offset + 1, self.count)

    @property
    def last(self) -> int:
        """The number of its last line."""
        return min(self.offset + self.size, self.count)

    @property
    def more(self) -> bool:
        """Whether another page follows."""
        return self.last < self.count


def wanted(visit: Visit) -> str | None:
    """The form in which the list is asked for, one of `FORMS`; None: as a page."""
    form = visit.request.query_params.get(AS)
    return form if form in FORMS else None


def check_size(count: int) -> None:
    """Let a list that can be made at once pass. Raises `TooManyRows`."""
    if count > MOST_ROWS:
        raise TooManyRows(count=count, most=MOST_ROWS)


def download(visit: Visit, form: str, sheet: Sheet) -> Response:
    """A table as a file to be saved."""
    check_size(len(sheet.rows))
    name = f"{slug(sheet.title)}-{visit.today:%Y-%m-%d}.{form}"
    return attached(as_file(form, sheet, made_at=visit.at), name)


def address(visit: Visit, **changes: Any) -> str:
    """The address of this page with other fields; a field that is None is left out."""
    query = visit.request.url.query
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name not in changes]
    added = [(name, str(value)) for name, value in changes.items() if value is not None]
    path = visit.request.url.path
    return f"{path}?{urlencode([*kept, *added])}" if kept or added else path


def page_of(visit: Visit, count: int, size: int = 50) -> Pages:
    """The page of a list that the address asks for by `page`; the last one where it asks for too much."""
    asked = visit.request.query_params.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
    return Pages(max(1, min(number, -(-count // size))), size, count)


def cut(rows: Sequence[Any], pages: Pages) -> Iterable[Any]:
    """The rows of one page of a list that was read whole."""
    return rows[pages.offset : pages.offset + pages.size]

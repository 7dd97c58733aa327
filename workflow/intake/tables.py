"""Tables of tasks: each row a duty, its columns told by their heads; tables drawn with bars as well."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from workflow.domain.definition import StepKind
from workflow.intake.acts import Act
from workflow.intake.clauses import begins_with_verb
from workflow.intake.document import Block, Document
from workflow.intake.flowing import Part
from workflow.intake.kinds import kind_of, other_meeting
from workflow.intake.labels import fields, label_role
from workflow.intake.layout import Paragraph, cell_flow
from workflow.intake.limits import Years, stated
from workflow.intake.outline import PHASES, role_of
from workflow.intake.owners import heading_name, owner_told, plain_name
from workflow.intake.recipients import partners

_FEWEST = 2  # columns that a head must name
_MOST_HEADS = 7  # rows of a table whose heads stand in its first column
_SOME_YEAR = 2000  # for days without a year, where only whether it is a day matters
_HOURS: Final = re.compile(
    r"(?:\d{1,2}\s*(?:h|g|:|giờ)\s*(?:\d{2})?(?:\s*phút|'|’)?(?:\s*(?:[-–—]|đến)\s*)?){1,2}", re.IGNORECASE
)
_LONGEST_HEAD = 12  # words of a column's head


@dataclass(frozen=True)
class Row:
    """A row: the words of each column, by what the column is. `programme`: it is an item of the meeting's programme."""

    cells: Mapping[str, Part]
    phase: str = ""
    programme: bool = False


@dataclass(frozen=True)
class Grid:
    """A table read into rows. `start`: where it begins."""

    rows: tuple[Row, ...]
    start: int


def grids(document: Document) -> dict[int, Grid]:
    """The tables of tasks in a document, by number; other tables (letterheads, signatures) are left out."""
    cells = [block for block in document.blocks if block.cell is not None]
    made: dict[int, Grid] = {}
    for table, group in groupby(cells, key=lambda block: block.cell.table if block.cell else 0):
        grid = _grid(_lattice(document, list(group)))
        if grid is not None:
            made[table] = grid
    return made


def _lattice(document: Document, blocks: Sequence[Block]) -> list[dict[int, Part]]:
    """The words of each place of a table; a merged cell stands in each place that it covers."""
    rows: dict[int, dict[int, Part]] = {}
    for _, group in groupby(blocks, key=lambda block: (block.cell.row, block.cell.column) if block.cell else (0, 0)):
        inside = list(group)
        cell = inside[0].cell
        assert cell is not None
        part = cell_flow(document, inside).whole
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                rows.setdefault(row, {}).setdefault(column, part)
    return [rows[row] for row in sorted(rows)]


def barred(paragraphs: Iterable[Paragraph]) -> list[Grid]:
    """Tables whose columns are parted by bars in lines of text."""
    made = []
    for with_bars, group in groupby(paragraphs, key=lambda each: sum(t.key == "|" for t in each.body.tokens) >= 2):
        if with_bars:
            grid = _grid([dict(enumerate(_bars(each.body))) for each in group])
            if grid is not None:
                made.append(grid)
    return made


def _bars(part: Part) -> list[Part]:
    cuts = [part.first - 1, *(at for at in range(part.first, part.last) if part.flow.tokens[at].key == "|"), part.last]
    pieces = [part.cut(first + 1, last) for first, last in pairwise(cuts)]
    return pieces[1:] if pieces and pieces[0].empty else pieces


def _grid(lattice: Sequence[Mapping[int, Part]]) -> Grid | None:
    for table in (lattice, _turned(lattice)):
        for at, row in enumerate(table[:4]):
            columns = _columns(row)
            if len(set(columns.values())) >= _FEWEST and "task" in columns.values():
                return _made(table[at + 1 :], columns, row)
    columns = _told_by_cells(lattice)
    return _made(lattice, columns, lattice[0]) if columns else None


def _made(lattice: Sequence[Mapping[int, Part]], columns: Mapping[int, str], first: Mapping[int, Part]) -> Grid:
    start = next((part.span[0] for part in first.values() if not part.empty), 0)
    rows = tuple(_rows(lattice, columns))
    times = [row.cells["time"] for row in rows if "time" in row.cells]
    hours = sum(_hours(part) for part in times)
    if times and hours * 2 > len(times):
        rows = tuple(replace(row, programme=True) for row in rows)
    return Grid(rows, start)


def _hours(part: Part) -> bool:
    """Whether a cell tells an hour of the day and no day: "8h00 - 8h15"."""
    return _HOURS.fullmatch(part.text.strip(" .;")) is not None


def _turned(lattice: Sequence[Mapping[int, Part]]) -> list[dict[int, Part]]:
    """The table with its rows as columns: its heads stand in the first column."""
    if len(lattice) > _MOST_HEADS:
        return []
    columns = sorted({column for row in lattice for column in row})
    return [{at: row[column] for at, row in enumerate(lattice) if column in row} for column in columns]


def _told_by_cells(lattice: Sequence[Mapping[int, Part]]) -> dict[int, str]:
    """What the columns of a table without heads are: one of days, one of acts, perhaps one of names."""
    roles: dict[int, str] = {}
    if len(lattice) < _FEWEST:
        return roles
    for column in sorted(lattice[0]):
        cells = [part for row in lattice if (part := row.get(column)) is not None and not part.empty]
        role = next((role for role, test in _TELLING if cells and sum(map(test, cells)) * 3 >= len(cells) * 2), None)
        if role is not None and role not in roles.values():
            roles[column] = role
    return roles if {"task", "time"} <= set(roles.values()) else {}


def _is_time(part: Part) -> bool:
    limit = stated(part, Years(_SOME_YEAR)) if any(letter.isdigit() for letter in part.text) else None
    return limit is not None and not limit.vague and limit.end - limit.start >= 0.6 * (part.end - part.start)


_TELLING: Final[tuple[tuple[str, Callable[[Part], bool]], ...]] = (
    ("time", _is_time),
    ("owner", lambda part: heading_name(part, whole=True) is not None),
    ("task", lambda part: begins_with_verb(part) and len(part.tokens) > _FEWEST),
)


def _columns(row: Mapping[int, Part]) -> dict[int, str]:
    """What each column is, from its head."""
    return {at: role for at, part in row.items() if (role := _column(part)) is not None}


def _column(part: Part) -> str | None:
    role = label_role("columns", part)
    if role is not None:
        return role
    roles, keys = fields("columns"), part.trimmed("*:. ").keys.strip()
    starting = [label for label in roles if keys.startswith(f"{label} ") and len(label) > 3]
    return roles[max(starting, key=len)] if starting and len(part.tokens) <= _LONGEST_HEAD else None


def _rows(lattice: Iterable[Mapping[int, Part]], columns: Mapping[int, str]) -> Iterator[Row]:
    """The rows that tell a duty; a row that is one cell names the phase of those below it, or who owes them."""
    phase, owner = "", None
    for row in lattice:
        cells: dict[str, Part] = {}
        for at, role in columns.items():
            part = row.get(at)
            if part is not None and not part.empty:
                cells.setdefault(role, part)
        task = cells.get("task")
        if task is None or _numbering(task) or _columns(row) == columns:
            continue
        others = [part for role, part in cells.items() if role not in ("task", "number")]
        if not others or any(part.flow is task.flow and part.first == task.first for part in others):
            phase, owner = PHASES.get(role_of(task), ""), heading_name(task, whole=True)
        else:
            yield Row({**({"owner": owner} if owner is not None else {}), **cells}, phase)


def _numbering(part: Part) -> bool:
    return part.text.strip("()").isdigit()


def act_of_row(row: Row, years: Years, number: int) -> Act:
    """The duty that a row tells."""
    task = row.cells["task"]
    phase = "meeting" if row.programme else row.phase
    act = Act(task, kind_of(task, phase), path=(number,), phase=phase, in_meeting=row.programme)
    if (time := row.cells.get("time")) is not None and not row.programme:
        act.limit = stated(time, years)
        act.limit_part = time if act.limit is not None else None
        if act.limit is None or act.limit.vague:
            act.limit, act.reference = None, time.text
    if (owner := row.cells.get("owner")) is not None:
        act.owner = owner_told(owner)
        act.coordinating = partners(owner)
    if (partner := row.cells.get("coordinating")) is not None:
        act.coordinating = names_listed(partner)
    if (product := row.cells.get("product")) is not None:
        act.product = product.text.strip(" .;-–")
    if (receiver := row.cells.get("recipient")) is not None:
        act.recipient = plain_name(receiver)
    return act


def names_listed(part: Part) -> tuple[str, ...]:
    """Names parted by commas or semicolons."""
    text = plain_name(part) or ""
    return tuple(name for each in text.replace(";", ",").split(",") if (name := each.strip(" -–+.")))


def is_meeting(act: Act) -> bool:
    """Whether a row is the meeting itself."""
    return act.kind is StepKind.HOLD_MEETING and not other_meeting(act.part)

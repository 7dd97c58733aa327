"""Tables of tasks: each row a duty, its columns told by their heads; tables drawn with bars as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from workflow.domain.definition import StepKind
from workflow.intake.acts import Act
from workflow.intake.document import Block, Document
from workflow.intake.flowing import Part
from workflow.intake.kinds import kind_of, other_meeting
from workflow.intake.layout import Paragraph, cell_flow
from workflow.intake.limits import Years, stated
from workflow.intake.outline import PHASES, fields, role_of
from workflow.intake.owners import owner_told, partners, plain_name

_FEWEST = 2  # columns that a head must name


@dataclass(frozen=True)
class Row:
    """A row: the words of each column, by what the column is."""

    cells: Mapping[str, Part]
    phase: str = ""


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
    for at, row in enumerate(lattice[:4]):
        columns = _columns(row)
        if len(set(columns.values())) >= _FEWEST and "task" in columns.values():
            rows = tuple(_rows(lattice[at + 1 :], columns))
            start = next((part.span[0] for part in row.values() if not part.empty), 0)
            return Grid(rows, start)
    return None


def _columns(row: Mapping[int, Part]) -> dict[int, str]:
    """What each column is, from its head."""
    return {at: role for at, part in row.items() if (role := _column(part)) is not None}


def _column(part: Part) -> str | None:
    keys = part.trimmed("*:. ").keys.strip()
    if "(" in keys:
        keys = keys[: keys.index("(")].strip()
    roles = fields("columns")
    if keys in roles:
        return roles[keys]
    starting = [label for label in roles if keys.startswith(f"{label} ") and len(label) > 3]
    return roles[max(starting, key=len)] if starting else None


def _rows(lattice: Iterable[Mapping[int, Part]], columns: Mapping[int, str]) -> Iterator[Row]:
    """The rows that tell a duty; a row that is one cell names the phase of those below it."""
    phase = ""
    for row in lattice:
        cells: dict[str, Part] = {}
        for at, role in columns.items():
            part = row.get(at)
            if part is not None and not part.empty:
                cells.setdefault(role, part)
        task = cells.get("task")
        if task is None or _numbering(task):
            continue
        others = [part for role, part in cells.items() if role not in ("task", "number")]
        if not others or any(part.flow is task.flow and part.first == task.first for part in others):
            phase = PHASES.get(role_of(task), "")
        else:
            yield Row(cells, phase)


def _numbering(part: Part) -> bool:
    return part.text.strip("()").isdigit()


def act_of_row(row: Row, years: Years, number: int) -> Act:
    """The duty that a row tells."""
    task = row.cells["task"]
    act = Act(task, kind_of(task, row.phase), path=(number,), phase=row.phase)
    if (time := row.cells.get("time")) is not None:
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

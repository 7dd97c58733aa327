"""A document and the plan read out of it, side by side, as one HTML file that needs nothing else. Pure.

The words of each step are marked with its number and its colour; where the words of several steps overlap, all of their
numbers stand there. Every text that comes from a document is escaped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby, pairwise
from statistics import median_low
from typing import Any, TypeVar

from jinja2 import Environment, PackageLoader, StrictUndefined

from calendars.day_table import WEEKDAYS
from calendars.rules import Due
from workflow.documents import words
from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.lint_findings import Finding, Severity
from workflow.domain.zone import shown
from workflow.intake.document import Document
from workflow.intake.draft import Draft, DraftStep, Edge, LatestSafe
from workflow.intake.segments import Mark, Passage, Piece, marks_of, passages
from workflow.language import Language, catalogue, finding_sentence, retell, translate

COLOURS = 8
"""How many colours there are; numbers tell steps of the same colour apart."""

MOST_STEPS_OF_A_FINDING = 3
"""A finding about more steps than that is shown once for all of them."""

Limits = Mapping[str, Due | None]
Each = TypeVar("Each")


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table; it may hold several passages, none where nothing is written."""

    rows: int
    columns: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the document, row by row."""

    rows: tuple[tuple[TableCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A passage outside tables. `apart`: an empty line stands before it."""

    passage: Passage
    apart: bool = False
    page: int | None = None
    """The page that begins with it, None when none does."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Edges into a step that rest on the same reason: what must be done first, by number and name, and why."""

    first: tuple[tuple[int, str], ...]
    why: str
    words: str | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding and its number, from 1. `found`: whether the words that it is about stand in the document."""

    number: int
    finding: Finding
    found: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as it is shown. `found`: for each of its sources, whether its words stand in the document; `findings`:
    those of which it is the first step, but for those about many."""

    number: int
    step: DraftStep
    limit: Due | None
    waits: tuple[Wait, ...]
    findings: tuple[Doubt, ...]
    latest: LatestSafe | None
    found: tuple[bool, ...]

    @property
    def colour(self) -> int:
        """The number of its colour, from 1."""
        return colour_of(self.number)


def side_by_side(document: Document, draft: Draft, limits: Limits, *, name: str = "", language: Language = "vi") -> str:
    """The whole page. `limits`: the computed limit of each step by its key; `name`: the document's, as people know it."""
    layout = tuple(laid_out(document, passages(document, marks_of(draft))))
    marks = frozenset(_marks_in(layout))
    steps = step_views(draft, limits, marks)
    found = doubts(draft, marks)
    counted = [(severity, sum(doubt.finding.severity is severity for doubt in found)) for severity in Severity]
    template = _environment(language).get_template("side_by_side.html")
    return template.render(
        draft=draft,
        layout=layout,
        steps=steps,
        doubts=found,
        general=[doubt for doubt in found if _concerns_all(doubt.finding)],
        spaced=_usual_gap(document) > 1,
        severities=[each for each in counted if each[1]],
        name=name,
        language=language,
        by_key={view.step.key: view for view in steps},
    )


def document_pane(document: Document, draft: Draft, *, language: Language = "vi") -> str:
    """The document alone, as a piece of safe HTML with the same marks and anchors; the badges lead to `#viec-<number>`."""
    layout = tuple(laid_out(document, passages(document, marks_of(draft))))
    template = _environment(language).get_template("document_pane.html")
    return template.render(layout=layout, spaced=_usual_gap(document) > 1)


def colour_of(number: int) -> int:
    """The colour of the step with a number, both from 1."""
    return (number - 1) % COLOURS + 1


def step_views(draft: Draft, limits: Limits, marks: Collection[Mark]) -> tuple[StepView, ...]:
    """Every step with what is said about it, numbered from 1 in the order of the draft. `marks`: those that show."""
    numbers = {step.key: number for number, step in enumerate(draft.steps, 1)}
    names = {step.key: step.name for step in draft.steps}
    latest = {each.step: each for each in draft.schedule}
    found = {(mark.place, mark.nth) for mark in marks if not mark.finding}
    edges = _grouped((edge.after, edge) for edge in draft.edges)
    own = (doubt for doubt in doubts(draft, marks) if not _concerns_all(doubt.finding))
    findings = _grouped((doubt.finding.steps[0], doubt) for doubt in own)
    return tuple(
        StepView(
            number=place + 1,
            step=step,
            limit=limits.get(step.key),
            waits=tuple(_waits(edges.get(step.key, []), numbers, names)),
            findings=tuple(findings.get(step.key, [])),
            latest=latest.get(step.key),
            found=tuple((place, nth) in found for nth in range(len(step.sources))),
        )
        for place, step in enumerate(draft.steps)
    )


def _concerns_all(finding: Finding) -> bool:
    """Whether a finding is shown for the whole plan."""
    return not finding.steps or len(finding.steps) > MOST_STEPS_OF_A_FINDING


def doubts(draft: Draft, marks: Collection[Mark]) -> tuple[Doubt, ...]:
    """Every finding, numbered from 1 in the order of the draft. `marks`: those that show."""
    found = {mark.place for mark in marks if mark.finding}
    return tuple(Doubt(place + 1, finding, place in found) for place, finding in enumerate(draft.findings))


def _grouped(pairs: Iterable[tuple[str, Each]]) -> dict[str, list[Each]]:
    grouped: dict[str, list[Each]] = {}
    for key, each in pairs:
        grouped.setdefault(key, []).append(each)
    return grouped


def _waits(edges: Iterable[Edge], numbers: Mapping[str, int], names: Mapping[str, str]) -> Iterator[Wait]:
    grouped: dict[tuple[str, str | None], list[tuple[int, str]]] = {}
    for edge in edges:
        if edge.before in numbers:
            grouped.setdefault((edge.why, edge.words), []).append((numbers[edge.before], names[edge.before]))
    for (why, said), first in grouped.items():
        yield Wait(tuple(sorted(first)), why, said)


def laid_out(document: Document, parts: Iterable[Passage]) -> Iterator[Line | Table]:
    """The passages as lines and whole tables, in reading order."""
    end, page, usual = 0, 1, _usual_gap(document)
    for table, group in groupby(parts, key=lambda part: part.block.cell.table if part.block.cell else None):
        members = list(group)
        if table is not None:
            yield Table(tuple(_rows(members)))
            end = members[-1].block.end
            continue
        for part in members:
            block = part.block
            apart = document.text.count("\n", end, block.start) > usual
            yield Line(part, apart, block.page if block.page > page else None)
            end, page = block.end, max(page, block.page)


def _usual_gap(document: Document) -> int:
    """How many line ends stand between most lines: some texts have an empty line after each."""
    gaps = [document.text.count("\n", one.end, other.start) for one, other in pairwise(document.blocks)]
    return max(1, median_low(gaps)) if gaps else 1


def _rows(parts: Sequence[Passage]) -> Iterator[tuple[TableCell, ...]]:
    cells: dict[tuple[int, int], list[Passage]] = {}
    for part in parts:
        assert part.block.cell is not None
        cells.setdefault((part.block.cell.row, part.block.cell.column), []).append(part)
    for _, row in groupby(sorted(cells), key=lambda place: place[0]):
        yield tuple(_cell(cells[place]) for place in row)


def _cell(parts: list[Passage]) -> TableCell:
    cell = parts[0].block.cell
    assert cell is not None
    return TableCell(cell.rows, cell.columns, tuple(parts))


def _marks_in(layout: Iterable[Line | Table]) -> Iterator[Mark]:
    """The marks that have a place in the layout."""
    for each in layout:
        parts = [each.passage] if isinstance(each, Line) else [p for row in each.rows for c in row for p in c.passages]
        yield from (mark for part in parts for piece in part.pieces for mark in piece.begins)


# ── the page ──────────────────────────────────────────────────────────────────────────────────────────────────


@lru_cache
def _environment(language: Language) -> Environment:
    made = Environment(
        loader=PackageLoader("workflow.documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    made.policies["ext.i18n.trimmed"] = True
    made.filters |= {
        "dmy": shown,
        "told": lambda text: retell(text, language),
        "sentence": lambda finding: finding_sentence(finding, language),
        "css": _css,
        "weekday": lambda day: _weekday(day, language),
    }
    made.globals |= {
        "word": lambda value: translate(_WORDS[type(value)][value], language),
        "readings": {name: translate(said, language) for name, said in words.READING.items()},
        "colour_of": colour_of,
    }
    return made


def _css(piece: Piece) -> str:
    """The classes of a marked piece: the colours of the first two steps that it belongs to, and whether it is doubted."""
    colours = [colour_of(step + 1) for step in piece.steps[:2]]
    names = [f"{name}{colour}" for name, colour in zip("ab", colours, strict=False)]
    return " ".join(names + ["two"] * (len(colours) > 1) + ["doubted"] * piece.doubted)


def _weekday(day: date, language: Language) -> str:
    return translate(WEEKDAYS[day.weekday()], language)


_WORDS: Mapping[type, Mapping[Any, str]] = {
    PlanKind: words.PLAN_KIND,
    StepKind: words.STEP_KIND,
    Severity: words.SEVERITY,
}

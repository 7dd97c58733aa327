"""A plan as bars over the days of its calendar: when each step opens, is due and ends. Pure; one SVG, no script.

Rest days are shaded and name their holiday; the limit is a tick, the safe date a diamond; what is only projected is
hatched. A step with many parts is one bar that says how many have ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from calendars.day_table import Day
from calendars.working_calendar import WorkingCalendar
from workflow.domain.cycle import Cycle, StepState, StepStatus
from workflow.domain.graph import order
from workflow.domain.verdict import Standing
from workflow.domain.zone import day_of, shown
from workflow.language import Language, catalogue

MOST_PARTS = 12
"""A step with more parts than that is one bar."""

ROW, HEAD = 32, 40
"""Heights of a row and of the head, in pixels."""

_WIDEST, _NARROWEST, _WISHED = 24.0, 3.0, 860.0
_DAY = timedelta(days=1)
_PLAIN = frozenset({"working", "weekend"})


@dataclass(frozen=True, slots=True)
class Bar:
    """A step as a bar. `since` None: nothing is known of when it opens. `parts`: (ended, all) where they are not shown.

    `expected`: it has not opened yet, so that its beginning is only a guess from the steps before it.
    """

    key: str
    name: str
    owner: str | None
    standing: Standing
    since: date | None
    due_on: date | None
    safe_on: date | None
    ended_on: date | None
    projected: bool
    expected: bool
    is_part: bool = False
    parts: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar as it is drawn; `look` is one of done, late, over, running, undated, waiting, called-off."""

    x: float
    width: float
    look: str
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A bar in its row; `due_x` is the end of the limit's day, `safe_x` the middle of the safe date."""

    bar: Bar
    y: int
    pieces: tuple[Piece, ...]
    due_x: float | None
    safe_x: float | None


@dataclass(frozen=True, slots=True)
class Shade:
    """Rest days in a row, of one kind; `title` says which and why."""

    x: float
    width: float
    special: bool
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the head with its label: a month's first day, a Monday or each day."""

    x: float
    label: str
    month: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that is drawn; measures in pixels. `today_x` None: today lies outside."""

    width: int
    height: int
    rows: tuple[Row, ...]
    shades: tuple[Shade, ...]
    ticks: tuple[Tick, ...]
    today_x: float | None


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days as places: the first day begins at 0."""

    first: date
    days: int
    per_day: float

    def x(self, day: date) -> float:
        return round((day - self.first).days * self.per_day, 1)

    @property
    def until(self) -> date:
        return self.first + self.days * _DAY


# ── what is drawn ─────────────────────────────────────────────────────────────────────────────────────────────


def bars_of(cycle: Cycle, at: datetime) -> list[Bar]:
    """The steps of a plan at an instant, in the order of the plan, parts below the step that they are parts of."""
    begins = _beginnings(cycle)
    found = []
    for key, state in cycle.steps.items():
        whole = state.definition.part_of
        if whole is not None and len(cycle.parts_of(whole)) > MOST_PARTS:
            continue
        found.append(_bar(cycle, key, state, begins[key], at))
    return found


def _beginnings(cycle: Cycle) -> dict[str, date | None]:
    """When each step opened or, by the limits of the steps before it, may open."""
    found: dict[str, date | None] = {}
    ends: dict[str, date | None] = {}
    for key in order(cycle.plan):
        state = cycle.steps[key]
        before = [ends[each] for each in state.definition.after if ends.get(each) is not None]
        opened = day_of(state.opened_at) if state.opened_at is not None else None
        found[key] = opened or max((each for each in before if each), default=day_of(cycle.started_at))
        ends[key] = day_of(state.ended_at) if state.ended_at else _limit_of(cycle, key, state)
    return found


def _limit_of(cycle: Cycle, key: str, state: StepState) -> date | None:
    """The limit; of a step with parts the last of theirs."""
    limits = [part.deadline.due_on for part in cycle.parts_of(key) if part.deadline is not None]
    own = state.deadline.due_on if state.deadline is not None else None
    return max(limits, default=own)


def _bar(cycle: Cycle, key: str, state: StepState, since: date | None, at: datetime) -> Bar:
    parts, limit, due_on = cycle.parts_of(key), state.deadline, _limit_of(cycle, key, state)
    ended_on = day_of(state.ended_at) if state.ended_at else None
    ends = [day for day in (ended_on, due_on) if day is not None]
    begins = min([since, *ends]) if since is not None and (ends or state.status is StepStatus.OPEN) else None
    many = len(parts) > MOST_PARTS
    return Bar(
        key=key,
        name=state.definition.name,
        owner=state.definition.owner,
        standing=state.standing(at),
        since=begins,
        due_on=due_on,
        safe_on=limit.safe_on if limit is not None and limit.safe_on != limit.due_on else None,
        ended_on=ended_on,
        projected=limit is not None and limit.projected,
        expected=state.opened_at is None,
        is_part=state.definition.part_of is not None,
        parts=(sum(part.ended for part in parts), len(parts)) if many else (0, 0),
    )


# ── how it is drawn ───────────────────────────────────────────────────────────────────────────────────────────


def chart(bars: Sequence[Bar], calendar: WorkingCalendar, today: date, *, marked: bool = True) -> Chart:
    """Lay the bars out over the days from the first to the last that any of them, or today, needs.

    `marked` False: no line for today.
    """
    scale = _scale(bars, calendar, today)
    return Chart(
        width=round(scale.days * scale.per_day),
        height=HEAD + ROW * len(bars),
        rows=tuple(_row(bar, HEAD + ROW * place, scale, today) for place, bar in enumerate(bars)),
        shades=tuple(_shades(calendar.days(scale.first, scale.until), scale)),
        ticks=tuple(_ticks(scale)),
        today_x=scale.x(today) if marked and scale.first <= today < scale.until else None,
    )


def _scale(bars: Iterable[Bar], calendar: WorkingCalendar, today: date) -> _Scale:
    days = [day for bar in bars for day in (bar.since, bar.due_on, bar.ended_on) if day is not None]
    running = any(bar.ended_on is None and bar.since is not None for bar in bars)
    days = [*days, today] if running or not days else days
    first = max(min(days) - 2 * _DAY, calendar.covered_since)
    last = max(min(max(days) + 3 * _DAY, calendar.covered_until), first)
    count = (last - first).days + 1
    return _Scale(first, count, min(max(_WISHED / count, _NARROWEST), _WIDEST))


def _row(bar: Bar, y: int, scale: _Scale, today: date) -> Row:
    pieces = (_piece(stretch, scale) for stretch in _stretches(bar, today))
    return Row(
        bar=bar,
        y=y,
        pieces=tuple(piece for piece in pieces if piece.width > 0),
        due_x=scale.x(min(bar.due_on, scale.until - _DAY) + _DAY) if bar.due_on is not None else None,
        safe_x=round(scale.x(bar.safe_on) + scale.per_day / 2, 1) if bar.safe_on is not None else None,
    )


_Stretch = tuple[date, date, str, bool]


def _piece(stretch: _Stretch, scale: _Scale) -> Piece:
    since, until, look, hatched = stretch
    start = scale.x(max(since, scale.first))
    return Piece(start, round(scale.x(min(until, scale.until)) - start, 1), look, hatched)


_LOOK: Mapping[Standing, str] = {
    Standing.WAITING: "waiting",
    Standing.RUNNING_IN_TIME: "running",
    Standing.RUNNING_OVERDUE: "running",
    Standing.CANCELLED: "called-off",
    Standing.SKIPPED: "called-off",
}


def _stretches(bar: Bar, today: date) -> Iterator[_Stretch]:
    """The bar's stretches [since, until): up to the limit, then what is beyond it."""
    if bar.since is None:
        return
    look, end = _LOOK.get(bar.standing, "done"), bar.ended_on or bar.due_on or today
    if bar.standing is Standing.DONE_LATE and bar.due_on is not None:
        yield bar.since, bar.due_on + _DAY, "done", False
        yield bar.due_on + _DAY, end + _DAY, "late", False
    elif bar.standing is Standing.RUNNING_OVERDUE and bar.due_on is not None:
        yield bar.since, bar.due_on + _DAY, look, False
        yield bar.due_on + _DAY, max(today, bar.due_on + _DAY) + _DAY, "over", False
    else:
        undated = look == "running" and bar.due_on is None
        yield bar.since, max(end, bar.since) + _DAY, "undated" if undated else look, bar.projected


def _shades(days: Iterable[Day], scale: _Scale) -> Iterator[Shade]:
    off = (day for day in days if not day.working)
    for _, group in groupby(enumerate(off), key=lambda pair: (pair[1].date.toordinal() - pair[0], _why_off(pair[1]))):
        run = [day for _, day in group]
        since, until = run[0].date, run[-1].date
        span = shown(since) if since == until else f"{shown(since)} – {shown(until)}"
        yield Shade(scale.x(since), round(len(run) * scale.per_day, 1), bool(_why_off(run[0])), _title(span, run[0]))


def _why_off(day: Day) -> str:
    return day.name if day.kind not in _PLAIN else ""


def _title(span: str, day: Day) -> str:
    return f"{span}: {day.name}" if day.name else span


def _ticks(scale: _Scale) -> Iterator[Tick]:
    """Months always; below them each day, each Monday or nothing, as there is room."""
    for day in (scale.first + n * _DAY for n in range(scale.days)):
        if day == scale.first or day.day == 1:
            room = (min(_next_month(day), scale.until) - day).days
            yield Tick(scale.x(day), f"{day:%m/%Y}" if room * scale.per_day >= 52 else "", month=True)
        if scale.per_day >= 17 or (day.weekday() == 0 and scale.per_day * 7 >= 22):
            yield Tick(scale.x(day), f"{day.day}")


def _next_month(day: date) -> date:
    return (day.replace(day=1) + 32 * _DAY).replace(day=1)


# ── as text ───────────────────────────────────────────────────────────────────────────────────────────────────

Said = Callable[[Standing, date | None], str]


def drawn(made: Chart, language: Language, said: Said, link: Callable[[str], str] = lambda key: f"#{key}") -> str:
    """The names beside the SVG, as HTML in which every text is escaped. `said` puts a standing into words; `link` gives the address of a step."""
    template = _environment(language).get_template("gantt.html")
    return template.render(chart=made, said=said, link=link, row_height=ROW, head=HEAD)


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
    made.filters["dmy"] = shown
    return made

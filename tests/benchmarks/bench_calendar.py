"""How fast the calendar is beside its peers: ratios of one run, printed as tables.

The rows of peers that are not installed say so; every row with a demanded ratio says whether it is met, and
`--strict` ends with 1 when one is missed.
The same work is asked of everyone: plain dates in and out for single days, datetime64[D] for arrays.
"""

from __future__ import annotations

import random
import subprocess
import sys
import timeit
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from calendars import vietnam_office  # noqa: E402
from calendars.arrays import VectorTables  # noqa: E402
from calendars.day_table import FIVE_DAY_WEEK, DayTable, HotTables  # noqa: E402

FIRST, LAST = date(2015, 1, 1), date(2027, 12, 31)
SPAN = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
STARTS = SPAN[100:-100]
N = 10
MANY = 1_000_000

office = vietnam_office()
RESTS = [day for day in SPAN if not office.is_working(day)]
OFF = [day for day in RESTS if day.weekday() < 5]
WORKED_SATURDAYS = [day for day in SPAN if day.weekday() >= 5 and office.is_working(day)]

Add = Callable[[date, int], date]


@dataclass(frozen=True)
class Peer:
    """A library's way to add working days: told every rest day of its own accord, or only weekends and holidays."""

    name: str
    full: Add
    plain: Add | None


@dataclass(frozen=True)
class Row:
    """One comparison: how long we and the other take, and the ratio that is demanded (None: only shown)."""

    what: str
    ours: float
    other: float
    beside: str
    demanded: float | None
    at_most: bool = False

    @property
    def ratio(self) -> float:
        return self.ours / self.other if self.at_most else self.other / self.ours

    @property
    def met(self) -> bool:
        return self.demanded is None or (self.ratio <= self.demanded if self.at_most else self.ratio >= self.demanded)


# Peers


def numpy_peer() -> Peer:
    def adding(**how: Any) -> Add:
        known: Any = np.busdaycalendar(**how)
        ask: Any = np.busday_offset
        return lambda day, n: ask(day, n, roll="backward", busdaycal=known).item()

    return Peer("numpy", adding(weekmask="1111111", holidays=RESTS), adding(holidays=OFF))


def holidays_peer() -> Peer:
    import holidays

    known = holidays.country_holidays("VN", years=range(2014, 2029), language="vi")
    return Peer("holidays", known.get_nth_working_day, None)


def pandas_peer() -> Peer:
    pandas: Any = import_module("pandas")

    def adding(**how: Any) -> Add:
        offset = pandas.offsets.CustomBusinessDay(N, **how)
        return lambda day, _: (pandas.Timestamp(day) + offset).date()

    return Peer("pandas", adding(weekmask="1111111", holidays=RESTS), adding(holidays=OFF))


def quantlib_peer() -> Peer:
    ql: Any = import_module("QuantLib")

    def adding(name: str, weekend: Sequence[int], rests: Sequence[date]) -> Add:
        known = ql.BespokeCalendar(name)
        for weekday in weekend:
            known.addWeekend(weekday)
        for day in rests:
            known.addHoliday(ql.Date(day.day, day.month, day.year))
        return lambda day, n: known.advance(ql.Date(day.day, day.month, day.year), n, ql.Days).to_date()

    return Peer("QuantLib", adding("full", (), RESTS), adding("plain", (ql.Saturday, ql.Sunday), OFF))


def bizdays_peer() -> Peer:
    bizdays: Any = import_module("bizdays")

    def adding(weekdays: Sequence[str], rests: Sequence[date]) -> Add:
        known: Any = bizdays.Calendar(rests, list(weekdays), startdate=FIRST, enddate=LAST, name="vn")
        return known.offset  # type: ignore[no-any-return]

    return Peer("bizdays", adding((), RESTS), adding(("Saturday", "Sunday"), OFF))


def business_peer() -> Peer:
    business: Any = import_module("business.calendar")

    def adding(**how: Any) -> Add:
        known = business.Calendar(**how)
        return lambda day, n: known.add_business_days(known.roll_backward(day), n)

    extra = adding(holidays=OFF, extra_working_dates=WORKED_SATURDAYS)
    return Peer("business-python", extra, adding(holidays=OFF))


PEERS: dict[str, tuple[str, Callable[[], Peer]]] = {
    "numpy": ("numpy", numpy_peer),
    "holidays": ("holidays", holidays_peer),
    "pandas": ("pandas", pandas_peer),
    "QuantLib": ("QuantLib", quantlib_peer),
    "bizdays": ("bizdays", bizdays_peer),
    "business": ("business-python", business_peer),
}
"""The module that must be there, the name of its distribution, and how to set it up."""
UNTEACHABLE = {"holidays"}
"""Those that give wrong dates and cannot be told the right ones."""


def wrong(add: Add | None) -> str:
    """The share of start days 2015-2027 from which N working days end on the wrong day."""
    if add is None:
        return "-"
    missed = sum(as_date(add(day, N)) != office.add(day, N) for day in STARTS)
    return f"{100 * missed / len(STARTS):.1f} %"


def as_date(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


# Measures


def one_call(statement: str, names: dict[str, object], days: Sequence[date]) -> float:
    """Nanoseconds for the statement repeated on one day, as `python -m timeit` has it; the mean over some days."""
    best = [min(timeit.repeat(statement, globals={**names, "day": day}, number=1000, repeat=15)) for day in days[:20]]
    return sum(best) / len(best) / 1000 * 1e9


def in_row(statement: str, names: dict[str, object], days: Sequence[date]) -> float:
    """Nanoseconds for one turn of a loop over days whose date objects were never seen before, the best of some rounds."""
    loop = f"for day in days: {statement}"
    rounds = (timeit.timeit(loop, globals={**names, "days": copies(days)}, number=1) for _ in range(40))
    return min(rounds) / len(days) * 1e9


def copies(days: Sequence[date]) -> list[date]:
    return [date.fromordinal(day.toordinal()) for day in days]


def milliseconds(work: Callable[[], object], rounds: int = 15) -> float:
    work()
    return min(timeit.repeat(work, number=1, repeat=rounds)) * 1e3


class Empty:
    """What a call alone costs."""

    def add(self, day: date, n: int) -> None:
        """Do nothing."""


Measure = Callable[[str, dict[str, object], Sequence[date]], float]


def scalar_rows(peers: Sequence[Peer], days: Sequence[date], measure: Measure) -> Iterator[Row]:
    import holidays

    names: dict[str, object] = {"ours": office, "empty": Empty(), "n": N, "until": LAST, "np": np}
    names["library"] = holidays.country_holidays("VN", years=range(2014, 2029), language="vi")
    names["known"] = np.busdaycalendar("1111111", RESTS)

    def taken(statement: str, **more: object) -> float:
        return measure(statement, {**names, **more}, days)

    empty, added = taken("empty.add(day, n)"), taken("ours.add(day, n)")
    yield Row("add", added, empty, "an empty call", 3.5, at_most=True)
    for question in ("ours.add(day, -n)", "ours.next_working(day)", "ours.previous_working(day)"):
        yield Row(question.removeprefix("ours."), taken(question), empty, "an empty call", None, at_most=True)
    yield from beside_peers(added, {peer.name: taken("add(day, n)", add=peer.full) for peer in peers})
    yield Row("is_working", taken("ours.is_working(day)"), taken("library.is_working_day(day)"), "holidays", 6)
    counted = taken("int(np.busday_count(day, until, busdaycal=known))")
    yield Row("count", taken("ours.count(day, until)"), counted, "numpy", 25)


def beside_peers(added: float, timed: dict[str, float]) -> Iterator[Row]:
    """Each peer beside us; what is demanded is demanded of the fastest that can be told every day."""
    fastest = min(timed.keys() - UNTEACHABLE, key=timed.__getitem__)
    for name, other in timed.items():
        yield Row("add", added, other, name, 28 if name == fastest else None)


def array_rows(order: str) -> Iterator[Row]:
    """The promises are made for random days; what sorted ones give is shown beside them."""
    known = np.busdaycalendar("1111111", RESTS)
    source = np.random.default_rng(20150101)
    low = np.datetime64(STARTS[0]).astype("datetime64[D]")
    days = low + source.integers(0, len(STARTS), MANY)
    if order == "sorted":
        days.sort()
    until = days + source.integers(0, 90, MANY)
    out = np.empty_like(days)
    numpy_add = milliseconds(lambda: np.busday_offset(days, N, roll="backward", busdaycal=known), 8)
    numpy_count = milliseconds(lambda: np.busday_count(days, until, busdaycal=known), 8)
    numpy_working = milliseconds(lambda: np.is_busday(days, busdaycal=known), 8)
    each = source.integers(1, 60, MANY)

    def demanded(ratio: float) -> float | None:
        return ratio if order == "random" else None

    numpy_each = milliseconds(lambda: np.busday_offset(days, each, roll="backward", busdaycal=known), 8)
    yield Row(f"add_many, {order}", milliseconds(lambda: office.add_many(days, N)), numpy_add, "numpy", demanded(30))
    yield Row(
        f"add_many out=, {order}",
        milliseconds(lambda: office.add_many(days, N, out=out)),
        numpy_add,
        "numpy",
        demanded(100),
    )
    yield Row(f"add_many n each, {order}", milliseconds(lambda: office.add_many(days, each)), numpy_each, "numpy", None)
    yield Row(
        f"count_many, {order}", milliseconds(lambda: office.count_many(days, until)), numpy_count, "numpy", demanded(13)
    )
    yield Row(
        f"is_working_many, {order}",
        milliseconds(lambda: office.is_working_many(days)),
        numpy_working,
        "numpy",
        demanded(20),
    )


def size_rows() -> Iterator[tuple[str, str, str, bool]]:
    """(what, measured, demanded, met) of memory, rebuilding and importing."""
    first, last = date(1900, 1, 1).toordinal(), date(2200, 12, 31).toordinal()

    def build() -> tuple[DayTable, VectorTables]:
        table = DayTable(FIVE_DAY_WEEK, first, last, {}, last)
        return table, VectorTables(table)

    size = sum(table.nbytes for table in build())
    yield "tables 1900-2200", f"{size / 1e6:.2f} MB", "1 MB", size <= 1e6
    rebuilt = milliseconds(build, 60)
    yield "rebuilding them", f"{rebuilt:.2f} ms", "1 ms", rebuilt <= 1
    hot = milliseconds(lambda: HotTables.of(office.settled_table), 30)
    tracemalloc.start()
    kept = HotTables.of(office.settled_table)
    more = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    yield f"look-ups by date, {len(kept.after):,} days", f"{hot:.2f} ms, {more / 1e6:.2f} MB", "", True
    program = "import time; began = time.process_time(); import calendars; print(time.process_time() - began)"
    command = [sys.executable, "-c", program]
    took = min(float(subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout) for _ in range(5))
    yield "import calendars (processor time)", f"{took:.3f} s", "0.15 s", took <= 0.15


# Tables


def line(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")


def show(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table as Markdown, so that it can be kept in the docs as it is printed."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    for row in (headings, ["-" * width for width in widths], *rows):
        line("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")
    line()


def show_rows(rows: Sequence[Row], unit: str, digits: int, missing: Sequence[str] = ()) -> None:
    def cells(row: Row) -> list[str]:
        sign = "≤" if row.at_most else "≥"
        demanded = "" if row.demanded is None else f"{sign} {row.demanded:g} {'met' if row.met else 'MISSED'}"
        return [
            row.what,
            f"{row.ours:.{digits}f}",
            row.beside,
            f"{row.other:,.{digits}f}",
            f"{row.ratio:.1f}",
            demanded,
        ]

    absent = [["add", "", name, "not installed", "", ""] for name in missing]
    headings = ["question", f"ours, {unit}", "beside", f"theirs, {unit}", "ratio", "demanded"]
    show(headings, [*(cells(row) for row in rows), *absent])


def main(arguments: Sequence[str]) -> int:
    there = {module: make for module, (_, make) in PEERS.items() if find_spec(module)}
    missing = [name for module, (name, _) in PEERS.items() if module not in there]
    peers = [make() for make in there.values()]
    line(f"Python {sys.version.split()[0]}; " + ", ".join(f"{PEERS[m][0]} {version(PEERS[m][0])}" for m in there))
    line(f"not installed: {', '.join(missing) or 'none'}\n")
    random.seed(20150101)
    days = random.sample(STARTS, 1000)
    scalar = list(scalar_rows(peers, days, one_call))
    line("One call repeated on one day")
    show_rows(scalar, "ns", 0, missing)
    line("A thousand different days in a row, each date object new")
    in_a_row = list(scalar_rows(peers, days, in_row))
    show_rows(in_a_row, "ns", 0, missing)
    arrays = [*array_rows("random"), *array_rows("sorted")]
    line(f"{MANY:,} days")
    show_rows(arrays, "ms", 2)
    sizes = list(size_rows())
    show(
        ["what", "measured", "at most"],
        [
            [what, measured, f"{most} {'met' if met else 'MISSED'}" if most else ""]
            for what, measured, most, met in sizes
        ],
    )
    line(f"Wrong due dates, {N} working days from every day of 2015-2027")
    show(
        ["library", "weekends and holidays only", "told all it can be told"],
        [[p.name, wrong(p.plain), wrong(p.full)] for p in peers] + [[name, "not installed", ""] for name in missing],
    )
    all_met = all(row.met for row in (*scalar, *in_a_row, *arrays)) and all(met for *_, met in sizes)
    return 1 if not all_met and "--strict" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

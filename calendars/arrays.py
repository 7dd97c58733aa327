"""The array questions of a WorkingCalendar, on numpy's datetime64[D]; imported by the first of them.

Every table is indexed by the number of days since `origin` and has a sentinel at both ends, so that a clipped look-up
both answers and shows whether any day lay outside: one pass over the days, and one to look for the sentinel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from calendars.day_table import DayTable, ordinal_of

if TYPE_CHECKING:
    from calendars.working_calendar import Counts, Days, WorkingCalendar

Ints: TypeAlias = NDArray[np.int64]
Dates: TypeAlias = NDArray[np.datetime64]

_EPOCH = date(1970, 1, 1).toordinal()
_DAY = np.dtype("datetime64[D]")
_OUT = int(np.iinfo(np.int64).min)
_OUT32 = int(np.iinfo(np.int32).min)
_OUT8 = 2
_PART = 1 << 16


class VectorTables:
    """One table of days as numpy arrays.

    `before` counts the working days before each day (one entry past the last day), `worked` is 1, 0 or the sentinel,
    `ordinals[k]` is the k-th working day in days since 1970.
    """

    def __init__(self, table: DayTable) -> None:
        first = table.first - _EPOCH
        self.origin = 0 if first > 0 else first - 1
        self.lead = first - self.origin
        self.size = len(table.worked)
        days = np.frombuffer(table.worked, dtype=np.uint8)
        self.worked = np.full(self.lead + self.size + 1, _OUT8, dtype=np.uint8)
        self.worked[self.lead : -1] = days
        self.before = np.full(self.lead + self.size + 2, _OUT32, dtype=np.int32)
        self.before[self.lead] = 0
        np.cumsum(days, dtype=np.int32, out=self.before[self.lead + 1 : -1])
        self.ordinals = np.flatnonzero(days.view(np.bool_)).astype(np.int32) + np.int32(first)

    @property
    def nbytes(self) -> int:
        """How much memory the tables take."""
        return self.worked.nbytes + self.before.nbytes + self.ordinals.nbytes

    def positions(self, days: Ints) -> Ints:
        """Days since 1970 as indices into the tables; those outside fall outside, or on a sentinel."""
        return days - self.origin if self.origin else days

    def shifted(self, n: int) -> Ints:
        """For each index the n-th working day after (n < 0: before) that day, or the sentinel."""
        found = np.full(self.lead + self.size + 1, _OUT, dtype=np.int64)
        inside = found[self.lead : -1]
        if n == 0:
            inside[:] = np.arange(self.size) + (self.lead + self.origin)
            return found
        counts = self.before[self.lead : -1]
        rank = (counts[1:] + (n - 1) if n > 0 else counts[:-1] + n).astype(np.int64)
        start, end = np.searchsorted(rank, [0, len(self.ordinals)])
        inside[start:end] = self.ordinals[rank[start:end]]
        return found


@lru_cache(maxsize=16)
def _tables_of(table: DayTable) -> VectorTables:
    return VectorTables(table)


def add_many(calendar: WorkingCalendar, days: Days, n: Counts, out: Dates | None = None) -> Dates:
    """See WorkingCalendar.add_many."""
    given, counts = _as_days(days), np.asarray(n)
    if counts.dtype.kind not in "iu":
        raise TypeError("Số ngày làm việc phải là số nguyên.")
    result = _room(out, np.broadcast_shapes(given.shape, counts.shape))
    source = given.copy() if out is not None and np.may_share_memory(out, given) else given
    numbers, target = source.view(np.int64), result.view(np.int64)
    fill = _fill_one if counts.ndim == 0 else _fill_each
    if not _on_some_table(calendar, lambda tables: fill(tables, numbers, counts, target)):
        starts, each = np.broadcast_arrays(source, counts)
        _refuse(starts, each, lambda day, count: calendar.add(day, int(count)))
    return result


def _fill_one(tables: VectorTables, numbers: Ints, n: Ints, target: Ints) -> bool:
    np.take(tables.shifted(int(n)), tables.positions(numbers), out=target, mode="clip")
    return _all_inside(target, _OUT)


def _fill_each(tables: VectorTables, numbers: Ints, n: Ints, target: Ints) -> bool:
    shape = target.shape
    numbers, n = (np.broadcast_to(array, shape).reshape(-1) for array in (numbers, n))
    flat = np.empty(target.size, dtype=np.int64)
    if not all(_fill_part(tables, numbers[part], n[part], flat[part]) for part in _parts(target.size)):
        return False
    target[...] = flat.reshape(shape)
    return True


def _fill_part(tables: VectorTables, numbers: Ints, n: Ints, target: Ints) -> bool:
    at = tables.positions(numbers)
    if np.take(tables.worked, at, mode="clip").max(initial=0) == _OUT8:
        return False
    after = n > 0
    rank = tables.before.take(at + after) + (n - after)
    still = n == 0
    rank[still] = 0
    if rank.min(initial=0) < 0 or rank.max(initial=0) >= len(tables.ordinals):
        return False
    np.copyto(target, tables.ordinals.take(rank))
    np.copyto(target, numbers, where=still)
    return True


def count_many(calendar: WorkingCalendar, since: Days, until: Days) -> Ints:
    """See WorkingCalendar.count_many."""
    start, end = np.broadcast_arrays(_as_days(since), _as_days(until))
    low, high = (days.reshape(-1).view(np.int64) for days in (start, end))
    result = np.empty(low.size, dtype=np.int64)

    def fill(tables: VectorTables) -> bool:
        return all(_count_part(tables, low[part], high[part], result[part]) for part in _parts(low.size))

    if not _on_some_table(calendar, fill):
        _refuse(start, end, lambda day, other: calendar.count(day, other.item()))
    return result.reshape(start.shape)


def _count_part(tables: VectorTables, low: Ints, high: Ints, target: Ints) -> bool:
    before, until = (np.take(tables.before, tables.positions(days), mode="clip") for days in (low, high))
    np.copyto(target, until - before)
    return _all_inside(before, _OUT32) and _all_inside(until, _OUT32)


def _parts(size: int) -> Iterator[slice]:
    """Slices that keep the work within the processor's cache."""
    return (slice(start, start + _PART) for start in range(0, size, _PART))


def is_working_many(calendar: WorkingCalendar, days: Days) -> NDArray[np.bool_]:
    """See WorkingCalendar.is_working_many."""
    given = _as_days(days)
    result = np.empty(given.shape, dtype=np.uint8)

    def fill(tables: VectorTables) -> bool:
        np.take(tables.worked, tables.positions(given.view(np.int64)), out=result, mode="clip")
        return int(result.max(initial=0)) != _OUT8

    if not _on_some_table(calendar, fill):
        _refuse(given, given, lambda day, _: calendar.is_working(day))
    return result.view(np.bool_)


def _on_some_table(calendar: WorkingCalendar, fill: Callable[[VectorTables], bool]) -> bool:
    """Try the settled days first; the provisional ones are built only when a day lies past them."""
    return fill(_tables_of(calendar.settled_table)) or fill(_tables_of(calendar.longest_table))


def _all_inside(found: NDArray[Any], sentinel: int) -> bool:
    return int(found.min(initial=0)) != sentinel


def _as_days(days: Days) -> Dates:
    """The days as datetime64[D]; instants are refused, because their date depends on a time zone."""
    if isinstance(days, np.ndarray | np.datetime64) and days.dtype.kind == "M":
        if np.datetime_data(days.dtype) != ("D", 1):
            raise TypeError(f"Cần mảng ngày datetime64[D], không phải {days.dtype}; hãy đổi sang ngày giờ Việt Nam.")
        return np.asarray(days, dtype=_DAY)
    if isinstance(days, date):
        return np.array(ordinal_of(days) - _EPOCH).astype(_DAY)
    items: Sequence[date] = list(days)
    return np.array([ordinal_of(day) - _EPOCH for day in items], dtype=np.int64).astype(_DAY)


def _room(out: Dates | None, shape: tuple[int, ...]) -> Dates:
    if out is None:
        return np.empty(shape, dtype=_DAY)
    if out.dtype != _DAY or out.shape != shape:
        raise ValueError(
            f"Mảng kết quả (out) phải có kiểu datetime64[D] và cỡ {shape}, không phải {out.dtype} cỡ {out.shape}."
        )
    return out


def _refuse(days: Dates, others: NDArray[Any], ask: Callable[[date, Any], object]) -> None:
    """Ask for each day alone, so that the first culprit raises the error of the scalar question."""
    for day, other in zip(days.reshape(-1), others.reshape(-1), strict=True):
        if np.isnat(day) or (other.dtype.kind == "M" and np.isnat(other)):
            raise ValueError("Mảng có ô không phải là ngày (NaT).")
        ask(cast("date", day.item()), other)

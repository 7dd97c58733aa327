"""WorkingCalendar: which days are worked, as an immutable table.

Days are calendar dates in Asia/Ho_Chi_Minh. A day that the calendar does not cover is refused, never guessed.
The scalar questions need neither numpy nor `holidays`; numpy is imported by the first array question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import index
from typing import TYPE_CHECKING, ClassVar

from calendars.day_table import Day, DayTable, HotTables, ordinal_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Days = NDArray[np.datetime64] | Sequence[date] | date
    Counts = NDArray[np.integer] | Sequence[int] | int

__all__ = ["CalendarError", "Day", "OutsideCalendar", "WorkingCalendar"]


_PLAIN = frozenset({"working", "weekend"})


class CalendarError(Exception):
    """Base of every error of this package.

    `template` is the Vietnamese sentence with names in braces and `fields` fills them, so that a translation can take
    the sentence's place; an error without a template says what it was given.
    """

    template: ClassVar[str] = ""

    @property
    def fields(self) -> Mapping[str, str]:
        """What fills the names of `template`; dates are shown as dd/mm/yyyy."""
        return {}

    def __str__(self) -> str:
        return self.template.format_map(self.fields) if self.template else super().__str__()


class OutsideCalendar(CalendarError, LookupError):
    """The day lies outside the years that the calendar covers.

    `since` and `until` are the first and the last day covered, both included.
    """

    template = (
        "Ngày {day} nằm ngoài lịch làm việc (từ {since} đến hết {until}), nên không tính được; "
        "hãy kiểm tra lại năm hoặc bổ sung lịch."
    )

    def __init__(self, day: date, since: date, until: date) -> None:
        self.day = day
        self.since = since
        self.until = until
        super().__init__(day, since, until)

    @property
    def fields(self) -> Mapping[str, str]:
        """The day and the span, as dd/mm/yyyy."""
        return {name: f"{getattr(self, name):%d/%m/%Y}" for name in ("day", "since", "until")}


class ResultOutsideCalendar(OutsideCalendar):
    """Counting `n` working days from the day leads out of the years that the calendar covers."""

    template = (
        "Đếm {n} ngày làm việc từ ngày {day} thì vượt ra ngoài lịch làm việc (từ {since} đến hết {until}), "
        "nên không tính được; hãy kiểm tra lại số ngày hoặc bổ sung lịch."
    )

    def __init__(self, day: date, n: int, since: date, until: date) -> None:
        super().__init__(day, since, until)
        self.n = n
        self.args = (day, n, since, until)

    @property
    def fields(self) -> Mapping[str, str]:
        """The number of days (negative: counted back), the day and the span."""
        return {**super().fields, "n": str(self.n)}


class WorkingCalendar:
    """Which days are worked, as an immutable table.

    `table` holds the settled days. `further`, where given, is asked at most once, and only when a question leads past
    `table`: it returns a longer table with the same first day, whose additional days are provisional.
    """

    # No __dict__: an attribute in a slot is found faster.
    __slots__ = ("_after", "_further", "_longest", "_nth", "_table", "_until", "_worked", "name")

    def __init__(self, name: str, table: DayTable, further: Callable[[], DayTable] | None = None) -> None:
        self.name = name
        self._table = table
        self._further = further
        self._longest: DayTable | None = None
        self._worked: dict[date, bool] = {}
        self._after: dict[date, int] = {}
        self._until: dict[date, int] = {}
        self._nth: list[date] = []

    def __repr__(self) -> str:
        return f"<WorkingCalendar {self.name} {self.covered_since}..{self.settled_until}>"

    # Questions about one day. The first lines of each answer from the hot tables; any miss, and any argument
    # of the wrong type, goes the longer way round.

    def is_working(self, day: date) -> bool:
        """Whether the day is worked."""
        try:
            return self._worked[day]
        except (LookupError, TypeError):
            return self._cold_is_working(day)

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day` (before it when n < 0); `day` itself never counts; n = 0 gives `day`.

        Raises OutsideCalendar when `day` or the result lies outside the calendar.
        """
        try:
            if n > 0:
                return self._nth[self._after[day] + n]
            if n < 0:
                return self._nth[self._until[day] + n]
        except (LookupError, TypeError):
            pass
        return self._cold_add(day, n)

    def count(self, since: date, until: date) -> int:
        """How many working days lie in [since, until); negative when `until` comes before `since`."""
        try:
            return self._until[until] - self._until[since]
        except (LookupError, TypeError):
            return self._cold_count(since, until)

    def next_working(self, day: date) -> date:
        """The first working day on or after `day`."""
        try:
            if (k := self._until[day]) < 0:
                return self._nth[k]
        except (LookupError, TypeError):
            pass
        return self._cold_next(day)

    def previous_working(self, day: date) -> date:
        """The last working day on or before `day`."""
        try:
            if (k := self._after[day]) >= 0:
                return self._nth[k]
        except (LookupError, TypeError):
            pass
        return self._cold_previous(day)

    def explain(self, day: date) -> Day:
        """What the day is, why, and by which source."""
        at = ordinal_of(day)
        return self._reaching(at).day(at)

    def is_provisional(self, day: date) -> bool:
        """Whether no decision has settled yet what the day is."""
        return self.explain(day).provisional

    def is_provisional_within(self, since: date, until: date) -> bool:
        """Whether any day in [since, until) is provisional."""
        start, end = ordinal_of(since), ordinal_of(until)
        return start < end and self._reaching(start, end - 1).is_provisional_within(start, end)

    def days(self, since: date, until: date) -> Iterator[Day]:
        """Every day in [since, until), explained, in order."""
        start, end = ordinal_of(since), ordinal_of(until)
        table = self._reaching(start, end - 1) if start < end else self._table
        return (table.day(at) for at in range(start, end))

    def special_days(self, since: date, until: date) -> list[Day]:
        """The days in [since, until) that the week alone does not explain (holidays, swaps, closures), in order."""
        start, end = ordinal_of(since), ordinal_of(until)
        if start >= end:
            return []
        special = self._reaching(start, end - 1).special
        return [special[at] for at in sorted(special) if start <= at < end and special[at].kind not in _PLAIN]

    def remarked_days(self, since: date, until: date) -> list[Day]:
        """The days in [since, until) that are as the week has them and yet carry a note, in order."""
        return [day for day in self.days(since, until) if day.kind in _PLAIN and day.note is not None]

    # Questions about many days at once.

    def add_many(self, days: Days, n: Counts, out: NDArray[np.datetime64] | None = None) -> NDArray[np.datetime64]:
        """`add` for each day: datetime64[D] in and out, n one number or one for each day (numpy's broadcasting).

        `out`, where given, is a datetime64[D] array of the result's shape; it is filled and returned.
        Raises OutsideCalendar, naming the first culprit, when any day or result lies outside the calendar.
        """
        from calendars import arrays

        return arrays.add_many(self, days, n, out)

    def count_many(self, since: Days, until: Days) -> NDArray[np.int64]:
        """`count` for each pair of days (numpy's broadcasting)."""
        from calendars import arrays

        return arrays.count_many(self, since, until)

    def is_working_many(self, days: Days) -> NDArray[np.bool_]:
        """`is_working` for each day."""
        from calendars import arrays

        return arrays.is_working_many(self, days)

    def with_days(self, name: str, days: Iterable[Day]) -> WorkingCalendar:
        """This calendar under another name, with the given days in place of its own."""
        changed = tuple(days)
        return WorkingCalendar(name, self._table.overlaid(changed), lambda: self.longest_table.overlaid(changed))

    # What the calendar covers.

    @property
    def covered_since(self) -> date:
        """The first day covered."""
        return date.fromordinal(self._table.first)

    @property
    def covered_until(self) -> date:
        """The last day covered (provisional days included)."""
        return date.fromordinal(self.longest_table.last)

    @property
    def settled_until(self) -> date:
        """The last day settled by decisions; later days are provisional."""
        return date.fromordinal(self._table.settled)

    @property
    def newest_notice_on(self) -> date | None:
        """When the newest decision behind the calendar was issued, where known."""
        return self._table.newest_notice_on

    @property
    def version(self) -> str:
        """A digest of every settled day: two calendars with one version give the same dates."""
        return self._table.digest

    @property
    def settled_table(self) -> DayTable:
        """The table of settled days."""
        return self._table

    @property
    def longest_table(self) -> DayTable:
        """The table with the provisional days, built when it is first asked for."""
        if self._longest is None:
            self._longest = self._further() if self._further else self._table
        return self._longest

    # The longer way round.

    def _warm(self) -> None:
        if not self._nth:
            hot = HotTables.of(self._table)
            self._worked, self._after, self._until, self._nth = hot.worked, hot.after, hot.until, hot.nth

    def _reaching(self, *ordinals: int) -> DayTable:
        """The shorter of the two tables that covers all the days; raises OutsideCalendar when neither does."""
        if all(at in self._table for at in ordinals):
            return self._table
        table = self.longest_table
        for at in ordinals:
            if at not in table:
                raise OutsideCalendar(date.fromordinal(at), self.covered_since, self.covered_until)
        return table

    def _cold_is_working(self, day: date) -> bool:
        at = ordinal_of(day)
        self._warm()
        return self._reaching(at).is_working(at)

    def _cold_add(self, day: date, n: int) -> date:
        at, n = ordinal_of(day), index(n)
        self._warm()
        table = self._reaching(at)
        found = table.add(at, n)
        if found is None:
            found = self.longest_table.add(at, n)
        if found is None:
            raise ResultOutsideCalendar(date.fromordinal(at), n, self.covered_since, self.covered_until)
        return date.fromordinal(found)

    def _cold_count(self, since: date, until: date) -> int:
        start, end = ordinal_of(since), ordinal_of(until)
        self._warm()
        table = self._ending_at(max(start, end))
        for at in (start, end):
            if not table.first <= at <= table.last + 1:
                raise OutsideCalendar(date.fromordinal(at), self.covered_since, self.covered_until)
        return table.before(end) - table.before(start)

    def _ending_at(self, end: int) -> DayTable:
        """The shorter of the two tables whose last day is not before the eve of `end`."""
        return self._table if end <= self._table.last + 1 else self.longest_table

    def _cold_next(self, day: date) -> date:
        return self._cold_add(day, 0 if self._cold_is_working(day) else 1)

    def _cold_previous(self, day: date) -> date:
        return self._cold_add(day, 0 if self._cold_is_working(day) else -1)

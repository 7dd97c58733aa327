"""What must hold of every calendar, whatever the days, the numbers and the layers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from calendars import OutsideCalendar, OwnDay, WorkingCalendar, vietnam_office, vietnam_six_day, with_closures
from calendars.day_table import FIVE_DAY_WEEK
from calendars.ical_repeats import Repeat
from calendars.notice_reader import packaged_notices, parse_notice
from calendars.office_hours import VIETNAM, OfficeHours, parse_hours
from calendars.vietnam import official_calendar

ONE = timedelta(days=1)
FIRST, LAST = date(2015, 1, 1), date(2027, 12, 31)
SWAP = """\
form = "Công văn"
number = "99/VPCP-KGVX"
issued_on = 2026-10-01
issuer = "Thử"
settles = "Thử"
sources = ["Thử"]
[[swap]]
off = {off}
worked = {worked}
"""

days = st.dates(date(2016, 1, 1), date(2026, 12, 31))
counts = st.integers(-120, 120)
own_days = st.lists(st.builds(OwnDay, on=days, working=st.booleans(), name=st.just("thử")), max_size=40)
calendars = st.one_of(
    st.sampled_from([vietnam_office(), vietnam_six_day()]),
    st.builds(with_closures, st.sampled_from([vietnam_office(), vietnam_six_day()]), own_days),
)


def walk(calendar: WorkingCalendar, day: date, n: int) -> date:
    """The slow way: one day after the other."""
    step = ONE if n > 0 else -ONE
    while n:
        day += step
        if calendar.explain(day).working:
            n -= 1 if n > 0 else -1
    return day


def test_add_agrees_with_walking_from_every_day_by_every_number_up_to_60() -> None:
    """Every result: past the settled years in provisional ones, before the first day a refusal."""
    office = vietnam_office()
    all_days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 151)]
    worked = [day for day in all_days if office.explain(day).working]
    wrong, asked, done = [], 0, 0
    for start in all_days[:-150]:
        after = done + (worked[done] == start)
        for n in range(-60, 61):
            at = after + n - 1 if n > 0 else done + n
            expected = start if n == 0 else worked[at] if at >= 0 else None
            asked += 1
            if added(office, start, n) != expected:
                wrong.append((start, n))
        done = after
    assert wrong == []
    assert asked == 4748 * 121


def added(calendar: WorkingCalendar, start: date, n: int) -> date | None:
    """The n-th working day after the start; None where the calendar refuses."""
    try:
        return calendar.add(start, n)
    except OutsideCalendar:
        return None


@given(calendars, days, counts)
def test_add_agrees_with_walking(calendar: WorkingCalendar, day: date, n: int) -> None:
    assert calendar.add(day, n) == walk(calendar, day, n)


@given(calendars, days, days)
def test_count_agrees_with_asking_each_day(calendar: WorkingCalendar, since: date, until: date) -> None:
    span = (until - since).days
    low, high = sorted((since, until))
    worked = sum(day.working for day in calendar.days(low, high))
    assert calendar.count(since, until) == (worked if span >= 0 else -worked)


DRAFTED = official_calendar(
    "office",
    FIVE_DAY_WEEK,
    (
        *packaged_notices(),
        parse_notice(f"provisional = true\n{SWAP.format(off='2026-11-20', worked='2026-11-21')}", "nháp.toml"),
        parse_notice(SWAP.format(off="2028-11-20", worked="2028-11-18"), "thử.toml"),
    ),
)


@given(st.dates(date(2026, 10, 1), date(2028, 12, 31)), st.integers(-1, 400))
def test_a_span_is_provisional_when_one_of_its_days_is(since: date, length: int) -> None:
    until = since + timedelta(days=length)
    for calendar in (vietnam_office(), DRAFTED):
        expected = any(day.provisional for day in calendar.days(since, until))
        assert calendar.is_provisional_within(since, until) == expected


@given(calendars, days, days, days)
def test_counts_of_adjoining_spans_add_up(calendar: WorkingCalendar, a: date, b: date, c: date) -> None:
    assert calendar.count(a, b) + calendar.count(b, c) == calendar.count(a, c)


@given(calendars, days, st.integers(1, 120))
def test_as_many_days_are_counted_as_were_added(calendar: WorkingCalendar, day: date, n: int) -> None:
    assert calendar.count(day + ONE, calendar.add(day, n) + ONE) == n
    assert calendar.count(calendar.add(day, -n), day) == n


@given(calendars, days, st.integers(1, 120))
def test_going_there_and_back_ends_where_it_began(calendar: WorkingCalendar, day: date, n: int) -> None:
    assert calendar.add(calendar.add(day, n), -n) == calendar.previous_working(day)
    assert calendar.add(calendar.add(day, -n), n) == calendar.next_working(day)


@given(calendars, days, counts, st.integers(0, 30))
def test_a_later_start_never_gives_an_earlier_end(calendar: WorkingCalendar, day: date, n: int, later: int) -> None:
    assert calendar.add(day + timedelta(days=later), n) >= calendar.add(day, n)


@given(calendars, st.lists(days, max_size=50), counts)
def test_arrays_answer_as_single_days(calendar: WorkingCalendar, many: list[date], n: int) -> None:
    asked = np.array(many, dtype="datetime64[D]")
    assert calendar.add_many(asked, n).tolist() == [calendar.add(day, n) for day in many]
    assert calendar.is_working_many(asked).tolist() == [calendar.is_working(day) for day in many]
    assert calendar.count_many(asked, asked[::-1]).tolist() == [
        calendar.count(a, b) for a, b in zip(many, many[::-1], strict=True)
    ]


@given(own_days)
def test_closing_and_opening_again_leaves_the_worked_days_as_they_were(own: list[OwnDay]) -> None:
    office = vietnam_office()
    undone = [OwnDay(day.on, office.is_working(day.on), "lại như cũ") for day in own]
    restored = with_closures(with_closures(office, own), undone)
    assert restored.settled_table.worked == office.settled_table.worked


@given(own_days)
def test_the_order_of_own_days_does_not_matter(own: list[OwnDay]) -> None:
    distinct = list({day.on: day for day in own}.values())
    mixed = sorted(distinct, key=lambda day: (day.on.day, day.on))
    assert with_closures(vietnam_office(), distinct).version == with_closures(vietnam_office(), mixed).version


@given(st.permutations(packaged_notices()))
def test_the_order_of_notices_does_not_matter(notices: list[object]) -> None:
    mixed = official_calendar("office", FIVE_DAY_WEEK, tuple(notices))  # type: ignore[arg-type]
    assert mixed.version == vietnam_office().version


@given(st.dates(date(2016, 1, 4), date(2026, 11, 1)), st.integers(1, 20))
def test_a_swap_within_a_span_leaves_its_end_unchanged(day: date, n: int) -> None:
    """A swap moves a working day within its span: what begins before and ends after both halves ends the same day."""
    office = vietnam_office()
    off = next(each.date for each in office.days(day, day + timedelta(days=99)) if each.kind == "working")
    worked = next(
        each.date
        for each in office.days(off, off + timedelta(days=29))
        if each.kind == "weekend" and each.date.weekday() == 5
    )
    notice = parse_notice(SWAP.format(off=off, worked=worked), "thu.toml")
    swapped = (
        official_calendar("office", FIVE_DAY_WEEK, (*packaged_notices(), notice)) if adoptable(off, worked) else office
    )
    begin = off - ONE
    length = office.count(off, worked + ONE) + n
    assert swapped.add(begin, length) == office.add(begin, length)


def adoptable(off: date, worked: date) -> bool:
    """Whether no rejected pair stands in the way."""
    return (off, worked) != (date(2026, 11, 23), date(2026, 11, 28))


# Working hours

shifts = st.sampled_from(
    [tuple(parse_hours(f"T2: {text}")[0]) for text in ("07:30-11:30", "07:00-11:30, 13:00-16:30", "22:00-23:59")]
)
hours_of_work = st.builds(OfficeHours, calendars, st.dictionaries(st.integers(0, 6), shifts))
instants = st.builds(
    lambda day, seconds: datetime.combine(day, time(0), VIETNAM) + timedelta(seconds=seconds),
    st.dates(date(2016, 2, 1), date(2026, 10, 1)),
    st.integers(0, 86_399),
)
quarters = st.integers(0, 400).map(lambda n: n / 4)


@given(hours_of_work, instants, quarters)
def test_as_many_hours_are_worked_as_were_added(office: OfficeHours, at: datetime, hours: float) -> None:
    assert office.working_time(at, office.add_working_hours(at, hours)) == timedelta(hours=hours)
    assert office.working_time(office.add_working_hours(at, -hours), at) == timedelta(hours=hours)


@given(hours_of_work, instants, quarters, quarters)
def test_hours_added_in_two_steps_are_those_added_in_one(office: OfficeHours, at: datetime, a: float, b: float) -> None:
    once = office.add_working_hours(at, a + b)
    assert office.next_working_instant(
        office.add_working_hours(office.add_working_hours(at, a), b)
    ) == office.next_working_instant(once)


@given(hours_of_work, instants)
def test_the_next_working_instant_is_open_and_nothing_is_worked_before_it(office: OfficeHours, at: datetime) -> None:
    soon = office.next_working_instant(at)
    assert soon >= at
    assert office.is_open(soon)
    assert office.working_time(at, soon) == timedelta(0)


# Repeats

rules = st.builds(
    lambda frequency, interval, months, month_days, weekdays: ";".join(
        filter(None, (
            f"FREQ={frequency}",
            f"INTERVAL={interval}",
            f"BYMONTH={','.join(map(str, sorted(months)))}" if months else "",
            f"BYMONTHDAY={','.join(map(str, sorted(month_days)))}" if month_days and frequency != "WEEKLY" else "",
            f"BYDAY={','.join(sorted(weekdays))}" if weekdays else "",
        ))
    ),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 4),
    st.sets(st.integers(1, 12), max_size=2),
    st.sets(st.sampled_from([1, 15, 29, 31, -1, -2]), max_size=2),
    st.sets(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), max_size=3),
)  # fmt: skip


@given(rules, days)
def test_repeats_unfold_as_in_dateutil(rule: str, first: date) -> None:
    until = first + timedelta(days=1500)
    start = datetime.combine(first, time(0))
    expected = [each.date() for each in rrulestr(f"{rule};UNTIL={until:%Y%m%d}T000000", dtstart=start)]
    assert list(Repeat.read(rule, first).days(until)) == expected

"""The readings of the algebra, one sentence each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from time import tzset
from zoneinfo import ZoneInfo

import pytest

from calendars import vietnam_office, vietnam_six_day
from calendars.office_hours import OfficeHours, Shift
from calendars.rules import (
    ICT,
    MEETING,
    PLAN_START,
    UNNAMED,
    After,
    Before,
    BeforeEvent,
    By,
    DaysBefore,
    Due,
    EventUnknown,
    FirstOf,
    HourUnknown,
    LastOf,
    Moment,
    Month,
    MonthlyWeekday,
    On,
    Quarter,
    Reading,
    Readings,
    Recurring,
    Rule,
    RuleError,
    SameDay,
    Span,
    Undatable,
    Unit,
    Vague,
    Window,
    Within,
    Yearly,
    alternatives_of,
    due,
    events_of,
    occurrences,
)
from calendars.working_calendar import OutsideCalendar

OFFICE = vietnam_office()
SUNDAY = Moment(date(2025, 11, 2))


def of(rule: Rule, event: Moment | None = None, readings: Readings | None = None) -> Due:
    return due(rule, OFFICE, {"E": event, PLAN_START: event} if event else {}, readings or Readings())


def readings_of(found: Due) -> dict[str, tuple[date, bool]]:
    return {each.name: (each.due_on, each.chosen) for each in found.readings}


# ── when it ends ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_limit_ends_at_midnight_in_vietnam_exclusive() -> None:
    found = of(Within(7, Unit.WORKING_DAY, "E"), SUNDAY)
    assert found.due_at == datetime(2025, 11, 11, 17, tzinfo=UTC)
    assert found.due_at.tzinfo is ICT


def test_a_clock_time_ends_a_limit_on_its_day() -> None:
    assert of(By(date(2026, 1, 30), time(17))).due_at == datetime(2026, 1, 30, 17, tzinfo=ICT)


@pytest.mark.parametrize(
    "rule",
    [By(date(2026, 4, 24), time()), Window(date(2026, 4, 20), date(2026, 4, 24), time())],
)
def test_midnight_at_the_start_of_a_day_is_the_end_of_the_day_before(rule: Rule) -> None:
    found = of(rule)
    assert (found.due_on, found.safe_on) == (date(2026, 4, 23), date(2026, 4, 23))
    assert found.due_at == datetime(2026, 4, 24, tzinfo=ICT)


def test_a_limit_at_the_midnight_after_a_rest_day_is_safe_on_the_working_day_before() -> None:
    found = of(By(date(2026, 5, 11), time()))
    assert (found.due_on, found.safe_on) == (date(2026, 5, 10), date(2026, 5, 8))


def test_the_hours_of_the_office_close_its_day() -> None:
    hours = OfficeHours(OFFICE, dates={date(2026, 4, 24): (Shift(time(7, 30), time(11)),)})
    closing = of(By(date(2026, 4, 24), closing=True), readings=Readings(hours=hours))
    assert closing.due_at == datetime(2026, 4, 24, 11, tzinfo=ICT)
    on_saturday = of(By(date(2026, 4, 25), closing=True), readings=Readings(hours=hours))
    assert (on_saturday.safe_on, on_saturday.due_at.time()) == (date(2026, 4, 24), time(11))
    elsewhere = of(By(date(2026, 4, 23), closing=True), readings=Readings(office_closes=time(16), hours=hours))
    assert elsewhere.due_at.time() == time(17)


def test_the_end_of_office_hours_is_a_setting() -> None:
    early = Readings(office_closes=time(16, 30))
    assert of(By(date(2026, 1, 30), closing=True)).due_at == datetime(2026, 1, 30, 17, tzinfo=ICT)
    assert of(By(date(2026, 1, 30), closing=True), readings=early).due_at == datetime(2026, 1, 30, 16, 30, tzinfo=ICT)


def test_the_hour_at_which_something_begins_is_no_limit() -> None:
    assert of(On(date(2026, 1, 30), time(8))).due_at == datetime(2026, 1, 31, tzinfo=ICT)


def test_a_window_opens_on_its_first_day() -> None:
    found = of(Window(date(2026, 4, 20), date(2026, 4, 24), time(17)))
    assert (found.opens_on, found.due_on) == (date(2026, 4, 20), date(2026, 4, 24))
    assert found.due_at == datetime(2026, 4, 24, 17, tzinfo=ICT)


# ── disputed readings ─────────────────────────────────────────────────────────────────────────────────────────


def test_before_a_day_shows_both_readings_and_follows_the_one_chosen() -> None:
    excluded, included = of(Before(date(2026, 4, 24))), of(Before(date(2026, 4, 24)), None, Readings("included"))
    assert (excluded.due_on, included.due_on) == (date(2026, 4, 23), date(2026, 4, 24))
    assert readings_of(excluded) == {
        "before_date: excluded": (date(2026, 4, 23), True),
        "before_date: included": (date(2026, 4, 24), False),
    }


def test_a_fixed_day_on_a_rest_day_stays_unless_it_is_to_roll() -> None:
    kept, rolled = of(By(date(2026, 5, 10))), of(By(date(2026, 5, 10)), None, Readings(fixed_date_on_rest_day="roll"))
    assert (kept.due_on, kept.safe_on, kept.rolled) == (date(2026, 5, 10), date(2026, 5, 8), False)
    assert (rolled.due_on, rolled.safe_on, rolled.rolled) == (date(2026, 5, 11), date(2026, 5, 11), True)
    assert readings_of(kept)["fixed_date_on_rest_day: roll"] == (date(2026, 5, 11), False)


@pytest.mark.parametrize("unit", [Unit.DAY, Unit.WORKING_DAY])
def test_a_period_ending_on_a_worked_saturday_shows_both_readings(unit: Unit) -> None:
    event = Moment(date(2026, 1, 5))
    kept = of(Within(5, unit, "E"), event)
    rolled = of(Within(5, unit, "E"), event, Readings(period_on_worked_saturday="roll"))
    assert (kept.due_on, rolled.due_on) == (date(2026, 1, 10), date(2026, 1, 12))
    assert readings_of(kept)["period_on_worked_saturday: roll"] == (date(2026, 1, 12), False)
    assert rolled.rolled


def test_a_saturday_of_a_six_day_week_is_nobodys_swap() -> None:
    found = due(Within(5, Unit.DAY, "E"), vietnam_six_day(), {"E": Moment(date(2026, 3, 2))}, Readings())
    assert (found.due_on, found.readings) == (date(2026, 3, 7), ())


def test_a_settled_wording_has_no_other_reading() -> None:
    assert of(Within(7, Unit.WORKING_DAY, "E"), SUNDAY).readings == ()


def test_a_reading_outside_its_choices_is_refused() -> None:
    with pytest.raises(RuleError, match="before_date"):
        Readings(before_date="perhaps")


def test_each_reading_names_its_choices_the_default_first() -> None:
    assert alternatives_of("before_date")[0] == Readings().before_date
    assert alternatives_of("office_closes") == ()


# ── events ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_event_whose_day_is_not_known_is_named() -> None:
    with pytest.raises(EventUnknown, match="hold_meeting") as refusal:
        of(Within(7, Unit.WORKING_DAY, "hold_meeting"))
    assert refusal.value.event == "hold_meeting"


@pytest.mark.parametrize(
    ("event", "sentence"), [(UNNAMED, "chưa nêu mốc"), (MEETING, "ngày họp"), (PLAN_START, "ngày bắt đầu kế hoạch")]
)
def test_the_general_events_are_asked_for_in_their_own_words(event: str, sentence: str) -> None:
    with pytest.raises(EventUnknown, match=sentence):
        of(Within(7, Unit.WORKING_DAY, event))


def test_a_date_written_as_the_event_needs_no_event() -> None:
    rule = Within(10, Unit.WORKING_DAY, "2026-04-24")
    assert events_of(rule) == frozenset()
    assert of(rule).due_on == date(2026, 5, 13)


def test_a_limit_on_a_projected_event_is_projected() -> None:
    assert of(Within(7, Unit.WORKING_DAY, "E"), replace(SUNDAY, projected=True)).projected


def test_hours_run_from_the_instant_of_the_event_over_rest_days() -> None:
    event = Moment(date(2025, 11, 1), datetime(2025, 11, 1, 1, 30, tzinfo=UTC))
    found = of(Within(36, Unit.HOUR, "E"), event)
    assert found.due_at == datetime(2025, 11, 2, 20, 30, tzinfo=ICT)
    assert (found.due_on, found.safe_on) == (date(2025, 11, 2), date(2025, 11, 1))


def test_an_hour_that_ends_at_midnight_ends_on_the_day_before() -> None:
    event = Moment(date(2025, 11, 3), datetime(2025, 11, 3, 0, 0, tzinfo=ICT))
    assert of(Within(24, Unit.HOUR, "E"), event).due_on == date(2025, 11, 3)


def test_the_day_of_an_instant_is_its_day_in_vietnam() -> None:
    for hour, minute, day in ((16, 30, 2), (17, 30, 3)):
        at = datetime(2025, 11, 2, hour, minute, tzinfo=UTC)
        assert of(Within(1, Unit.HOUR, "E"), Moment(date(2025, 11, day), at)).event_on == date(2025, 11, day)


def test_an_instant_without_its_zone_is_refused() -> None:
    with pytest.raises(RuleError, match="múi giờ"):
        Moment(date(2025, 11, 3), datetime(2025, 11, 3, 8))  # noqa: DTZ001  # the fault under test


@pytest.mark.parametrize("on", [date(2025, 11, 2), date(2025, 11, 4)])
def test_an_instant_of_another_day_in_vietnam_is_refused(on: date) -> None:
    with pytest.raises(RuleError, match="03/11/2025, giờ Việt Nam"):
        Moment(on, datetime(2025, 11, 2, 17, 30, tzinfo=UTC))


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (0, 30), (23, 30)])
def test_hours_are_the_same_on_a_server_in_another_zone(
    zone: str, hour: int, minute: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    tzset()
    try:
        at = datetime(2026, 3, 7, hour, minute, tzinfo=ICT)
        for told in (at, at.astimezone(UTC), at.astimezone(ZoneInfo("America/New_York"))):
            found = of(Within(24, Unit.HOUR, "E"), Moment(at.date(), told))
            assert found.due_at == at + timedelta(hours=24)
            assert (found.event_on, found.due_on) == (date(2026, 3, 7), date(2026, 3, 7 if hour + minute == 0 else 8))
    finally:
        monkeypatch.undo()
        tzset()


def test_hours_before_an_event_are_exact() -> None:
    event = Moment(date(2025, 11, 3), datetime(2025, 11, 3, 8, tzinfo=ICT))
    assert of(DaysBefore(1, Unit.HOUR, "E"), event).due_at == datetime(2025, 11, 3, 7, tzinfo=ICT)


def test_hours_need_the_hour_of_the_event() -> None:
    with pytest.raises(HourUnknown, match="cả giờ"):
        of(Within(24, Unit.HOUR, "E"), SUNDAY)


@pytest.mark.parametrize(
    "rule", [After("E"), Vague("theo quy định"), Span(date(2026, 5, 5)), FirstOf((After("E"), Vague("kịp thời")))]
)
def test_an_order_without_a_limit_has_no_date(rule: Rule) -> None:
    with pytest.raises(Undatable):
        of(rule, SUNDAY)


def test_events_are_told_for_every_kind_of_rule() -> None:
    parts = (Within(1, Unit.DAY, "a"), DaysBefore(1, Unit.DAY, "b"), SameDay("c"), After("d"), BeforeEvent("e"))
    spans = (Span("f", date(2026, 1, 1)), Span(date(2026, 1, 1), "g"), Recurring(1, Unit.YEAR, "h"), Month(2026, 5))
    assert events_of(FirstOf((*parts, LastOf(spans)))) == frozenset("abcdefgh")


# ── floors, windows, several ──────────────────────────────────────────────────────────────────────────────────


def test_a_floor_says_so() -> None:
    assert of(Within(30, Unit.DAY, "E", floor=True), SUNDAY).floor
    assert not of(Within(30, Unit.DAY, "E"), SUNDAY).floor


def test_a_window_that_ends_with_an_event_ends_on_its_day() -> None:
    found = of(Span(date(2025, 10, 20), "E"), SUNDAY)
    assert (found.opens_on, found.due_on, found.safe_on) == (date(2025, 10, 20), SUNDAY.on, SUNDAY.on)


def test_a_window_must_not_end_before_its_event() -> None:
    with pytest.raises(RuleError, match="02/11/2025"):
        of(Span("E", date(2025, 10, 20)), SUNDAY)


def test_the_first_of_several_waits_for_no_event_not_known_yet() -> None:
    rule = FirstOf((By(date(2026, 5, 20)), Within(5, Unit.WORKING_DAY, "E")))
    assert of(rule).due_on == date(2026, 5, 20)
    assert of(rule, Moment(date(2026, 5, 4))).due_on == date(2026, 5, 11)


def test_the_first_of_several_is_projected_while_any_of_its_events_is() -> None:
    rule = FirstOf((By(date(2026, 5, 20)), Within(5, Unit.WORKING_DAY, "E")))
    assert of(rule).projected
    assert of(rule, Moment(date(2026, 5, 4), projected=True)).projected
    assert of(rule, Moment(date(2026, 8, 3), projected=True)).projected
    assert not of(rule, Moment(date(2026, 5, 4))).projected


def test_the_last_of_several_needs_every_event() -> None:
    with pytest.raises(EventUnknown):
        of(LastOf((By(date(2026, 5, 20)), Within(5, Unit.WORKING_DAY, "E"))))


def test_an_order_among_several_does_not_delay_the_last() -> None:
    assert of(LastOf((Month(2026, 3), After("E")))).due_on == date(2026, 3, 31)


def test_several_limits_show_each_of_their_days() -> None:
    found = of(FirstOf((By(date(2026, 5, 20)), By(date(2026, 5, 12)))))
    parts = (Reading("part: 1", date(2026, 5, 20), chosen=False), Reading("part: 2", date(2026, 5, 12), chosen=True))
    assert found.readings == parts


# ── duties that come back ─────────────────────────────────────────────────────────────────────────────────────


def dates(rule: Rule, start: date, until: date) -> list[date]:
    found = occurrences(rule, OFFICE, {PLAN_START: Moment(start)}, Readings(), until=until)
    return [each.due_on for each in found]


def test_months_are_added_from_the_origin_so_that_they_do_not_drift() -> None:
    found = dates(Recurring(1, Unit.MONTH), date(2026, 8, 31), date(2026, 12, 31))
    assert found == [date(2026, 9, 30), date(2026, 11, 2), date(2026, 11, 30), date(2026, 12, 31)]


def test_a_yearly_duty_comes_back_every_year() -> None:
    found = dates(Yearly(2, 29, included=True), date(2023, 1, 1), date(2025, 12, 31))
    assert found == [date(2023, 2, 28), date(2024, 2, 29), date(2025, 2, 28)]


def test_a_weekday_of_the_month_comes_back_every_month() -> None:
    found = dates(MonthlyWeekday(0, 1), date(2026, 3, 3), date(2026, 6, 30))
    assert found == [date(2026, 4, 6), date(2026, 5, 4), date(2026, 6, 1)]


def test_several_duties_that_come_back_are_one_series() -> None:
    rule = FirstOf((Recurring(1, Unit.QUARTER), Recurring(6, Unit.MONTH), Recurring(1, Unit.YEAR)))
    found = dates(rule, date(2026, 1, 5), date(2027, 1, 31))
    assert found == [date(2026, 4, 6), date(2026, 7, 6), date(2026, 10, 5), date(2027, 1, 5)]


def test_a_duty_that_comes_back_beside_a_fixed_day_occurs_once() -> None:
    rule = FirstOf((Recurring(1, Unit.YEAR), By(date(2026, 5, 12))))
    assert dates(rule, date(2026, 1, 5), date(2028, 12, 31)) == [date(2026, 5, 12)]


def test_another_rule_occurs_once_or_after_the_span_never() -> None:
    assert dates(By(date(2026, 5, 12)), date(2026, 1, 1), date(2026, 12, 31)) == [date(2026, 5, 12)]
    assert dates(By(date(2026, 5, 12)), date(2026, 1, 1), date(2026, 5, 11)) == []


# ── the edges ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_limit_that_rests_on_undecided_days_is_provisional() -> None:
    settled = OFFICE.settled_until
    assert not of(Within(5, Unit.WORKING_DAY, "E"), Moment(date(2026, 5, 4))).provisional
    assert of(Within(5, Unit.WORKING_DAY, "E"), Moment(settled)).provisional


def test_a_day_outside_the_calendar_is_refused_never_guessed() -> None:
    with pytest.raises(OutsideCalendar):
        of(By(date(2013, 5, 10)))


def test_a_limit_beyond_all_dates_is_refused() -> None:
    with pytest.raises(RuleError, match="quá dài"):
        of(Within(9999, Unit.YEAR, "E"), SUNDAY)


@pytest.mark.parametrize("n", [0, -1, 10_000])
def test_a_limit_of_nothing_or_of_too_much_is_refused(n: int) -> None:
    with pytest.raises(RuleError, match=str(n)):
        Within(n, Unit.DAY, "E")


def test_rules_that_no_calendar_holds_are_refused() -> None:
    for build in (
        lambda: Window(date(2026, 5, 2), date(2026, 5, 1)),
        lambda: Window(date(2026, 5, 1), date(2026, 5, 1), time(8), time(9)),
        lambda: Window(date(2026, 5, 1), date(2026, 5, 1), time()),
        lambda: Month(2026, 13),
        lambda: Month(0, 1),
        lambda: Month(10000, 1),
        lambda: Quarter(0, 1),
        lambda: By(date(2026, 5, 1), time(8, 0, 1)),
        lambda: On(date(2026, 5, 1), time(8, 0, 0, 1)),
        lambda: On(date(2026, 5, 1), time(8, 0, tzinfo=UTC)),
        lambda: Window(date(2026, 5, 1), date(2026, 5, 2), None, time.max),
        lambda: After(" họp"),
        lambda: Within(5, Unit.DAY, "họp\nxong"),
        lambda: DaysBefore(5, Unit.DAY, "họp "),
        lambda: SameDay("họp  xong"),
        lambda: BeforeEvent('«a» “b” "c"'),
        lambda: Recurring(1, Unit.YEAR, "họp\t"),
        lambda: Vague("kịp\nthời"),
        lambda: Span(""),
        lambda: Span("họp"),
        lambda: Span("họp ", date(2026, 5, 1)),
        lambda: Yearly(4, 31),
        lambda: MonthlyWeekday(0, 5),
        lambda: FirstOf((Month(2026, 5),)),
        lambda: By(date(2026, 5, 1), time(8), closing=True),
        lambda: Span(date(2026, 5, 1), date(2026, 5, 2)),
    ):
        with pytest.raises(RuleError):
            build()


def test_two_dues_are_equal_when_their_dates_are() -> None:
    first, again = (of(Within(7, Unit.WORKING_DAY, "E"), SUNDAY) for _ in range(2))
    assert first == again
    assert hash(first) == hash(again)
    assert first != replace(first, due_on=first.due_on + timedelta(days=1))

"""Working days and deadlines in Vietnam; usable on its own: `from calendars import vietnam_office`."""

from calendars.layers import OwnDay, UnknownCalendar, calendar_named, with_closures
from calendars.vietnam import vietnam_office, vietnam_six_day
from calendars.working_calendar import CalendarError, Day, OutsideCalendar, WorkingCalendar

__all__ = [
    "CalendarError",
    "Day",
    "OutsideCalendar",
    "OwnDay",
    "UnknownCalendar",
    "WorkingCalendar",
    "calendar_named",
    "vietnam_office",
    "vietnam_six_day",
    "with_closures",
]

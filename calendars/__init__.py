"""Working days and deadlines in Vietnam; usable on its own: `from calendars import vietnam_office`."""

from calendars.vietnam import vietnam_office, vietnam_six_day
from calendars.working_calendar import CalendarError, Day, OutsideCalendar, WorkingCalendar

__all__ = ["CalendarError", "Day", "OutsideCalendar", "WorkingCalendar", "vietnam_office", "vietnam_six_day"]

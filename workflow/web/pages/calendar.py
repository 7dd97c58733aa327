"""The official calendar of a year, open to anyone."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from calendars import OutsideCalendar
from workflow.bootstrap import terms_named
from workflow.domain.errors import NotFound
from workflow.web.views.calendar import calendar_year
from workflow.web.visit import Anyone

router = APIRouter()


class YearNotCovered(NotFound):
    template = "Lịch làm việc chỉ có từ năm {first} đến năm {last}; hãy chọn một năm trong khoảng đó."


@router.get("/calendar")
def this_year(visit: Anyone) -> Response:
    """Go to the present year."""
    return visit.see(f"/calendar/{visit.today.year}")


@router.get("/calendar/{year}")
def show(visit: Anyone, year: str) -> Response:
    """A year: its rest days, worked Saturdays and the decision behind each."""
    calendar = terms_named("office").calendar
    if not (year.isascii() and year.isdigit() and len(year) == 4 and int(year) > 0):
        raise YearNotCovered(first=calendar.covered_since.year, last=calendar.covered_until.year)
    try:
        view = calendar_year(calendar, int(year))
    except OutsideCalendar:
        raise YearNotCovered(first=calendar.covered_since.year, last=calendar.covered_until.year) from None
    return visit.page("calendar.html", calendar=view)

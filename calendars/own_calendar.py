"""A unit's own calendar from a folder of its files: closures and opening days, and its working hours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from calendars.closures import LARGEST_BYTES, Entry, ImportReport, import_csv, import_ical
from calendars.decisions import Notice
from calendars.layers import calendar_named, with_closures
from calendars.office_hours import HoursUnreadable, OfficeHours, parse_hours
from calendars.working_calendar import WorkingCalendar

HOURS_FILE = "hours.txt"
_READERS = {".csv": import_csv, ".ics": import_ical}


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """A calendar with a unit's own days over it, and what became of each file, by its name."""

    calendar: WorkingCalendar
    reports: tuple[tuple[str, ImportReport], ...]


def own_calendar(folder: Path, name: str, adopted: tuple[Notice, ...] = ()) -> OwnCalendar:
    """The calendar of that name under the days of every `*.csv` and `*.ics` file of the folder, with a report of each.

    The files are laid over one another in the order of their names, the later winning. A folder that is missing or
    empty changes nothing; an entry that cannot be used stands in its file's report. Raises UnknownCalendar.
    """
    calendar, reports = calendar_named(name, adopted), list[tuple[str, ImportReport]]()
    for path in _files_of(folder):
        report = _read(path, calendar)
        calendar = with_closures(calendar, report.taken) if report.taken else calendar
        reports.append((path.name, report))
    return OwnCalendar(calendar, tuple(reports))


def calendar_from(folder: Path, name: str, adopted: tuple[Notice, ...] = ()) -> WorkingCalendar:
    """`own_calendar` without its reports."""
    return own_calendar(folder, name, adopted).calendar


def hours_from(folder: Path, calendar: WorkingCalendar) -> OfficeHours:
    """The calendar's hours as `hours.txt` of the folder has them ("T2-T6: 07:30-11:30, 13:30-17:00"), else the default.

    Lines stand for groups of weekdays, and what follows a # is a remark. Raises HoursError, quoting what cannot be read.
    """
    path = folder / HOURS_FILE
    if not path.is_file():
        return OfficeHours(calendar)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise HoursUnreadable(HOURS_FILE) from error
    return OfficeHours(calendar, parse_hours(";".join(line.partition("#")[0] for line in lines)))


def _files_of(folder: Path) -> list[Path]:
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted((path for path in found if path.suffix.lower() in _READERS), key=lambda path: path.name)


def _read(path: Path, calendar: WorkingCalendar) -> ImportReport:
    try:
        with path.open("rb") as opened:
            content = opened.read(LARGEST_BYTES + 1)
    except OSError:
        return ImportReport((), (), (Entry("Tệp", "unreadable"),))
    return _READERS[path.suffix.lower()](content, calendar, path.name)

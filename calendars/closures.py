"""A unit's own closures and opening days from a spreadsheet (CSV) or an iCal file, with a report of every entry."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from calendars.entries import REASONS, Found, Unusable, days_between, default_name, fold
from calendars.ical import read_ical
from calendars.layers import OwnDay
from calendars.working_calendar import OutsideCalendar, WorkingCalendar

LARGEST_BYTES = 1_000_000
_LONGEST_ROW = 10_000
_MOST_DAYS = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the file that was not taken: where it stands, the day where known, and why."""

    place: str
    code: str
    on: date | None = None
    values: tuple[tuple[str, str], ...] = ()

    @property
    def reason(self) -> str:
        """Why the entry was not taken."""
        return REASONS[self.code].format_map(dict(self.values))

    def __str__(self) -> str:
        day = f" ({self.on:%d/%m/%Y})" if self.on else ""
        return f"{self.place}{day}: {self.reason}."


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file: days taken, entries that add nothing (`doubled`) and entries that cannot be used."""

    taken: tuple[OwnDay, ...]
    doubled: tuple[Entry, ...]
    refused: tuple[Entry, ...]


def import_csv(content: bytes, calendar: WorkingCalendar, file: str | None = None) -> ImportReport:
    """Closures from a spreadsheet saved as CSV, with a header line and any of the separators , ; or tab.

    Columns: «ngày», «đến ngày» (included; optional), «tên», «loại» («nghỉ» or «làm việc»; optional), or their English
    names date, until, name, kind. A fifth, «căn cứ» or source, names the paper; without one the source is `file`.
    Each line stands for itself: one whose quotes do not match is refused, and those after it are still read.
    """
    return _report(_guarded(content, lambda whole: _read_csv(whole, file)), calendar)


def import_ical(content: bytes, calendar: WorkingCalendar, file: str | None = None) -> ImportReport:
    """Closures from the whole-day events of an iCal file; an event of the category OPENING opens its days instead.

    Yearly, monthly, weekly and daily repeats are unfolded up to the last settled day of the calendar. The source of
    each day is `file`.
    """
    return _report(_guarded(content, lambda whole: read_ical(whole, calendar.settled_until, file)), calendar)


def _guarded(content: bytes, read: Callable[[bytes], Iterator[Found]]) -> Iterator[Found]:
    if len(content) > LARGEST_BYTES:
        yield Found("Tệp", fault=Unusable("too_large"))
        return
    try:
        yield from read(content)
    except Unusable as fault:
        yield Found("Tệp", fault=fault)


def _report(entries: Iterable[Found], calendar: WorkingCalendar) -> ImportReport:
    taken: dict[date, OwnDay] = {}
    doubled: list[Entry] = []
    refused: list[Entry] = []
    read = 0
    for entry in entries:
        read += len(entry.days)
        fault = Unusable("too_large") if read > _MOST_DAYS else entry.fault
        if fault:
            refused.append(Entry(entry.place, fault.code, None, fault.values))
        if read > _MOST_DAYS:
            break
        for day in entry.days:
            code = _objection(day, taken, calendar)
            if code is None:
                taken[day.on] = day
            else:
                (refused if code == "outside" else doubled).append(Entry(entry.place, code, day.on))
    return ImportReport(tuple(taken[on] for on in sorted(taken)), tuple(doubled), tuple(refused))


def _objection(day: OwnDay, taken: Container[date], calendar: WorkingCalendar) -> str | None:
    """Why the day adds nothing to the calendar, as a key of REASONS; None when it does."""
    if day.on in taken:
        return "repeated"
    try:
        working = calendar.is_working(day.on)
    except OutsideCalendar:
        return "outside"
    if working != day.working:
        return None
    return "already_worked" if working else "already_off"


# CSV

_COLUMNS = {
    "date": {"ngay", "tu ngay", "ngay nghi", "date", "since", "from", "start"},
    "until": {"den ngay", "den", "den het ngay", "until", "to", "end"},
    "name": {"ten", "noi dung", "ly do", "ten ngay nghi", "name", "reason", "summary"},
    "kind": {"loai", "kind", "type"},
    "source": {"can cu", "van ban", "source"},
}
_KINDS = {
    "": False, "nghi": False, "ngay nghi": False, "dong cua": False, "closure": False, "closed": False, "off": False,
    "lam viec": True, "lam bu": True, "di lam": True, "mo cua": True, "opening": True, "open": True, "working": True,
}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_VIETNAMESE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def _read_csv(content: bytes, file: str | None) -> Iterator[Found]:
    separator = _separator_of(content)
    lines = io.StringIO(_text_of(content), newline=None)
    header = _cells(next(lines, ""), separator)
    columns = {
        field: at for at, title in enumerate(header) for field, names in _COLUMNS.items() if fold(title) in names
    }
    if "date" not in columns:
        raise Unusable("no_date_column")
    for number, line in enumerate(lines, 2):
        place = f"Dòng {number}"
        try:
            row = _cells(line, separator)
        except Unusable as fault:
            yield Found(place, fault=fault)
            continue
        cells = {field: row[at].strip() for field, at in columns.items() if at < len(row)}
        if any(cells.values()):
            yield _read_row(place, cells, file)


def _cells(line: str, separator: str) -> list[str]:
    """The cells of one line, read alone: a quote that is never closed cannot swallow the lines after it."""
    if len(line) > _LONGEST_ROW:
        raise Unusable("long_row")
    try:
        return next(csv.reader([line.rstrip("\n")], delimiter=separator, strict=True), [])
    except csv.Error as error:
        raise Unusable("bad_quotes") from error


def _read_row(place: str, cells: Mapping[str, str], file: str | None) -> Found:
    try:
        working = _kind_of(cells.get("kind", ""))
        if not cells.get("date"):
            raise Unusable("no_date")
        first = _date_of(cells["date"])
        days = days_between(first, _date_of(cells["until"]) if cells.get("until") else first)
    except Unusable as fault:
        return Found(place, fault=fault)
    name = cells.get("name") or default_name(working)
    return Found(place, tuple(OwnDay(on, working, name, cells.get("source") or file) for on in days))


def _text_of(content: bytes) -> str:
    try:
        return unicodedata.normalize("NFC", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unusable("unreadable") from error


def _separator_of(content: bytes) -> str:
    header = content.split(b"\n", 1)[0]
    return max(",;\t", key=lambda separator: header.count(separator.encode()))


def _kind_of(text: str) -> bool:
    try:
        return _KINDS[fold(text)]
    except KeyError:
        raise Unusable("bad_kind", text=text) from None


def _date_of(text: str) -> date:
    iso, vietnamese = _ISO.fullmatch(text), _VIETNAMESE.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if vietnamese:
            return date(int(vietnamese[3]), int(vietnamese[2]), int(vietnamese[1]))
    except ValueError:
        pass
    raise Unusable("bad_date", text=text)

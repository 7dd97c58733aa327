"""The due dates of a letter as a calendar file (RFC 5545), which calendars of phones and offices take in.

Each limit is a whole day under an id of its own, so that a limit that moved replaces the entry instead of making two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from workflow.domain.zone import ZONE
from workflow.ports import Attachment

if TYPE_CHECKING:
    from icalendar import Calendar, Event

NAME = "thoi-han.ics"
CONTENT_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"


@dataclass(frozen=True, slots=True)
class DueEntry:
    """One limit: the last day, what is due, and where to read more. `revision` of the limit: a later one replaces."""

    uid: str
    due_on: date
    summary: str
    description: str
    link: str
    revision: int


def due_file(entries: Iterable[DueEntry], at: datetime) -> Attachment | None:
    """A file with these limits as of an instant (aware); None without any."""
    made = _calendar(entries, at)
    return Attachment(NAME, CONTENT_TYPE, made.to_ical()) if made.subcomponents else None


def due_feed(entries: Iterable[DueEntry], name: str, at: datetime) -> bytes:
    """The same for a calendar that asks again and again: with its name, how often to ask, and empty when nothing is due.

    An entry has the id that it has in letters, so that whoever takes in both sees it once.
    """
    made = _calendar(entries, at)
    made.add("x-wr-calname", name)
    made.add("x-published-ttl", "PT1H")
    body: bytes = made.to_ical()
    return body


def entry_id(plan_id: str, step: str, host: str) -> str:
    """The id of a limit, the same in letters and feeds of one installation."""
    return f"{quote(plan_id, safe='')}/{quote(step, safe='')}@{host}"


def _calendar(entries: Iterable[DueEntry], at: datetime) -> Calendar:
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//doithoai//doithoai//VI")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-timezone", ZONE.key)
    for entry in entries:
        made.add_component(_event(entry, at))
    return made


def _event(entry: DueEntry, at: datetime) -> Event:
    """A whole day: it has no hours, so it is that day wherever it is read; who has it is free all the same."""
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", at)
    event.add("sequence", entry.revision)
    event.add("dtstart", entry.due_on)
    event.add("dtend", entry.due_on + timedelta(days=1))
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("url", entry.link)
    event.add("transp", "TRANSPARENT")
    return event

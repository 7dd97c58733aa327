"""Accounts as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from workflow.ports import Session

_BROWSERS = (
    ("Edg", "Edge"),
    ("coc_coc", "Cốc Cốc"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in the list. `here`: the one that the list is read with. `where`: browser and system, "" unknown."""

    digest: str
    where: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    here: bool


def session_lines(sessions: Iterable[Session], *, here: str = "") -> Sequence[SessionLine]:
    """Sessions as a list shows them, in their order."""
    return [
        SessionLine(
            each.digest, browser(each.agent), each.created_at, each.last_seen_at, each.expires_at, each.digest == here
        )
        for each in sessions
    ]


def browser(agent: str) -> str:
    """What a browser says of itself, in the words of people: "Chrome, Windows"; "" when it says nothing known."""
    names = (next((name for mark, name in marks if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS))
    return ", ".join(name for name in names if name)


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one is in a list that is shown a page at a time; pages count from 1."""

    number: int
    size: int
    total: int

    @classmethod
    def of(cls, typed: str, size: int, total: int) -> Pages:
        """The page typed, or the nearest that there is."""
        wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1
        return cls(min(max(wanted, 1), max(1, -(-total // size))), size, total)

    @property
    def offset(self) -> int:
        """How many lines come before this page."""
        return (self.number - 1) * self.size

    @property
    def count(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // self.size))

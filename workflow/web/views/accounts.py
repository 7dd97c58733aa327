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

"""The decisions on days off that were adopted here, parsed; read again when somebody else may have adopted one."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock

from calendars.decisions import Notice
from calendars.notice_reader import parse_notice
from workflow.ports import Clock, Store

FRESH = timedelta(seconds=30)
"""How long what was read is taken for the present, as long as nobody asks for a version that is not known."""


class KnownDecisions:
    """What one process knows of the decisions adopted in the store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._lock = Lock()
        self._read_at: datetime | None = None
        self._notices: tuple[Notice, ...] = ()

    def all(self, *, anew: bool = False) -> tuple[Notice, ...]:
        """The decisions in order of adoption; `anew`: as they stand in the store at this moment."""
        with self._lock:
            now = self._clock.now()
            if anew or self._read_at is None or not timedelta() <= now - self._read_at < FRESH:
                with self._store.reading() as uow:
                    kept = uow.decisions.all()
                self._notices = tuple(parse_notice(each.text, each.name) for each in kept)
                self._read_at = now
            return self._notices

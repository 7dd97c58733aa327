"""The clocks: the only module that reads the wall clock, and one that a rehearsal sets by hand."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)


class ClockSetByHand:
    """A clock that stands where it was put; for rehearsals, the demo's past and tests."""

    def __init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("a clock needs an aware instant")
        self._at = at

    def now(self) -> datetime:
        """The instant that was set."""
        return self._at

    def set(self, at: datetime) -> None:
        """Put the clock on an instant, which is never before the present one."""
        if at < self._at:
            raise ValueError("a clock never runs back")
        self._at = at

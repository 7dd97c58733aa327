"""How often one may try: failures are counted for each account and for each address, in the memory of this process.

Time is an argument here as everywhere, which the libraries that count attempts do not allow.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from workflow.domain.errors import DoithoaiError

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
PER_ADDRESS = 60
"""An office may reach us from one address: many accounts, more failures."""

_MOST_COUNTED = 10_000


class TooManyAttempts(DoithoaiError):
    """`minutes`: after how many more may be tried."""

    template = (
        "Đã thử sai quá nhiều lần; hãy đợi {minutes} phút rồi thử lại, hoặc nhờ người quản trị cấp liên kết đặt lại "
        "mật khẩu."
    )


@dataclass(frozen=True, slots=True)
class Attempts:
    """The failures of the last `window`, by what they are counted for: an account or an address."""

    per_account: int = PER_ACCOUNT
    per_address: int = PER_ADDRESS
    window: timedelta = WINDOW
    _failures: dict[tuple[str, str], deque[datetime]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def begin(self, account: str, address: str, at: datetime) -> None:
        """Let another attempt pass, counted as a failure until it succeeds. Raises `TooManyAttempts`."""
        with self._lock:
            self._forget(at)
            for counted, most in self._limits(account, address):
                late = self._of_late(counted, at)
                if len(late) >= most:
                    wait = late[-most] + self.window - at
                    raise TooManyAttempts(minutes=max(1, math.ceil(wait / timedelta(minutes=1))))

            for counted, _ in self._limits(account, address):
                self._failures.setdefault(counted, deque()).append(at)

    def succeeded(self, account: str, address: str) -> None:
        """Forget the failures of an account, and that this attempt was one from the address."""
        with self._lock:
            self._failures.pop(("account", account), None)
            from_there = self._failures.get(("address", address))
            if from_there:
                from_there.pop()

    def _limits(self, account: str, address: str) -> tuple[tuple[tuple[str, str], int], ...]:
        return (("account", account), self.per_account), (("address", address), self.per_address)

    def _of_late(self, counted: tuple[str, str], at: datetime) -> deque[datetime]:
        failures = self._failures.get(counted, deque())
        while failures and failures[0] <= at - self.window:
            failures.popleft()
        return failures

    def _forget(self, at: datetime) -> None:
        """Drop what no longer counts once much is kept, so that invented names fill no memory."""
        if len(self._failures) < _MOST_COUNTED:
            return
        for counted in list(self._failures):
            if not self._of_late(counted, at):
                del self._failures[counted]
        while len(self._failures) >= _MOST_COUNTED:
            del self._failures[next(iter(self._failures))]

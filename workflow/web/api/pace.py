"""How fast one token may ask: so many requests in a minute, counted in the memory of this process."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from workflow.domain.errors import DoithoaiError

PER_MINUTE = 600
_MINUTE = timedelta(minutes=1)
_MOST_COUNTED = 10_000


class TooManyRequests(DoithoaiError):
    """`seconds`: after how many more may be asked."""

    template = "Chương trình của bạn hỏi quá nhanh; hãy đợi {seconds} giây rồi hỏi tiếp."

    @property
    def seconds(self) -> int:
        """What the answer's `Retry-After` says."""
        return int(str(self.fields["seconds"]))


@dataclass(slots=True)
class Pace:
    """Lets each token ask `per_minute` times in a minute that begins with its first request."""

    per_minute: int = PER_MINUTE
    _asked: dict[str, tuple[datetime, int]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def ask(self, token_id: str, at: datetime) -> None:
        """Count a request. Raises `TooManyRequests`."""
        with self._lock:
            if len(self._asked) >= _MOST_COUNTED:
                self._asked = {key: kept for key, kept in self._asked.items() if at - kept[0] < _MINUTE}
            since, count = self._asked.get(token_id, (at, 0))
            if at - since >= _MINUTE:
                since, count = at, 0
            if count >= self.per_minute:
                raise TooManyRequests(seconds=max(1, math.ceil((since + _MINUTE - at).total_seconds())))
            self._asked[token_id] = since, count + 1

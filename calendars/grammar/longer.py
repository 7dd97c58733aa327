"""Extensions: a longer limit for some cases, always a new total from the same event, never something to be added."""

from __future__ import annotations

from typing import Final

from calendars.grammar.amounts import Amount, amount
from calendars.grammar.cursor import Cursor, grammar, words
from calendars.grammar.events import event_after
from calendars.grammar.phrases import LATEST
from calendars.periods import Rule, Unit, Within

_MAY_BE_LONGER: Final = words(
    "thời hạn này là", "thời hạn này không quá", "thời hạn là", "có thể kéo dài", "được kéo dài", "có thể gia hạn",
    "được gia hạn", "kéo dài", "gia hạn", "may be extended", "can be extended", "extendable",
)  # fmt: skip
_BUT: Final = words("nhưng", ", nhưng", "song", "đến", "tối đa", "but", ", but", "to")
_MORE: Final = words("thêm", "by")


def cap_of(base: Rule, longer: tuple[int, str] | None) -> Rule | None:
    """The longer limit, counted from the event of the base; None without one."""
    if longer is None or not isinstance(base, Within):
        return None
    n, unit = longer
    return Within(n, Unit(unit), base.event)


def longer_behind(at: Cursor, base: Rule) -> tuple[int, str] | None:
    """The longer limit stated anywhere behind the base, as a total; the cursor then stands behind it."""
    while not at.done:
        found = _stated(at)
        if found is not None:
            total, more = found
            return _total(base, total, more=more)
        at.pos += 1
    return None


@grammar
def _stated(at: Cursor) -> tuple[Amount, bool] | None:
    if not at.take(_MAY_BE_LONGER):
        return None
    more = bool(at.take(_MORE))
    while at.take(_BUT) or at.take(LATEST):
        more = False
    found = amount(at)
    if found is None:
        return None
    event_after(at)
    return found, more


def _total(base: Rule, found: Amount, *, more: bool) -> tuple[int, str]:
    """«kéo dài thêm 05 ngày làm việc» alone adds; every other form names the total."""
    added = base.n if more and isinstance(base, Within) and base.unit is found.unit else 0
    return found.n + added, found.unit.value

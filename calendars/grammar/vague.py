"""Wordings from which no date can be computed: they are kept, and somebody is asked."""

from __future__ import annotations

from typing import Final

from calendars.grammar.cursor import Cursor, grammar, words
from calendars.periods import Vague

# Found in running text wherever they stand.
STRONG: Final = words(
    "đúng thời hạn", "đúng tiến độ", "bảo đảm thời gian quy định", "đảm bảo thời gian quy định", "bảo đảm tiến độ",
    "đảm bảo tiến độ", "theo thời gian quy định", "thời gian cụ thể", "theo thời hạn", "sớm nhất",
    "trong thời gian sớm nhất", "tại kỳ họp", "khi được yêu cầu", "khi có yêu cầu", "sẽ có thông báo sau",
)  # fmt: skip
# Found in running text where a clause ends with them.
WEAK: Final = words(
    "theo quy định", "theo đúng quy định", "theo luật định", "kịp thời", "thường xuyên", "theo yêu cầu", "đúng hạn",
    "đúng thời gian",
)  # fmt: skip
# A limit only where they stand alone.
ALONE: Final = words(
    "đúng quy định", "theo kế hoạch", "theo hướng dẫn", "theo tiến độ", "theo thời gian", "trong thời gian tới",
    "bảo đảm thời gian", "đảm bảo thời gian", "thời gian quy định", "thời gian sẽ", "có thông báo sau", "thông báo sau",
    "as prescribed", "in due time", "as soon as possible", "in time", "on request",
)  # fmt: skip


@grammar
def vague(at: Cursor) -> Vague | None:
    """One of the known vague openings, with all the words behind it up to the end of the clause."""
    first = at.pos
    if not (at.take(STRONG) or at.take(WEAK) or at.take(ALONE)):
        return None
    while not (at.done or at.token.key in (".", ";", ")") or (at.prose and at.token.key in (",", ":", "("))):
        at.pos += 1
    return Vague(at.source.between(first, at.pos))

"""Wordings from which no date can be computed: they are kept, and somebody is asked."""

from __future__ import annotations

from typing import Final

from calendars.grammar.cursor import Cursor, grammar, words
from calendars.periods import Vague

STRONG: Final = words(
    "đúng thời hạn", "đúng thời gian", "đúng hạn", "đúng tiến độ", "bảo đảm thời gian", "đảm bảo thời gian",
    "bảo đảm tiến độ", "đảm bảo tiến độ", "thời gian quy định", "thời gian cụ thể", "theo thời hạn", "theo thời gian",
    "theo tiến độ", "sớm nhất", "trong thời gian sớm nhất", "trong thời gian tới", "tại kỳ họp", "khi được yêu cầu",
    "khi có yêu cầu", "theo yêu cầu", "thời gian sẽ", "sẽ có thông báo sau", "có thông báo sau", "thông báo sau",
)  # fmt: skip
WEAK: Final = words(
    "theo quy định", "theo đúng quy định", "đúng quy định", "theo luật định", "kịp thời", "thường xuyên",
    "theo kế hoạch", "theo hướng dẫn", "as prescribed", "in due time", "as soon as possible", "in time", "on request",
)  # fmt: skip


@grammar
def vague(at: Cursor) -> Vague | None:
    """One of the known vague openings, with all the words behind it up to the end of the clause."""
    first = at.pos
    if not (at.take(STRONG) or at.take(WEAK)):
        return None
    while not (at.done or at.token.key in (".", ";", ")") or (at.prose and at.token.key in (",", ":", "("))):
        at.pos += 1
    return Vague(at.source.between(first, at.pos))

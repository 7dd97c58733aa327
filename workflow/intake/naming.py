"""Short names and stable keys of steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from workflow.intake.acts import Act
from workflow.intake.flowing import Part
from workflow.intake.lexicon import phrases
from workflow.intake.owners import act_words

_LONGEST: Final = 64  # characters of a short name
_SHORTEST: Final = 24


def keys_of(kinds: Iterable[str]) -> list[str]:
    """A unique key for each step, in their order: the kind, from the second on with a number."""
    counts: dict[str, int] = {}
    made = []
    for kind in kinds:
        counts[kind] = counts.get(kind, 0) + 1
        made.append(kind if counts[kind] == 1 else f"{kind}_{counts[kind]}")
    return made


def short_name(act: Act) -> str:
    """What is done, in a few words: without subject, partners and limit."""
    part = act_words(act.part)
    limit = act.limit
    if limit is not None and act.limit_part is not None and act.limit_part.flow is part.flow:
        if part.start < limit.start < part.end and not part.within(part.start, limit.start).empty:
            part = part.within(part.start, limit.start)
        elif part.start <= limit.start and limit.end < part.end:
            part = part.within(limit.end, part.end)
    part = _without_end(part.trimmed(",;:.-–*( "))
    text = _cut(part.text if not part.empty else act.part.text)
    return text[:1].upper() + text[1:]


def _without_end(part: Part) -> Part:
    """Without the words that led to the limit: "trong", "hoàn thành"."""
    while part.last - part.first > 2 and phrases("name_stops").match(part.flow.tokens, part.last - 1):
        part = part.cut(part.first, part.last - 1)
    while part.last - part.first > 2 and phrases("name_stops").match(part.flow.tokens, part.last - 2) == (2, True):
        part = part.cut(part.first, part.last - 2)
    return part.trimmed(",;: ")


def _cut(text: str) -> str:
    text = text.split("(", maxsplit=1)[0].strip() or text
    for sign in (";", ":", ". "):
        head = text.split(sign)[0]
        if len(head) >= _SHORTEST:
            text = head
    if len(text) <= _LONGEST:
        return text.strip(" ,;:.-–")
    at = text.rfind(",", _SHORTEST, _LONGEST)
    if at < 0:
        at = text.rfind(" ", _SHORTEST, _LONGEST)
    return f"{text[:at].strip(' ,;:.-–')}…"


def ordered(acts: Sequence[Act]) -> list[Act]:
    """The acts in the order of the document."""
    return sorted(acts, key=lambda act: act.part.span)

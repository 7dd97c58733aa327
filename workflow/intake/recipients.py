"""Who gets the result of a duty, and who only helps with it."""

from __future__ import annotations

from workflow.intake.clauses import names_unit
from workflow.intake.flowing import Part
from workflow.intake.lexicon import phrases
from workflow.intake.owners import BREAKS, name_at, plain_name


def recipient(part: Part) -> str | None:
    """Who gets the result: "gửi về X", "báo cáo X", "trình X"; the channel ("qua Văn phòng …") never."""
    tokens = part.flow.tokens
    for at in range(part.last - 1, part.first - 1, -1):
        verb = phrases("recipient").match(tokens, at)
        if verb is None or names_unit(part, at + verb[0]) is None:
            continue
        end = at + verb[0]
        while end < part.last and not _ends_recipient(part, end):
            end += 1
        return plain_name(part.cut(at + verb[0], end))
    return None


def _ends_recipient(part: Part, at: int) -> bool:
    tokens = part.flow.tokens
    key = tokens[at].key
    if key == "." and tokens[at].to == tokens[at + 1].at:
        return False
    return key in BREAKS or key in ("(", ")", ":") or phrases("recipient_end").match(part.flow.tokens, at) is not None


def partners(part: Part) -> tuple[str, ...]:
    """The units that coordinate: "phối hợp với X, Y …"."""
    tokens = part.flow.tokens
    for at in range(part.first, part.last):
        found = phrases("together").match(tokens, at)
        if found is None:
            continue
        start = at + found[0]
        if names_unit(part, start) is None:
            continue
        name, _end = name_at(part, start)
        text = plain_name(_before_purpose(name))
        return tuple(each.strip() for each in text.split(",") if len(each.split()) > 0) if text else ()
    return ()


def _before_purpose(name: Part) -> Part:
    for at in range(name.first + 1, name.last):
        if phrases("together_end").match(name.flow.tokens, at) and not phrases("joining").match(name.flow.tokens, at):
            return name.cut(name.first, at)
    return name

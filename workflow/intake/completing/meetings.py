"""Which step of a draft is the plan's own meeting, and which meetings lead up to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from calendars.rules import MEETING, Month, On, Rule, SameDay
from workflow.domain.definition import StepKind
from workflow.domain.lint_case import fixed_day
from workflow.intake.completing.orders import InnerMeeting, orders_of
from workflow.intake.completing.readable import plain
from workflow.intake.draft import Draft, DraftStep

_CALLED = frozenset(
    {StepKind.PREPARE, StepKind.COLLECT_FORMS, StepKind.INVITE, StepKind.SYNTHESIZE_REPORT, StepKind.OTHER}
)
_MEETS = re.compile(r"^(?:\S+ ){0,4}(?:họp|hội nghị)\b(?! (?:cán bộ|đối thoại|viên chức|người lao động))")
"""What a meeting that leads up to the plan's own may be called, and read as."""


@dataclass(frozen=True, slots=True)
class Meetings:
    """The plan's own meeting (None: the draft has no step for it) and the others, each with its row of orders.toml."""

    own: DraftStep | None
    inner: Mapping[str, InnerMeeting]


def meetings_of(draft: Draft) -> Meetings:
    """The meetings of a draft."""
    held = [step for step in draft.steps if step.kind is StepKind.HOLD_MEETING and not step.in_meeting]
    called = [step for step in draft.steps if step.kind in _CALLED and _MEETS.search(plain(step.name))]
    rows = {step.key: row for step in (*held, *called) if (row := _inner(step, draft)) is not None}
    own = max(
        (step for step in held if step.key not in rows),
        key=lambda step: (_is_stated(step, draft), _is_dated(step), _says_whole(step)),
        default=None,
    )
    return Meetings(own, rows)


def meeting_days(draft: Draft) -> tuple[date, date] | None:
    """The first and last day on which the meeting may be, None when nothing is known of it."""
    meeting = draft.meeting
    if meeting.on is not None:
        return meeting.on, meeting.on
    if meeting.month is not None:
        return _month(*meeting.month)
    own = meetings_of(draft).own
    rule = own.deadline.rule if own is not None and own.deadline is not None else None
    return None if rule is None else _days(rule)


def _days(rule: Rule) -> tuple[date, date] | None:
    match rule:
        case On(day):
            return day, day
        case Month(year, month):
            return _month(year, month)
        case _:
            return None


def _month(year: int, month: int) -> tuple[date, date]:
    following = date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else date.max
    return date(year, month, 1), date.fromordinal(following.toordinal() - 1)


def _inner(step: DraftStep, draft: Draft) -> InnerMeeting | None:
    """The row of a meeting that is not the plan's own, by its name or, failing that, its own words."""
    rows = orders_of(draft.kind).meetings
    for words in (step.name, step.sources[0].text if step.sources else ""):
        found = next((row for row in rows if row.pattern.search(plain(words))), None)
        if found is not None:
            return found
    return None


def _is_stated(step: DraftStep, draft: Draft) -> bool:
    """Whether the step stands where the document tells of its meeting, or on the same day."""
    source, meeting = draft.meeting.source, draft.meeting
    if source is not None and any(each.start < source.end and source.start < each.end for each in step.sources):
        return True
    rule = step.deadline.rule if step.deadline is not None else None
    if rule is None or rule == SameDay(MEETING):
        return rule is not None
    if meeting.on is not None:
        return fixed_day(rule) == meeting.on
    return isinstance(rule, Month) and (rule.year, rule.month) == meeting.month


def _is_dated(step: DraftStep) -> bool:
    return step.deadline is not None and step.deadline.date is not None


def _says_whole(step: DraftStep) -> bool:
    name = plain(step.name)
    return any(word in name for word in ("cấp trường", "toàn thể", "đối thoại", "toàn cơ quan", "hội nghị cán bộ"))

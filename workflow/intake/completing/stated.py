"""What a draft states in one place put where it is looked for: rules of dated limits, the step of the meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from calendars.rules import (
    MEETING,
    After,
    Before,
    BeforeEvent,
    By,
    DaysBefore,
    Month,
    On,
    Rule,
    RuleError,
    SameDay,
    Unit,
    Window,
    Within,
)
from workflow.domain.definition import StepKind
from workflow.intake.completing.meetings import meetings_of
from workflow.intake.completing.ordering import event_row
from workflow.intake.completing.orders import orders_of
from workflow.intake.completing.readable import plain
from workflow.intake.completing.sides import own_words
from workflow.intake.draft import DeadlineType, Draft, DraftDeadline, DraftMeeting, DraftStep

_KEYS = ("hold_meeting", "the_meeting", "own_meeting")
_NAME = "Hội nghị"
_OF_ANY_MEETING = frozenset(
    [
        "ngày",
        "khi",
        "tổ",
        "chức",
        "tiến",
        "hành",
        "kết",
        "thúc",
        "xong",
        "diễn",
        "ra",
        "hội",
        "nghị",
        "đối",
        "thoại",
        "khai",
        "mạc",
        "bế",
        "cuộc",
        "buổi",
        "họp",
        "sau",
        "trước",
        "diễn",
        "đàn",
        "tọa",
        "đàm",
        "gặp",
        "mặt",
        "gỡ",
        "tiếp",
        "xúc",
        "đại",
        "và",
    ]
)


def as_stated(draft: Draft) -> Draft:
    """The draft with a rule for each limit that names its date, and a step for the meeting that it tells of."""
    draft = replace(draft, steps=tuple(_with_rule(step) for step in draft.steps))
    steps = tuple(_from_inner_meeting(step, draft) for step in draft.steps)
    steps = tuple(_from_step(step, replace(draft, steps=steps)) for step in steps)
    draft = _with_hosts(replace(draft, steps=steps))
    steps, meeting = draft.steps, draft.meeting
    told = meeting.on is not None or meeting.month is not None
    if told and meetings_of(draft).own is None:
        before = [step for step in steps if _stands_before(step, draft)]
        behind = [step for step in steps if not _stands_before(step, draft)]
        return replace(draft, steps=(*before, _meeting_step(draft), *behind))
    return draft


def _with_hosts(draft: Draft) -> Draft:
    """The draft in which every day of a meeting that is held several times is owed by the chair, or by who issues."""
    found, host = meetings_of(draft), draft.chair or draft.organization
    own = found.own.key if found.own is not None else ""
    days = {
        step.key
        for step in draft.steps
        if step.kind is StepKind.HOLD_MEETING
        and step.owner is None
        and step.deadline is not None
        and not step.in_meeting
    }
    hosted = days - found.inner.keys() - {own}
    return replace(draft, steps=tuple(replace(s, owner=host) if s.key in hosted else s for s in draft.steps))


def _with_rule(step: DraftStep) -> DraftStep:
    deadline = step.deadline
    if deadline is None or deadline.rule is not None or deadline.date is None:
        return step
    return replace(step, deadline=replace(deadline, rule=_rule(deadline, deadline.date)))


def _rule(deadline: DraftDeadline, on: str) -> Rule | None:
    try:
        match deadline.type:
            case DeadlineType.MONTH:
                year, month = map(int, on.split("-"))
                return Month(year, month, deadline.tentative)
            case DeadlineType.BEFORE_DATE:
                return Before(date.fromisoformat(on))
            case DeadlineType.BY_DATE:
                return By(date.fromisoformat(on), deadline.time)
            case DeadlineType.ON_DATE:
                return On(date.fromisoformat(on), deadline.time, deadline.tentative)
            case DeadlineType.WINDOW if deadline.end_date is not None:
                return Window(date.fromisoformat(on), date.fromisoformat(deadline.end_date))
    except (ValueError, RuleError):
        return None
    return None


def _from_inner_meeting(step: DraftStep, draft: Draft) -> DraftStep:
    """A limit said to count from the meeting whose words name another one: "hội nghị phân xưởng"."""
    deadline = step.deadline
    rule = deadline.rule if deadline is not None else None
    if deadline is None or not isinstance(rule, Within | DaysBefore | After | BeforeEvent | SameDay):
        return step
    own = meetings_of(draft).own
    if own is None or rule.event not in (MEETING, own.key) or deadline.anchor is None:
        return step
    telling = set(plain(deadline.anchor).split()) - set(own_words(own).split()) - _OF_ANY_MEETING
    others = [
        each for each in draft.steps if each.kind is StepKind.HOLD_MEETING and each.key not in (own.key, step.key)
    ]
    named = [each for each in others if telling and telling <= set(own_words(each).split())]
    if len(named) != 1:
        return step
    return replace(step, deadline=replace(deadline, rule=replace(rule, event=named[0].key)))


def _from_step(step: DraftStep, draft: Draft) -> DraftStep:
    """A number of days from, or before, an event that can only be one: "kể từ ngày ký biên bản", "trước ngày tổ chức"."""
    deadline = step.deadline
    if deadline is None or deadline.rule is not None or not (deadline.anchor and deadline.n and deadline.unit):
        return step
    event = _event_of(deadline.anchor, step, draft)
    if event is None:
        return step
    unit = Unit(deadline.unit)
    if deadline.type is DeadlineType.DAYS_BEFORE:
        return replace(step, deadline=replace(deadline, rule=DaysBefore(deadline.n, unit, event)))
    if deadline.type is DeadlineType.WITHIN_DAYS_AFTER:
        rule = Within(deadline.n, unit, event, floor=deadline.minimum)
        return replace(step, deadline=replace(deadline, rule=rule))
    return step


def _event_of(anchor: str, step: DraftStep, draft: Draft) -> str | None:
    """The step, or the meeting, that the words of an event can only mean."""
    own = meetings_of(draft).own
    telling = set(plain(anchor).split()) - _OF_ANY_MEETING
    if own is not None and own.key != step.key and telling <= {*own_words(own).split(), *plain(draft.title).split()}:
        return MEETING
    row = event_row(plain(anchor), orders_of(draft.kind))
    kinds = () if row is None else row.kinds
    named = [each.key for kind in kinds for each in draft.steps if each.kind is kind and each.key != step.key]
    return named[0] if named else MEETING if row is not None and row.at_meeting and own is not None else None


def _meeting_step(draft: Draft) -> DraftStep:
    taken = {step.key for step in draft.steps}
    source = draft.meeting.source
    return DraftStep(
        key=next(key for key in _KEYS if key not in taken),
        kind=StepKind.HOLD_MEETING,
        name=_NAME,
        owner=draft.chair,
        sources=() if source is None else (source,),
        deadline=_meeting_limit(draft.meeting),
    )


def _meeting_limit(meeting: DraftMeeting) -> DraftDeadline | None:
    wording = meeting.source.text if meeting.source is not None else ""
    if meeting.on is not None:
        rule: Rule = On(meeting.on, meeting.at, meeting.tentative)
        return DraftDeadline(
            DeadlineType.ON_DATE,
            wording,
            meeting.on.isoformat(),
            tentative=meeting.tentative,
            time=meeting.at,
            rule=rule,
        )
    if meeting.month is None:
        return None
    year, month = meeting.month
    rule = Month(year, month, meeting.tentative)
    return DraftDeadline(
        DeadlineType.MONTH,
        wording,
        f"{year:04d}-{month:02d}",
        tentative=meeting.tentative,
        rule=rule,
        source=meeting.source,
    )


def _stands_before(step: DraftStep, draft: Draft) -> bool:
    """Whether a step stands before the words of the meeting."""
    source = draft.meeting.source
    return source is None or not step.sources or step.sources[0].start < source.start

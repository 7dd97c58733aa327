"""What a draft states in one place put where it is looked for: rules of dated limits, the step of the meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from calendars.rules import Before, By, Month, On, Rule, RuleError, Window
from workflow.domain.definition import StepKind
from workflow.intake.completing.meetings import meetings_of
from workflow.intake.draft import DeadlineType, Draft, DraftDeadline, DraftMeeting, DraftStep

_KEYS = ("hold_meeting", "the_meeting", "own_meeting")
_NAME = "Hội nghị"


def as_stated(draft: Draft) -> Draft:
    """The draft with a rule for each limit that names its date, and a step for the meeting that it tells of."""
    steps = tuple(_with_rule(step) for step in draft.steps)
    draft = replace(draft, steps=steps)
    meeting = draft.meeting
    told = meeting.on is not None or meeting.month is not None
    if told and meetings_of(draft).own is None:
        before = [step for step in steps if _stands_before(step, draft)]
        behind = [step for step in steps if not _stands_before(step, draft)]
        return replace(draft, steps=(*before, _meeting_step(draft), *behind))
    return draft


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

"""Events as JSON and back. The names of types and fields written here are kept for good: old logs hold them.

Every field is written, defaults too, so that a later default never changes what an old event says. Days and clock
times are ISO text, instants ISO text in UTC, shares such as a quorum "2/3". A definition's `by_key` is derived and not
written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from fractions import Fraction
from types import MappingProxyType, NoneType
from typing import Any, get_args

from cattrs import Converter
from cattrs.errors import ForbiddenExtraKeysError

from calendars import rules
from calendars.rules import Rule
from workflow.domain import events
from workflow.domain.events import Event, Recorded
from workflow.domain.ladder import Ladder
from workflow.store.chain import Entry, canonical, canonical_instant, in_utc, sealed
from workflow.store.errors import EventNewer, EventUnreadable

EVENT_TYPES: Mapping[str, type[Event]] = MappingProxyType(
    {
        "plan_started": events.PlanStarted,
        "meeting_set": events.MeetingSet,
        "meeting_postponed": events.MeetingPostponed,
        "step_opened": events.StepOpened,
        "deadline_set": events.DeadlineSet,
        "deadline_lifted": events.DeadlineLifted,
        "deadline_extended": events.DeadlineExtended,
        "extension_asked": events.ExtensionAsked,
        "extension_declined": events.ExtensionDeclined,
        "deadline_kept": events.DeadlineKept,
        "clock_stopped": events.ClockStopped,
        "clock_restarted": events.ClockRestarted,
        "step_completed": events.StepCompleted,
        "completion_corrected": events.CompletionCorrected,
        "step_judged": events.StepJudged,
        "step_skipped": events.StepSkipped,
        "step_reopened": events.StepReopened,
        "step_handed_over": events.StepHandedOver,
        "part_added": events.PartAdded,
        "step_acknowledged": events.StepAcknowledged,
        "step_snoozed": events.StepSnoozed,
        "petition_raised": events.PetitionRaised,
        "petition_classified": events.PetitionClassified,
        "petition_merged": events.PetitionMerged,
        "petition_answered": events.PetitionAnswered,
        "petitioner_told": events.PetitionerTold,
        "petition_transferred": events.PetitionTransferred,
        "rung_reached": events.RungReached,
        "ladder_adopted": events.LadderAdopted,
        "calendar_adopted": events.CalendarAdopted,
        "plan_completed": events.PlanCompleted,
        "plan_cancelled": events.PlanCancelled,
    }
)

RULE_TYPES: Mapping[str, type[Rule]] = MappingProxyType(
    {
        "within": rules.Within,
        "days_before": rules.DaysBefore,
        "before": rules.Before,
        "by": rules.By,
        "on": rules.On,
        "window": rules.Window,
        "span": rules.Span,
        "month": rules.Month,
        "quarter": rules.Quarter,
        "yearly": rules.Yearly,
        "recurring": rules.Recurring,
        "monthly_weekday": rules.MonthlyWeekday,
        "same_day": rules.SameDay,
        "after": rules.After,
        "before_event": rules.BeforeEvent,
        "vague": rules.Vague,
        "first_of": rules.FirstOf,
        "last_of": rules.LastOf,
    }
)

RULE_TAG = "rule"
_EVENT_NAMES = {kind: name for name, kind in EVENT_TYPES.items()}
_RULE_NAMES = {kind: name for name, kind in RULE_TYPES.items()}


class UnknownName(ValueError):
    """The text names a type that this version does not know."""


def encode(recorded: Recorded, previous_hash: str) -> Entry:
    """The event as a line of its plan's log, tied to the line before it."""
    event = recorded.event
    entry = Entry(
        plan_id=recorded.plan_id,
        version=recorded.version,
        type=_EVENT_NAMES[type(event)],
        payload=canonical(_CONVERTER.unstructure(event, type(event))),
        happened_at=in_utc(recorded.happened_at),
        recorded_at=in_utc(recorded.recorded_at),
        actor=recorded.actor,
        previous_hash=previous_hash,
        hash="",
    )
    return sealed(entry, previous_hash)


def decode(entry: Entry) -> Recorded:
    """The event that a line of the log holds.

    Raises `EventNewer` when it names a type or a field that this version does not know, `EventUnreadable` when it
    is damaged.
    """
    try:
        event = _structured(entry)
    except (UnknownName, ForbiddenExtraKeysError) as error:
        raise EventNewer(version=entry.version, plan=entry.plan_id) from error
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise EventUnreadable(version=entry.version, plan=entry.plan_id) from error
    return Recorded(entry.plan_id, entry.version, event, entry.happened_at, entry.recorded_at, entry.actor)


def ladder_text(ladder: Ladder) -> str:
    """A ladder as canonical JSON, in the form that events hold."""
    return canonical(_CONVERTER.unstructure(ladder, Ladder))


def ladder_of(payload: str) -> Ladder:
    """The ladder that `ladder_text` wrote. Raises ValueError when it cannot be read."""
    try:
        ladder: Ladder = _CONVERTER.structure(json.loads(payload), Ladder)
    except (TypeError, LookupError, AttributeError, ForbiddenExtraKeysError) as error:
        raise ValueError(f"no ladder can be read: {payload[:80]}") from error
    return ladder


def _structured(entry: Entry) -> Event:
    if entry.type not in EVENT_TYPES:
        raise UnknownName(entry.type)
    return _CONVERTER.structure(json.loads(entry.payload), EVENT_TYPES[entry.type])


def _day_text(day: date) -> str:
    if isinstance(day, datetime):
        raise TypeError(f"a day is expected, not an instant: {day!r}")
    return day.isoformat()


def _instant(text: str, _kind: type[datetime]) -> datetime:
    return in_utc(datetime.fromisoformat(text))


def _is_rule(kind: Any) -> bool:
    """Whether an annotation is `Rule` or `Rule | None`."""
    return set(get_args(kind)) - {NoneType} == set(get_args(Rule))


def _is_day_or_name(kind: Any) -> bool:
    """Whether an annotation is `date | str`, perhaps with None: an end of a `Span`."""
    return set(get_args(kind)) - {NoneType} == {date, str}


def _rule_fields(rule: Rule | None) -> dict[str, Any] | None:
    if rule is None:
        return None
    return {RULE_TAG: _RULE_NAMES[type(rule)], **_CONVERTER.unstructure(rule, type(rule))}


def _rule(fields: dict[str, Any] | None, _kind: Any) -> Rule | None:
    if fields is None:
        return None
    name = fields[RULE_TAG]
    if name not in RULE_TYPES:
        raise UnknownName(name)
    rest = {key: value for key, value in fields.items() if key != RULE_TAG}
    return _CONVERTER.structure(rest, RULE_TYPES[name])


def _day_or_name_fields(end: date | str | None) -> dict[str, str] | None:
    if end is None:
        return None
    return {"event": end} if isinstance(end, str) else {"day": _day_text(end)}


def _day_or_name(fields: dict[str, str] | None, _kind: Any) -> date | str | None:
    if fields is None:
        return None
    return fields["event"] if "event" in fields else date.fromisoformat(fields["day"])


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=False)
    texts: tuple[tuple[Any, Callable[[Any], str], Callable[[str, Any], Any]], ...] = (
        (datetime, canonical_instant, _instant),
        (date, _day_text, lambda text, _kind: date.fromisoformat(text)),
        (time, time.isoformat, lambda text, _kind: time.fromisoformat(text)),
        (Fraction, str, lambda text, _kind: Fraction(text)),
    )
    for kind, write, read in texts:
        converter.register_unstructure_hook(kind, write)
        converter.register_structure_hook(kind, read)
    converter.register_unstructure_hook_func(_is_rule, _rule_fields)
    converter.register_structure_hook_func(_is_rule, _rule)
    converter.register_unstructure_hook_func(_is_day_or_name, _day_or_name_fields)
    converter.register_structure_hook_func(_is_day_or_name, _day_or_name)
    return converter


_CONVERTER = _converter()

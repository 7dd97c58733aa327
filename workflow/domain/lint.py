"""The linter: what is wrong or doubtful in a plan before it runs. Pure; it never refuses, it says.

What concerns the prose of a document (weekdays beside dates, numbers in words, numbering) is the reader's.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from datetime import date
from itertools import pairwise

from calendars.rules import (
    MEETING,
    UNNAMED,
    After,
    Due,
    EventUnknown,
    Month,
    Recurring,
    Rule,
    SameDay,
    Undatable,
    Vague,
    due,
    events_of,
)
from calendars.working_calendar import CalendarError, WorkingCalendar
from workflow.domain.definition import MEETING_EVENT, PlanDefinition, StepDefinition, StepKind
from workflow.domain.lint_case import Case, fixed_day, listed
from workflow.domain.lint_findings import (
    DATES_PAST,
    DUE_BEFORE_ISSUE,
    MEETING_AFTER_ITS_LIMIT,
    MEETING_DAY_UNKNOWN,
    MEETING_UNKNOWN,
    MONTH_AGAINST_LIMIT,
    NO_DATE_IN_WORDS,
    NO_OWNER,
    NOBODY_LEADS,
    ONE_DUTY_TWO_DATES,
    ONE_DUTY_TWO_OWNERS,
    ONLY_MEETING_DATED,
    ORDER_WITHOUT_NUMBER,
    ORDER_WITHOUT_NUMBER_IN_LAW,
    OUTSIDE_CALENDAR,
    OVERLAPPING_REVIEWS,
    PERIOD_WITHOUT_EVENT,
    Finding,
    FindingCode,
    Sentence,
    Severity,
)
from workflow.domain.lint_law import check_law, legal_limit_of
from workflow.domain.lint_time import check_order, check_rest_days, check_time
from workflow.domain.zone import shown

__all__ = ["Finding", "FindingCode", "Severity", "lint"]

_EVERY_UNITS = frozenset(
    {StepKind.ANNOUNCE, StepKind.COLLECT_FORMS, StepKind.DRAFT_ANSWERS, StepKind.ANSWER_ISSUES, StepKind.OTHER}
)
"""Kinds of work that each unit does for itself: telling its staff, sending people, answering in its field."""

_EXAMPLE = "10 ngày làm việc sau {event}"


def lint(plan: PlanDefinition, calendar: WorkingCalendar, *, today: date | None = None) -> tuple[Finding, ...]:
    """Everything the linter has to say of a plan, in the order of its steps.

    With `today` it also says which limits have already passed. The plan is one that could be started: without cycles,
    its events known (`workflow.planfile` refuses others).
    """
    case = Case(plan, calendar, today)
    found = [finding for check in (check_owners, check_wordings) for finding in check(case)]
    try:
        _ = case.limits
    except CalendarError as error:
        return tuple(_in_order([*found, OUTSIDE_CALENDAR.found(why=str(error))], plan))
    for check in _DATED_CHECKS:
        found.extend(check(case))
    return tuple(_in_order(_without_followers(found), plan))


def _without_followers(findings: list[Finding]) -> list[Finding]:
    """Without too little time for a step that ends before what it waits for: that is said already."""
    reversed_steps = {
        finding.steps[-1] for finding in findings if finding.code is FindingCode.PREDECESSOR_AFTER_SUCCESSOR
    }
    return [
        finding
        for finding in findings
        if finding.code is not FindingCode.TOO_LITTLE_TIME or finding.steps[-1] not in reversed_steps
    ]


def _in_order(findings: list[Finding], plan: PlanDefinition) -> list[Finding]:
    places = {step.key: place for place, step in enumerate(plan.steps)}
    return sorted(findings, key=lambda finding: (max((places[key] for key in finding.steps), default=-1), finding.code))


# ── owners ────────────────────────────────────────────────────────────────────────────────────────────────────


def check_owners(case: Case) -> Iterator[Finding]:
    """Steps without an owner (the meeting and what takes place in it need none), and duties with two."""
    for step in case.plan.steps:
        if step.owner is None and not step.in_meeting and not case.is_meeting(step):
            yield NO_OWNER.found(step.key, step=step.name)
    for one, other in _alike(case, lambda step: None if step.kind in _EVERY_UNITS else (step.kind, _words(step.name))):
        if one.owner and other.owner and one.owner != other.owner:
            yield _two_owners(ONE_DUTY_TWO_OWNERS, one, other)
    for one, other in _alike(case, lambda step: (step.kind, step.due) if isinstance(step.due, Recurring) else None):
        if one.owner and other.owner and one.owner != other.owner and _words(one.name) != _words(other.name):
            yield _two_owners(OVERLAPPING_REVIEWS, one, other)
    for one, other in _alike(case, lambda step: (step.kind, frozenset((step.owner, *step.coordinating)))):
        mutual = one.owner in other.coordinating and other.owner in one.coordinating
        if mutual and _share_words(one.name, other.name):
            yield _two_owners(NOBODY_LEADS, one, other)


def _alike(case: Case, by: Callable[[StepDefinition], Hashable]) -> Iterator[tuple[StepDefinition, StepDefinition]]:
    """Neighbours among the steps that are alike in something; None is like nothing."""
    groups: dict[Hashable, list[StepDefinition]] = {}
    for step in case.plan.steps:
        groups.setdefault(by(step), []).append(step)
    groups.pop(None, None)
    return (pair for group in groups.values() for pair in pairwise(group))


def _two_owners(sentence: Sentence, one: StepDefinition, other: StepDefinition) -> Finding:
    fields = {"step": one.name, "other": other.name, "first": one.owner, "second": other.owner}
    return sentence.found(one.key, other.key, **fields)


def _share_words(one: str, other: str) -> bool:
    """Whether two names have at least half of all their words in common."""
    first, second = set(_words(one)), set(_words(other))
    return 2 * len(first & second) >= len(first | second)


def _words(name: str) -> tuple[str, ...]:
    return tuple(name.casefold().split())


# ── wordings ──────────────────────────────────────────────────────────────────────────────────────────────────


def check_wordings(case: Case) -> Iterator[Finding]:
    """Limits in words from which no day follows."""
    for step in case.plan.steps:
        rule = step.due
        if rule is None:
            continue
        if isinstance(rule, Vague):
            yield NO_DATE_IN_WORDS.found(step.key, source=rule.text, step=step.name, wording=rule.text)
        elif isinstance(rule, After):
            yield _order_only(step, rule, case)
        elif UNNAMED in events_of(rule):
            words = case.worded(rule)
            example = f"{words} kể từ {_meeting_key(case)}"
            yield PERIOD_WITHOUT_EVENT.found(step.key, source=words, step=step.name, wording=words, example=example)


def _order_only(step: StepDefinition, rule: After, case: Case) -> Finding:
    words, example = case.worded(rule), _EXAMPLE.format(event=rule.event)
    law = _law_of(step, case)
    if law is None:
        return ORDER_WITHOUT_NUMBER.found(step.key, source=words, step=step.name, wording=words, example=example)
    cite, says, scope, lawful = law
    return ORDER_WITHOUT_NUMBER_IN_LAW.found(
        step.key, source=cite, step=step.name, wording=words, law=says, scope=scope, example=lawful
    )


def _law_of(step: StepDefinition, case: Case) -> tuple[str, str, str, str] | None:
    try:
        limit = legal_limit_of(step, case)
    except CalendarError:
        return None
    return None if limit is None else (limit.cite, limit.law, limit.scope, case.typed(limit.rule))


def _meeting_key(case: Case) -> str:
    step = case.plan.meeting_step
    return MEETING_EVENT if step is None else step.key


# ── dates ─────────────────────────────────────────────────────────────────────────────────────────────────────


def check_meeting(case: Case) -> Iterator[Finding]:
    """The meeting's day against its own limit, and what hangs on a day not known."""
    step, meeting = case.plan.meeting_step, case.plan.meeting
    if step is not None and step.due not in (None, SameDay(MEETING)):
        yield from _meeting_against_limit(step, case)
    if meeting.on is not None:
        return
    hanging = case.hanging
    if not hanging:
        return
    when = _what_is_known(step, case)
    keys, names = [each.key for each in hanging], case.names(hanging)
    if when is None:
        yield MEETING_UNKNOWN.found(*keys, count=len(hanging), steps=names)
    else:
        yield MEETING_DAY_UNKNOWN.found(*keys, when=when, count=len(hanging), steps=names)


def _what_is_known(step: StepDefinition | None, case: Case) -> str | None:
    month = case.plan.meeting.month
    if month is not None:
        return f"tháng {month[1]}/{month[0]}"
    if step is None or step.due is None or case.limits.get(step.key) is None:
        return None
    return case.worded(step.due)


def _meeting_against_limit(step: StepDefinition, case: Case) -> Iterator[Finding]:
    meeting, rule = case.plan.meeting, step.due
    limit = _own_limit(rule, case)
    if rule is None or limit is None:
        return
    if meeting.on is not None and not _allows(limit, meeting.on, meeting.on):
        yield MEETING_AFTER_ITS_LIMIT.found(step.key, step=step.name, on=shown(meeting.on), wording=case.worded(rule))
    if meeting.month is not None:
        month = due(Month(*meeting.month), case.calendar, {}, case.plan.readings)
        if month.opens_on is not None and not _allows(limit, month.opens_on, month.due_on):
            shown_month = f"{meeting.month[1]:02d}/{meeting.month[0]}"
            yield MONTH_AGAINST_LIMIT.found(step.key, step=step.name, month=shown_month, wording=case.worded(rule))


def _own_limit(rule: Rule | None, case: Case) -> Due | None:
    """The limit of a wording that hangs on nothing."""
    if rule is None or events_of(rule):
        return None
    try:
        return due(rule, case.calendar, {}, case.plan.readings)
    except (EventUnknown, Undatable):
        return None


def _allows(limit: Due, first: date, last: date) -> bool:
    """Whether a limit leaves some day of [first, last], both included."""
    return first <= limit.due_on and (limit.opens_on is None or last >= limit.opens_on)


def check_undated(case: Case) -> Iterator[Finding]:
    """A plan of which only the meeting has a day."""
    step, on = case.plan.meeting_step, case.plan.meeting.on
    if step is None or on is None:
        return
    if any(limit is not None and key != step.key for key, limit in case.limits.items()):
        return
    before = case.before(step.key)
    undated = [each for each in case.plan.steps if each.key in before and not each.in_meeting]
    if undated:
        keys, names = [each.key for each in undated], case.names(undated)
        yield ONLY_MEETING_DATED.found(*keys, on=shown(on), count=len(undated), steps=names)


def check_contradictions(case: Case) -> Iterator[Finding]:
    """One duty with two days, and days before the plan was issued."""
    for one, other in _alike(case, lambda step: (step.kind, step.owner, _words(step.name))):
        first, second = case.limits.get(one.key), case.limits.get(other.key)
        if first is not None and second is not None and first.due_on != second.due_on:
            days = {"first": shown(first.due_on), "second": shown(second.due_on)}
            yield ONE_DUTY_TWO_DATES.found(one.key, other.key, step=one.name, owner=one.owner or "—", **days)
    issued_on = case.plan.issued_on
    for step in case.plan.steps:
        limit = case.limits.get(step.key)
        fixed = fixed_day(step.due) is not None
        if limit is not None and fixed and issued_on is not None and limit.due_on < issued_on:
            yield DUE_BEFORE_ISSUE.found(step.key, step=step.name, due=shown(limit.due_on), issued=shown(issued_on))


def check_past(case: Case) -> Iterator[Finding]:
    """Limits that had passed before today."""
    if case.today is None:
        return
    past = [
        (step, limit)
        for step in case.plan.steps
        if (limit := case.limits.get(step.key)) is not None and not limit.projected and limit.due_on < case.today
    ]
    if past:
        steps = listed([f"«{step.name}» ({shown(limit.due_on)})" for step, limit in past])
        keys = [step.key for step, _ in past]
        yield DATES_PAST.found(*keys, today=shown(case.today), count=len(past), steps=steps)


_DATED_CHECKS = (
    check_meeting,
    check_undated,
    check_contradictions,
    check_past,
    check_rest_days,
    check_order,
    check_time,
    check_law,
)

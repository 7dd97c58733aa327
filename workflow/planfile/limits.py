"""The wordings of `due` and `extend` as rules, and what is refused in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from calendars.periods import MEETING, UNNAMED, DaysBefore, Rule, SameDay, Within, events_of
from calendars.wording import WordingError, parse
from workflow.domain.definition import START_EVENT
from workflow.planfile import problems
from workflow.planfile.report import Report, listed, nearest
from workflow.planfile.structure import shortened
from workflow.planfile.values import LONGEST_WORDING

GENERAL_EVENTS = (MEETING, START_EVENT)
_MOST_BRACKETS = 20
_NOT_READ = ("unreadable", "empty")


@dataclass(frozen=True, slots=True)
class Line:
    """Where a wording stands: its line, and the step whose limit it is."""

    number: int
    step: str


def rule_of(wording: str, line: Line, keys: Collection[str], report: Report) -> Rule | None:
    """The rule that a wording states, its events being steps of the plan; None when a problem has been noted.

    Of a wording longer than `LONGEST_WORDING` nothing is said here: its length is a problem of the file's shape.
    """
    if len(wording) > LONGEST_WORDING:
        return None
    if wording.count("(") > _MOST_BRACKETS:
        report.add(problems.TooDeep, line.number)
        return None
    try:
        rule = parse(wording)
    except WordingError as error:
        _note(error, wording, line, keys, report)
        return None
    _check_events(rule, line, keys, report)
    return rule


def check_extension(due: Rule | None, extend: Rule, line: Line, report: Report) -> None:
    """An extension is a longer period from the same event: the new total, not something to be added.

    Source: plans of dialogue meetings ("có thể kéo dài nhưng không quá 15 ngày làm việc sau hội nghị").
    """
    if due is None:
        report.add(problems.ExtendWithoutDue, line.number, step=line.step)
    elif not isinstance(due, Within):
        return
    elif not isinstance(extend, Within) or extend.event != due.event:
        report.add(problems.ExtendNotPeriod, line.number, step=line.step, event=due.event or MEETING)
    elif extend.unit is due.unit and extend.n <= due.n:
        report.add(problems.ExtendNotLonger, line.number, step=line.step)


def _note(error: WordingError, wording: str, line: Line, keys: Collection[str], report: Report) -> None:
    fields = {"wording": shortened(wording), "step": line.step, "why": error.message}
    if error.code in _NOT_READ:
        position = error.position + 1
        report.add(problems.WordingUnclear, line.number, position=position, example=_example(keys), **fields)
    else:
        report.add(problems.WordingWrong, line.number, **fields)


def _example(keys: Collection[str]) -> str:
    return "hold_meeting" if "hold_meeting" in keys or not keys else next(iter(keys))


def _check_events(rule: Rule, line: Line, keys: Collection[str], report: Report) -> None:
    known = [*keys, *GENERAL_EVENTS]
    for event in sorted(events_of(rule) - {UNNAMED}):
        if event == line.step and isinstance(rule, Within | DaysBefore | SameDay):
            report.add(problems.LimitFromItself, line.number, step=line.step)
        elif event not in known:
            near = nearest(event, known)
            if near is not None:
                report.add(problems.UnknownEventNear, line.number, step=line.step, event=shortened(event), near=near)
            else:
                report.add(
                    problems.UnknownEvent, line.number, step=line.step, event=shortened(event), known=listed(known)
                )

"""What the law, or settled practice, asks and a document does not say: proposed steps, and limits for steps without one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from calendars.rules import MEETING, DaysBefore, Recurring, Rule, Unit, Within, events_of
from calendars.wording import format_rule
from workflow.domain.definition import StepKind
from workflow.domain.duties import Duty, duties
from workflow.domain.lint_findings import Finding
from workflow.intake.completing import sentences
from workflow.intake.completing.limits_said import last_day
from workflow.intake.completing.meetings import meeting_days, meetings_of
from workflow.intake.completing.orders import Side
from workflow.intake.completing.sides import Place, own_words
from workflow.intake.draft import DeadlineType, Draft, DraftDeadline, DraftStep, Edge, EdgeReason, Proposal

_BEFORE = frozenset({StepKind.ANNOUNCE, StepKind.PREPARE})
_MEETING_WORDS = "hội nghị"
_CONCLUSION_WORDS = "thông báo kết luận"


@dataclass(frozen=True, slots=True)
class Filled:
    """A draft with its proposals, and what is said of them."""

    draft: Draft
    findings: tuple[Finding, ...]


def filled(draft: Draft, places: Mapping[str, Place], today: date | None) -> Filled:
    """The draft with what it leaves out: proposed steps last, proposed limits on steps that say nothing of theirs.

    `places`: the side of each step. The law that applies is that of the meeting's day, else of the last day known.
    """
    on = meeting_on(draft) or today
    filling = _Filling(draft, places)
    return filling.all(on) if on is not None and meetings_of(draft).own is not None else Filled(draft, ())


def meeting_on(draft: Draft) -> date | None:
    """The last day on which the meeting may be, as far as anything tells; else the last day that the draft names."""
    days = meeting_days(draft)
    if days is not None:
        return days[1]
    own = meetings_of(draft).own
    own_day = last_day(own.deadline.rule) if own is not None and own.deadline is not None else None
    others = [day for step in draft.steps if step.deadline is not None and (day := last_day(step.deadline.rule))]
    return own_day or max(others, default=None) or draft.issued_on


@dataclass(frozen=True)
class _Filling:
    draft: Draft
    places: Mapping[str, Place]

    def all(self, on: date) -> Filled:
        """Every duty that applies on a day and is not met by the document."""
        draft, findings = self.draft, []
        silent_after = not any(place.side is Side.AFTER for place in self.places.values())
        for duty in duties():
            if not self._applies(duty, on) or (duty.practice and not silent_after):
                continue
            if duty.practice and any(step.proposed and step.kind is duty.kind for step in draft.steps):
                continue
            bearing = [step for step in self.draft.steps if self._bears(step, duty)]
            if bearing:
                draft = _with_limit(draft, bearing, duty)
                continue
            step = self._proposed(duty, draft)
            draft = replace(draft, steps=(*draft.steps, step))
            findings.append(_told(step, duty))
        return Filled(draft, tuple(findings))

    def _applies(self, duty: Duty, on: date) -> bool:
        draft = self.draft
        if not duty.applies_to(draft.kind, draft.organization, draft.title, on):
            return False
        return duty.needs is None or any(duty.needs.search(own_words(step)) for step in draft.steps)

    def _bears(self, step: DraftStep, duty: Duty) -> bool:
        """Whether a step is the duty: of its kind and on its side of the meeting, or by its words."""
        place = self.places.get(step.key)
        if place is None or step.in_meeting:
            return False
        if duty.present is not None and duty.present.search(own_words(step)):
            return True
        side = Side.BEFORE if duty.kind in _BEFORE else Side.AFTER
        return duty.kind is not StepKind.PREPARE and step.kind is duty.kind and place.side is side

    def _proposed(self, duty: Duty, draft: Draft) -> DraftStep:
        keys = {step.key for step in draft.steps}
        key = next(name for name in _names(f"proposed_{duty.kind.value}") if name not in keys)
        return DraftStep(
            key=key,
            kind=duty.kind,
            name=duty.name,
            owner=duty.owner or draft.organization or None,
            sources=(),
            deadline=None if duty.rule is None else limit_of(_resolved(duty.rule, draft)),
            proposed=_proposal(duty),
        )


def _names(stem: str) -> Iterator[str]:
    yield stem
    number = 1
    while True:
        number += 1
        yield f"{stem}_{number}"


def _with_limit(draft: Draft, bearing: list[DraftStep], duty: Duty) -> Draft:
    """The limit of the law for the one step that bears the duty best, when none of them has a limit of any sort."""
    silent = all(step.deadline is None and step.reference is None and step.proposed is None for step in bearing)
    if not silent or duty.rule is None:
        return draft
    best = max(bearing, key=lambda step: duty.prefer is not None and duty.prefer.search(own_words(step)) is not None)
    limit = limit_of(_resolved(duty.rule, draft))
    steps = [replace(step, proposed=_proposal(duty, limit)) if step.key == best.key else step for step in draft.steps]
    return replace(draft, steps=tuple(steps))


def _proposal(duty: Duty, limit: DraftDeadline | None = None) -> Proposal:
    return Proposal(law=duty.says, cite=duty.cite, scope=duty.scope, limit=limit)


def _resolved(rule: Rule, draft: Draft) -> Rule:
    """A rule that counts from a kind of step, from the step of that kind; from the meeting when there is none."""
    if not isinstance(rule, Within) or rule.event == MEETING:
        return rule
    later = [step.key for step in draft.steps if step.kind == rule.event and not step.in_meeting]
    return replace(rule, event=later[-1] if later else MEETING)


def limit_of(rule: Rule) -> DraftDeadline:
    """A rule of the law as a limit of a draft."""
    wording = format_rule(_in_words(rule))
    match rule:
        case Within(n, unit):
            return _counted(DeadlineType.WITHIN_DAYS_AFTER, wording, n, unit, rule)
        case DaysBefore(n, unit):
            return _counted(DeadlineType.DAYS_BEFORE, wording, n, unit, rule)
        case Recurring(n, unit):
            return DraftDeadline(DeadlineType.RECURRING, wording, n=n, unit=unit.value, rule=rule)
    raise TypeError(f"no limit of the law is a {type(rule).__name__}")


def _counted(kind: DeadlineType, wording: str, n: int, unit: Unit, rule: Rule) -> DraftDeadline:
    return DraftDeadline(kind, wording, n=n, unit=unit.value, anchor=_anchor(rule), rule=rule)


def _anchor(rule: Rule) -> str:
    return _MEETING_WORDS if MEETING in events_of(rule) else _CONCLUSION_WORDS


def _in_words(rule: Rule) -> Rule:
    if isinstance(rule, Within | DaysBefore | Recurring):
        return replace(rule, event=_anchor(rule))
    return rule


def _told(step: DraftStep, duty: Duty) -> Finding:
    law = f"{duty.says} – {duty.cite}"
    return sentences.STEP_PROPOSED.found(step.key, source=duty.cite, step=step.name, law=law, scope=duty.scope)


def by_law(edge: Edge, draft: Draft) -> Edge:
    """An edge that a proposed limit leads to rests on the law."""
    proposed = {step.key: step.proposed for step in draft.steps if step.proposed is not None and not step.sources}
    proposal = proposed.get(edge.after) or proposed.get(edge.before)
    if proposal is None or edge.reason is not EdgeReason.EVENT:
        return edge
    why = f"{proposal.law} – {proposal.cite}"
    return replace(edge, reason=EdgeReason.LAW, why=f"{why[0].upper()}{why[1:]}.", words=None)

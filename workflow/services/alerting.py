"""What a coordinator should see to before it becomes somebody's missed deadline: alerts of the system about itself.

They are computed anew from what is there whenever somebody asks, and stand in the digest of each working morning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from calendars.coverage import coverage_warnings
from calendars.rules import After, Vague
from workflow.domain.cycle import Cycle, PlanStatus, StepState, StepStatus
from workflow.domain.due import deadlines, rule_in_force
from workflow.domain.ladder import Audience, Terms
from workflow.domain.lint_findings import Severity
from workflow.domain.names import folded
from workflow.domain.wake import next_wake_at
from workflow.domain.zone import ZONE
from workflow.letter import Alert
from workflow.ports import NoticeStatus, Person, UnitOfWork
from workflow.services.addressing import TITLES, ways_to
from workflow.services.reading import FAULTS, Fault, read_plans
from workflow.services.terms import TermsOf, terms_for

SWEEP = "sweep"
SWEEP_EVERY = timedelta(minutes=1)
MISSED_SWEEPS = 2
"""How many times in a row the sweep may be missing before it is told."""

SENTENCES = {
    "step_without_owner": "Bước «{step}» của «{plan}» chưa giao cho đơn vị nào; hãy giao lại cho một đơn vị.",
    "unit_without_people": "Danh bạ chưa có ai của {unit}, đơn vị đang có việc phải làm; hãy thêm người của đơn vị này.",
    "person_without_address": "{person} ({unit}) chưa có địa chỉ nào để nhận thông báo; hãy bổ sung địa chỉ trong danh bạ.",
    "limit_not_computed": "Không tính được hạn của bước «{step}» của «{plan}»; hãy xem lại cách ghi thời hạn và mốc tính.",
    "plan_not_computed": "Không tính được các hạn của «{plan}»: {fault}",
    "sweep_stopped": "Lượt quét gần nhất là {swept_at}, quá {minutes} phút trước; hãy kiểm tra chương trình có đang chạy không.",
    "sweep_never": "Chưa có lượt quét nào, nên không ai được nhắc việc; hãy chạy «doithoai up».",
    "undelivered": "Có {count} thông báo không gửi được tới người nhận; xem lý do bằng lệnh «doithoai undelivered».",
}
"""What each code of our own says; those of the calendar have their sentences in `calendars.coverage`."""

_WITHOUT_A_DATE = (After, Vague)


@dataclass(frozen=True, slots=True)
class Observed:
    """All that alerts follow from, read at one moment.

    `faults`: plans that cannot be read. `terms`: of each plan in `cycles` that has any; `swept_at`: when the last sweep
    came to its end, None: never.
    """

    cycles: Mapping[str, Cycle]
    faults: Mapping[str, Fault]
    terms: Mapping[str, Terms]
    people: tuple[Person, ...]
    undelivered: int
    swept_at: datetime | None
    at: datetime


def observe(uow: UnitOfWork, terms_of: TermsOf, at: datetime, plan_ids: Sequence[str] | None = None) -> Observed:
    """Read what alerts follow from. `plan_ids`: look at these plans alone; None: at every running one."""
    cycles, faults = read_plans(uow, uow.plans.ids(PlanStatus.RUNNING) if plan_ids is None else plan_ids)
    terms, faults = {}, dict(faults)
    for plan_id, cycle in cycles.items():
        try:
            terms[plan_id] = terms_for(terms_of, cycle)
        except FAULTS as fault:
            faults[plan_id] = fault
    return Observed(
        cycles=cycles,
        faults=faults,
        terms=terms,
        people=tuple(uow.directory.all()),
        undelivered=uow.outbox.count(NoticeStatus.DEAD),
        swept_at=uow.heartbeats.last(SWEEP),
        at=at,
    )


def alerts(observed: Observed) -> tuple[Alert, ...]:
    """Every alert: about the system first, then about people, then about plans in their order."""
    about_plans = (_about_plan(observed, plan_id) for plan_id in (*observed.cycles, *observed.faults))
    found = [*_about_sweep(observed), *_about_outbox(observed), *_about_people(observed)]
    found += [alert for group in about_plans for alert in group]
    return tuple(dict.fromkeys(found))


def alerts_for(person: Person, found: Iterable[Alert]) -> tuple[Alert, ...]:
    """Those alerts that are a person's business: a coordinator's, of their own organization and of the whole system."""
    if person.role is not Audience.COORDINATOR:
        return ()
    own = folded(person.organization)
    return tuple(alert for alert in found if "" in (own, alert.organization) or folded(alert.organization) == own)


def _alert(code: str, severity: Severity, organization: str = "", /, **fields: str) -> Alert:
    return Alert(code, severity, SENTENCES[code], fields, organization=organization)


def _about_sweep(observed: Observed) -> Iterator[Alert]:
    if not (observed.cycles or observed.faults):
        return
    if observed.swept_at is None:
        yield _alert("sweep_never", Severity.ERROR)
    elif observed.at - observed.swept_at > MISSED_SWEEPS * SWEEP_EVERY:
        minutes = int((observed.at - observed.swept_at) / timedelta(minutes=1))
        shown = f"{observed.swept_at.astimezone(ZONE):%H:%M %d/%m/%Y}"
        yield _alert("sweep_stopped", Severity.ERROR, swept_at=shown, minutes=str(minutes))


def _about_outbox(observed: Observed) -> Iterator[Alert]:
    if observed.undelivered:
        yield _alert("undelivered", Severity.WARNING, count=str(observed.undelivered))


def _about_people(observed: Observed) -> Iterator[Alert]:
    for person in observed.people:
        if not any(address for _, address in ways_to(person)):
            yield Alert(
                "person_without_address",
                Severity.WARNING,
                SENTENCES["person_without_address"],
                {"person": person.name, "unit": person.unit or person.organization or TITLES[person.role]},
                person_id=person.person_id,
                organization=person.organization,
            )


def _about_plan(observed: Observed, plan_id: str) -> Iterator[Alert]:
    cycle, fault = observed.cycles.get(plan_id), observed.faults.get(plan_id)
    if cycle is None:
        yield _plan_fault(plan_id, plan_id, "", fault)
        return
    units = {(folded(p.organization), folded(p.unit)) for p in observed.people}
    for key, step in cycle.steps.items():
        yield from _about_step(cycle, key, step)
        yield from _about_unit(cycle, key, step, units)
    if fault is None:
        try:
            _compute(cycle, observed.terms[plan_id])
            yield from _about_calendar(cycle, observed.terms[plan_id], observed.at)
        except FAULTS as error:
            fault = error
    if fault is not None:
        yield _plan_fault(plan_id, cycle.definition.title, cycle.definition.organization, fault)


def _compute(cycle: Cycle, terms: Terms) -> None:
    """Compute what the sweep will. Raises what keeps it from it, such as a calendar that does not reach far enough."""
    deadlines(cycle.plan, cycle.facts, terms.calendar)
    for step in cycle.steps.values():
        next_wake_at(cycle, step, terms)


def _plan_fault(plan_id: str, title: str, organization: str, fault: Fault | None) -> Alert:
    fields = {"plan": title, "fault": str(fault)}
    sentence = SENTENCES["plan_not_computed"]
    return Alert("plan_not_computed", Severity.ERROR, sentence, fields, plan_id=plan_id, organization=organization)


def _about_step(cycle: Cycle, key: str, step: StepState) -> Iterator[Alert]:
    """A step that has parts says nothing itself: they do."""
    if step.ended or step.status is StepStatus.CANCELLED or key in cycle.fanned:
        return
    opened = step.status is StepStatus.OPEN
    if not (step.definition.owner or "").strip():
        yield _of_step("step_without_owner", Severity.WARNING if opened else Severity.INFO, cycle, key)
    rule = rule_in_force(step.definition, cycle.plan, cycle.meeting)
    dated = rule is not None and not isinstance(rule, _WITHOUT_A_DATE)
    if opened and dated and step.deadline is None and not step.stopped:
        yield _of_step("limit_not_computed", Severity.ERROR, cycle, key)


def _about_unit(cycle: Cycle, key: str, step: StepState, units: set[tuple[str, str]]) -> Iterator[Alert]:
    """A unit that has something to do now and of which nobody is known; told once, however much it has to do."""
    owner, organization = (step.definition.owner or "").strip(), cycle.definition.organization
    busy = step.status is StepStatus.OPEN and key not in cycle.fanned
    if busy and owner and (folded(organization), folded(owner)) not in units:
        yield _alert("unit_without_people", Severity.WARNING, organization, unit=owner)


def _of_step(code: str, severity: Severity, cycle: Cycle, key: str) -> Alert:
    return Alert(
        code,
        severity,
        SENTENCES[code],
        {"step": cycle.steps[key].definition.name, "plan": cycle.definition.title},
        plan_id=cycle.plan_id,
        step=key,
        organization=cycle.definition.organization,
    )


def _about_calendar(cycle: Cycle, terms: Terms, at: datetime) -> Iterator[Alert]:
    """A calendar that is stale is told once, one that ends too soon for a plan with the plan."""
    for warning in coverage_warnings(terms.calendar, _last_day(cycle), at):
        if warning.code == "stale":
            yield Alert("calendar_stale", Severity.WARNING, warning.template, dict(warning.values))
        else:
            yield Alert(
                "calendar_ends_soon",
                Severity.WARNING if warning.code == "past_settled" else Severity.ERROR,
                warning.template,
                dict(warning.values),
                plan_id=cycle.plan_id,
                organization=cycle.definition.organization,
            )


def _last_day(cycle: Cycle) -> date | None:
    """The last day of the unfinished steps' limits."""
    limits = [step.deadline.due_on for step in cycle.steps.values() if step.deadline is not None and not step.ended]
    return max(limits, default=None)

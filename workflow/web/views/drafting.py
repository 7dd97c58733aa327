"""A plan in preparation as a form: each step with what can be corrected, its limit on the calendar, what was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from starlette.datastructures import FormData

from calendars.rules import Due, Rule
from calendars.wording import WordingError, format_rule, parse
from calendars.working_calendar import CalendarError
from workflow.domain.definition import Meeting, PlanDefinition, StepDefinition, StepKind
from workflow.domain.errors import BadInput
from workflow.domain.lint import lint
from workflow.domain.lint_case import Case
from workflow.domain.lint_findings import Finding
from workflow.domain.names import slug
from workflow.domain.zone import shown
from workflow.services.terms import TermsOf
from workflow.web.forms import clean, clock, day, text

NEW = "new"
FIELDS = ("name", "kind", "owner", "due", "extend", "after", "coordinating", "recipient", "in_meeting", "drop")
LONGEST = 500


class LimitUnreadable(BadInput):
    template = "Bước {number}: thời hạn «{typed}» không đọc được. {why}"


class StepNameMissing(BadInput):
    template = "Bước {number}: cần ghi tên việc."


class MonthUnreadable(BadInput):
    template = "«{typed}» không phải là tháng; hãy ghi tháng/năm, ví dụ 06/2026."


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step with its fields as they are, or were typed. `limit` None: none, or none that can be computed."""

    number: int
    key: str
    fields: Mapping[str, str]
    limit: Due | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class DraftPage:
    """The form of a plan. `general`: findings that concern no single step."""

    definition: PlanDefinition
    fields: Mapping[str, str]
    steps: tuple[StepForm, ...]
    general: tuple[Finding, ...]
    errors: int
    kinds: tuple[StepKind, ...] = tuple(StepKind)

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """(key, name) of each step, for lists to choose from."""
        return tuple((step.key, step.fields["name"]) for step in self.steps)


def draft_page(
    definition: PlanDefinition, terms_of: TermsOf, today: date, typed: Mapping[str, str] | None = None
) -> DraftPage:
    """The form; `typed`: what was typed into one that is given back."""
    calendar = terms_of(definition).calendar
    findings = lint(definition, calendar, today=today)
    limits: Mapping[str, Due | None] = {}
    try:
        limits = Case(definition, calendar, today).limits
    except CalendarError:  # told by a finding
        limits = {}
    own: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        own[finding.steps[0] if 0 < len(finding.steps) <= 2 else ""].append(finding)
    given = typed or {}
    steps = tuple(
        StepForm(
            number,
            step.key,
            {name: given.get(f"{number}.{name}", value) for name, value in fields_of(step).items()},
            limits.get(step.key),
            tuple(own[step.key]),
        )
        for number, step in enumerate(definition.steps, 1)
    )
    head = {name: given.get(name, value) for name, value in head_of(definition).items()}
    return DraftPage(definition, head, steps, tuple(own[""]), sum(f.severity.value == "error" for f in findings))


def head_of(plan: PlanDefinition) -> dict[str, str]:
    """The fields of the plan as a whole."""
    meeting = plan.meeting
    when = shown(meeting.on) if meeting.on else "{1:02d}/{0}".format(*meeting.month) if meeting.month else ""
    return {
        "title": plan.title,
        "organization": plan.organization,
        "document_number": plan.document_number or "",
        "meeting": when,
        "meeting_at": f"{meeting.at:%H:%M}" if meeting.at else "",
        "meeting_place": meeting.place or "",
        "before_date": plan.readings.before_date,
    }


def fields_of(step: StepDefinition) -> dict[str, str]:
    """The fields of a step."""
    return {
        "name": step.name,
        "kind": step.kind.value,
        "owner": step.owner or "",
        "due": format_rule(step.due) if step.due is not None else "",
        "extend": format_rule(step.extend) if step.extend is not None else "",
        "after": ", ".join(step.after),
        "coordinating": "; ".join(step.coordinating),
        "recipient": step.recipient or "",
        "in_meeting": "1" if step.in_meeting else "",
        "drop": "",
    }


def typed_in(form: FormData) -> dict[str, str]:
    """Every field as it was typed; a box that was not ticked says nothing, which is told, too."""
    typed = {name: clean(value) for name, value in form.items() if isinstance(value, str)}
    numbers = {name.partition(".")[0] for name in typed if "." in name}
    return {f"{number}.{box}": "" for number in numbers for box in ("in_meeting", "drop")} | typed


def corrected(plan: PlanDefinition, form: FormData) -> PlanDefinition:
    """The plan with what was typed. Raises a `BadInput` that names the step by its number."""
    typed = typed_in(form)
    kept = [(number, step) for number, step in enumerate(plan.steps, 1) if not typed.get(f"{number}.drop")]
    keys = {step.key for _, step in kept}
    steps = [_step(str(number), step, typed, keys) for number, step in kept]
    if typed.get(f"{NEW}.name"):
        steps.append(_new_step(typed, keys))
    readings = plan.readings
    if typed.get("before_date") in ("excluded", "included"):
        readings = replace(readings, before_date=typed["before_date"])
    return replace(
        plan,
        title=_line(typed, "title", plan.title),
        organization=_line(typed, "organization", plan.organization),
        document_number=_line(typed, "document_number", plan.document_number or "") or None,
        meeting=_meeting(plan.meeting, typed),
        readings=readings,
        steps=tuple(steps),
    )


def meeting_typed(typed: str) -> tuple[date | None, tuple[int, int] | None]:
    """A day (24/4/2026) or a month (4/2026); neither when nothing was typed. Raises `MonthUnreadable`."""
    parts = typed.replace("-", "/").split("/")
    if len(parts) != 2:
        return day(typed), None
    try:
        month, year = int(parts[0]), int(parts[1])
        date(year, month, 1)
    except ValueError as error:
        raise MonthUnreadable(typed=typed[:40]) from error
    return None, (year, month)


def _meeting(meeting: Meeting, typed: Mapping[str, str]) -> Meeting:
    if "meeting" not in typed:
        return meeting
    on, month = meeting_typed(typed["meeting"])
    at: time | None = clock(typed.get("meeting_at", ""))
    return Meeting(on=on, at=at, month=month, place=_line(typed, "meeting_place", "") or None)


def _step(number: str, step: StepDefinition, typed: Mapping[str, str], keys: set[str]) -> StepDefinition:
    def said(name: str) -> str | None:
        return typed.get(f"{number}.{name}")

    if said("name") is None:  # not in the form: left as it is, save for steps that are gone
        return replace(step, after=tuple(key for key in step.after if key in keys))
    name = " ".join(text(said("name"), LONGEST).split())
    if not name:
        raise StepNameMissing(number=number)
    after = tuple(key for part in (said("after") or "").split(",") if (key := part.strip()))
    return replace(
        step,
        name=name,
        kind=_kind(said("kind"), step.kind),
        owner=" ".join(text(said("owner"), LONGEST).split()) or None,
        due=_rule(number, said("due"), step.due),
        extend=_rule(number, said("extend"), step.extend),
        after=tuple(key for key in after if key in keys or key not in step.after),
        coordinating=_several(said("coordinating")),
        recipient=" ".join(text(said("recipient"), LONGEST).split()) or None,
        in_meeting=bool(said("in_meeting")),
    )


def _new_step(typed: Mapping[str, str], keys: set[str]) -> StepDefinition:
    kind = _kind(typed.get(f"{NEW}.kind"), StepKind.OTHER)
    base = kind.value if kind is not StepKind.OTHER else slug(typed[f"{NEW}.name"]).replace("-", "_")[:40]
    key = next(name for name in _names(base) if name not in keys)
    return _step(NEW, StepDefinition(key, kind, typed[f"{NEW}.name"]), typed, keys)


def _names(base: str) -> Sequence[str]:
    first = base if base[:1].isalpha() else f"step_{base}"
    return [first, *(f"{first}_{number}" for number in range(2, 1002))]


def _rule(number: str, typed: str | None, before: Rule | None) -> Rule | None:
    """The rule of a wording; one that was not touched stays as it is, whatever its words would be read as."""
    said = text(typed, LONGEST)
    if not said:
        return None
    if before is not None and said == format_rule(before):
        return before
    try:
        return parse(said)
    except WordingError as error:
        raise LimitUnreadable(number=number, typed=said[:80], why=error.message) from error


def _kind(typed: str | None, before: StepKind) -> StepKind:
    return StepKind(typed) if typed in {kind.value for kind in StepKind} else before


def _several(typed: str | None) -> tuple[str, ...]:
    parts = text(typed, 3000).replace("\n", ";").split(";")
    return tuple(each for part in parts if (each := " ".join(part.split())))


def _line(typed: Mapping[str, str], name: str, before: str) -> str:
    return " ".join(text(typed[name], LONGEST).split()) if name in typed else before

"""What a plan says: its meeting, its steps, who owes each, after what, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from calendars.rules import Readings, Rule

MEETING_EVENT = "meeting"
START_EVENT = "start"


class PlanKind(StrEnum):
    """The kinds of plan that the product knows."""

    DIALOGUE = "dialogue"
    CONFERENCE = "conference"
    UNION = "union"
    WORKPLACE = "workplace"


class StepKind(StrEnum):
    """What a step is about; the canonical order of a dialogue."""

    PREPARE = "prepare"
    ANNOUNCE = "announce"
    DISTRIBUTE_FORMS = "distribute_forms"
    COLLECT_FORMS = "collect_forms"
    CLASSIFY_ISSUES = "classify_issues"
    ASSIGN_ANSWERS = "assign_answers"
    DRAFT_ANSWERS = "draft_answers"
    SYNTHESIZE_REPORT = "synthesize_report"
    REGISTER_SPEAKERS = "register_speakers"
    INVITE = "invite"
    HOLD_MEETING = "hold_meeting"
    RECORD_MINUTES = "record_minutes"
    ELECT = "elect"
    RECOGNISE = "recognise"
    DRAFT_CONCLUSION = "draft_conclusion"
    ISSUE_CONCLUSION = "issue_conclusion"
    ANSWER_ISSUES = "answer_issues"
    REPORT_UP = "report_up"
    SUPERVISE = "supervise"
    REVIEW = "review"
    OTHER = "other"


class Evidence(StrEnum):
    """The proof that completing a step asks for."""

    DOCUMENT = "document"
    FILE = "file"


class ForEach(StrEnum):
    """What a step fans out over."""

    AGENCY = "agency"
    UNIT = "unit"
    OPEN_PETITION = "open_petition"


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and where the meeting is: a day (`on`, perhaps with `at`, Asia/Ho_Chi_Minh), or only a month, or nothing yet."""

    on: date | None = None
    at: time | None = None
    month: tuple[int, int] | None = None
    place: str | None = None


NO_MEETING = Meeting()
DEFAULT_READINGS = Readings()


@dataclass(frozen=True, slots=True)
class StepDefinition:
    """One duty of the plan. `after` holds keys of steps; `due` None means that the plan sets no limit.

    `extend_reasons`: the reasons for which the plan allows the longer limit; empty: any reason in words.
    `quorum`: the share of those summoned who must be there, at least; `majority`: the share of those there who must be
    in favour, more than; None where the step asks for none. `part_of` and `item`: a part of a step that fans out, and
    the petition, unit or ordinal that it is for.
    """

    key: str
    kind: StepKind
    name: str
    owner: str | None = None
    after: tuple[str, ...] = ()
    due: Rule | None = None
    extend: Rule | None = None
    for_each: ForEach | None = None
    evidence: tuple[Evidence, ...] = ()
    in_meeting: bool = False
    coordinating: tuple[str, ...] = ()
    recipient: str | None = None
    extend_reasons: tuple[str, ...] = ()
    quorum: Fraction | None = None
    majority: Fraction | None = None
    part_of: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class PlanDefinition:
    """A whole plan. `steps` stand in the order of the document; `calendar` names a calendar of the `calendars` package.

    `template`: the template and version that it was made from ("dialogue@1"), if any.
    """

    title: str
    kind: PlanKind
    organization: str
    steps: tuple[StepDefinition, ...]
    calendar: str = "office"
    meeting: Meeting = NO_MEETING
    readings: Readings = DEFAULT_READINGS
    document_number: str | None = None
    issued_on: date | None = None
    template: str | None = None
    by_key: Mapping[str, StepDefinition] = field(init=False, repr=False, compare=False, hash=False)
    meeting_step: StepDefinition | None = field(init=False, repr=False, compare=False, hash=False)
    """The step that is the plan's own meeting: the last of its kind that is not part of another."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", MappingProxyType({step.key: step for step in self.steps}))
        own = (s for s in reversed(self.steps) if s.kind is StepKind.HOLD_MEETING and not s.in_meeting)
        object.__setattr__(self, "meeting_step", next((step for step in own if step.part_of is None), None))

"""What was read out of a document: a plan in draft, each part tied to the words that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from calendars.rules import Rule
from workflow.domain.definition import ForEach, PlanKind, StepKind
from workflow.domain.lint_findings import Finding


@dataclass(frozen=True, slots=True)
class Source:
    """Words of the document: text[start:end], white space collapsed in `text`.

    `restates`: the same duty said again elsewhere, or its second limit.
    """

    start: int
    end: int
    text: str
    restates: bool = False


class DeadlineType(StrEnum):
    """The shape of a limit, as the JSON names it."""

    BEFORE_DATE = "before_date"
    BY_DATE = "by_date"
    ON_DATE = "on_date"
    MONTH = "month"
    WINDOW = "window"
    WITHIN_DAYS_AFTER = "within_days_after"
    DAYS_BEFORE = "days_before"
    RECURRING = "recurring"


@dataclass(frozen=True, slots=True)
class DraftExtension:
    """The longer limit that the document allows: a new total from the same anchor, never added to the first."""

    n: int
    unit: str
    anchor: str | None
    condition: str | None
    rule: Rule | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class DraftDeadline:
    """A limit as the document states it.

    `date`: ISO day, or YYYY-MM for a month; `anchor`: the event in the document's own words; `n` None with an anchor: an
    order without a number. `minimum`: a floor, not a ceiling. `tentative`: "dự kiến". `yearly`: comes back each year.
    `inherited_from`: the words it was carried over from, when its own clause does not state it.
    `rule`: the same as a rule of the plan file, its event the key of a step, "meeting" or "start"; None when no rule can
    be made of it.
    """

    type: DeadlineType
    wording: str
    date: str | None = None
    end_date: str | None = None
    n: int | None = None
    unit: str | None = None
    anchor: str | None = None
    extension: DraftExtension | None = None
    minimum: bool = False
    tentative: bool = False
    yearly: bool = False
    time: time | None = None
    weekday: str | None = None
    inherited_from: str | None = None
    rule: Rule | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Why a step, or a limit, that the document does not state is proposed: the law and its citation.

    `limit`: what is proposed for a step of the document that has no limit; such a step's own `deadline` stays None.
    """

    law: str
    cite: str
    scope: str
    limit: DraftDeadline | None = None


@dataclass(frozen=True, slots=True)
class DraftStep:
    """One duty. `key` is unique and stable for the same document; `name` short, for lists and pictures.

    `reference`: words that stand for a limit without giving one ("theo quy định"); the step then stays undated.
    `proposed`: set for a step, or a limit of a step, that the document does not state. `owner_source`: where the owner
    was found when not in the step's own words.
    """

    key: str
    kind: StepKind
    name: str
    owner: str | None
    sources: tuple[Source, ...]
    deadline: DraftDeadline | None = None
    reference: str | None = None
    coordinating: tuple[str, ...] = ()
    recipient: str | None = None
    product: str | None = None
    in_meeting: bool = False
    for_each: ForEach | None = None
    owner_source: Source | None = None
    proposed: Proposal | None = None


class EdgeReason(StrEnum):
    """What an order between two steps rests on."""

    WORDING = "wording"
    DATES = "dates"
    KINDS = "kinds"
    EVENT = "event"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Edge:
    """`before` must be done before `after`. `words`: the document's own, where it says so; `why`: one sentence."""

    before: str
    after: str
    reason: EdgeReason
    why: str
    words: str | None = None


@dataclass(frozen=True, slots=True)
class DraftMeeting:
    """What the document says of its meeting: a day, or only a month (year, month), and the place."""

    on: date | None = None
    at: time | None = None
    month: tuple[int, int] | None = None
    place: str | None = None
    tentative: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that the document names, with the short forms it goes by there."""

    name: str
    short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LatestSafe:
    """The last working day on which a step without a limit of its own can end and all that follows still be in time."""

    step: str
    on: date
    slack: int
    critical: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole plan in draft; `steps` in the order of the document, proposed ones last. `chair`: who leads the meeting."""

    title: str
    kind: PlanKind
    organization: str
    steps: tuple[DraftStep, ...]
    meeting: DraftMeeting = DraftMeeting()
    document_number: str | None = None
    issued_on: date | None = None
    chair: str | None = None
    units: tuple[Unit, ...] = ()
    edges: tuple[Edge, ...] = ()
    schedule: tuple[LatestSafe, ...] = ()
    findings: tuple[Finding, ...] = ()

    def after(self, key: str) -> tuple[str, ...]:
        """Keys of the steps that must be done right before a step, in the order of the document."""
        return tuple(edge.before for edge in self.edges if edge.after == key)

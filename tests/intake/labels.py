"""What a careful coordinator answers for a document: the labels that a reading is compared with.

The JSON is that of the labelled plans, with two keys more: `expected_findings` and `forbidden_findings`, lists of codes
or of {code, steps: [index, …]}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.intake.folding import Reference, Span

Json = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class LabelledStep:
    """One labelled phrase. `owners`: every name that is accepted, None when blank is."""

    index: int
    text: str
    span: Span
    kinds: frozenset[str]
    owners: tuple[str | None, ...]
    deadline: Json | None
    in_meeting: bool
    same_as: str | None

    @property
    def inherited(self) -> bool:
        """Its limit is carried over from a neighbour: right if found, no fault if left out."""
        return self.deadline is not None and bool(self.deadline.get("inherited_from"))

    @property
    def states_extension(self) -> bool:
        """It is the clause that states the extension of the step it belongs to."""
        return self.deadline is not None and bool(self.deadline.get("is_extension_of"))

    @classmethod
    def of(cls, index: int, step: Json) -> LabelledStep:
        """From the JSON of a label."""
        start, end = step["span"]
        return cls(
            index=index,
            text=step["text"],
            span=(start, end),
            kinds=frozenset([step["step_kind"], *step.get("alt_kinds", ())]),
            owners=(step["owner"], *step.get("owner_alternatives", ())),
            deadline=step["deadline"],
            in_meeting=step.get("in_meeting", False),
            same_as=step.get("same_as"),
        )


@dataclass(frozen=True, eq=False)
class Duty:
    """One step of the plan: the phrases that state it."""

    steps: tuple[LabelledStep, ...]

    @property
    def name(self) -> str:
        """Its first phrase, for reports."""
        return self.steps[0].text

    @property
    def indexes(self) -> frozenset[int]:
        """Of its phrases among the labels."""
        return frozenset(step.index for step in self.steps)

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind that is accepted."""
        return frozenset(kind for step in self.steps for kind in step.kinds)

    @property
    def owners(self) -> tuple[str | None, ...]:
        """Every owner that is accepted, None when blank is."""
        return tuple(owner for step in self.steps for owner in step.owners)

    @property
    def limits(self) -> tuple[Json, ...]:
        """The limits that are right for it: one, or the first and the second."""
        return tuple(step.deadline for step in self.steps if step.deadline is not None and not step.states_extension)

    @property
    def undated(self) -> bool:
        """No phrase of it states a limit."""
        return all(step.deadline is None for step in self.steps)

    @property
    def demanded(self) -> bool:
        """A limit stated by its own words, which has to be found."""
        return any(step.deadline and not step.inherited and not step.states_extension for step in self.steps)

    @property
    def in_meeting(self) -> bool:
        """It happens at the meeting."""
        return any(step.in_meeting for step in self.steps)


@dataclass(frozen=True)
class Expected:
    """A finding that must be there, or must not: its code and the labels that it may be about (none: any)."""

    code: str
    steps: frozenset[int] = frozenset()

    @classmethod
    def of(cls, finding: str | Json) -> Expected:
        """From the JSON: a code, or a code with indexes of labels."""
        if isinstance(finding, str):
            return cls(finding)
        return cls(finding["code"], frozenset(finding.get("steps", ())))


@dataclass(frozen=True)
class Labels:
    """All labels of one document. `exact`: spans of a reading are positions in `text`; otherwise words are looked up."""

    name: str
    text: str
    exact: bool
    steps: tuple[LabelledStep, ...]
    traps: tuple[str, ...] = ()
    edges: tuple[tuple[int, int], ...] = ()
    expected: tuple[Expected, ...] = ()
    forbidden: tuple[Expected, ...] = ()
    facts: tuple[tuple[str, str | None], ...] = ()

    @cached_property
    def reference(self) -> Reference:
        """The text, for looking words up."""
        return Reference(self.text)

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """The steps, those of one `same_as` together, in the order of their first phrases."""
        groups: dict[str, list[LabelledStep]] = {}
        for step in self.steps:
            groups.setdefault(step.same_as or f"#{step.index}", []).append(step)
        return tuple(Duty(tuple(group)) for group in groups.values())

    def duty(self, index: int) -> Duty:
        """The step that a label belongs to."""
        return next(duty for duty in self.duties if index in duty.indexes)

    @classmethod
    def of(cls, name: str, text: str, labels: Json, *, exact: bool) -> Labels:
        """From the JSON of a plan's labels."""
        return cls(
            name=name,
            text=text,
            exact=exact,
            steps=tuple(LabelledStep.of(index, step) for index, step in enumerate(labels["steps"])),
            traps=tuple(trap["text"] for trap in labels.get("non_deadline_time_expressions", ())),
            edges=tuple((before, after) for before, after in labels.get("expected_edges", ())),
            expected=tuple(map(Expected.of, labels.get("expected_findings", ()))),
            forbidden=tuple(map(Expected.of, labels.get("forbidden_findings", ()))),
            facts=tuple(_facts(labels)),
        )


def _facts(labels: Json) -> list[tuple[str, str | None]]:
    """What is asked about the whole document, by the names of the reading's JSON."""
    facts: list[tuple[str, str | None]] = [("kind", labels["kind"])]
    if labels.get("issuer"):
        facts.append(("organization", labels["issuer"]))
    if "issue_date" in labels:
        day = labels["issue_date"]
        facts.append(("issued_on", day if day is not None and len(day) == 10 else None))
    if "document_number" in labels:
        facts.append(("document_number", labels["document_number"]))
    return facts

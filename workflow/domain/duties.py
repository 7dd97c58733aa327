"""Duties of whoever holds a meeting with people, which a plan may leave out: dated rows of duties.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from calendars.rules import Rule
from calendars.wording import parse
from workflow.domain.definition import PlanKind, StepKind


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty, where it applies, and the step that it comes to; see duties.toml.

    `practice`: settled practice, not law. `rule` None: it has no limit. Its event is `meeting`, or a kind of step.
    `prefer`: words of the step that its limit belongs to where several steps could bear it. `owner` None: the
    organization itself.
    """

    cite: str
    says: str
    scope: str
    practice: bool
    valid_from: date
    plan_kinds: frozenset[PlanKind]
    kind: StepKind
    name: str
    owner: str | None
    rule: Rule | None
    organization: re.Pattern[str]
    title: re.Pattern[str]
    needs: re.Pattern[str] | None
    present: re.Pattern[str] | None
    prefer: re.Pattern[str] | None

    def applies_to(self, kind: PlanKind, organization: str, title: str, on: date) -> bool:
        """Whether it is owed for a plan whose meeting is on a day."""
        return (
            kind in self.plan_kinds
            and on >= self.valid_from
            and self.organization.search(organization.lower()) is not None
            and self.title.search(title.lower()) is not None
        )


@cache
def duties() -> tuple[Duty, ...]:
    """Every duty, in the order of duties.toml."""
    import tomllib  # only documents are completed by it

    rows = tomllib.loads(files("workflow.domain").joinpath("duties.toml").read_text(encoding="utf-8"))["duty"]
    return tuple(
        Duty(
            cite=row["cite"],
            says=row["says"],
            scope=row["scope"],
            practice=row.get("practice", False),
            valid_from=row["valid_from"],
            plan_kinds=frozenset(map(PlanKind, row["plan_kinds"])),
            kind=StepKind(row["kind"]),
            name=row["name"],
            owner=row.get("owner"),
            rule=parse(row["rule"]) if "rule" in row else None,
            organization=re.compile(row.get("organization", "")),
            title=re.compile(row.get("title", "")),
            needs=_pattern(row.get("needs")),
            present=_pattern(row.get("present")),
            prefer=_pattern(row.get("prefer")),
        )
        for row in rows
    )


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return None if text is None else re.compile(text)

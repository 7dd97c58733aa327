"""A definition as the text of a plan file that reads back as the same definition."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, time
from fractions import Fraction
from typing import Any, Final

import yaml

from calendars.rules import Readings
from calendars.wording import format_rule
from workflow.domain.definition import DEFAULT_READINGS, Meeting, PlanDefinition, StepDefinition

_WIDTH: Final = 110


def write_plan(definition: PlanDefinition) -> str:
    """The plan file of a definition, in Vietnamese wordings; `parse_plan` reads it back as the same definition."""
    return dumped(head_of(definition) | {"steps": [step_entries(step) for step in definition.steps]})


def dumped(entries: object, width: int = _WIDTH) -> str:
    """Entries as YAML, as people write it; lines are broken near a width."""
    return yaml.dump(
        entries, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=width, default_flow_style=False
    )


class _Clock(str):
    """A clock time, always quoted: other YAML readers take 08:00 for a number."""

    __slots__ = ()


class _Row(list[str]):
    """A short list, written on one line."""

    __slots__ = ()


class _Writer(yaml.SafeDumper):
    """Writes words as they are: our reader takes every scalar for text, so only what it takes for nothing is quoted."""

    def ignore_aliases(self, data: object) -> bool:
        """Nothing is ever written by reference."""
        del data
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists stand indented under their key."""
        del indentless
        return super().increase_indent(flow, indentless=False)


_Writer.yaml_implicit_resolvers = {
    first: [rule for rule in rules if rule[0] == "tag:yaml.org,2002:null"]
    for first, rules in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
_Writer.add_representer(_Clock, lambda writer, text: writer.represent_scalar("tag:yaml.org,2002:str", str(text), '"'))
_Writer.add_representer(
    _Row, lambda writer, row: writer.represent_sequence("tag:yaml.org,2002:seq", list(row), flow_style=True)
)


def head_of(definition: PlanDefinition) -> dict[str, Any]:
    """The entries of a plan but for its steps, in order."""
    entries = {
        "doithoai": "1",
        "title": definition.title,
        "kind": definition.kind.value,
        "organization": definition.organization,
        "document_number": definition.document_number,
        "issued_on": _day(definition.issued_on),
        "template": definition.template,
        "calendar": definition.calendar,
        "meeting": _meeting(definition.meeting),
        "settings": _settings(definition.readings),
    }
    return _written(entries)


def _meeting(meeting: Meeting) -> dict[str, Any]:
    month = None if meeting.month is None else "{:04d}-{:02d}".format(*meeting.month)
    return _written({"on": _day(meeting.on), "at": _clock(meeting.at), "month": month, "place": meeting.place})


def _settings(readings: Readings) -> dict[str, Any]:
    """Only what differs from the readings by default."""
    chosen = {field.name: getattr(readings, field.name) for field in fields(readings)}
    differing = {name: value for name, value in chosen.items() if value != getattr(DEFAULT_READINGS, name)}
    return {name: _clock(value) if isinstance(value, time) else value for name, value in differing.items()}


def step_entries(step: StepDefinition) -> dict[str, Any]:
    """The entries of a step, in order."""
    entries = {
        "key": step.key,
        "kind": step.kind.value,
        "name": step.name,
        "owner": step.owner,
        "coordinating": _Row(step.coordinating),
        "recipient": step.recipient,
        "in_meeting": "true" if step.in_meeting else None,
        "after": _Row(step.after),
        "for_each": step.for_each.value if step.for_each else None,
        "due": format_rule(step.due) if step.due is not None else None,
        "extend": format_rule(step.extend) if step.extend is not None else None,
        "extend_reasons": list(step.extend_reasons),
        "evidence": _Row(each.value for each in step.evidence),
        "quorum": _share(step.quorum),
        "majority": _share(step.majority),
    }
    return _written(entries)


def _written(entries: dict[str, Any]) -> dict[str, Any]:
    """Without the entries that say nothing."""
    return {key: value for key, value in entries.items() if value not in (None, [], {})}


def _share(share: Fraction | None) -> str | None:
    return None if share is None else f"{share.numerator}/{share.denominator}"


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _clock(clock: time | None) -> _Clock | None:
    return None if clock is None else _Clock(f"{clock:%H:%M}")

"""The rows of orders.toml: in which order the work of a plan is done."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from workflow.domain.definition import PlanKind, StepKind

Row = Mapping[str, Any]


class Side(StrEnum):
    """Where a step stands: before the meeting, at it, or after it."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class SideWords:
    """Words of a step that tell its side. `weak`: a date or a heading knows better. `kinds` empty: of any kind.

    `shown`: they may be quoted as the reason.
    """

    side: Side
    pattern: re.Pattern[str]
    kinds: frozenset[StepKind]
    weak: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class Sequel:
    """What happens at the meeting, what follows it up afterwards, and why."""

    at: StepKind
    then: frozenset[StepKind]
    why: str


@dataclass(frozen=True, slots=True)
class RoleWords:
    """What a step of a kind is really about, on one side or (None) on any, when its words fit."""

    kind: StepKind
    pattern: re.Pattern[str]
    side: Side | None
    role: StepKind


@dataclass(frozen=True, slots=True)
class Link:
    """A role of a chain, and why it waits for those above it."""

    role: StepKind
    why: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Roles on one side of the meeting, each of which waits for those before it."""

    side: Side
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class InnerMeeting:
    """A meeting besides the plan's own: its place among those that lead up to it, or `aside` from them, or `after` it.

    `discusses`: papers prepared earlier are discussed there.
    """

    rank: int
    pattern: re.Pattern[str]
    discusses: bool
    aside: bool
    after: bool


@dataclass(frozen=True, slots=True)
class EventWords:
    """What the words of an event mean: steps of these kinds, the plan's start, or (neither) the meeting.

    `at_meeting`: it happens at the meeting where there is no such step.
    """

    pattern: re.Pattern[str]
    kinds: tuple[StepKind, ...]
    start: bool
    at_meeting: bool


@dataclass(frozen=True, slots=True)
class Hand:
    """What one step before the meeting hands on to another, by the words of both, and why."""

    first: re.Pattern[str]
    then: re.Pattern[str]
    why: str


@dataclass(frozen=True, slots=True)
class Orders:
    """Everything that orders.toml says for one kind of plan."""

    sides: tuple[SideWords, ...]
    headings: tuple[SideWords, ...]
    usual: Mapping[StepKind, Side]
    fixed: Mapping[StepKind, Side]
    roles: tuple[RoleWords, ...]
    chains: tuple[Chain, ...]
    sequels: tuple[Sequel, ...]
    meetings: tuple[InnerMeeting, ...]
    events: tuple[EventWords, ...]
    waits: tuple[re.Pattern[str], ...]
    hands: tuple[Hand, ...]


@cache
def orders_of(plan: PlanKind) -> Orders:
    """What holds for a kind of plan, in the order of the file."""
    rows = tomllib.loads(files("workflow.intake.completing").joinpath("orders.toml").read_text(encoding="utf-8"))
    mine = {name: _for(plan, found) for name, found in rows.items() if isinstance(found, list)}
    whys = {row["of"]: row["says"] for row in mine["why"]}
    return Orders(
        sides=tuple(map(_side_words, mine["side"])),
        headings=tuple(map(_side_words, mine["heading"])),
        usual=_sides([side for row in mine["usual"] for side in _kinds_by_side(row)]),
        fixed=_sides(_kinds_by_side(rows["fixed"])),
        roles=tuple(map(_role_words, mine["role"])),
        chains=tuple(_chain(row, whys) for row in mine["chain"]),
        sequels=tuple(_sequel(row, whys) for row in mine["sequel"]),
        meetings=tuple(map(_meeting, mine["meeting"])),
        events=tuple(map(_event, mine["event"])),
        waits=tuple(map(_pattern, mine["waits"])),
        hands=tuple(Hand(re.compile(row["first"]), re.compile(row["then"]), row["why"]) for row in mine["hands"]),
    )


_MEETING = "(?:hội nghị|đối thoại|diễn đàn|tọa đàm|gặp mặt|gặp gỡ|tiếp xúc|đại hội|cuộc họp|buổi họp|buổi|cuộc)"


def _pattern(row: Row) -> re.Pattern[str]:
    return re.compile(row["pattern"].replace("<họp>", _MEETING))


def _for(plan: PlanKind, rows: list[Row]) -> list[Row]:
    return [row for row in rows if plan in row.get("plans", (plan,))]


def _side_words(row: Row) -> SideWords:
    kinds = frozenset(map(StepKind, row.get("kinds", ())))
    return SideWords(Side(row["side"]), _pattern(row), kinds, row.get("weak", False), row.get("shown", True))


def _kinds_by_side(row: Row) -> list[tuple[StepKind, Side]]:
    return [(StepKind(kind), side) for side in (Side.BEFORE, Side.AFTER) for kind in row.get(side.value, ())]


def _sides(pairs: list[tuple[StepKind, Side]]) -> Mapping[StepKind, Side]:
    return dict(pairs)


def _role_words(row: Row) -> RoleWords:
    side = Side(row["side"]) if "side" in row else None
    return RoleWords(StepKind(row["kind"]), _pattern(row), side, StepKind(row["role"]))


def _chain(row: Row, whys: Mapping[str, str]) -> Chain:
    links = tuple(Link(StepKind(role), whys.get(f"{row['side']}.{role}", "")) for role in row["roles"])
    return Chain(Side(row["side"]), links)


def _sequel(row: Row, whys: Mapping[str, str]) -> Sequel:
    return Sequel(StepKind(row["at"]), frozenset(map(StepKind, row["then"])), whys[row["why"]])


def _meeting(row: Row) -> InnerMeeting:
    return InnerMeeting(
        row["rank"],
        _pattern(row),
        row.get("discusses", False),
        row.get("aside", False),
        row.get("after", False),
    )


def _event(row: Row) -> EventWords:
    return EventWords(
        _pattern(row), tuple(map(StepKind, row.get("kinds", ()))), row.get("start", False), row.get("at_meeting", False)
    )

"""What the pages of running an installation show: what a decision moves, ladders in words, channels, templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from calendars.day_table import Day
from calendars.decisions import NoticeError
from workflow.domain.ladder import Base, Ladder, Rung
from workflow.language import Language, problem_message, translate
from workflow.services.adopting import PlanMoved
from workflow.web import words
from workflow.web.words import N_

MOST_PLANS = 300
"""How many plans stand on one page of what a decision moves."""

_BASES: Mapping[Base, str] = MappingProxyType(
    {
        Base.OPENING: N_("Khi bước đến lượt"),
        Base.BEFORE_DUE: N_("Trước hạn {days} ngày làm việc"),
        Base.AFTER_DUE: N_("Sau khi hết hạn {days} ngày làm việc"),
    }
)
_AT_ONCE = N_("Ngay khi hết hạn")
_ON_THE_DAY = N_("Vào ngày hết hạn")
CHANNEL_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "mail": N_("Thư điện tử"),
        "webhook": N_("Webhook"),
        "telegram": N_("Telegram"),
        "teams": N_("Microsoft Teams"),
        "zalo": N_("Zalo"),
    }
)


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a decision's text; `line` counts from 1, 0: the text as a whole."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class DayChanged:
    """A day that a decision changes."""

    on: date
    worked: bool
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Move:
    """A limit that moves; `key` is what a form sends to keep it; None: no limit."""

    key: str
    name: str
    old_on: date | None
    new_on: date | None


@dataclass(frozen=True, slots=True)
class PlanMoves:
    """What moves in one plan."""

    plan_id: str
    title: str
    organization: str
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class RungLine:
    """A rung of a ladder in words."""

    name: str
    when: str
    told: tuple[str, ...]
    repeat_every: int | None
    reassign_to: str | None


def complaints(error: NoticeError, language: Language) -> list[Complaint]:
    """What is wrong with a decision, by line."""
    return [Complaint(each.line, problem_message(each, language)) for each in error.problems]


def facts_of_days(days: Iterable[tuple[Day, Day]]) -> list[dict[str, Any]]:
    """The days that change, fit to be kept."""
    return [
        {"on": new.date.isoformat(), "worked": new.working, "name": new.name, "source": new.source or ""}
        for _, new in days
    ]


def facts_of_plans(plans: Sequence[PlanMoved]) -> list[dict[str, Any]]:
    """What moves, fit to be kept: of the first `MOST_PLANS` plans."""
    return [
        {
            "plan_id": plan.plan_id,
            "title": plan.title,
            "organization": plan.organization,
            "moves": [[each.step, each.name, _kept(each.old_on), _kept(each.new_on)] for each in plan.changes],
        }
        for plan in plans[:MOST_PLANS]
    ]


def days_changed(facts: Iterable[Mapping[str, Any]]) -> list[DayChanged]:
    """The days that change, from what was kept."""
    return [DayChanged(date.fromisoformat(each["on"]), each["worked"], each["name"], each["source"]) for each in facts]


def plans_moved(facts: Iterable[Mapping[str, Any]]) -> list[PlanMoves]:
    """What moves, from what was kept."""
    return [
        PlanMoves(each["plan_id"], each["title"], each["organization"], tuple(_moves(each["plan_id"], each["moves"])))
        for each in facts
    ]


def rung_lines(ladder: Ladder, language: Language) -> list[RungLine]:
    """A ladder in words, from its first rung to its last."""
    return [
        RungLine(
            words.rung(rung.name, language),
            when(rung, language),
            tuple(translate(words.ROLE[each], language) for each in rung.audience),
            rung.repeat_every,
            rung.reassign_to,
        )
        for rung in ladder
    ]


def when(rung: Rung, language: Language) -> str:
    """When a rung is reached, in words."""
    if rung.working_days or rung.base is Base.OPENING:
        return translate(_BASES[rung.base], language).format(days=rung.working_days)
    return translate(_AT_ONCE if rung.base is Base.AFTER_DUE else _ON_THE_DAY, language)


def kept_limits(typed: Iterable[object]) -> dict[str, frozenset[str]]:
    """By plan, the steps whose limits are to stay, from the ticks of a form; what is no tick of ours is left out."""
    found: dict[str, set[str]] = {}
    for each in typed:
        plan, _, step = str(each).partition(":")
        if plan and step:
            found.setdefault(plan, set()).add(step)
    return {plan: frozenset(steps) for plan, steps in found.items()}


def _moves(plan_id: str, facts: Iterable[Sequence[Any]]) -> Iterable[Move]:
    for step, name, old_on, new_on in facts:
        yield Move(f"{plan_id}:{step}", name, _read(old_on), _read(new_on))


def _kept(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _read(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None

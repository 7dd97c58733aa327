"""Every event can be told as one sentence, in either language."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.builders import answered, at, concluded, office_terms, raised, record
from workflow.domain.commands import CancelPlan, Command, HandOver, SkipStep, StopClock
from workflow.domain.decide import decide
from workflow.domain.events import Event, Recorded
from workflow.domain.evolving import fold
from workflow.language import LANGUAGES, Language
from workflow.services.history import _TELLERS, history_of, step_of

COMMANDS: list[Command] = [
    StopClock("petitions.p1", "chờ sở trả lời"),
    HandOver("petitions.p2", "Phòng Tư pháp", "đúng chức năng."),
    answered("p1", "2026-05-22"),
    SkipStep("petitions.p2", "đã rút"),
    CancelPlan("không còn cần"),
]


def log() -> list[Recorded]:
    """What some commands lead to, after the conclusion of a dialogue with two petitions."""
    cycle = concluded(raised(), raised("Thêm đèn"))
    found: list[Recorded] = []
    for command in COMMANDS:
        if cycle.status != "running":
            break
        when = at("2026-05-22", "15:00")
        more = record("p1", decide(command, cycle, at=when, actor="test", terms=office_terms()), cycle.version, when)
        cycle = fold(more, cycle)
        found += more
    return found


def test_every_kind_of_event_has_its_sentence() -> None:
    assert set(_TELLERS) == set(get_args(Event))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_whole_and_ends(language: Language) -> None:
    told = [sentence for _, sentence in history_of(tuple(log()), concluded(raised(), raised("Thêm đèn")), language)]
    assert len(told) > 5
    assert [each for each in told if not each.endswith(".") or "{" in each or ".." in each] == []


def test_a_sentence_names_the_step_and_says_why() -> None:
    told = " ".join(s for _, s in history_of(tuple(log()), concluded(raised(), raised("Thêm đèn")), "vi"))
    assert "Dừng tính hạn của «Trả lời kiến nghị – p1: Sửa đường liên thôn»: chờ sở trả lời." in told
    assert "cho Phòng Tư pháp: đúng chức năng." in told


def test_an_event_is_about_its_step_or_part() -> None:
    steps = {step_of(recorded.event) for recorded in log()}
    assert {"petitions.p1", "petitions.p2"} <= steps

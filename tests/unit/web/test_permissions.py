"""The policy of who may do what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import answered, concluded, raised, started
from workflow.domain.commands import (
    Acknowledge,
    CancelPlan,
    Command,
    CompleteStep,
    ExtendStep,
    HandOver,
    SetMeeting,
    Snooze,
    StopClock,
    TellPetitioner,
)
from workflow.domain.ladder import Audience
from workflow.ports import Person
from workflow.services.permissions import (
    NotPermitted,
    OtherLead,
    OtherOrganization,
    OtherUnit,
    ReadOnly,
    allowed,
    check,
)

COMMANDS: list[Command] = [CompleteStep("collect"), SetMeeting(date(2026, 5, 15)), CancelPlan("x")]
PERSON = Person("p", "P", None, "Ủy ban MTTQ xã", Audience.OWNER, "UBND xã Bắc Thanh Miện")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_supervisor_may_change_nothing(command: Command) -> None:
    with pytest.raises(ReadOnly):
        check(replace(PERSON, role=Audience.SUPERVISOR), command, started())


@pytest.mark.parametrize("role", [Audience.COORDINATOR, Audience.CHAIR])
@pytest.mark.parametrize("command", COMMANDS)
def test_who_leads_may_do_everything_in_their_organization(role: Audience, command: Command) -> None:
    assert allowed(replace(PERSON, role=role), command, started())


@pytest.mark.parametrize("role", [Audience.COORDINATOR, Audience.CHAIR, Audience.OWNER, Audience.HEAD])
@pytest.mark.parametrize("command", COMMANDS)
def test_nobody_changes_the_plan_of_another_organization(role: Audience, command: Command) -> None:
    with pytest.raises(OtherOrganization):
        check(replace(PERSON, role=role, organization="UBND xã Khác"), command, started())


def test_no_organization_stands_for_the_whole_installation() -> None:
    assert allowed(replace(PERSON, role=Audience.COORDINATOR, organization=""), COMMANDS[1], started())


@pytest.mark.parametrize("role", [Audience.OWNER, Audience.HEAD])
def test_a_unit_completes_its_own_steps_only(role: Audience) -> None:
    person = replace(PERSON, role=role)
    assert allowed(person, CompleteStep("collect"), started())
    with pytest.raises(OtherUnit, match="do Các phòng, ban thực hiện"):
        check(person, CompleteStep("answers"), started())
    with pytest.raises(NotPermitted):
        check(person, CompleteStep("meeting_day"), started())


def test_the_permission_of_an_unknown_step_is_left_to_the_answer_that_it_is_unknown() -> None:
    assert allowed(PERSON, CompleteStep("gone"), started())


@pytest.mark.parametrize("role", [Audience.OWNER, Audience.HEAD])
def test_a_unit_answers_and_tells_the_petitions_that_it_owes_and_no_others(role: Audience) -> None:
    cycle, person = concluded(raised(), raised("hai", lead=None)), replace(PERSON, role=role, unit="phòng kinh tế")
    for command in (answered("p1", "2026-05-21"), TellPetitioner("p1", date(2026, 5, 21))):
        assert allowed(person, command, cycle)
    with pytest.raises(OtherLead, match="Kiến nghị p2 do Các phòng, ban trả lời"):
        check(person, answered("p2", "2026-05-21"), cycle)
    assert allowed(person, answered("p9", "2026-05-21"), cycle)  # that there is none is told by the answer


def test_a_unit_says_that_it_has_seen_its_own_steps_and_takes_petitions_down() -> None:
    for command in (Acknowledge("collect"), Snooze("collect", date(2026, 5, 1)), raised()):
        assert allowed(PERSON, command, started())
    assert not allowed(PERSON, Acknowledge("answers"), started())
    assert not allowed(replace(PERSON, unit="Đơn vị khác"), raised(), started())


@pytest.mark.parametrize(
    "command",
    [StopClock("collect", "x"), HandOver("collect", "Y", "x"), ExtendStep("collect", "x", "y", "z")],
)
def test_what_moves_a_limit_or_an_owner_goes_through_the_coordinator(command: Command) -> None:
    with pytest.raises(NotPermitted):
        check(PERSON, command, started())
    assert allowed(replace(PERSON, role=Audience.COORDINATOR), command, started())

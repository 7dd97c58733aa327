"""The policy of who may do what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import started
from workflow.domain.commands import CancelPlan, Command, CompleteStep, SetMeeting
from workflow.domain.ladder import Audience
from workflow.ports import Person
from workflow.services.permissions import NotPermitted, OtherOrganization, OtherUnit, ReadOnly, allowed, check

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

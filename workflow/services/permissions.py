"""Who may do what. One small policy, asked before every change that a person makes.

A supervisor only reads. A coordinator and the chair act on any plan of their organization. Officers and heads end the
steps of their own unit, say that they have seen them, ask for more time, answer the petitions that their unit owes an
answer to and tell the petitioners; whoever owns a step of a plan may take petitions down. Everything else moves limits or owners, so it
goes through the coordinator. An empty organization stands for the whole installation. Names of units and organizations
are compared as addressing compares them, so that whoever is told to do something may also do it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from workflow.domain.commands import (
    Acknowledge,
    AnswerPetition,
    AskExtension,
    Command,
    CompleteStep,
    RaisePetition,
    Snooze,
    TellPetitioner,
)
from workflow.domain.cycle import Cycle
from workflow.domain.errors import DoithoaiError
from workflow.domain.ladder import Audience
from workflow.domain.names import folded, same_unit
from workflow.ports import Person
from workflow.services.scopes import Scope


class NotPermitted(DoithoaiError, PermissionError):
    """The person may read this, but not change it."""

    template = "Vai trò của bạn không được làm việc này; hãy nhờ người điều phối của {organization}."


class ReadOnly(NotPermitted):
    template = "Người giám sát chỉ xem, không ghi nhận hay thay đổi; hãy nhờ người điều phối của {organization}."


class OtherOrganization(NotPermitted):
    template = "Kế hoạch này của {organization}, ngoài đơn vị của bạn; hãy nhờ người điều phối của {organization}."


class OtherUnit(NotPermitted):
    template = "Bước «{step}» do {owner} thực hiện; hãy nhờ đơn vị đó hoặc người điều phối của {organization} ghi nhận."


class OtherLead(NotPermitted):
    template = (
        "Kiến nghị {petition} do {owner} trả lời; hãy nhờ đơn vị đó hoặc người điều phối của {organization} ghi nhận."
    )


class NotAnAdministrator(NotPermitted):
    template = "Việc này dành cho người quản trị của {organization}; hãy nhờ người quản trị."


_LEADING = frozenset({Audience.COORDINATOR, Audience.CHAIR})


def check(person: Person, command: Command, cycle: Cycle) -> None:
    """Let a person's command on a plan pass. Raises `NotPermitted` when the person may not do it."""
    organization = cycle.definition.organization
    if person.role is Audience.SUPERVISOR:
        raise ReadOnly(organization=organization)
    if folded(person.organization) not in ("", folded(organization)):
        raise OtherOrganization(organization=organization)
    if person.role not in _LEADING:
        _RULES.get(type(command), _refuse)(person, command, cycle)


def allowed(person: Person, command: Command, cycle: Cycle) -> bool:
    """Whether `check` would let the command pass."""
    try:
        check(person, command, cycle)
    except NotPermitted:
        return False
    return True


def check_leads(person: Person, organization: str) -> None:
    """Let somebody who leads the plans of an organization pass: to start one, to send a notice again.

    Raises `NotPermitted` for all others.
    """
    if person.role is Audience.SUPERVISOR:
        raise ReadOnly(organization=organization)
    if folded(person.organization) not in ("", folded(organization)):
        raise OtherOrganization(organization=organization)
    if person.role not in _LEADING:
        raise NotPermitted(organization=organization)


def may_administer(person: Person, organization: str, scope: Scope) -> bool:
    """Whether somebody looks after an organization: their own or one below it; "" stands for the whole installation.

    `scope`: what the person may see. A supervisor changes nothing, whatever else they are.
    """
    return administers(person) and scope.covers(organization)


def administers(person: Person) -> bool:
    """Whether somebody looks after any organization."""
    return person.administrator and person.active and person.role is not Audience.SUPERVISOR


def check_administers(person: Person, organization: str, scope: Scope) -> None:
    """Let an administrator of an organization pass. Raises `ReadOnly` or `NotAnAdministrator`."""
    named = organization or person.organization
    if person.role is Audience.SUPERVISOR:
        raise ReadOnly(organization=named)
    if not may_administer(person, organization, scope):
        raise NotAnAdministrator(organization=named)


def _refuse(_person: Person, _command: Command, cycle: Cycle) -> None:
    raise NotPermitted(organization=cycle.definition.organization)


def _own_step(person: Person, command: CompleteStep | Acknowledge | Snooze | AskExtension, cycle: Cycle) -> None:
    step = cycle.plan.by_key.get(command.step)
    if step is None:
        return
    organization = cycle.definition.organization
    if step.owner is None or not folded(step.owner):
        raise NotPermitted(organization=organization)
    if not same_unit(step.owner, person.unit):
        raise OtherUnit(step=step.name, owner=step.owner, organization=organization)


def _own_petition(person: Person, command: AnswerPetition | TellPetitioner, cycle: Cycle) -> None:
    """The unit that leads, else the one that owns the part of the plan that owes the answer."""
    petition = cycle.petitions.get(command.petition)
    if petition is None:
        return
    organization = cycle.definition.organization
    owners = [petition.lead, *(part.definition.owner for part in cycle.parts_for(command.petition))]
    owner = next((each for each in owners if each is not None and folded(each)), None)
    if owner is None:
        raise NotPermitted(organization=organization)
    if not same_unit(owner, person.unit):
        raise OtherLead(petition=command.petition, owner=owner, organization=organization)


def _owns_something(person: Person, _command: RaisePetition, cycle: Cycle) -> None:
    if not folded(person.unit) or not any(same_unit(step.owner, person.unit) for step in cycle.plan.steps):
        raise NotPermitted(organization=cycle.definition.organization)


_RULES: Mapping[type[Command], Callable[[Person, Any, Cycle], None]] = MappingProxyType(
    {
        CompleteStep: _own_step,
        Acknowledge: _own_step,
        AskExtension: _own_step,
        Snooze: _own_step,
        AnswerPetition: _own_petition,
        TellPetitioner: _own_petition,
        RaisePetition: _owns_something,
    }
)

"""Who may do what. One small policy, asked before every change that a person makes.

A supervisor only reads. A coordinator and the chair act on any plan of their organization; officers and heads
complete the steps of their own unit. An empty organization stands for the whole installation. Names of units and
organizations are compared as addressing compares them, so that whoever is told to do something may also do it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from workflow.domain.commands import Command, CompleteStep
from workflow.domain.cycle import Cycle
from workflow.domain.errors import DoithoaiError
from workflow.domain.ladder import Audience
from workflow.domain.names import folded
from workflow.ports import Person


class NotPermitted(DoithoaiError, PermissionError):
    """The person may read this, but not change it."""

    template = "Vai trò của bạn không được làm việc này; hãy nhờ người điều phối của {organization}."


class ReadOnly(NotPermitted):
    template = "Người giám sát chỉ xem, không ghi nhận hay thay đổi; hãy nhờ người điều phối của {organization}."


class OtherOrganization(NotPermitted):
    template = "Kế hoạch này của {organization}, ngoài đơn vị của bạn; hãy nhờ người điều phối của {organization}."


class OtherUnit(NotPermitted):
    template = "Bước «{step}» do {owner} thực hiện; hãy nhờ đơn vị đó hoặc người điều phối của {organization} ghi nhận."


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


def _refuse(_person: Person, _command: Command, cycle: Cycle) -> None:
    raise NotPermitted(organization=cycle.definition.organization)


def _complete(person: Person, command: Command, cycle: Cycle) -> None:
    assert isinstance(command, CompleteStep)
    step = cycle.plan.by_key.get(command.step)
    if step is None:
        return
    organization = cycle.definition.organization
    if step.owner is None or not folded(step.owner):
        raise NotPermitted(organization=organization)
    if folded(step.owner) == folded(person.unit):
        return
    raise OtherUnit(step=step.name, owner=step.owner, organization=organization)


_RULES: Mapping[type[Command], Callable[[Person, Command, Cycle], None]] = MappingProxyType({CompleteStep: _complete})

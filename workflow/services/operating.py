"""Who may change what every plan runs on, decisions on days off and ladders; and who looks after the installation."""

from __future__ import annotations

from workflow.domain.cycle import PlanStatus
from workflow.domain.ladder import Audience
from workflow.ports import Person, PlanFilter, Store
from workflow.services.permissions import NotPermitted, ReadOnly, administers
from workflow.services.scopes import Scope

_COORDINATING = frozenset({Audience.COORDINATOR, Audience.CHAIR})


class OthersPlansConcerned(NotPermitted):
    template = (
        "Việc này tác động tới mọi kế hoạch đang chạy, kể cả của cơ quan ngoài phạm vi của bạn; "
        "hãy nhờ người điều phối của cơ quan cấp trên, là nơi thấy mọi kế hoạch."
    )


class NotACoordinator(NotPermitted):
    template = "Việc này dành cho người điều phối; hãy nhờ người điều phối của {organization}."


class NotOfTheInstallation(NotPermitted):
    template = (
        "Việc này dành cho người quản trị toàn hệ thống, là người quản trị không thuộc riêng cơ quan nào; hãy nhờ họ."
    )


def check_operates(store: Store, person: Person, scope: Scope) -> None:
    """Let somebody pass who coordinates or chairs and whose scope holds every running plan.

    Raises `ReadOnly`, `NotACoordinator` or `OthersPlansConcerned`.
    """
    if person.role is Audience.SUPERVISOR:
        raise ReadOnly(organization=person.organization)
    if person.role not in _COORDINATING:
        raise NotACoordinator(organization=person.organization)
    if scope.organizations is None:
        return
    running = frozenset({PlanStatus.RUNNING})
    with store.reading() as uow:
        everywhere = uow.plans.count_rows(PlanFilter(statuses=running))
        within = uow.plans.count_rows(PlanFilter(organizations=scope.organizations, statuses=running))
    if within < everywhere:
        raise OthersPlansConcerned


def operates(store: Store, person: Person, scope: Scope) -> bool:
    """Whether `check_operates` would let them pass."""
    try:
        check_operates(store, person, scope)
    except NotPermitted:
        return False
    return True


def check_keeps(person: Person, scope: Scope) -> None:
    """Let an administrator of the whole installation pass. Raises `NotOfTheInstallation`."""
    if not keeps(person, scope):
        raise NotOfTheInstallation


def keeps(person: Person, scope: Scope) -> bool:
    """Whether somebody looks after the whole installation: an administrator who belongs to no one organization."""
    return administers(person) and scope.organizations is None

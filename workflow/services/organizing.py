"""The tree of organizations: adding, renaming and moving, each within an administrator's reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workflow.domain.cycle import PlanStatus
from workflow.domain.errors import BadInput, NotFound
from workflow.domain.names import folded, slug
from workflow.ports import EVERYBODY, Organization, PeopleFilter, Person, PlanFilter, Store, UnitOfWork
from workflow.services import permissions, scopes
from workflow.services.people import LONGEST_ID, OrganizationMissing


class OrganizationNotThere(NotFound):
    template = "Không có cơ quan này trong phạm vi bạn quản trị."


class OrganizationTaken(BadInput):
    template = "Đã có cơ quan «{name}» trong hệ thống."


class StillRunning(BadInput):
    template = "Còn {count} kế hoạch đang chạy mang tên «{name}»; hãy đổi tên sau khi các kế hoạch này kết thúc."


class BelowItself(BadInput):
    template = "«{name}» không thể trực thuộc chính mình hay cơ quan cấp dưới của mình."


@dataclass(frozen=True, slots=True)
class Branch:
    """An organization in the tree, with what is below it and how many people it has."""

    organization: Organization
    people: int
    below: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """What an administrator sees of the tree; `unplaced`: names that plans or people bear and that are not in it."""

    roots: tuple[Branch, ...]
    unplaced: tuple[str, ...]

    def walked(self) -> list[tuple[int, Organization]]:
        """Every organization with its depth, from the top."""
        return list(_walked(self.roots, 0))


def tree_of(uow: UnitOfWork, by: Person) -> Tree:
    """The part of the tree that an administrator looks after. Raises `NotPermitted`."""
    permissions.check_administers(by, by.organization, scope := scopes.scope_of(uow, by))
    seen = [each for each in uow.organizations.all() if scope.covers(each.name)]
    counts: dict[str, int] = {}
    for person in uow.directory.found(PeopleFilter(organizations=scope.organizations, active=True)):
        counts[folded(person.organization)] = counts.get(folded(person.organization), 0) + 1
    children: dict[str, list[Organization]] = {}
    ids = {each.organization_id for each in seen}
    for each in seen:
        children.setdefault(each.parent_id if each.parent_id in ids else "", []).append(each)
    placed = {folded(name) for each in seen for name in (each.name, *each.former)}
    borne = {
        name for name in (*uow.organizations.written(), *_of_people(uow, scope)) if scope.covers(name) and name.strip()
    }
    unplaced = {folded(name): name for name in sorted(borne) if folded(name) not in placed}
    return Tree(_branches("", children, counts), tuple(unplaced.values()))


def _of_people(uow: UnitOfWork, scope: scopes.Scope) -> Iterable[str]:
    chosen = EVERYBODY if scope.organizations is None else PeopleFilter(organizations=scope.organizations)
    return {person.organization for person in uow.directory.found(chosen)}


def _branches(parent: str, children: dict[str, list[Organization]], counts: dict[str, int]) -> tuple[Branch, ...]:
    return tuple(
        Branch(each, counts.get(folded(each.name), 0), _branches(each.organization_id, children, counts))
        for each in children.get(parent, ())
    )


def _walked(branches: Iterable[Branch], depth: int) -> Iterable[tuple[int, Organization]]:
    for branch in branches:
        yield depth, branch.organization
        yield from _walked(branch.below, depth + 1)


def add(store: Store, by: Person, name: str, parent_id: str | None) -> Organization:
    """Put an organization into the tree, under another one or at the top (`parent_id` None).

    Raises `NotPermitted`, `OrganizationMissing` and `OrganizationTaken`.
    """
    with store() as uow:
        scope = scopes.scope_of(uow, by)
        parent = _known(uow, by, parent_id) if parent_id else None
        name = _named(uow, name)
        if parent is None and not scope.covers(name):
            permissions.check_administers(by, "", scope)
        made = Organization(_free_id(name, uow.organizations.all()), name, parent.organization_id if parent else None)
        uow.organizations.put(made)
        uow.commit()
    return made


def rename(store: Store, by: Person, organization_id: str, name: str) -> Organization:
    """Give an organization another name: its people bear it from now on, its ended plans keep the one they had.

    Raises `StillRunning` while plans run under the old one, and what `add` raises.
    """
    with store() as uow:
        before = _known(uow, by, organization_id)
        name = _named(uow, name, but=organization_id)
        same = folded(name) == folded(before.name)
        if not same:
            _refuse_running(uow, before.name)
        former = before.former if same else tuple(dict.fromkeys((*before.former, before.name)))
        renamed = replace(before, name=name, former=tuple(each for each in former if folded(each) != folded(name)))
        uow.organizations.put(renamed)
        for person in uow.directory.found(PeopleFilter(organizations=frozenset({before.name}))):
            unit = name if folded(person.unit) == folded(before.name) else person.unit
            uow.directory.put(replace(person, organization=name, unit=unit))
        uow.commit()
    return renamed


def move(store: Store, by: Person, organization_id: str, parent_id: str | None) -> Organization:
    """Put an organization with all below it under another one. Raises `BelowItself` and `NotPermitted`."""
    with store() as uow:
        moved = _known(uow, by, organization_id)
        parent = _known(uow, by, parent_id) if parent_id else None
        if parent is None:
            permissions.check_administers(by, "", scopes.scope_of(uow, by))
        under = {
            organization_id,
            *(each.organization_id for each in scopes.below(uow.organizations.all(), {organization_id})),
        }
        if parent is not None and parent.organization_id in under:
            raise BelowItself(name=moved.name)
        moved = replace(moved, parent_id=parent.organization_id if parent is not None else None)
        uow.organizations.put(moved)
        uow.commit()
    return moved


def _known(uow: UnitOfWork, by: Person, organization_id: str) -> Organization:
    """An organization that an administrator looks after. Raises `NotPermitted` and `OrganizationNotThere`."""
    scope = scopes.scope_of(uow, by)
    permissions.check_administers(by, by.organization, scope)
    found = next((each for each in uow.organizations.all() if each.organization_id == organization_id), None)
    if found is None or not scope.covers(found.name):
        raise OrganizationNotThere
    return found


def _named(uow: UnitOfWork, name: str, *, but: str = "") -> str:
    name = " ".join(name.split())
    if not name:
        raise OrganizationMissing
    for each in uow.organizations.all():
        if each.organization_id != but and folded(name) in map(folded, (each.name, *each.former)):
            raise OrganizationTaken(name=name)
    return name


def _refuse_running(uow: UnitOfWork, name: str) -> None:
    names = frozenset(each for each in uow.organizations.written() if folded(each) == folded(name))
    running = uow.plans.count_rows(PlanFilter(organizations=names, statuses=frozenset({PlanStatus.RUNNING})))
    if running:
        raise StillRunning(count=running, name=name)


def _free_id(name: str, taken: Sequence[Organization]) -> str:
    ids = {each.organization_id for each in taken}
    base = slug(name)[: LONGEST_ID - 4]
    names = (base if number == 1 else f"{base}-{number}" for number in range(1, len(ids) + 2))
    return next(each for each in names if each not in ids)

"""Who may see what: a person's own organization and all below it; one of no organization sees the whole installation.

A plan outside is not there for them: that it exists is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workflow.domain.cycle import Cycle
from workflow.domain.errors import PlanNotFound
from workflow.domain.names import folded
from workflow.ports import Organization, Person, UnitOfWork


@dataclass(frozen=True, slots=True)
class Scope:
    """The organizations whose plans and people may be seen.

    `organizations`: their names as they are written, to be passed to every list (`PlanFilter.organizations` and the
    like); None: all. `keys`: the same as they are compared.
    """

    organizations: frozenset[str] | None
    keys: frozenset[str] | None

    def covers(self, organization: str) -> bool:
        """Whether an organization, however it is spelled, may be seen; "" stands for the whole installation."""
        return self.keys is None or folded(organization) in self.keys

    def narrowed(self, organization: str) -> frozenset[str] | None:
        """The names for a list of one organization of the scope; "" for all of it. One outside gives an empty list."""
        if not organization.strip():
            return self.organizations
        if self.organizations is None:
            return frozenset({organization})
        return frozenset(name for name in self.organizations if folded(name) == folded(organization))


EVERYTHING = Scope(None, None)
NOTHING = Scope(frozenset(), frozenset())


def scope_of(uow: UnitOfWork, person: Person) -> Scope:
    """What a person may see, in two queries at most."""
    if not person.active:
        return NOTHING
    if not folded(person.organization):
        return EVERYTHING
    tree = uow.organizations.all()
    names = {person.organization, *names_below(tree, person.organization)}
    keys = frozenset(map(folded, names))
    return Scope(frozenset(names | {name for name in uow.organizations.written() if folded(name) in keys}), keys)


def plan(uow: UnitOfWork, seen_by: Person | Scope, plan_id: str) -> Cycle:
    """A plan as somebody may see it. Raises `PlanNotFound`, for one outside their scope, too."""
    scope = seen_by if isinstance(seen_by, Scope) else scope_of(uow, seen_by)
    cycle = uow.plans.get(plan_id)
    if not scope.covers(cycle.definition.organization):
        raise PlanNotFound(plan=plan_id)
    return cycle


def names_below(tree: Iterable[Organization], organization: str) -> Iterator[str]:
    """Present and former names of an organization and of all below it, whichever of its names is given."""
    tree = list(tree)
    key = folded(organization)
    roots = [each for each in tree if key in map(folded, (each.name, *each.former))]
    for each in (*roots, *below(tree, {root.organization_id for root in roots})):
        yield each.name
        yield from each.former


def below(tree: Iterable[Organization], roots: Iterable[str]) -> list[Organization]:
    """All organizations under some, given by id, without these; each once, whatever circle a damaged tree has."""
    found: dict[str, Organization] = {}
    seen = set(roots)
    children: dict[str | None, list[Organization]] = {}
    for each in tree:
        children.setdefault(each.parent_id, []).append(each)
    waiting = list(seen)
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child.organization_id not in seen:
                seen.add(child.organization_id)
                found[child.organization_id] = child
                waiting.append(child.organization_id)
    return list(found.values())

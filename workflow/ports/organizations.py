"""Who belongs where: the tree of organizations, and how people are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from workflow.domain.ladder import Audience


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization of the installation; `parent_id` None: nobody is above it.

    Plans and people bear its `name`; `former` are the names that it had, which ended plans still bear.
    """

    organization_id: str
    name: str
    parent_id: str | None = None
    former: tuple[str, ...] = ()


class Organizations(Protocol):
    """The tree of organizations. Plans may bear names that are not in it."""

    def put(self, organization: Organization) -> None:
        """Add an organization, or replace the one with the same id."""
        ...

    def remove(self, organization_id: str) -> None:
        """Take one out of the tree; nothing happens when it is not there."""
        ...

    def all(self) -> list[Organization]:
        """All of them, by name, then id."""
        ...

    def written(self) -> list[str]:
        """Every name of an organization that plans bear, as they bear it, in order of code points."""
        ...


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which people are asked for; None asks nothing, an empty set is met by nobody.

    `organizations`: as organizations are compared, whatever the spelling. `text`: words that all must occur, without
    accents, in the name, the unit, the organization, the address or the id.
    """

    organizations: frozenset[str] | None = None
    text: str | None = None
    role: Audience | None = None
    active: bool | None = None
    administrator: bool | None = None


EVERYBODY = PeopleFilter()

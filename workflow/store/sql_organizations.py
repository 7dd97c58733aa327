"""The tree of organizations in a database, on one transaction."""

from __future__ import annotations

import json

from sqlalchemy import Connection, delete, select

from workflow.ports import Organization
from workflow.store.columns import as_columns, columns_of, put
from workflow.store.tables import ORGANIZATIONS, PLANS


class SqlOrganizations:
    """`Organizations` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, organization: Organization) -> None:
        """Add an organization, or replace the one with the same id."""
        row = as_columns(organization) | {"former": json.dumps(organization.former, ensure_ascii=False)}
        put(self._connection, ORGANIZATIONS, [row])

    def remove(self, organization_id: str) -> None:
        """Take one out of the tree; nothing happens when it is not there."""
        self._connection.execute(delete(ORGANIZATIONS).where(ORGANIZATIONS.c.organization_id == organization_id))

    def all(self) -> list[Organization]:
        """All of them, by name, then id."""
        rows = self._connection.execute(select(*columns_of(ORGANIZATIONS, Organization)))
        found = [Organization(key, name, parent, tuple(json.loads(former))) for key, name, parent, former in rows]
        return sorted(found, key=lambda each: (each.name, each.organization_id))

    def written(self) -> list[str]:
        """Every name of an organization that plans bear, as they bear it, in order of code points."""
        return sorted(self._connection.scalars(select(PLANS.c.organization).distinct()))

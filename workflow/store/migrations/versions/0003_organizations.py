"""The tree of organizations; administrators, people who have left, what people are searched and compared by; petitions
that nobody has been told to answer have an index of their own.

A migration stands alone: it never imports today's tables.
"""

from __future__ import annotations

import unicodedata
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table and the columns, and fill in what is searched."""
    op.create_table(
        "organizations",
        sa.Column("organization_id", KEY, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("parent_id", KEY, nullable=True),
        sa.Column("former", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", name="pk_organizations"),
    )
    for name, kind, default in (
        ("administrator", sa.Boolean, "false"),
        ("active", sa.Boolean, "true"),
        ("folded", KEY, "''"),
        ("organization_key", KEY, "''"),
        ("email_key", KEY, "''"),
    ):
        op.add_column("people", sa.Column(name, kind, nullable=False, server_default=sa.text(default)))
    _fill_in(op.get_bind())
    op.create_index("ix_people_organization_key", "people", ["organization_key", "folded"])
    op.create_index("ix_people_email_key", "people", ["email_key"])
    unled = sa.text("answered_where IS NULL AND duplicate_of IS NULL AND lead_key IS NULL")
    op.create_index("ix_petitions_unled", "petitions", ["organization"], sqlite_where=unled, postgresql_where=unled)


def _fill_in(connection: sa.Connection) -> None:
    columns = ("person_id", "name", "unit", "organization", "email", "folded", "organization_key", "email_key")
    people = sa.table("people", *(sa.column(name) for name in columns))
    found = connection.execute(sa.select(*people.c)).mappings().all()
    for row in found:
        change = sa.update(people).where(people.c.person_id == row["person_id"])
        connection.execute(change.values(_searched(row)))


def _searched(row: Any) -> dict[str, str]:
    texts = (row["name"], row["person_id"], row["unit"], row["organization"], row["email"])
    return {
        "folded": _folded(" ".join(text for text in texts if text)),
        "organization_key": " ".join(unicodedata.normalize("NFC", row["organization"]).casefold().split()),
        "email_key": (row["email"] or "").strip().lower(),
    }


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).replace("\0", " ").split())

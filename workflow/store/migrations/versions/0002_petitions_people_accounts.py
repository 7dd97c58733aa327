"""Petitions, parts and what limits count over; contacts, absences, ladders, decisions, anchors; sessions and tokens.

Columns added to tables that hold rows have a default; what follows from the log is filled in after all migrations.
A migration stands alone: it never imports today's tables.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True)
WORD = sa.String(32)


def upgrade() -> None:
    """Add columns, tables and indexes."""
    _add_columns()
    _make_petitions()
    _make_people()
    _make_settings()
    _make_accounts()
    _make_answers_and_views()
    _make_indexes()


def _column(name: str, kind: Any, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=null)


def _later(name: str, kind: Any, default: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, server_default=sa.text(default))


def _table(name: str, key: tuple[str, ...], *columns: sa.Column[Any], of_plan: bool = False) -> None:
    constraints: list[Any] = [sa.PrimaryKeyConstraint(*key, name=f"pk_{name}")]
    if of_plan:
        constraints.append(sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=f"fk_{name}_plan_id_plans"))
    op.create_table(name, *columns, *constraints)


def _add_columns() -> None:
    added: dict[str, tuple[sa.Column[Any], ...]] = {
        "plans": (_later("folded", KEY, "''"),),
        "steps": (
            _column("part_of", KEY, null=True),
            _later("parts", sa.Integer, "0"),
            _column("event_on", sa.Date, null=True),
            _later("stopped", sa.Boolean, "false"),
            _later("extended", sa.Boolean, "false"),
            _later("organization", sa.Text, "''"),
            _column("counts_since", sa.Date, null=True),
            _column("counts_until", sa.Date, null=True),
            _column("owner_key", KEY, null=True),
        ),
        "notices": (_later("about", sa.Text, "''"),),
    }
    for table, columns in added.items():
        for column in columns:
            op.add_column(table, column)


def _make_petitions() -> None:
    _table(
        "petitions",
        ("plan_id", "petition_id"),
        _column("plan_id", KEY),
        _column("petition_id", KEY),
        _column("place", sa.Integer),
        _column("text", sa.Text),
        _column("petitioner_name", sa.Text, null=True),
        _column("petitioner_unit", sa.Text, null=True),
        _column("anonymous", sa.Boolean),
        _column("raised_when", WORD),
        _column("raised_on", sa.Date),
        _column("topic", sa.Text, null=True),
        _column("authority", WORD, null=True),
        _column("lead", sa.Text, null=True),
        _column("duplicate_of", KEY, null=True),
        _column("answered_where", WORD, null=True),
        _column("result", WORD, null=True),
        _column("answered_on", sa.Date, null=True),
        _column("document_number", sa.Text, null=True),
        _column("told_on", sa.Date, null=True),
        _column("step", KEY, null=True),
        _column("organization", sa.Text),
        _column("folded", KEY),
        _column("lead_key", KEY, null=True),
        of_plan=True,
    )


def _make_people() -> None:
    _table(
        "contacts",
        ("person_id", "place"),
        _column("person_id", KEY),
        _column("place", sa.Integer),
        _column("channel", sa.Text),
        _column("address", sa.Text),
    )
    _table(
        "absences",
        ("absence_id",),
        _column("absence_id", KEY),
        _column("person_id", KEY),
        _column("since", sa.Date),
        _column("until", sa.Date),
        _column("substitute_id", KEY, null=True),
    )


def _make_settings() -> None:
    _table(
        "ladders",
        ("kind",),
        _column("kind", WORD),
        _column("payload", sa.Text, null=True),
        _column("set_at", INSTANT),
        _column("actor", sa.Text),
    )
    _table(
        "decisions",
        ("name",),
        _column("name", KEY),
        _column("text", sa.Text),
        _column("adopted_at", INSTANT),
        _column("actor", sa.Text),
    )
    _table(
        "anchors",
        ("day",),
        _column("day", sa.Date),
        _column("digest", sa.Text),
        _column("previous", sa.Text),
        _column("heads", sa.Text),
        _column("made_at", INSTANT),
    )
    _table("heartbeats", ("job",), _column("job", KEY), _column("last_at", INSTANT))


def _make_accounts() -> None:
    _table(
        "sessions",
        ("digest",),
        _column("digest", KEY),
        _column("person_id", KEY),
        _column("created_at", INSTANT),
        _column("last_seen_at", INSTANT),
        _column("expires_at", INSTANT),
        _column("revoked_at", INSTANT, null=True),
        _column("agent", sa.Text),
    )
    _table(
        "passwords",
        ("person_id",),
        _column("person_id", KEY),
        _column("hash", sa.Text),
        _column("changed_at", INSTANT),
    )
    _table(
        "tokens",
        ("token_id",),
        _column("token_id", KEY),
        _column("digest", KEY),
        _column("person_id", KEY),
        _column("name", sa.Text),
        _column("scopes", sa.Text),
        _column("created_at", INSTANT),
        _column("expires_at", INSTANT, null=True),
        _column("last_used_at", INSTANT, null=True),
        _column("revoked_at", INSTANT, null=True),
    )


def _make_answers_and_views() -> None:
    _table(
        "answered_requests",
        ("key",),
        _column("key", KEY),
        _column("request", sa.Text),
        _column("status", sa.Integer),
        _column("body", sa.Text),
        _column("expires_at", INSTANT),
    )
    _table(
        "saved_views",
        ("person_id", "name"),
        _column("person_id", KEY),
        _column("name", KEY),
        _column("query", sa.Text),
    )


def _make_indexes() -> None:
    counted = sa.text("counts_until IS NOT NULL")
    op.create_index(
        "ix_steps_counting", "steps", ["counts_until", "counts_since"], sqlite_where=counted, postgresql_where=counted
    )
    limits = ["due_on", "due_at", "plan_id", "place", "projected"]
    op.create_index("ix_steps_limits", "steps", limits, sqlite_where=counted, postgresql_where=counted)
    op.create_index("ix_steps_owner", "steps", ["owner_key", "status", "plan_id"])
    judged = ["verdict", "status", "due_at", "projected", "parts", "done_at"]
    op.create_index("ix_steps_report", "steps", ["organization", "due_on", "owner", "kind", *judged])
    op.create_index("ix_plans_organization", "plans", ["organization", "status"])
    op.create_index("ix_petitions_organization", "petitions", ["organization", "plan_id", "place"])
    op.drop_index("ix_notices_status_try_at", "notices")
    op.create_index("ix_notices_status_owed_at", "notices", ["status", "owed_at", "key", "try_at"])
    op.create_index("ix_absences_person_id", "absences", ["person_id"])
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"])
    op.create_index("ix_tokens_person_id", "tokens", ["person_id"])
    op.create_index("uq_tokens_digest", "tokens", ["digest"], unique=True)

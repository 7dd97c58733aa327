"""The first schema: the log, its read tables, notices, people, board links, leases, sign-ins.

A migration stands alone: it never imports today's tables.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True)
WORD = sa.String(32)


def upgrade() -> None:
    """Make every table, and give the database its name."""
    _make_log()
    _make_plans()
    _make_steps()
    _make_revisions()
    _make_outbox()
    _make_directory()
    _make_upkeep()


def _column(name: str, kind: Any, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=null)


def _table(name: str, key: tuple[str, ...], *columns: sa.Column[Any], of_plan: bool = False) -> sa.Table:
    constraints: list[Any] = [sa.PrimaryKeyConstraint(*key, name=f"pk_{name}")]
    if of_plan:
        constraints.append(sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=f"fk_{name}_plan_id_plans"))
    return op.create_table(name, *columns, *constraints)


def _make_log() -> None:
    _table(
        "events",
        ("plan_id", "version"),
        _column("plan_id", KEY),
        _column("version", sa.Integer),
        _column("type", sa.Text),
        _column("payload", sa.Text),
        _column("happened_at", INSTANT),
        _column("recorded_at", INSTANT),
        _column("actor", sa.Text),
        _column("previous_hash", sa.Text),
        _column("hash", sa.Text),
    )


def _make_plans() -> None:
    _table(
        "plans",
        ("plan_id",),
        _column("plan_id", KEY),
        _column("title", sa.Text),
        _column("kind", WORD),
        _column("organization", sa.Text),
        _column("calendar", sa.Text),
        _column("status", WORD),
        _column("started_at", INSTANT),
        _column("meeting_on", sa.Date, null=True),
        _column("meeting_month", sa.Text, null=True),
        _column("version", sa.Integer),
        _column("steps", sa.Integer),
        _column("done", sa.Integer),
        _column("next_step", sa.Text, null=True),
        _column("next_due_on", sa.Date, null=True),
        _column("next_due_at", INSTANT, null=True),
    )


def _make_steps() -> None:
    _table(
        "steps",
        ("plan_id", "key"),
        _column("plan_id", KEY),
        _column("key", KEY),
        _column("place", sa.Integer),
        _column("name", sa.Text),
        _column("kind", WORD),
        _column("owner", sa.Text, null=True),
        _column("status", WORD),
        _column("opened_at", INSTANT, null=True),
        _column("revision", sa.Integer),
        _column("due_on", sa.Date, null=True),
        _column("due_at", INSTANT, null=True),
        _column("safe_on", sa.Date, null=True),
        _column("projected", sa.Boolean),
        _column("provisional", sa.Boolean),
        _column("done_at", INSTANT, null=True),
        _column("verdict", WORD, null=True),
        _column("late_working_days", sa.Integer),
        _column("back_dated", sa.Boolean),
        _column("wake_at", INSTANT, null=True),
        of_plan=True,
    )
    waking = sa.text("wake_at IS NOT NULL")
    op.create_index("ix_steps_waking", "steps", ["wake_at", "plan_id"], sqlite_where=waking, postgresql_where=waking)


def _make_revisions() -> None:
    _table(
        "deadline_revisions",
        ("plan_id", "version"),
        _column("plan_id", KEY),
        _column("version", sa.Integer),
        _column("step", KEY),
        _column("revision", sa.Integer),
        _column("due_on", sa.Date, null=True),
        _column("due_at", INSTANT, null=True),
        _column("projected", sa.Boolean),
        _column("why", sa.Text),
        _column("recorded_at", INSTANT),
        _column("actor", sa.Text),
        of_plan=True,
    )


def _make_outbox() -> None:
    _table(
        "notices",
        ("key",),
        _column("key", KEY),
        _column("plan_id", KEY),
        _column("step", KEY),
        _column("revision", sa.Integer),
        _column("rung", sa.Text),
        _column("person_id", KEY),
        _column("person_name", sa.Text),
        _column("address", sa.Text, null=True),
        _column("channel", sa.Text),
        _column("owed_at", INSTANT),
        _column("status", WORD),
        _column("attempts", sa.Integer),
        _column("try_at", INSTANT, null=True),
        _column("sent_at", INSTANT, null=True),
        _column("reason", sa.Text, null=True),
    )
    op.create_index("ix_notices_status_try_at", "notices", ["status", "try_at"])
    op.create_index("ix_notices_plan_id", "notices", ["plan_id"])


def _make_directory() -> None:
    _table(
        "people",
        ("person_id",),
        _column("person_id", KEY),
        _column("name", sa.Text),
        _column("email", sa.Text, null=True),
        _column("unit", sa.Text),
        _column("role", WORD),
        _column("organization", sa.Text),
    )
    op.create_index("ix_people_organization_role", "people", ["organization", "role"])
    _table(
        "sign_ins",
        ("digest",),
        _column("digest", KEY),
        _column("person_id", KEY),
        _column("expires_at", INSTANT),
        _column("used_at", INSTANT, null=True),
    )


def _make_upkeep() -> None:
    _table(
        "board_links",
        ("plan_id",),
        _column("plan_id", KEY),
        _column("flow_run_id", sa.Text),
        _column("fingerprint", sa.Text),
    )
    _table("leases", ("job",), _column("job", KEY), _column("owner", sa.Text), _column("until", INSTANT))
    installation = _table("installation", ("installation_id",), _column("installation_id", KEY))
    op.bulk_insert(installation, [{"installation_id": str(uuid4())}])

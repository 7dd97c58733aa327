"""All tables by name, with their indexes."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Index, Table, and_

from workflow.store import account_tables, plan_tables, record_tables
from workflow.store.table_base import Kept

METADATA = Kept.metadata


def _table(kind: type[Kept]) -> Table:
    return METADATA.tables[str(kind.__tablename__)]


PLANS, STEPS, REVISIONS = _table(plan_tables.Plan), _table(plan_tables.Step), _table(plan_tables.Revision)
PETITIONS, EVENTS = _table(plan_tables.RaisedPetition), _table(plan_tables.LoggedEvent)
NOTICES, PEOPLE = _table(record_tables.OwedNotice), _table(record_tables.SeatedPerson)
CONTACTS, ABSENCES = _table(record_tables.PersonContact), _table(record_tables.AwayPerson)
ORGANIZATIONS = _table(record_tables.SeatedOrganization)
LADDERS, DECISIONS = _table(record_tables.KindsLadder), _table(record_tables.AdoptedDecision)
ANCHORS, HEARTBEATS = _table(record_tables.DaysAnchor), _table(record_tables.Heartbeat)
BOARD_LINKS, LEASES = _table(record_tables.BoardLink), _table(record_tables.Lease)
INSTALLATION = _table(record_tables.Installation)
SIGN_INS, SESSIONS = _table(account_tables.SignIn), _table(account_tables.OpenSession)
PASSWORDS, TOKENS = _table(account_tables.PasswordHash), _table(account_tables.ProgramToken)
ANSWERED, SAVED_VIEWS = _table(account_tables.AnsweredRequest), _table(account_tables.KeptView)


def _index(name: str, *columns: ColumnElement[object], where: ColumnElement[bool] | None = None) -> None:
    """An index of the rows for which `where` holds; what it is for stands beside it."""
    Index(name, *columns, sqlite_where=where, postgresql_where=where)


S, N, Q = STEPS.c, NOTICES.c, PETITIONS.c

# What the sweep, a change of days and the lists of work ask: only rows that are unfinished are in them.
_index("ix_steps_waking", S.wake_at, S.plan_id, where=S.wake_at.is_not(None))
_index("ix_steps_counting", S.counts_until, S.counts_since, where=S.counts_until.is_not(None))
_index("ix_steps_limits", S.due_on, S.due_at, S.plan_id, S.place, S.projected, where=S.counts_until.is_not(None))
_index("ix_steps_owner", S.owner_key, S.status, S.plan_id)
# The on-time report is answered from this one alone.
_index(
    "ix_steps_report",
    *(S.organization, S.due_on, S.owner, S.kind),
    *(S.verdict, S.status, S.due_at, S.projected, S.parts, S.done_at),
)
_index("ix_plans_organization", PLANS.c.organization, PLANS.c.status)
_index("ix_petitions_organization", PETITIONS.c.organization, PETITIONS.c.plan_id, PETITIONS.c.place)
# Open petitions that nobody has been told to answer.
_index(
    "ix_petitions_unled",
    Q.organization,
    where=and_(Q.answered_where.is_(None), Q.duplicate_of.is_(None), Q.lead_key.is_(None)),
)
_index("ix_notices_status_owed_at", N.status, N.owed_at, N.key, N.try_at)
_index("ix_notices_plan_id", N.plan_id)
_index("ix_people_organization_role", PEOPLE.c.organization, PEOPLE.c.role)
_index("ix_people_organization_key", PEOPLE.c.organization_key, PEOPLE.c.folded)
_index("ix_people_email_key", PEOPLE.c.email_key)
_index("ix_absences_person_id", ABSENCES.c.person_id)
_index("ix_sessions_person_id", SESSIONS.c.person_id)
_index("ix_tokens_person_id", TOKENS.c.person_id)
Index("uq_tokens_digest", TOKENS.c.digest, unique=True)

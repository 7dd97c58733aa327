"""Runs the migrations on the connection that `workflow.store.migrate` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from workflow.store.schema import VERSION_TABLE
from workflow.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
)
context.run_migrations()

"""Runs the migrations on the connection that `workflow.store.migrate` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from workflow.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()

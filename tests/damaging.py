"""Plans that somebody or something has damaged behind the engine's back."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import text

from workflow.ports import Store
from workflow.store.memory import MemoryStore
from workflow.store.remembering import ReadBefore
from workflow.store.sql import SqlStore


def damage(store: Store, plan_id: str) -> None:
    """Empty every event of a plan, for a program that starts afterwards; its read tables stay as they are."""
    if isinstance(store, MemoryStore):
        logs = store._contents.logs
        logs[plan_id] = tuple(replace(entry, payload="{}") for entry in logs[plan_id])
        store.read_before = ReadBefore()
        return
    assert isinstance(store, SqlStore)
    store._read_before = ReadBefore()
    with store.engine.begin() as connection:
        connection.execute(text("update events set payload = '{}' where plan_id = :plan"), {"plan": plan_id})

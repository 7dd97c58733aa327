"""From a draft as the document states it to a whole one: the order of its steps, what the law adds, a schedule, findings."""

from __future__ import annotations

from workflow.intake.completing.whole import complete

__all__ = ["complete"]

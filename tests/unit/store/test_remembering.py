"""What was folded before is continued, never trusted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import DIALOGUE, at, record
from tests.contract.acting import STARTED_AT, TERMS
from workflow.domain.commands import CancelPlan, StartPlan
from workflow.domain.decide import decide
from workflow.domain.evolving import fold
from workflow.store.chain import FIRST, Entry
from workflow.store.codec import decode, encode
from workflow.store.errors import EventUnreadable
from workflow.store.remembering import ReadBefore


def log_of(plan_id: str = "p1") -> list[Entry]:
    """The log of a plan that was started and called off."""
    begun = decide(StartPlan(plan_id, DIALOGUE, date(2026, 4, 6)), None, at=STARTED_AT, actor="lan", terms=TERMS)
    log = record(plan_id, begun, 0, STARTED_AT)
    ended = decide(CancelPlan("hoãn"), fold(log), at=at("2026-04-10"), actor="lan", terms=TERMS)
    entries: list[Entry] = []
    for each in [*log, *record(plan_id, ended, len(log), at("2026-04-10"))]:
        entries.append(encode(each, entries[-1].hash if entries else FIRST))
    return entries


def test_a_log_that_has_grown_is_continued_from_where_it_was() -> None:
    log, before = log_of(), ReadBefore()
    first = before.load("p1", log[:-1])
    whole = before.load("p1", log)
    assert whole.cycle == fold(decode(entry) for entry in log)
    assert all(one is other for one, other in zip(first.log, whole.log, strict=False))
    assert (whole.log, whole.last_hash) == (tuple(decode(entry) for entry in log), log[-1].hash)


def test_a_log_that_is_shorter_than_it_was_is_folded_anew() -> None:
    log, before = log_of(), ReadBefore()
    before.load("p1", log)
    assert before.load("p1", log[:-1]).cycle == fold(decode(entry) for entry in log[:-1])


def test_a_log_of_which_a_line_has_changed_is_folded_anew() -> None:
    log, before = log_of(), ReadBefore()
    before.load("p1", log)
    with pytest.raises(EventUnreadable, match="số 2"):
        before.load("p1", [log[0], replace(log[1], payload="{"), *log[2:]])


def test_no_more_lines_are_remembered_than_may_be() -> None:
    logs = {plan_id: log_of(plan_id) for plan_id in ("p1", "p2", "p3")}
    before = ReadBefore(most_lines=2 * len(logs["p1"]))
    first = {plan_id: before.load(plan_id, log).log for plan_id, log in logs.items()}
    again = {plan_id: before.load(plan_id, logs[plan_id]).log for plan_id in ("p3", "p2", "p1")}
    assert [again[plan_id][0] is first[plan_id][0] for plan_id in ("p1", "p2", "p3")] == [False, True, True]

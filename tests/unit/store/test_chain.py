"""The hash chain: whatever is done to a line of a log later, the chain tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.store.chain import FIRST, Entry, canonical_instant, digest, faults, sealed

NOON = datetime(2026, 4, 6, 5, tzinfo=UTC)


def log_of(length: int) -> list[Entry]:
    """A whole log."""
    log: list[Entry] = []
    for version in range(1, length + 1):
        entry = Entry("p1", version, "step_opened", f'{{"step":"s{version}"}}', NOON, NOON, "lan", "", "")
        log.append(sealed(entry, log[-1].hash if log else FIRST))
    return log


def test_a_whole_log_has_no_faults() -> None:
    assert faults([]) == []
    assert faults(log_of(5)) == []
    assert faults(log_of(5), 5) == []


def test_the_hash_is_the_one_that_old_logs_hold() -> None:
    entry = Entry("p1", 1, "step_opened", '{"step":"đ"}', NOON, NOON, "lan", FIRST, "")
    assert digest(entry) == "9a3ded4a65616528c8bd2511f9e319bb712cafdf965d081ffd4fcd91a9ed61a0"


@pytest.mark.parametrize(
    "change",
    [
        {"plan_id": "p2"},
        {"type": "plan_completed"},
        {"payload": '{"step":"other"}'},
        {"happened_at": NOON + timedelta(microseconds=1)},
        {"recorded_at": NOON - timedelta(days=1)},
        {"actor": "minh"},
    ],
    ids=str,
)
def test_an_altered_entry_is_named(change: dict[str, Any]) -> None:
    log = log_of(4)
    log[2] = replace(log[2], **change)
    assert faults(log) == ["nội dung sự kiện số 3 đã bị sửa sau khi ghi"]


def test_an_altered_entry_sealed_anew_no_longer_fits_the_next() -> None:
    log = log_of(4)
    log[2] = sealed(replace(log[2], actor="minh"), log[1].hash)
    assert faults(log) == ["sự kiện số 4 không nối với sự kiện đứng trước nó"]


@given(st.integers(2, 6), st.data())
def test_an_entry_removed_from_within_leaves_a_gap(length: int, data: st.DataObject) -> None:
    log = log_of(length)
    gone = data.draw(st.integers(0, length - 2))
    del log[gone]
    assert faults(log) == [f"sau sự kiện số {gone} là số {gone + 2}, không liền mạch"]


def test_entries_cut_from_the_end_are_missed_by_the_version_the_log_should_have() -> None:
    assert faults(log_of(5)[:3], 5) == ["nhật ký kết thúc ở sự kiện số 3, lẽ ra phải đến số 5"]


def test_two_entries_exchanged_are_found() -> None:
    log = log_of(4)
    log[1], log[2] = log[2], log[1]
    assert faults(log)


def test_the_first_fault_comes_first() -> None:
    log = log_of(6)
    for place in (1, 4):
        log[place] = replace(log[place], actor="minh")
    assert [fault.split("số ")[1][0] for fault in faults(log)] == ["2", "5"]


def test_an_instant_has_one_text_whatever_its_zone() -> None:
    hanoi = NOON.astimezone(timezone(timedelta(hours=7)))
    assert canonical_instant(hanoi) == canonical_instant(NOON) == "2026-04-06T05:00:00.000000+00:00"


def test_an_instant_without_a_zone_has_none() -> None:
    with pytest.raises(ValueError, match="zone"):
        canonical_instant(NOON.replace(tzinfo=None))

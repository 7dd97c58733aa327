"""How often one may try."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import at
from workflow.services.attempts import Attempts, TooManyAttempts

NOW = at("2026-04-22")
MINUTE = timedelta(minutes=1)


def test_an_account_waits_until_its_oldest_failure_is_past() -> None:
    attempts = Attempts(per_account=2)
    attempts.begin("lan", "a", NOW)
    attempts.begin("lan", "b", NOW + 5 * MINUTE)
    with pytest.raises(TooManyAttempts) as refused:
        attempts.begin("lan", "c", NOW + 6 * MINUTE)
    assert refused.value.fields == {"minutes": 9}
    attempts.begin("lan", "c", NOW + 15 * MINUTE)
    attempts.begin("minh", "c", NOW)


def test_an_address_waits_whatever_accounts_it_tries() -> None:
    attempts = Attempts(per_address=2)
    for name in ("lan", "minh"):
        attempts.begin(name, "a", NOW)
    with pytest.raises(TooManyAttempts):
        attempts.begin("hoa", "a", NOW)
    attempts.begin("hoa", "b", NOW)


def test_a_success_counts_against_nobody() -> None:
    attempts = Attempts(per_account=2, per_address=3)
    for _ in range(9):
        attempts.begin("lan", "a", NOW)
        attempts.succeeded("lan", "a")
    assert not any(attempts._failures.values())


def test_invented_names_fill_no_memory() -> None:
    attempts = Attempts(per_address=10**9)
    for number in range(20_100):
        attempts.begin(f"name {number}", "a", NOW)
    assert len(attempts._failures) < 10_002

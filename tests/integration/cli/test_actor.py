"""Whom the log names for what is recorded from the command line."""

from __future__ import annotations

import getpass
import os

import pytest

from workflow.cli.plans import actor


@pytest.mark.parametrize("error", [KeyError("getpwuid(): uid not found: 12345"), OSError("No username set")])
def test_a_person_without_a_name_on_this_machine_goes_by_the_number(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def nobody() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert actor() == f"cli:{os.getuid()}"

"""The pinned versions fit what the project asks for."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import ROOT

LINES = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
PINS = {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in LINES)}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
ASKED_FOR = [*PROJECT["dependencies"], *EXTRAS["test"], *EXTRAS["bench"]]


def test_every_line_is_a_name_and_a_version() -> None:
    assert [line for line in LINES if not re.fullmatch(r"[A-Za-z0-9][\w.-]*==[\w.]+", line)] == []


def test_lines_stand_in_alphabetical_order_and_none_twice() -> None:
    names = [line.partition("==")[0].upper() for line in LINES]
    assert names == sorted(set(names))


@pytest.mark.parametrize("asked", ASKED_FOR)
def test_everything_asked_for_is_pinned_to_a_version_that_fits(asked: str) -> None:
    requirement = Requirement(asked)
    assert requirement.specifier.contains(PINS[canonicalize_name(requirement.name)])


def test_certifi_is_free_because_not_every_index_has_its_newest_versions() -> None:
    assert "certifi" not in PINS

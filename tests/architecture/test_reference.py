"""The reference names what there is, all of it and nothing else."""

from __future__ import annotations

import re

from tests.architecture.source import ROOT
from workflow.settings import Settings

SETTINGS = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")


def test_every_setting_is_in_the_reference_and_none_that_is_not() -> None:
    described = re.findall(r"^\| `(DOITHOAI_\w+)` ", SETTINGS, re.MULTILINE)
    assert sorted(described) == sorted(f"DOITHOAI_{name.upper()}" for name in Settings.model_fields)

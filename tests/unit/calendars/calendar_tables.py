"""Reads the hand-made answers of tests/tables and the facts that lie beside the project."""

from __future__ import annotations

import csv
import json
import os
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FACTS = ROOT.parent / "shared" / "facts" / "vn_official_days.json"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table; lines that begin with # are remarks."""
    text = (ROOT / "tests" / "tables" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def official_facts() -> dict[date, str]:
    """The kind of every special day by the facts beside the project, which a checkout elsewhere may lack."""
    if not FACTS.exists() and os.environ.get("CI") != "true":
        pytest.skip("the facts do not lie beside this checkout")
    years = json.loads(FACTS.read_text(encoding="utf-8"))
    return {date.fromisoformat(day["date"]): day["kind"] for days in years.values() for day in days}

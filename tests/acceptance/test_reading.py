"""The five plans beside the project: from a document as it reached an office to a plan that runs, by the real command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import Doithoai
from tests.intake.plans import plan_files, present

PLANS = list(plan_files())

pytestmark = pytest.mark.skipif(not present(), reason="the labelled plans are not here")


@pytest.fixture(params=PLANS, ids=lambda path: f"S{int(path.name[:3])}")
def document(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_there_are_five() -> None:
    assert len(PLANS) == 5


def test_a_document_is_read_checked_rehearsed_to_its_end_and_started(
    doithoai: Doithoai, answer: Callable[..., Any], document: Path, tmp_path: Path
) -> None:
    plan, page = tmp_path / "plan.yaml", tmp_path / "page.html"
    draft = answer("read", str(document), "--out", str(plan), "--html", str(page))
    about = {(finding["code"], key) for finding in draft["findings"] for key in finding["steps"]}
    checked = answer("check", str(plan))["findings"]
    assert [each for each in checked if not about & {(each["code"], key) for key in each["steps"]}] == []
    rehearsed = answer("rehearse", str(plan), "--scenario", "on_time")
    assert [step["key"] for step in rehearsed["steps"] if step["done_at"] is None] == []
    assert {step["key"] for step in rehearsed["steps"]} >= {step["key"] for step in draft["steps"]}
    started = doithoai("start", str(plan))
    assert started.returncode == 0, started.stderr
    assert 'id="viec-1"' in page.read_text(encoding="utf-8")


def test_positions_are_those_of_the_file_itself(answer: Callable[..., Any], document: Path) -> None:
    text = document.read_bytes().decode("utf-8")
    draft = answer("read", str(document))
    sources = [source for step in draft["steps"] for source in step["sources"]]
    assert sources
    assert [each for each in sources if text[each["start"] : each["end"]].split() != each["text"].split()] == []


def test_all_five_are_read_in_one_go(doithoai: Doithoai, tmp_path: Path) -> None:
    done = doithoai("read", *map(str, PLANS), "--out", str(tmp_path / "plans"), "--json")
    assert done.returncode in (0, 1), done.stderr
    assert [len(each["steps"]) > 3 for each in json.loads(done.stdout)] == [True] * 5
    assert len(list((tmp_path / "plans").glob("*.yaml"))) == 5

"""The tutorial does what it says, in both languages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from workflow.clock import SystemClock
from workflow.domain.zone import day_of

ROOT = Path(__file__).resolve().parents[2]
LESSONS = ("ke-hoach-dau-tien.md", "first-plan.md")


def blocks(lesson: str, language: str) -> list[str]:
    """The blocks of a lesson that are written in a language."""
    text = (ROOT / "docs/tutorial" / lesson).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def a_month_ahead() -> date:
    """A Wednesday that lies one to two months ahead, in the middle of its month."""
    middle = (day_of(SystemClock().now()).replace(day=1) + timedelta(days=70)).replace(day=15)
    return middle + timedelta(days=(2 - middle.weekday()) % 7)


def as_done_today(text: str) -> str:
    """What a reader does who puts a month and a day that lie ahead, and is not stopped by what `check` finds."""
    meeting = a_month_ahead()
    text = text.replace("doithoai check ke-hoach.yaml", "doithoai check ke-hoach.yaml || [ $? -eq 1 ]")
    return text.replace("2027-03", f"{meeting:%Y-%m}").replace("17/03/2027", f"{meeting:%d/%m/%Y}")


def test_both_languages_teach_the_same_commands_and_plan() -> None:
    assert [blocks(LESSONS[0], kind) for kind in ("sh", "yaml")] == [
        blocks(LESSONS[1], kind) for kind in ("sh", "yaml")
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_command_of_the_tutorial_succeeds_in_its_order(tmp_path: Path, language: str) -> None:
    (plan,) = blocks(LESSONS[0], "yaml")
    (tmp_path / "ke-hoach.yaml").write_text(as_done_today(plan), encoding="utf-8")
    lines = "".join(blocks(LESSONS[0], "sh")).splitlines()
    commands = [line for line in lines if not line.startswith(("make ", "export PATH"))]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DOITHOAI_")}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-eu", "-c", as_done_today("\n".join(commands))],
        cwd=tmp_path,
        env=kept | {"PATH": path, "DOITHOAI_LANG": language},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(commands) > 10
    assert f"{a_month_ahead():%d/%m/%Y}" in done.stdout

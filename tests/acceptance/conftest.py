"""The real command, run as its users run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

COMMAND = Path(sys.executable).with_name("doithoai")
ROOT = Path(__file__).parent.parent.parent

Doithoai = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment with a data folder of its own and nothing else of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DOITHOAI_", "PREFECT_"))}
    return kept | {"DOITHOAI_DATA": str(tmp_path / "data")}


@pytest.fixture
def doithoai(environment: dict[str, str]) -> Doithoai:
    """Run the command with words; its exit code and what it printed."""

    def call(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(COMMAND), *words],
            env=environment | more,
            capture_output=True,
            text=True,
            timeout=60,
            cwd=ROOT,
            check=False,
        )

    return call


@pytest.fixture
def answer(doithoai: Doithoai) -> Callable[..., Any]:
    """Run a command that must succeed, with --json; its answer."""

    def ask(*words: str) -> Any:
        done = doithoai(*words, "--json")
        assert done.returncode in (0, 1), done.stderr
        return json.loads(done.stdout)

    return ask

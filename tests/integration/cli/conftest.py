"""The command line in this process, on a data folder of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from workflow.cli.main import run
from workflow.cli.speech import language, speak


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


Call = Callable[..., Said]
Ask = Callable[..., Any]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Call]:
    """Run a command with words; its exit code and what it printed."""
    monkeypatch.setenv("DOITHOAI_DATA", str(tmp_path / "data"))
    before = language()

    def called(*words: str) -> Said:
        with pytest.raises(SystemExit) as stopped:
            run(words)
        said = capsys.readouterr()
        code = stopped.value.code
        return Said(code if isinstance(code, int) else 0, said.out, said.err)

    yield called
    speak(before)


@pytest.fixture
def ask(call: Call) -> Ask:
    """Run a command that must succeed, with --json; its answer."""

    def asked(*words: str) -> Any:
        said = call(*words, "--json")
        assert said.code == 0, said.err
        return json.loads(said.out)

    return asked

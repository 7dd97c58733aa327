"""Children never outlive their parent and leave nothing behind when they are stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from workflow.board.server import Child

GRANDPARENT = """
import subprocess, sys, time
sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(sleeper.pid, flush=True)
time.sleep(600)
"""
PARENT = """
import sys, time
from pathlib import Path
from workflow.board.server import Child
child = Child(["grandparent"], {"PYTHONPATH": sys.argv[1]}, Path(sys.argv[2]))
child.start()
time.sleep(600)
"""


def is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def soon(true: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether something becomes true soon."""
    for _ in range(int(seconds * 10)):
        if true():
            return True
        time.sleep(0.1)
    return False


def ends(pid: int) -> bool:
    """Whether a process ends soon."""
    return soon(lambda: not is_running(pid))


def first_number(log: Path) -> int:
    """The process id that the child writes first."""
    assert soon(lambda: log.exists() and log.read_text().endswith("\n")), log
    return int(log.read_text().split()[0])


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log for a child that starts a process of its own and writes its number."""
    (tmp_path / "grandparent.py").write_text(GRANDPARENT)
    return tmp_path / "child.log"


def child_of(log: Path) -> Child:
    return Child(["grandparent"], {"PYTHONPATH": search_path(log)}, log)


def search_path(log: Path) -> str:
    return os.pathsep.join([str(Path(__file__).parents[3]), str(log.parent)])


def test_a_stopped_child_takes_along_what_it_started(log: Path) -> None:
    child = child_of(log)
    child.start()
    grandchild = first_number(log)
    assert child.alive()
    child.stop()
    assert not child.alive()
    assert ends(grandchild)


def test_a_child_that_died_is_started_again_and_one_that_lives_is_left_alone(log: Path) -> None:
    child = child_of(log)
    child.start()
    first = first_number(log)
    child.start()
    os.kill(os.getpgid(first), signal.SIGKILL)
    assert soon(lambda: not child.alive())
    log.unlink()
    child.start()
    assert child.alive()
    second = first_number(log)
    child.stop()
    assert ends(first)
    assert ends(second)


def test_a_killed_parent_leaves_no_child_behind(log: Path) -> None:
    words = [sys.executable, "-c", PARENT, search_path(log), str(log)]
    with subprocess.Popen(words, env=os.environ | {"PYTHONPATH": search_path(log)}) as parent:
        grandchild = first_number(log)
        child = os.getpgid(grandchild)
        parent.kill()
    assert ends(child)
    assert ends(grandchild)

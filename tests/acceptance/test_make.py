"""`make` on a fresh machine: what it installs and when, and the one sentence that names what is missing.

The machine is a folder of programs of which some are made up; nothing is installed or downloaded.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = (
    "sh",
    "make",
    "awk",
    "cat",
    "cksum",
    "cp",
    "dirname",
    "echo",
    "grep",
    "id",
    "mkdir",
    "pwd",
    "rm",
    "sed",
    "tail",
)
TARGETS = ("run", "setup", "test", "check", "bench", "constraints", "clean")

OLD_PYTHON = "exit 1"
PYTHON = """
echo "python $*" >>calls
case "$*" in
"-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
"-m pip install "*) echo "ERROR: $PIP_SAYS" && [ -z "$PIP_SAYS" ] ;;
"-m playwright "* | *playwright.sync_api*) exit 1 ;;
esac
"""
PYTHON_WITHOUT_VENV = 'case "$*" in *ensurepip*) exit 1 ;; esac'
UV = """
echo "uv $*" >>calls
case "$*" in
"venv "*) mkdir -p .venv/bin && cp "$(command -v python3)" .venv/bin/python ;;
*) [ -z "$UV_FAILS" ] ;;
esac
"""
USER = "echo 1000"


@dataclass(frozen=True)
class Machine:
    """A copy of what `make` reads, and the programs that it finds."""

    project: Path
    programs: Path

    def has(self, name: str, does: str) -> Machine:
        """Put a program on the machine, written in shell."""
        program = self.programs / name
        program.unlink(missing_ok=True)
        program.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        program.chmod(0o755)
        return self

    def setup(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the set-up script."""
        return self.runs("sh", "deployments/setup.sh", *words, **environment)

    def runs(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command with nothing of the real machine in its environment."""
        return subprocess.run(
            words,
            cwd=self.project,
            env={"PATH": str(self.programs), **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def calls(self) -> list[str]:
        """What the made-up programs were asked, since the last time."""
        log = self.project / "calls"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return lines


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with a shell and make, and with neither Python, uv nor a browser."""
    project, programs = tmp_path / "project", tmp_path / "programs"
    programs.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None, f"these tests need {tool}"
        (programs / tool).symlink_to(found)
    (project / "deployments").mkdir(parents=True)
    for name in ("Makefile", "constraints.txt", "pyproject.toml", "deployments/setup.sh"):
        shutil.copy(ROOT / name, project / name)
    return Machine(project, programs)


def installs(calls: list[str]) -> list[str]:
    """The calls that install packages."""
    return [call for call in calls if "pip install" in call]


@pytest.mark.parametrize(("language", "words"), [("vi", "Cần Python 3.11"), ("en", "Python 3.11 to 3.14 is needed")])
def test_an_old_python_is_named_in_one_sentence_with_its_remedy(machine: Machine, language: str, words: str) -> None:
    answer = machine.has("python3", OLD_PYTHON).setup("install", "run", DOITHOAI_LANG=language)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)
    assert answer.stderr.startswith(words)
    assert "sudo apt install python3 python3-venv" in answer.stderr
    assert "brew install" in answer.stderr


def test_no_python_at_all_is_the_same_sentence(machine: Machine) -> None:
    assert machine.setup("install", "run").stderr == machine.has("python3", OLD_PYTHON).setup("install", "run").stderr


@pytest.mark.parametrize(("python", "package"), [("python3", "python3-venv"), ("python3.12", "python3.12-venv")])
def test_a_missing_venv_module_is_named_in_one_sentence_with_its_package(
    machine: Machine, python: str, package: str
) -> None:
    answer = machine.has(python, PYTHON_WITHOUT_VENV).setup("install", "run")
    assert (answer.returncode, answer.stderr.count("\n")) == (2, 1)
    assert f"«sudo apt install {package}»" in answer.stderr
    assert not (machine.project / ".venv").exists()


def test_a_newer_python_beside_an_old_one_is_found(machine: Machine) -> None:
    machine.has("python3", OLD_PYTHON).has("python3.13", PYTHON)
    assert machine.setup("install", "run").returncode == 0


def test_the_real_check_of_the_version_accepts_this_python(machine: Machine) -> None:
    machine.has("python3", f'case "$*" in *ensurepip*) exit 1 ;; esac; exec "{sys.executable}" "$@"')
    assert "python3-venv" in machine.setup("install", "run").stderr


def test_without_uv_pip_installs_the_pinned_set(machine: Machine) -> None:
    answer = machine.has("python3", PYTHON).setup("install", "run")
    assert answer.returncode == 0
    (install,) = installs(machine.calls())
    assert install.endswith("-c constraints.txt -e .")
    assert "pip" in answer.stderr


def test_uv_is_used_where_present(machine: Machine) -> None:
    machine.has("python3", PYTHON).has("uv", UV).setup("install", "run")
    (install,) = installs(machine.calls())
    assert install.startswith("uv pip install")
    assert install.endswith("-c constraints.txt -e .")


def test_with_uv_the_venv_module_is_not_needed(machine: Machine) -> None:
    machine.has("python3", PYTHON_WITHOUT_VENV).has("uv", UV)
    assert machine.setup("install", "run").returncode == 0


def test_pip_steps_in_when_uv_fails(machine: Machine) -> None:
    answer = machine.has("python3", PYTHON).has("uv", UV).setup("install", "run", UV_FAILS="yes")
    assert answer.returncode == 0
    assert [call.split()[0] for call in installs(machine.calls())] == ["uv", "python"]


def test_nothing_is_installed_twice_until_what_is_asked_for_changes(machine: Machine) -> None:
    machine.has("python3", PYTHON).setup("install", "run")
    machine.calls()
    again = machine.setup("install", "run")
    assert (again.returncode, again.stderr, installs(machine.calls())) == (0, "", [])
    for name in ("constraints.txt", "pyproject.toml"):
        with (machine.project / name).open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        machine.setup("install", "run")
        assert len(installs(machine.calls())) == 1, name


def test_running_needs_no_test_set_and_the_test_set_is_enough_to_run(machine: Machine) -> None:
    machine.has("python3", PYTHON)
    for wanted, installed in (("run", ["."]), ("test", [".[test]"]), ("run", [])):
        machine.setup("install", wanted)
        assert [call.split()[-1] for call in installs(machine.calls())] == installed


@pytest.mark.parametrize(
    ("pip_says", "answer_says"),
    [
        ("Temporary failure in name resolution", "kiểm tra kết nối mạng"),
        ("Could not find a version that satisfies x (from versions: none)", "kiểm tra kết nối mạng"),
        ("No space left on device", "No space left on device"),
    ],
)
def test_a_failed_installation_is_one_sentence_and_is_tried_again(
    machine: Machine, pip_says: str, answer_says: str
) -> None:
    answer = machine.has("python3", PYTHON).setup("install", "run", PIP_SAYS=pip_says)
    assert answer.returncode == 2
    progress, sentence = answer.stderr.splitlines()
    assert progress.startswith("→")
    assert answer_says in sentence
    assert ".venv/install.log" in sentence
    assert machine.setup("install", "run").returncode == 0


def test_a_browser_of_the_system_is_used_as_it_is(machine: Machine) -> None:
    machine.has("chromium", "exit 0")
    assert machine.setup("browser").stdout == f"{machine.programs}/chromium\n"


def test_a_browser_that_does_not_start_is_none(machine: Machine) -> None:
    machine.has("chromium", "exit 127").has("google-chrome", "exit 0").has("id", USER)
    assert machine.setup("browser").stdout == f"{machine.programs}/google-chrome\n"


@pytest.mark.parametrize(("environment", "status"), [({}, 0), ({"CI": "true"}, 1)])
def test_a_missing_browser_is_loud_and_fails_where_tests_decide(
    machine: Machine, environment: dict[str, str], status: int
) -> None:
    machine.has("python3", PYTHON).has("id", USER).setup("install", "test")
    answer = machine.setup("browser", **environment)
    assert (answer.returncode, answer.stdout) == (status, "")
    assert "KHÔNG CÓ CHROMIUM" in answer.stderr.splitlines()[-1]


def test_make_run_hands_the_ports_on(machine: Machine) -> None:
    recipe = machine.runs("make", "-n", "run", "PORT=8123", "PREFECT_PORT=4333").stdout
    assert recipe.splitlines()[-1] == "exec .venv/bin/doithoai up --demo --port 8123 --prefect-port 4333"


def test_make_run_has_the_ports_of_the_handbook_without_being_asked(machine: Machine) -> None:
    assert "--port 8000 --prefect-port 4200" in machine.runs("make", "-n", "run").stdout


def test_make_alone_tells_every_target(machine: Machine) -> None:
    told = machine.runs("make").stdout
    assert [target for target in TARGETS if f"make {target}" not in told] == []


def test_make_stops_at_a_missing_prerequisite(machine: Machine) -> None:
    answer = machine.has("python3", OLD_PYTHON).runs("make", "run")
    assert answer.returncode != 0
    assert "Cần Python 3.11" in answer.stderr

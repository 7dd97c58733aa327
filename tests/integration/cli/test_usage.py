"""Help and complaints about the use of a command, in the user's language and in no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from typer import rich_utils
from typer.main import get_command

from workflow.cli import usage
from workflow.cli.main import BAD_INPUT, build, run
from workflow.cli.speech import language, speak


def paths() -> Iterator[tuple[str, ...]]:
    """The words of every command and group of commands, the empty ones of the whole first."""
    yield ()
    for name, command in get_command(build()).commands.items():  # type: ignore[attr-defined]
        yield (name,)
        for inner in getattr(command, "commands", {}):
            yield (name, inner)


@pytest.fixture(autouse=True)
def spoken_before() -> Iterator[None]:
    """Let the next test speak what was spoken before."""
    before = language()
    yield
    speak(before)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """The exit code of a command and what it says, on one line."""
    with pytest.raises(SystemExit) as stopped:
        run(words)
    said = capsys.readouterr()
    code = stopped.value.code
    return code if isinstance(code, int) else 0, " ".join((said.out + said.err).split())


@pytest.mark.parametrize("words", list(paths()), ids=" ".join)
def test_help_is_in_one_language(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    code, vietnamese = told(capsys, *words, "--help")
    assert code == 0
    for english in ("Usage", "Options", "Arguments", "Commands", "[default", "[required", "Show this"):
        assert english not in vietnamese
    assert "Cách dùng: doithoai" in vietnamese
    code, english = told(capsys, *words, "--help", "--lang", "en")
    assert code == 0
    assert "Usage: doithoai" in english
    assert [letter for letter in english if letter.isalpha() and not letter.isascii()] == []


def test_typer_still_keeps_its_headings_under_the_names_that_we_give_them() -> None:
    assert all(isinstance(getattr(rich_utils, name), str) for name in usage._TITLES)


@pytest.mark.parametrize(
    ("words", "vietnamese", "english"),
    [
        (("due",), "Thiếu wording", "wording is missing"),
        (("cancel", "x"), "Thiếu --reason", "--reason is missing"),
        (("check",), "Thiếu PLAN.yaml", "PLAN.yaml is missing"),
        (("due", "x", "--nope"), "Không có tùy chọn --nope", "no option --nope"),
        (("up", "--port"), "--port cần có giá trị", "--port needs a value"),
        (("up", "--demo=3"), "--demo không nhận giá trị", "--demo takes no value"),
        (("up", "--port", "abc"), "Giá trị của --port", "The value of --port"),
        (("up", "--port", "99999999"), "Giá trị của --port", "The value of --port"),
        (("calendar", "2026", "nữa"), "Thừa «nữa»", "«nữa» is too much"),
        (
            ("due", "10 ngày", "--event", "hôm-qua"),
            "Không đọc được ngày «hôm-qua»",
            "The date «hôm-qua» cannot be read",
        ),
        (("lạ",), "Không có lệnh «lạ»", "no command «lạ»"),
        (("due", "gì đó"), "Không đọc được «gì đó»", "«gì đó» cannot be read"),
    ],
)
def test_a_command_used_wrongly_is_told_in_either_language(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], vietnamese: str, english: str
) -> None:
    code, said = told(capsys, *words)
    assert (code, vietnamese in said) == (BAD_INPUT, True), said
    code, said = told(capsys, *words, "--lang=en")
    assert (code, english in said) == (BAD_INPUT, True), said


def test_a_group_without_a_command_shows_its_help_and_complains_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["calendar"])
    said = capsys.readouterr()
    assert "Các lệnh" in said.out
    assert said.err == ""


def test_a_language_that_is_not_spoken_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "due", "x", "--lang", "fr") == (BAD_INPUT, "--lang fr: vi | en")

"""Files that are no plan files are refused by one sentence, quickly, whatever is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.planfile.plans import PLAN, told
from workflow.planfile import PlanFileErrors, parse_plan, read_plan


def refusal(path: Path) -> str:
    with pytest.raises(PlanFileErrors) as refused:
        read_plan(path)
    (problem,) = refused.value.problems
    assert path.name in str(problem)
    return type(problem).__name__


def written(folder: Path, content: bytes) -> Path:
    path = folder / "kế hoạch.yaml"
    path.write_bytes(content)
    return path


def test_a_file_is_read_as_its_text_is(tmp_path: Path) -> None:
    assert read_plan(written(tmp_path, b"\xef\xbb\xbf" + PLAN.encode())) == parse_plan(PLAN, "plan.yaml")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere.yaml") == "FileMissing"


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "FileIsFolder"


def test_a_path_that_leads_through_a_file(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, b"a") / "plan.yaml") == "FileUnreadable"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "FileEmpty"),
        (b"PK\x03\x04" + bytes(100), "FileIsDocument"),
        (b"%PDF-1.7 ...", "FileIsDocument"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "FileIsDocument"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "FileNotText"),
        (PLAN.encode("utf-16"), "NotUtf8"),
        (PLAN.encode("utf-8").replace("Thu phiếu".encode(), b"Thu phi\xea\xff"), "NotUtf8"),
        (b"a" * (1024 * 1024 + 1), "FileTooLarge"),
    ],
    ids=["empty", "docx", "pdf", "doc", "picture", "UTF-16", "other code page", "too large"],
)
def test_a_file_of_another_kind(tmp_path: Path, content: bytes, problem: str) -> None:
    assert refusal(written(tmp_path, content)) == problem


def test_a_wrong_code_page_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(PlanFileErrors) as refused:
        read_plan(written(tmp_path, b"title: a\nkind: b\norganization: \xff\n"))
    assert refused.value.line == 3


def test_a_file_of_another_kind_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert refusal(path) == "FileTooLarge"


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{after}: &{after} [{','.join(['*' + before] * 9)}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (BOMB, "AliasUsed"),
        ("[" * 100_000, "TooDeep"),
        ("{a: " * 100_000, "TooDeep"),
        ("- " * 100_000, "TooDeep"),
        ("? " * 100_000, "TooDeep"),
        ("<<: {a: 1}\n", "UnknownKey"),
        ("!!python/object/apply:os.system ['true']\n", "ForeignTag"),
        ("%YAML 9.9\n---\na: 1\n", "SyntaxWrong"),
        ("\ud800", "ControlCharacter"),
    ],
    ids=["aliases", "brackets", "braces", "lists", "keys", "merge key", "tag", "directive", "half a character"],
)
def test_a_hostile_text(text: str, problem: str) -> None:
    assert problem in [name for name, _ in told(text)]

"""The reference names every command, option, rung key and template that there is, and none that is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from tests.architecture.source import ROOT
from workflow.cli.main import build
from workflow.planfile.ladder_file import parse_ladder
from workflow.planfile.templates import template_names

REFERENCE = ROOT / "docs/reference"
COMMANDS = (REFERENCE / "commands.md").read_text(encoding="utf-8")
LADDER = (REFERENCE / "ladder-file.md").read_text(encoding="utf-8")
TEMPLATES = (REFERENCE / "templates.md").read_text(encoding="utf-8")
HOW_TO = sorted((ROOT / "docs").rglob("*.md"))


def commands() -> Iterator[tuple[str, set[str]]]:
    """Every command by its words, with its options."""
    for name, command in get_command(build()).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        if inner is None:
            yield name, _options(command)
        else:
            yield from ((f"{name} {each}", _options(it)) for each, it in inner.items())


def _options(command: Any) -> set[str]:
    return {param.opts[0] for param in command.params if param.param_type_name == "option"} - {"--help"}


def told() -> dict[str, set[str]]:
    """Every command of the page by its words, with the options that its row names."""
    found: dict[str, set[str]] = {}
    groups = {name.split()[0] for name, _ in commands() if " " in name}
    for row in re.findall(r"^\| `doithoai [^\n]+$", COMMANDS, re.MULTILINE):
        words = row.removeprefix("| `doithoai ").split("`")[0].split()
        found[" ".join(words[: 2 if words[0] in groups else 1])] = set(re.findall(r"--[a-z-]+", row))
    return found


def test_the_page_tells_every_command_with_its_options_and_no_others() -> None:
    assert told() == dict(commands())


@pytest.mark.parametrize("path", HOW_TO, ids=lambda path: str(path.name))
def test_a_command_in_the_documents_is_one_that_there_is(path: Any) -> None:
    known = {name for name, _ in commands()} | {name.split()[0] for name, _ in commands()}
    text = path.read_text(encoding="utf-8")
    for line in re.findall(r"^doithoai .+$", text, re.MULTILINE):
        words = line.split()
        name = " ".join(words[1:3]) if words[1] in {each.split()[0] for each in known if " " in each} else words[1]
        assert name in known or words[1] in known, line


def test_the_page_tells_every_key_of_a_rung_and_its_example_is_a_ladder() -> None:
    example = LADDER.split("```toml\n")[1].split("```")[0]
    rungs = parse_ladder(example, "ladder-file.md")
    assert [rung.name for rung in rungs] == ["warn_3", "overdue_again"]
    keys = re.findall(r"^\| `(\w+)` \|", LADDER, re.MULTILINE)
    assert keys == ["name", "base", "working_days", "to", "repeat_every", "reassign_to"]


def test_the_page_tells_every_template() -> None:
    assert sorted(re.findall(r"^\| `(\w+)` \|", TEMPLATES, re.MULTILINE)) == list(template_names())

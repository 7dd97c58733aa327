"""What holds for every file of the repository, whatever its language."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.repository import broken_links, forbidden, misnumbered, texts
from tests.architecture.source import ROOT


def test_no_file_names_a_package_registry_or_a_folder_of_one_machine() -> None:
    assert [fault for path, text in texts(ROOT) for fault in forbidden(path, text)] == []


def test_the_whole_project_is_read() -> None:
    read = {path for path, _text in texts(ROOT)}
    assert {"README.md", "pyproject.toml", ".ci/run", "workflow/domain/decide.py", "deployments/setup.sh"} <= read


def test_every_link_of_the_documents_leads_somewhere() -> None:
    pages = [(path, text) for path, text in texts(ROOT) if path.endswith(".md")]
    assert [fault for path, text in pages for fault in broken_links(path, text, ROOT)] == []


def test_a_link_to_nothing_is_found_and_others_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").touch()
    page = "[up](../README.md) [part](../README.md#part) [here](#part) [out](https://example.org) [gone](gone.md)"
    assert list(broken_links("docs/x.md", page, tmp_path)) == ["docs/x.md: links to gone.md"]


def test_decisions_are_numbered_without_a_gap() -> None:
    assert misnumbered([path.name for path in (ROOT / "docs/decisions").glob("*.md")]) == []


@pytest.mark.parametrize(
    "line",
    [
        "index-url = https://" + ".".join(("pypi", "org")) + "/simple",
        "https://files." + ".".join(("pythonhosted", "org")) + "/packages",
        "cd " + "/".join(("", "home", "lan", "doithoai")),
        "open('" + "/".join(("", "work", "main", "x")) + "')",
    ],
)
def test_a_forbidden_line_is_found(line: str) -> None:
    assert len(list(forbidden("docs/x.md", f"fine\n{line}\n"))) == 1


@pytest.mark.parametrize("line", ["/var/lib/doithoai/data", "docs/work/x", "https://example.org/home/page", "./root/x"])
def test_an_innocent_path_is_left_alone(line: str) -> None:
    assert list(forbidden("docs/x.md", line)) == []


@pytest.mark.parametrize(
    "names",
    [["0001-a.md", "0003-c.md"], ["0001-a.md", "0001-b.md"], ["0002-a.md"], ["0001-a.md", "two.md"]],
)
def test_a_gap_a_double_or_a_strange_name_among_decisions_is_found(names: list[str]) -> None:
    assert len(misnumbered(names)) == 1

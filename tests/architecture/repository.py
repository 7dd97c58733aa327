"""The repository as text: what no file may say, and how decisions are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

FOLDERS = ("calendars", "workflow", "flows", "tests", "deployments", "docs", "examples", ".ci")
SKIPPED = frozenset({"__pycache__"})
NOT_TEXT = frozenset({".png", ".jpg", ".docx", ".xlsx", ".pdf", ".ico", ".woff2", ".mo"})

REGISTRY = re.compile(
    r"\b(?:test\.)?pypi\.(?:python\.)?org|pythonhosted\.org|registry\.npmjs\.org|npmjs\.com", re.IGNORECASE
)
OWN_PATH = re.compile(r"(?<![\w.:/-])/(?:home|Users|root|work)/\w")


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Every text file of the project: its path below the project and its text."""
    folders = (path for folder in FOLDERS for path in (root / folder).rglob("*"))
    for path in sorted({*folders, *root.glob("*")}):
        inner = path.relative_to(root)
        if path.is_file() and path.suffix not in NOT_TEXT and not SKIPPED & set(inner.parts):
            yield inner.as_posix(), path.read_text(encoding="utf-8")


def forbidden(path: str, text: str) -> Iterator[str]:
    """Every line that names a package registry's host or a folder of somebody's own machine."""
    for number, line in enumerate(text.splitlines(), 1):
        for what, pattern in (("a package registry", REGISTRY), ("a folder of one machine", OWN_PATH)):
            if found := pattern.search(line):
                yield f"{path}:{number}: names {what}: {found.group()}"


def broken_links(path: str, text: str, root: Path) -> Iterator[str]:
    """Every link of a Markdown file to a file of the project that is not there."""
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text):
        if not (root / path).parent.joinpath(target).exists():
            yield f"{path}: links to {target}"


def misnumbered(names: Sequence[str]) -> list[str]:
    """What is wrong with the file names of the decisions: `NNNN-words.md`, from 0001, no gap, none twice."""
    wrong = [name for name in names if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name)]
    numbers = sorted(int(name[:4]) for name in names if name not in wrong)
    if numbers != list(range(1, len(numbers) + 1)):
        wrong.append(f"numbers {numbers}")
    return wrong

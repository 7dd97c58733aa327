"""The project's own source as syntax trees: which modules there are and what each imports."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("calendars", "workflow", "flows")


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file. `path` is relative to the project; `name` is dotted, a package's own file bears its name."""

    path: str
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The dotted name of the module."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def package(self) -> str:
        """The package that relative imports start from."""
        return self.name if self.path.endswith("__init__.py") else self.name.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Import:
    """One import: the dotted name of what is imported, its line, and whether only type checkers see it."""

    target: str
    line: int
    typing_only: bool = False


def planted(path: str, text: str) -> Source:
    """A file that exists only in a test."""
    return Source(path, text, ast.parse(text))


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file below some folders of the project, in order of path."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(planted(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths)


def product() -> tuple[Source, ...]:
    """Every Python file of the packages that are installed."""
    return sources(*PACKAGES)


def imports(source: Source) -> Iterator[Import]:
    """What a file imports, wherever it does so; for `from a import b` the target is `a.b`."""
    hidden = {id(node) for block in ast.walk(source.tree) if _is_typing_block(block) for node in ast.walk(block)}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for target in _targets(node, source):
                yield Import(target, node.lineno, id(node) in hidden)


def module_of(target: str, modules: Collection[str]) -> str | None:
    """The module that an import reaches: the target itself, or the one it names something of; None if not ours."""
    return next((name for name in (target, target.rpartition(".")[0]) if name in modules), None)


def _targets(node: ast.Import | ast.ImportFrom, source: Source) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    if node.level:
        parents = source.package.split(".")
        base = ".".join([*parents[: len(parents) - node.level + 1], *([base] if base else [])])
    return [f"{base}.{alias.name}" for alias in node.names]


def _is_typing_block(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")

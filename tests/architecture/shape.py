"""The shape of the code: short modules, short functions, a docstring on everything public, tests that assert."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from tests.architecture.source import Source

LONGEST_MODULE = 380
LONGEST_TEST_MODULE = 550
LONGEST_FUNCTION = 45
RAISING = frozenset({"deprecated_call", "raises", "warns"})

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def oversized(files: Iterable[Source]) -> Iterator[str]:
    """Every module and every function longer than it may be, in lines."""
    for file in files:
        longest = LONGEST_TEST_MODULE if file.path.startswith("tests/") else LONGEST_MODULE
        lines = len(file.text.splitlines())
        if lines > longest:
            yield f"{file.path}: {lines} lines, at most {longest}"
        for node in ast.walk(file.tree):
            if isinstance(node, Function) and (lines := _lines(node)) > LONGEST_FUNCTION:
                yield f"{file.path}:{node.lineno}: {node.name} has {lines} lines, at most {LONGEST_FUNCTION}"


def undocumented(files: Iterable[Source]) -> Iterator[str]:
    """Every public class, function and method without a docstring, and every module with code and without one.

    An error that is one sentence says all there is to say in its `template`; special methods need no docstring.
    """
    for file in files:
        if file.tree.body and ast.get_docstring(file.tree) is None:
            yield f"{file.path}: no docstring"
        for node in _public(file.tree.body):
            if ast.get_docstring(node) is None and not _is_sentence(node):
                yield f"{file.path}:{node.lineno}: {node.name} has no docstring"


def without_assertion(files: Iterable[Source]) -> Iterator[str]:
    """Every test that asserts nothing, neither itself nor through a function of its own file."""
    for file in files:
        functions = {node.name: node for node in ast.walk(file.tree) if isinstance(node, Function)}
        asserting = {name for name, node in functions.items() if _asserts(node)}
        for name, node in functions.items():
            if name.startswith("test_") and name not in asserting and not _called(node) & asserting:
                yield f"{file.path}:{node.lineno}: {name} asserts nothing"


def _lines(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _public(body: Iterable[ast.stmt]) -> Iterator[Definition]:
    for node in body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)


def _is_sentence(node: Definition) -> bool:
    return isinstance(node, ast.ClassDef) and any(
        isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "template" for line in node.body
    )


def _asserts(function: Function) -> bool:
    return any(isinstance(node, ast.Assert) for node in ast.walk(function)) or any(
        name in RAISING or name == "expect" or name.startswith("assert_") for name in _called(function)
    )


def _called(function: Function) -> set[str]:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}

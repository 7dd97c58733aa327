"""The reference of the API is true: each of its examples is answered as it says, and its lists are whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.integration.web.api.conftest import let_in
from tests.integration.web.conftest import Site, read
from workflow.services import tokens
from workflow.web.api.app import AT
from workflow.web.api.pace import PER_MINUTE
from workflow.web.views.api import families

REFERENCE = (Path(__file__).parents[4] / "docs/reference/api.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"```http\n(.+?)\n```\n\n```json\n(.+?)\n```", re.DOTALL)


def _examples() -> Iterator[tuple[str, str, dict[str, str], Any, Any]]:
    """Each example: method, address, headers, body, and what is answered, among other things."""
    for request, answer in EXAMPLE.findall(REFERENCE):
        head, _, body = request.partition("\n\n")
        first, *lines = head.splitlines()
        method, address = first.split(" ", 1)
        headers = dict(line.split(": ", 1) for line in lines)
        yield method, address.removeprefix(AT), headers, json.loads(body) if body else None, json.loads(answer)


def _holds(found: Any, expected: Any) -> bool:
    """Whether an answer has all that the example shows, in lists of the same length."""
    if isinstance(expected, dict):
        return all(name in found and _holds(found[name], value) for name, value in expected.items())
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(_holds, found, expected))
    return bool(found == expected)


def test_each_example_is_answered_as_the_reference_says(office: Site) -> None:
    program, examples = let_in(office), list(_examples())
    assert len(examples) >= 9
    for method, path, headers, body, expected in examples:
        answer = program.ask(method, path, body, headers=headers)
        assert _holds(answer.json(), expected), f"{method} {path}: {answer.text}"


def test_the_reference_names_every_scope_and_the_pace() -> None:
    table = re.findall(r"^\| (`.+?) \|", REFERENCE, re.MULTILINE)
    named = {name for row in table for name in re.findall(r"`([a-z]+:[a-z]+)`", row)}
    assert named == set(tokens.SCOPES)
    assert f"{PER_MINUTE} times in a minute" in REFERENCE


def test_the_page_lists_every_operation_with_its_scope_in_either_language(office: Site) -> None:
    document = office.app.state.api.openapi()
    operations = [each for family in families(document) for each in family.operations]
    assert len(operations) == sum(len(methods) for methods in document["paths"].values())
    assert all(each.scope in tokens.SCOPES and each.summary for each in operations)
    for language in ("vi", "en"):
        page = read(office.visitor(), f"{AT}/docs?lang={language}")
        assert page.status == 200
        assert all(f"<code>{each.path}</code>" in page.html for each in operations)


def test_the_page_needs_nothing_from_elsewhere(office: Site) -> None:
    page = read(office.visitor(), f"{AT}/docs")
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page.html)

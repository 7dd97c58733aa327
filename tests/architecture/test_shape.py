"""Modules and functions are short, what is public is documented, and tests assert."""

from __future__ import annotations

import pytest

from tests.architecture.shape import LONGEST_FUNCTION, LONGEST_MODULE, oversized, undocumented, without_assertion
from tests.architecture.source import planted, product, sources


def test_modules_and_functions_are_short() -> None:
    assert list(oversized(product() + sources("tests"))) == []


def test_everything_public_has_a_docstring() -> None:
    assert list(undocumented(product())) == []


def test_every_test_asserts_something() -> None:
    assert list(without_assertion(sources("tests"))) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("x = 1\n" * (LONGEST_MODULE + 1), "381 lines"),
        ("class A:\n    async def f(self):\n" + "        x = 1\n" * LONGEST_FUNCTION, "f has 46 lines"),
    ],
)
def test_what_is_too_long_is_found(text: str, fault: str) -> None:
    (found,) = oversized([planted("workflow/x.py", text)])
    assert fault in found


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        '"""Module."""\n\ndef public(): ...',
        '"""Module."""\n\nclass Public:\n    x = 1',
        '"""Module."""\n\nclass Public:\n    """Class."""\n\n    async def method(self): ...',
    ],
)
def test_a_missing_docstring_is_found(text: str) -> None:
    assert len(list(undocumented([planted("workflow/x.py", text)]))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        '"""Module."""\n\ndef _private(): ...',
        '"""Module."""\n\nclass PlanLost(Exception):\n    template = "Mất kế hoạch."',
        '"""Module."""\n\nclass Public:\n    """Class."""\n\n    def __str__(self): ...',
    ],
)
def test_what_needs_no_docstring_is_left_alone(text: str) -> None:
    assert list(undocumented([planted("workflow/x.py", text)])) == []


def test_a_test_that_asserts_nothing_is_found() -> None:
    idle = "def helper():\n    return 1\n\ndef test_idle():\n    helper()"
    assert len(list(without_assertion([planted("tests/unit/test_x.py", idle)]))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "def test_x():\n    assert 1",
        "def test_x():\n    with pytest.raises(ValueError):\n        f()",
        "def agree(a):\n    assert a\n\ndef test_x():\n    agree(1)",
        "def test_x(page):\n    expect(page).to_have_title('x')",
    ],
)
def test_a_test_that_asserts_in_any_of_its_ways_is_fine(text: str) -> None:
    assert list(without_assertion([planted("tests/unit/test_x.py", text)])) == []

"""Imports point down only."""

from __future__ import annotations

import pytest

from tests.architecture.floors import cycle, misplaced, reached_around
from tests.architecture.source import planted, product


def test_imports_point_down_and_neighbours_do_not_import_each_other() -> None:
    assert list(misplaced(product())) == []


def test_adapters_are_imported_only_where_all_meet() -> None:
    assert list(reached_around(product())) == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert cycle(product()) == ()


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        ("workflow/domain/x.py", "from workflow.services.plans import handle", "up"),
        ("workflow/domain/x.py", "def late() -> None:\n    import workflow.services.plans", "up, inside a function"),
        ("calendars/x.py", "from workflow.services import plans", "up, by the package"),
        ("workflow/store/x.py", "from workflow.services.plans import handle", "sideways"),
        ("workflow/notify/render.py", "from .channels import send", "from the pure part to the channel, relative"),
        ("workflow/new_thing.py", "", "no floor"),
    ],
)
def test_an_import_that_does_not_point_down_is_found(path: str, text: str, why: str) -> None:
    house = [
        planted("workflow/services/__init__.py", ""),
        planted("workflow/services/plans.py", ""),
        planted("workflow/notify/channels.py", ""),
        planted(path, text),
    ]
    assert len(list(misplaced(house))) == 1, why


def test_an_import_that_points_down_is_fine() -> None:
    house = [
        planted("workflow/notify/render.py", ""),
        planted("workflow/services/x.py", "import workflow.notify.render"),
    ]
    assert list(misplaced(house)) == []
    assert list(reached_around(house)) == []


@pytest.mark.parametrize(("importer", "faults"), [("workflow/web/x.py", 1), ("workflow/bootstrap.py", 0)])
def test_reaching_around_the_meeting_place_is_found(importer: str, faults: int) -> None:
    house = [planted("workflow/store/sql.py", ""), planted(importer, "from workflow.store.sql import rows")]
    assert len(list(reached_around(house))) == faults


def test_a_circle_hidden_in_a_function_is_found() -> None:
    house = [
        planted("calendars/a.py", "from calendars.b import one"),
        planted("calendars/b.py", "def two() -> None:\n    from calendars import a"),
    ]
    assert set(cycle(house)) == {"calendars.a", "calendars.b"}


def test_an_import_for_type_checkers_makes_no_circle() -> None:
    house = [
        planted("calendars/a.py", "from calendars.b import one"),
        planted("calendars/b.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from calendars.a import A"),
    ]
    assert cycle(house) == ()

"""Each library is imported in its place only."""

from __future__ import annotations

import pytest

from tests.architecture.libraries import out_of_place
from tests.architecture.source import planted, product


def test_every_library_stays_in_its_place() -> None:
    assert list(out_of_place(product())) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("workflow/domain/x.py", "import pendulum"),
        ("workflow/services/x.py", "from sqlalchemy import text"),
        ("workflow/web/x.py", "def late() -> None:\n    import prefect.client"),
        ("calendars/rules.py", "import holidays"),
        ("workflow/web/x.py", "import something_new"),
    ],
)
def test_a_library_out_of_place_is_found(path: str, text: str) -> None:
    assert len(list(out_of_place([planted(path, text)]))) == 1


def test_a_library_in_its_place_is_fine() -> None:
    flow = planted("flows/sweep.py", "from __future__ import annotations\nimport json\nfrom prefect import flow")
    assert list(out_of_place([flow])) == []

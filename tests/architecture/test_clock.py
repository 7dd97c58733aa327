"""Time is an argument; one module reads the clock."""

from __future__ import annotations

import pytest

from tests.architecture.clock import clock_readings
from tests.architecture.source import planted, product


def test_only_the_clock_module_reads_the_clock() -> None:
    assert list(clock_readings(product())) == []


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import datetime, UTC\nat = datetime.now(UTC)",
        "from datetime import datetime as dt\nat = dt.utcnow()",
        "import datetime\non = datetime.date.today()",
        "import datetime as d\nat = d.datetime.today()",
        "from time import time\nseconds = time()",
        "import pendulum\nat = pendulum.now('Asia/Ho_Chi_Minh')",
        "def late() -> None:\n    from datetime import date\n    print(date.today())",
        "from dataclasses import field\nfrom datetime import datetime\nx = field(default_factory=datetime.now)",
        "from sqlalchemy import func\ncolumn = func.now()",
    ],
)
def test_a_reading_of_the_clock_is_found_under_any_name(text: str) -> None:
    assert len(list(clock_readings([planted("workflow/services/x.py", text)]))) == 1


def test_the_clock_module_may_read_it() -> None:
    reading = "from datetime import datetime, UTC\nat = datetime.now(UTC)"
    assert list(clock_readings([planted("workflow/clock.py", reading)])) == []


def test_a_clock_that_is_asked_is_no_reading() -> None:
    asked = "import time\n\ndef age(clock: object) -> float:\n    return clock.now() + time.monotonic()"
    assert list(clock_readings([planted("workflow/services/x.py", asked)])) == []

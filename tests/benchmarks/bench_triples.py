"""A million random (event, rule, layered calendar) triples against a walk from day to day: how many are wrong.

DOITHOAI_TRIPLES sets another number. Ends with 1 when any is wrong.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from random import Random
from time import perf_counter

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.properties.calendar_triples import CALENDARS, computed, triples, walked  # noqa: E402

NUMBER = int(os.environ.get("DOITHOAI_TRIPLES", "1000000"))
PROGRESS = 50_000


def main() -> int:
    began, wrong, refused = perf_counter(), 0, 0
    for done, triple in enumerate(triples(Random(20150101), NUMBER), 1):
        expected = walked(triple)
        refused += expected is None
        if computed(triple) != expected:
            wrong += 1
            sys.stdout.write(f"\nwrong: {triple.at} {triple.rule} {triple.readings}\n")
        if done % PROGRESS == 0:
            sys.stderr.write(f"\r{done:,} of {NUMBER:,}, {wrong} wrong, {perf_counter() - began:.0f} s")
    sys.stderr.write("\n")
    sys.stdout.write(
        f"triples {NUMBER:,} over {CALENDARS} calendars, wrong {wrong}, "
        f"refused by both as outside the calendar {refused:,}, seconds {perf_counter() - began:.0f}\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

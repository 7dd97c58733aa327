"""Random events, rules and layered calendars agree with a walk from day to day.

DOITHOAI_TRIPLES says how many; `tests/benchmarks/bench_triples.py` asks a million.
"""

from __future__ import annotations

import os
from dataclasses import replace
from random import Random

from calendars import vietnam_office
from calendars.rules import DaysBefore, Within
from tests.properties.calendar_triples import UNITS, Triple, computed, triples, walked

NUMBER = int(os.environ.get("DOITHOAI_TRIPLES", "40000"))


def test_triples_agree_with_a_walk_from_day_to_day() -> None:
    wrong = [triple for triple in triples(Random(188), NUMBER) if computed(triple) != walked(triple)]
    assert wrong[:3] == []


def test_the_triples_are_of_every_kind() -> None:
    """Dozens of calendars, every unit both ways, numbers up to 400, answers and refusals."""
    drawn = list(triples(Random(188), 4000))
    assert len({triple.layered.calendar.version for triple in drawn}) > 24
    counted = [triple.rule for triple in drawn if isinstance(triple.rule, Within | DaysBefore)]
    assert {(type(rule).__name__, rule.unit) for rule in counted} == {
        (kind, unit) for kind in ("Within", "DaysBefore") for unit in UNITS
    }
    assert max(rule.n for rule in counted) > 390
    refused = [walked(triple) is None for triple in drawn]
    assert 0.02 < sum(refused) / len(refused) < 0.5


def test_the_walk_finds_out_a_calendar_that_lacks_its_own_days() -> None:
    def without(triple: Triple) -> Triple:
        bare = replace(triple.layered, calendar=vietnam_office())
        return replace(triple, layered=bare)

    drawn = list(triples(Random(188), 1000))
    assert sum(computed(without(triple)) != walked(triple) for triple in drawn) > 100

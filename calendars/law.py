"""Which provision of law governs a count, by the day from which the period runs; the law is dated data (law.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision: its topic, how to cite it, the first day on which it is in force, and what it says."""

    topic: str
    cite: str
    valid_from: date
    says: str


@cache
def provisions() -> tuple[Provision, ...]:
    """Every provision, the oldest first."""
    import tomllib  # only an account of a date needs the law's text

    rows = tomllib.loads(files("calendars").joinpath("law.toml").read_text(encoding="utf-8"))["provision"]
    return tuple(sorted((Provision(**row) for row in rows), key=lambda provision: provision.valid_from))


def provision_on(topic: str, day: date) -> Provision | None:
    """The provision on `topic` in force on `day`, or None when the law told here is younger."""
    in_force = [each for each in provisions() if each.topic == topic and each.valid_from <= day]
    return in_force[-1] if in_force else None


def cite(topics: tuple[str, ...], day: date) -> tuple[str, ...]:
    """The provisions on `topics` in force on `day`, cited in the order of the topics, none twice."""
    found = (provision_on(topic, day) for topic in topics)
    return tuple(dict.fromkeys(each.cite for each in found if each))

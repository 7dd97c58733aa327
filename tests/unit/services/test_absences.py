"""Who is away and who stands in, and over which channels people are reached."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import at
from workflow.ports import Absence, Contact, Store
from workflow.services.absences import AbsenceReversed, OwnSubstitute, PersonUnknown, be_away, be_back
from workflow.services.people import ChannelUnknown, enrol
from workflow.store import memory_store

FIRST, LAST = date(2026, 4, 20), date(2026, 4, 24)


@pytest.fixture
def store() -> Store:
    made = memory_store()
    for name in ("Lan", "Minh"):
        enrol(made, name=name, organization="X", role="owner", unit="", email=None)
    return made


def on(store: Store, day: date) -> list[Absence]:
    with store.reading() as uow:
        return uow.absences.on(day)


def test_somebody_is_away_from_the_first_day_to_the_end_of_the_last(store: Store) -> None:
    be_away(store, "lan-x", since=FIRST, last=LAST, substitute_id="minh-x")
    assert [len(on(store, date(2026, 4, day))) for day in (19, 20, 24, 25)] == [0, 1, 1, 0]


def test_the_same_days_again_replace_the_substitute(store: Store) -> None:
    be_away(store, "lan-x", since=FIRST, last=LAST, substitute_id="minh-x")
    be_away(store, "lan-x", since=FIRST, last=LAST, substitute_id=None)
    assert [absence.substitute_id for absence in on(store, FIRST)] == [None]


def test_whoever_is_back_early_is_there_from_that_day_on_and_was_away_before(store: Store) -> None:
    be_away(store, "lan-x", since=FIRST, last=LAST, substitute_id="minh-x")
    be_away(store, "lan-x", since=date(2026, 5, 4), last=date(2026, 5, 5), substitute_id=None)
    assert be_back(store, "lan-x", at=at("2026-04-22")) == 2
    assert [len(on(store, day)) for day in (date(2026, 4, 21), date(2026, 4, 22), date(2026, 5, 4))] == [1, 0, 0]
    assert be_back(store, "lan-x", at=at("2026-04-22")) == 0


def test_unknown_people_reversed_days_and_ones_own_substitute_are_refused(store: Store) -> None:
    with pytest.raises(PersonUnknown, match="doithoai user list"):
        be_away(store, "nobody", since=FIRST, last=LAST, substitute_id=None)
    with pytest.raises(PersonUnknown):
        be_away(store, "lan-x", since=FIRST, last=LAST, substitute_id="nobody")
    with pytest.raises(PersonUnknown):
        be_back(store, "nobody", at=at("2026-04-22"))
    with pytest.raises(AbsenceReversed, match="20/04/2026"):
        be_away(store, "lan-x", since=LAST, last=FIRST, substitute_id=None)
    with pytest.raises(OwnSubstitute, match="Lan"):
        be_away(store, "lan-x", since=FIRST, last=LAST, substitute_id="lan-x")


def enrolled(*contacts: Contact) -> tuple[Contact, ...]:
    store = memory_store()
    return enrol(store, name="Lan", organization="X", role="owner", unit="", email=None, contacts=contacts).contacts


def test_a_contact_is_kept_with_its_channel_in_small_letters() -> None:
    assert enrolled(Contact(" Telegram ", " 12 "), Contact("zalo", "3")) == (
        Contact("telegram", "12"),
        Contact("zalo", "3"),
    )


@pytest.mark.parametrize(
    "contact", [Contact("fax", "1"), Contact("telegram", " "), Contact("", "x"), Contact("email", "x")]
)
def test_a_channel_that_there_is_not_or_no_address_is_refused_with_those_that_there_are(contact: Contact) -> None:
    with pytest.raises(ChannelUnknown, match="webhook, telegram, teams, zalo"):
        enrolled(contact)

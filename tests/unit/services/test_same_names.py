"""Names of units and organizations are the same to whoever tells people and to whoever lets them act."""

from __future__ import annotations

from datetime import date
from unicodedata import normalize

import pytest

from tests.builders import DIALOGUE, at, started
from workflow.domain.commands import CompleteStep, SetMeeting
from workflow.domain.events import Happened, RungReached
from workflow.domain.ladder import Audience
from workflow.ports import Person
from workflow.services.addressing import People, notices_for
from workflow.services.permissions import OtherOrganization, allowed, check
from workflow.store import memory_store

REACHED = Happened(RungReached("collect", 1, "warn_3"), at("2026-04-20", "07:30"))
SPELLINGS = [
    ("ỦY BAN MTTQ xã", DIALOGUE.organization),
    (" Ủy ban  MTTQ xã ", DIALOGUE.organization),
    (normalize("NFD", "Ủy ban MTTQ xã"), DIALOGUE.organization),
    ("Ủy ban MTTQ xã", "ubnd Xã  Bắc Thanh Miện"),
    ("Ủy ban MTTQ xã", normalize("NFD", DIALOGUE.organization)),
]


@pytest.mark.parametrize(("unit", "organization"), SPELLINGS)
def test_who_is_told_of_a_step_may_complete_it(unit: str, organization: str) -> None:
    officer = Person("lan", "Lan", None, unit, Audience.OWNER, organization)
    store = memory_store()
    with store() as uow:
        uow.directory.put(officer)
        told = notices_for(
            started(), [REACHED], People(DIALOGUE.organization, uow.directory, uow.absences, date(2026, 4, 20))
        )
    assert [notice.person_id for notice in told] == ["lan"]
    assert allowed(officer, CompleteStep("collect"), started())


def test_a_blank_unit_owns_nothing_and_a_blank_organization_is_every_one() -> None:
    nobody = Person("x", "X", None, "  ", Audience.OWNER, "  ")
    assert not allowed(nobody, CompleteStep("meeting_day"), started())
    check(Person("y", "Y", None, "", Audience.COORDINATOR, " "), SetMeeting(at("2026-05-15").date()), started())
    with pytest.raises(OtherOrganization):
        check(Person("z", "Z", None, "", Audience.CHAIR, "UBND xã Bắc"), SetMeeting(at("2026-05-15").date()), started())

"""A rehearsal as one HTML file."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import DIALOGUE, office_terms
from workflow.documents.rehearsal import SCENARIOS, Rehearsal, mornings, rehearsal_page
from workflow.language import Language
from workflow.services import rehearsing
from workflow.store import memory_store

TERMS = office_terms()


def _rehearsed(scenario: str = "on_time", title: str = DIALOGUE.title) -> Rehearsal:
    definition = replace(DIALOGUE, title=title)
    found = rehearsing.rehearse(memory_store(), TERMS, definition, scenario=scenario)
    return Rehearsal(found.cycle, found.told, found.sent_at, found.outage, scenario)


@pytest.fixture(scope="module")
def rehearsal() -> Rehearsal:
    return _rehearsed("three_days_late")


def test_every_scenario_has_its_words() -> None:
    assert set(SCENARIOS) == set(rehearsing.SCENARIOS)


def test_the_page_needs_nothing_but_itself(rehearsal: Rehearsal) -> None:
    page = rehearsal_page(rehearsal, TERMS.calendar)
    assert not re.search(r"<(?:script|link|img|iframe)\b|@import|url\((?!#)", page)
    assert page.count("<!doctype html>") == 1


def test_every_step_and_every_notice_stands_on_it(rehearsal: Rehearsal) -> None:
    page = rehearsal_page(rehearsal, TERMS.calendar)
    for state in rehearsal.cycle.steps.values():
        assert state.definition.name in page
    assert page.count("<details>") == len(rehearsal.told)
    assert "Mọi việc muộn 3 ngày làm việc" in page
    assert "Xong quá hạn (3 ngày làm việc)" in page


def test_notices_stand_by_day_in_order_of_time(rehearsal: Rehearsal) -> None:
    days = mornings(rehearsal, "vi")
    assert [day.on for day in days] == sorted({day.on for day in days})
    moments = [one.at for day in days for one in day.sent]
    assert moments == sorted(moments)
    assert len(moments) == len(rehearsal.told)


def test_what_an_outage_held_up_says_so(rehearsal: Rehearsal) -> None:
    notice = rehearsal.told[3][0]
    outage = notice.owed_at - timedelta(hours=1), notice.owed_at + timedelta(days=1)
    back = replace(rehearsal, outage=outage, sent_at={**rehearsal.sent_at, notice.key: outage[1]})
    held = [one for day in mornings(back, "vi") for one in day.sent if one.held]
    assert outage[1] in {one.at for one in held}
    assert rehearsal_page(back, TERMS.calendar).count("gửi muộn vì hệ thống ngừng") == len(held)


def test_texts_of_the_plan_are_escaped() -> None:
    page = rehearsal_page(_rehearsed(title="<script>alert(1)</script>"), TERMS.calendar)
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(("language", "heading"), [("vi", "Các thông báo sẽ gửi"), ("en", "Notices that would go out")])
def test_it_speaks_the_readers_language(rehearsal: Rehearsal, language: Language, heading: str) -> None:
    assert heading in rehearsal_page(rehearsal, TERMS.calendar, language)

"""Events are written as JSON that is kept for good, and read back as they were."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given

from calendars import rules
from calendars.rules import Rule, Unit
from tests.builders import DIALOGUE
from tests.contract.acting import petition
from tests.unit.store.strategies import any_recorded, ladders
from workflow.domain.definition import Evidence, Meeting, PlanDefinition, PlanKind, StepDefinition, StepKind
from workflow.domain.events import (
    DeadlineSet,
    Event,
    MeetingSet,
    PetitionAnswered,
    PetitionRaised,
    PlanStarted,
    Recorded,
    StepOpened,
)
from workflow.domain.ladder import DEFAULT_LADDER, Ladder
from workflow.domain.petition import Answer, AnsweredWhere, Result
from workflow.store.chain import FIRST, Entry
from workflow.store.codec import EVENT_TYPES, RULE_TYPES, decode, encode, ladder_of, ladder_text
from workflow.store.errors import EventNewer, EventUnreadable

NOON = datetime(2026, 4, 6, 5, tzinfo=UTC)


def written(event: Event) -> Entry:
    """The event as a line of a log."""
    return encode(Recorded("p1", 3, event, NOON, NOON, "lan"), FIRST)


@given(any_recorded)
def test_every_event_is_read_back_as_it_was(recorded: Recorded) -> None:
    assert decode(encode(recorded, FIRST)) == recorded


@given(any_recorded)
def test_an_event_read_back_is_written_the_same_to_the_byte(recorded: Recorded) -> None:
    entry = encode(recorded, FIRST)
    assert encode(decode(entry), FIRST) == entry


def test_every_event_and_every_rule_has_a_name() -> None:
    assert set(EVENT_TYPES.values()) == set(get_args(Event))
    assert set(RULE_TYPES.values()) == set(get_args(Rule))


def test_what_is_written_is_what_old_logs_hold() -> None:
    event = DeadlineSet(
        "collect", 2, date(2026, 4, 23), NOON, date(2026, 4, 23), None, projected=True, provisional=False, why="start"
    )
    entry = written(event)
    assert entry.type == "deadline_set"
    assert entry.payload == (
        '{"due_at":"2026-04-06T05:00:00.000000+00:00","due_on":"2026-04-23","event_on":null,"projected":true,'
        '"provisional":false,"revision":2,"safe_on":"2026-04-23","step":"collect","why":"start"}'
    )


def test_a_definition_is_written_whole_with_its_rules_and_without_what_is_derived() -> None:
    step = StepDefinition(
        "collect",
        StepKind.COLLECT_FORMS,
        "Thu phiếu",
        due=rules.FirstOf((rules.Before(date(2026, 4, 24)), rules.Within(3, Unit.WORKING_DAY, "meeting"))),
        extend=rules.Span(date(2026, 4, 1), "2026-05-01"),
        evidence=(Evidence.DOCUMENT,),
    )
    plan = PlanDefinition("Đối thoại", PlanKind.DIALOGUE, "UBND xã", (step,), meeting=Meeting(month=(2026, 5)))
    payload = json.loads(written(PlanStarted(plan, "v1")).payload)["definition"]
    assert payload["meeting"] == {"on": None, "at": None, "month": [2026, 5], "place": None}
    assert payload["steps"][0]["evidence"] == ["document"]
    assert payload["steps"][0]["extend"] == {
        "rule": "span",
        "since": {"day": "2026-04-01"},
        "until": {"event": "2026-05-01"},
    }
    assert payload["steps"][0]["due"] == {
        "rule": "first_of",
        "rules": [
            {"rule": "before", "day": "2026-04-24"},
            {"rule": "within", "n": 3, "unit": "working_day", "event": "meeting", "floor": False},
        ],
    }
    assert "by_key" not in payload


def test_vietnamese_letters_are_written_as_they_are() -> None:
    assert "Nhà văn hóa xã" in written(MeetingSet(date(2026, 5, 15), time(8), "Nhà văn hóa xã", None)).payload


def test_shares_ladders_and_petitions_are_written_so_for_good() -> None:
    step = StepDefinition("congress", StepKind.HOLD_MEETING, "Hội nghị", quorum=Fraction(2, 3), majority=Fraction(1, 2))
    plan = PlanDefinition("Hội nghị", PlanKind.CONFERENCE, "UBND xã", (step,))
    payload = json.loads(written(PlanStarted(plan, "v1", DEFAULT_LADDER[:1])).payload)
    assert (payload["definition"]["steps"][0]["quorum"], payload["definition"]["steps"][0]["majority"]) == (
        "2/3",
        "1/2",
    )
    assert payload["ladder"] == [
        {
            "name": "opened",
            "base": "opening",
            "working_days": 0,
            "audience": ["owner"],
            "repeat_every": None,
            "reassign_to": None,
        }
    ]
    answer = Answer(AnsweredWhere.AT_MEETING, Result.REFERRED, date(2026, 5, 15))
    assert json.loads(written(PetitionAnswered("p1", answer)).payload) == {
        "petition": "p1",
        "answer": {
            "where": "at_meeting",
            "result": "referred",
            "answered_on": "2026-05-15",
            "document_number": None,
            "summary": None,
            "file": None,
        },
    }


def test_a_log_without_ladders_quorums_and_templates_is_read_as_having_none() -> None:
    new = json.loads(written(PlanStarted(DIALOGUE, "v1")).payload)
    del new["ladder"], new["definition"]["template"]
    for step in new["definition"]["steps"]:
        for name in ("extend_reasons", "quorum", "majority", "part_of", "item"):
            del step[name]
    recorded = decode(replace(written(StepOpened("collect", NOON)), type="plan_started", payload=json.dumps(new)))
    assert recorded.event == PlanStarted(DIALOGUE, "v1", None)


@given(ladders)
def test_a_ladder_is_read_back_as_it_was(ladder: Ladder) -> None:
    assert ladder_of(ladder_text(ladder)) == ladder


@pytest.mark.parametrize("payload", ["{", '[{"name":"x"}]', '[{"mood":1}]', "3"])
def test_a_damaged_ladder_is_refused(payload: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        ladder_of(payload)


def test_a_field_that_did_not_exist_yet_takes_its_default() -> None:
    old = '{"document_number":null,"due_on":null,"late_working_days":0,"step":"collect","verdict":"on_time"}'
    recorded = decode(replace(written(StepOpened("collect", NOON)), type="step_completed", payload=old))
    assert getattr(recorded.event, "note", "absent") is None


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("step_teleported", "{}"),
        ("step_opened", '{"step":"collect","mood":"good"}'),
        ("petition_raised", written(PetitionRaised(petition())).payload.replace('"anonymous"', '"mood":1,"anonymous"')),
        ("plan_started", written(PlanStarted(DIALOGUE, "v1")).payload.replace('"rule":"before"', '"rule":"lunar"', 1)),
    ],
)
def test_what_only_a_newer_program_can_have_written_is_told_as_such(kind: str, payload: str) -> None:
    with pytest.raises(EventNewer, match="số 3 của kế hoạch «p1» do một phiên bản mới hơn"):
        decode(replace(written(StepOpened("collect", NOON)), type=kind, payload=payload))


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("step_opened", "{"),
        ("step_opened", "[]"),
        ("step_opened", "{}"),
        ("meeting_set", '{"on":"2026-15-05","at":null,"place":null,"previous_on":null}'),
        ("deadline_set", '{"due_at":"2026-04-06T05:00:00"}'),
    ],
)
def test_a_damaged_event_is_named(kind: str, payload: str) -> None:
    with pytest.raises(EventUnreadable, match="số 3 của kế hoạch «p1»"):
        decode(replace(written(StepOpened("collect", NOON)), type=kind, payload=payload))


def test_an_instant_is_never_written_where_a_day_belongs() -> None:
    with pytest.raises(TypeError, match="day"):
        written(MeetingSet(NOON, None, None, None))


def test_an_instant_without_a_zone_is_never_written() -> None:
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        encode(Recorded("p1", 1, StepOpened("collect", NOON), naive, NOON, "lan"), FIRST)

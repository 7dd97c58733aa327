"""A meeting put off, and the votes that a meeting needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from fractions import Fraction

import pytest

from tests.builders import DIALOGUE, after, at, events, held, started
from workflow.domain import errors
from workflow.domain.commands import CompleteStep, PostponeMeeting, SetMeeting, Sweep
from workflow.domain.cycle import Cycle, StepStatus
from workflow.domain.definition import StepDefinition, StepKind
from workflow.domain.events import MeetingPostponed, RungReached
from workflow.domain.verdict import Tally

SET = after(started(), SetMeeting(date(2026, 5, 15), time(8)), at("2026-04-20"))


def limits(cycle: Cycle) -> dict[str, tuple[date, bool] | None]:
    found = {key: cycle.steps[key].deadline for key in ("announce", "meeting_day", "conclusion")}
    return {key: (limit.due_on, limit.projected) if limit else None for key, limit in found.items()}


def test_what_hangs_on_a_meeting_put_off_to_a_month_is_projected_from_that_month() -> None:
    cycle = after(SET, PostponeMeeting("bão", (2026, 6)), at("2026-05-14"))
    assert limits(cycle) == {
        "announce": (date(2026, 6, 23), True),
        "meeting_day": (date(2026, 6, 30), False),
        "conclusion": (date(2026, 7, 14), True),
    }
    found = events(SET, PostponeMeeting("bão", (2026, 6)), at("2026-05-14"))
    assert found[0] == MeetingPostponed("bão", (2026, 6), date(2026, 5, 15))


def test_nothing_that_hangs_on_a_meeting_put_off_for_good_has_a_limit_nor_owes_anything() -> None:
    cycle = after(SET, PostponeMeeting("chờ cấp trên"), at("2026-05-14"))
    assert limits(cycle) == {"announce": None, "meeting_day": None, "conclusion": None}
    found = events(cycle, Sweep(at("2026-07-01")), at("2026-07-01"))
    assert not [e for e in found if isinstance(e, RungReached) and e.step == "announce" and e.rung != "opened"]


def test_a_meeting_whose_day_has_passed_without_being_held_may_be_put_off_and_then_set() -> None:
    cycle = after(SET, PostponeMeeting("mưa"), at("2026-05-18"))
    cycle = after(cycle, SetMeeting(date(2026, 5, 29)), at("2026-05-20"))
    assert limits(cycle)["conclusion"] == (date(2026, 6, 12), False)


def test_putting_off_again_to_the_same_month_changes_nothing() -> None:
    cycle = after(SET, PostponeMeeting("bão", (2026, 6)), at("2026-05-14"))
    assert events(cycle, PostponeMeeting("bão", (2026, 6)), at("2026-05-15")) == []


@pytest.mark.parametrize(
    ("cycle", "command", "refusal"),
    [
        (SET, PostponeMeeting(" "), errors.ReasonMissing),
        (SET, PostponeMeeting("bão", (2026, 4)), errors.MeetingMonthPast),
        (held(), PostponeMeeting("bão"), errors.MeetingAlreadyHeld),
    ],
)
def test_a_postponement_that_cannot_be_is_refused(
    cycle: Cycle, command: PostponeMeeting, refusal: type[errors.DoithoaiError]
) -> None:
    with pytest.raises(refusal):
        events(cycle, command, at("2026-05-20"))


def voting(tally: Tally | None, *, quorum: Fraction | None, majority: Fraction | None) -> Cycle:
    """A conference ended with its votes."""
    steps = tuple(replace(s, after=(), quorum=quorum, majority=majority) for s in DIALOGUE.steps if s.key == "collect")
    return after(started(replace(DIALOGUE, steps=steps)), CompleteStep("collect", tally=tally), at("2026-04-10"))


TWO_THIRDS, HALF = Fraction(2, 3), Fraction(1, 2)


@pytest.mark.parametrize(
    "tally", [Tally(90, 60, 31), Tally(90, 90, 90), Tally(3, 2, 2)], ids=["just enough", "all", "few"]
)
def test_votes_that_reach_the_quorum_and_the_majority_are_kept(tally: Tally) -> None:
    end = voting(tally, quorum=TWO_THIRDS, majority=HALF).steps["collect"].completion
    assert end is not None
    assert end.tally == tally


@pytest.mark.parametrize(
    ("tally", "refusal", "words"),
    [
        (None, errors.VotesMissing, "tán thành"),
        (Tally(90, 60), errors.VotesMissing, "tán thành"),
        (Tally(90, 59, 59), errors.QuorumMissing, "59/90, kế hoạch đòi ít nhất 2/3"),
        (Tally(90, 60, 30), errors.MajorityMissing, "30/60, kế hoạch đòi trên 50%"),
        (Tally(90, 0, 0), errors.TallyWrong, "có mặt 0"),
        (Tally(90, 91, 60), errors.TallyWrong, "có mặt 91"),
        (Tally(90, 80, 81), errors.TallyWrong, "tán thành 81"),
        (Tally(90, 80, -1), errors.TallyWrong, "tán thành -1"),
    ],
)
def test_votes_that_do_not_are_refused_with_the_numbers_and_the_rule(
    tally: Tally | None, refusal: type[errors.DoithoaiError], words: str
) -> None:
    with pytest.raises(refusal, match=words):
        voting(tally, quorum=TWO_THIRDS, majority=HALF)


def test_a_quorum_alone_asks_for_no_votes() -> None:
    with pytest.raises(errors.TallyMissing):
        voting(None, quorum=HALF, majority=None)
    assert voting(Tally(10, 5), quorum=HALF, majority=None).steps["collect"].ended


def test_a_vote_in_the_meeting_is_recorded_by_itself() -> None:
    elect = StepDefinition("elect", StepKind.ELECT, "Bầu ban", after=("answers",), in_meeting=True, majority=HALF)
    cycle = held(replace(DIALOGUE, steps=(*DIALOGUE.steps, elect)))
    assert cycle.steps["elect"].status is StepStatus.OPEN

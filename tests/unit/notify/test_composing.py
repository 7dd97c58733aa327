"""What goes into a letter: the state of the steps at its instant, each step once, the most urgent first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from calendars.rules import Vague
from tests.builders import DIALOGUE, after, at, office_terms, started
from workflow.domain.commands import CompleteStep, SetMeeting
from workflow.domain.cycle import Cycle
from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import DEFAULT_LADDER, Audience, Terms
from workflow.domain.lint_findings import Severity
from workflow.domain.verdict import Standing
from workflow.letter import Alert, Letter, Seal, Seat
from workflow.ports import Notice, Person
from workflow.services.composing import Case, compose, matter_of
from workflow.services.digesting import DIGEST, Duty

PERSON = Person("lan", "Lan", "lan@example.invalid", "Ủy ban MTTQ xã", Audience.OWNER, DIALOGUE.organization)
CYCLE = started()


def terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    return office_terms()


def notice(rung: str, step: str = "collect", revision: int = 1, owed: str = "2026-04-20") -> Notice:
    return Notice(
        key=f"p1/{step}/{revision}/{rung}/lan/email",
        plan_id="p1",
        step=step,
        revision=revision,
        rung=rung,
        person_id="lan",
        person_name="Lan",
        address="lan@example.invalid",
        channel="email",
        owed_at=at(owed, "07:30"),
    )


DIGEST_NOTICE = replace(notice(DIGEST), plan_id="", step="", key="digest/lan/2026-04-20")


def composed(*notices: Notice, cycle: Cycle = CYCLE, when: str = "2026-04-20", duties: tuple[Duty, ...] = ()) -> Letter:
    case = Case(notices, {"p1": cycle}, PERSON, duties, None, at(when))
    return compose(case, "lan@example.invalid", terms_of)


def test_of_several_rungs_of_a_step_the_highest_alone_is_told_under_the_keys_of_all() -> None:
    rungs = ("overdue_again#1", "opened", "overdue", "overdue_again#0", "warn_3")
    letter = composed(*(notice(rung, revision=0 if rung == "opened" else 1) for rung in rungs), when="2026-05-07")
    [matter] = letter.matters
    assert matter.reminder is not None
    assert matter.reminder.rung is not None
    assert (matter.reminder.rung.name, matter.reminder.ordinal) == ("overdue_again", 1)
    assert len(letter.keys) == 5


def test_a_rung_that_the_ladder_has_lost_is_told_below_those_it_has() -> None:
    letter = composed(notice("warn_3"), notice("ancient", owed="2026-04-22"))
    assert [m.reminder and m.reminder.rung and m.reminder.rung.name for m in letter.matters] == ["warn_3"]
    [alone] = composed(notice("ancient")).matters
    assert alone.reminder is not None
    assert alone.reminder.rung is None


def test_the_earliest_limit_comes_first_and_no_limit_last() -> None:
    letter = composed(notice("opened", "announce", 0), notice("warn_1", "answers"), notice("warn_3"))
    assert [m.step for m in letter.matters] == ["collect", "answers", "announce"]


def test_a_digest_tells_what_no_rung_tells_already() -> None:
    duties = (Duty("p1", "collect"), Duty("p1", "announce"))
    letter = composed(notice("warn_3"), DIGEST_NOTICE, duties=duties)
    assert [m.step for m in letter.matters] == ["collect"]
    assert [m.step for m in letter.others] == ["announce"]
    assert letter.digest_on == date(2026, 4, 20)


def test_without_a_digest_only_the_rungs_are_told() -> None:
    letter = composed(notice("warn_3"), duties=(Duty("p1", "announce"),))
    assert (letter.others, letter.digest_on) == ((), None)


@pytest.mark.parametrize(
    ("when", "left", "late", "standing"),
    [
        ("2026-04-17", 4, 0, Standing.RUNNING_IN_TIME),  # Friday; the limit ends with Thursday 23/04
        ("2026-04-18", 4, 0, Standing.RUNNING_IN_TIME),
        ("2026-04-22", 1, 0, Standing.RUNNING_IN_TIME),
        ("2026-04-23", 0, 0, Standing.RUNNING_IN_TIME),
        ("2026-04-24", 0, 1, Standing.RUNNING_OVERDUE),
        ("2026-04-27", 0, 1, Standing.RUNNING_OVERDUE),  # the day off for Giỗ Tổ
        ("2026-04-28", 0, 2, Standing.RUNNING_OVERDUE),
    ],
)
def test_days_left_and_late_are_working_days(when: str, left: int, late: int, standing: Standing) -> None:
    matter = matter_of(CYCLE, "collect", at(when), office_terms())
    assert matter.limit is not None
    assert (matter.limit.working_days_left, matter.limit.working_days_late) == (left, late)
    assert matter.standing is standing


def test_a_projected_limit_is_not_told_as_a_date_until_it_is_firm() -> None:
    before = matter_of(CYCLE, "announce", at("2026-04-20"), office_terms())
    assert (before.limit, before.limit_to_come) == (None, True)
    known = after(CYCLE, SetMeeting(date(2026, 5, 20)), at("2026-04-20"))
    firm = matter_of(known, "announce", at("2026-04-20"), office_terms())
    assert firm.limit is not None
    assert (firm.limit.due_on, firm.limit_to_come) == (date(2026, 5, 13), False)


def test_a_wording_that_gives_no_date_promises_none() -> None:
    steps = (replace(DIALOGUE.steps[0], due=Vague("kịp thời")), *DIALOGUE.steps[1:])
    matter = matter_of(started(replace(DIALOGUE, steps=steps)), "collect", at("2026-04-20"), office_terms())
    assert (matter.limit, matter.limit_to_come) == (None, False)


def test_a_matter_names_what_its_step_still_waits_for() -> None:
    assert matter_of(CYCLE, "answers", at("2026-04-20"), office_terms()).waiting_for == ("Thu phiếu",)
    done = after(CYCLE, CompleteStep("collect"), at("2026-04-20"))
    assert matter_of(done, "answers", at("2026-04-20"), office_terms()).waiting_for == ()


@pytest.mark.parametrize("role", list(Audience))
def test_somebody_stands_in_who_is_told_of_a_rung_meant_for_another_role(role: Audience) -> None:
    case = Case((notice("warn_3"),), {"p1": CYCLE}, replace(PERSON, role=role), (), None, at("2026-04-20"))
    reminder = compose(case, "lan@example.invalid", terms_of).matters[0].reminder
    assert reminder is not None
    assert reminder.stands_in is (role is not Audience.OWNER)
    assert reminder.rung == DEFAULT_LADDER[1]


def test_a_rung_carries_the_account_of_its_limit_and_a_digest_does_not() -> None:
    duties = (Duty("p1", "answers"),)
    letter = composed(notice("warn_3"), DIGEST_NOTICE, duties=duties)
    assert [day.day for day in letter.matters[0].account] == [date(2026, 4, 23), date(2026, 4, 24)]
    assert letter.matters[0].basis == ("BLDS 2015, Điều 148 khoản 6",)
    assert letter.others[0].account == ()


def test_no_account_is_given_that_does_not_lead_to_the_limit_in_force() -> None:
    limit = CYCLE.steps["collect"].deadline
    assert limit is not None
    kept = replace(limit, due_on=date(2026, 4, 22), due_at=at("2026-04-23", "00:00"))
    cycle = CYCLE.with_step("collect", replace(CYCLE.steps["collect"], deadline=kept))
    assert composed(notice("warn_3"), cycle=cycle).matters[0].account == ()


def test_a_substitute_is_told_in_whose_place_and_does_not_count_as_filling_an_empty_seat() -> None:
    seat = Seat("Lan", Audience.OWNER, "Ủy ban MTTQ xã", date(2026, 4, 24))
    warned = notice("warn_3")
    person = replace(PERSON, role=Audience.COORDINATOR)
    case = Case((warned,), {"p1": CYCLE}, person, (), None, at("2026-04-20"), seats={warned.key: seat})
    reminder = compose(case, "lan@example.invalid", terms_of).matters[0].reminder
    assert reminder is not None
    assert (reminder.in_place_of, reminder.stands_in) == (seat, False)


def test_alerts_and_the_seal_stand_in_a_digest_only() -> None:
    alert, seal = Alert("undelivered", Severity.WARNING, "Có."), Seal(date(2026, 4, 20), "ab")
    for notices, told in (((DIGEST_NOTICE,), ((alert,), seal)), ((notice("warn_3"),), ((), None))):
        case = Case(notices, {"p1": CYCLE}, PERSON, (), None, at("2026-04-20"), alerts=(alert,), seal=seal)
        letter = compose(case, "lan@example.invalid", terms_of)
        assert (letter.alerts, letter.seal) == told

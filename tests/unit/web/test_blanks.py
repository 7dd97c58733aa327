"""What is typed into the blanks of a form, and the commands that are made of it."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.domain.commands import CompleteStep, FanOut
from workflow.domain.petition import Result
from workflow.domain.verdict import Tally
from workflow.web.blanks import Typed
from workflow.web.forms import DateMissing, FormIncomplete, Refused
from workflow.web.views.acting import ACTS


def test_the_first_field_that_cannot_be_read_is_named() -> None:
    with pytest.raises(Refused) as caught:
        ACTS["complete"].command(Typed({"happened_on": "24/04/2026", "document_on": "x"}), "collect", None)
    assert caught.value.field == "document_on"


def test_a_completion_needs_the_day_on_which_it_happened() -> None:
    with pytest.raises(Refused) as caught:
        ACTS["complete"].command(Typed({}), "collect", None)
    assert (caught.value.field, type(caught.value.error)) == ("happened_on", DateMissing)


def test_empty_fields_of_a_completion_are_none() -> None:
    command = ACTS["complete"].command(Typed({"happened_on": "24/04/2026"}), "collect", None)
    assert command == CompleteStep("collect", date(2026, 4, 24))


def test_votes_are_kept_with_the_completion() -> None:
    typed = Typed({"happened_on": "24/04/2026", "summoned": "45", "present": "40", "in_favour": "39"})
    command = ACTS["complete"].command(typed, "meeting_day", "f")
    assert command == CompleteStep("meeting_day", date(2026, 4, 24), file="f", tally=Tally(45, 40, 39))


def test_units_are_written_one_on_a_line_or_with_semicolons() -> None:
    typed = Typed({"units": "Công an xã\n\n Trạm  Y tế; Văn phòng ;"})
    assert ACTS["share"].command(typed, "answers", None) == FanOut("answers", ("Công an xã", "Trạm Y tế", "Văn phòng"))


@pytest.mark.parametrize("typed", ["-1", "1.5", "²", "ba", "9" * 30])
def test_a_number_is_whole_and_sensible(typed: str) -> None:
    with pytest.raises(Refused) as caught:
        Typed({"n": typed}).number("n")
    assert caught.value.field == "n"


def test_a_month_is_typed_as_month_and_year() -> None:
    assert Typed({"month": "6/2026"}).month("month") == (2026, 6)
    assert Typed({}).month("month") is None
    with pytest.raises(Refused):
        Typed({"month": "13/2026"}).month("month")


def test_a_choice_that_was_never_offered_is_no_form_of_ours() -> None:
    with pytest.raises(FormIncomplete):
        Typed({"result": "hối lộ"}).one_of("result", Result)

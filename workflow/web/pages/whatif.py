"""The calculator, open to anyone: a deadline wording and a day give a due date with its whole account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter
from starlette.datastructures import State
from starlette.responses import Response

from calendars import CalendarError
from calendars.layers import CALENDARS
from calendars.rules import RuleError, TraceDay
from workflow.bootstrap import OWN_CALENDAR, OWN_DAYS
from workflow.domain.errors import BadInput
from workflow.language import worded
from workflow.services.attempts import Attempts, TooManyAttempts
from workflow.services.calculating import Calculated, calculate
from workflow.web import forms
from workflow.web.failures import status_of, words_of
from workflow.web.visit import Anyone, Visit

router = APIRouter()
PER_MINUTE = 60
"""Questions of one address; an office may reach us from one."""

MOST_DAYS = 400
HEAD, TAIL = 30, 60
"""Of a longer account the first and the last days are shown."""

_LONGEST_WORDING = 400

SAMPLES = (
    "10 ngày làm việc sau hội nghị",
    "không quá 10 ngày làm việc, có thể kéo dài nhưng không quá 15 ngày làm việc",
    "07 ngày làm việc kể từ ngày ban hành thông báo kết luận",
    "trước 7 ngày",
    "trước ngày 24/4/2026",
    "trong tháng 5/2026",
)
"""Wordings to begin with, as documents have them."""


class TooManyQuestions(TooManyAttempts):
    template = "Bạn đã tính quá nhiều lần trong một phút; hãy đợi {minutes} phút rồi tính tiếp."


class WordingMissing(BadInput):
    template = "Hãy ghi cách viết thời hạn, ví dụ «10 ngày làm việc sau hội nghị»."


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was filled in."""

    wording: str = ""
    event: str = ""
    at: str = ""
    calendar: str = "office"

    @classmethod
    def read(cls, fields: Mapping[str, str]) -> Typed:
        """What an address says."""
        name = fields.get("calendar", "office")
        return cls(
            wording=forms.clean(fields.get("wording", "")),
            event=forms.clean(fields.get("event", ""))[:40],
            at=forms.clean(fields.get("at", ""))[:20],
            calendar=name if name in CALENDARS else "office",
        )


@router.get("/what-if")
def show(visit: Anyone) -> Response:
    """The calculator; with a wording in the address, its answer."""
    fields = visit.request.query_params
    typed = Typed.read(fields)
    if "wording" not in fields:
        return _page(visit, typed)
    _pace(visit)
    try:
        return _page(visit, typed, _calculated(visit, typed))
    except (BadInput, CalendarError, RuleError) as refused:
        return _page(visit, typed, refused=refused)


def _calculated(visit: Visit, typed: Typed) -> Calculated:
    if not typed.wording:
        raise WordingMissing
    forms.text(typed.wording, _LONGEST_WORDING)
    calendar = visit.application.terms_named(typed.calendar).calendar
    return calculate(
        typed.wording, calendar, event_on=forms.day(typed.event), event_at=forms.clock(typed.at) if typed.at else None
    )


def _pace(visit: Visit) -> None:
    """Let so many questions of one address pass in a minute. Raises `TooManyQuestions`."""
    address = visit.request.client.host if visit.request.client is not None else ""
    try:
        _asked(visit.request.app.state).begin(address, address, visit.at)
    except TooManyAttempts as refused:
        raise TooManyQuestions(**refused.fields) from None


def _asked(state: State) -> Attempts:
    """The questions of the last minute, in the memory of this process."""
    if not hasattr(state, "questions"):
        state.questions = Attempts(per_account=PER_MINUTE, per_address=PER_MINUTE, window=timedelta(minutes=1))
    questions: Attempts = state.questions
    return questions


def _page(visit: Visit, typed: Typed, found: Calculated | None = None, refused: Exception | None = None) -> Response:
    own = (visit.application.settings.data / OWN_CALENDAR).is_dir()
    days, left_out = _shown(found.due.trace) if found is not None else ((), 0)
    return visit.page(
        "what_if.html",
        status=int(status_of(refused)) if refused is not None else 200,
        typed=typed,
        calendars=[(kind.name, kind.title) for kind in CALENDARS.values() if own or not kind.name.startswith(OWN_DAYS)],
        samples=SAMPLES,
        found=found,
        rule=worded(found.rule, visit.language) if found is not None else "",
        days=days,
        left_out=left_out,
        head=HEAD,
        words=words_of(refused, visit.language) if refused is not None else "",
    )


def _shown(trace: tuple[TraceDay, ...]) -> tuple[tuple[TraceDay, ...], int]:
    """The days of an account that a page shows, and how many it leaves out after the first `HEAD`."""
    if len(trace) <= MOST_DAYS:
        return trace, 0
    return (*trace[:HEAD], *trace[-TAIL:]), len(trace) - HEAD - TAIL

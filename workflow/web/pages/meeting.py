"""Setting, moving or postponing a plan's meeting: the form, the preview of every limit that moves, the confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from calendars import CalendarError
from workflow.domain.commands import PostponeMeeting, SetMeeting
from workflow.domain.cycle import Cycle
from workflow.domain.errors import BadInput, Conflict, NotFound
from workflow.domain.zone import shown
from workflow.services import permissions
from workflow.services.plans import DueChange, preview
from workflow.web import carrying, forms
from workflow.web.blanks import Blank, Kind, Typed
from workflow.web.carrying import NO_COMPLAINT, Complaint, carry_out
from workflow.web.failures import status_of, words_of
from workflow.web.forms import MeetingTyped, Refused
from workflow.web.visit import Posted, SignedIn, Visit
from workflow.web.words import N_

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Preview:
    """What setting the meeting would do. `day_off`: why the day is no working day; None when it is one."""

    command: SetMeeting
    changes: Sequence[DueChange]
    day_off: str | None


@router.get("/plans/{plan_id}/meeting")
def show(visit: SignedIn, plan_id: str) -> Response:
    """The form; once a day is typed, the preview below it."""
    cycle = _read(visit, plan_id)
    query = visit.request.query_params
    if "on" not in query:
        return _page(visit, cycle, _as_it_stands(cycle))
    typed = MeetingTyped.read(query)
    try:
        return _page(visit, cycle, typed, preview=_preview(visit, cycle, typed.command()))
    except Refused as refused:
        return _page(visit, cycle, typed, refused=refused)


@router.post("/plans/{plan_id}/meeting")
def confirm(visit: SignedIn, form: Posted, plan_id: str) -> Response:
    """Set the meeting as previewed; when the plan has moved since, show the preview anew."""
    typed = MeetingTyped.read(form)
    try:
        command = typed.command()
        carry_out(visit, plan_id, command, form)
    except Refused as refused:
        cycle = _read(visit, plan_id)
        stale = isinstance(refused.error, Conflict)
        again = _preview_or_none(visit, cycle, typed) if stale else None
        return _page(visit, cycle, typed, preview=again, refused=refused)
    return visit.see(f"/plans/{plan_id}?meeting=set")


def _read(visit: Visit, plan_id: str) -> Cycle:
    """The plan, for somebody who may set its meeting. Raises `NotPermitted`."""
    cycle = visit.plan(plan_id)
    permissions.check(visit.asked, SetMeeting(visit.today), cycle)
    return cycle


def _as_it_stands(cycle: Cycle) -> MeetingTyped:
    meeting = cycle.meeting
    return MeetingTyped(
        on=shown(meeting.on) if meeting.on else "",
        at=f"{meeting.at:%H:%M}" if meeting.at else "",
        place=meeting.place or "",
    )


def _preview(visit: Visit, cycle: Cycle, command: SetMeeting) -> Preview:
    application = visit.application
    try:
        changes = preview(
            application.store,
            application.terms_of,
            cycle.plan_id,
            command,
            at=visit.at,
            actor=visit.asked.person_id,
        )
        day = application.terms_of(cycle.definition, cycle.calendar_version).calendar.explain(command.on)
    except NotFound:
        raise
    except (BadInput, Conflict, CalendarError) as error:
        raise forms.complaint(error) from error
    return Preview(command, changes, None if day.working else day.name)


def _preview_or_none(visit: Visit, cycle: Cycle, typed: MeetingTyped) -> Preview | None:
    try:
        return _preview(visit, cycle, typed.command())
    except Refused:
        return None


def _page(
    visit: Visit,
    cycle: Cycle,
    typed: MeetingTyped,
    *,
    preview: Preview | None = None,
    refused: Refused | None = None,
) -> Response:
    return visit.page(
        "meeting.html",
        status=status_of(refused.error) if refused else 200,
        cycle=cycle,
        typed=typed,
        preview=preview,
        field=refused.field if refused else "",
        words=words_of(refused.error, visit.language) if refused else "",
    )


@router.get("/plans/{plan_id}/meeting/postpone")
def ask_to_postpone(visit: SignedIn, plan_id: str) -> Response:
    """The form that takes the meeting's day away until another is set."""
    return _postpone_page(visit, _read_to_postpone(visit, plan_id), Typed({}))


@router.post("/plans/{plan_id}/meeting/postpone")
def postpone(visit: SignedIn, form: Posted, plan_id: str) -> Response:
    """Preview what postponing moves; confirmed, postpone."""
    cycle, typed = _read_to_postpone(visit, plan_id), Typed(form)
    try:
        command = PostponeMeeting(typed.words("reason"), typed.month("month"))
        if form.get("stage") != "confirm":
            return _postpone_page(visit, cycle, typed, changes=carrying.preview(visit, plan_id, command))
        carry_out(visit, plan_id, command, form)
    except Refused as refused:
        complaint = carrying.complaint_of(visit, cycle, refused)
        return _postpone_page(visit, _read_to_postpone(visit, plan_id), typed, complaint=complaint)
    return visit.see(f"/plans/{plan_id}")


def _read_to_postpone(visit: Visit, plan_id: str) -> Cycle:
    """The plan, for somebody who may postpone its meeting. Raises `NotPermitted`."""
    cycle = visit.plan(plan_id)
    permissions.check(visit.asked, PostponeMeeting(""), cycle)
    return cycle


def _postpone_page(
    visit: Visit,
    cycle: Cycle,
    typed: Typed,
    *,
    changes: Sequence[DueChange] | None = None,
    complaint: Complaint = NO_COMPLAINT,
) -> Response:
    return visit.page(
        "postpone.html",
        status=complaint.status,
        cycle=cycle,
        typed=typed,
        changes=changes,
        complaint=complaint,
        blanks=(
            Blank("month", N_("Tháng họp mới, nếu đã biết"), hint=N_("Ví dụ 06/2026; để trống nếu chưa biết.")),
            Blank("reason", N_("Lý do hoãn (bắt buộc)"), Kind.AREA, wide=True),
        ),
    )

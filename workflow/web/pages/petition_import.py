"""Petitions from a spreadsheet: the file, a preview of every row with what is wrong with it, the confirmation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from workflow.documents.incoming import LARGEST, SheetTooLarge, read_sheet
from workflow.documents.petition_sheet import SheetRow, petition_rows
from workflow.documents.words import AUTHORITY, RAISED_WHEN
from workflow.domain.commands import RaisePetition
from workflow.domain.cycle import Cycle
from workflow.domain.errors import BadInput
from workflow.domain.names import folded
from workflow.services import plans
from workflow.web.blanks import Typed
from workflow.web.carrying import NO_COMPLAINT, Complaint
from workflow.web.downloads import safe_name
from workflow.web.failures import words_of
from workflow.web.forms import Refused, complaint
from workflow.web.pages.petitions import for_raising, handle_several_of
from workflow.web.security import body_limit
from workflow.web.views.petition_acts import raised
from workflow.web.visit import PostedWithFiles, SignedIn, Visit

router = APIRouter()
_BODY = LARGEST + 1024 * 1024


class SheetMissing(BadInput):
    template = "Hãy chọn tệp .xlsx hoặc .csv có danh sách kiến nghị."


class ChoiceUnreadable(BadInput):
    template = "Không hiểu «{typed}»; hãy ghi một trong: {known}."


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: the petition that it makes, or why it makes none."""

    line: int
    fields: dict[str, str]
    command: RaisePetition | None
    wrong: str = ""


@router.get("/plans/{plan_id}/petitions/import")
def blank(visit: SignedIn, plan_id: str) -> Response:
    """The form for the file."""
    return _page(visit, for_raising(visit, plan_id))


@router.post("/plans/{plan_id}/petitions/import")
@body_limit(_BODY)
def take(visit: SignedIn, form: PostedWithFiles, plan_id: str) -> Response:
    """Show what a file would bring; confirmed, take the rows down that can be, and tell which cannot."""
    cycle = for_raising(visit, plan_id)
    try:
        given = _given_before(form)
        rows = given if given is not None else _read(form)
    except Refused as refused:
        error = refused.error
        return _page(visit, cycle, complaint=Complaint("file", words_of(error, visit.language), status=422))
    checked = [_checked(visit, cycle, row) for row in rows]
    good = [row for row in checked if row.command is not None]
    if given is None or not good:
        return _page(visit, cycle, rows=checked)
    outcome = handle_several_of(visit, plan_id, [row.command for row in good if row.command], form)
    if outcome.refused:
        bad = [
            Row(good[place].line, good[place].fields, None, words_of(error, visit.language))
            for place, error in outcome.refused.items()
        ]
        return _page(visit, outcome.cycle, rows=bad, done=outcome.done)
    return visit.see(f"/plans/{plan_id}/petitions?imported={outcome.done}")


def _read(form: FormData) -> list[SheetRow]:
    """The rows of the file sent. Raises `Refused`."""
    upload = form.get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        raise Refused("file", SheetMissing())
    name = safe_name(upload.filename)
    content = upload.file.read(LARGEST + 1)
    try:
        if len(content) > LARGEST:
            raise SheetTooLarge(file=name, rows=2000)
        return petition_rows(read_sheet(name, content))
    except BadInput as error:
        raise Refused("file", error) from error


def _given_before(form: FormData) -> list[SheetRow] | None:
    """The rows of a preview that is confirmed; None when a file was sent instead. Nothing in them is trusted."""
    upload, told = form.get("file"), form.get("rows")
    if (isinstance(upload, UploadFile) and upload.filename) or not isinstance(told, str) or not told:
        return None
    try:
        rows = json.loads(told)
        return [SheetRow(int(line), {str(k): str(v) for k, v in dict(fields).items()}) for line, fields in rows][:2000]
    except (ValueError, TypeError) as error:
        raise Refused("file", SheetMissing()) from error


def _checked(visit: Visit, cycle: Cycle, row: SheetRow) -> Row:
    """A row with its petition, as the plan would take it now, or with what is wrong."""
    fields = dict(row.fields)
    try:
        command = raised(Typed(_understood(fields)))
        plans.check(visit.application.terms_of, cycle, command, at=visit.at, actor=visit.asked.person_id)
    except Refused as refused:
        return Row(row.line, fields, None, words_of(refused.error, visit.language))
    except BadInput as error:
        return Row(row.line, fields, None, words_of(complaint(error).error, visit.language))
    return Row(row.line, fields, command)


def _understood(fields: dict[str, str]) -> dict[str, str]:
    """The fields with words in place of which values stand, and without a name for whoever wants none."""
    made = dict(fields)
    for name, table in (("authority", AUTHORITY), ("raised_when", RAISED_WHEN)):
        made[name] = _value_of(name, made.get(name, ""), {words: str(value) for value, words in table.items()})
    if not made.get("name") and not made.get("unit"):
        made["anonymous"] = "1"
        made["contact"] = ""
    return made


def _value_of(name: str, typed: str, known: dict[str, str]) -> str:
    if not typed:
        return ""
    found = {folded(words): value for words, value in known.items()} | {value: value for value in known.values()}
    value = found.get(folded(typed))
    if value is None:
        raise Refused(name, ChoiceUnreadable(typed=typed[:60], known="; ".join(known)))
    return value


def _page(
    visit: Visit, cycle: Cycle, *, rows: Sequence[Row] = (), done: int = 0, complaint: Complaint = NO_COMPLAINT
) -> Response:
    good = [(row.line, row.fields) for row in rows if row.command is not None]
    return visit.page(
        "petition_import.html",
        status=complaint.status,
        cycle=cycle,
        rows=rows,
        good=len(good),
        told=json.dumps(good, ensure_ascii=False),
        done=done,
        complaint=complaint,
    )

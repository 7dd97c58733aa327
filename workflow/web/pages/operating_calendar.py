"""Adopting a decision on days off: its text, what it would move, and the adoption itself beside the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from calendars.decisions import Notice, NoticeError
from calendars.notice_reader import packaged_notices, parse_notice
from workflow.domain.errors import BadInput, Conflict, DoithoaiError
from workflow.domain.names import slug
from workflow.ports import AdoptedNotice
from workflow.services import adopting, operating
from workflow.web.downloads import safe_name
from workflow.web.failures import status_of, words_of
from workflow.web.jobs import Job, JobStatus, JobUnknown, Made, Tell
from workflow.web.pages.history import jobs_of
from workflow.web.security import body_limit
from workflow.web.views.operating import (
    MOST_PLANS,
    Complaint,
    complaints,
    days_changed,
    facts_of_days,
    facts_of_plans,
    kept_limits,
    plans_moved,
)
from workflow.web.visit import Posted, PostedWithFiles, SignedIn, Visit

router = APIRouter()
PREVIEW = "adopt_preview"
ADOPT = "adopt"
LARGEST = 100_000
"""Of a decision's text, in bytes."""

PASTED = "van-ban.toml"
SAMPLE = "2026-cong-van-12729.toml"
"""A shipped decision, shown as what such a file looks like."""


class DecisionMissing(BadInput):
    template = "Hãy chọn tệp .toml của văn bản nghỉ, hoặc dán nội dung tệp vào ô bên dưới."


class DecisionUnreadable(BadInput):
    template = "Không đọc được tệp «{file}»; hãy lưu dưới dạng văn bản UTF-8, không quá {kilobytes} KB."


class PreviewGone(BadInput):
    template = "Bản xem trước không còn nữa; hãy chọn lại văn bản rồi xem trước lần nữa."


class DecisionFitsNoMore(Conflict):
    template = "Trong lúc bạn xem, lịch đã có văn bản khác trái với văn bản này; hãy xem trước lại."


@router.get("/calendar/adopt")
def show(visit: SignedIn) -> Response:
    """The form for a decision, and the decisions adopted here."""
    return _page(visit)


@router.post("/calendar/adopt")
@body_limit(2 * LARGEST + 64 * 1024)
def take(visit: SignedIn, form: PostedWithFiles) -> Response:
    """Read a decision; begin to find out what it would move."""
    _check(visit)
    name, text = "", ""
    try:
        name, text = _sent(form)
        notice = parse_notice(text, name or PASTED)
        if not name:
            notice = replace(notice, file=f"{slug(notice.number or notice.settles)}.toml")
        days = visit.application.days_changed_by(notice)
    except BadInput as error:
        return _page(visit, words=words_of(error, visit.language), text=text)
    except NoticeError as error:
        return _page(visit, wrong=complaints(error, visit.language), text=text, name=name)
    facts = {"name": notice.file, "text": text, "title": notice.title, "days": facts_of_days(days)}

    def look(tell: Tell) -> Made:
        tell(1, 3)
        application = visit.application
        seen = adopting.preview(application.store, application.terms_with(notice), days, at=visit.at)
        return Made(facts | {"plans": facts_of_plans(seen.plans), "count": len(seen.plans), "limits": seen.limits})

    job = jobs_of(visit).start(visit.asked.person_id, PREVIEW, notice.file, look)
    return visit.see(f"/operating/{job.job_id}")


@router.get("/calendar/adopt/confirm")
def back(visit: SignedIn) -> Response:
    """Where a browser comes when it reloads the address of the form."""
    return visit.see("/calendar/adopt")


@router.post("/calendar/adopt/confirm")
def confirm(visit: SignedIn, form: Posted) -> Response:
    """Count every running plan on the decision that was looked at, but for the limits that are to stay."""
    _check(visit)
    try:
        seen = jobs_of(visit).get(str(form.get("job") or "-"), visit.asked.person_id)
        if seen.kind != PREVIEW or seen.status is not JobStatus.DONE:
            raise PreviewGone
    except (JobUnknown, PreviewGone):
        return _page(visit, words=words_of(PreviewGone(), visit.language))
    keep = kept_limits(form.getlist("keep"))
    name, text = str(seen.result["name"]), str(seen.result["text"])
    job = jobs_of(visit).start(visit.asked.person_id, ADOPT, name, lambda tell: _adopted(visit, name, text, keep, tell))
    return visit.see(f"/operating/{job.job_id}")


def preview_page(visit: Visit, job: Job) -> Response:
    """What a decision would move, as it was found."""
    return visit.page(
        "operating_preview.html",
        job=job,
        days=days_changed(job.result["days"]),
        plans=plans_moved(job.result["plans"]),
        replaces=_is_known(visit, str(job.result["name"])),
        most=MOST_PLANS,
    )


def adopted_page(visit: Visit, job: Job) -> Response:
    """What an adoption did."""
    return visit.page("operating_adopted.html", job=job, plans=plans_moved(job.result["plans"]), most=MOST_PLANS)


def _adopted(visit: Visit, name: str, text: str, keep: Mapping[str, frozenset[str]], tell: Tell) -> Made:
    application = visit.application
    try:
        notice = parse_notice(text, name)
        new_of = application.terms_with(notice)
        application.days_changed_by(notice)
    except NoticeError as error:
        raise DecisionFitsNoMore from error
    at, actor = application.clock.now(), visit.asked.person_id
    record = AdoptedNotice(name, text, at, actor)
    done = adopting.adopt(application.store, new_of, at=at, actor=actor, notice=record, keep=keep, on_progress=tell)
    application.decisions.all(anew=True)
    for plan in done.plans:
        visit.request.app.state.on_change(plan.plan_id)
    return Made(
        {
            "title": notice.title,
            "plans": facts_of_plans(done.plans),
            "count": len(done.plans),
            "counted": done.counted,
            "failed": list(done.failed),
            "told": done.told,
        }
    )


def _check(visit: Visit) -> None:
    operating.check_operates(visit.application.store, visit.asked, visit.scope)


def _page(
    visit: Visit, *, words: str = "", wrong: list[Complaint] | None = None, text: str = "", name: str = ""
) -> Response:
    refused = ""
    try:
        _check(visit)
    except DoithoaiError as error:
        if words or wrong:
            raise
        refused, status = words_of(error, visit.language), int(status_of(error))
    else:
        status = 422 if words or wrong else 200
    return visit.page(
        "operating_adopt.html",
        status=status,
        words=words,
        wrong=wrong or [],
        text=text,
        name=name,
        refused=refused,
        decisions=_adopted_here(visit),
        shipped=len(packaged_notices()),
        sample=(files("calendars") / "notices" / SAMPLE).read_text(encoding="utf-8"),
    )


def _adopted_here(visit: Visit) -> list[tuple[Notice, AdoptedNotice, str]]:
    """The decisions adopted here, the latest first, each with whoever adopted it."""
    with visit.application.store.reading() as uow:
        kept = uow.decisions.all()
        names = {each.actor: uow.directory.get(each.actor) for each in kept}
    people = {actor: person.name if person is not None else actor for actor, person in names.items()}
    return [(parse_notice(each.text, each.name), each, people[each.actor]) for each in reversed(kept)]


def _is_known(visit: Visit, name: str) -> bool:
    files = {notice.file for notice in (*packaged_notices(), *visit.application.decisions.all())}
    return name in files


def _sent(form: FormData) -> tuple[str, str]:
    """The file's name ("" when the text was pasted) and the text."""
    upload, pasted = form.get("file"), form.get("text")
    if isinstance(upload, UploadFile) and upload.filename:
        name = safe_name(upload.filename)
        content = upload.file.read(LARGEST + 1)
        try:
            if len(content) > LARGEST:
                raise DecisionUnreadable(file=name, kilobytes=LARGEST // 1000)
            return name, content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DecisionUnreadable(file=name, kilobytes=LARGEST // 1000) from error
    if not isinstance(pasted, str) or not pasted.strip():
        raise DecisionMissing
    if len(pasted.encode()) > LARGEST:
        raise DecisionUnreadable(file=PASTED, kilobytes=LARGEST // 1000)
    return "", pasted.replace("\r\n", "\n")

"""Whole lists as files, made beside the pages when they are long; and the pages of such long work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from fastapi import APIRouter
from starlette.responses import Response

from workflow.documents.lists import petitions_sheet, plans_sheet
from workflow.documents.sheets import FORMS, XLSX, Sheet, as_file
from workflow.domain.errors import NotFound
from workflow.domain.names import slug
from workflow.ports import PetitionFilter, PlanFilter, UnitOfWork
from workflow.web.downloads import attached_file
from workflow.web.jobs import Job, JobStatus, JobUnknown, Made, Tell
from workflow.web.pages.history import jobs_of
from workflow.web.pages.reports import (
    form_of,
    notices_as_sheet,
    notices_chosen,
    organizations_of,
    steps_as_sheet,
    steps_chosen,
    titles_of,
)
from workflow.web.views.reports import Choice, read_choice, remark_of
from workflow.web.visit import Posted, SignedIn, Visit
from workflow.web.words import N_

router = APIRouter()
EXPORT = "export"


class NothingToExport(NotFound):
    template = "Không có danh sách «{name}» để tải."


def _plans(uow: UnitOfWork, visit: Visit, choice: Choice) -> Sheet:
    asked = choice.asked(visit.scope)
    kinds = frozenset({asked.plan_kind}) if asked.plan_kind is not None else None
    rows = uow.plans.rows(PlanFilter(organizations=asked.organizations, kinds=kinds))
    return plans_sheet(rows, visit.language, choice.organization)


def _steps(uow: UnitOfWork, visit: Visit, choice: Choice) -> Sheet:
    return steps_as_sheet(uow, visit, steps_chosen(uow, visit, choice), remark_of(choice, visit.language))


def _petitions(uow: UnitOfWork, visit: Visit, choice: Choice) -> Sheet:
    asked = choice.asked(visit.scope)
    chosen = PetitionFilter(
        organizations=asked.organizations,
        leads=frozenset({asked.unit}) if asked.unit else None,
        raised_since=asked.since,
        raised_until=asked.until,
    )
    rows = uow.plans.petitions_where(chosen)
    titles = titles_of(uow, (row.plan_id for row in rows))
    return petitions_sheet(rows, titles, visit.language, choice.organization)


def _notices(uow: UnitOfWork, visit: Visit, choice: Choice) -> Sheet:
    chosen = replace(notices_chosen(uow, visit, choice), rungs=None)
    return notices_as_sheet(uow, visit, chosen, choice.organization)


WHAT: Mapping[str, tuple[str, Callable[[UnitOfWork, Visit, Choice], Sheet]]] = MappingProxyType(
    {
        "plans": (N_("Kế hoạch"), _plans),
        "steps": (N_("Các bước"), _steps),
        "petitions": (N_("Kiến nghị"), _petitions),
        "notices": (N_("Thông báo"), _notices),
    }
)
"""What can be taken away, by the name in its address: its words, and the table itself."""


@router.get("/exports")
def show(visit: SignedIn) -> Response:
    """Choose what to take away."""
    choice = read_choice(visit.request.query_params, visit.today)
    with visit.application.store.reading() as uow:
        organizations = organizations_of(uow, visit)
    jobs = [job for job in jobs_of(visit).of_person(visit.asked.person_id) if job.kind == EXPORT]
    form = form_of(visit, choice, organizations)
    return visit.page("exports.html", form=form, choice=choice, what=WHAT, jobs=jobs, words_of_list=_words_of_list)


def _words_of_list(name: str) -> str:
    return WHAT[name][0] if name in WHAT else name


@router.get("/exports/{name}")
def back(visit: SignedIn, name: str) -> Response:  # noqa: ARG001 - one place to come back to for all of them
    """Where a browser comes when it reloads the address of the form."""
    return visit.see("/exports")


@router.post("/exports/{name}")
def start(visit: SignedIn, form: Posted, name: str) -> Response:
    """Begin to make a file; its own page shows how far it is."""
    if name not in WHAT:
        raise NothingToExport(name=name[:40])
    fields = {key: value for key, value in form.items() if isinstance(value, str)}
    choice = read_choice(fields, visit.today)
    wanted = fields.get("as", XLSX)
    made_as = wanted if wanted in FORMS else XLSX
    job = jobs_of(visit).start(
        visit.asked.person_id, EXPORT, name, lambda tell: _made(visit, name, choice, made_as, tell)
    )
    return visit.see(f"/jobs/{job.job_id}")


def _made(visit: Visit, name: str, choice: Choice, form: str, tell: Tell) -> Made:
    tell(1, 10)
    with visit.application.store.reading() as uow:
        sheet = WHAT[name][1](uow, visit, choice)
    tell(4, 10)
    content = as_file(form, sheet, made_at=visit.at)
    return Made({"rows": len(sheet.rows)}, f"{slug(sheet.title)}-{visit.today:%Y-%m-%d}.{form}", content)


@router.get("/jobs/{job_id}")
def job(visit: SignedIn, job_id: str) -> Response:
    """How far some long work of one's own is, and what came of it."""
    found = _job(visit, job_id)
    if found.status is JobStatus.DONE and "draft" in found.result:
        return visit.see(f"/plans/drafts/{found.result['draft']}")
    return visit.page("job.html", job=found, again=2, what=_words_of_list(found.about))


@router.get("/jobs/{job_id}/file")
def job_file(visit: SignedIn, job_id: str) -> Response:
    """The file that some long work of one's own has made."""
    found = _job(visit, job_id)
    path = jobs_of(visit).file_of(found)
    if found.status is not JobStatus.DONE or not found.file or not path.is_file():
        raise JobUnknown(days=7)
    return attached_file(path, found.file)


def _job(visit: Visit, job_id: str) -> Job:
    return jobs_of(visit).get(job_id, visit.asked.person_id)

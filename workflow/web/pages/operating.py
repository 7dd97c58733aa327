"""Long work of running an installation: how far it is, and what came of it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from workflow.web.jobs import JobStatus
from workflow.web.pages import operating_calendar
from workflow.web.pages.history import jobs_of
from workflow.web.visit import SignedIn

router = APIRouter()
BACKUP = "backup"


@router.get("/operating/{job_id}")
def show(visit: SignedIn, job_id: str) -> Response:
    """How far some long work of one's own is; once it is done, what came of it."""
    job = jobs_of(visit).get(job_id, visit.asked.person_id)
    if job.status is JobStatus.DONE and job.kind == operating_calendar.PREVIEW:
        return operating_calendar.preview_page(visit, job)
    if job.status is JobStatus.DONE and job.kind == operating_calendar.ADOPT:
        return operating_calendar.adopted_page(visit, job)
    if job.status is JobStatus.DONE and job.kind == BACKUP:
        return visit.see("/admin/backups")
    return visit.page("operating_job.html", job=job, again=2)

"""Whether the service can do its work, for machines that watch it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse

from workflow.domain.errors import DoithoaiError
from workflow.ports import NoticeStatus, Store

router = APIRouter()


@router.get("/healthz")
def health(request: Request) -> JSONResponse:
    """200 and "ok", or 503 and "degraded" when the database does not answer."""
    database = _database(request.app.state.application.store)
    status = "ok" if database == "ok" else "degraded"
    return JSONResponse({"status": status, "database": database}, status_code=200 if status == "ok" else 503)


def _database(store: Store) -> str:
    try:
        with store.reading() as uow:
            uow.outbox.count(NoticeStatus.DEAD)
    except DoithoaiError:
        return "down"
    return "ok"

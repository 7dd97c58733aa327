"""The reference of the API, for people: every operation with what it takes and what it answers."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from workflow.web.views.api import families
from workflow.web.visit import Anyone

router = APIRouter()


@router.get("/api/v1/docs")
def show(visit: Anyone) -> Response:
    """The reference, made from the same description that programs read."""
    document = visit.request.app.state.api.openapi()
    return visit.page("api.html", families=families(document))

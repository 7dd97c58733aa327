"""The guide, open to anyone."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from workflow.domain.errors import NotFound
from workflow.web.views.help import guide_page
from workflow.web.visit import Anyone

router = APIRouter()


class NoSuchGuide(NotFound):
    template = "Không có trang hướng dẫn này; hãy mở mục lục hướng dẫn ở «Trợ giúp»."


@router.get("/help")
def index(visit: Anyone) -> Response:
    """What there is to read, and for whom."""
    return visit.page("help.html", guide=guide_page(""), inside=False)


@router.get("/help/{page}")
def show(visit: Anyone, page: str) -> Response:
    """One page. Raises `NoSuchGuide`."""
    try:
        return visit.page("help.html", guide=guide_page(page), inside=True)
    except KeyError:
        raise NoSuchGuide from None

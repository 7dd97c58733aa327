"""Lists page by page: `limit` and `offset`, the number of all, and the neighbours in the `Link` header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Generic, TypeVar

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from workflow.web.api.values import Asked, Model

MOST = 200
Item = TypeVar("Item", bound=Model)


class Pages(Asked):
    """Which part of a list is asked for."""

    limit: Annotated[int, Field(ge=1, le=MOST, description="How many, at most.")] = 50
    offset: Annotated[int, Field(ge=0, le=1_000_000, description="After how many.")] = 0


class Page(Model, Generic[Item]):
    """A part of a list; `total`: of the whole list."""

    items: Sequence[Item]
    total: int
    limit: int
    offset: int


def paged(request: Request, asked: Pages, items: Sequence[Item], total: int) -> Response:
    """The answer with a part of a list."""
    page: Page[Item] = Page(items=items, total=total, limit=asked.limit, offset=asked.offset)
    links = ", ".join(f'<{address}>; rel="{name}"' for name, address in _neighbours(request, asked, total))
    return Response(page.model_dump_json(), media_type="application/json", headers={"Link": links})


def _neighbours(request: Request, asked: Pages, total: int) -> Iterator[tuple[str, str]]:
    last = max(0, (total - 1) // asked.limit * asked.limit)
    places = {"first": 0, "prev": asked.offset - asked.limit, "next": asked.offset + asked.limit, "last": last}
    if asked.offset == 0:
        del places["prev"]
    if asked.offset + asked.limit >= total:
        del places["next"]
    for name, offset in places.items():
        url = request.url.include_query_params(limit=asked.limit, offset=max(0, offset))
        yield name, f"{url.path}?{url.query}"

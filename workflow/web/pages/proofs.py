"""Files kept as proof, handed out to whoever may see the plan that they belong to."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from workflow.domain.errors import NotFound
from workflow.domain.events import Event
from workflow.services import scopes
from workflow.web.downloads import attached_file
from workflow.web.uploads import folder_of, shown_name
from workflow.web.visit import SignedIn

router = APIRouter()


class ProofNotFound(NotFound):
    template = "Kế hoạch này không có tệp minh chứng đó; hãy mở lại trang của bước hoặc của kiến nghị."


class ProofLost(NotFound):
    template = "Tệp minh chứng «{file}» không còn trong thư mục lưu; hãy báo quản trị khôi phục từ bản sao lưu."


@router.get("/proofs/{plan_id}/{name}")
def download(visit: SignedIn, plan_id: str, name: str) -> Response:
    """A proof of the plan, one that was corrected since among them, as a file to be saved."""
    with visit.application.store.reading() as uow:
        scopes.plan(uow, visit.scope, plan_id)
        if name not in {file_of(recorded.event) for recorded in uow.plans.log(plan_id)} - {None}:
            raise ProofNotFound
    path = folder_of(visit) / name
    if path.parent != folder_of(visit) or not path.is_file():
        raise ProofLost(file=shown_name(name))
    return attached_file(path, shown_name(name))


def file_of(event: Event) -> str | None:
    """The proof that an event brought, if any."""
    found = getattr(event, "file", None) or getattr(getattr(event, "answer", None), "file", None)
    return found if isinstance(found, str) else None

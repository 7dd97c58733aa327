"""Administration of what people belong to: importing a list, the tree of organizations, the units."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.responses import Response

from workflow.documents.people_file import rows_of
from workflow.domain.errors import BadInput
from workflow.language import translate
from workflow.services import importing, organizing
from workflow.services.administration import PersonTyped
from workflow.services.units import units_of
from workflow.web import forms
from workflow.web.downloads import attached
from workflow.web.failures import status_of, words_of
from workflow.web.pages.admin import administrating
from workflow.web.security import body_limit
from workflow.web.visit import Posted, PostedWithFiles, SignedIn, Visit
from workflow.web.words import N_

router = APIRouter(prefix="/admin")
LARGEST_LIST = 5 * 1024 * 1024
SAMPLE = (
    N_("Họ tên,Cơ quan,Đơn vị,Vai trò,E-mail"),
    N_("Nguyễn Thị Lan,UBND xã Bắc Thanh Miện,Văn phòng HĐND và UBND,người điều phối,lan@example.vn"),
    N_("Trần Văn Minh,UBND xã Bắc Thanh Miện,Ủy ban MTTQ xã,cán bộ phụ trách,"),
)
"""A list to begin with, line by line."""


class FileMissing(BadInput):
    template = "Hãy chọn tệp danh sách (.xlsx hoặc .csv)."


class ListLost(BadInput):
    template = "Danh sách gửi lên bị thiếu phần; hãy tải tệp lên lại."


@router.get("/import")
def ask_for_list(visit: SignedIn) -> Response:
    """The form that takes a list of people."""
    administrating(visit)
    return visit.page("admin_import.html", words="")


@router.get("/import/sample.csv")
def sample(visit: SignedIn) -> Response:
    """A list to begin with."""
    administrating(visit)
    lines = (translate(line, visit.language) for line in SAMPLE)
    return attached("\ufeff" + "".join(f"{line}\r\n" for line in lines), "danh-sach-mau.csv")


@router.post("/import")
@body_limit(LARGEST_LIST)
async def look_over(visit: SignedIn, form: PostedWithFiles) -> Response:
    """What each row of the list means; nothing is kept yet."""
    administrating(visit)
    file = form.get("file")
    try:
        if not isinstance(file, UploadFile) or not file.filename:
            raise FileMissing
        rows = rows_of(await file.read(), file.filename)
        typed = importing.typed_rows(rows, visit.asked.organization)
        return _preview(visit, typed)
    except BadInput as refused:
        words = words_of(refused, visit.language)
        return visit.page("admin_import.html", status=int(status_of(refused)), words=words)


@router.get("/import/keep")
def back_to_list(visit: SignedIn) -> Response:
    """Where a browser comes when it reloads the address of the form."""
    return visit.see("/admin/import")


@router.post("/import/keep")
def keep(visit: SignedIn, form: Posted) -> Response:
    """Keep the rows that were looked over and have nothing wrong."""
    administrating(visit)
    kept = importing.keep(visit.application.store, visit.asked, _rows(str(form.get("rows") or "")))
    return visit.page("admin_imported.html", people=kept)


def _preview(visit: Visit, typed: Sequence[tuple[int, PersonTyped]]) -> Response:
    with visit.application.store.reading() as uow:
        rows = importing.looked_over(uow, visit.asked, typed)
    good = [row for row in rows if row.person is not None]
    return visit.page(
        "admin_import_preview.html",
        rows=rows,
        faults=[(row, words_of(row.error, visit.language)) for row in rows if row.error is not None],
        good=good,
        added=sum(row.is_new for row in good),
        carried=json.dumps([[row.number, asdict(row.typed)] for row in good], ensure_ascii=False),
    )


def _rows(carried: str) -> list[tuple[int, PersonTyped]]:
    """The rows as the preview carried them; they are checked again as if just typed. Raises `ListLost`."""
    try:
        return [(int(number), _row(row)) for number, row in json.loads(carried)]
    except (ValueError, TypeError, KeyError) as error:
        raise ListLost from error


def _row(row: Mapping[str, object]) -> PersonTyped:
    name, organization, unit, role, email = (
        forms.text(row[field], 200) for field in ("name", "organization", "unit", "role", "email")
    )
    return PersonTyped(name, organization, unit, role, email)


@router.get("/organizations")
def organizations(visit: SignedIn, done: str = "") -> Response:
    """The tree, with a form at each place."""
    return _tree_page(visit, done=done)


@router.post("/organizations")
def add_organization(visit: SignedIn, form: Posted) -> Response:
    """Add an organization."""
    name, parent = forms.text(form.get("name"), 200), str(form.get("parent") or "") or None
    return _change(visit, lambda: organizing.add(visit.application.store, visit.asked, name, parent), typed=name)


@router.get("/organizations/{organization_id}/{act}")
def back_to_tree(visit: SignedIn, organization_id: str, act: str) -> Response:  # noqa: ARG001 - whatever was done there
    """Where a browser comes when it reloads the address of a form."""
    return visit.see("/admin/organizations")


@router.post("/organizations/{organization_id}/rename")
def rename(visit: SignedIn, form: Posted, organization_id: str) -> Response:
    """Give an organization another name."""
    name = forms.text(form.get("name"), 200)
    return _change(visit, lambda: organizing.rename(visit.application.store, visit.asked, organization_id, name))


@router.post("/organizations/{organization_id}/move")
def move(visit: SignedIn, form: Posted, organization_id: str) -> Response:
    """Put an organization under another one."""
    parent = str(form.get("parent") or "") or None
    return _change(visit, lambda: organizing.move(visit.application.store, visit.asked, organization_id, parent))


@router.get("/units")
def units(visit: SignedIn, organization: str = "") -> Response:
    """The units that plans give work to and people belong to; those without anybody first."""
    administrating(visit)
    with visit.application.store.reading() as uow:
        tree = [each.name for each in uow.organizations.all() if visit.scope.covers(each.name)]
        organization = organization or visit.asked.organization or next(iter(tree), "")
        found = units_of(uow, visit.scope.narrowed(organization), visit.at)
    return visit.page("admin_units.html", units=found, organizations=tree, organization=organization)


def _change(visit: Visit, act: Callable[[], object], *, typed: str = "") -> Response:
    try:
        act()
    except organizing.OrganizationNotThere:
        raise
    except BadInput as refused:
        return _tree_page(visit, refused=refused, typed=typed)
    return visit.see("/admin/organizations?done=1")


def _tree_page(visit: Visit, *, done: str = "", refused: BadInput | None = None, typed: str = "") -> Response:
    with visit.application.store.reading() as uow:
        tree = organizing.tree_of(uow, visit.asked)
    return visit.page(
        "admin_organizations.html",
        status=int(status_of(refused)) if refused else 200,
        tree=tree,
        choices=tree.walked(),
        whole=visit.scope.keys is None,
        done=done,
        typed=typed,
        words=words_of(refused, visit.language) if refused else "",
    )

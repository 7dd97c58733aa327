"""The ladder of notices of each kind of plan: in words, as text to be edited, and applied to running plans."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from workflow.domain.cycle import PlanStatus
from workflow.domain.definition import PlanKind
from workflow.domain.errors import BadInput, DoithoaiError, NotFound
from workflow.planfile.ladder_file import MOST_BYTES, parse_ladder, write_ladder
from workflow.ports import PlanFilter
from workflow.services import ladders, operating
from workflow.services.ladders import LadderOfKind, ladder_of
from workflow.web import forms
from workflow.web.failures import words_of
from workflow.web.jobs import Made, Tell
from workflow.web.pages.history import jobs_of
from workflow.web.views.operating import rung_lines
from workflow.web.visit import Posted, SignedIn, Visit

router = APIRouter()
LADDER = "ladder"
FILE = "bac-thang.toml"


class NoSuchKind(NotFound):
    template = "Không có loại kế hoạch «{kind}»; hãy chọn một loại ở trang Bậc thang nhắc việc."


class LadderTooLong(BadInput):
    template = "Nội dung quá dài, không thể là bậc thang nhắc việc; hãy rút gọn."


@router.get("/ladders")
def show(visit: SignedIn, done: str = "") -> Response:
    """The ladder of each kind in words."""
    store = visit.application.store
    found = [ladder_of(store, kind) for kind in PlanKind]
    return visit.page(
        "operating_ladders.html",
        ladders=[(each, rung_lines(each.ladder, visit.language)) for each in found],
        may=operating.operates(store, visit.asked, visit.scope),
        done=done,
    )


@router.get("/ladders/{kind}")
def edit(visit: SignedIn, kind: str) -> Response:
    """The ladder of a kind as text."""
    _check(visit)
    found = ladder_of(visit.application.store, _kind(kind))
    return _form(visit, found, write_ladder(found.ladder))


@router.post("/ladders/{kind}")
def save(visit: SignedIn, form: Posted, kind: str) -> Response:
    """Let plans of the kind that start from now on have the ladder that was typed."""
    _check(visit)
    chosen, text = _kind(kind), forms.clean(form.get("text"))
    try:
        if len(text.encode()) > MOST_BYTES:
            raise LadderTooLong
        ladder = parse_ladder(text, FILE)
        ladders.set_ladder(visit.application.store, chosen, ladder, at=visit.at, actor=visit.asked.person_id)
    except DoithoaiError as error:
        return _form(visit, ladder_of(visit.application.store, chosen), text, words_of(error, visit.language))
    return visit.see(f"/ladders?done=saved#{chosen.value}")


@router.get("/ladders/{kind}/{act}")
def back(visit: SignedIn, kind: str, act: str) -> Response:  # noqa: ARG001 - one place to come back to
    """Where a browser comes when it reloads the address of a form."""
    return visit.see("/ladders")


@router.post("/ladders/{kind}/reset")
def reset(visit: SignedIn, _form: Posted, kind: str) -> Response:
    """Let plans of the kind that start from now on have the shipped ladder again."""
    _check(visit)
    chosen = _kind(kind)
    ladders.set_ladder(visit.application.store, chosen, None, at=visit.at, actor=visit.asked.person_id)
    return visit.see(f"/ladders?done=reset#{chosen.value}")


@router.post("/ladders/{kind}/apply")
def apply(visit: SignedIn, _form: Posted, kind: str) -> Response:
    """Let the running plans of the kind climb its ladder from now on, beside the pages."""
    _check(visit)
    chosen = _kind(kind)
    job = jobs_of(visit).start(visit.asked.person_id, LADDER, chosen.value, lambda tell: _applied(visit, chosen, tell))
    return visit.see(f"/operating/{job.job_id}")


def _applied(visit: Visit, kind: PlanKind, tell: Tell) -> Made:
    application, failed, changed = visit.application, [], 0
    with application.store.reading() as uow:
        chosen = PlanFilter(kinds=frozenset({kind}), statuses=frozenset({PlanStatus.RUNNING}))
        before = {row.plan_id: row.version for row in uow.plans.rows(chosen)}
    for done, (plan_id, version) in enumerate(before.items(), 1):
        try:
            cycle = ladders.adopt_in_plan(
                application.store,
                application.terms_of,
                plan_id,
                None,
                at=application.clock.now(),
                actor=visit.asked.person_id,
            )
        except DoithoaiError:
            failed.append(plan_id)
            continue
        if cycle.version != version:
            changed += 1
            visit.request.app.state.on_change(plan_id)
        tell(done, len(before))
    return Made({"changed": changed, "failed": failed})


def _check(visit: Visit) -> None:
    operating.check_operates(visit.application.store, visit.asked, visit.scope)


def _kind(name: str) -> PlanKind:
    if name not in set(PlanKind):
        raise NoSuchKind(kind=name[:40])
    return PlanKind(name)


def _form(visit: Visit, found: LadderOfKind, text: str, words: str = "") -> Response:
    return visit.page("operating_ladder.html", status=422 if words else 200, ladder=found, text=text, words=words)

"""A new plan: from a document, a template or a file; corrected beside its document, examined, rehearsed, started."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, Response

from calendars import CalendarError
from workflow.bootstrap import empty_store
from workflow.documents.rehearsal import Rehearsal, rehearsal_page
from workflow.documents.side_by_side import document_pane, side_by_side
from workflow.domain.definition import Meeting, PlanDefinition
from workflow.domain.errors import BadInput, Conflict
from workflow.language import finding_sentence
from workflow.planfile import PlanFileErrors, parse_plan, write_plan
from workflow.planfile.templates import Filling, filled, template, template_names
from workflow.services import preparing, rehearsing
from workflow.services.agenda import SCENARIOS
from workflow.services.drafting import draft_plan
from workflow.services.permissions import check_leads
from workflow.services.plans import start_plan
from workflow.services.preparing import Drafts, Prepared
from workflow.web import forms
from workflow.web.downloads import attached, safe_name
from workflow.web.failures import words_of
from workflow.web.jobs import Jobs, Made, Tell
from workflow.web.security import body_limit
from workflow.web.views.drafting import corrected, draft_page, meeting_typed, typed_in
from workflow.web.visit import Posted, PostedWithFiles, SignedIn, Visit

router = APIRouter()
LARGEST = 25 * 1024 * 1024
LONGEST_PLAN = 512 * 1024
READ = "read"
"""The kind of the job that reads a document."""

OWN_STYLE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""Pages that stand for themselves carry their style inside; they have neither scripts nor forms."""


class DocumentMissing(BadInput):
    template = "Hãy chọn tệp văn bản kế hoạch (.docx, .pdf, .doc hoặc .txt)."


class PlanFileMissing(BadInput):
    template = "Hãy chọn tệp kế hoạch (.yaml)."


class DocumentTooLarge(BadInput):
    template = "Tệp «{file}» lớn hơn {megabytes} MB; hãy bỏ bớt hình ảnh hoặc gửi riêng phần kế hoạch."


class DraftChanged(Conflict):
    template = "Bản nháp vừa được người khác sửa; những gì bạn gõ còn ở dưới, hãy xem lại rồi lưu lần nữa."


@router.get("/plans/new")
def new(visit: SignedIn) -> Response:
    """The three ways to a new plan, and the plans in preparation."""
    return _new(visit)


@router.post("/plans/new/document")
@body_limit(LARGEST + 1024 * 1024)
def from_document(visit: SignedIn, form: PostedWithFiles) -> Response:
    """Take a document and begin to read it; the job's page leads on to the draft."""
    check_leads(visit.asked, visit.asked.organization)
    try:
        name, content = _sent(form, DocumentMissing)
    except BadInput as error:
        return _new(visit, field="document", error=error)
    person, at, application, language = visit.asked, visit.at, visit.application, visit.language

    def read(tell: Tell) -> Made:
        tell(1, 4)
        with TemporaryDirectory() as passing:
            path = Path(passing) / name
            path.write_bytes(content)
            drafted = draft_plan(path, at=at, language=language)
        tell(3, 4)
        drafts = drafts_of(application.settings.data)
        about = drafts.begin(person, name, drafted.plan_text, at=at)
        drafts.beside(
            about,
            pane=document_pane(drafted.document, drafted.draft, language=language),
            page=side_by_side(drafted.document, drafted.draft, drafted.limits, name=name, language=language),
            findings=[finding_sentence(each, language) for each in drafted.draft.findings if each.words is not None],
        )
        return Made({"draft": about.draft_id, "steps": len(drafted.definition.steps)})

    job = Jobs(application.settings.data / "jobs", application.clock).start(person.person_id, READ, name, read)
    return visit.see(f"/jobs/{job.job_id}")


@router.post("/plans/new/template")
def from_template(visit: SignedIn, form: Posted) -> Response:
    """Begin a draft from a shipped template."""
    check_leads(visit.asked, visit.asked.organization)
    organization = forms.clean(form.get("organization"))
    try:
        on, month = meeting_typed(forms.clean(form.get("meeting")))
        name = forms.clean(form.get("template"))
        filling = Filling(organization, visit.today.year, Meeting(on=on, month=month))
        about = _drafts(visit).begin(visit.asked, template(name).version, filled(name, filling), at=visit.at)
    except BadInput as error:
        return _new(visit, field="template", error=error, organization=organization)
    return visit.see(f"/plans/drafts/{about.draft_id}")


@router.post("/plans/new/file")
@body_limit(LONGEST_PLAN + 64 * 1024)
def from_file(visit: SignedIn, form: PostedWithFiles) -> Response:
    """Begin a draft from a plan file."""
    check_leads(visit.asked, visit.asked.organization)
    try:
        name, content = _sent(form, PlanFileMissing)
        text = write_plan(parse_plan(content.decode("utf-8-sig", errors="replace"), name))
        about = _drafts(visit).begin(visit.asked, name, text, at=visit.at)
    except BadInput as error:
        return _new(visit, field="file", error=error)
    return visit.see(f"/plans/drafts/{about.draft_id}")


@router.get("/plans/drafts/{draft_id}")
def show(visit: SignedIn, draft_id: str, saved: str = "") -> Response:
    """The draft: the document beside its steps, each of which can be corrected, and what is wrong or doubtful."""
    return _draft(visit, _drafts(visit).get(visit.asked, draft_id), saved=bool(saved))


@router.post("/plans/drafts/{draft_id}")
@body_limit(LONGEST_PLAN)
def save(visit: SignedIn, form: Posted, draft_id: str) -> Response:
    """Keep what was corrected; what cannot be kept comes back with what was typed and why."""
    drafts = _drafts(visit)
    draft = drafts.get(visit.asked, draft_id)
    whole = form.get("plan_text")
    try:
        if forms.version(form.get("version")) != draft.about.version:
            raise DraftChanged
        text = whole if isinstance(whole, str) else write_plan(corrected(draft.definition, form))
        parse_plan(text, preparing.PLAN)
    except (BadInput, Conflict) as error:
        typed = typed_in(form) if not isinstance(whole, str) else None
        return _draft(visit, draft, error=error, typed=typed, whole=whole if isinstance(whole, str) else None)
    drafts.change(visit.asked, draft_id, text, at=visit.at)
    return visit.see(f"/plans/drafts/{draft_id}?saved=1")


@router.get("/plans/drafts/{draft_id}/page")
def page(visit: SignedIn, draft_id: str) -> Response:
    """Document and plan side by side as they were read, as one page."""
    return _by_itself(_drafts(visit).page(visit.asked, draft_id))


@router.get("/plans/drafts/{draft_id}/file")
def plan_file(visit: SignedIn, draft_id: str) -> Response:
    """The plan file as it stands."""
    draft = _drafts(visit).get(visit.asked, draft_id)
    return attached(draft.plan_text, f"{Path(draft.about.name).stem}.yaml")


@router.get("/plans/drafts/{draft_id}/rehearsal")
def rehearse(visit: SignedIn, draft_id: str, scenario: str = "on_time") -> Response:
    """The whole cycle of the draft against a virtual clock, as one page."""
    draft = _drafts(visit).get(visit.asked, draft_id)
    try:
        definition = draft.definition
        terms = visit.application.terms_of(definition)
        rehearsed = rehearsing.rehearse(empty_store(), terms, definition, scenario=scenario)
    except (BadInput, CalendarError) as error:
        return _draft(visit, draft, error=error)
    made = Rehearsal(rehearsed.cycle, rehearsed.told, rehearsed.sent_at, rehearsed.outage, scenario)
    return _by_itself(rehearsal_page(made, terms.calendar, visit.language))


@router.post("/plans/drafts/{draft_id}/start")
def start(visit: SignedIn, form: Posted, draft_id: str) -> Response:
    """Start the plan as it stands, for an organization that the person leads; the draft is put away."""
    drafts, application = _drafts(visit), visit.application
    draft = drafts.get(visit.asked, draft_id)
    try:
        if forms.version(form.get("version")) != draft.about.version:
            raise DraftChanged
        definition = draft.definition
        check_leads(visit.asked, definition.organization)
        started_on = forms.day(forms.clean(form.get("started_on"))) or visit.today
        cycle = start_plan(
            application.store,
            application.terms_of,
            definition,
            started_on=started_on,
            at=visit.at,
            actor=visit.asked.person_id,
        )
    except (BadInput, Conflict, CalendarError) as error:
        return _draft(visit, draft, error=error)
    drafts.remove(visit.asked, draft_id)
    visit.request.app.state.on_change(cycle.plan_id)
    return visit.see(f"/plans/{cycle.plan_id}")


@router.post("/plans/drafts/{draft_id}/remove")
def remove(visit: SignedIn, form: Posted, draft_id: str) -> Response:
    """Put a draft away."""
    del form
    _drafts(visit).remove(visit.asked, draft_id)
    return visit.see("/plans/new")


def drafts_of(data: Path) -> Drafts:
    """The plans in preparation of an installation."""
    return Drafts(data / preparing.FOLDER)


def _drafts(visit: Visit) -> Drafts:
    return drafts_of(visit.application.settings.data)


def _new(visit: Visit, *, field: str = "", error: BadInput | None = None, organization: str = "") -> Response:
    check_leads(visit.asked, visit.asked.organization)
    return visit.page(
        "plan_new.html",
        status=422 if error else 200,
        drafts=_drafts(visit).all(visit.asked),
        templates=[template(name) for name in template_names()],
        organization=organization or visit.asked.organization,
        field=field,
        words=words_of(error, visit.language) if error else "",
    )


def _draft(
    visit: Visit,
    draft: Prepared,
    *,
    saved: bool = False,
    error: BadInput | Conflict | CalendarError | None = None,
    typed: dict[str, str] | None = None,
    whole: str | None = None,
) -> Response:
    definition = _readable(draft)
    return visit.page(
        "draft.html",
        status=200 if error is None else 409 if isinstance(error, Conflict) else 422,
        draft=draft,
        page=draft_page(definition, visit.application.terms_of, visit.today, typed) if definition else None,
        whole=draft.plan_text if whole is None else whole,
        whole_open=whole is not None or definition is None,
        scenarios=tuple(SCENARIOS),
        saved=saved,
        words=_words(error, visit) if error is not None else (),
    )


def _readable(draft: Prepared) -> PlanDefinition | None:
    try:
        return draft.definition
    except PlanFileErrors:
        return None


def _words(error: BadInput | Conflict | CalendarError, visit: Visit) -> tuple[str, ...]:
    """Every problem of a plan file, else the one."""
    problems = error.problems if isinstance(error, PlanFileErrors) else (error,)
    return tuple(words_of(problem, visit.language) for problem in problems)


def _sent(form: FormData, missing: type[BadInput]) -> tuple[str, bytes]:
    upload = form.get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        raise missing
    name = safe_name(upload.filename)
    content = upload.file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise DocumentTooLarge(file=name, megabytes=LARGEST // 1024 // 1024)
    return name, content


def _by_itself(page: str) -> Response:
    return HTMLResponse(page, headers={"Content-Security-Policy": OWN_STYLE})

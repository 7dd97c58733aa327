"""The templates of letters: previewed with samples, edited in the data folder once every sample can be worded with them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from shutil import copytree
from tempfile import TemporaryDirectory

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from workflow.domain.errors import BadInput, NotFound
from workflow.language import LANGUAGES, Language
from workflow.notify.render import (
    TEMPLATES,
    TemplateFaulty,
    check_templates,
    forget_templates,
    letters_to_look_at,
    render,
)
from workflow.ports import Message
from workflow.services import operating
from workflow.settings import known_address
from workflow.web.failures import words_of
from workflow.web.visit import Posted, SignedIn, Visit

router = APIRouter(prefix="/admin/letters")
LONGEST = 100_000
"""Of a template, in bytes."""

OWN_STYLE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class TemplateUnknown(NotFound):
    template = "Không có mẫu thư này; hãy chọn một mẫu ở trang Mẫu thư."


class TemplateTooLong(BadInput):
    template = "Mẫu thư dài quá {kilobytes} KB; hãy rút gọn."


@dataclass(frozen=True, slots=True)
class Template:
    """A template of a language; `own`: it was changed here."""

    language: Language
    name: str
    own: bool


@router.get("")
def show(visit: SignedIn, language: str = "vi", sample: str = "0", done: str = "") -> Response:
    """The templates of each language, and a sample letter as it would be sent."""
    _check(visit)
    chosen, number = _language(language), _number(sample)
    message, words = None, ""
    try:
        message = _worded(visit, chosen, number)
    except TemplateFaulty as error:
        words = words_of(error, visit.language)
    return visit.page(
        "operating_letters.html",
        templates=[each for each in _templates(visit) if each.language == chosen],
        languages=LANGUAGES,
        chosen=chosen,
        number=number,
        samples=[(place, _worded_subject(visit, chosen, place)) for place in _shown_samples()],
        message=message,
        words=words,
        done=done,
    )


@router.get("/preview")
def preview(visit: SignedIn, language: str = "vi", sample: str = "0") -> Response:
    """A sample letter as mail programs show it."""
    _check(visit)
    message = _worded(visit, _language(language), _number(sample))
    return HTMLResponse(message.html or "", headers={"Content-Security-Policy": OWN_STYLE})


@router.get("/{language}/{name}")
def edit(visit: SignedIn, language: str, name: str) -> Response:
    """A template as text."""
    _check(visit)
    template = _template(visit, language, name)
    return _form(visit, template, _path(visit, template).read_text(encoding="utf-8"))


@router.post("/{language}/{name}")
def save(visit: SignedIn, form: Posted, language: str, name: str) -> Response:
    """Keep a template here if every sample of every language can be worded with it."""
    _check(visit)
    template = _template(visit, language, name)
    typed = form.get("text")
    text = (typed if isinstance(typed, str) else "").replace("\r\n", "\n")
    own = visit.application.settings.own_templates
    try:
        if len(text.encode()) > LONGEST:
            raise TemplateTooLong(kilobytes=LONGEST // 1000)
        _check_with(own, template, text)
    except (BadInput, TemplateFaulty) as error:
        return _form(visit, template, text, words_of(error, visit.language))
    _put(own / template.language / template.name, text)
    forget_templates()
    return visit.see(f"/admin/letters?language={template.language}&done=saved")


@router.get("/{language}/{name}/revert")
def back(visit: SignedIn, language: str, name: str) -> Response:  # noqa: ARG001 - one place to come back to
    """Where a browser comes when it reloads the address of the form."""
    return visit.see("/admin/letters")


@router.post("/{language}/{name}/revert")
def revert(visit: SignedIn, _form_sent: Posted, language: str, name: str) -> Response:
    """Use the shipped template again."""
    _check(visit)
    template = _template(visit, language, name)
    (visit.application.settings.own_templates / template.language / template.name).unlink(missing_ok=True)
    forget_templates()
    return visit.see(f"/admin/letters?language={template.language}&done=reverted")


def _check(visit: Visit) -> None:
    operating.check_keeps(visit.asked, visit.scope)


def _check_with(own: Path, template: Template, text: str) -> None:
    """Word every sample with a template among those that are used here. Raises `TemplateFaulty`."""
    with TemporaryDirectory() as passing:
        tried = Path(passing) / "templates"
        if own.is_dir():
            copytree(own, tried)
        _put(tried / template.language / template.name, text)
        check_templates(own=tried)


def _put(path: Path, text: str) -> None:
    """Write a file whole before it has its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{token_hex(4)}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _templates(visit: Visit) -> list[Template]:
    own = visit.application.settings.own_templates
    return [
        Template(language, path.name, (own / language / path.name).is_file())
        for language in LANGUAGES
        for path in sorted((TEMPLATES / language).glob("*.j2"))
    ]


def _template(visit: Visit, language: str, name: str) -> Template:
    found = next((each for each in _templates(visit) if (each.language, each.name) == (language, name)), None)
    if found is None:
        raise TemplateUnknown
    return found


def _path(visit: Visit, template: Template) -> Path:
    folder = visit.application.settings.own_templates if template.own else TEMPLATES
    return folder / template.language / template.name


def _form(visit: Visit, template: Template, text: str, words: str = "") -> Response:
    return visit.page("operating_letter.html", status=422 if words else 200, edited=template, text=text, words=words)


def _shown_samples() -> range:
    """The samples that are offered: enough to see each kind of letter."""
    return range(0, len(letters_to_look_at()), 3)


def _worded(visit: Visit, language: Language, number: int) -> Message:
    own = visit.application.settings.own_templates
    letters = letters_to_look_at()
    return render(
        letters[min(number, len(letters) - 1)],
        base_url=known_address(visit.application.settings),
        language=language,
        own=own if own.is_dir() else None,
    )


def _worded_subject(visit: Visit, language: Language, number: int) -> str:
    try:
        return _worded(visit, language, number).subject
    except TemplateFaulty:
        return str(number + 1)


def _language(typed: str) -> Language:
    return "en" if typed == "en" else "vi"


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0

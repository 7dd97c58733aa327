"""From a document to a plan in draft: read it, extract the steps, complete them, and write them as a plan file."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from calendars import calendar_named
from calendars.rules import Due
from calendars.working_calendar import CalendarError
from workflow.domain.definition import PlanDefinition
from workflow.domain.errors import BadInput
from workflow.domain.lint_case import Case
from workflow.domain.zone import day_of
from workflow.intake.completing import complete
from workflow.intake.defining import definition_of
from workflow.intake.document import Document
from workflow.intake.draft import Draft
from workflow.intake.extracting import extract
from workflow.intake.readers.reading import read_document, read_many
from workflow.language import Language
from workflow.planfile.annotated import write_annotated
from workflow.services.draft_json import draft_json, json_text
from workflow.services.draft_remarks import remarks_of

Made = TypeVar("Made")

CALENDAR = "office"
"""The calendar that a drafted plan is counted on, until somebody names another one in its file."""


DOCUMENTS = "documents"


def kept_documents(data: Path) -> Path:
    """The folder, in the data folder, of documents that were handed in to be read."""
    return data / DOCUMENTS


class DocumentUnknown(BadInput):
    template = "Không có văn bản «{name}» trong kho văn bản; hãy tải văn bản lên rồi thử lại."


class DraftNotWritten(BadInput):
    template = "Không ghi được tệp «{file}» ({why}); hãy kiểm tra thư mục và quyền ghi rồi thử lại."


@dataclass(frozen=True)
class Drafted:
    """A document that was read and the plan in draft: as it was extracted, as a definition, and as a plan file's text."""

    document: Document
    draft: Draft
    definition: PlanDefinition
    plan_text: str

    @cached_property
    def limits(self) -> Mapping[str, Due | None]:
        """The computed limit of each step by its key; empty where the calendar does not reach the plan's days."""
        with suppress(CalendarError):
            return Case(self.definition, calendar_named(self.definition.calendar)).limits
        return {}


def draft_plan(path: Path, *, at: datetime, language: Language = "vi") -> Drafted:
    """The plan that a document describes, as seen at an instant. `language`: of the remarks in the plan file.

    Raises the reader's errors, each one sentence, for a file that is no document.
    """
    return drafted_from(read_document(path), path.name, today=day_of(at), language=language)


def drafted_from(document: Document, name: str, *, today: date, language: Language = "vi") -> Drafted:
    """The same of a document that was already read; `name` is what people call it. Pure."""
    draft = complete(extract(document), document, calendar_named(CALENDAR), today=today)
    definition = definition_of(draft)
    return Drafted(document, draft, definition, write_annotated(definition, remarks_of(draft, name, language)))


def draft_many(
    paths: Sequence[Path],
    make: Callable[[Path, Drafted], Made],
    *,
    at: datetime,
    language: Language = "vi",
    workers: int = 2,
) -> Iterator[tuple[Path, Made | BadInput]]:
    """What is made of each file's draft, in their order, as it gets done, or why the file cannot be read.

    Many files are drafted side by side in `workers` processes: `make` is then called there, so that it and what it
    gives back must be such as can be sent between processes. Stopping early stops everything.
    """
    draft = partial(_made, make=make, today=day_of(at), language=language)
    documents = read_many(paths, workers=workers)
    if len(paths) < WORTH_PROCESSES:
        for path, read in documents:
            yield path, read if isinstance(read, BadInput) else draft(path, read)
    else:
        yield from _side_by_side(documents, draft, workers)


WORTH_PROCESSES = 12
"""From how many files on it pays to start processes for them."""


def _made(
    path: Path, document: Document, *, make: Callable[[Path, Drafted], Made], today: date, language: Language
) -> Made:
    return make(path, drafted_from(document, path.name, today=today, language=language))


def _side_by_side(
    documents: Iterator[tuple[Path, Document | BadInput]], draft: Callable[[Path, Document], Made], workers: int
) -> Iterator[tuple[Path, Made | BadInput]]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    waiting: deque[tuple[Path, Callable[[], Made | BadInput]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        try:
            for path, read in documents:
                waiting.append(
                    (
                        path,
                        partial(_as_it_is, read)
                        if isinstance(read, BadInput)
                        else pool.submit(draft, path, read).result,
                    )
                )
                if len(waiting) > 4 * workers:
                    first, result = waiting.popleft()
                    yield first, result()
            while waiting:
                first, result = waiting.popleft()
                yield first, result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _as_it_is(refusal: BadInput) -> BadInput:
    return refusal


def draft_kept(folder: Path, name: str, *, at: datetime, language: Language = "vi") -> Drafted:
    """Draft the plan of a document in the application's folder of documents, and write it beside it.

    `<name>.yaml` is the plan file, `<name>.json` the draft with its sources; doing it again replaces both. Raises
    `DocumentUnknown` for a name that leads elsewhere, and what `draft_plan` raises.
    """
    path = folder / name
    if Path(name).name != name or not path.is_file():
        raise DocumentUnknown(name=name)
    drafted = draft_plan(path, at=at, language=language)
    replace_file(folder / f"{name}.yaml", drafted.plan_text)
    replace_file(folder / f"{name}.json", json_text(draft_json(drafted.draft, drafted.limits, language)))
    return drafted


def replace_file(path: Path, text: str) -> None:
    """Write a file whole or not at all, and the folder it is to be in. Raises `DraftNotWritten`."""
    unfinished = path.with_name(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise DraftNotWritten(file=path, why=error.strerror or type(error).__name__) from error

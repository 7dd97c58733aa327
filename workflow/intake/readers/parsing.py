"""From a file to a document in this very process: what the child process runs, and what tests and measures call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workflow.intake.document import Document
from workflow.intake.readers.admission import admit
from workflow.intake.readers.doc import read_doc
from workflow.intake.readers.docx import read_docx
from workflow.intake.readers.kinds import Kind, recognise
from workflow.intake.readers.measure import Earn, limited
from workflow.intake.readers.pdf import read_pdf
from workflow.intake.readers.text_file import read_text


def parse(path: Path, earn: Earn | None = None) -> Document:
    """The document in a file. Raises a `DocumentRefused`; for one thread at a time.

    Nothing bounds the time and memory that a hostile file takes: use `reading.read_document` for files of unknown origin.
    """
    admit(path)
    return _READERS[recognise(path)](path, limited(earn, path.name))


_READERS: dict[Kind, Callable[[Path, Earn], Document]] = {
    Kind.DOCX: read_docx,
    Kind.PDF: read_pdf,
    Kind.TXT: read_text,
    Kind.DOC: read_doc,
}

"""The package of a .docx: guarded before anything in it is unpacked, its parts found by their relations."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile, ZipInfo

from workflow.intake.readers.measure import Earn
from workflow.intake.readers.refusals import (
    Damaged,
    DocumentRefused,
    OtherWordProcessor,
    PackedTooTightly,
    PasswordProtected,
    StrangeXml,
)
from workflow.intake.readers.xml_stream import BrokenMarkup, StrangeMarkup, children

MOST_ENTRIES = 5_000
MOST_BYTES = 1 << 30
"""What all entries may take unpacked, pictures included; most are never unpacked."""
MOST_XML_BYTES = 200 << 20
MOST_RATIO = 200
"""How often an entry may be longer than it is packed; Word's own XML reaches 30, a long form of equal rows 150."""
SMALL = 1 << 20
"""An entry so long, unpacked, does no harm however tightly it is packed."""


@dataclass(frozen=True, slots=True)
class Relation:
    """That a part refers to another: `kind` is the last word of the relation's address."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of a .docx; `earn` is told of letters as they are read.

    Raises a `DocumentRefused` from its making on, whatever is wrong with the file.
    """

    def __init__(self, path: Path, earn: Earn) -> None:
        self.file = path.name
        self._earn = earn
        with self._telling():
            self._zip = ZipFile(path)
        self._entries = {entry.filename.lower(): entry for entry in self._zip.infolist()}
        self._guard()

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def main_part(self) -> str:
        """The name of the document itself."""
        mains = [relation.target for relation in self.relations("") if relation.kind == "officeDocument"]
        if not mains or mains[0].lower() not in self._entries:
            raise Damaged(file=self.file)
        if not mains[0].startswith("word/") and not mains[0].endswith("document.xml"):
            raise OtherWordProcessor(file=self.file, format=mains[0].partition("/")[0])
        return mains[0]

    def relations(self, part: str) -> tuple[Relation, ...]:
        """What a part refers to inside the package, in order; "" stands for the package itself."""
        folder, name = posixpath.split(part)
        found = self.children(posixpath.join(folder, "_rels", f"{name}.rels"), "rel:Relationships")
        return tuple(_relation(each, folder) for each in found if each.get("TargetMode") != "External")

    def related(self, part: str, kind: str) -> str | None:
        """The first part of a kind that a part refers to."""
        return next((each.target for each in self.relations(part) if each.kind == kind), None)

    def children(self, part: str | None, parent: str) -> Iterator[Element]:
        """The children of an element of a part, one by one; none where there is no such part."""
        entry = self._entries.get(part.lower()) if part else None
        if entry is None:
            return
        with self._telling(), self._zip.open(entry) as content:
            yield from children(content, parent, self._earn)

    def _guard(self) -> None:
        entries = self._entries.values()
        xml = sum(entry.file_size for entry in entries if entry.filename.lower().endswith((".xml", ".rels")))
        if (
            len(self._zip.infolist()) > MOST_ENTRIES
            or sum(entry.file_size for entry in entries) > MOST_BYTES
            or xml > MOST_XML_BYTES
            or any(map(_is_bomb, entries))
        ):
            raise PackedTooTightly(file=self.file)
        if any(entry.flag_bits & 1 for entry in entries):
            raise PasswordProtected(file=self.file)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell whatever may go wrong in a package as a refusal of the file."""
        try:
            yield
        except DocumentRefused:
            raise
        except StrangeMarkup as error:
            raise StrangeXml(file=self.file) from error
        except (BrokenMarkup, BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise Damaged(file=self.file) from error


def _is_bomb(entry: ZipInfo) -> bool:
    return entry.file_size > SMALL and entry.file_size > MOST_RATIO * entry.compress_size


def _relation(element: Element, folder: str) -> Relation:
    target = element.get("Target", "")
    inner = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Relation(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], inner)

"""From blocks to paragraphs: physical lines joined where a sentence runs on, their numbers and bullets told apart."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from calendars.grammar.lexer import fold
from workflow.intake.document import Block, BlockKind, Document
from workflow.intake.flowing import Flow, Part, flowed
from workflow.intake.labels import fields
from workflow.intake.lexicon import fold_phrase, joined, vocabulary, word_pattern

_MARKS: Final = (
    ("roman", re.compile(r"(?=[IVX])(X{0,3}(?:IX|IV|V?I{0,3}))\s*[.\-–:/)]+\s*(?=\S)")),
    ("upper", re.compile(r"([A-HĐ])\s*[.)]\s+(?=\S)")),
    ("paren", re.compile(r"\((\d{1,2})\)\s*\.?\s*(?=\S)")),
    ("parenletter", re.compile(r"\(([a-zđ])\)\s*(?=\S)")),
    (
        "decimal",
        re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\s*(?:[.)\-–]+|(?<=\.\d)|(?<=\.\d\d)|/(?=\s))\s*(?=[^\W\d_]|[“\"(*])"),
    ),
    ("letter", re.compile(r"([a-zđ]\d?)\s*[.)]\s*(?=[^\W\d_])")),
    ("dash", re.compile(r"([-–—−‐‑])\s*(?=\S)")),
    ("plus", re.compile(r"(\+)\s*(?=\S)")),
    ("star", re.compile(r"(\*(?:\s*[.)]|(?=\s)))\s*(?=\S)")),
    ("dot", re.compile(r"([•·●▪■◦○►➢✓✔→⁃∙\uf0b7\uf0a7\uf0d8])\s*(?=\S)")),
)
_UNDOTTED: Final = re.compile(r"([1-9]\d?(?:\.\d{1,2}){0,2})\s+(?=[^\W\d_])")
_STRONG: Final = re.compile(r"^(?:\[bookmark:[^\]]*\]|\*{2,}|__)+\s*")
_ENDS: Final = re.compile(r"[.;:!?…]['”\"»)\]*_\s]*$|\./\.[*\s]*$")
_LIST_ENDS: Final = re.compile(r"[.;!?][”\"»)*_\s]*$")
_FIELD: Final = re.compile(r"^[^\W\d_][^:.;]{1,40}:(?:\s|$)")
_HEAD: Final = 12  # lines of a letterhead, where two columns may stand side by side
_COLUMNS: Final = re.compile(r"\S+(?:[^\S\t]{1,3}\S+)*")
_BLANK: Final = re.compile(r"\n[^\S\n]*\r?\n")
_WHOLE: Final = re.compile(r"\S(?:.*\S)?")
_WIDEST: Final = 125  # characters of a line that was wrapped by hand or by the page
_BARS: Final = 2  # bars in a line of a drawn table
_GOING_ON: Final = 0.05  # of the lines of a wrapped text at least begin in the middle of a sentence
_AIRY: Final = 0.6  # of the lines stand apart: a blank line is then no end of a paragraph
_FEWEST: Final = 12  # lines from which a width can be told
BULLETS: Final = frozenset({"dash", "plus", "star", "dot"})


@cache
def _numbered() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """ "Điều 1.", "Bước 2:", "Giai đoạn 1 (từ …):", "Phần thứ nhất." …, by what their style is called."""
    count = _either(vocabulary("words")["counted"])
    ends = r"(?:\s*[.:\-–)/]+\s*(?=\S)|\s+(?=\())"
    return tuple(
        (
            style,
            re.compile(rf"((?:{_either(words)})\s+(?:số\s+)?(?:\d{{1,2}}|[IVX]{{1,4}}|{count})){ends}", re.IGNORECASE),
        )
        for style, words in vocabulary("words")["numbered"].items()
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its words behind the number or bullet. `style` "" when there is neither; `mark` as written.

    `start`: where it begins in the document, the mark included. `bold`: all of it is.
    """

    body: Part
    style: str = ""
    mark: str = ""
    start: int = 0
    bold: bool = False
    kind: BlockKind = BlockKind.LINE

    @property
    def text(self) -> str:
        """Its cleaned words."""
        return self.body.text

    @property
    def capitals(self) -> bool:
        """Whether it is written in capital letters."""
        letters = [each for each in self.text if each.isalpha()]
        return len(letters) > 2 and sum(each.isupper() for each in letters) > 0.85 * len(letters)


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    text: str
    block: Block
    apart: bool = False

    @property
    def bare(self) -> str:
        return _STRONG.sub("", self.text)

    @property
    def marked(self) -> bool:
        return mark_of(self.text) is not None


def mark_of(text: str) -> tuple[str, str, int] | None:
    """The style of the number or bullet that a line begins with, the mark, and where the words begin."""
    strong = _STRONG.match(text)
    skipped = strong.end() if strong else 0
    for style, shape in (*_numbered(), *_MARKS):
        found = shape.match(text, skipped)
        if found is None or (style == "dash" and text[found.end() : found.end() + 1].isdigit() and found.end() == 1):
            continue
        depth = found.group(1).count(".") if style == "decimal" else 0
        return f"{style}{depth or ''}", found.group(1), found.end()
    return _undotted(text, skipped)


def _undotted(text: str, skipped: int) -> tuple[str, str, int] | None:
    """ "1 Thời gian": a number without a dot, when nothing but the name of a section or of a line follows it."""
    found = _UNDOTTED.match(text, skipped)
    if found is None or not text[found.end()].isupper():
        return None
    label = fold_phrase(text[found.end() :].split(":", maxsplit=1)[0].strip(" .*_"))
    depth = found.group(1).count(".")
    known = label in fields("fields") or label in fields("undotted")
    return (f"decimal{depth or ''}", found.group(1), found.end()) if known else None


def paragraphs(document: Document, tables: Container[int] = ()) -> list[Paragraph]:
    """The paragraphs of a document; those tables, headers and footers left out."""
    lines = list(_lines(document, tables))
    width = _width(lines)
    airy = sum(line.apart for line in lines) > _AIRY * len(lines)
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and _runs_on(groups[-1][-1], line, 0 if line.apart and not airy else width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [made for group in groups if (made := _paragraph(document, group)) is not None]


def _lines(document: Document, tables: Container[int]) -> Iterator[_Line]:
    count = end = 0
    for block in document.blocks:
        if block.kind in (BlockKind.PAGE_HEADER, BlockKind.PAGE_FOOTER) or (block.cell and block.cell.table in tables):
            continue
        start = block.start
        for piece in document.text[block.start : block.end].splitlines(keepends=True):
            if block.kind is BlockKind.LINE and count and _page_number().fullmatch(piece.strip()):
                start += len(piece)
                continue
            for found in _COLUMNS.finditer(piece) if count < _HEAD else _WHOLE.finditer(piece):
                at = start + found.start()
                blank = _BLANK.search(document.text[end:at]) is not None
                yield _Line(at, start + found.end(), found.group(), block, blank)
                end = start + found.end()
            count += bool(piece.strip())
            start += len(piece)


@cache
def _page_number() -> re.Pattern[str]:
    """A line that is nothing but the number of its page: "3", "- 3 -", "Trang 2/5", "KH đối thoại 2026 - Trang 3/4"."""
    page = _either(vocabulary("words")["page"])
    return re.compile(
        rf"[-–— ]*\d{{1,3}}[-–— ]*|(?:.{{0,60}}[-–—|]\s*)?(?:{page})\.?\s*\d{{1,3}}(?:\s*/\s*\d{{1,3}})?", re.IGNORECASE
    )


def _width(lines: Sequence[_Line]) -> int:
    """The width at which the lines were wrapped; 0 when each is a paragraph of its own."""
    plain = [line for line in lines if line.block.kind is BlockKind.LINE]
    going_on = sum(line.bare[:1].islower() for line in plain)
    if len(plain) < _FEWEST or going_on < _GOING_ON * len(plain):
        return 0
    width = sorted(len(line.text) for line in plain)[int(len(plain) * 0.9)]
    return width if width <= _WIDEST else 0


def _runs_on(before: _Line, line: _Line, width: int) -> bool:
    """Whether a line goes on with the sentence of the line before it."""
    if (
        line.marked
        or line.text.count("|") >= _BARS
        or (line.block is not before.block and BlockKind.LINE not in (line.block.kind, before.block.kind))
    ):
        return line.text.count("|") < _BARS and _split_block(before, line)
    first, wrapped = line.bare[:1], bool(width) and _full(before, line, width)
    if _LIST_ENDS.search(before.text):
        return wrapped and before.text.endswith(";") and first.islower()
    if _shouts(before.text) and not _shouts(line.text):
        return False
    if first.islower() or first in ",;)&" or (first.isdigit() and _open_date(before.text)):
        return True
    if _ENDS.search(before.text) or _shouts(line.text) or _shouts(before.text):
        return False
    return wrapped and not (_FIELD.match(line.bare) or _begins_duty(before, line) or _opens_basis(line))


def _open_date(text: str) -> bool:
    """Whether a line breaks off behind "ngày", "tháng" or "năm"."""
    return fold(text.rsplit(maxsplit=1)[-1]) in {fold(word) for word in vocabulary("words")["date_words"]}


def _opens_basis(line: _Line) -> bool:
    """Whether a line begins with "Căn cứ", "Theo Nghị định …", in a capital letter: nothing goes on with that."""
    words = line.bare.split()[:3]
    return (
        line.bare[0].isupper()
        and word_pattern("opens_basis", start=True).search(f" {' '.join(map(fold, words))} ") is not None
    )


def _begins_duty(before: _Line, line: _Line) -> bool:
    """Whether the line opens with a verb and the line before it is a heading that names a unit."""
    words = [fold(word) for word in line.text.split()[:2]]
    heading = mark_of(before.text)
    if heading is None or heading[0] in BULLETS or len(words) < 2:
        return False
    verbs, names = word_pattern("verbs", start=True), word_pattern("units", start=True)
    return bool(verbs.search(joined(words))) and bool(names.search(f" {fold_phrase(before.text[heading[2] :])} "))


def _split_block(before: _Line, line: _Line) -> bool:
    """A paragraph that was cut in two in the middle of a sentence."""
    if line.marked or line.block.label or before.block.kind is BlockKind.HEADING:
        return False
    return (line.bare[:1].islower() and before.text[-1:] in ",–-") or (
        line.bare[:1].islower() and before.text[-1:].isalnum() and len(before.text) > 40
    )


def _full(before: _Line, line: _Line, width: int) -> bool:
    """Whether the first word of the line had found no room on the line before."""
    word = line.text.split(maxsplit=1)[0]
    return len(before.text) + 1 + len(word) >= 0.78 * width


def _shouts(text: str) -> bool:
    letters = [each for each in text if each.isalpha()]
    return bool(letters) and all(each.isupper() for each in letters)


def _paragraph(document: Document, lines: Sequence[_Line]) -> Paragraph | None:
    first = lines[0]
    found = mark_of(first.text)
    style, mark, skipped = found or ("", "", 0)
    stretches = [(first.start + skipped, first.end), *((line.start, line.end) for line in lines[1:])]
    flow = flowed(document.text, stretches)
    if flow.whole.empty:
        return None
    bold = all(line.block.bold for line in lines) or (first.text.startswith("**") and first.text.endswith("**"))
    return Paragraph(flow.whole, style, mark, first.start, bold, first.block.kind)


def cell_flow(document: Document, blocks: Iterable[Block]) -> Flow:
    """The words of a cell, its paragraphs one behind the other."""
    return flowed(document.text, [(block.start, block.end) for block in blocks])

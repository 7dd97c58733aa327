"""The pages of a .pdf as PDFium shows them: the only module that knows that library. For one thread at a time."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from ctypes import byref, c_float, c_int, c_ushort, create_string_buffer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from workflow.intake.readers.measure import LETTERS_PER_PAGE, MOST_PAGES, Earn
from workflow.intake.readers.page_parts import Page, Ruling, Word
from workflow.intake.readers.refusals import Damaged, PasswordProtected, TextTooLong, TooDemanding

_JOINED = 0.13
"""Letters stand in one word when the gap between them is narrower than this part of their height."""
_THIN = 3.0
"""Points up to which a filled rectangle is a line."""
_STRAIGHT = 0.7
_SHORTEST = 4.0
_DEEPEST_FORM = 5
_MOST_LETTERS = 50_000
"""On a page; a closely set one has 8,000."""
_HYPHENS_SAID = str.maketrans({"\x02": "-", "\ufffe": "-"})
_TOGETHER = re.compile(r"(?:[^\s\x00-\x20]|\x02)+")
_HALF = re.compile(r"[\ud800-\udfff]")
_UTF_16 = f"utf-16-{sys.byteorder[0]}e"
_BOLD_FLAG = 1 << 18
_BOLD_WEIGHT = 600

Turn = Callable[[float, float], tuple[float, float]]
"""From the coordinates of the file to those of the page as it is seen."""
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def pages(path: Path, earn: Earn) -> Iterator[Page]:
    """Each page of a file in order. Raises `Damaged`, `PasswordProtected` or `TextTooLong`."""
    document = _opened(path)
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise TextTooLong(file=path.name, pages=MOST_PAGES)
        if not count:
            raise Damaged(file=path.name)
        for index in range(count):
            earn(LETTERS_PER_PAGE)
            yield _page(document, index, path.name)
    finally:
        document.close()


def _opened(path: Path) -> Any:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        protected = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise (PasswordProtected if protected else Damaged)(file=path.name) from error


def _page(document: Any, index: int, file: str) -> Page:
    page = raw.FPDF_LoadPage(document, index)
    if not page:
        raise Damaged(file=file)
    text = raw.FPDFText_LoadPage(page)
    try:
        if text and raw.FPDFText_CountChars(text) > _MOST_LETTERS:
            raise TooDemanding(file=file)
        turn, width, height = _turn(page)
        words = tuple(_Words(text, turn).all()) if text else ()
        graphics = _Graphics(turn)
        graphics.take_page(page)
        return Page(width, height, words, tuple(graphics.rulings), graphics.pictures)
    finally:
        if text:
            raw.FPDFText_ClosePage(text)
        raw.FPDF_ClosePage(page)


def _turn(page: Any) -> tuple[Turn, float, float]:
    """How the coordinates of a page are seen, and the width and height that are seen."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, byref(box))
    left, right, low, high = box.left, box.right, box.bottom, box.top
    turns: tuple[Turn, ...] = (
        lambda x, y: (x - left, high - y),
        lambda x, y: (y - low, x - left),
        lambda x, y: (right - x, y - low),
        lambda x, y: (high - y, right - x),
    )
    quarter = raw.FPDFPage_GetRotation(page) % 4
    width, height = right - left, high - low
    return turns[quarter], *((height, width) if quarter % 2 else (width, height))


# ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────


class _Words:
    """The letters of a page put together to words, in the order of the file.

    PDFium itself puts blanks and line ends where letters are apart, so that only the first and the last letter of a word
    need a look; where they do not fit together, every letter is looked at.
    """

    def __init__(self, text: Any, turn: Turn) -> None:
        self._text = text
        self._turn = turn
        self._box = raw.FS_RECTF()
        self._name = create_string_buffer(128)
        self._flags = c_int()
        self._bold: dict[tuple[bytes, int], bool] = {}

    def all(self) -> Iterator[Word]:
        """Every word of the page."""
        for found in _TOGETHER.finditer(self._letters()):
            yield from self._taken(found.group(), found.start())

    def _letters(self) -> str:
        """A letter for each of the page's; taken all at once where PDFium leaves none of them out."""
        count = raw.FPDFText_CountChars(self._text)
        units = (c_ushort * (count + 1))()
        if raw.FPDFText_GetText(self._text, 0, count, units) == count + 1:
            text = bytes(units)[:-2].decode(_UTF_16, "surrogatepass")
            if len(text) == count:
                return text
        return "".join(chr(raw.FPDFText_GetUnicode(self._text, index)) for index in range(count))

    def _taken(self, letters: str, first: int) -> Iterator[Word]:
        """The word, or the words, of letters without a blank among them."""
        last = first + len(letters) - 1
        while last > first and unicodedata.combining(letters[last - first]):
            last -= 1
        left, right, top, bottom = start = self._place(first)
        end = self._place(last) if last > first else start
        low, height = max(bottom, end[3]), max(bottom - top, end[3] - end[2])
        straight = abs(end[2] + end[3] - top - bottom) < 0.6 * height
        if straight and left <= end[1] <= left + height * (len(letters) + 1):
            yield Word(_said(letters), left, max(right, end[1]), min(top, end[2]), low, self._is_bold(first))
        else:
            yield from self._split(letters, first)

    def _split(self, letters: str, first: int) -> Iterator[Word]:
        """Words parted wherever a letter stands apart from the one before it."""
        together = ""
        left = right = top = bottom = 0.0
        bold = False
        for index, letter in enumerate(letters, first):
            if together and unicodedata.combining(letter):
                together += letter
                continue
            box = self._place(index)
            if together and not _goes_on((left, right, top, bottom), box):
                yield Word(_said(together), left, right, top, bottom, bold, spaced=False)
                together = ""
            if not together:
                (left, right, top, bottom), bold = box, self._is_bold(index)
            together += letter
            right = max(right, box[1])
        yield Word(_said(together), left, right, top, bottom, bold, spaced=False)

    def _place(self, index: int) -> tuple[float, float, float, float]:
        """Left, right, top and bottom of a letter."""
        box = self._box
        raw.FPDFText_GetLooseCharBox(self._text, index, box)
        (x0, y0), (x1, y1) = self._turn(box.left, box.top), self._turn(box.right, box.bottom)
        return (x0, x1, y0, y1) if x0 <= x1 and y0 <= y1 else (min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1))

    def _is_bold(self, index: int) -> bool:
        raw.FPDFText_GetFontInfo(self._text, index, self._name, 128, byref(self._flags))
        font = self._name.value, self._flags.value
        if font not in self._bold:
            heavy = raw.FPDFText_GetFontWeight(self._text, index) >= _BOLD_WEIGHT
            self._bold[font] = heavy or b"bold" in font[0].lower() or bool(font[1] & _BOLD_FLAG)
        return self._bold[font]


def _goes_on(word: tuple[float, float, float, float], letter: tuple[float, float, float, float]) -> bool:
    """Whether a letter goes on with the word before it."""
    height = max(letter[3] - letter[2], word[3] - word[2])
    middles = abs(letter[2] + letter[3] - word[2] - word[3]) / 2
    return middles < 0.3 * height and -0.5 * height < letter[0] - word[1] < _JOINED * height


def _said(letters: str) -> str:
    """Letters as they are read: a hyphen at the end of a line has a code of its own, rare letters come in two halves."""
    text = letters.translate(_HYPHENS_SAID)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _HALF.search(text) else text


# ── lines and pictures ────────────────────────────────────────────────────────────────────────────────────────


class _Graphics:
    """The ruled lines of a page, and whether it shows pictures."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self.rulings: list[Ruling] = []
        self.pictures = False

    def take_page(self, page: Any) -> None:
        """Take in all that a page shows."""
        for index in range(raw.FPDFPage_CountObjects(page)):
            self._take(raw.FPDFPage_GetObject(page, index), _IDENTITY, 0)

    def _take(self, thing: Any, outer: Matrix, depth: int) -> None:
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._take_path(thing, _product(_matrix(thing), outer))
        elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            self.pictures = True
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = _product(_matrix(thing), outer)
            for index in range(raw.FPDFFormObj_CountObjects(thing)):
                self._take(raw.FPDFFormObj_GetObject(thing, index), inner, depth + 1)

    def _take_path(self, path: Any, matrix: Matrix) -> None:
        fill, stroke = c_int(), c_int()
        raw.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))
        for points in _outlines(path, matrix):
            seen = [self._turn(x, y) for x, y in points]
            if fill.value and self._take_thin(seen):
                continue
            if stroke.value:
                for one, other in pairwise(seen):
                    self._rule(*one, *other)

    def _take_thin(self, points: list[tuple[float, float]]) -> bool:
        """A filled rectangle that is as thin as a line is one: Word draws its tables so."""
        across, down = [x for x, _ in points], [y for _, y in points]
        left, right, top, bottom = min(across), max(across), min(down), max(down)
        if min(right - left, bottom - top) > _THIN:
            return False
        if right - left >= bottom - top:
            self._rule(left, (top + bottom) / 2, right, (top + bottom) / 2)
        else:
            self._rule((left + right) / 2, top, (left + right) / 2, bottom)
        return True

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if abs(y1 - y0) <= _STRAIGHT and abs(x1 - x0) >= _SHORTEST:
            self.rulings.append(Ruling(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= _STRAIGHT and abs(y1 - y0) >= _SHORTEST:
            self.rulings.append(Ruling(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _outlines(path: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The parts of a path that are made of straight lines, each as its corners; a closed one ends where it began."""
    x, y = c_float(), c_float()
    points: list[tuple[float, float]] = []
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        if kind != raw.FPDF_SEGMENT_LINETO and points:
            yield points
            points = []
        if kind in (raw.FPDF_SEGMENT_LINETO, raw.FPDF_SEGMENT_MOVETO):
            points.append(_applied(matrix, x.value, y.value))
        if points and raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _matrix(thing: Any) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, byref(found))
    return found.a, found.b, found.c, found.d, found.e, found.f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    (a, b, c, d, e, f), (g, h, i, j, k, m) = inner, outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f

"""A .pdf made byte by byte: words and lines exactly where a test wants them, any letter of Unicode, no font needed.

Coordinates are in points from the upper left corner of an upright A4 page, as the readers see them.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

WIDTH, HEIGHT = 595, 842
LETTER = 0.5
"""The width of every letter, of its size."""
ASCENT, DESCENT = 0.9, 0.2

_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
%s
endcmap end end""" % b"\n".join(
    b"100 beginbfrange\n%s\nendbfrange"
    % b"\n".join(b"<%02X00> <%02XFF> <%02X00>" % (high, high, high) for high in range(first, min(first + 100, 256)))
    for first in range(0, 256, 100)
).replace(b"100 beginbfrange\n<C8", b"56 beginbfrange\n<C8")


@dataclass
class Sheet:
    """A page. `turned`: by how many degrees, clockwise, it is shown; its contents are then drawn the other way."""

    turned: int = 0
    marks: list[bytes] = field(default_factory=list)
    picture: bool = False

    def text(self, left: float, top: float, words: str, *, size: float = 12, bold: bool = False) -> Sheet:
        """Write words from a place on."""
        font = b"B" if bold else b"R"
        x, y = self._turned(left, top + ASCENT * size)
        cos, sin = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[self.turned]
        coded = words.encode("utf-16-be").hex().encode()
        matrix = b"%d %d %d %d %.2f %.2f Tm" % (cos, sin, -sin, cos, x, y)
        self.marks.append(b"BT /%s %.2f Tf %s <%s> Tj ET" % (font, size, matrix, coded))
        return self

    def lines(self, left: float, top: float, words: Sequence[str], *, leading: float = 16) -> Sheet:
        """Write lines one below the other."""
        for number, each in enumerate(words):
            self.text(left, top + number * leading, each)
        return self

    def line(self, left: float, top: float, right: float, bottom: float) -> Sheet:
        """Draw a line with a pen."""
        x0, y0 = self._turned(left, top)
        x1, y1 = self._turned(right, bottom)
        self.marks.append(b"0.5 w %.2f %.2f m %.2f %.2f l S" % (x0, y0, x1, y1))
        return self

    def bar(self, left: float, top: float, right: float, bottom: float) -> Sheet:
        """Fill a rectangle."""
        x, y = self._turned(left, bottom)
        self.marks.append(b"%.2f %.2f %.2f %.2f re f" % (x, y, right - left, bottom - top))
        return self

    def grid(self, columns: Sequence[float], rows: Sequence[float]) -> Sheet:
        """Draw the lines of a table."""
        for row in rows:
            self.line(columns[0], row, columns[-1], row)
        for column in columns:
            self.line(column, rows[0], column, rows[-1])
        return self

    def scan(self) -> Sheet:
        """Show a picture all over the page."""
        self.picture = True
        self.marks.append(b"q %d 0 0 %d 0 0 cm /P Do Q" % (WIDTH, HEIGHT))
        return self

    def _turned(self, left: float, top: float) -> tuple[float, float]:
        """Where a place that is seen lies in the coordinates of the file."""
        width, height = (WIDTH, HEIGHT) if self.turned % 180 == 0 else (HEIGHT, WIDTH)
        return {
            0: (left, height - top),
            90: (top, left),
            180: (width - left, top),
            270: (height - top, width - left),
        }[self.turned]


def write_pdf(path: Path, *sheets: Sheet, encrypted: bool = False) -> Path:
    """Write a file of pages."""
    first = 9
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(sheets)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(sheets)),
        _font(b"Times"),
        _font(b"Times-Bold"),
        stream(_TO_UNICODE),
        _descendant(b"Times"),
        _descendant(b"Times-Bold"),
        stream(b"\x80", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"),
    ]
    for number, sheet in enumerate(sheets):
        resources = b"<</Font<</R 3 0 R/B 4 0 R>>/XObject<</P 8 0 R>>>>"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Rotate %d/Contents %d 0 R/Resources%s>>"
            % (WIDTH, HEIGHT, sheet.turned, first + 2 * number + 1, resources)
        )
        objects.append(stream(b"\n".join(sheet.marks)))
    trailer = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"41" * 32, b"42" * 32)
    path.write_bytes(file_of(objects, trailer if encrypted else b""))
    return path


def file_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A file of objects, the first of them the catalogue."""
    content, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(content))
    return content + head + table + tail


def stream(content: bytes, more: bytes = b"") -> bytes:
    """An object that holds packed content."""
    return packed_stream(zlib.compress(content, 9), more)


def packed_stream(packed: bytes, more: bytes = b"") -> bytes:
    """An object whose content is packed already."""
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (more, len(packed), packed)


def _font(name: bytes) -> bytes:
    inner = 7 if b"Bold" in name else 6
    head = b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H" % name
    return head + b"/DescendantFonts[%d 0 R]/ToUnicode 5 0 R>>" % inner


def _descendant(name: bytes) -> bytes:
    descriptor = b"<</Type/FontDescriptor/FontName/%s/Flags 4/Ascent %d/Descent %d/CapHeight 700/StemV 80/ItalicAngle 0/FontBBox[0 -200 1000 900]>>"
    return (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW %d/FontDescriptor%s>>"
        % (
            name,
            1000 * LETTER,
            descriptor % (name, 1000 * ASCENT, -1000 * DESCENT),
        )
    )

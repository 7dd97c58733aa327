"""Files of the older Office, made byte by byte: a container with streams, and a .doc of paragraphs and tables.

Source: [MS-CFB] and [MS-DOC], as little of them as a reader needs to see.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence

SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST_STREAM = 4096
_ROOT, _STREAM = 5, 2
_TEXT_AT = 2048
_STYLES, _PARAGRAPHS, _PIECES = 1, 13, 33
"""Where the list of the parts of a .doc names these."""
_IN_TABLE = struct.pack("<HB", 0x2416, 1)


def container(streams: Mapping[str, bytes]) -> bytes:
    """A compound file that holds streams."""
    padded = {name: content.ljust(_SMALLEST_STREAM, b"\0") for name, content in streams.items()}
    body, starts = b"", {}
    for name, content in padded.items():
        starts[name] = len(body) // SECTOR
        body += content + bytes(-len(content) % SECTOR)
    directory_at = len(body) // SECTOR
    directory = _directory({name: (starts[name], len(content)) for name, content in padded.items()})
    chains = [(starts[name], -(-len(content) // SECTOR)) for name, content in padded.items()]
    chains.append((directory_at, len(directory) // SECTOR))
    fat_at = directory_at + len(directory) // SECTOR
    return _header(fat_at, directory_at) + body + directory + _fat(chains, fat_at)


def _header(fat_at: int, directory_at: int) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, 1, directory_at, 0, _SMALLEST_STREAM, _END, 0, _END, 0, fat_at)
    return head + struct.pack("<I", _FREE) * ((SECTOR - len(head)) // 4)


def _directory(streams: Mapping[str, tuple[int, int]]) -> bytes:
    entries = [_entry("Root Entry", _ROOT, _END, 0, child=1)]
    names = list(streams)
    for number, name in enumerate(names, 1):
        start, size = streams[name]
        entries.append(_entry(name, _STREAM, start, size, right=number + 1 if number < len(names) else _FREE))
    packed = b"".join(entries)
    return packed + bytes(-len(packed) % SECTOR)


def _entry(name: str, kind: int, start: int, size: int, *, child: int = _FREE, right: int = _FREE) -> bytes:
    coded = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII16xI16xIQ", coded, len(coded), kind, 1, _FREE, right, child, 0, start, size)


def _fat(chains: Sequence[tuple[int, int]], fat_at: int) -> bytes:
    entries = [_FREE] * (SECTOR // 4)
    for start, length in chains:
        for place in range(start, start + length):
            entries[place] = place + 1 if place + 1 < start + length else _END
    entries[fat_at] = _FAT
    return struct.pack(f"<{len(entries)}I", *entries)


# ── Word ──────────────────────────────────────────────────────────────────────────────────────────────────────


def word_97(text: str, *, encrypted: bool = False) -> bytes:
    """A .doc with paragraphs that "\n" ends; "\a" ends each cell of a table, and once more its row."""
    coded = text.replace("\n", "\r").encode("utf-16-le")
    end = _TEXT_AT + len(coded)
    filled = end + -end % SECTOR
    runs = list(_runs(text))
    pages = [runs[place : place + 8] for place in range(0, len(runs), 8)]
    formatted = bytes(filled - end) + b"".join(_formatted_page(page) for page in pages)
    table = b""
    places = [(0, 0)] * 93
    for number, part in (
        (_STYLES, _style_sheet()),
        (_PARAGRAPHS, _bins(pages, filled)),
        (_PIECES, _piece_table(coded)),
    ):
        places[number] = (len(table), len(part))
        table += part
    head = _information(end, len(formatted), len(coded) // 2, places, encrypted=encrypted)
    return container({"WordDocument": head.ljust(_TEXT_AT, b"\0") + coded + formatted, "1Table": table})


def _runs(text: str) -> Iterator[tuple[int, int, bytes]]:
    """Each paragraph: where it begins and ends in the file, and its properties."""
    start, cells = 0, 0
    in_row = False
    for place, letter in enumerate(text, 1):
        if letter not in "\n\a":
            continue
        ends_row = letter == "\a" and in_row and text[start : place - 1] == ""
        properties = _row_end(cells) if ends_row else _IN_TABLE if letter == "\a" else b""
        cells = 0 if ends_row or letter == "\n" else cells + 1
        in_row = letter == "\a" and not ends_row
        yield _TEXT_AT + 2 * start, _TEXT_AT + 2 * place, properties
        start = place


def _row_end(cells: int) -> bytes:
    edges = struct.pack(f"<{cells + 1}h", *range(0, 3000 * cells + 1, 3000))
    definition = bytes([cells]) + edges + bytes(20 * cells)
    return _IN_TABLE + struct.pack("<HB", 0x2417, 1) + struct.pack("<HH", 0xD608, len(definition) + 1) + definition


def _formatted_page(runs: Sequence[tuple[int, int, bytes]]) -> bytes:
    """A page of paragraph properties: the places of the paragraphs, then where the properties of each stand."""
    head = struct.pack(f"<{len(runs) + 1}I", *(start for start, _, _ in runs), runs[-1][1])
    page = bytearray(SECTOR)
    at = SECTOR - 2
    for number, (_, _, properties) in enumerate(runs):
        packed = b"\0\0" + properties
        packed += b"\0" * (len(packed) % 2)
        packed = bytes([0, len(packed) // 2]) + packed
        at -= len(packed) + len(packed) % 2
        page[at : at + len(packed)] = packed
        page[len(head) + 13 * number] = at // 2
    page[: len(head)] = head
    page[SECTOR - 1] = len(runs)
    return bytes(page)


def _bins(pages: Sequence[Sequence[tuple[int, int, bytes]]], at: int) -> bytes:
    starts = [page[0][0] for page in pages] + [pages[-1][-1][1]]
    return struct.pack(f"<{len(starts)}I{len(pages)}I", *starts, *(at // SECTOR + n for n in range(len(pages))))


def _piece_table(coded: bytes) -> bytes:
    pieces = struct.pack("<IIHIH", 0, len(coded) // 2, 0, _TEXT_AT, 0)
    return b"\x02" + struct.pack("<I", len(pieces)) + pieces


def _style_sheet() -> bytes:
    """One style, Normal; antiword reads memory that it never set where there is none."""
    head = struct.pack("<9H", 1, 10, 1, 0, 1, 0, 0, 0, 0)
    style = struct.pack("<6H", 0, 0xFFF1, 2, 0, 0, 6) + "Normal".encode("utf-16-le") + struct.pack("<HHHH", 0, 2, 0, 0)
    return struct.pack("<H", len(head)) + head + struct.pack("<H", len(style)) + style


def _information(end: int, more: int, letters: int, places: Sequence[tuple[int, int]], *, encrypted: bool) -> bytes:
    flags = 0x0200 | (0x0100 if encrypted else 0)
    base = struct.pack("<HHHHHHHIBBHHII", 0xA5EC, 0xC1, 0, 0x0409, 0, flags, 0xBF, 0, 0, 0, 0, 0, _TEXT_AT, end)
    lengths = [end + more, 0, 0, letters, *(0,) * 18]
    packed = b"".join(struct.pack("<II", *place) for place in places)
    return (
        base + struct.pack("<H28x", 14) + struct.pack("<H22i", 22, *lengths) + struct.pack("<H", 93) + packed + bytes(2)
    )

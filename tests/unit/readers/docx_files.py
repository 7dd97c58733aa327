"""A .docx made part by part, so that a test shows the very XML that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OTHERS = (
    f'xmlns:r="{_RELATIONS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_ROOTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "header": "hdr", "footer": "ftr"}


def write_docx(path: Path, body: str, *, vocabulary: str = TRANSITIONAL, **parts: str) -> Path:
    """Write a file with a body and parts ("styles", "numbering", "footnotes", "header", "footer"), related as rId-name."""
    document = f'<w:document xmlns:w="{vocabulary}" {_OTHERS}><w:body>{body}</w:body></w:document>'
    files = {f"word/{name}.xml": _part(name, inner, vocabulary) for name, inner in parts.items()}
    relations = "".join(
        f'<Relationship Id="rId-{name}" Type="{_RELATIONS}/{name}" Target="{name}.xml"/>' for name in parts
    )
    return write_package(
        path, {"word/document.xml": document, "word/_rels/document.xml.rels": related(relations), **files}
    )


def write_package(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a package with files whose main one is word/document.xml."""
    main = f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
    types = f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr("_rels/.rels", related(main))
        for name, content in files.items():
            package.writestr(name, content)
    return path


def related(relations: str) -> str:
    """A part of relations."""
    return f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    look = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def item(text: str, list_id: int = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(text, numbered)


def level(depth: int, shown: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    """A level of a list: how its numbers are shown."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
    )


def one_list(*levels: str) -> str:
    """The part of a document with one list, 1."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{numbered_by(1, 0)}'


def numbered_by(list_id: int, abstract: int, more: str = "") -> str:
    """A list as paragraphs name it."""
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


def cell(content: str, properties: str = "") -> str:
    """A cell of a table; plain words become a paragraph."""
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows of cells."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def _part(name: str, inner: str, vocabulary: str) -> str:
    root = _ROOTS[name]
    return f'<w:{root} xmlns:w="{vocabulary}" {_OTHERS}>{inner}</w:{root}>'

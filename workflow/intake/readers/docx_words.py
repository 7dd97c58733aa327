"""The words of a paragraph of a .docx as Word shows them: what is inserted counts, what is deleted or hidden does not."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from workflow.intake.readers.docx_styles import Styles, part, switch, value
from workflow.intake.readers.pieces import SYMBOLS

_WRAPPERS = frozenset(
    {
        *(
            "w:hyperlink",
            "w:ins",
            "w:moveTo",
            "w:smartTag",
            "w:customXml",
            "w:fldSimple",
            "w:bdo",
            "w:dir",
            "w:sdtContent",
        ),
        *("w:rubyBase", "w:ruby", "m:oMath", "m:oMathPara", "m:r"),
    }
)
"""What stands around runs and lets their words through; anything else that holds runs keeps them from being shown."""
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:cr": "\n", "w:noBreakHyphen": "-"}
_DRAWINGS = frozenset({"w:drawing", "w:pict", "w:object", "mc:AlternateContent"})
_NOTES = frozenset({"w:footnoteReference", "w:endnoteReference"})


@dataclass
class Words:
    """What a paragraph says. `boxes`: the contents of its text boxes; `notes`: its footnotes and endnotes, in order.

    `deleted_end`: the end of the paragraph was deleted, so that the next goes on in it.
    """

    text: str = ""
    bold: bool = False
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    deleted_end: bool = False


def words_of(paragraph: Element, style: str | None, styles: Styles) -> Words:
    """The words of a paragraph in a style."""
    gathering = _Gathering(styles, style)
    gathering.into(paragraph)
    mark = part(paragraph, "w:pPr", "w:rPr")
    gathering.words.deleted_end = mark is not None and (
        mark.find("w:del") is not None or mark.find("w:moveFrom") is not None
    )
    gathering.words.text = "".join(gathering.parts)
    gathering.words.bold = gathering.all_bold is True
    return gathering.words


def boxes_in(element: Element) -> list[Element]:
    """The outermost text boxes of a drawing; of its alternatives, the first that Word would choose."""
    if element.tag == "w:txbxContent":
        return [element]
    inner = list(element)
    if element.tag == "mc:AlternateContent":
        inner = [each for each in inner if each.tag == "mc:Choice"][:1] or inner[:1]
    return [box for each in inner for box in boxes_in(each)]


class _Gathering:
    """The runs of a paragraph as they are passed. A field shows its result, never its instruction."""

    def __init__(self, styles: Styles, style: str | None) -> None:
        self.words = Words()
        self.parts: list[str] = []
        self.all_bold: bool | None = None
        self._styles = styles
        self._style = style
        self._instructions: list[bool] = []
        """For each field that is open, whether its instruction is still going on."""

    def into(self, element: Element) -> None:
        """Take in the children of a paragraph or wrapper."""
        for child in element:
            if child.tag == "w:r":
                self._run(child)
            elif child.tag == "w:sdt":
                self._control(child)
            elif child.tag in _WRAPPERS:
                self.into(child)
            elif child.tag == "mc:AlternateContent":
                self._alternatives(child)
            elif child.tag == "m:t":
                self._say(child.text or "", bold=False)

    def _control(self, control: Element) -> None:
        """The content of a control, unless it only prompts for some."""
        content = control.find("w:sdtContent")
        if content is not None and switch(control.find("w:sdtPr"), "w:showingPlcHdr") is not True:
            self.into(content)

    def _alternatives(self, element: Element) -> None:
        for chosen in list(element)[:1]:
            self.into(chosen)

    def _run(self, run: Element) -> None:
        look = run.find("w:rPr")
        style = value(look, "w:rStyle")
        hidden = switch(look, "w:vanish")
        if self._styles.hidden(style) if hidden is None else hidden:
            return
        bold = switch(look, "w:b")
        if bold is None:
            bold = self._styles.bold(style) or self._styles.bold(self._style)
        for child in run:
            self._sign(child, bold=bold)

    def _sign(self, sign: Element, *, bold: bool) -> None:
        if sign.tag == "w:t":
            self._say(sign.text or "", bold=bold)
        elif sign.tag in _SIGNS:
            self._say(_SIGNS[sign.tag], bold=bold)
        elif sign.tag == "w:br":
            self._say("\n", bold=bold)
        elif sign.tag == "w:sym":
            self._say(_symbol(sign), bold=bold)
        elif sign.tag == "w:fldChar":
            self._field(sign.get("w:fldCharType", ""))
        elif sign.tag in _DRAWINGS:
            self.words.boxes += boxes_in(sign)
        elif sign.tag in _NOTES:
            self.words.notes.append((sign.tag, sign.get("w:id", "")))
        elif sign.tag in _WRAPPERS:
            self.into(sign)

    def _field(self, turn: str) -> None:
        if turn == "begin":
            self._instructions.append(True)
        elif self._instructions and turn == "separate":
            self._instructions[-1] = False
        elif self._instructions and turn == "end":
            self._instructions.pop()

    def _say(self, text: str, *, bold: bool) -> None:
        if any(self._instructions):
            return
        self.parts.append(text)
        if text.strip():
            self.all_bold = bold and self.all_bold is not False


def _symbol(sign: Element) -> str:
    try:
        code = int(sign.get("w:char", ""), 16)
    except ValueError:
        return ""
    return SYMBOLS.get(code & 0xFF, "•") if 0xF000 <= code <= 0xF0FF else chr(code) if 31 < code < 0xD800 else ""

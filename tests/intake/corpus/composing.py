"""A document and its labels from one source: text in which labelled phrases are marked where they stand.

`{tag|words}` marks words that state a duty, `{!words}` words of time that are no limit; marks may stand in each other.
A tag that is used again states the same duty again. The duty's kind, owner and limit stand beside the text, by tag.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

TRAP = "!"
MEETING = "meeting"
"""The tag of the meeting itself, labelled first."""

OPENING, CLOSING = 0xE000, 0xE800
"""Private letters that stand for marks while the text is laid out; they take no room."""

MARK = re.compile(r"\{(!|[a-z0-9_]+\|)|\}")
PRIVATE = re.compile("[\ue000-\uefff]")


# ── parts of a document ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Heading:
    """A line of its own, in bold where the format can."""

    text: str


@dataclass(frozen=True)
class Centred:
    """Lines of a title, in bold and centred where the format can."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list. `sign`: the bullet, or "1." or "a)" for numbers; a .docx numbers it by itself, a .txt is typed."""

    texts: tuple[str, ...]
    sign: str = "-"


@dataclass(frozen=True)
class Table:
    """Rows of cells, the first one the heading. `merged`: (row, column, rows, columns) of cells that cover others."""

    rows: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def cells(self) -> Iterator[tuple[int, int, str]]:
        """The cells that are shown, by row and column; one that is covered by another is not."""
        covered = {
            (row + down, column + right)
            for row, column, rows, columns in self.merged
            for down in range(rows)
            for right in range(columns)
            if down or right
        }
        for row, cells in enumerate(self.rows):
            for column, text in enumerate(cells):
                if (row, column) not in covered:
                    yield row, column, text


@dataclass(frozen=True)
class Letterhead:
    """The two columns at the top: who issues, and the motto with place and date."""

    left: str
    right: str


@dataclass(frozen=True)
class Box:
    """A text box; in a .txt an ordinary line."""

    text: str


@dataclass(frozen=True)
class Header:
    """What stands at the top of every page; left out of a .txt."""

    text: str


Part = str | Heading | Centred | Items | Table | Letterhead | Box | Header


# ── labels ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Duty:
    """What the labels say of a tag. `owners`: first the best name, then others that are accepted, None for blank."""

    kinds: tuple[str, ...]
    owners: tuple[str | None, ...]
    limits: tuple[Json | None, ...] = (None,)
    in_meeting: bool = False


def duty(
    kinds: str, *owners: str | None, limit: Json | tuple[Json, ...] | None = None, in_meeting: bool = False
) -> Duty:
    """A duty; several kinds are separated by spaces, the best one first. Without owners the text names none.

    `limit`: several where the tag's places each state their own.
    """
    return Duty(tuple(kinds.split()), owners or (None,), limit if isinstance(limit, tuple) else (limit,), in_meeting)


def _limit(kind: str, **more: Any) -> Json:
    return {"type": kind, "date": None, "n": None, "unit": None, "anchor": None, "extension": None, **more}


def before(day: str) -> Json:
    """ "trước ngày": the day itself is too late."""
    return _limit("before_date", date=day)


def by(day: str) -> Json:
    """ "chậm nhất ngày": the day itself is the last."""
    return _limit("by_date", date=day)


def on(day: str) -> Json:
    """On a day."""
    return _limit("on_date", date=day)


def month(name: str) -> Json:
    """In a month, YYYY-MM."""
    return _limit("month", date=name)


def window(since: str, until: str | None) -> Json:
    """From a day to a day, both included."""
    return _limit("window", date=since, end_date=until)


def after(n: int | None, anchor: str, *, working: bool = False, longer: int | None = None, unit: str = "") -> Json:
    """Within n days after an event; `longer`: the extended total of the same unit."""
    name = unit or ("working_day" if working else "calendar_day")
    extension = None if longer is None else {"n": longer, "unit": name, "anchor": anchor, "mode": "total_not_added"}
    return _limit("within_days_after", n=n, unit=None if n is None else name, anchor=anchor, extension=extension)


def ahead(n: int | None, anchor: str, *, working: bool = False, unit: str = "") -> Json:
    """At least n days before an event."""
    name = unit or ("working_day" if working else "calendar_day")
    return _limit("days_before", n=n, unit=None if n is None else name, anchor=anchor)


def every(n: int, unit: str) -> Json:
    """Again and again."""
    return _limit("recurring", n=n, unit=unit)


def carried(limit: Json) -> Json:
    """The limit of a neighbouring clause: right if found, no fault if left out."""
    return {**limit, "inherited_from": "a neighbouring clause"}


@dataclass(frozen=True)
class Txt:
    """A plain text. `width`: where lines are broken by hand, 0 never."""

    width: int = 0
    end: str = "\n"
    decomposed: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Docx:
    """A Word file."""


@dataclass(frozen=True)
class Pdf:
    """A PDF with a text layer. `size`: of the letters, in points."""

    size: float = 12


@dataclass(frozen=True)
class Composed:
    """A document with its labels.

    `order`: chains of tags, "a b > c" for a and b before c. `expected`, `forbidden`: a finding's code and the tags that
    it is about. `kind`, `issued` (ISO), `number`: of the whole document; None where the document leaves it blank.
    """

    name: str
    form: Txt | Docx | Pdf
    kind: str
    issuer: str
    parts: tuple[Part, ...]
    duties: Mapping[str, Duty]
    order: tuple[str, ...]
    issued: str | None = None
    number: str | None = None
    expected: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """Of its file."""
        return {Txt: ".txt", Docx: ".docx", Pdf: ".pdf"}[type(self.form)]


# ── marks ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Marks:
    """The tags of the marks met so far, by the number that stands in the private letters."""

    tags: list[str] = field(default_factory=list)

    def laid(self, text: str) -> str:
        """A text with private letters instead of marks."""
        open_ones: list[int] = []

        def replace(match: re.Match[str]) -> str:
            if match.group() == "}":
                return chr(CLOSING + open_ones.pop())
            self.tags.append(match.group(1).rstrip("|"))
            open_ones.append(len(self.tags) - 1)
            return chr(OPENING + open_ones[-1])

        laid = MARK.sub(replace, text)
        assert not open_ones, f"a mark is not closed: {text}"
        return laid

    def lifted(self, laid: str) -> tuple[str, list[tuple[str, int, int]]]:
        """The plain text, and each mark's tag with where it stands."""
        starts: dict[int, int] = {}
        found: list[tuple[int, str, int, int]] = []
        plain: list[str] = []
        for letter in laid:
            if not PRIVATE.match(letter):
                plain.append(letter)
            elif (number := ord(letter) - CLOSING) >= 0:
                found.append((number, self.tags[number], starts[number], len(plain)))
            else:
                starts[ord(letter) - OPENING] = len(plain)
        return "".join(plain), [(tag, start, end) for _number, tag, start, end in sorted(found)]


def plain(text: str) -> str:
    """A text without its marks."""
    return MARK.sub("", text)


def labels_of(document: Composed, text: str, marks: Iterable[tuple[str, int, int]]) -> Json:
    """The labels in the JSON of the labelled plans."""
    spans = [*marks]
    stated = [one for one in spans if one[0] != TRAP]
    stated.sort(key=lambda one: (one[0] != MEETING, one[1]))
    places = {tag: [at for at, one in enumerate(stated) if one[0] == tag] for tag, _start, _end in stated}
    assert set(places) == set(document.duties), f"{document.name}: {set(places) ^ set(document.duties)}"
    return {
        "kind": document.kind,
        "issuer": document.issuer,
        "issue_date": document.issued,
        "document_number": document.number,
        "steps": [
            _label(document.duties[one[0]], text, one, places[one[0]].index(at), len(places[one[0]]))
            for at, one in enumerate(stated)
        ],
        "non_deadline_time_expressions": [{"text": text[start:end]} for tag, start, end in spans if tag == TRAP],
        "expected_edges": [[places[a][0], places[b][0]] for a, b in _pairs(document.order)],
        "expected_findings": [_finding(one, places) for one in document.expected],
        "forbidden_findings": [_finding(one, places) for one in document.forbidden],
    }


def _label(about: Duty, text: str, place: tuple[str, int, int], number: int, of: int) -> Json:
    """The label of one place, the number-th of a tag that is used so often."""
    tag, start, end = place
    return {
        "text": " ".join(text[start:end].split()),
        "step_kind": about.kinds[0],
        "alt_kinds": [*about.kinds[1:]],
        "owner": about.owners[0],
        "owner_alternatives": [*about.owners[1:]],
        "deadline": about.limits[min(number, len(about.limits) - 1)],
        "in_meeting": about.in_meeting,
        "span": [start, end],
        **({"same_as": tag} if of > 1 else {}),
    }


def _pairs(chains: Iterable[str]) -> Iterator[tuple[str, str]]:
    for chain in chains:
        links = [link.split() for link in chain.split(">")]
        for earlier, later in itertools.pairwise(links):
            yield from ((a, b) for a in earlier for b in later)


def _finding(finding: str, places: Mapping[str, list[int]]) -> Json:
    code, *tags = finding.split()
    return {"code": code, "steps": [places[tag][0] for tag in tags]}

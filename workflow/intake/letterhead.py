"""The head of a document: who issues it, under which number, when, under which title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from calendars.grammar.lexer import Kind
from workflow.intake.casing import cased, kinds_of_place, named, place_words
from workflow.intake.clauses import names_unit
from workflow.intake.flowing import Part
from workflow.intake.labels import label_role
from workflow.intake.layout import Paragraph
from workflow.intake.lexicon import fold_phrase, pattern, phrases, vocabulary, word_pattern
from workflow.intake.limits import Years
from workflow.intake.outline import role_of
from workflow.intake.owners import name_at, plain_name

_HEAD: Final = 30  # paragraphs
_OPENING: Final = 5  # paragraphs in which the issuer is told
_LONGEST_NAME: Final = 14  # words
_TOGETHER: Final = 5  # words of "chủ trì, phối hợp với"
_STOPS: Final = frozenset((",", ";", ".", ":", "(", ")"))
_LONGEST_HEAD: Final = 6  # words of a heading in capitals right below the title
_SHORTEST_MOTTO: Final = 3  # words: "Việt Nam" alone may end a unit's name
_LONGEST_TITLE: Final = 6  # paragraphs
_NUMBER: Final = re.compile(r"^\S{1,3}\s*:?\s*((?:\d[\d.\-]*\w?)?\s*[/\-]?\s*[\w&.\-–]*(?:/[\w&.\-–]+)*)", re.UNICODE)
_YEAR: Final = re.compile(r"(?<![\d/.\-])((?:19|20)\d\d)(?!\d)")
_SCHOOL_YEAR: Final = re.compile(r"((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)")


@dataclass(frozen=True)
class Letterhead:
    """What stands at the head. `preamble`: the number of the paragraph at which the text itself begins."""

    title: str
    organization: str
    number: str | None
    issued_on: date | None
    years: Years
    preamble: int


def letterhead(paragraphs: Sequence[Paragraph]) -> Letterhead:
    """Read the head of a document."""
    head = paragraphs[:_HEAD]
    at = _type_at(head)
    title, behind = _title(head, at)
    day, month_year = _issued(head[: behind + 2])
    years = Years(_plan_year(title, month_year, paragraphs), day, _school_year(title))
    return Letterhead(title, organization(paragraphs, at, behind), _number(head[:behind]), day, years, behind)


def _type_at(head: Sequence[Paragraph]) -> int | None:
    """The paragraph that begins with the type of the document, in capitals or alone."""
    for at, paragraph in enumerate(head):
        found = word_pattern("types", start=True).match(paragraph.body.keys)
        if found and not paragraph.style and (paragraph.capitals or len(found.group()) >= len(paragraph.body.keys) - 2):
            return at
    return None


def _title(head: Sequence[Paragraph], at: int | None) -> tuple[str, int]:
    """The title, and the paragraph behind it."""
    if at is None:
        return (head[0].text if head else "", 0)
    part = head[at].body
    found = phrases("types").match(part.flow.tokens, part.first)
    pieces = [part.cut(part.first + (found[0] if found else 0), part.last)]
    behind = at + 1
    while behind < len(head) and behind - at <= _LONGEST_TITLE and _in_title(head[behind], told=len(pieces) > 1):
        pieces.append(head[behind].body)
        behind += 1
    words = " ".join(piece.text for piece in pieces if not piece.empty).strip(" .:-–_*")
    return (cased(words, head) or part.text, behind)


def _in_title(paragraph: Paragraph, *, told: bool) -> bool:
    starts = word_pattern("basis", start=True).search(paragraph.body.keys)
    return not (
        paragraph.style
        or starts
        or _labelled(paragraph.body)
        or (
            told
            and paragraph.capitals
            and len(paragraph.body.tokens) <= _LONGEST_HEAD
            and role_of(paragraph.body) == "tasks"
        )
        or paragraph.text.endswith((":", ";"))
        or len(paragraph.text) > 400
        or _sentence(paragraph, told=told)
    )


def _labelled(part: Part) -> bool:
    """Whether the paragraph is a line such as "Thời gian: …"."""
    colon = next((at for at in range(part.first, part.last) if part.flow.tokens[at].key == ":"), None)
    return colon is not None and label_role("fields", part.cut(part.first, colon)) is not None


def _sentence(paragraph: Paragraph, *, told: bool) -> bool:
    return paragraph.text.endswith(".") and (told or len(paragraph.text) > 150)


@cache
def _date_keys() -> tuple[str, str, str]:
    day, month, year = map(fold_phrase, vocabulary("words")["date_words"])
    return day, month, year


def _issued(head: Sequence[Paragraph]) -> tuple[date | None, int | None]:
    """The day of issue, None when left blank, and its year."""
    day_key, month_key, year_key = _date_keys()
    for paragraph in head:
        keys = [token.key for token in paragraph.body.tokens]
        if day_key not in keys or len(keys) > 20 or paragraph.style:
            continue
        numbers = {name: _number_behind(paragraph.body, name) for name in (day_key, month_key, year_key)}
        year = numbers[year_key]
        if month_key in keys and year and year > 1900:
            return _day(year, numbers[month_key], numbers[day_key]), year
    return None, None


def _day(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None


def _number_behind(part: Part, key: str) -> int | None:
    tokens = part.tokens
    for at, token in enumerate(tokens[:-1]):
        if token.key == key and tokens[at + 1].kind is Kind.NUMBER:
            return int(tokens[at + 1].key)
    return None


def _number(head: Sequence[Paragraph]) -> str | None:
    """The number and sign of the document; None when the number was left blank."""
    for paragraph in head:
        for at, token in enumerate(paragraph.body.tokens[:-1]):
            if token.key == fold_phrase(vocabulary("words")["number"][0]) and (
                at == 0 or len(paragraph.body.tokens) < 40
            ):
                rest = paragraph.body.flow.text[token.to :].lstrip(" :")
                found = re.match(r"\d[\w.]*\s*[-/]\s*[\w&.\-–/]+", rest)
                if found and at < 25:
                    return found.group().replace(" ", "").rstrip(".,-")
                break
    return None


def _plan_year(title: str, issued: int | None, paragraphs: Sequence[Paragraph]) -> int | None:
    if issued is not None:
        return issued
    told = _YEAR.findall(title)
    if told:
        return int(told[-1])
    counts: dict[int, int] = {}
    for paragraph in paragraphs:
        if not word_pattern("basis", start=True).search(paragraph.body.keys):
            for year in map(int, _YEAR.findall(paragraph.text)):
                counts[year] = counts.get(year, 0) + 1
    return max(counts, key=lambda year: (counts[year], year), default=None)


def _school_year(title: str) -> int | None:
    found = _SCHOOL_YEAR.search(title)
    return int(found.group(1)) if found and int(found.group(2)) == int(found.group(1)) + 1 else None


# ── who issues it ─────────────────────────────────────────────────────────────────────────────────────────────


def organization(paragraphs: Sequence[Paragraph], type_at: int | None, behind: int) -> str:
    """The unit that issues the document: from its head, the opening sentence, or both together."""
    above = _above(paragraphs[: type_at or 0], paragraphs)
    issuer = doer(paragraphs[behind : behind + _OPENING], "issues")
    name = above or (plain_name(issuer) if issuer is not None else None) or ""
    return shortened(_with_place(name, paragraphs))


def _above(head: Sequence[Paragraph], paragraphs: Sequence[Paragraph]) -> str | None:
    """The last lines in capitals before the number, which name the issuer."""
    lines: list[str] = []
    for paragraph in head:
        part = paragraph.body
        motto = word_pattern("mottoes").search(part.keys)
        if motto is not None and not (motto.start() > 1 and len(motto.group().split()) < _SHORTEST_MOTTO):
            part = part.cut(part.first, part.first + part.keys[: motto.start()].count(" ") - 1)
        if (
            paragraph.style
            or part.empty
            or not paragraph.capitals
            or phrases("number").match(part.flow.tokens, part.first)
        ):
            continue
        lines.append(part.text.strip(" -–_*."))
    bodies = [at for at, line in enumerate(lines) if _body(line)]
    if not bodies:
        return None
    last = bodies[-1]
    if len(bodies) > 1 and word_pattern("organs", start=True).search(f" {fold_phrase(lines[last])} "):
        last = bodies[-2]
        lines = lines[: bodies[-1]]
    name = named(" ".join(line for line in lines[last : last + 2] if line), paragraphs)
    return f"{name} {_parent_place(lines[:last], paragraphs)}".strip() if not _has_place(name) else name


def _has_place(name: str) -> bool:
    return word_pattern("places").search(f" {fold_phrase(name)} ") is not None


def _parent_place(lines: Sequence[str], paragraphs: Sequence[Paragraph]) -> str:
    """Where the unit above is: "tỉnh Vĩnh Long"."""
    for line in reversed(lines):
        words = line.split()
        for at, word in enumerate(words):
            if at and (fold_phrase(word) in kinds_of_place() or " ".join(words[at : at + 2]).lower() in place_words()):
                return named(" ".join(words[at:]), paragraphs, first=False)
    return ""


def _body(line: str) -> bool:
    return pattern(vocabulary("words")["bodies"], start=True).search(f" {fold_phrase(line)} ") is not None


def doer(opening: Sequence[Paragraph], verbs: str) -> Part | None:
    """The unit right before one of the verbs in the opening sentences: "UBND xã xây dựng Kế hoạch …"."""
    found = None
    for paragraph in opening:
        if paragraph.style in ("roman", "upper", "decimal", "article"):
            break
        found = _doer(paragraph.body, verbs) or found
    return found


def _doer(part: Part, verbs: str) -> Part | None:
    for at in range(part.first + 1, part.last):
        if phrases(verbs).match(part.flow.tokens, at) and (name := _name_before(part, at)) is not None:
            return _leader(part, name)
    return None


def _leader(part: Part, name: Part) -> Part:
    """Of "X phối hợp với Y tổ chức …" the X."""
    for at in range(name.first - 1, max(part.first, name.first - _TOGETHER) - 1, -1):
        found = phrases("together").match(part.flow.tokens, at)
        if found is not None and at + found[0] == name.first:
            return _name_before(part, at) or name
    return name


def _name_before(part: Part, at: int) -> Part | None:
    """The longest unit's name that ends at a token."""
    found = None
    for first in range(at - 1, max(part.first, at - _LONGEST_NAME) - 1, -1):
        token = part.flow.tokens[first]
        if token.key in _STOPS or phrases("joining").match(part.flow.tokens, first):
            break
        if names_unit(part, first) is not None and name_at(part, first)[1] == at:
            found = part.cut(first, at)
    return found


def _with_place(name: str, paragraphs: Sequence[Paragraph]) -> str:
    """A name that ends with "xã" or "phường", completed with the place the document names."""
    words = name.split()
    kinds = {fold_phrase(word) for word in vocabulary("words")["places"]}
    if not words or fold_phrase(words[-1]) not in kinds:
        return name
    for paragraph in paragraphs:
        tokens = paragraph.body.tokens
        for at, token in enumerate(tokens[:-1]):
            if (
                token.key == fold_phrase(words[-1])
                and paragraph.body.flow.text[tokens[at + 1].at].isupper()
                and not paragraph.capitals
            ):
                return f"{name} {_capitalised(paragraph, at + 1)}"
    return name


def _capitalised(paragraph: Paragraph, at: int) -> str:
    words = []
    for token in paragraph.body.tokens[at : at + 4]:
        text = paragraph.body.flow.text[token.at : token.to]
        if not text[:1].isupper():
            break
        words.append(text)
    return " ".join(words)


def shortened(name: str) -> str:
    """A name with the short forms that everybody uses: UBND, HĐND."""
    for long, short in vocabulary("words")["short_forms"]:
        words = name.split()
        size = len(long.split())
        for at in range(len(words) - size + 1):
            if fold_phrase(" ".join(words[at : at + size])) == fold_phrase(long):
                name = " ".join((*words[:at], short, *words[at + size :]))
                break
    return name

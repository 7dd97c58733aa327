"""Where each paragraph stands: under which heading, in whose section, before or after the meeting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from workflow.intake.clauses import names_unit
from workflow.intake.flowing import Part
from workflow.intake.layout import BULLETS, Paragraph
from workflow.intake.lexicon import Test, fold_phrase, phrases, tests, vocabulary, word_pattern
from workflow.intake.limits import Limit, Years, limits_in, stated
from workflow.intake.owners import behind_adverbials, heading_name, led_name

_RANKS: Final = {
    "capitals": 0,
    "article": 1,
    "roman": 1,
    "upper": 1,
    "decimal": 2,
    "decimal1": 3,
    "decimal2": 4,
    "decimal3": 5,
    "bold": 6,
}
_LONGEST_HEAD: Final = 30  # words
PHASES: Final = {"before": "before", "after": "after", "programme": "meeting"}
WORKING: Final = frozenset({"tasks", "before", "after", "annex", "programme"})
SKIPPED: Final = frozenset({"people", "funding", "purpose", "decor", "topics", "recipients"})


@dataclass(frozen=True)
class Section:
    """What a paragraph inherits from the headings above it. `path`: the numbers of those paragraphs, from outside in."""

    role: str = ""
    phase: str = ""
    owner: Part | None = None
    limit: Limit | None = None
    limit_part: Part | None = None
    path: tuple[int, ...] = ()


@dataclass(frozen=True)
class Field:
    """A line of the form "Thời hạn: …": what it tells, under which name, and its value."""

    role: str
    label: Part
    value: Part


@dataclass(frozen=True)
class Placed:
    """A paragraph in its section. `body`: its words without a leading owner, day or heading; empty for a mere heading.

    `heads`: whether it is (also) a heading; `number`: its place among the paragraphs.
    """

    number: int
    paragraph: Paragraph
    section: Section
    body: Part
    heads: bool
    field: Field | None = None


@dataclass
class _Entry:
    style: str
    section: Section


@cache
def _headings() -> tuple[Test, ...]:
    return tests(vocabulary("headings")["heading"], "role")


@cache
def fields(name: str) -> dict[str, str]:
    """The role of each folded label of a table of `headings.toml`."""
    return {fold_phrase(label): role for role, labels in vocabulary("headings")[name].items() for label in labels}


def placed(paragraphs: Iterable[Paragraph], years: Years, preamble: int = 0) -> Iterator[Placed]:
    """The paragraphs with the sections they stand in, in order; before number `preamble` there are no headings."""
    stack: list[_Entry] = []
    for number, paragraph in enumerate(paragraphs):
        style = _style(paragraph)
        _fall_back(stack, style, paragraph)
        outer = stack[-1].section if stack else Section()
        made = _place(number, paragraph, outer, years)
        yield made
        if style and number >= preamble:
            stack.append(_Entry(style, replace(made.section, path=(*outer.path, number))))


def _style(paragraph: Paragraph) -> str:
    if paragraph.style:
        return paragraph.style
    short = len(paragraph.body.tokens) <= _LONGEST_HEAD
    if short and paragraph.capitals and role_of(paragraph.body):
        return "capitals"
    if short and paragraph.bold and not paragraph.capitals and not paragraph.text.endswith((".", ";")):
        return "bold"
    return "line" if paragraph.text.endswith(":") else ""


def _fall_back(stack: list[_Entry], style: str, paragraph: Paragraph) -> None:
    """Leave the sections that the paragraph does not belong to."""
    if not style or style == "line":
        while stack and (stack[-1].style == "line" or stack[-1].style in BULLETS):
            stack.pop()
        return
    if style == "star" and style not in [entry.style for entry in stack] and field_of(paragraph.body) is not None:
        while stack and stack[-1].style in BULLETS:
            stack.pop()
        return
    styles = [entry.style for entry in stack]
    if style in styles:
        del stack[styles.index(style) :]
        return
    rank = _RANKS.get(style)
    if rank is not None:
        while stack and _RANKS.get(stack[-1].style, 9) > rank:
            stack.pop()


def _place(number: int, paragraph: Paragraph, outer: Section, years: Years) -> Placed:
    whole = paragraph.body
    section = replace(outer)
    field = field_of(whole)
    if field is not None:
        return Placed(number, paragraph, section, whole.cut(whole.last, whole.last), heads=False, field=field)
    head, rest = _head(whole)
    if whole.text.endswith(":") and (head is None or rest.empty) and _leads(whole, outer):
        nothing = whole.cut(whole.last, whole.last)
        return Placed(number, paragraph, replace(section, owner=led_name(whole) or section.owner), nothing, heads=True)
    if head is None:
        return Placed(number, paragraph, section, whole, heads=False)
    name = heading_name(head, whole=rest.empty and not whole.text.endswith((".", ";")))
    if name is not None and outer.role not in SKIPPED and (paragraph.style not in BULLETS or not rest.empty):
        return Placed(number, paragraph, replace(section, owner=name, role=_working(outer.role)), rest, heads=True)
    limit = _timed(head, years)
    if limit is not None:
        return Placed(number, paragraph, replace(section, limit=limit, limit_part=head), rest, heads=True)
    role = "" if paragraph.style in BULLETS and not whole.text.endswith(":") else role_of(head)
    if (outer.role == "programme" and role in ("programme", "topics")) or (
        paragraph.style in BULLETS and outer.role in WORKING and role in ("topics", "programme", "meeting")
    ):
        role = ""
    if role and _announces(paragraph, head):
        phase = PHASES.get(role, "" if role in ("tasks", "annex") else outer.phase)
        return Placed(number, paragraph, replace(section, role=role, phase=phase), rest, heads=True)
    limit = (
        next((each for each in limits_in(whole, years) if each.rank <= 1), None)
        if paragraph.style == "article"
        else None
    )
    if limit is not None:
        section = replace(section, limit=limit, limit_part=whole)
    heads = paragraph.style not in BULLETS and bool(paragraph.style) and not whole.text.endswith((".", ";"))
    return Placed(number, paragraph, section, whole, heads=heads)


def _announces(paragraph: Paragraph, head: Part) -> bool:
    """Whether a paragraph that begins like a heading is one, and no sentence: "Sau hội nghị, Văn phòng niêm yết …"."""
    if not paragraph.text.endswith((".", ";")):
        return True
    told_apart = paragraph.style or paragraph.bold or paragraph.capitals
    return bool(told_apart) and behind_adverbials(head) == head.first


def _leads(whole: Part, outer: Section) -> bool:
    """Whether a line that ends with a colon makes somebody owe the list below it: no heading of a known role, no name."""
    return outer.role in WORKING and not role_of(whole) and heading_name(whole.trimmed(":"), whole=True) is None


def _working(role: str) -> str:
    return role if role in ("before", "after", "programme") else "tasks"


def _timed(head: Part, years: Years) -> Limit | None:
    """The day or stretch of days that a heading is, and nothing else."""
    if not any(letter.isdigit() for letter in head.text) and not word_pattern("quarter").search(head.keys):
        return None
    limit = stated(head, years)
    bare = head.trimmed(",;:.()-–* ")
    if limit is None or limit.vague or limit.order or limit.end - limit.start < 0.8 * (bare.end - bare.start):
        return None
    return limit


def _head(whole: Part) -> tuple[Part | None, Part]:
    """What stands before the first colon, or all of a short paragraph; and what follows."""
    tokens = whole.flow.tokens
    for at in range(whole.first, min(whole.last, whole.first + _LONGEST_HEAD)):
        key = tokens[at].key
        if key in (".", ";") and tokens[at + 1].at > tokens[at].to:
            break
        if key == ":" and not (tokens[at - 1].key.isdigit() and tokens[at + 1].key.isdigit()):
            return whole.cut(whole.first, at), whole.cut(at + 1, whole.last)
    if whole.last - whole.first > _LONGEST_HEAD:
        return None, whole
    return whole, whole.cut(whole.last, whole.last)


def field_of(part: Part) -> Field | None:
    """The line as "label: value", when its label is a known one."""
    tokens = part.flow.tokens
    start = part.first
    while start < part.last and tokens[start].key in "-+*":
        start += 1
    for at in range(start, min(part.last, start + 10)):
        if tokens[at].key == ":":
            label = part.cut(start, at)
            role = _label_role(label)
            return Field(role, label, part.cut(at + 1, part.last)) if role else None
    return None


def _label_role(label: Part) -> str | None:
    keys = label.keys.strip()
    if "(" in keys:
        keys = keys[: keys.index("(")].strip()
    return fields("fields").get(keys)


def role_of(head: Part) -> str:
    """What a heading announces, "" when nothing known."""
    if names_unit(head, head.first) is not None and not phrases("duties_of").match(head.flow.tokens, head.first):
        return ""
    keys = head.keys
    verb = phrases("verbs").match(head.flow.tokens, head.first) is not None
    return next((r.value for r in _headings() if (r.at_start.search(keys) if verb else r.fits(keys, keys))), "")


def is_annex(part: Part) -> bool:
    """Whether an annex begins here."""
    return word_pattern("annex", start=True).search(part.keys) is not None

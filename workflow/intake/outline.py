"""Where each paragraph stands: under which heading, in whose section, before or after the meeting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from calendars.grammar.lexer import read
from workflow.intake.clauses import begins_with_verb, names_unit
from workflow.intake.flowing import Part
from workflow.intake.labels import fields, label_role
from workflow.intake.layout import BULLETS, Paragraph
from workflow.intake.lexicon import Test, phrases, tests, vocabulary, word_pattern
from workflow.intake.limits import Limit, Years, limits_in, stated
from workflow.intake.owners import behind_adverbials, heading_name, led_name

_RANKS: Final = {
    "capitals": 0,
    "part": 0,
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
_LONGEST_CLOSED: Final = 10  # words of a heading that ends like a sentence
_LONGEST_NAME: Final = 14  # words of a heading that names who acts
PHASES: Final = {"before": "before", "after": "after", "programme": "meeting"}
_FIRST: Final = frozenset((*"1aAIi", *"-–—−‐‑+*•·●▪■◦○►➢✓✔→⁃∙\uf0b7\uf0a7\uf0d8"))
_TASKS: Final = frozenset({"stage", "step", "job"})
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
    """A paragraph that others may stand under. `bare`: it is a heading and tells no duty; `names`: whom it names."""

    style: str
    section: Section
    bare: bool = False
    names: bool = False


@cache
def _headings() -> tuple[Test, ...]:
    return tests(vocabulary("headings")["heading"], "role", {})


def placed(paragraphs: Iterable[Paragraph], years: Years, preamble: int = 0) -> Iterator[Placed]:
    """The paragraphs with the sections they stand in, in order; before number `preamble` there are no headings."""
    stack: list[_Entry] = []
    lines = list(paragraphs)
    for number, paragraph in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else None
        leads = below is not None and _leads_to_list(paragraph, below)
        labelled = below is not None and paragraph.style in _TASKS and field_of(below.body) is not None
        style = _style(paragraph, leads=leads or (below is not None and below.style in BULLETS))
        _fall_back(stack, style, paragraph)
        outer = stack[-1].section if stack else Section()
        made = _place(number, paragraph, outer, years, leads=leads, labelled=labelled)
        yield made
        if style and number >= preamble:
            bare = made.heads and made.body.empty
            section = replace(made.section, path=(*outer.path, number))
            stack.append(_Entry(style, section, bare, bare and made.section.owner is not outer.owner))


def _leads_to_list(paragraph: Paragraph, following: Paragraph) -> bool:
    """Whether a short paragraph stands over one of another sort that begins with a verb."""
    if len(paragraph.body.tokens) > _LONGEST_HEAD or paragraph.text.endswith((".", ";", ",")):
        return False
    if paragraph.style and following.style == paragraph.style and not paragraph.text.endswith(":"):
        return False
    return begins_with_verb(following.body)


def _style(paragraph: Paragraph, *, leads: bool = False) -> str:
    if paragraph.style:
        return paragraph.style
    short = len(paragraph.body.tokens) <= _LONGEST_HEAD
    if short and paragraph.capitals and role_of(paragraph.body):
        return "capitals"
    if short and paragraph.bold and not paragraph.capitals and not paragraph.text.endswith((".", ";")):
        return "bold"
    if paragraph.text.endswith(":"):
        return "line"
    return "line" if leads and heading_name(paragraph.body, whole=True) is not None else ""


def _fall_back(stack: list[_Entry], style: str, paragraph: Paragraph) -> None:
    """Leave the sections that the paragraph does not belong to."""
    if not style or style == "line":
        _leave_bullets(stack, style, paragraph)
        return
    if style == "star" and style not in [entry.style for entry in stack] and field_of(paragraph.body) is not None:
        while stack and stack[-1].style in BULLETS:
            stack.pop()
        return
    if stack and _begins_inner_list(stack[-1], style, paragraph):
        return
    styles = [entry.style for entry in stack]
    if style in styles:
        del stack[_level(stack, style, paragraph) :]
        return
    rank = _RANKS.get(style)
    if rank is not None:
        while stack and _RANKS.get(stack[-1].style, 9) > rank:
            stack.pop()


def _leave_bullets(stack: list[_Entry], style: str, paragraph: Paragraph) -> None:
    """Leave the lists above a paragraph without a mark; what a line over it names may still be owed below."""
    while stack and (stack[-1].style == "line" or stack[-1].style in BULLETS):
        if not style and stack[-1].names and begins_with_verb(paragraph.body):
            return
        stack.pop()


def _begins_inner_list(above: _Entry, style: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph is the first of a list under the heading right above it, whatever its style."""
    if not above.bare or _names_unit(paragraph):
        return False
    if above.names and above.style in ("bold", "line") and begins_with_verb(paragraph.body):
        return True
    if paragraph.mark not in _FIRST:
        return False
    return above.names if style == above.style else above.style in ("bold", "line", *BULLETS)


def _names_unit(paragraph: Paragraph) -> bool:
    return heading_name(_head(paragraph.body)[0] or paragraph.body, whole=True) is not None


def _level(stack: list[_Entry], style: str, paragraph: Paragraph) -> int:
    """Where in the stack the list stands that a paragraph goes on with; one that names a unit, the outermost."""
    same = [at for at, entry in enumerate(stack) if entry.style == style]
    return same[0] if len(same) > 1 and _names_unit(paragraph) else same[-1]


def _place(number: int, paragraph: Paragraph, outer: Section, years: Years, *, leads: bool, labelled: bool) -> Placed:
    whole = paragraph.body
    section = replace(outer)
    field = field_of(whole)
    nothing = whole.cut(whole.last, whole.last)
    if field is not None:
        return Placed(number, paragraph, section, nothing, heads=False, field=field)
    head, rest = _head(whole)
    if whole.text.endswith(":") and (head is None or rest.empty) and _leads(whole, outer, years):
        owner = led_name(whole) or (unnamed_unit(whole) if leads else None) or section.owner
        return Placed(number, paragraph, replace(section, owner=owner), nothing, heads=True)
    if head is None:
        return Placed(number, paragraph, section, whole, heads=False)
    name = heading_name(head, whole=rest.empty and not whole.text.endswith((".", ";")))
    alone = paragraph.style in BULLETS and rest.empty and not (leads or whole.text.endswith(":"))
    if name is not None and outer.role not in SKIPPED and not alone:
        if (listed := _listed(name, rest)) is not None:
            name, rest = listed, nothing
        return Placed(number, paragraph, replace(section, owner=name, role=_working(outer.role)), rest, heads=True)
    made = Placed(number, paragraph, section, whole, heads=False)
    if labelled and section.role in ("", "meeting", *SKIPPED):
        return replace(made, section=replace(section, role="tasks"))
    return made if labelled else _headed(made, head, rest, years, leads=leads)


def _listed(name: Part, rest: Part) -> Part | None:
    """The names behind "Các đơn vị:", when nothing but names stands there; the first word too when they need it."""
    if rest.empty or word_pattern("generic", start=True).search(name.keys) is None:
        return None
    listed = heading_name(rest, whole=True)
    if listed is not None or begins_with_verb(rest):
        return listed
    names = [each.strip() for each in re.split("[,;]", rest.text.rstrip(" .;:"))]
    alone = len(names) > 1 and all(each[:1].isupper() for each in names)
    return name.flow.whole.cut(name.first, rest.trimmed(".;: ").last) if alone else None


def _headed(made: Placed, head: Part, rest: Part, years: Years, *, leads: bool) -> Placed:
    """A paragraph whose head is a day, announces what stands below, or names a unit that no list knows."""
    paragraph, outer, whole = made.paragraph, made.section, made.body
    limit = _timed(head, years)
    if limit is not None and outer.role == "meeting" and rest.empty and not whole.text.endswith(":"):
        return made
    if limit is not None:
        role = "tasks" if outer.role in ("", "meeting") else outer.role
        section = replace(outer, limit=limit, limit_part=head, role=role)
        return replace(made, section=section, body=rest, heads=True)
    role = _role(paragraph, head, outer)
    role = "" if role == "decor" and outer.role in WORKING and not rest.empty else role
    if role and _announces(paragraph, head):
        phase = PHASES.get(role, "" if role in ("tasks", "annex") else outer.phase)
        section = _timed_role(replace(outer, role=role, phase=phase), head, years)
        return replace(made, section=section, body=rest, heads=True)
    if leads and rest.empty and not role and outer.role in WORKING and (name := unnamed_unit(head)) is not None:
        return replace(made, section=replace(outer, owner=name), body=rest, heads=True)
    if not role and paragraph.style and outer.role in WORKING - {"programme"} and (name := _proper_name(head, rest)):
        return replace(made, section=replace(outer, owner=name), body=rest, heads=True)
    if paragraph.style == "article":
        limit = next((each for each in limits_in(whole, years) if each.rank <= 1), None)
    section = replace(outer, limit=limit, limit_part=whole) if limit is not None else outer
    if paragraph.style in _TASKS and (section.role in ("", "meeting") or _counts_task(paragraph, section)):
        section = replace(section, role="tasks")
    heads = paragraph.style not in BULLETS and bool(paragraph.style) and not whole.text.endswith((".", ";"))
    return replace(made, section=section, heads=heads)


def _counts_task(paragraph: Paragraph, section: Section) -> bool:
    """Whether "Bước 1", "Việc 1" tells a task although the heading above announces something else."""
    about = phrases("topical").match(read(paragraph.mark).tokens, 0)
    return section.role in ("topics", "purpose", "funding") and (paragraph.style != "job" or about != (2, True))


def _role(paragraph: Paragraph, head: Part, outer: Section) -> str:
    bullet = paragraph.style in BULLETS
    if len(head.tokens) > _LONGEST_NAME and word_pattern("basis", start=True).search(head.keys):
        return ""
    role = "" if bullet and not paragraph.text.endswith(":") else role_of(head)
    inside = outer.role == "programme" and role in ("programme", "topics")
    return "" if inside or (bullet and outer.role in WORKING and role in ("topics", "programme", "meeting")) else role


def _timed_role(section: Section, head: Part, years: Years) -> Section:
    """Giai đoạn chuẩn bị (từ ngày 01/3 đến ngày 20/3): the days in brackets go for what stands below."""
    tokens = head.flow.tokens
    inner = head.trimmed(":. ")
    if section.role not in WORKING or inner.empty or tokens[inner.last - 1].key != ")":
        return section
    first = next((at for at in range(inner.last - 1, inner.first, -1) if tokens[at].key == "("), inner.last)
    limit = _timed(head.cut(first + 1, inner.last - 1), years) if first + 1 < inner.last - 1 else None
    return section if limit is None else replace(section, limit=limit, limit_part=head)


def unnamed_unit(head: Part) -> Part | None:
    """Who acts, named by a short heading over a list of acts, though no known word begins the name."""
    name = head.trimmed(":.;,()*- ")
    if name.empty or len(name.tokens) > _LONGEST_NAME or begins_with_verb(name) or role_of(name):
        return None
    told = any(phrases(words).match(name.flow.tokens, name.first) for words in ("topical", "adverbial", "asking"))
    digits = any(letter.isdigit() for letter in name.text)
    return None if told or digits or not name.text[:1].isupper() else name


def _proper_name(head: Part, rest: Part) -> Part | None:
    """Who acts, by a name of its own that no list knows: "Báo Hà Nam: tuyên truyền …"."""
    if rest.empty or not rest.text[0].islower() or not begins_with_verb(rest):
        return None
    words = head.text.split()
    if len(words) < 2 or not (words[0][:1].isupper() and words[1][:1].isupper()) or len(words) > _LONGEST_NAME:
        return None
    return None if role_of(head) or any(letter.isdigit() for letter in head.text) else head.trimmed(" :")


def _announces(paragraph: Paragraph, head: Part) -> bool:
    """Whether a paragraph that begins like a heading is one, and no sentence: "Sau hội nghị, Văn phòng niêm yết …"."""
    if not paragraph.text.endswith((".", ";")):
        return True
    told_apart = paragraph.style or paragraph.bold or paragraph.capitals
    return bool(told_apart) and len(head.tokens) <= _LONGEST_CLOSED and behind_adverbials(head) == head.first


def _leads(whole: Part, outer: Section, years: Years) -> bool:
    """Whether a line that ends with a colon makes somebody owe the list below it: no heading of a known role, no name."""
    if outer.role not in WORKING or role_of(whole) or heading_name(whole.trimmed(":"), whole=True) is not None:
        return False
    return _timed(whole, years) is None


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
            role = label_role("fields", label)
            value = part.cut(at + 1, part.last)
            return Field(role, label, value) if role and not (value.empty and role_of(label)) else None
    return None


def role_of(head: Part) -> str:
    """What a heading announces, "" when nothing known."""
    if names_unit(head, head.first) is not None and not phrases("duties_of").match(head.flow.tokens, head.first):
        return ""
    keys = head.keys
    if (exact := fields("exact").get(keys.strip(" :."))) is not None:
        return exact
    verb = phrases("verbs").match(head.flow.tokens, head.first) is not None
    return next((r.value for r in _headings() if (r.at_start.search(keys) if verb else r.fits(keys, keys))), "")


def is_annex(part: Part) -> bool:
    """Whether an annex begins here."""
    return word_pattern("annex", start=True).search(part.keys) is not None

"""Who owes a duty: the subject of its sentence, the name in a heading, and who gets the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from calendars.grammar.lexer import Token
from workflow.intake.clauses import begins_with_verb, names_unit
from workflow.intake.flowing import Part
from workflow.intake.lexicon import phrases
from workflow.intake.strange_verbs import joined_by, unknown_verb

_LABEL: Final = 8  # tokens of a label
_HEADS_ALONE: Final = 2  # letters of "Sở", "Bộ"
_FEW: Final = 3  # tokens
_LONGEST: Final = 45  # tokens of a name
_NEAR: Final = 7  # tokens of "được nêu trong thông báo" behind "được nêu"
_JOINING: Final = frozenset((",", "&", "-"))
_FARTHEST: Final = 30  # tokens from "được phân công" to the verb behind it
_LEADS: Final = ("before_verbs", "together", "advising")
BREAKS: Final = frozenset((".", ";", "?", "!", "…", "|"))


@dataclass(frozen=True)
class Subject:
    """Who acts, and where the act begins behind the name. `asked`: somebody else asks for it ("Đề nghị X …")."""

    name: Part
    act: int
    asked: bool = False


def subject(part: Part, *, owned: bool = False) -> Subject | None:
    """The unit that is asked or that acts, when the clause begins with it, perhaps behind an adverbial clause.

    `owned`: a heading names who owes the clause, so that "giao X …" is what that unit does.
    """
    at = behind_adverbials(part)
    asked = _asked(part, at, owned=owned) if at < part.last else None
    if asked is not None and names_unit(part, at + asked[0]) is not None:
        name, end = name_at(part, at + asked[0])
        return Subject(name, end, asked=True) if end > at + asked[0] else None
    found = _acting(part, at)
    return found or (None if begins_with_verb(part) else _passive(part))


def _asked(part: Part, at: int, *, owned: bool) -> tuple[int, bool] | None:
    asked = phrases("asking").match(part.flow.tokens, at)
    return asked if asked or owned else phrases("assigning").match(part.flow.tokens, at)


def _acting(part: Part, at: int) -> Subject | None:
    """A name with a verb behind it."""
    if at >= part.last or names_unit(part, at) is None:
        return None
    name, end = name_at(part, at)
    tokens = part.flow.tokens
    verb = end < part.last and any(phrases(kind).match(tokens, end) for kind in ("verbs", "name_stops"))
    known = end < part.last and (tokens[end].key == ":" or verb)
    strange = unknown_verb(part, at, end)
    soon = end < part.last and end - strange <= _FEW if strange is not None else False
    goes_on = soon and phrases("verbs").match(tokens, end) is not None
    if strange is not None and not (goes_on and not joined_by(part, strange, end)):
        return Subject(part.cut(name.first, strange), strange)
    return Subject(name, end + (tokens[end].key == ":")) if known and not name.empty else None


def _passive(part: Part) -> Subject | None:
    """… do Thủ trưởng đơn vị triệu tập."""
    tokens = part.flow.tokens
    for at in range(part.first, part.last - 1):
        if phrases("passive").match(tokens, at) and not (
            at > part.first and phrases("not_passive").match(tokens, at - 1)
        ):
            found = _acting(part, at + 1)
            if found is not None:
                return found
    return None


def behind_adverbials(part: Part) -> int:
    """The token behind leading signs, "đồng thời", and clauses like "Sau hội nghị, …" or "Nếu … thì …"."""
    tokens, at = part.flow.tokens, _behind_label(part)
    while at < part.last:
        also = phrases("also").match(tokens, at) or phrases("counting").match(tokens, at)
        if also is not None or tokens[at].key in ",;-+–":
            at += also[0] if also else 1
            continue
        if phrases("adverbial").match(tokens, at) is None or _verb_wins(part, at):
            break
        end = _end_of_adverbial(part, at) or behind_how_often(part, at)
        if end == at:
            break
        at = end
    return at


def _behind_label(part: Part) -> int:
    """The token behind "Hội nghị bất thường:", a label that names no unit."""
    tokens = part.flow.tokens
    for at in range(part.first, min(part.last, part.first + _LABEL)):
        if tokens[at].key == ":" and at > part.first and names_unit(part, part.first) is None:
            return part.first if begins_with_verb(part) else at + 1
    return part.first


def behind_how_often(part: Part, at: int) -> int:
    """The name that stands behind "mỗi tháng một lần" or "hằng quý"; the token itself when none of these does."""
    if not phrases("how_often").match(part.flow.tokens, at):
        return at
    names = (here for here in range(at + 2, min(at + _NEAR, part.last)) if names_unit(part, here) is not None)
    name = next(names, at)
    return name if part.flow.text[part.flow.tokens[name].at].isupper() else at


def _verb_wins(part: Part, at: int) -> bool:
    """Words that open an adverbial clause and are a verb here: "thông qua nghị quyết"."""
    adverbial, verb = phrases("adverbial").match(part.flow.tokens, at), phrases("verbs").match(part.flow.tokens, at)
    return adverbial is not None and verb is not None and verb[0] > adverbial[0]


def _end_of_adverbial(part: Part, at: int) -> int | None:
    """Behind the comma or "thì" that a unit's name or a verb follows."""
    tokens = part.flow.tokens
    if phrases("conditional").match(tokens, at) and (then := _then(part, at)) is not None:
        return then
    depth = 0
    ordered = phrases("plain_order").match(tokens, at) is not None
    after_meeting = ordered and phrases("meeting_names").match(tokens, at + 1) is not None
    for here in range(at + 1, part.last - 1):
        key = tokens[here].key
        depth = max(0, depth + (key == "(") - (key == ")"))
        if depth:
            continue
        if key in BREAKS:
            return None
        verb = phrases("verbs").match(tokens, here)
        if phrases("must").match(tokens, here) or (after_meeting and verb and verb[0] > 1):
            return here
        if key == ":" or phrases("then").match(tokens, here) or (key == "," and _starts_clause(part, here + 1)):
            return here + 1
        after_meeting = after_meeting and key != ","
    return None


def _then(part: Part, at: int) -> int | None:
    tokens = part.flow.tokens
    for here in range(at, part.last - 1):
        if tokens[here].key in BREAKS:
            return None
        if phrases("then").match(tokens, here):
            return here + 1
    return None


def _starts_clause(part: Part, at: int) -> bool:
    if phrases("verbs").match(part.flow.tokens, at) is not None:
        return True
    return _acting(part, at) is not None or phrases("asking").match(part.flow.tokens, at) is not None


def name_at(part: Part, at: int) -> tuple[Part, int]:
    """The name that begins at a token, and the token at which it ends."""
    tokens, first = part.flow.tokens, at
    courtesy = phrases("courtesy").match(tokens, at)
    if courtesy is not None:
        at = first = at + courtesy[0]
    last = min(part.last, first + _LONGEST)
    while at < last:
        key = tokens[at].key
        if key in BREAKS or key == ":":
            break
        if key == "(":
            at = _behind_bracket(part, at)
            continue
        assigned = phrases("assigned").match(tokens, at)
        if assigned is not None and at > first:
            at = _behind_assigned(part, at, assigned[0])
            break
        compound = phrases("compounds").match(tokens, at)
        unit = (
            names_unit(part, at)
            if at == first
            or tokens[at - 1].key in _JOINING
            or (at > first and phrases("joining").match(tokens, at - 1))
            else None
        )
        longest = max(compound[0] if compound else 0, unit or 0)
        if longest == 0 and at > first and _verb_here(part, at):
            break
        at += longest or 1
    return part.cut(first, at).trimmed(",-–;: "), at


def _verb_here(part: Part, at: int) -> bool:
    """Whether a verb stands here; with a capital letter it is part of a name."""
    tokens, text = part.flow.tokens, part.flow.text
    found = phrases("verbs").match(tokens, at)
    if not text[tokens[at].at].islower():
        return False
    if found is None:
        return phrases("name_stops").match(tokens, at) is not None
    return found[0] > 1 or not _half_word(text, tokens, at)


def _half_word(text: str, tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the word is the second half of one that begins with a capital letter: the "tạo" of "Đào tạo"."""
    before = text[tokens[at - 1].at : tokens[at - 1].to]
    earlier = text[tokens[at - 2].at : tokens[at - 2].to] if at > 1 else ""
    whole = len(before) == _HEADS_ALONE and phrases("units").match(tokens, at - 1) == (1, True)
    return before[:1].isupper() and not before.isupper() and not earlier[:1].isupper() and not whole


def _behind_bracket(part: Part, at: int) -> int:
    while at < part.last and part.flow.tokens[at].key != ")":
        at += 1
    return at + 1


def _behind_assigned(part: Part, at: int, length: int) -> int:
    """The end of "các cơ quan được phân công trả lời ý kiến" before "phải …" or "gửi …"."""
    tokens = part.flow.tokens
    for wanted in ("must", "sending"):
        for here in range(at + length, min(part.last, at + length + _FARTHEST)):
            if tokens[here].key in BREAKS:
                break
            later = wanted == "must" or (here > at + length and not phrases("joining").match(tokens, here - 1))
            if later and phrases(wanted).match(tokens, here) and not _again(part, at + length, here):
                return here
    end = at + length
    while end < min(part.last, at + length + _NEAR) and not _verb_here(part, end) and tokens[end].key not in ",.;:":
        end += 1
    return end if end < part.last and phrases("verbs").match(tokens, end) else at + length


def _again(part: Part, first: int, here: int) -> bool:
    """Whether the verb is the first one behind "được phân công": that still tells what was assigned."""
    return here == first or (phrases("verbs").match(part.flow.tokens, first) is not None and here == first + 1)


def owner_told(part: Part) -> Part:
    """Whom the value of a line or cell names: without "Đề nghị", and up to those who only help."""
    tokens, bare = part.flow.tokens, part.trimmed(",;:.-–*+ ")
    first = bare.first
    asked = phrases("asking").match(tokens, first) or phrases("assigning").match(tokens, first)
    first += asked[0] if asked is not None and first + asked[0] < bare.last else 0
    lead = phrases("led_by").match(tokens, first)
    first += lead[0] if lead is not None and first + lead[0] < bare.last else 0
    for at in range(first + 1, bare.last):
        if phrases("together").match(tokens, at) and not phrases("compounds").match(tokens, at - 1):
            return bare.cut(first, at).trimmed(",;:.-–*( ")
    return bare.cut(first, bare.last).trimmed(",;:.-–*+ ")


def led_name(part: Part) -> Part | None:
    """Whom a line that leads to a list makes owe it: its subject, or "giao nhiệm vụ cho X thực hiện:"."""
    tokens = part.flow.tokens
    for at in range(part.first, part.last - 1):
        if phrases("giving").match(tokens, at) and names_unit(part, at + 1) is not None:
            name, _ = name_at(part, at + 1)
            return name if not name.empty else None
    found = subject(part)
    return found.name if found is not None else None


def heading_name(part: Part, *, whole: bool = False) -> Part | None:
    """The unit that a heading names and does nothing else: "3. Phòng Văn hóa - Xã hội", "Trách nhiệm của …".

    `whole`: nothing follows the heading on its line.
    """
    at = part.first
    while at < part.last and (lead := phrases("duties_of").match(part.flow.tokens, at)) is not None:
        at += lead[0]
    if at >= part.last or names_unit(part, at) is None:
        return None
    name, end = name_at(part, at)
    while whole and end < part.last and _in_name(part, end):
        end = name_at(part, end + 1)[1] if end + 1 < part.last else part.last
        name = part.cut(name.first, end).trimmed(",-–;:. ")
    rest = part.cut(end, part.last).trimmed(".:;,()* ")
    return name if (rest.empty or _only_tail(rest)) and not name.empty else None


def _only_tail(rest: Part) -> bool:
    """Whether the words behind a name only lead to the list below: "… có trách nhiệm:"."""
    found = phrases("heading_tails").match(rest.flow.tokens, rest.first)
    return found is not None and rest.first + found[0] == rest.last


def _in_name(part: Part, at: int) -> bool:
    """Whether a verb or a semicolon in a heading belongs to the names: "Trung tâm Dịch vụ tổng hợp"."""
    if part.flow.tokens[at].key == ";":
        return at + 1 < part.last and names_unit(part, at + 1) is not None
    return phrases("name_verbs").match(part.flow.tokens, at) is not None and part.last - at <= 5


def bracketed_name(part: Part) -> Part | None:
    """The unit that stands in brackets at the end of a clause: "Tổng hợp ý kiến (Văn phòng)."."""
    tokens = part.flow.tokens
    inner = part.trimmed(".;, ")
    if inner.empty or tokens[inner.last - 1].key != ")":
        return _behind_dash(inner) or _behind_colon(inner)
    first = next((at for at in range(inner.last - 1, inner.first, -1) if tokens[at].key == "("), None)
    return heading_name(part.cut(first + 1, inner.last - 1), whole=True) if first is not None else None


def _behind_colon(part: Part) -> Part | None:
    """Tổng hợp ý kiến: Phòng Tổ chức, hoàn thành ngày 12/01."""
    colons = (at for at in range(part.first + 2, part.last - 1) if part.flow.tokens[at].key == ":")
    colon = next(colons, part.last)
    if colon == part.last or names_unit(part, colon + 1) is None:
        return None
    name, end = name_at(part, colon + 1)
    return (
        name
        if end >= part.last or part.flow.tokens[end - 1].key == ","
        else heading_name(part.cut(colon + 1, part.last))
    )


def _behind_dash(part: Part) -> Part | None:
    """Thu phiếu - Hội Phụ nữ xã."""
    tokens = part.flow.tokens
    for at in range(part.last - 2, part.first + 1, -1):
        if tokens[at].key in "-–—" and tokens[at - 1].to < tokens[at].at and tokens[at].to < tokens[at + 1].at:
            units = (here for here in range(part.first, at) if names_unit(part, here) is not None)
            inside = any(name_at(part, here)[1] > at for here in units)
            return None if inside else heading_name(part.cut(at + 1, part.last), whole=True)
    return None


def plain_name(part: Part) -> str | None:
    """A name as it is kept: brackets, courtesy and signs left out."""
    words: list[str] = []
    depth = 0
    for token in part.tokens:
        depth += token.key == "("
        if not depth:
            words.append(
                part.flow.text[token.at - (token.at > part.start and part.flow.text[token.at - 1] == " ") : token.to]
            )
        depth -= token.key == ")" and depth > 0
    text = "".join(words).strip(" ,;:.-–*/")
    return text or None


def act_words(part: Part) -> Part:
    """What is done: the clause without its subject, adverbs, partners and "tham mưu …"."""
    found = subject(part)
    at = found.act if found is not None else behind_adverbials(part)
    tokens = part.flow.tokens
    while at < part.last - 2:
        lead = next((match for name in _LEADS if (match := phrases(name).match(tokens, at)) is not None), None)
        if lead is None:
            break
        behind = at + lead[0]
        if names_unit(part, behind) is not None:
            behind = _behind_name(part, behind)
        if behind >= part.last - 1:
            break
        at = behind
    return part.cut(at, part.last)


def _behind_name(part: Part, at: int) -> int:
    """The verb behind a name, the end of the clause without one."""
    tokens = part.flow.tokens
    for here in range(at + 1, part.last):
        lower = part.flow.text[tokens[here].at].islower()
        inside = phrases("compounds").match(tokens, here) or phrases("compounds").match(tokens, here - 1)
        if lower and not inside and phrases("verbs").match(tokens, here):
            return here
    return part.last

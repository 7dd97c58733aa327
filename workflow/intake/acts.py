"""The acts of a paragraph: one clause each, with who owes it and by when."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from calendars.rules import After, BeforeEvent, On, Within
from workflow.domain.definition import StepKind
from workflow.intake.clauses import clauses, names_unit, sentences
from workflow.intake.flowing import Part
from workflow.intake.kinds import kind_of, phase_of, programme_pattern
from workflow.intake.lexicon import phrases, vocabulary, word_pattern
from workflow.intake.limits import Limit, Years, cap_behind, days_alone, firmest, first_point, limits_in, stated
from workflow.intake.outline import SKIPPED, WORKING, Placed, Section
from workflow.intake.owners import Subject, behind_adverbials, behind_how_often, bracketed_name, name_at, subject
from workflow.intake.resolving import known_event

_CLOSING = 12  # characters of a clause in which a closing day has a digit
_SHORTEST = 3  # words of a duty whose verb is not known
_LONGEST_NAME = 8  # words of a name before a comma
_MOSTLY = 0.7  # of the words in brackets
_ADVERB = 10  # words of an adverb before its verb
_FILED = frozenset(StepKind) - {StepKind.OTHER}
_KEPT = {True: frozenset({StepKind.RECORD_MINUTES}), False: _FILED}  # of sections that tell no duties


@dataclass
class Act:
    """One duty as it is gathered. `part`: its clause; `more`: other places that state it; `path`: headings above it."""

    part: Part
    kind: StepKind
    owner: Part | None = None
    limit: Limit | None = None
    limit_part: Part | None = None
    inherited: str | None = None
    cap_part: Part | None = None
    in_meeting: bool = False
    phase: str = ""
    path: tuple[int, ...] = ()
    coordinating: tuple[str, ...] = ()
    recipient: str | None = None
    product: str | None = None
    reference: str | None = None
    named: bool = False
    from_meeting: bool = False
    more: list[Part] = field(default_factory=list)


@dataclass
class _Clause:
    part: Part
    own: Subject | None
    limits: list[Limit]
    sentence: int
    nth: int

    @property
    def first(self) -> bool:
        """Whether the paragraph begins with it."""
        return self.sentence == self.nth == 0


def acts_of(placed: Placed, years: Years) -> list[Act]:
    """The acts of a paragraph's words, those that are no duties left out."""
    if placed.body.empty:
        return []
    section = placed.section
    parts = _clauses(placed.body, years, owned=section.owner is not None)
    found: list[Act] = []
    owner = None
    for clause in parts:
        if _extends(clause, found):
            continue
        owner = clause.own.name if clause.own is not None else owner
        if _is_duty(clause, section, listed=bool(placed.paragraph.style)) or (clause.first and _named_before(placed)):
            found.append(_act(clause, owner, placed, years))
    _hand_on(found, parts)
    _extended(found, placed.body)
    for act in found:
        _longer_for_hard_cases(act)
    return found


def _clauses(body: Part, years: Years, *, owned: bool) -> list[_Clause]:
    found: list[_Clause] = []
    for number, sentence in enumerate(sentences(body)):
        limits = [limit for limit in limits_in(sentence, years) if limit.rank == 0 or not years.past(limit.rule)]
        parts = [piece for part in clauses(sentence) for piece in _by_subjects(part)]
        for nth, part in enumerate(_split_at_limits(parts, limits)):
            inside = [limit for limit in limits if part.start <= limit.start < part.end]
            found.append(_Clause(part, subject(part, owned=owned), inside, number, nth))
    return found


def _by_subjects(part: Part) -> Iterator[Part]:
    """A clause cut where somebody else's act begins behind a comma: "Công an xã giữ trật tự, Đoàn xã trông xe"."""
    own = subject(part)
    first = part.first
    if own is not None and not own.asked and own.act > own.name.first:
        for at in range(own.act + 2, part.last - _SHORTEST):
            if part.flow.tokens[at].key == "," and _another_begins(part.cut(first, at), part.cut(at + 1, part.last)):
                yield part.cut(first, at + 1)
                first = at + 1
    yield part.cut(first, part.last)


def _another_begins(before: Part, behind: Part) -> bool:
    """Whether a name with its verb stands behind a comma, and before the comma no name that it would go on with."""
    behind = behind.cut(behind_how_often(behind, behind.first), behind.last)
    if names_unit(behind, behind.first) is None:
        return False
    near = range(max(before.first, before.last - _LONGEST_NAME), before.last)
    listed = any(names_unit(before, at) is not None and name_at(before, at)[1] == before.last for at in near)
    found = None if listed else subject(behind)
    return found is not None and not found.asked and found.name.first == behind.first and "," not in found.name.text


def _split_at_limits(parts: Sequence[Part], limits: Sequence[Limit]) -> list[Part]:
    """Clauses with several firm limits cut between them, where each has a verb of its own."""
    made: list[Part] = []
    for part in parts:
        firm = [
            limit for limit in limits if limit.rank <= 1 and not limit.extends and part.start <= limit.start < part.end
        ]
        made.extend(_cut_between(part, firm) if len(firm) > 1 else [part])
    return made


def _cut_between(part: Part, firm: Sequence[Limit]) -> list[Part]:
    leading = firm[0].start - part.start < 12
    pieces: list[Part] = []
    for limit in firm[1:] if leading else firm[:-1]:
        rest = part.within(limit.start if leading else limit.end, part.end)
        before = part.cut(part.first, rest.first)
        after = rest.trimmed(",; ")
        joined = phrases("together_end").match(after.flow.tokens, after.first)
        at = after.first + (joined[0] if joined else 0)
        if leading or phrases("verbs").match(part.flow.tokens, at) or subject(after) is not None:
            pieces.append(before)
            part = rest
    return [*pieces, part]


def _extends(clause: _Clause, found: Sequence[Act]) -> bool:
    """A clause that states the longer limit of the act before it becomes a second place of that act."""
    longer = [limit for limit in clause.limits if limit.extends]
    if not longer or not found:
        return False
    act = next((each for each in reversed(found) if each.limit is not None and each.inherited is None), None)
    if act is None or act.limit is None:
        return False
    act.limit = replace(act.limit, cap=longer[0].rule)
    act.cap_part = clause.part
    act.more.append(clause.part)
    return True


def _is_duty(clause: _Clause, section: Section, *, listed: bool) -> bool:
    part, role = clause.part, section.role
    limits = [limit for limit in clause.limits if not limit.extends]
    firm = any(limit.rank == 0 for limit in limits)
    if role == "funding" and (_deals_with_money(clause) or _asked_besides(clause)):
        return True
    if role in SKIPPED:
        return (firm or role == "people") and _kind(clause, section) in _KEPT[role == "people"]
    if word_pattern("not_duties", start=True).search(part.keys):
        return firm
    if role == "programme":
        return firm or worth_tracking(part, named=(clause.own or bracketed_name(part)) is not None)
    dated = any(limit.rank <= 2 for limit in limits)
    if role in ("", "meeting"):
        told = _kind(clause, section) is not StepKind.OTHER
        does = told or clause.own is not None or _starts_with_verb(part)
        return firm or (dated and does) or (told and clause.own is not None)
    if clause.first and section.limit is not None and _kind(clause, section) is StepKind.HOLD_MEETING:
        return True
    listed = listed and section.owner is not None and clause.first and len(part.tokens) > _SHORTEST
    return dated or clause.own is not None or listed or _starts_with_verb(part) or _tells_order(limits)


def _named_before(placed: Placed) -> bool:
    """Whether the name of who owes it stands before the words, behind a colon: "Tổ bảo vệ: trực cổng"."""
    split = placed.body.first > placed.paragraph.body.first and placed.section.role in WORKING
    owner = placed.section.owner
    told = split and owner is not None and owner.flow is placed.body.flow
    return told and not word_pattern("not_duties", start=True).search(placed.body.keys)


def _kind(clause: _Clause, section: Section) -> StepKind:
    return kind_of(clause.part, section.phase, [(limit.start, limit.end) for limit in clause.limits if not limit.vague])


def _tells_order(limits: Sequence[Limit]) -> bool:
    return any(
        limit.order and known_event(limit.rule.event) for limit in limits if isinstance(limit.rule, After | BeforeEvent)
    )


def _starts_with_verb(part: Part) -> bool:
    at, tokens = behind_adverbials(part), part.flow.tokens
    if at >= part.last or part.last - part.first <= 2:
        return False
    if any(phrases(name).match(tokens, at) for name in ("verbs", "before_verbs", "asking", "assigning")):
        return True
    adverb = phrases("adverbial").match(tokens, at) is not None
    return adverb and any(phrases("verbs").match(tokens, i) for i in range(at + 1, min(part.last, at + _ADVERB)))


def _deals_with_money(clause: _Clause) -> bool:
    """Whether somebody is told to see to the money: "Phòng Tài chính thẩm định, cấp kinh phí"."""
    own, part = clause.own, clause.part
    if own is None or own.act >= part.last or own.name.first > behind_adverbials(part) + 2:
        return False
    return phrases("money_verbs").match(part.flow.tokens, own.act) is not None


def _asked_besides(clause: _Clause) -> bool:
    """Whether a further sentence under "Kinh phí: …" gives somebody a task: "Giao Văn phòng theo dõi, đôn đốc …"."""
    return clause.sentence > 0 and clause.own is not None and clause.own.asked


def worth_tracking(part: Part, *, named: bool) -> bool:
    """Whether an item of the meeting's programme is more than ceremony; `named`: it says who does it."""
    programme = vocabulary("kinds")["programme"]
    if programme_pattern("never").search(part.keys) and not programme_pattern("kept_with").search(part.keys):
        return False
    return (
        str(kind_of(part, "meeting")) in programme["kinds"]
        or programme_pattern("phrases").search(part.keys) is not None
        or (named and programme_pattern("told_by").search(part.keys) is not None)
    )


def _act(clause: _Clause, owner: Part | None, placed: Placed, years: Years) -> Act:
    section, part = placed.section, clause.part
    phase = phase_of(part.keys, section.phase)
    act = Act(part, _kind(clause, section), owner or section.owner, path=(*section.path, placed.number), phase=phase)
    if act.owner is None:
        act.owner = bracketed_name(part)
    act.named = owner is not None
    act.in_meeting = section.role == "programme" or phase == "meeting"
    ways = (_on_a_day, _in_brackets)
    act.limit = firmest(clause.limits) or next((told for way in ways if (told := way(clause, section, years))), None)
    if act.limit is None and phase == "after":
        act.limit = days_alone(part)
    if act.limit is not None and act.limit.order and section.role == "programme":
        act.limit = None
    if act.limit is not None:
        act.limit_part = part
    elif section.limit is not None and section.limit_part is not None:
        act.limit, act.limit_part = section.limit, section.limit_part
        act.inherited = None if section.limit_part.flow is part.flow else section.limit_part.text
    else:
        act.reference = _reference(clause)
    return act


def _on_a_day(clause: _Clause, section: Section, years: Years) -> Limit | None:
    """A day that closes the clause of a task: "… trình Chủ tịch duyệt ngày 20/3."; never that of a cited paper."""
    part = clause.part
    if section.role not in WORKING or section.limit is not None or word_pattern("cited").search(part.keys):
        return None
    if not any(letter.isdigit() for letter in part.text[-_CLOSING:]):
        return None
    limit = first_point(part, years, prose=True)
    closes = limit is not None and part.trimmed().end - limit.end <= 1
    return limit if closes and limit is not None and isinstance(limit.rule, On) else None


def _in_brackets(clause: _Clause, section: Section, years: Years) -> Limit | None:
    """Days that stand alone in brackets at the end of a task: "Phát phiếu (10/6 - 14/6/2025)"."""
    part = clause.part.trimmed(",;:.- ")
    tokens = part.flow.tokens
    if section.role not in WORKING or part.empty or tokens[part.last - 1].key != ")":
        return None
    first = next((at for at in range(part.last - 1, part.first, -1) if tokens[at].key == "("), part.last)
    inner = part.cut(first + 1, part.last - 1)
    limit = stated(inner, years) if any(letter.isdigit() for letter in inner.text) else None
    whole = limit is not None and limit.end - limit.start >= _MOSTLY * (inner.end - inner.start)
    return limit if limit is not None and whole and limit.rank <= 1 and not getattr(limit.rule, "n", 0) else None


def _reference(clause: _Clause) -> str | None:
    vague = next((limit.wording for limit in clause.limits if limit.vague), None)
    if vague is not None:
        return vague
    found = word_pattern("undated_reference").search(clause.part.keys)
    if found is None:
        return None
    first = clause.part.first + clause.part.keys[: found.start()].count(" ") - 1
    return clause.part.cut(first, first + found.group().count(" ") + 1).text


def _hand_on(acts: Sequence[Act], parts: Sequence[_Clause]) -> None:
    """A limit at the front of a sentence goes for all its clauses, one set off at its end for those before it."""
    by_part = {clause.part: clause for clause in parts}
    for before, act in itertools.pairwise(acts):
        here, there = by_part[act.part], by_part[before.part]
        same = here.sentence == there.sentence
        if before.limit is None or act.limit is not None or (here.own is not None and not same):
            continue
        if (same and _leads(there, before.limit)) or (not same and _also(act.part) and before.limit.rank == 0):
            act.limit, act.limit_part, act.inherited = before.limit, before.limit_part, before.part.text
            act.reference = None
    for before, act in zip(reversed(acts[:-1]), reversed(acts[1:]), strict=True):
        here, there = by_part[act.part], by_part[before.part]
        if before.limit is not None or act.limit is None or here.own is not None or act.limit.rank:
            continue
        set_off = here.sentence == there.sentence and _set_off(act)
        forms = before.kind is StepKind.DISTRIBUTE_FORMS and act.kind in (
            StepKind.COLLECT_FORMS,
            StepKind.CLASSIFY_ISSUES,
        )
        if set_off or (forms and not act.inherited):
            before.limit, before.limit_part, before.inherited = act.limit, act.limit_part, act.part.text
            before.reference = None


def _leads(clause: _Clause, limit: Limit) -> bool:
    """Whether the limit stands at the front of the clause."""
    return limit.start - clause.part.start <= 4 and clause.nth == 0


def _also(part: Part) -> bool:
    return phrases("also").match(part.flow.tokens, part.first) is not None


def _set_off(act: Act) -> bool:
    """Whether ", thời gian …" sets the limit off at the end of the clause."""
    limit = act.limit
    if limit is None or limit.start < act.part.start:
        return False
    text = act.part.flow.text[act.part.start : limit.start]
    keys = act.part.within(act.part.start, limit.start).keys if text.strip() else ""
    return word_pattern("set_off").search(keys) is not None


def _extended(acts: Sequence[Act], body: Part) -> None:
    """The longer limit told in other words behind the first: "trường hợp … thì thời hạn này là 15 ngày"."""
    if not word_pattern("longer").search(body.keys):
        return
    for act in acts:
        if act.limit is None or act.limit.cap is not None or act.inherited is not None or act.limit_part is None:
            continue
        flow = act.limit_part.flow
        if flow is not body.flow:
            continue
        following = (each.limit.start for each in acts if each.limit is not None and each.limit.start > act.limit.start)
        cap = cap_behind(act.limit, flow.text[act.limit.start : min(following, default=body.end)])
        if cap is not None:
            act.limit = replace(act.limit, cap=cap)


def _longer_for_hard_cases(act: Act) -> None:
    """Another number of the same unit behind the first: "…; nội dung phức tạp thì không quá 12 ngày làm việc"."""
    part, limit = act.part, act.limit
    if limit is None or not isinstance(limit.rule, Within) or limit.cap is not None or act.limit_part is not part:
        return
    behind = part.within(limit.end, part.end) if limit.end < part.end else None
    if behind is None or behind.empty or not word_pattern("hard_cases").search(behind.keys):
        return
    for each in (*limits_in(behind, Years()), days_alone(behind)):
        rule = each.rule if each is not None else None
        if isinstance(rule, Within) and not rule.event and rule.unit is limit.rule.unit and rule.n > limit.rule.n:
            act.limit = replace(limit, cap=replace(rule, event=limit.rule.event))
            return

"""A document read into a plan in draft: what it says of itself, its meeting, and its steps, each with its place.

Pure and deterministic; cost linear in the length of the document. Edges, gaps and findings are added elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from calendars.rules import MEETING, After, Before, By, Month, On, Quarter, SameDay, Window, Within, Yearly
from workflow.domain.definition import ForEach, PlanKind, StepKind
from workflow.intake.acts import Act
from workflow.intake.document import Document
from workflow.intake.draft import Draft, DraftDeadline, DraftExtension, DraftStep, Source
from workflow.intake.flowing import Part
from workflow.intake.gathering import Gathered, gather, gather_grid
from workflow.intake.kinds import kind_of, other_meeting, plan_kind
from workflow.intake.layout import Paragraph, paragraphs
from workflow.intake.letterhead import Letterhead, doer, letterhead
from workflow.intake.lexicon import fold_phrase, phrases, vocabulary, word_pattern
from workflow.intake.limits import Limit, drafted
from workflow.intake.meeting import chair_text, meeting_act
from workflow.intake.merging import merged
from workflow.intake.naming import keys_of, ordered, short_name
from workflow.intake.outline import placed
from workflow.intake.owners import plain_name
from workflow.intake.recipients import partners, recipient
from workflow.intake.resolving import ends_meeting, known_event, meant, resolved
from workflow.intake.tables import barred, grids
from workflow.intake.units import units_of

_AFTER_MEETING = 90  # days
_RECEIVED = "nhận được"


def extract(document: Document) -> Draft:
    """The plan that a document states: title, kind, issuer, meeting and steps, without edges, proposals and findings.

    Positions are those of `document.text`. A document without any duty gives a draft without steps.
    """
    tables = grids(document)
    lines = paragraphs(document, tables)
    head = letterhead(lines)
    preamble = _preamble(lines, head)
    found = gather(placed(_unbarred(lines), head.years, preamble), head.years, preamble)
    for number, grid in enumerate((*tables.values(), *barred(lines))):
        gather_grid(found, grid, 100_000 * (number + 1))
    _name_chair(found, head, lines)
    acts = _settled(found, doer(lines[head.preamble : head.preamble + 5], "holds"))
    steps = _steps(document, acts, head)
    return Draft(
        title=head.title,
        kind=_kind(head),
        organization=head.organization,
        steps=steps,
        meeting=found.meeting.drafted(_source(document, found.meeting.line) if found.meeting.line else None),
        document_number=head.number,
        issued_on=head.issued_on,
        chair=chair_text(found.meeting),
        units=units_of(steps, lines),
    )


def _unbarred(lines: Sequence[Paragraph]) -> list[Paragraph]:
    return [line for line in lines if sum(token.key == "|" for token in line.body.tokens) < 2]


def _preamble(lines: Sequence[Paragraph], head: Letterhead) -> int:
    """The number, among the lines without tables, of the paragraph behind the title."""
    return sum(1 for line in lines[: head.preamble] if sum(token.key == "|" for token in line.body.tokens) < 2)


def _kind(head: Letterhead) -> PlanKind:
    title = f" {fold_phrase(head.title)} "
    return plan_kind(title, f" {fold_phrase(head.organization)} ")


def _source(document: Document, part: Part, *, restates: bool = False) -> Source:
    start, end = part.span
    return Source(start, end, document.words(start, end), restates)


def _name_chair(found: Gathered, head: Letterhead, lines: Sequence[Paragraph]) -> None:
    """Without a line that names the chair: the head of the unit whose dialogue the title announces."""
    if found.meeting.chair is not None:
        return
    for line in lines[: head.preamble + 6]:
        part = line.body
        tokens = part.flow.tokens
        for at in range(part.first, part.last):
            lead = phrases("meeting_of").match(tokens, at)
            if lead is not None and phrases("heads_of_units").match(tokens, at + lead[0]):
                end = next((i for i in range(at + 1, part.last) if phrases("with").match(tokens, i)), None)
                if end is not None and end - at <= 20:
                    found.meeting.chair = part.cut(at + lead[0], end).trimmed(",;:.-– ")
                    return


def _settled(found: Gathered, holder: Part | None) -> list[Act]:
    """The acts in order, the meeting among them once, orders from events that the plan does not know left out."""
    acts = [act for act in found.acts if not act.part.trimmed().empty]
    meeting = meeting_act(found.meeting)
    if meeting is not None:
        meeting.owner = holder or meeting.owner
        acts = [act for act in acts if not _tells_meeting_again(act, meeting)]
        acts.append(meeting)
    for act in acts:
        if act.owner is None and act.kind is StepKind.HOLD_MEETING and act.limit is not None and not act.in_meeting:
            act.owner = None if other_meeting(act.part) else holder
        if act.limit is not None and act.limit.order and not known_event(_event(act)):
            act.limit = act.limit_part = act.inherited = None
        _place_in_time(act, found)
    return merged(ordered(acts))


def _event(act: Act) -> str | None:
    return getattr(act.limit.rule, "event", None) if act.limit is not None else None


def _tells_meeting_again(act: Act, meeting: Act) -> bool:
    held = _day(meeting.limit)
    again = act.kind is StepKind.HOLD_MEETING and not other_meeting(act.part) and _holds(act.limit, held)
    if not (act.from_meeting or again):
        return False
    if act.part is not meeting.part:
        meeting.more.append(act.part)
    meeting.owner = meeting.owner or act.owner
    return True


def _holds(limit: Limit | None, day: date | None) -> bool:
    """Whether a limit is that day, or a stretch of days around it."""
    if limit is None or day is None:
        return False
    match limit.rule:
        case Month(year, month):
            return (day.year, day.month) == (year, month)
        case Quarter(year, quarter):
            return (day.year, (day.month + 2) // 3) == (year, quarter)
        case Window(since, until):
            return since <= day <= until
        case _:
            return _day(limit) == day


def _place_in_time(act: Act, found: Gathered) -> None:
    """A limit before or after the meeting tells whether answers are prepared or given."""
    if act.phase or act.limit is None or act.from_meeting:
        return
    day, held = _day(act.limit), _day(found.meeting.limit)
    event = meant(_event(act) or "") if isinstance(act.limit.rule, Within | After) else ""
    if event in (MEETING, StepKind.ISSUE_CONCLUSION) or (day is not None and held is not None and day > held):
        act.phase = "after"
        if act.kind is StepKind.DRAFT_ANSWERS:
            act.kind = kind_of(act.part, "after")


def _day(limit: Limit | None) -> date | None:
    rule = limit.rule if limit is not None else None
    return rule.day if isinstance(rule, Before | By | On) else None


# ── steps ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _steps(document: Document, acts: Sequence[Act], head: Letterhead) -> tuple[DraftStep, ...]:
    keys = keys_of(str(act.kind) for act in acts)
    return resolved([_step(document, act, key, head) for act, key in zip(acts, keys, strict=True)])


def _step(document: Document, act: Act, key: str, head: Letterhead) -> DraftStep:
    deadline = _deadline(document, act, head)
    sources = (_source(document, act.part), *(_source(document, part, restates=True) for part in act.more))
    owner = plain_name(act.owner) if act.owner is not None else None
    return DraftStep(
        key=key,
        kind=act.kind,
        name=_meeting_name(head) if act.from_meeting else short_name(act),
        owner=owner,
        sources=sources,
        deadline=deadline,
        reference=act.reference if deadline is None else None,
        coordinating=act.coordinating or partners(act.part),
        recipient=act.recipient or recipient(act.part),
        product=act.product,
        in_meeting=act.in_meeting,
        for_each=_for_each(act),
        owner_source=_owner_source(document, act),
    )


def _meeting_name(head: Letterhead) -> str:
    """The meeting's name for lists."""
    name: str = vocabulary("kinds")["meeting"]["short_names"][_kind(head)]
    return name


def _owner_source(document: Document, act: Act) -> Source | None:
    if (
        act.owner is None
        or act.owner.empty
        or (act.owner.flow is act.part.flow and act.part.start <= act.owner.start < act.part.end)
    ):
        return None
    return _source(document, act.owner)


def _for_each(act: Act) -> ForEach | None:
    many = act.owner is not None and word_pattern("generic", start=True).search(act.owner.keys) is not None
    if act.kind is StepKind.DRAFT_ANSWERS and many:
        return ForEach.AGENCY
    if act.kind is StepKind.ANSWER_ISSUES and not act.in_meeting and act.phase == "after":
        return ForEach.OPEN_PETITION
    return None


def _deadline(document: Document, act: Act, head: Letterhead) -> DraftDeadline | None:
    if act.limit is None or act.limit_part is None:
        return None
    flow = act.limit_part.flow
    start, end = flow.span(act.limit.start, act.limit.end)
    source = Source(start, end, document.words(start, end))
    made = drafted(act.limit, source, inherited_from=act.inherited)
    if made is None:
        return None
    if made.yearly:
        made = _this_year(made, head)
    if isinstance(made.rule, Within) and not made.rule.event and act.phase == "after":
        said = vocabulary("kinds")["meeting"]["said"][_kind(head)]
        made = replace(made, anchor=said, rule=replace(made.rule, event=MEETING))
    if ends_meeting(made.anchor):
        made = replace(made, anchor=f"{made.anchor} {vocabulary('kinds')['meeting']['said'][_kind(head)]}")
    made = _with_thing_received(made, act.part)
    if act.from_meeting and not isinstance(act.limit.rule, Before | By | Yearly):
        made = replace(made, rule=SameDay(MEETING))
    return replace(made, extension=_extension(document, act, made.extension))


def _with_thing_received(made: DraftDeadline, part: Part) -> DraftDeadline:
    """Niêm yết thông báo kết luận ngay sau khi nhận được: what is received was named before."""
    if made.anchor is None or not fold_phrase(made.anchor).endswith(fold_phrase(_RECEIVED)):
        return made
    thing = word_pattern("received").search(part.keys)
    if thing is None or not isinstance(made.rule, Within | After | SameDay):
        return made
    first = part.first + part.keys[: thing.start()].count(" ") - 1
    anchor = f"{made.anchor} {part.cut(first, first + thing.group().count(' ') + 1).text}"
    return replace(made, anchor=anchor, rule=replace(made.rule, event=anchor))


def _this_year(made: DraftDeadline, head: Letterhead) -> DraftDeadline:
    """The day of this plan's year, of a limit that comes back every year."""
    rule, years = made.rule, head.years
    if not isinstance(rule, Yearly):
        return made
    year = years.plan
    if years.school is not None:
        year = years.school if rule.month >= 8 else years.school + 1
    if year is None:
        return replace(made, date=None)
    day = date(year, rule.month, 28 if rule.month == 2 and rule.day == 29 else rule.day)
    return replace(made, date=day.isoformat(), rule=By(day) if rule.included else Before(day))


def _extension(document: Document, act: Act, made: DraftExtension | None) -> DraftExtension | None:
    if made is None:
        return None
    part = act.cap_part
    if part is None:
        assert act.limit_part is not None
        part = act.limit_part
    return replace(made, condition=_condition(part, act), source=_source(document, part))


def _condition(part: Part, act: Act) -> str | None:
    """When the longer limit holds: the words between "nếu" or "trường hợp" and "thì"."""
    tokens = part.flow.tokens
    limit = act.limit
    begins = part.first
    if limit is not None and act.cap_part is None:
        begins = next((i for i in range(part.first, part.flow.whole.last) if tokens[i].at >= limit.start), part.first)
    last = part.flow.whole.last
    for at in range(begins, last):
        lead = phrases("conditions").match(tokens, at)
        if lead is None:
            continue
        ends = (i for i in range(at, last) if phrases("then").match(tokens, i) or tokens[i].key == ")")
        end = next(ends, None)
        if end is not None:
            return part.flow.whole.cut(at + lead[0], end).trimmed(",;: ").text or None
    return None

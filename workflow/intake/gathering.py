"""All duties of a document in its order, with what single lines say of the duties around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from workflow.domain.definition import StepKind
from workflow.intake.acts import Act, acts_of, worth_tracking
from workflow.intake.clauses import begins_with_verb, is_closing, names_unit, semicolon_parts, sentences
from workflow.intake.flowing import Part
from workflow.intake.kinds import kind_of, other_meeting, pattern_of
from workflow.intake.lexicon import phrases, word_pattern
from workflow.intake.limits import Limit, Years, firmest, first_point, limits_in, stated
from workflow.intake.meeting import MeetingFacts, chair_name, place_of, tells_of_meeting, time_of
from workflow.intake.outline import SKIPPED, WORKING, Field, Placed, field_of, is_annex, role_of
from workflow.intake.owners import behind_adverbials, owner_told, plain_name, subject
from workflow.intake.recipients import partners
from workflow.intake.tables import Grid, act_of_row, is_meeting, names_listed


@dataclass
class Gathered:
    """What has been gathered. `headings`: those that may be duties themselves, by their
    number; `over`: those under which a duty stands; `latent`: items that are duties only if a line below says who does them, or when."""

    years: Years
    acts: list[Act] = field(default_factory=list)
    meeting: MeetingFacts = field(default_factory=MeetingFacts)
    headings: dict[int, Placed] = field(default_factory=dict)
    latent: list[Act] = field(default_factory=list)
    over: set[int] = field(default_factory=set)
    attached: dict[tuple[tuple[int, ...], str], int] = field(default_factory=dict)
    ended: bool = False
    began: bool = False


def gather(placed: Iterable[Placed], years: Years, preamble: int) -> Gathered:
    """Read the paragraphs one after the other; those before number `preamble` are the head of the document."""
    found = Gathered(years)
    for each in placed:
        if each.number >= preamble:
            _read(found, each)
    for heading in list(found.headings.values()):
        _smaller_meeting(found, heading)
    _meeting_among_tasks(found)
    found.over.update(number for act in found.acts for number in act.path)
    for number in list(found.headings):
        _heading_as_act(found, number, only_verbs=True)
    return found


def _read(found: Gathered, placed: Placed) -> None:
    whole = placed.paragraph.body
    if found.ended:
        found.ended = not (is_annex(whole) and len(whole.tokens) < 40)
        return
    if not placed.paragraph.style and (_signs(placed)):
        found.ended = True
    elif placed.field is not None:
        _read_field(found, placed, placed.field)
    elif is_closing(whole):
        _closing(found, placed)
    else:
        found.began = found.began or (placed.heads and bool(placed.paragraph.style))
        _read_body(found, placed)


def _signs(placed: Placed) -> bool:
    """Whether the list of recipients or the signature begins here."""
    return word_pattern("recipients_list", start=True).search(placed.paragraph.body.keys) is not None and (
        placed.paragraph.capitals or placed.paragraph.text.endswith(":") or len(placed.paragraph.body.tokens) < 6
    )


def _closing(found: Gathered, placed: Placed) -> None:
    """Of the closing formula only what somebody is asked to do."""
    section = replace(placed.section, owner=None, limit=None, role="tasks")
    asked = False
    for act in acts_of(replace(placed, section=section), found.years):
        own = subject(act.part)
        asked = asked or (own is not None and own.asked)
        if asked and act.kind in (StepKind.INVITE, StepKind.COLLECT_FORMS, StepKind.DRAFT_ANSWERS):
            found.acts.append(act)


def _read_body(found: Gathered, placed: Placed) -> None:
    if placed.body.empty:
        if placed.heads:
            found.headings[placed.number] = placed
        return
    opening = placed.body.text.endswith(":") or word_pattern("basis", start=True).search(placed.body.keys)
    if not found.began and placed.section.role == "" and opening:
        return
    if placed.heads and placed.section.role in WORKING - {"programme"} and _mere_heading(placed):
        found.headings[placed.number] = placed
        return
    if placed.paragraph.capitals and not placed.paragraph.style:
        return
    body, inner = _without_fields(placed)
    acts = acts_of(replace(placed, body=body), found.years)
    _note_meeting(found, placed, acts)
    if not acts and placed.section.role != "programme" and placed.paragraph.style:
        _keep_latent(found, placed)
    found.acts.extend(act for act in acts if not act.from_meeting)
    for line in inner:
        _attach(found, line, under=(*placed.section.path, placed.number))


def _mere_heading(placed: Placed) -> bool:
    """Whether the words are a heading only; an act behind the name of who owes it is none, even without a full stop."""
    split = placed.body.first > placed.paragraph.body.first
    lower = placed.section.owner is not None and placed.body.text[:1].islower()
    if split and (lower or begins_with_verb(placed.body) or subject(placed.body) is not None):
        return False
    return not placed.body.text.endswith((".", ";")) and not any(token.key == ":" for token in placed.body.tokens[:-1])


def _without_fields(placed: Placed) -> tuple[Part, list[Field]]:
    """The words without the "Chủ trì: …" and "Thời hạn: …" that follow them in the same paragraph."""
    body = placed.body
    lines: list[Field] = []
    for sentence in reversed(sentences(body)):
        for piece in reversed(semicolon_parts(sentence)):
            line = field_of(piece)
            if line is None or piece.first == placed.body.first or line.role in ("ignored", "task"):
                return body, lines
            lines.append(line)
            body = body.cut(body.first, piece.first)
    return body, lines


def _keep_latent(found: Gathered, placed: Placed) -> None:
    section = replace(placed.section, role="tasks")
    found.latent.extend(acts_of(replace(placed, section=section), found.years))


def _note_meeting(found: Gathered, placed: Placed, acts: list[Act]) -> None:
    """ "Hội nghị được tổ chức vào 8h00 ngày …, tại …": the meeting told in a sentence, not as a task."""
    told: list[Part] = []
    for act in acts:
        if act.limit is not None and act.limit.rank <= 2 and _speaks_of_meeting(act.part, placed):
            act.kind, act.from_meeting = StepKind.HOLD_MEETING, True
            _tell(found, act.limit, act.part)
            told.append(act.part)
    if placed.section.role in ("programme", "purpose", "people"):
        return
    for sentence in sentences(placed.body):
        if any(sentence.first <= part.first < sentence.last for part in told) or not _speaks_of_meeting(
            sentence, placed
        ):
            continue
        limit = first_point(sentence, found.years, prose=True)
        if limit is not None and limit.rank <= 1:
            _tell(found, limit, sentence)


def _tell(found: Gathered, limit: Limit, line: Part) -> None:
    found.meeting.tell_time(limit, line)
    found.meeting.place = found.meeting.place or _place_in(line)


def _speaks_of_meeting(part: Part, placed: Placed) -> bool:
    """Whether a clause tells when the meeting itself is."""
    at = behind_adverbials(part)
    if other_meeting(part) or (at < part.last and names_unit(part, at) is not None):
        return False
    verb = begins_with_verb(part) and not phrases("tentative").match(part.flow.tokens, part.first)
    if placed.section.role == "meeting" and not verb:
        return True
    return pattern_of("held").search(part.keys) is not None


def _place_in(part: Part) -> str | None:
    for at in range(part.last - 1, part.first, -1):
        if phrases("at_place").match(part.flow.tokens, at):
            rest = part.cut(at + 1, part.last)
            limits = list(_positions(rest))
            end = min(limits, default=rest.end)
            return place_of(rest.within(rest.start, end)) if end > rest.start else None
    return None


def _positions(part: Part) -> list[int]:
    tokens = part.flow.tokens
    ends = (i for i in range(part.first, part.last) if tokens[i].key in ";." or phrases("passive").match(tokens, i))
    return [tokens[i].at for i in ends if part.flow.text[tokens[i].to : tokens[i].to + 1] in ("", " ")]


# ── lines of the form "Thời hạn: …" ───────────────────────────────────────────────────────────────────────────


def _read_field(found: Gathered, placed: Placed, line: Field) -> None:
    lines = _lines(line)
    for each in lines:
        _one_line(found, placed, each)


def _lines(line: Field) -> list[Field]:
    """The line, and those that stand behind it in the same paragraph."""
    pieces = [piece for sentence in sentences(line.value) for piece in semicolon_parts(sentence)]
    more = [each for piece in pieces[1:] if (each := field_of(piece)) is not None]
    first = min((each.label.first for each in more), default=line.value.last)
    return [replace(line, value=line.value.cut(line.value.first, first)), *more]


def _one_line(found: Gathered, placed: Placed, line: Field) -> None:
    role, section = line.role, placed.section
    if role in ("time", "time_place") and tells_of_meeting(line, placed):
        _meeting_time(found, line)
    elif role == "place":
        if found.meeting.place is None and tells_of_meeting(line, placed):
            found.meeting.place = place_of(line.value)
    elif role == "chair" and section.role in WORKING and section.path:
        _attach(found, replace(line, role="owner"), under=section.path)
    elif role == "chair" or (role == "owner" and section.role in (*SKIPPED, "meeting", "")):
        if role == "owner" and (found.latent or found.acts) and _attach(found, line, under=section.path):
            return
        found.meeting.chair = found.meeting.chair or chair_name(line.value)
    elif role == "recipient" and (line.value.empty or not found.acts):
        found.ended = True
    elif role in ("task", "funding"):
        inside = section if role == "task" else replace(section, role=role)
        _read_body(found, replace(placed, body=line.value, field=None, section=inside))
    elif role != "ignored":
        _attach(found, line, under=section.path)


def _meeting_time(found: Gathered, line: Field) -> None:
    limit = time_of(line, found.years)
    whole = line.label.flow.whole.cut(line.label.first, line.value.last)
    if limit is not None and not limit.vague and limit.rank <= 2:
        found.meeting.tell_time(limit, whole)
    if line.role == "time_place" and found.meeting.place is None:
        found.meeting.place = _place_in(line.value)


def _attach(found: Gathered, line: Field, under: tuple[int, ...]) -> bool:
    """Give what the line says to the duties above it under the same heading that lack it; whether there were any."""
    _promote(found, under)
    since = found.attached.get((under, line.role), 0)
    acts = _last_under(found.acts, under, since) if under else found.acts[since:][-1:]
    if not acts and under:
        _heading_as_act(found, under[-1], only_verbs=False)
        acts = [act for act in found.acts[-1:] if act.path == under]
    found.attached[under, line.role] = len(found.acts)
    give = _GIVING.get(line.role)
    if give is not None:
        for act in acts:
            give(act, line, found.years)
    return bool(acts)


def _last_under(acts: Sequence[Act], under: tuple[int, ...], since: int = 0) -> list[Act]:
    """The last of the acts, from number `since` on, as long as they stand under the heading."""
    first = len(acts)
    while first > since and acts[first - 1].path[: len(under)] == under:
        first -= 1
    return list(acts[first:])


def _promote(found: Gathered, under: tuple[int, ...]) -> None:
    """Make duties of the items under a heading for which a line tells who or when."""
    now = _last_under(found.latent, under) if under else []
    if now:
        found.acts.extend(now)
        del found.latent[-len(now) :]


def _heading_as_act(found: Gathered, number: int, *, only_verbs: bool) -> None:
    """Make a heading a duty of its own when none stands under it."""
    placed = found.headings.pop(number, None)
    if placed is None or (found.acts and number in found.acts[-1].path) or number in found.over:
        return
    body = placed.paragraph.body
    verb = phrases("verbs").match(body.flow.tokens, body.first) is not None
    if only_verbs and (
        not verb or role_of(body) or placed.section.role not in WORKING or placed.section.role == "programme"
    ):
        return
    if not verb and kind_of(body) is StepKind.OTHER:
        return
    limit = firmest(limits_in(body, found.years))
    if limit is None and found.meeting.limit is not None and is_meeting(Act(body, kind_of(body))):
        return
    act = Act(body, kind_of(body, placed.section.phase), placed.section.owner, limit, body if limit else None)
    act.path, act.phase = (*placed.section.path, number), placed.section.phase
    found.acts.append(act)


def _smaller_meeting(found: Gathered, placed: Placed) -> None:
    """A heading that names another meeting on the way to the plan's own: "Hội nghị trù bị:"."""
    part = placed.paragraph.body
    named = pattern_of("names").search(part.keys)
    if (
        placed.section.role in WORKING
        and named
        and named.start() <= 1
        and pattern_of("other_meetings").search(part.keys)
    ):
        del found.headings[placed.number]
        act = Act(part, StepKind.HOLD_MEETING, path=(*placed.section.path, placed.number), phase=placed.section.phase)
        found.acts.append(act)


def _meeting_among_tasks(found: Gathered) -> None:
    """Without any other telling: the last duty that is the meeting and has its day tells when it is."""
    if found.meeting.limit is not None:
        return
    for act in reversed(found.acts):
        told = act.limit is not None and act.limit.rank <= 1 and pattern_of("names").search(act.part.keys)
        if told and act.limit is not None and is_meeting(act) and not act.in_meeting:
            found.meeting.tell_time(act.limit, act.part, act.limit_part)
            return


def _give_time(act: Act, line: Field, years: Years) -> None:
    if act.limit is not None:
        return
    limit = stated(line.value, years)
    if limit is None or limit.vague:
        act.reference = act.reference or line.value.text.strip(" .;") or None
        return
    act.limit, act.limit_part, act.reference = limit, line.value, None
    act.inherited = line.label.flow.whole.text


def _give_owner(act: Act, line: Field, years: Years) -> None:
    del years
    if act.named:
        return
    name, act.named = owner_told(line.value), True
    act.owner = name
    act.coordinating = act.coordinating or partners(line.value)


def _give_partner(act: Act, line: Field, years: Years) -> None:
    del years
    act.coordinating = act.coordinating or names_listed(line.value)


def _give_product(act: Act, line: Field, years: Years) -> None:
    del years
    act.product = act.product or line.value.text.strip(" .;") or None


def _give_recipient(act: Act, line: Field, years: Years) -> None:
    del years
    act.recipient = act.recipient or plain_name(line.value)


_GIVING: dict[str, Callable[[Act, Field, Years], None]] = {
    "time": _give_time,
    "owner": _give_owner,
    "coordinating": _give_partner,
    "product": _give_product,
    "recipient": _give_recipient,
}


# ── tables ────────────────────────────────────────────────────────────────────────────────────────────────────


def gather_grid(found: Gathered, grid: Grid, number: int) -> None:
    """The duties of a table; the row that is the meeting tells when it is."""
    for at, row in enumerate(grid.rows):
        act = act_of_row(row, found.years, number + at)
        if row.programme and not worth_tracking(act.part, named=act.owner is not None):
            continue
        if not row.programme and is_meeting(act) and act.limit is not None and act.limit.rank <= 1:
            found.meeting.tell_time(act.limit, act.part, act.limit_part)
            found.meeting.chair = found.meeting.chair or act.owner
            act.from_meeting = True
        found.acts.append(act)

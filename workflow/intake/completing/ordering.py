"""The order of a draft's steps: from its limits, its words, its dates, and the kinds of its steps. Pure.

Stronger reasons are taken first, and an edge that would close a circle is not taken: a weaker reason gives way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from calendars.rules import MEETING, BeforeEvent, DaysBefore, Rule, events_of
from workflow.domain.definition import StepKind
from workflow.domain.lint_case import fixed_day
from workflow.intake.completing.edge_graph import EdgeGraph
from workflow.intake.completing.meetings import Meetings, meetings_of
from workflow.intake.completing.orders import Chain, EventWords, Orders, Side, orders_of
from workflow.intake.completing.readable import plain, quoted
from workflow.intake.completing.sections import Sections
from workflow.intake.completing.sides import Place, Sides, own_words, written
from workflow.intake.draft import Draft, DraftStep, Edge, EdgeReason

MOST_COMPARED = 300
"""Beyond so many steps each is compared with its neighbours only, so that the cost stays linear in the document."""
_NEIGHBOURS = 12
_SAME_LINE = 3  # characters between two acts of one sentence

_AT_THE_MEETING = "Việc này diễn ra tại hội nghị."
_BEFORE_THE_MEETING = "Việc chuẩn bị phải xong trước hội nghị."
_AFTER_THE_MEETING = "Việc này làm sau hội nghị."
_DATED_BEFORE = "Hạn của việc này rơi vào trước ngày họp."
_DATED_AFTER = "Hạn của việc này rơi vào sau ngày họp."
_MEETINGS_IN_TURN = "Hội nghị cấp dưới họp trước hội nghị cấp trên."
_ASSIGNED_THERE = "Việc này được giao tại cuộc họp nêu ở mục trên."
_DISCUSSED_THERE = "Báo cáo, dự thảo phải có trước để hội nghị thảo luận."
_REPORTING = "báo cáo kết quả"
_REPORTED = "Làm xong việc nêu ngay trước đó rồi mới báo cáo kết quả."
_EARLIER_MEETING = "Cuộc họp này có ngày sớm hơn."


def edges_of(ordering: Ordering) -> tuple[Edge, ...]:
    """The order of the steps of a draft, no edge of which follows from the others; never a circle."""
    graph = EdgeGraph(step.key for step in ordering.draft.steps)
    for edge in ordering.edges():
        graph.add(edge)
    return graph.reduced()


@dataclass(frozen=True)
class Ordering:
    """Everything that is known of the order of one draft."""

    draft: Draft
    sections: Sections

    def edges(self) -> Iterator[Edge]:
        """Every edge, the strongest reason first."""
        yield from self._from_limits()
        yield from self._from_words()
        yield from self._between_meetings()
        yield from self._around_the_meeting({EdgeReason.EVENT, EdgeReason.WORDING, EdgeReason.DATES})
        yield from self._from_recipients()
        yield from self._handed_on()
        yield from self._reported()
        yield from self._around_the_meeting({EdgeReason.KINDS})
        yield from self._sequels()
        for chain in self.orders.chains:
            yield from self._along(chain)

    @cached_property
    def orders(self) -> Orders:
        """The rows for this kind of plan."""
        return orders_of(self.draft.kind)

    @cached_property
    def meetings(self) -> Meetings:
        """Its meetings."""
        return meetings_of(self.draft)

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """The side of every step but the meeting's."""
        return Sides(self.draft, self.sections, self.meetings).all()

    @cached_property
    def roles(self) -> Mapping[str, StepKind]:
        """What each step is really about."""
        return {step.key: self._role(step) for step in self.draft.steps}

    @cached_property
    def by_key(self) -> Mapping[str, DraftStep]:
        """The steps by their keys."""
        return {step.key: step for step in self.draft.steps}

    def _role(self, step: DraftStep) -> StepKind:
        inner = self.meetings.inner.get(step.key)
        if inner is not None and inner.discusses:
            return StepKind.COLLECT_FORMS
        place, words = self.places.get(step.key), own_words(step)
        side = place.side if place is not None else None
        for row in self.orders.roles:
            if row.kind is step.kind and row.side in (None, side) and row.pattern.search(words):
                return row.role
        return step.kind

    # ── limits and words ──────────────────────────────────────────────────────────────────────────────────────

    def _from_limits(self) -> Iterator[Edge]:
        """A limit counted from a step, or before one."""
        for step in self.draft.steps:
            deadline = step.deadline
            if deadline is None or deadline.rule is None:
                continue
            wording = quoted(deadline.wording)
            for event in self._events(deadline.rule):
                before, after = (step.key, event) if _is_before(deadline.rule) else (event, step.key)
                why = f"Hạn «{wording}» tính theo việc «{self.by_key[event].name}»."
                yield Edge(before, after, EdgeReason.EVENT, why, wording)

    def _events(self, rule: Rule) -> Iterator[str]:
        """Keys of the steps that a rule names, the meeting's own for the meeting."""
        own = self.meetings.own
        for event in sorted(events_of(rule)):
            key = own.key if event == MEETING and own is not None else event
            if key in self.by_key:
                yield key

    def _from_words(self) -> Iterator[Edge]:
        """ "Trên cơ sở tổng hợp ý kiến …": what the words name comes first."""
        for step in self.draft.steps:
            words = own_words(step)
            for pattern in self.orders.waits:
                for found in pattern.finditer(words):
                    said = written(step, found)
                    for before in self._named(found[1], step):
                        why = f"Văn bản ghi «{said}»."
                        yield Edge(before.key, step.key, EdgeReason.WORDING, why, said)

    def _named(self, words: str, waiting: DraftStep) -> Iterator[DraftStep]:
        """The steps that the words of an event mean; the meeting itself is told by a step's side."""
        row = event_row(words, self.orders)
        if row is None or waiting.key not in self.places:
            return
        sides = [Side.BEFORE] if self.places[waiting.key].side is Side.BEFORE else [Side.DURING, Side.AFTER]
        for step in self._near(waiting):
            place = self.places.get(step.key)
            if place is not None and place.side in sides and self.roles[step.key] in row.kinds:
                yield step

    # ── the meeting and other meetings ────────────────────────────────────────────────────────────────────────

    def _around_the_meeting(self, reasons: set[EdgeReason]) -> Iterator[Edge]:
        """What is prepared comes before the meeting, what happens there and what follows comes after it."""
        own = self.meetings.own
        if own is None:
            return
        for key, place in self.places.items():
            if place.reason not in reasons or self._stands_aside(key):
                continue
            before, after = (key, self._first_session(key)) if place.side is Side.BEFORE else (own.key, key)
            yield Edge(before, after, place.reason, _why(place), place.words)

    def _first_session(self, key: str) -> str:
        """The plan's own meeting; where it is held in several places, the first of its days that the step can precede."""
        own, day = self.meetings.own, _day_of(self.by_key[key])
        assert own is not None
        sessions = [] if self.by_key[key].kind is StepKind.HOLD_MEETING else self._sessions
        return next((each for on, each in sessions if day is None or day <= on), own.key)

    @cached_property
    def _sessions(self) -> list[tuple[date, str]]:
        """The days of a meeting that is held several times, in order, with their steps."""
        held = [step for step in self.draft.steps if step.kind is StepKind.HOLD_MEETING and not step.in_meeting]
        days = [(day, step.key) for step in held if step.key not in self.meetings.inner and (day := _day_of(step))]
        return sorted(days)

    def _stands_aside(self, key: str) -> bool:
        """A meeting of which nothing tells when it is: an extraordinary one, or the plan's own spoken of again."""
        step, inner = self.by_key[key], self.meetings.inner.get(key)
        if step.kind is not StepKind.HOLD_MEETING or step.in_meeting:
            return False
        return _day_of(step) is None if inner is None else inner.aside

    def _between_meetings(self) -> Iterator[Edge]:
        """Meetings that lead up to the plan's own, what is assigned at them, and what is discussed there."""
        inner = sorted(
            (key for key, row in self.meetings.inner.items() if not (row.aside or row.after)),
            key=lambda key: self.meetings.inner[key].rank,
        )
        for one, other in pairwise(inner):
            if self.meetings.inner[one].rank < self.meetings.inner[other].rank:
                yield Edge(one, other, EdgeReason.KINDS, _MEETINGS_IN_TURN)
        yield from self._dated_meetings()
        for key, step in self._assigned_at(inner):
            yield Edge(key, step.key, EdgeReason.KINDS, _ASSIGNED_THERE)
            for other in inner:
                row = self.meetings.inner[other]
                if row.discusses and row.rank > self.meetings.inner[key].rank and _is_paper(step):
                    yield Edge(step.key, other, EdgeReason.KINDS, _DISCUSSED_THERE)

    def _dated_meetings(self) -> Iterator[Edge]:
        dated = [
            (day, step.key)
            for step in self.draft.steps
            if step.kind is StepKind.HOLD_MEETING and (day := _day_of(step)) is not None
        ]
        for (day, one), (later, other) in pairwise(sorted(dated)):
            if day < later:
                yield Edge(one, other, EdgeReason.DATES, _EARLIER_MEETING)

    def _assigned_at(self, inner: list[str]) -> Iterator[tuple[str, DraftStep]]:
        """The steps that stand behind a meeting, before the next one and within the same part of the document."""
        starts = sorted((self._start(key), key) for key in inner)
        for at, (start, key) in enumerate(starts):
            until = min([section.end for section in self.sections.around(start)], default=start)
            if at + 1 < len(starts):
                until = min(until, starts[at + 1][0])
            for step in self.draft.steps:
                place = self.places.get(step.key)
                if place is not None and place.side is Side.BEFORE and start < self._start(step.key) < until:
                    yield key, step

    def _start(self, key: str) -> int:
        sources = self.by_key[key].sources
        return sources[0].start if sources else -1

    # ── kinds and recipients ──────────────────────────────────────────────────────────────────────────────────

    def _along(self, chain: Chain) -> Iterator[Edge]:
        """Each role of a chain waits for those before it."""
        for at, link in enumerate(chain.links):
            earlier = {each.role for each in chain.links[:at]}
            for step in self._of_role(link.role, {chain.side}):
                before = self._before_in_chain(step, earlier, chain.side)
                for other in self._not_contradicted(step, before):
                    yield Edge(other.key, step.key, EdgeReason.KINDS, link.why)

    def _before_in_chain(self, step: DraftStep, earlier: set[StepKind], side: Side) -> Iterator[DraftStep]:
        for other in self._near(step):
            if other.key != step.key and self._side(other.key) is side and self.roles[other.key] in earlier:
                yield other

    def _sequels(self) -> Iterator[Edge]:
        """What follows up something that happened at the meeting."""
        for sequel in self.orders.sequels:
            at_meeting = list(self._of_role(sequel.at, {Side.DURING}))
            for role in sorted(sequel.then):
                for step in self._of_role(role, {Side.AFTER}):
                    for other in at_meeting:
                        yield Edge(other.key, step.key, EdgeReason.KINDS, sequel.why)

    def _not_contradicted(self, step: DraftStep, before: Iterable[DraftStep]) -> Iterator[DraftStep]:
        """Those whose dates fit; one whose date does not only when none of its role has one that does."""
        day, found = _day_of(step), list(before)
        fitting = {self.roles[each.key] for each in found if day and (other := _day_of(each)) and other <= day}
        for each in found:
            other = _day_of(each)
            if (
                day is None
                or other is None
                or other <= day
                or (self.roles[each.key] not in fitting and not (_is_inherited(each) or _is_inherited(step)))
            ):
                yield each

    def _of_role(self, role: StepKind, sides: set[Side]) -> Iterator[DraftStep]:
        for key, place in self.places.items():
            if self.roles[key] is role and place.side in sides:
                yield self.by_key[key]

    def _from_recipients(self) -> Iterator[Edge]:
        """What a unit sends to another comes before the other's like work, when its date is earlier."""
        owners: dict[str, list[DraftStep]] = {}
        for step in self.draft.steps:
            if step.owner:
                owners.setdefault(plain(step.owner), []).append(step)
        for step in self.draft.steps:
            if step.recipient is None or self._side(step.key) is not Side.BEFORE:
                continue
            for other in _receiving(plain(step.recipient), owners):
                if self._feeds(step, other):
                    why = f"Kết quả được gửi về {other.owner} để làm tiếp."
                    yield Edge(step.key, other.key, EdgeReason.WORDING, why, step.recipient)

    def _handed_on(self) -> Iterator[Edge]:
        """A draft goes out, comes back with remarks, and is completed: told by the words, never against the dates."""
        words = {key: own_words(self.by_key[key]) for key, place in self.places.items() if place.side is Side.BEFORE}
        for hand in self.orders.hands:
            waiting = [self.by_key[key] for key, said in words.items() if hand.then.search(said)]
            for step in (self.by_key[key] for key, said in words.items() if hand.first.search(said)):
                for other in waiting:
                    if other.key != step.key and other.owner != step.owner and not _later(step, other):
                        yield Edge(step.key, other.key, EdgeReason.KINDS, hand.why)

    def _reported(self) -> Iterator[Edge]:
        """What is done and, in the same sentence, reported on: "Giải quyết kiến nghị; báo cáo kết quả trước ngày …"."""
        for step, other in pairwise(self.draft.steps):
            near = step.sources and other.sources and 0 <= other.sources[0].start - step.sources[-1].end <= _SAME_LINE
            after = Side.AFTER is self._side(step.key) is self._side(other.key)
            if near and after and step.owner == other.owner and own_words(other).startswith(_REPORTING):
                yield Edge(step.key, other.key, EdgeReason.KINDS, _REPORTED)

    def _side(self, key: str) -> Side | None:
        place = self.places.get(key)
        return None if place is None else place.side

    def _feeds(self, step: DraftStep, other: DraftStep) -> bool:
        """Whether two steps about the same opinions stand in a row: of one role, the dated one earlier."""
        gathering = (StepKind.COLLECT_FORMS, StepKind.CLASSIFY_ISSUES)
        role, next_role = self.roles[step.key], self.roles[other.key]
        if step.key == other.key or self._side(other.key) is not Side.BEFORE or step.owner == other.owner:
            return False
        if role not in gathering or next_role not in gathering or next_role is StepKind.COLLECT_FORMS:
            return False
        day, next_day = _day_of(step), _day_of(other)
        return day is None or next_day is None or day <= next_day

    def _near(self, step: DraftStep) -> Iterable[DraftStep]:
        """The steps that a step is compared with: all of them in a plan of any usual length."""
        if len(self.draft.steps) <= MOST_COMPARED:
            return self.draft.steps
        at = self._rank[step.key]
        return self.draft.steps[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]

    @cached_property
    def _rank(self) -> Mapping[str, int]:
        return {step.key: place for place, step in enumerate(self.draft.steps)}


def event_row(words: str, orders: Orders) -> EventWords | None:
    """What the words of an event mean: the row that fits the earliest words; None when none does."""
    found = [(match.start(), place) for place, row in enumerate(orders.events) if (match := row.pattern.search(words))]
    return orders.events[min(found)[1]] if found else None


def _why(place: Place) -> str:
    if place.words is not None and place.side is Side.BEFORE:
        return f"Văn bản ghi «{place.words}» nên việc này làm trước hội nghị."
    if place.words is not None:
        return f"Văn bản ghi «{place.words}» nên việc này không thể xong trước hội nghị."
    if place.reason is EdgeReason.DATES:
        return _DATED_BEFORE if place.side is Side.BEFORE else _DATED_AFTER
    sentences = {Side.BEFORE: _BEFORE_THE_MEETING, Side.DURING: _AT_THE_MEETING, Side.AFTER: _AFTER_THE_MEETING}
    return sentences[place.side]


def _is_before(rule: Rule) -> bool:
    return isinstance(rule, DaysBefore | BeforeEvent)


def _is_paper(step: DraftStep) -> bool:
    words = own_words(step)
    return step.kind is StepKind.SYNTHESIZE_REPORT or "báo cáo" in words or "dự thảo" in words


def _day_of(step: DraftStep) -> date | None:
    return fixed_day(step.deadline.rule) if step.deadline is not None else None


def _later(step: DraftStep, other: DraftStep) -> bool:
    """Whether the dates say that the first of two steps is done after the other."""
    day, next_day = _day_of(step), _day_of(other)
    return day is not None and next_day is not None and day > next_day


def _is_inherited(step: DraftStep) -> bool:
    return step.deadline is not None and step.deadline.inherited_from is not None


def _receiving(recipient: str, owners: Mapping[str, list[DraftStep]]) -> Iterator[DraftStep]:
    """The steps of the unit that is named as recipient; a longer name may hold a shorter one."""
    for owner, steps in owners.items():
        if owner in recipient or recipient in owner:
            yield from steps

"""The scorer: how well a reading of a document agrees with the labels of a careful coordinator.

It works on the JSON of `doithoai read`, so that any reader can be scored. A label and a step belong together when their
words overlap; each source of a step finds at most one duty, so that one step over a whole page finds one duty only.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from tests.intake.folding import Span, overlap, same_name, size
from tests.intake.labels import Duty, Expected, LabelledStep, Labels
from tests.intake.limits import same_limit, shown
from tests.intake.readings import ReadStep, read_steps

Json = Mapping[str, Any]

SHARE = 0.5
"""A step has the words of a label when half of the shorter of the two is common."""


@dataclass(frozen=True)
class Ratio:
    """How many of how many."""

    right: int = 0
    of: int = 0

    @property
    def share(self) -> float:
        """From 0 to 1; 1 when nothing was asked."""
        return self.right / self.of if self.of else 1.0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.right + other.right, self.of + other.of)

    def __str__(self) -> str:
        return f"{self.share:.3f} ({self.right}/{self.of})"


@dataclass(frozen=True)
class Score:
    """What a reading got right. All numbers can be added up over documents.

    recall, precision: of limits. owners, kinds: of the duties that were found. undated: duties without a limit that
    were found. traps: limits made of words that are none. doubled: duties that were read as several steps.
    reversed_edges: expected orders that the reading has the other way round. alarms: findings that must not be there.
    """

    recall: Ratio = Ratio()
    precision: Ratio = Ratio()
    owners: Ratio = Ratio()
    kinds: Ratio = Ratio()
    undated: Ratio = Ratio()
    edges: Ratio = Ratio()
    findings: Ratio = Ratio()
    facts: Ratio = Ratio()
    traps: int = 0
    doubled: int = 0
    reversed_edges: int = 0
    alarms: int = 0
    misses: tuple[str, ...] = field(default=(), compare=False)

    @property
    def f1(self) -> float:
        """Of limits: the harmonic mean of precision and recall."""
        p, r = self.precision.share, self.recall.share
        return 2 * p * r / (p + r) if p + r else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, part.name) + getattr(other, part.name) for part in fields(Score)))


def total(scores: Iterable[Score]) -> Score:
    """Of several documents together."""
    return sum(scores, Score())


def score(labels: Labels, read: Json) -> Score:
    """Compare one reading with its labels."""
    return _Comparison(labels, read).score()


@dataclass(frozen=True)
class _Pair:
    """A label and one source of a step that have words in common."""

    label: LabelledStep
    step: ReadStep
    source: int
    likeness: float


class _Comparison:
    def __init__(self, labels: Labels, read: Json) -> None:
        self.labels = labels
        self.read = read
        self.steps = read_steps(read, labels)

    def score(self) -> Score:
        misses: list[str] = []
        return Score(
            recall=self._count(misses, self._limits()),
            precision=self._count(misses, self._invented()),
            owners=self._count(misses, self._owners()),
            kinds=self._count(misses, self._kinds()),
            undated=self._count(misses, self._undated()),
            edges=self._count(misses, self._edges()),
            findings=self._count(misses, self._findings()),
            facts=self._count(misses, self._facts()),
            traps=self._tell(misses, self._traps()),
            doubled=self._tell(misses, self._doubled()),
            reversed_edges=self._tell(misses, self._reversed()),
            alarms=self._tell(misses, self._alarms()),
            misses=tuple(f"{self.labels.name}: {miss}" for miss in misses),
        )

    @staticmethod
    def _count(misses: list[str], answers: Iterable[str | None]) -> Ratio:
        """Answers are None when right, else what is wrong."""
        wrong = [*answers]
        misses.extend(answer for answer in wrong if answer is not None)
        return Ratio(wrong.count(None), len(wrong))

    @staticmethod
    def _tell(misses: list[str], faults: Iterable[str]) -> int:
        before = len(misses)
        misses.extend(faults)
        return len(misses) - before

    # ── who is who ────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def pairs(self) -> tuple[_Pair, ...]:
        """All pairs with words in common, most alike first."""
        found = (
            _Pair(label, step, number, likeness)
            for step in self.steps
            for number, source in enumerate(step.sources)
            for label in self.labels.steps
            if (likeness := _likeness(label, step, source)) > 0
        )
        return tuple(sorted(found, key=lambda pair: -pair.likeness))

    @cached_property
    def found(self) -> Mapping[Duty, tuple[ReadStep, ...]]:
        """The steps that state each duty, best first. A source is spent on one duty, and a label on one source."""
        found: dict[Duty, list[ReadStep]] = defaultdict(list)
        spent: set[tuple[str, int]] = set()
        taken: set[int] = set()
        for pair in self.pairs:
            source = (pair.step.key, pair.source)
            if source in spent or pair.label.index in taken:
                continue
            spent.add(source)
            taken.add(pair.label.index)
            steps = found[self.labels.duty(pair.label.index)]
            if pair.step not in steps:
                steps.append(pair.step)
        return {duty: tuple(steps) for duty, steps in found.items()}

    def readers(self, duty: Duty) -> tuple[ReadStep, ...]:
        return self.found.get(duty, ())

    @cached_property
    def touching(self) -> Mapping[str, tuple[Duty, ...]]:
        """Every duty that a step has words of, by the step's key."""
        touching: dict[str, list[Duty]] = defaultdict(list)
        for pair in self.pairs:
            touching[pair.step.key].append(self.labels.duty(pair.label.index))
        return {key: tuple(duties) for key, duties in touching.items()}

    # ── limits ────────────────────────────────────────────────────────────────────────────────────────────────

    def _right(self, duty: Duty) -> bool:
        return any(
            same_limit(step.deadline, limit)
            for step in self.readers(duty)
            for limit in duty.limits
            if step.deadline is not None
        )

    def _limits(self) -> Iterator[str | None]:
        for duty in self.labels.duties:
            if self._right(duty):
                yield None
            elif duty.demanded:
                read = self.readers(duty)
                seen = " / ".join(shown(step.deadline) for step in read) if read else "step not found"
                yield f"limit missed: {' or '.join(map(shown, duty.limits))} ← {seen}: {_short(duty.name)}"

    def _invented(self) -> Iterator[str | None]:
        for step in self.steps:
            if step.deadline is not None and step.sources:
                wrong = f"limit wrong: {shown(step.deadline)} of «{_short(step.name)}», {self._instead(step)}"
                yield wrong if self._is_wrong(step) else None

    def _is_wrong(self, step: ReadStep) -> bool:
        limits = [limit for duty in self.touching.get(step.key, ()) for limit in duty.limits]
        return step.deadline is not None and not any(same_limit(step.deadline, limit) for limit in limits)

    def _instead(self, step: ReadStep) -> str:
        duties = self.touching.get(step.key, ())
        if not duties:
            return "on words without a label"
        limits = [shown(limit) for duty in duties for limit in duty.limits]
        return f"labelled {' or '.join(limits) or 'without a limit'}"

    def _traps(self) -> Iterator[str]:
        for step in self.steps:
            if step.deadline is None or not self._is_wrong(step):
                continue
            for trap in self.labels.traps:
                if any(_stands_on(step, span, trap) for span in self.labels.reference.occurrences(trap)):
                    yield f"TRAP taken: «{trap}» as {shown(step.deadline)} of «{_short(step.name)}»"
                    break

    # ── who, what, in which order ─────────────────────────────────────────────────────────────────────────────

    def _owners(self) -> Iterator[str | None]:
        for duty, steps in self.found.items():
            right = any(_accepted(step.owner, duty.owners) for step in steps)
            yield None if right else f"owner: {steps[0].owner!r}, labelled {duty.owners[0]!r}: {_short(duty.name)}"

    def _kinds(self) -> Iterator[str | None]:
        for duty, steps in self.found.items():
            right = "other" in duty.kinds or any(step.kind in duty.kinds for step in steps)
            wanted = "/".join(sorted(duty.kinds))
            yield None if right else f"kind: {steps[0].kind}, labelled {wanted}: {_short(duty.name)}"

    def _undated(self) -> Iterator[str | None]:
        for duty in self.labels.duties:
            if duty.undated:
                yield None if self.readers(duty) else f"undated duty not found: {_short(duty.name)}"

    def _doubled(self) -> Iterator[str]:
        for duty, steps in self.found.items():
            if len(steps) > 1:
                yield f"doubled: {', '.join(step.key for step in steps)} are one duty: {_short(duty.name)}"

    @cached_property
    def earlier(self) -> Mapping[str, frozenset[str]]:
        """The keys of every step that must come before a step, however far back."""
        direct = {step.key: step.after for step in self.steps}
        return {key: _reached(key, direct) for key in direct}

    @cached_property
    def meeting(self) -> frozenset[str]:
        """The keys of the steps that are the meeting itself."""
        labelled = [duty for duty in self.labels.duties if duty.steps[0].index == 0 and "hold_meeting" in duty.kinds]
        found = {step.key for duty in labelled for step in self.readers(duty)}
        return frozenset(found or {step.key for step in self.steps if step.kind == "hold_meeting"})

    def _standing_for(self, index: int) -> frozenset[str]:
        """The keys that stand for a label in the order; what happens at the meeting may be folded into it."""
        duty = self.labels.duty(index)
        keys = frozenset(step.key for step in self.readers(duty))
        return keys | self.meeting if duty.in_meeting else keys

    def _before(self, first: int, then: int) -> bool:
        some, others = self._standing_for(first), self._standing_for(then)
        return bool(some & others) or any(some & self.earlier[key] for key in others)

    def _edges(self) -> Iterator[str | None]:
        for first, then in self.labels.edges:
            yield None if self._before(first, then) else f"order missed: {self._order(first, then)}"

    def _reversed(self) -> Iterator[str]:
        for first, then in self.labels.edges:
            if self._before(then, first) and not self._standing_for(first) & self._standing_for(then):
                yield f"order reversed: {self._order(first, then)}"

    def _order(self, first: int, then: int) -> str:
        lost = ["" if self._standing_for(index) else " (not found)" for index in (first, then)]
        one, other = (_short(self.labels.steps[index].text, 45) for index in (first, then))
        return f"[{first}] {one}{lost[0]} → [{then}] {other}{lost[1]}"

    # ── the document as a whole ───────────────────────────────────────────────────────────────────────────────

    def _findings(self) -> Iterator[str | None]:
        for wanted in self.labels.expected:
            yield None if self._reported(wanted, whole_plan=True) else f"finding missed: {self._finding(wanted)}"

    def _alarms(self) -> Iterator[str]:
        for unwanted in self.labels.forbidden:
            if self._reported(unwanted, whole_plan=False):
                yield f"false alarm: {self._finding(unwanted)}"

    def _reported(self, wanted: Expected, *, whole_plan: bool) -> bool:
        """`whole_plan`: a finding about no step in particular will do."""
        keys = {step.key for index in wanted.steps for step in self.readers(self.labels.duty(index))}
        return any(
            finding["code"] == wanted.code
            and (not wanted.steps or bool(keys & {*finding["steps"]}) or (whole_plan and not finding["steps"]))
            for finding in self.read["findings"]
        )

    def _finding(self, finding: Expected) -> str:
        about = ", ".join(_short(self.labels.steps[index].text, 40) for index in sorted(finding.steps))
        return f"{finding.code} {about}".strip()

    def _facts(self) -> Iterator[str | None]:
        for name, wanted in self.labels.facts:
            read = self.read.get(name) or None
            right = read == wanted or (
                name == "organization" and read is not None and wanted is not None and same_name(read, wanted)
            )
            yield None if right else f"{name}: {read!r}, labelled {wanted!r}"


def _likeness(label: LabelledStep, step: ReadStep, source: Sequence[Span]) -> float:
    """0 when the two have too few words in common; more for a step that also agrees in other things."""
    common = overlap([label.span], source)
    whole = size([label.span])
    if common < SHARE * min(whole, size(source)) or common < min(12, whole):
        return 0
    agreeing = _agreeing(label, step)
    return common / (whole + size(source) - common) + 0.1 * sum(agreeing) + 0.2 * agreeing[0]


def _agreeing(label: LabelledStep, step: ReadStep) -> tuple[bool, bool, bool]:
    if label.deadline is None or step.deadline is None:
        limit = label.deadline is None and step.deadline is None
    else:
        limit = same_limit(step.deadline, label.deadline)
    return limit, step.kind in label.kinds, _accepted(step.owner, label.owners)


def _accepted(owner: str | None, owners: Iterable[str | None]) -> bool:
    return any(name is None if owner is None else name is not None and same_name(owner, name) for name in owners)


def _stands_on(step: ReadStep, trap: Span, words: str) -> bool:
    """Whether a limit is made of a trap's words; where the reading does not tell, whether it has the trap's figures."""
    if step.wording:
        return 2 * overlap([trap], step.wording) >= min(size([trap]), size(step.wording))
    inside = any(overlap([trap], source) for source in step.sources)
    return inside and bool(_figures(words)) and _figures(words) <= _figures(shown(step.deadline))


def _figures(words: str) -> frozenset[int]:
    digits = "".join(letter if letter.isdigit() else " " for letter in words)
    return frozenset(map(int, digits.split()))


def _reached(key: str, direct: Mapping[str, Sequence[str]]) -> frozenset[str]:
    seen: set[str] = set()
    waiting = [*direct[key]]
    while waiting:
        if (earlier := waiting.pop()) not in seen:
            seen.add(earlier)
            waiting.extend(direct.get(earlier, ()))
    return frozenset(seen)


def _short(text: str, length: int = 90) -> str:
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return words if len(words) <= length else words[: length - 1] + "…"

"""The anchor of a day: one number that binds the logs of all plans as they stand, and every anchor before it.

The digest carries it out of the system, so that somebody who could rewrite the whole database could not rewrite what is
in people's mailboxes. Only heads that have moved since the last anchor are kept with it; the others are bound by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from workflow.domain.errors import BadInput
from workflow.domain.zone import day_of
from workflow.ports import Anchor, Head, Store, UnitOfWork

FIRST = "0" * 64


class AnchorUnreadable(BadInput):
    template = "«{typed}» không phải mốc niêm phong; hãy chép nguyên dòng mốc niêm phong trong thư điểm việc."


@dataclass(frozen=True, slots=True)
class AnchorFault:
    """What is wrong about an anchor: of which day; `plan_id` names the plan whose log is not as it was, "" the anchor."""

    day: date
    plan_id: str
    expected: str
    found: str


def drop_anchor(store: Store, *, at: datetime) -> Anchor | None:
    """Make the anchor of the day (in Vietnam) unless there is one; None where there is one already."""
    with store() as uow:
        kept = uow.anchors.all()
        if kept and kept[-1].day >= day_of(at):
            return None
        known = {_head(line)[0]: _head(line) for anchor in kept for line in anchor.heads}
        moved = tuple(_line(head) for head in uow.plans.heads() if known.get(head[0]) != head)
        previous = kept[-1].digest if kept else FIRST
        anchor = Anchor(day_of(at), digest_of(day_of(at), previous, moved), previous, moved, at)
        made = uow.anchors.add(anchor)
        uow.commit()
    return anchor if made else None


def digest_of(day: date, previous: str, heads: Sequence[str]) -> str:
    """SHA-256 over the day, the digest before and the heads, one a line."""
    return sha256("\n".join((day.isoformat(), previous, *heads)).encode()).hexdigest()


def anchor_faults(uow: UnitOfWork) -> Iterator[AnchorFault]:
    """Anchors that are not what they were made as, and logs that are not as some anchor saw them."""
    previous = FIRST
    for anchor in uow.anchors.all():
        whole = digest_of(anchor.day, previous, anchor.heads)
        if whole != anchor.digest or anchor.previous != previous:
            yield AnchorFault(anchor.day, "", whole, anchor.digest)
        previous = anchor.digest
        heads = [_head(line) for line in anchor.heads]
        for plan_id, version, digest in uow.plans.lost_heads(heads):
            yield AnchorFault(anchor.day, plan_id, f"{version} {digest}", "missing")


def carried_fault(uow: UnitOfWork, carried: str) -> AnchorFault | None:
    """What is wrong with the anchor of a day beside one carried out of the system, by a line with its day and digest.

    Raises `AnchorUnreadable`.
    """
    day, digest = _carried(carried)
    found = next((anchor.digest for anchor in uow.anchors.all() if anchor.day == day), "missing")
    return None if found == digest else AnchorFault(day, "", digest, found)


_CARRIED = re.compile(r"(?:(\d{4})-(\d\d)-(\d\d)|(\d{1,2})/(\d{1,2})/(\d{4}))\W+([0-9a-fA-F]{64})\b")


def _carried(text: str) -> tuple[date, str]:
    found = _CARRIED.search(text)
    if found is None:
        raise AnchorUnreadable(typed=text[:80])
    y1, m1, d1, d2, m2, y2, digest = found.groups()
    try:
        return date(int(y1 or y2), int(m1 or m2), int(d1 or d2)), digest.lower()
    except ValueError as error:
        raise AnchorUnreadable(typed=text[:80]) from error


def _line(head: Head) -> str:
    return "{} {} {}".format(*head)


def _head(line: str) -> Head:
    plan_id, version, digest = line.split(" ")
    return plan_id, int(version), digest

"""A petition: what somebody raised before or at the meeting, who answers it, and how it was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RaisedWhen(StrEnum):
    """When a petition was raised, seen from the meeting."""

    BEFORE_MEETING = "before_meeting"
    AT_MEETING = "at_meeting"
    AFTER_MEETING = "after_meeting"


class Authority(StrEnum):
    """Whose business a petition is, seen from the commune."""

    COMMUNE = "commune"
    CITY = "city"
    OTHER = "other"


class AnsweredWhere(StrEnum):
    """How an answer was given."""

    AT_MEETING = "at_meeting"
    IN_WRITING = "in_writing"


class Result(StrEnum):
    """What came of a petition: đã giải quyết, đang giải quyết có lộ trình, giải trình, vượt thẩm quyền đã chuyển."""

    SETTLED = "settled"
    IN_PROGRESS = "in_progress"
    EXPLAINED = "explained"
    REFERRED = "referred"


@dataclass(frozen=True, slots=True)
class Petitioner:
    """Who raised a petition. `anonymous`: by the person's own choice, then `name` and `contact` are None.

    `unit`: where the person belongs, or the unit that raised it. `contact`: an e-mail address, for the answer.
    """

    name: str | None = None
    unit: str | None = None
    contact: str | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """How a petition was answered. `answered_on`: the day of the answer, as the document bears it."""

    where: AnsweredWhere
    result: Result
    answered_on: date
    document_number: str | None = None
    summary: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """A petition passed on to another authority, which owes the answer from `transferred_on` on."""

    transferred_on: date
    authority: Authority
    lead: str
    reason: str
    previous_lead: str | None


@dataclass(frozen=True, slots=True)
class Petition:
    """One petition of a plan. `petition_id` is "p1", "p2" … in order of raising; `lead` the unit that owes the answer.

    `duplicate_of`: the petition that says the same and is answered in its place. `told_on`: the day on which the
    petitioner was told of the answer.
    """

    petition_id: str
    text: str
    petitioner: Petitioner
    raised_when: RaisedWhen
    raised_on: date
    topic: str | None = None
    authority: Authority | None = None
    lead: str | None = None
    coordinating: tuple[str, ...] = ()
    duplicate_of: str | None = None
    answer: Answer | None = None
    told_on: date | None = None
    transfers: tuple[Transfer, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return self.answer is None and self.duplicate_of is None

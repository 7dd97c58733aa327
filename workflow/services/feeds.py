"""Calendars that phones and offices subscribe to: secret addresses that can be taken back, and the limits they show.

The address is the only key, as calendar programs know no sign-in; of its secret only a digest is kept. It shows what its
person may see at the moment, and nothing once the person has left.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflow.domain.cycle import Cycle, StepStatus
from workflow.domain.errors import BadInput, NotFound
from workflow.domain.ladder import Audience
from workflow.ports import Person, PlanFilter, StepFilter, StepRow, Store, Token, UnitOfWork
from workflow.services import scopes
from workflow.services.signing_in import digest

SCOPE = "ics"
"""What a token must bear to open a person's own feed; "ics:<plan>" opens the feed of one plan."""

MOST_FEEDS = 20
MOST_ENTRIES = 1000
NOTED_EVERY = timedelta(hours=1)
_OF_A_UNIT = frozenset({Audience.OWNER, Audience.HEAD})


class FeedUnknown(NotFound):
    template = "Không có lịch này; địa chỉ có thể đã bị thu hồi. Hãy tạo địa chỉ mới ở trang Lịch của tôi."


class TooManyFeeds(BadInput):
    template = "Bạn đã có {count} địa chỉ lịch; hãy thu hồi bớt trước khi tạo thêm."


@dataclass(frozen=True, slots=True)
class Feed:
    """One address that was given out. `plan_id` None: the person's own steps."""

    token: Token

    @property
    def plan_id(self) -> str | None:
        """The plan that it shows."""
        return self.token.scopes[0].partition(":")[2] or None


@dataclass(frozen=True, slots=True)
class Contents:
    """What a feed shows: steps with a limit, and the titles of their plans by id; `plan` for the feed of one plan."""

    feed: Feed
    steps: list[StepRow]
    titles: dict[str, str]
    plan: Cycle | None


def open_feed(store: Store, person: Person, *, at: datetime, plan_id: str | None = None) -> str:
    """Give out an address for a person's steps, or for a plan; its secret, which is shown once.

    Raises `TooManyFeeds`, and `PlanNotFound` for a plan that the person may not see.
    """
    secret = secrets.token_urlsafe(32)
    with store() as uow:
        title = scopes.plan(uow, person, plan_id).definition.title if plan_id else ""
        if len(held := feeds_of(uow, person.person_id, at)) >= MOST_FEEDS:
            raise TooManyFeeds(count=len(held))
        scope = f"{SCOPE}:{plan_id}" if plan_id else SCOPE
        uow.tokens.add(Token(secrets.token_urlsafe(12), digest(secret), person.person_id, title, (scope,), at))
        uow.commit()
    return secret


def close_feed(store: Store, person_id: str, token_id: str, *, at: datetime) -> None:
    """Take an address of a person's back. Raises `FeedUnknown`."""
    with store() as uow:
        if token_id not in {feed.token.token_id for feed in feeds_of(uow, person_id, at)}:
            raise FeedUnknown
        uow.tokens.revoke(token_id, at)
        uow.commit()


def feeds_of(uow: UnitOfWork, person_id: str, at: datetime) -> list[Feed]:
    """The addresses that a person has given out and not taken back, the latest first."""
    return [Feed(token) for token in uow.tokens.of_person(person_id) if token.is_valid(at) and _is_feed(token)]


def contents_of(uow: UnitOfWork, secret: str, at: datetime) -> Contents:
    """What an address shows at an instant. Raises `FeedUnknown`, and for a plan that is gone or out of reach, too."""
    token = uow.tokens.by_digest(digest(secret))
    if token is None or not token.is_valid(at) or not _is_feed(token):
        raise FeedUnknown
    person = uow.directory.get(token.person_id)
    if person is None or not person.active:
        raise FeedUnknown
    feed = Feed(token)
    if feed.plan_id is None:
        steps = uow.plans.steps_where(_theirs(uow, person), at, limit=MOST_ENTRIES)
        return Contents(feed, steps, _titles(uow, steps), None)
    try:
        plan = scopes.plan(uow, person, feed.plan_id)
    except NotFound:
        raise FeedUnknown from None
    chosen = StepFilter(plan_ids=frozenset({feed.plan_id}), leaves=True, limited=True)
    steps = uow.plans.steps_where(chosen, at, limit=MOST_ENTRIES)
    return Contents(feed, steps, {feed.plan_id: plan.definition.title}, plan)


def note_use(store: Store, feed: Feed, at: datetime) -> None:
    """Write down now and then that an address is used."""
    last = feed.token.last_used_at
    if last is None or at - last >= NOTED_EVERY:
        with store() as uow:
            uow.tokens.touch(feed.token.token_id, at)
            uow.commit()


def _theirs(uow: UnitOfWork, person: Person) -> StepFilter:
    """The unfinished steps of a person's unit; of everything they may see for who belongs to no one unit's work."""
    return StepFilter(
        organizations=scopes.scope_of(uow, person).organizations,
        owners=frozenset({person.unit}) if person.role in _OF_A_UNIT else None,
        statuses=frozenset({StepStatus.WAITING, StepStatus.OPEN}),
        leaves=True,
        limited=True,
    )


def _titles(uow: UnitOfWork, steps: list[StepRow]) -> dict[str, str]:
    ids = frozenset(step.plan_id for step in steps)
    return {row.plan_id: row.title for row in uow.plans.rows(PlanFilter(plan_ids=ids))} if ids else {}


def _is_feed(token: Token) -> bool:
    return bool(token.scopes) and token.scopes[0].partition(":")[0] == SCOPE

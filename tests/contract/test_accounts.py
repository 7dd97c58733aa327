"""Who may come in and what they keep: sessions, passwords, tokens, answered requests, saved views."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest

from tests.contract.acting import STARTED_AT, ask, at_once
from workflow.ports import Answered, SavedView, Session, Store, Token, UnitOfWork

Told = TypeVar("Told")

LATER, SOON = STARTED_AT + timedelta(hours=1), STARTED_AT + timedelta(minutes=1)
SESSION = Session("s1", "lan", STARTED_AT, STARTED_AT, LATER, agent="Trình duyệt ở văn phòng")
TOKEN = Token("t1", "d1", "lan", "Báo cáo hằng tuần", ("plans:read", "reports:read"), STARTED_AT)
ANSWERED = Answered("lan:1", "digest", 201, '{"id": "đ"}', LATER)


def do(store: Store, *acts: Callable[[UnitOfWork], Told]) -> list[Told]:
    """Do some things in one transaction; what each returned."""
    with store() as uow:
        told = [act(uow) for act in acts]
        uow.commit()
    return told


def session(store: Store, digest: str = "s1") -> Session:
    """A session that is there."""
    found = ask(store, lambda uow: uow.sessions.get(digest))
    assert found is not None
    return found


@pytest.fixture
def signed_in(store: Store) -> Store:
    """A store with a session."""
    do(store, lambda uow: uow.sessions.add(SESSION))
    return store


def test_a_session_comes_back_as_it_was_and_is_not_replaced(signed_in: Store) -> None:
    do(signed_in, lambda uow: uow.sessions.add(replace(SESSION, person_id="other")))
    assert session(signed_in) == SESSION
    assert ask(signed_in, lambda uow: uow.sessions.get("s9")) is None


def test_a_session_is_valid_until_its_end_which_is_exclusive(signed_in: Store) -> None:
    assert [session(signed_in).is_valid(at) for at in (SOON, LATER)] == [True, False]


def test_a_session_that_is_used_lasts_longer(signed_in: Store) -> None:
    do(signed_in, lambda uow: uow.sessions.touch("s1", SOON, LATER + timedelta(hours=1)))
    assert session(signed_in) == replace(SESSION, last_seen_at=SOON, expires_at=LATER + timedelta(hours=1))


def test_a_revoked_session_is_over_and_stays_so(signed_in: Store) -> None:
    do(signed_in, lambda uow: uow.sessions.revoke("s1", SOON))
    do(signed_in, lambda uow: uow.sessions.touch("s1", LATER, LATER), lambda uow: uow.sessions.revoke("s1", LATER))
    assert session(signed_in) == replace(SESSION, revoked_at=SOON)
    assert not session(signed_in).is_valid(STARTED_AT)


def test_all_sessions_of_a_person_end_but_the_one_kept(signed_in: Store) -> None:
    others = [replace(SESSION, digest="s2"), replace(SESSION, digest="s3"), replace(SESSION, digest="o", person_id="o")]
    do(signed_in, *(lambda uow, each=each: uow.sessions.add(each) for each in others))
    assert do(signed_in, lambda uow: uow.sessions.revoke_all("lan", SOON, keep="s2")) == [2]
    valid = [session(signed_in, digest).is_valid(SOON) for digest in ("s1", "s2", "s3", "o")]
    assert valid == [False, True, False, True]
    assert do(signed_in, lambda uow: uow.sessions.revoke_all("lan", SOON)) == [1]


def test_sessions_of_a_person_stand_with_the_latest_used_first(signed_in: Store) -> None:
    do(signed_in, lambda uow: uow.sessions.add(replace(SESSION, digest="a", last_seen_at=SOON)))
    assert [each.digest for each in ask(signed_in, lambda uow: uow.sessions.of_person("lan"))] == ["a", "s1"]
    assert ask(signed_in, lambda uow: uow.sessions.of_person("minh")) == []


def test_expired_sessions_are_forgotten(signed_in: Store) -> None:
    assert do(signed_in, lambda uow: uow.sessions.forget(LATER)) == [0]
    assert do(signed_in, lambda uow: uow.sessions.forget(LATER + timedelta(seconds=1))) == [1]
    assert ask(signed_in, lambda uow: uow.sessions.get("s1")) is None


def test_a_password_is_kept_replaced_and_taken_away(store: Store) -> None:
    assert ask(store, lambda uow: uow.passwords.get("lan")) is None
    for number, when in enumerate((STARTED_AT, SOON)):
        do(store, lambda uow, number=number, when=when: uow.passwords.put("lan", f"$argon2id${number}", when))  # type: ignore[misc]
    assert ask(store, lambda uow: uow.passwords.get("lan")) == ("$argon2id$1", SOON)
    do(store, lambda uow: uow.passwords.remove("lan"), lambda uow: uow.passwords.remove("minh"))
    assert ask(store, lambda uow: uow.passwords.get("lan")) is None


def test_a_token_is_found_by_its_digest_as_it_was(store: Store) -> None:
    ends = replace(TOKEN, token_id="t2", digest="d2", scopes=(), expires_at=LATER, created_at=SOON)
    do(store, lambda uow: uow.tokens.add(TOKEN), lambda uow: uow.tokens.add(ends))
    assert ask(store, lambda uow: (uow.tokens.by_digest("d1"), uow.tokens.by_digest("d2"))) == (TOKEN, ends)
    assert ask(store, lambda uow: uow.tokens.by_digest("t1")) is None
    assert ask(store, lambda uow: uow.tokens.of_person("lan")) == [ends, TOKEN]
    assert [ends.is_valid(SOON), ends.is_valid(LATER), TOKEN.is_valid(LATER)] == [True, False, True]


def test_a_token_that_is_used_and_revoked_says_when(store: Store) -> None:
    do(store, lambda uow: uow.tokens.add(TOKEN))
    do(
        store,
        lambda uow: uow.tokens.touch("t1", SOON),
        *(lambda uow, at=at: uow.tokens.revoke("t1", at) for at in (SOON, LATER)),
    )
    found = ask(store, lambda uow: uow.tokens.by_digest("d1"))
    assert found == replace(TOKEN, last_used_at=SOON, revoked_at=SOON)
    assert not found.is_valid(SOON)


def test_a_request_with_a_key_is_answered_once(store: Store) -> None:
    assert do(store, lambda uow: uow.idempotency.add(ANSWERED, STARTED_AT)) == [True]
    assert do(store, lambda uow: uow.idempotency.add(replace(ANSWERED, status=500), SOON)) == [False]
    assert ask(store, lambda uow: uow.idempotency.get("lan:1", SOON)) == ANSWERED
    assert ask(store, lambda uow: uow.idempotency.get("minh:1", SOON)) is None


def test_an_answer_that_has_expired_makes_way(store: Store) -> None:
    new = replace(ANSWERED, request="other", expires_at=LATER + timedelta(hours=1))
    do(store, lambda uow: uow.idempotency.add(ANSWERED, STARTED_AT))
    assert ask(store, lambda uow: uow.idempotency.get("lan:1", LATER)) is None
    assert do(store, lambda uow: uow.idempotency.add(new, LATER)) == [True]
    assert ask(store, lambda uow: uow.idempotency.get("lan:1", LATER)) == new
    assert do(store, lambda uow: uow.idempotency.forget(LATER)) == [0]
    assert do(store, lambda uow: uow.idempotency.forget(LATER + timedelta(hours=2))) == [1]


def test_of_many_who_answer_a_key_at_once_one_is_kept(store: Store) -> None:
    answers = at_once(*[lambda: do(store, lambda uow: uow.idempotency.add(ANSWERED, STARTED_AT))] * 4)
    assert sorted(answers, key=str) == [[False], [False], [False], [True]]


def test_saved_views_stand_by_name_and_are_replaced_and_dropped(store: Store) -> None:
    views = [SavedView("lan", name, f"/plans?q={name}") for name in ("Quá hạn", "Của tôi")]
    do(store, *(lambda uow, view=view: uow.saved_views.put(view) for view in views))
    changed = replace(views[0], query="/steps")
    do(
        store,
        lambda uow: uow.saved_views.put(changed),
        lambda uow: uow.saved_views.put(replace(changed, person_id="minh")),
    )
    assert ask(store, lambda uow: uow.saved_views.of_person("lan")) == [views[1], changed]
    do(store, lambda uow: uow.saved_views.remove("lan", "Quá hạn"), lambda uow: uow.saved_views.remove("lan", "none"))
    assert ask(store, lambda uow: uow.saved_views.of_person("lan")) == [views[1]]
    assert len(ask(store, lambda uow: uow.saved_views.of_person("minh"))) == 1

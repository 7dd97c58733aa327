"""What administrators do with accounts: people, their sessions, links and tokens, each within their own reach.

Somebody outside an administrator's reach is not there for them.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from workflow.domain.errors import BadInput, NotFound
from workflow.domain.ladder import Audience
from workflow.domain.names import folded
from workflow.domain.zone import end_of
from workflow.ports import Contact, Person, Store, Token, UnitOfWork
from workflow.services import people, permissions, scopes
from workflow.services.scopes import Scope
from workflow.services.signing_in import digest
from workflow.services.tokens import SCOPES

LINK_VALID_FOR = timedelta(days=3)
"""A link to set a password may be printed and handed over."""

TOKEN_SCOPES = ("read", "write", *SCOPES)
"""What a token may be made for: to read all that its person sees, to change all that its person may change, or parts."""


class PersonNotThere(NotFound):
    template = "Không có người dùng này trong phạm vi bạn quản trị."


class TokenNotThere(NotFound):
    template = "Không có mã truy cập này."


class NotOneself(BadInput):
    template = "Không thể tự khóa hay tự bỏ quyền quản trị của mình; hãy nhờ người quản trị khác."


class SupervisorAdministers(BadInput):
    template = "Người giám sát chỉ xem nên không thể đồng thời là quản trị; hãy chọn một trong hai."


class AddressTaken(BadInput):
    template = "Địa chỉ «{email}» đã là của {name} ({organization}); mỗi người cần một địa chỉ riêng để đăng nhập."


class TokenNameMissing(BadInput):
    template = "Cần ghi mã truy cập dùng để làm gì."


class ScopeMissing(BadInput):
    template = "Cần chọn ít nhất một quyền cho mã truy cập."


class ExpiryPast(BadInput):
    template = "Ngày hết hạn phải sau hôm nay."


@dataclass(frozen=True, slots=True)
class PersonTyped:
    """A person as a form or a file gives them; `email` "" none."""

    name: str
    organization: str
    unit: str
    role: str
    email: str = ""
    contacts: tuple[Contact, ...] = ()
    administrator: bool = False


def known(uow: UnitOfWork, by: Person, person_id: str) -> Person:
    """A person whom an administrator looks after. Raises `NotPermitted` and `PersonNotThere`."""
    if not permissions.administers(by):
        permissions.check_administers(by, by.organization, scopes.NOTHING)
    person = uow.directory.get(person_id)
    if person is None or not scopes.scope_of(uow, by).covers(person.organization):
        raise PersonNotThere
    return person


def save_person(store: Store, by: Person, typed: PersonTyped, *, person_id: str | None = None) -> Person:
    """Add a person, or change the one with an id. Raises `NotPermitted`, or a `BadInput` that says what is wrong."""
    with store() as uow:
        person = checked(uow, by, typed, person_id=person_id)
        uow.directory.put(person)
        uow.commit()
    return person


@dataclass(frozen=True, slots=True)
class Desk:
    """What an administrator has before them, read once: their reach, names of organizations as the tree spells them,
    and everybody's name, unit and organization by id."""

    scope: Scope
    spelled: Mapping[str, str]
    seats: dict[str, tuple[str, str, str]]


def desk_of(uow: UnitOfWork, by: Person) -> Desk:
    """What is read before people are checked."""
    spelled = {folded(each.name): each.name for each in uow.organizations.all()}
    return Desk(scopes.scope_of(uow, by), spelled, people.seats_of(uow))


def checked(
    uow: UnitOfWork, by: Person, typed: PersonTyped, *, person_id: str | None = None, desk: Desk | None = None
) -> Person:
    """The person that would be kept. Raises what `save_person` raises."""
    desk = desk or desk_of(uow, by)
    before = known(uow, by, person_id) if person_id is not None else None
    made = people.checked_person(
        name=typed.name,
        organization=desk.spelled.get(folded(typed.organization), typed.organization),
        role=typed.role,
        unit=typed.unit,
        email=typed.email.strip() or None,
        contacts=typed.contacts,
    )
    permissions.check_administers(by, made.organization, desk.scope)
    if typed.administrator and made.role is Audience.SUPERVISOR:
        raise SupervisorAdministers
    if before is not None and before.person_id == by.person_id and not typed.administrator:
        raise NotOneself
    person_id = person_id or people.id_among(desk.seats, made.name, made.unit, made.organization)
    _refuse_taken_address(uow, made, person_id)
    active = before.active if before is not None else True
    return replace(made, person_id=person_id, administrator=typed.administrator, active=active)


def _refuse_taken_address(uow: UnitOfWork, person: Person, person_id: str) -> None:
    for other in uow.directory.with_email(person.email or ""):
        if other.person_id != person_id and other.active:
            raise AddressTaken(email=person.email, name=other.name, organization=other.organization or "–")


def deactivate(store: Store, by: Person, person_id: str, *, at: datetime) -> Person:
    """Let a person in no more: sessions and tokens end, no notice is sent to them any more. Raises `NotOneself`."""
    if person_id == by.person_id:
        raise NotOneself

    def leave(uow: UnitOfWork, person: Person) -> Person:
        left = replace(person, active=False, administrator=False)
        uow.directory.put(left)
        uow.sessions.revoke_all(person_id, at)
        for token in uow.tokens.of_person(person_id):
            uow.tokens.revoke(token.token_id, at)
        return left

    return _change(store, by, person_id, leave)


def reactivate(store: Store, by: Person, person_id: str) -> Person:
    """Let a person in again who had left."""

    def come_back(uow: UnitOfWork, person: Person) -> Person:
        back = replace(person, active=True)
        _refuse_taken_address(uow, back, person_id)
        uow.directory.put(back)
        return back

    return _change(store, by, person_id, come_back)


def end_sessions(store: Store, by: Person, person_id: str, *, at: datetime, session: str | None = None) -> Person:
    """End the sessions of a person; `session`: the one with this digest alone, if it is theirs."""

    def end(uow: UnitOfWork, person: Person) -> Person:
        if session is None:
            uow.sessions.revoke_all(person_id, at)
        elif any(each.digest == session for each in uow.sessions.of_person(person_id)):
            uow.sessions.revoke(session, at)
        return person

    return _change(store, by, person_id, end)


def password_link(store: Store, by: Person, person_id: str, *, at: datetime) -> str:
    """Make a one-time link for a person to set a password; its secret, which is shown once."""
    secret = secrets.token_urlsafe(24)

    def invite(uow: UnitOfWork, person: Person) -> Person:
        if not person.active:
            raise PersonNotThere
        uow.sign_ins.add(digest(secret), person_id, at + LINK_VALID_FOR)
        return person

    _change(store, by, person_id, invite)
    return secret


def make_token(
    store: Store,
    by: Person,
    person_id: str,
    *,
    name: str,
    allows: tuple[str, ...],
    expires_on: date | None,
    at: datetime,
) -> str:
    """Make a token for a program that acts for a person; its secret, which is shown once. Good through `expires_on`."""
    secret = f"doithoai_{secrets.token_urlsafe(32)}"
    allows = tuple(each for each in TOKEN_SCOPES if each in allows)
    expires_at = end_of(expires_on) if expires_on is not None else None
    if not name.strip():
        raise TokenNameMissing
    if not allows:
        raise ScopeMissing
    if expires_at is not None and expires_at <= at:
        raise ExpiryPast

    def add(uow: UnitOfWork, person: Person) -> Person:
        if not person.active:
            raise PersonNotThere
        token_id = secrets.token_hex(8)
        uow.tokens.add(Token(token_id, digest(secret), person_id, " ".join(name.split()), allows, at, expires_at))
        return person

    _change(store, by, person_id, add)
    return secret


def revoke_token(store: Store, by: Person, person_id: str, token_id: str, *, at: datetime) -> None:
    """End a token of a person. Raises `TokenNotThere`."""

    def revoke(uow: UnitOfWork, person: Person) -> Person:
        if token_id not in {token.token_id for token in uow.tokens.of_person(person_id)}:
            raise TokenNotThere
        uow.tokens.revoke(token_id, at)
        return person

    _change(store, by, person_id, revoke)


def _change(store: Store, by: Person, person_id: str, act: Callable[[UnitOfWork, Person], Person]) -> Person:
    with store() as uow:
        person = act(uow, known(uow, by, person_id))
        uow.commit()
    return person

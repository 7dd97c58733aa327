"""Coming in with a password, and changing it."""

from __future__ import annotations

import secrets
from datetime import datetime

from workflow.domain.errors import BadInput, DoithoaiError
from workflow.ports import Person, Store, UnitOfWork
from workflow.services import passwords
from workflow.services.attempts import Attempts
from workflow.services.sessions import add_session
from workflow.services.signing_in import digest

_LONGEST_NAME = 254


class SignInRefused(DoithoaiError, PermissionError):
    """Whoever it was, and whatever was wrong: that an account is there is not told."""

    template = "Tên đăng nhập hoặc mật khẩu không đúng; hãy kiểm tra bộ gõ và phím Caps Lock rồi thử lại."


class NobodyCalledSo(DoithoaiError, PermissionError):
    template = "Chưa có tài khoản nào dùng địa chỉ «{email}»; hãy nhờ người quản trị thêm địa chỉ này vào danh bạ."


class OldPasswordWrong(BadInput):
    template = "Mật khẩu hiện tại không đúng."


class PasswordsDiffer(BadInput):
    template = "Hai lần nhập mật khẩu mới không giống nhau."


class LinkSpent(DoithoaiError, PermissionError):
    template = "Liên kết đăng nhập này đã dùng rồi hoặc đã hết hạn."


def come_in(store: Store, attempts: Attempts, name: str, password: str, *, address: str, at: datetime) -> Person:
    """The person of a login name (an e-mail address or an id) and a password; at the cost of one hash, whoever asks.

    Raises `SignInRefused`, and `TooManyAttempts` after too many failures for the account or from the address.
    """
    name = name.strip()[:_LONGEST_NAME]
    attempts.begin(name.lower(), address, at)
    with store.reading() as uow:
        person = called(uow, name)
        kept = uow.passwords.get(person.person_id) if person is not None else None
    if not passwords.fits(password[: passwords.LONGEST], kept[0] if kept else None) or person is None or kept is None:
        raise SignInRefused
    attempts.succeeded(name.lower(), address)
    if passwords.is_outdated(kept[0]):
        _keep(store, person.person_id, passwords.hashed(password), kept[1])
    return person


def called(uow: UnitOfWork, name: str) -> Person | None:
    """Who signs in under a name: an id, or an address that only one person has; nobody who has left."""
    person = uow.directory.get(name)
    if person is None:
        with_email = [each for each in uow.directory.with_email(name) if each.active] if name else []
        person = with_email[0] if len(with_email) == 1 else None
    return person if person is not None and person.active else None


def of_address(store: Store, email: str) -> Person:
    """The one person who has an address that somebody else has proved theirs. Raises `NobodyCalledSo`."""
    with store.reading() as uow:
        found = [person for person in uow.directory.with_email(email) if person.active]
    if len(found) != 1:
        raise NobodyCalledSo(email=email)
    return found[0]


def change_password(store: Store, person: Person, old: str, new: str, again: str, *, at: datetime, session: str) -> int:
    """Change one's password; how many other sessions were ended. `session`: the digest of the one that goes on.

    Who has no password yet need not tell the old one. Raises `OldPasswordWrong`, `PasswordsDiffer`, or what is wrong
    with the new one.
    """
    with store.reading() as uow:
        kept = uow.passwords.get(person.person_id)
    if kept is not None and not passwords.fits(old[: passwords.LONGEST], kept[0]):
        raise OldPasswordWrong
    _check_new(person, new, again)
    made = passwords.hashed(new)
    with store() as uow:
        uow.passwords.put(person.person_id, made, at)
        ended = uow.sessions.revoke_all(person.person_id, at, session)
        uow.commit()
    return ended


def set_password(store: Store, secret: str, new: str, again: str, *, at: datetime, agent: str = "") -> str:
    """Set a password with a one-time link, end every session, and come in; the secret of the new session.

    Raises `LinkSpent`, `PasswordsDiffer`, or what is wrong with the password; only then the link stays good.
    """
    person = of_link(store, secret, at=at)
    if person is None:
        raise LinkSpent
    _check_new(person, new, again)
    made, opened = passwords.hashed(new), secrets.token_urlsafe(32)
    with store() as uow:
        if uow.sign_ins.use(digest(secret), at) is None:
            raise LinkSpent
        uow.passwords.put(person.person_id, made, at)
        uow.sessions.revoke_all(person.person_id, at)
        add_session(uow, opened, person.person_id, at=at, agent=agent)
        uow.commit()
    return opened


def of_link(store: Store, secret: str, *, at: datetime) -> Person | None:
    """Whose one-time link this is, without spending it; None when it is unknown, spent or expired."""
    with store.reading() as uow:
        person_id = uow.sign_ins.of(digest(secret), at)
        person = uow.directory.get(person_id) if person_id is not None else None
    return person if person is not None and person.active else None


def _check_new(person: Person, new: str, again: str) -> None:
    passwords.check_new(new, person)
    if new != again:
        raise PasswordsDiffer


def _keep(store: Store, person_id: str, password_hash: str, since: datetime) -> None:
    with store() as uow:
        uow.passwords.put(person_id, password_hash, since)
        uow.commit()

"""One-time sign-in: a link that works once and for a short while; only a digest of its secret is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from workflow.domain.errors import NotFound
from workflow.ports import Person, Store

VALID_FOR = timedelta(hours=12)


class PersonUnknown(NotFound):
    template = "Không có người dùng «{person}»; xem danh sách bằng lệnh «doithoai user list»."


def invite(store: Store, person_id: str, *, at: datetime) -> str:
    """Make a one-time sign-in for a person; the secret, which is shown once. Raises `PersonUnknown`."""
    secret = secrets.token_urlsafe(24)
    with store() as uow:
        if uow.directory.get(person_id) is None:
            raise PersonUnknown(person=person_id)
        uow.sign_ins.add(digest(secret), person_id, at + VALID_FOR)
        uow.commit()
    return secret


def redeem(store: Store, secret: str, *, at: datetime) -> Person | None:
    """Spend a sign-in; None when it is unknown, spent or expired, or its person has left."""
    with store() as uow:
        person_id = uow.sign_ins.use(digest(secret), at)
        person = uow.directory.get(person_id) if person_id is not None else None
        uow.commit()
    return person if person is not None and person.active else None


def digest(secret: str) -> str:
    """What is kept of a secret: its SHA-256, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()

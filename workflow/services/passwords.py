"""Passwords: what a good one is, and Argon2id hashes of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workflow.domain.errors import BadInput
from workflow.domain.names import slug
from workflow.ports import Person

SHORTEST = 10
"""Characters."""

LONGEST = 200
"""Characters; more would only cost time."""

_AT_ONCE = 2
_ENOUGH_DIFFERENT = 5

_HASHER = PasswordHasher()
"""Argon2id, 64 MiB, three passes. Source: RFC 9106, section 4, second recommended option."""

_HASHING = BoundedSemaphore(_AT_ONCE)
"""Each hash takes 64 MiB: not more than a few at a time."""

COMMON = frozenset(
    [
        "matkhau",
        "password",
        "passw0rd",
        "qwerty",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "abc",
        "abcdef",
        "abcdefgh",
        "iloveyou",
        "yeuem",
        "anhyeuem",
        "emyeuanh",
        "vietnam",
        "hanoi",
        "saigon",
        "haiphong",
        "admin",
        "administrator",
        "quantri",
        "quanlyvanban",
        "chinhquyen",
        "ubnd",
        "hdnd",
        "mttq",
        "doithoai",
        "letmein",
        "welcome",
        "0123456789",
        "1234567890",
        "9876543210",
        "1q2w3e4r5t",
        "qazwsx",
        "q1w2e3r4t5",
        "khongbiet",
        "khongcho",
        "conheocon",
        "ngaymai",
        "xinchao",
        "congchuc",
        "vanphong",
    ]
)
"""What people choose first; alone or with figures and signs around it, it is no password."""


class PasswordTooShort(BadInput):
    template = "Mật khẩu cần ít nhất {shortest} ký tự; một câu ngắn dễ nhớ là mật khẩu tốt."


class PasswordTooLong(BadInput):
    template = "Mật khẩu dài quá {longest} ký tự; hãy chọn mật khẩu ngắn hơn."


class PasswordTooCommon(BadInput):
    template = "Mật khẩu này quá dễ đoán; hãy chọn một câu gồm vài từ không liên quan với nhau."


class PasswordOfThePerson(BadInput):
    template = "Mật khẩu không được chỉ là tên người, tên đơn vị hay địa chỉ e-mail; hãy chọn cách khác."


def check_new(password: str, person: Person) -> None:
    """Let a new password of a person pass. Raises a `BadInput` that says what is wrong with it."""
    password = _whole(password)
    if len(password) < SHORTEST:
        raise PasswordTooShort(shortest=SHORTEST)
    if len(password) > LONGEST:
        raise PasswordTooLong(longest=LONGEST)
    core = _core(password)
    if len(set(password)) < _ENOUGH_DIFFERENT or core in COMMON or _core(password, figures=True) in COMMON or not core:
        raise PasswordTooCommon
    if core in set(_about(person)):
        raise PasswordOfThePerson


def hashed(password: str) -> str:
    """The hash to be kept of a password. Takes a third of a second and 64 MiB: call it from a thread."""
    with _HASHING:
        return _HASHER.hash(_whole(password))


def fits(password: str, kept: str | None) -> bool:
    """Whether a password is the one of which a hash is kept; None takes as long, and nothing fits."""
    with _HASHING:
        try:
            _HASHER.verify(kept or _nobodys(), _whole(password))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    """A hash that no password fits, for accounts that are not there."""
    return _HASHER.hash("nobody has this password")


def _whole(password: str) -> str:
    """However a keyboard composes its accents, a password is the same."""
    return unicodedata.normalize("NFC", password)


def _core(text: str, *, figures: bool = False) -> str:
    """A text as guessers see it: small letters without accents, and figures only when asked for."""
    plain = slug(text).replace("-", "") if text.strip() else ""
    return plain if figures else "".join(letter for letter in plain if not letter.isdigit())


def _about(person: Person) -> Iterator[str]:
    local = (person.email or "").partition("@")[0]
    for text in (person.name, person.unit, person.organization, person.person_id, local, *person.name.split()[-1:]):
        if text.strip():
            yield _core(text)

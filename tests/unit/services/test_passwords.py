"""What a good password is, and how it is kept."""

from __future__ import annotations

import unicodedata

import pytest

from workflow.domain.errors import BadInput
from workflow.domain.ladder import Audience
from workflow.ports import Person
from workflow.services import passwords

LAN = Person(
    "nguyen-thi-lan", "Nguyễn Thị Lan", "lan.nt2@xa.vn", "Văn phòng HĐND", Audience.OWNER, "UBND xã Bắc Thanh Miện"
)


def _refusal(password: str) -> type[Exception] | None:
    """Why a new password of Lan's is refused; None: it passes."""
    try:
        passwords.check_new(password, LAN)
    except BadInput as refused:
        return type(refused)
    return None


@pytest.mark.parametrize("good", ["bốn con trâu xanh", "hội trường 3 cửa sổ", "x9!kQz#7Lw2p", "Lan thích ăn phở bò"])
def test_a_password_that_is_hard_to_guess_passes(good: str) -> None:
    assert _refusal(good) is None


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("ngắn quá", passwords.PasswordTooShort),
        ("x" * 201, passwords.PasswordTooLong),
        ("aaaaaaaaaaaaaa", passwords.PasswordTooCommon),
        ("1234567890", passwords.PasswordTooCommon),
        ("20262026202620", passwords.PasswordTooCommon),
        ("matkhau12345", passwords.PasswordTooCommon),
        ("Mật khẩu@2026", passwords.PasswordTooCommon),
        ("Password123!", passwords.PasswordTooCommon),
        ("Nguyễn Thị Lan", passwords.PasswordOfThePerson),
        ("nguyenthilan1990", passwords.PasswordOfThePerson),
        ("UBND xã Bắc Thanh Miện", passwords.PasswordOfThePerson),
        ("lan.nt2@2026", passwords.PasswordOfThePerson),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_with_the_reason(bad: str, why: type[Exception]) -> None:
    assert _refusal(bad) is why


def test_a_hash_is_argon2id_and_fits_its_password_however_accents_are_composed() -> None:
    kept = passwords.hashed("bốn con trâu xanh")
    assert kept.startswith("$argon2id$")
    assert passwords.fits(unicodedata.normalize("NFD", "bốn con trâu xanh"), kept)
    assert not passwords.fits("bốn con trâu xám", kept)
    assert not passwords.is_outdated(kept)


def test_nothing_fits_where_nothing_is_kept() -> None:
    assert not passwords.fits("không ai có mật khẩu này", None)
    assert not passwords.fits("x", "damaged")

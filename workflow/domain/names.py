"""Names of units as they are compared, and as keys are made of them."""

from __future__ import annotations

import re
from unicodedata import combining, normalize


def folded(name: str) -> str:
    """The name of a unit or an organization as it is compared: NFC, one space between words, capitals ignored."""
    return " ".join(normalize("NFC", name).casefold().split())


def same_unit(one: str | None, other: str | None) -> bool:
    """Whether two names stand for the same unit; no name and an empty one stand for none."""
    return folded(one or "") == folded(other or "")


def slug(text: str) -> str:
    """A Vietnamese text as lower-case ASCII words joined by hyphens: "xã Bắc Thanh Miện" → "xa-bac-thanh-mien"."""
    plain = normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not combining(c))).strip("-") or "plan"

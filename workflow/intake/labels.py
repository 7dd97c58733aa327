"""What the labels of lines ("Thời hạn: …") and the heads of columns stand for."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from workflow.intake.flowing import Part
from workflow.intake.lexicon import fold_phrase, vocabulary

_SHAPES: Final = (
    ("coordinating", r"(?: {who})*(?: {leads})?(?: {helps})+"),
    ("owner", r"(?: {who})*(?: {leads})+"),
    ("time", r"(?: {when})+(?: {done})*"),
    ("product", r"(?: {made})+(?: {done})*"),
)


@cache
def fields(name: str) -> dict[str, str]:
    """The role of each folded label of a table of `headings.toml`."""
    return {
        _plain(fold_phrase(label)): role for role, labels in vocabulary("headings")[name].items() for label in labels
    }


def label_role(table: str, label: Part) -> str | None:
    """What a label stands for, by a table of `headings.toml` or by how it is put together; brackets are left out."""
    keys = label.trimmed("*:. -+").keys.strip()
    if "(" in keys:
        keys = keys[: keys.index("(")].strip()
    plain = _plain(keys)
    return fields(table).get(plain) or next((role for role, shape in _shapes() if shape.fullmatch(f" {plain}")), None)


def _plain(keys: str) -> str:
    """A label with one word for what stands between its parts: "cơ quan/đơn vị", "cơ quan, đơn vị và cá nhân"."""
    joints = {",", "/", "-", "–", "&", ";", *(fold_phrase(word) for word in vocabulary("headings")["shapes"]["joints"])}
    return " ".join(word for word in keys.split() if word not in joints)


@cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    parts = {name: _either(words) for name, words in vocabulary("headings")["shapes"].items()}
    return tuple((role, re.compile(shape.format(**parts))) for role, shape in _SHAPES)


def _either(words: list[str]) -> str:
    ways = sorted((re.escape(_plain(fold_phrase(word))) for word in words), key=len, reverse=True)
    return f"(?:{'|'.join(ways)})"

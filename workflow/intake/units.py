"""The units that a document names, with the short forms it uses for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from calendars.grammar.lexer import fold
from workflow.intake.draft import DraftStep, Unit
from workflow.intake.layout import Paragraph
from workflow.intake.lexicon import fold_phrase, phrases, vocabulary, word_pattern


def units_of(steps: Iterable[DraftStep], paragraphs: Sequence[Paragraph]) -> tuple[Unit, ...]:
    """The owners, partners and recipients of the steps, each once; a later, shorter spelling is a short form of it."""
    shorts = _declared(paragraphs)
    names: dict[str, str] = {}
    spellings: dict[str, set[str]] = {}
    for step in steps:
        for name in (step.owner, *step.coordinating, step.recipient):
            if name:
                key = _key(name)
                names.setdefault(key, name)
                spellings.setdefault(key, set()).add(name)
    return tuple(
        Unit(
            max(spellings[key], key=len),
            tuple(sorted({*(spellings[key] - {max(spellings[key], key=len)}), *shorts.get(key, ())})),
        )
        for key in names
    )


def _key(name: str) -> str:
    text = f" {fold_phrase(name)} "
    for long, short in vocabulary("words")["short_forms"]:
        text = text.replace(f" {fold_phrase(long)} ", f" {fold(short)} ")
    return " ".join(word for word in text.split() if word.isalnum())


def _declared(paragraphs: Sequence[Paragraph]) -> dict[str, set[str]]:
    """Short forms that the document declares: "Ủy ban nhân dân xã (sau đây gọi tắt là UBND xã)"."""
    found: dict[str, set[str]] = {}
    for paragraph in paragraphs:
        match = word_pattern("abbreviating").search(paragraph.body.keys)
        if match is None:
            continue
        tokens = paragraph.body.tokens
        at = paragraph.body.keys[: match.end()].count(" ")
        opening = next((i for i in range(at - 1, -1, -1) if tokens[i].key == "("), None)
        closing = next((i for i in range(at, len(tokens)) if tokens[i].key == ")"), None)
        if opening is None or closing is None or closing <= at:
            continue
        short = paragraph.body.flow.text[tokens[at].at : tokens[closing].at].strip(" “”\"«»'")
        name = _name_before(paragraph, opening)
        if name:
            found.setdefault(_key(name), set()).add(short)
    return found


def _name_before(paragraph: Paragraph, opening: int) -> str | None:
    tokens = paragraph.body.tokens
    for at in range(max(0, opening - 14), opening):
        if phrases("units").match(paragraph.body.flow.tokens, paragraph.body.first + at):
            return paragraph.body.flow.text[tokens[at].at : tokens[opening - 1].to]
    return None

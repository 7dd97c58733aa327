"""What holds for every wording: it comes back as it went out, however it was printed, and nothing crashes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from calendars.grammar.lexer import clean, read
from calendars.rules import Rule, Vague, events_of
from calendars.wording import WordingError, format_rule, parse, parse_with_extension, scan
from tests.properties.rule_strategies import GRAMMAR_WORDS, eventless_rules, rules

STRAY = ("\u00a0", " \n", "\n\n", "\u00ad", "**", "*", "  ", "\t", "\u200b ")

hostile_texts = st.text(max_size=60) | st.lists(st.sampled_from(GRAMMAR_WORDS), max_size=12).map(" ".join)


@given(rules, st.sampled_from(["vi", "en"]))
def test_every_rule_comes_back_from_its_wording(rule: Rule, language: str) -> None:
    assert parse(format_rule(rule, "en" if language == "en" else "vi")) == rule


@given(eventless_rules, st.data())
def test_print_marks_between_tokens_change_nothing(rule: Rule, data: st.DataObject) -> None:
    words = format_rule(rule).split(" ")
    stray = [data.draw(st.sampled_from(STRAY)) for _ in words]
    printed = "".join(f"{word} {mark}" for word, mark in zip(words, stray, strict=True))
    assert parse(printed) == rule


@given(eventless_rules, st.sampled_from(["vi", "en"]))
def test_case_and_normal_form_change_nothing(rule: Rule, language: str) -> None:
    text = format_rule(rule, "en" if language == "en" else "vi")
    assert parse(unicodedata.normalize("NFD", text)) == rule
    assert parse(text.upper()) == rule


@given(hostile_texts)
def test_whatever_is_written_is_read_or_refused_with_its_place(text: str) -> None:
    for reader in (parse, parse_with_extension):
        refusal = _refusal(reader, text)
        assert refusal is None or (refusal.text == text and 0 <= refusal.position <= len(text))


def _refusal(reader: Callable[[str], object], text: str) -> WordingError | None:
    try:
        reader(text)
    except WordingError as error:
        return error
    return None


@given(hostile_texts)
def test_what_is_found_in_a_text_stands_where_it_says(text: str) -> None:
    end = 0
    for found in scan(text):
        assert end <= found.start < found.end <= len(text)
        assert clean(text[found.start : found.end]) == found.text
        end = found.end


@given(rules, st.sampled_from(["vi", "en"]))
def test_no_preposition_becomes_part_of_an_event(rule: Rule, language: str) -> None:
    for event in events_of(parse(format_rule(rule, "en" if language == "en" else "vi"))):
        assert event in events_of(rule)


@given(st.text(max_size=80))
def test_tokens_know_their_place_in_the_raw_text(text: str) -> None:
    source = read(text)
    for token in source.tokens[:-1]:
        assert clean(text[token.start : token.end]) == source.text[token.at : token.to]


@given(rules)
def test_a_wording_is_one_line_of_composed_letters(rule: Rule) -> None:
    text = format_rule(rule)
    assert text == clean(text) or isinstance(rule, Vague)

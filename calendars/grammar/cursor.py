"""The reading position in a text, with what a grammar rule needs: look ahead, take, go back, and say what failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Concatenate, Generic, ParamSpec, TypeVar

from calendars.grammar.lexer import Kind, Source, Token, cut, fold
from calendars.working_calendar import CalendarError

P = ParamSpec("P")
V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)


class WordingError(CalendarError, ValueError):
    """A wording that cannot be read: the text, the position (0-based, in the raw text), and what to write instead.

    `message` is the Vietnamese sentence; `said` the same with names in braces and `values` what fills them, for
    translation. `code`: unreadable, empty, missing_year, invalid_date, monthly_day, weekday_mismatch,
    number_word_mismatch.
    """

    template = "{message} (ký tự thứ {place})"

    def __init__(
        self,
        text: str,
        position: int,
        message: str,
        code: str = "unreadable",
        values: Mapping[str, str] | None = None,
    ) -> None:
        self.text = text
        self.position = position
        self.said = message
        self.values = values or {}
        self.message = message.format_map(self.values) if self.values else message
        self.code = code
        super().__init__(text, position, message, code, self.values)

    @property
    def fields(self) -> Mapping[str, str]:
        """The sentence, and the place counted from 1."""
        return {"message": self.message, "place": str(self.position + 1)}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something amiss in a wording that can be read all the same: its code, the place in the raw text, the sentence.

    Codes: weekday_mismatch, number_word_mismatch; in prose also missing_year, invalid_date,
    monthly_day.
    """

    code: str
    start: int
    end: int
    message: str


class Phrases(Generic[V_co]):
    """A vocabulary: phrases of one or more words, each with the value it stands for; the longest match wins."""

    def __init__(self, values: Mapping[str, V_co]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], V_co]]] = {}
        for phrase, value in values.items():
            keys = tuple(fold(word) for word in phrase.split())
            self._by_first.setdefault(keys[0], []).append((keys, value))
        for found in self._by_first.values():
            found.sort(key=lambda each: -len(each[0]))

    def match(self, tokens: tuple[Token, ...], at: int) -> tuple[int, V_co] | None:
        """The number of tokens of the longest phrase at `at`, and its value."""
        for keys, value in self._by_first.get(tokens[at].key, ()):
            here = tuple(token.key for token in tokens[at : at + len(keys)])
            if here == keys:
                return len(keys), value
        return None

    @property
    def first_keys(self) -> frozenset[str]:
        """The keys of the words that phrases begin with."""
        return frozenset(self._by_first)


def words(*phrases: str) -> Phrases[bool]:
    """A vocabulary whose phrases all mean the same."""
    return Phrases(dict.fromkeys(phrases, True))


class Cursor:
    """A position in a text. `prose`: the wording stands inside running text and ends where it ends."""

    def __init__(self, source: Source, *, default_year: int | None = None, prose: bool = False) -> None:
        self.source = source
        self.tokens = source.tokens
        self.default_year = default_year
        self.prose = prose
        self.pos = 0
        self.remarks: list[Remark] = []
        self.longer: tuple[int, str] | None = None  # the longer limit in brackets behind a number, unit by value
        self._peeking = 0
        self._depth = 0
        self._furthest = -1
        self._wanted: list[str] = []

    @property
    def token(self) -> Token:
        """The token here."""
        return self.tokens[self.pos]

    @property
    def done(self) -> bool:
        """Whether everything has been read."""
        return self.token.kind is Kind.END

    def ahead(self, n: int = 1) -> Token:
        """The token `n` places on (back, for n < 0), or the end."""
        return self.tokens[max(0, min(self.pos + n, len(self.tokens) - 1))]

    def adjacent(self, n: int = 0) -> bool:
        """Whether no space stands before the token `n` places on."""
        here = self.pos + n
        return 0 < here < len(self.tokens) and self.tokens[here - 1].to == self.tokens[here].at

    def take(self, phrases: Phrases[V]) -> V | None:
        """Step over the longest phrase of the vocabulary that stands here; its value, or None."""
        found = phrases.match(self.tokens, self.pos)
        if found is None:
            return None
        self.pos += found[0]
        return found[1]

    def sees(self, phrases: Phrases[V]) -> bool:
        """Whether a phrase of the vocabulary stands here."""
        return phrases.match(self.tokens, self.pos) is not None

    def reads(self, *words: str, ahead: int = 0) -> bool:
        """Whether the token `ahead` tokens on is one of the words, however spelled."""
        return self.ahead(ahead).key in map(fold, words)

    def skip(self, *keys: str) -> bool:
        """Step over one token with one of the keys."""
        if self.token.key in keys and not self.done:
            self.pos += 1
            return True
        return False

    def digits(self, least: int = 1, most: int = 4) -> int | None:
        """Step over a number of so many digits."""
        token = self.token
        if token.kind is not Kind.NUMBER or not least <= token.to - token.at <= most:
            return None
        self.pos += 1
        return int(token.key)

    def want(self, what: str) -> None:
        """Note that `what` was looked for here, for the message should nothing fit."""
        if self._peeking:
            return
        if self.pos > self._furthest:
            self._furthest, self._wanted = self.pos, []
        if self.pos == self._furthest and what not in self._wanted:
            self._wanted.append(what)

    @contextmanager
    def peek(self, ahead: int = 0) -> Iterator[None]:
        """Look further from `ahead` tokens on, and come back whatever happens."""
        pos, remarks = self.pos, len(self.remarks)
        self.pos += ahead
        self._peeking += 1
        try:
            yield
        finally:
            self.pos = pos
            self._peeking -= 1
            del self.remarks[remarks:]

    @contextmanager
    def nested(self, deepest: int) -> Iterator[None]:
        """Read what stands in brackets. Raises `WordingError` past so many levels."""
        if self._depth >= deepest:
            raise self.error("Quá nhiều dấu ngoặc lồng vào nhau.")
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def remark(self, code: str, first: int, message: str) -> None:
        """Note that something is amiss with the tokens from `first` up to here."""
        self.remarks.append(Remark(code, self.tokens[first].start, self.tokens[self.pos - 1].end, message))

    def error(self, message: str, code: str = "unreadable", at: int | None = None, **values: object) -> WordingError:
        """An error at the token `at`, by default the one here; `values` fill the names in the message."""
        place = self.tokens[self.pos if at is None else at].start
        return WordingError(self.source.raw, place, message, code, {name: str(each) for name, each in values.items()})

    def unreadable(self) -> WordingError:
        """The error for the furthest place that was reached."""
        at = max(self._furthest, 0)
        wanted = " hoặc ".join(self._wanted[:3]) or "một thời hạn"
        if self.tokens[at].kind is Kind.END:
            return self.error("Thời hạn viết chưa hết câu: còn thiếu {wanted}.", at=at, wanted=wanted)
        seen = cut(self.source.between(at, min(at + 4, len(self.tokens) - 1)))
        return self.error("Không đọc được «{seen}»: chỗ này cần {wanted}.", at=at, seen=seen, wanted=wanted)


def grammar(rule: Callable[Concatenate[Cursor, P], V]) -> Callable[Concatenate[Cursor, P], V]:
    """Make a function a grammar rule: when it returns None, the cursor is where it was."""

    def attempt(cursor: Cursor, /, *args: P.args, **kwargs: P.kwargs) -> V:
        pos, remarks = cursor.pos, len(cursor.remarks)
        found = rule(cursor, *args, **kwargs)
        if found is None:
            cursor.pos = pos
            del cursor.remarks[remarks:]
        return found

    attempt.__doc__ = rule.__doc__
    return attempt


def first_of(cursor: Cursor, rules: Iterable[Callable[[Cursor], V | None]]) -> V | None:
    """What the first rule that fits reads."""
    for rule in rules:
        found = rule(cursor)
        if found is not None:
            return found
    return None

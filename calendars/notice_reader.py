"""Reads notices from TOML; every refusal names the file and the line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from calendars.decisions import Compensation, FixedDay, Marked, Notice, NoticeError, Problem, Swap, Tet

_HEADER = re.compile(r"\s*\[+\s*([\w.-]+)\s*\]+")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_SYNTAX_LINE = re.compile(r"line (\d+)")
_LARGEST = 100_000
_KINDS = ("decision", "statute")

_TABLES = ("compensation", "fixed", "rejected", "swap", "tet")
_TOP = {field.name for field in fields(Notice)} - {"file", "compensations", "swaps"} | set(_TABLES)
_NEEDED = {
    str: "một chuỗi chữ trong ngoặc kép",
    int: "một số nguyên",
    bool: "true hoặc false",
    date: "một ngày dạng 2026-09-02, không có ngoặc kép",
    list: "một danh sách trong ngoặc vuông",
    dict: "một khối, như [tet]",
}


def parse_notice(text: str, file: str) -> Notice:
    """The notice that the TOML text holds; `file` names it in refusals.

    Raises NoticeError with every fault of the text.
    """
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _SYNTAX_LINE.search(str(error))
        line = int(found[1]) if found else len(text.splitlines())
        raise NoticeError([Problem.at(file, line, "syntax")]) from error
    return _Reader(file, text, data).notice()


def read_notice(path: Path) -> Notice:
    """The notice that the file holds; raises NoticeError when it cannot be read."""
    try:
        if path.stat().st_size > _LARGEST:
            raise NoticeError([Problem.at(path.name, 0, "too_large")])
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NoticeError([Problem.at(path.name, 0, "unreadable")]) from error
    return parse_notice(text, path.name)


@cache
def packaged_notices() -> tuple[Notice, ...]:
    """The notices that come with this package, in the order of their files' names."""
    folder = files("calendars") / "notices"
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    return tuple(parse_notice(item.read_text(encoding="utf-8"), item.name) for item in found)


class _Lines:
    """Where each table and key of a TOML text stands; good for the flat files that notices are."""

    def __init__(self, text: str) -> None:
        self._at: dict[tuple[str, int, str], int] = {}
        table, seen = "", dict[str, int]()
        for number, line in enumerate(text.splitlines(), 1):
            if header := _HEADER.match(line):
                table = header[1]
                seen[table] = seen.get(table, -1) + 1
                self._at[table, seen[table], ""] = number
            elif key := _KEY.match(line):
                self._at.setdefault((table, seen.get(table, 0), key[1]), number)

    def of(self, table: str, position: int, key: str) -> int:
        """The line of the key, else that of its table, else that of a top-level key of the table's name."""
        places = ((table, position, key), (table, position, ""), ("", 0, table or key))
        return next((self._at[place] for place in places if place in self._at), 0)


@dataclass(frozen=True, slots=True)
class _Section:
    """One table of the file ("" is the top), with typed access that notes what is wrong instead of raising."""

    file: str
    lines: _Lines
    problems: list[Problem]
    values: Mapping[str, Any]
    table: str = ""
    position: int = 0

    def line(self, key: str = "") -> int:
        return self.lines.of(self.table, self.position, key)

    def refuse(self, where: str, code: str, /, **values: object) -> None:
        self.problems.append(Problem.at(self.file, self.line(where), code, **values))

    def only(self, known: set[str]) -> None:
        for key in sorted(self.values.keys() - known):
            self.refuse(key, "unknown_key", key=key)

    def optional(self, key: str, kind: type[Any]) -> Any:
        value = self.values.get(key)
        if value is None or type(value) is kind:
            return value
        self.refuse(key, "wrong_type", key=key, needed=_NEEDED[kind])
        return None

    def needed(self, key: str, kind: type[Any]) -> Any:
        if self.values.get(key) in (None, ""):
            self.refuse("" if self.table else key, "missing", key=key)
            return None
        return self.optional(key, kind)

    def text(self, key: str) -> str:
        return str(self.needed(key, str))

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        value = self.values.get(key, choices[0])
        if value not in choices:
            self.refuse(key, "wrong_type", key=key, needed=f"một trong: {', '.join(choices)}")
        return str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(text for text in self.items(key, str))

    def dates(self, key: str) -> tuple[Marked, ...]:
        return tuple(Marked(on, self.line(key)) for on in self.items(key, date))

    def items(self, key: str, kind: type[Any]) -> Iterator[Any]:
        for value in self.optional(key, list) or ():
            if type(value) is kind:
                yield value
            else:
                self.refuse(key, "wrong_type", key=key, needed=f"một danh sách, mỗi phần tử là {_NEEDED[kind]}")

    def tables(self, table: str) -> Iterator[_Section]:
        given = self.values.get(table, [])
        if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
            self.refuse(table, "wrong_type", key=table, needed=f"các khối [[{table}]]")
            return
        for position, values in enumerate(given):
            yield _Section(self.file, self.lines, self.problems, values, table, position)


class _Reader:
    def __init__(self, file: str, text: str, data: Mapping[str, Any]) -> None:
        self._problems: list[Problem] = []
        self._top = _Section(file, _Lines(text), self._problems, data)

    def notice(self) -> Notice:
        top = self._top
        top.only(_TOP)
        beside = top.optional("beside_national_day", date)
        top.choice("kind", _KINDS)
        self._demand_paper()
        notice = Notice(
            file=top.file,
            form=top.text("form"),
            issuer=top.text("issuer"),
            settles=top.text("settles"),
            kind=str(top.values.get("kind", _KINDS[0])),
            number=top.optional("number", str),
            issued_on=top.optional("issued_on", date),
            sources=top.texts("sources"),
            also=top.texts("also"),
            replaces=top.texts("replaces"),
            approval=top.optional("approval", str),
            confidence=top.choice("confidence", ("confirmed", "secondary")),
            provisional=bool(top.optional("provisional", bool)),
            valid_from=top.optional("valid_from", date),
            valid_until=top.optional("valid_until", date),
            article=top.optional("article", str),
            compensation_article=top.optional("compensation_article", str),
            tet_days=top.optional("tet_days", int),
            national_days=top.optional("national_days", int),
            fixed=tuple(self._fixed()),
            hung_kings=top.dates("hung_kings"),
            tet=self._tet(),
            beside_national_day=beside and Marked(beside, top.line("beside_national_day")),
            compensations=tuple(Compensation(*pair) for pair in self._pairs("compensation", "holiday")),
            swaps=tuple(Swap(*pair) for pair in self._pairs("swap", "worked")),
            rejected=tuple(Swap(*pair) for pair in self._pairs("rejected", "worked")),
        )
        if self._problems:
            raise NoticeError(sorted(self._problems, key=lambda problem: problem.line or _LARGEST))
        return notice

    def _demand_paper(self) -> None:
        """A decision names its paper; a draft may have neither number nor date, one at second hand no date."""
        top = self._top
        if top.values.get("kind", _KINDS[0]) == "decision":
            draft, second_hand = top.values.get("provisional") is True, top.values.get("confidence") == "secondary"
            demanded = {"number": not draft, "issued_on": not (draft or second_hand), "sources": True}
            for key in (key for key, needed in demanded.items() if needed):
                if top.values.get(key) in (None, "", [], [""]):
                    top.refuse(key, "missing", key=key)

    def _pairs(self, table: str, other: str) -> Iterator[tuple[date, date, int]]:
        for section in self._top.tables(table):
            section.only({"off", other})
            missing = {"off", other} - section.values.keys()
            if len(missing) == 1:
                section.refuse("", "half_pair", key=missing.pop())
                continue
            pair = [section.needed(key, date) for key in ("off", other)]
            if all(pair):
                yield pair[0], pair[1], section.line()

    def _fixed(self) -> Iterator[FixedDay]:
        for section in self._top.tables("fixed"):
            section.only({"month", "day", "name"})
            month, day = (section.needed(key, int) for key in ("month", "day"))
            name = section.text("name")
            if month and day:
                yield self._checked(section, FixedDay(month, day, name))

    def _checked(self, section: _Section, fixed: FixedDay) -> FixedDay:
        try:
            date(2025, fixed.month, fixed.day)
        except ValueError:
            section.refuse("day", "wrong_type", key="day", needed="một ngày có thật của tháng")
        return fixed

    def _tet(self) -> Tet | None:
        values = self._top.optional("tet", dict)
        if values is None:
            return None
        section = _Section(self._top.file, self._top.lines, self._problems, values, "tet")
        section.only({"first", "last", "new_year", "eve"})
        days = [section.needed(key, date) for key in ("first", "last", "new_year")]
        eve = section.needed("eve", int)
        if eve not in (None, 29, 30):
            section.refuse("eve", "wrong_type", key="eve", needed="29 hoặc 30 (ngày cuối của tháng Chạp)")
        if not (all(days) and eve):
            return None
        first, last, new_year = days
        tet = Tet(first, last, new_year, eve, section.line())
        if not tet.first < tet.new_year <= tet.last:
            section.refuse("first", "tet_order")
        return tet

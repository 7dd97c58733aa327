"""Reads notices from TOML; every refusal names the file and the line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from calendars.decisions import Compensation, FixedDay, Marked, Notice, NoticeError, Problem, Swap, Tet

_TABLE = re.compile(r"\s*\[+\s*([\w.-]+)\s*\]+")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_SYNTAX_LINE = re.compile(r"line (\d+)")

_KEYS = frozenset(field.name for field in fields(Notice)) - {"file", "compensations", "swaps"} | {
    "compensation",
    "swap",
}
"""What a file may say at its top level."""


def parse_notice(text: str, file: str) -> Notice:
    """The notice that the TOML text holds; `file` names it in refusals.

    Raises NoticeError with every fault of the text.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _SYNTAX_LINE.search(str(error))
        line = int(found[1]) if found else 0
        raise NoticeError([Problem(file, line, "syntax", f"tệp TOML viết sai cú pháp ({error}).")]) from error
    return _Reader(file, text, data).notice()


def read_notice(path: Path) -> Notice:
    """The notice that the file holds; raises NoticeError when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = "không đọc được tệp; hãy kiểm tra đường dẫn và lưu tệp dưới dạng UTF-8."
        raise NoticeError([Problem(str(path), 0, "unreadable", message)]) from error
    return parse_notice(text, path.name)


@cache
def packaged_notices() -> tuple[Notice, ...]:
    """The notices that come with this package, in the order of their files."""
    folder = files("calendars") / "notices"
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    return tuple(parse_notice(item.read_text(encoding="utf-8"), item.name) for item in found)


class _Lines:
    """Where each table and key of a TOML text stands; good for the flat files that notices are."""

    def __init__(self, text: str) -> None:
        self._at: dict[tuple[str, int, str], int] = {}
        table, seen = "", dict[str, int]()
        for number, line in enumerate(text.splitlines(), 1):
            if header := _TABLE.match(line):
                table = header[1]
                seen[table] = seen.get(table, -1) + 1
                self._at[table, seen[table], ""] = number
            elif key := _KEY.match(line):
                self._at.setdefault((table, seen.get(table, 0), key[1]), number)

    def of(self, table: str, position: int, key: str) -> int:
        """The line of the key, else that of its table, else that of a top-level key of the table's name."""
        places = ((table, position, key), (table, position, ""), ("", 0, table or key))
        return next((self._at[place] for place in places if place in self._at), 0)


class _Reader:
    def __init__(self, file: str, text: str, data: Mapping[str, Any]) -> None:
        self._file = file
        self._data = data
        self._lines = _Lines(text)
        self._problems: list[Problem] = []

    def notice(self) -> Notice:
        data = self._data
        for key in data.keys() - _KEYS:
            self._refuse("", 0, key, "unknown_key", f"không có mục nào tên «{key}».")
        notice = Notice(
            file=self._file,
            kind=self._choice("kind", ("decision", "statute"), "decision"),
            confidence=self._choice("confidence", ("confirmed", "secondary", "statute"), "confirmed"),
            provisional=bool(self._typed("", 0, data, "provisional", bool)),
            hung_kings=self._marked("hung_kings"),
            beside_national_day=next(iter(self._marked("beside_national_day")), None),
            tet=self._tet(),
            fixed=self._fixed(),
            compensations=tuple(Compensation(*pair) for pair in self._pairs("compensation", "off", "holiday")),
            swaps=tuple(Swap(*pair) for pair in self._pairs("swap", "off", "worked")),
            rejected=tuple(Swap(*pair) for pair in self._pairs("rejected", "off", "worked")),
            form=self._text("form"),
            issuer=self._text("issuer"),
            settles=self._text("settles"),
            number=self._optional("number"),
            approval=self._optional("approval"),
            article=self._optional("article"),
            compensation_article=self._optional("compensation_article"),
            issued_on=self._date("", 0, data, "issued_on"),
            valid_from=self._date("", 0, data, "valid_from"),
            valid_until=self._date("", 0, data, "valid_until"),
            tet_days=self._typed("", 0, data, "tet_days", int),
            national_days=self._typed("", 0, data, "national_days", int),
            sources=self._texts("sources"),
            also=self._texts("also"),
        )
        if self._problems:
            raise NoticeError(sorted(self._problems, key=lambda problem: problem.line))
        return notice

    def _refuse(self, table: str, position: int, key: str, code: str, message: str) -> None:
        self._problems.append(Problem(self._file, self._lines.of(table, position, key), code, message))

    def _typed(self, table: str, position: int, values: Mapping[str, Any], key: str, kind: type[Any]) -> Any:
        value = values.get(key)
        if value is None or type(value) is kind:
            return value
        needed = {str: "một chuỗi chữ", int: "một số nguyên", bool: "true hoặc false", list: "một danh sách"}[kind]
        self._refuse(table, position, key, "wrong_type", f"mục «{key}» phải là {needed}.")
        return None

    def _optional(self, key: str) -> str | None:
        value = self._typed("", 0, self._data, key, str)
        return None if value is None else str(value)

    def _text(self, key: str) -> str:
        value = self._optional(key)
        if not value and not self._problems_at(key):
            self._refuse("", 0, key, "missing", f"thiếu mục «{key}».")
        return value or ""

    def _problems_at(self, key: str) -> bool:
        return any(f"«{key}»" in problem.message for problem in self._problems)

    def _texts(self, key: str) -> tuple[str, ...]:
        values = self._typed("", 0, self._data, key, list) or []
        if any(type(value) is not str for value in values):
            self._refuse("", 0, key, "wrong_type", f"mục «{key}» phải là một danh sách chuỗi chữ.")
        return tuple(map(str, values))

    def _choice(self, key: str, choices: tuple[str, ...], default: str) -> str:
        value = self._data.get(key, default)
        if value not in choices:
            self._refuse("", 0, key, "wrong_value", f"mục «{key}» phải là một trong: {', '.join(choices)}.")
        return str(value)

    def _date(self, table: str, position: int, values: Mapping[str, Any], key: str) -> date | None:
        value = values.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self._refuse(table, position, key, "wrong_type", f"mục «{key}» phải là một ngày dạng 2026-09-02.")
        return None

    def _needed_date(self, table: str, position: int, values: Mapping[str, Any], key: str) -> date | None:
        if key not in values:
            self._refuse(table, position, key, "missing", f"mục «{table}» thiếu ngày «{key}».")
        return self._date(table, position, values, key)

    def _marked(self, key: str) -> tuple[Marked, ...]:
        value = self._data.get(key, [])
        values = value if isinstance(value, list) else [value]
        if any(not isinstance(item, date) or isinstance(item, datetime) for item in values):
            self._refuse("", 0, key, "wrong_type", f"mục «{key}» phải là ngày dạng 2026-09-01.")
            return ()
        return tuple(Marked(item, self._lines.of("", 0, key)) for item in values)

    def _tables(self, table: str) -> list[Mapping[str, Any]]:
        values = self._data.get(table, [])
        if isinstance(values, list) and all(isinstance(item, dict) for item in values):
            return values
        self._refuse(table, 0, "", "wrong_type", f"mục «{table}» phải viết thành khối [[{table}]].")
        return []

    def _unknown(self, table: str, position: int, values: Mapping[str, Any], known: set[str]) -> None:
        for key in values.keys() - known:
            self._refuse(table, position, key, "unknown_key", f"mục «{table}» không có phần nào tên «{key}».")

    def _pairs(self, table: str, left: str, right: str) -> list[tuple[date, date, int]]:
        pairs = []
        for position, values in enumerate(self._tables(table)):
            self._unknown(table, position, values, {left, right})
            if (left in values) != (right in values):
                missing = right if left in values else left
                message = f"cặp «{table}» thiếu ngày «{missing}»; mỗi cặp phải có đủ «{left}» và «{right}»."
                self._refuse(table, position, "", "half_pair", message)
                continue
            first, second = (self._needed_date(table, position, values, key) for key in (left, right))
            if first and second:
                pairs.append((first, second, self._lines.of(table, position, "")))
        return pairs

    def _fixed(self) -> tuple[FixedDay, ...]:
        days = []
        for position, values in enumerate(self._tables("fixed")):
            self._unknown("fixed", position, values, {"month", "day", "name"})
            month, day = (self._typed("fixed", position, values, key, int) for key in ("month", "day"))
            name = self._typed("fixed", position, values, "name", str)
            if month and day and name:
                days.append(FixedDay(month, day, name))
            else:
                self._refuse("fixed", position, "", "missing", "mục «fixed» cần đủ month, day và name.")
        return tuple(days)

    def _tet(self) -> Tet | None:
        values = self._data.get("tet")
        if values is None:
            return None
        if not isinstance(values, dict):
            self._refuse("tet", 0, "", "wrong_type", "mục «tet» phải viết thành khối [tet].")
            return None
        self._unknown("tet", 0, values, {"first", "last", "new_year", "eve"})
        first, last, new_year = (self._needed_date("tet", 0, values, key) for key in ("first", "last", "new_year"))
        eve = values.get("eve")
        if eve not in (29, 30):
            self._refuse("tet", 0, "eve", "wrong_value", "mục «eve» là ngày cuối tháng Chạp: 29 hoặc 30.")
            return None
        if not (first and last and new_year):
            return None
        if not first < new_year <= last:
            self._refuse(
                "tet", 0, "first", "tet_order", "kỳ nghỉ Tết phải bắt đầu trước mùng 1 và kết thúc từ mùng 1 trở đi."
            )
        return Tet(first, last, new_year, eve, self._lines.of("tet", 0, ""))

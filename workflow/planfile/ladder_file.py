"""A ladder of notices as a TOML file that people write, read strictly: every problem is one sentence with its place.

[[rung]]
name = "warn_3"             # small letters, digits, underscores; each once
base = "before_due"         # opening · before_due · after_due
working_days = 3            # how many working days before or after
to = ["owner"]              # owner · coordinator · head · chair · supervisor
repeat_every = 2            # after the limit only: again every so many working days, until the step ends
reassign_to = "Văn phòng"   # the unit that the step is given to when the rung is reached
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

from workflow.domain.deciding_ladder import check_ladder
from workflow.domain.errors import BadInput
from workflow.domain.ladder import Audience, Base, Ladder, Rung

MOST_BYTES: Final = 64 * 1024
MOST_RUNGS: Final = 50
LONGEST_UNIT: Final = 300
_KEYS: Final = ("name", "base", "working_days", "to", "repeat_every", "reassign_to")
Choice = TypeVar("Choice", bound=StrEnum)


class LadderFileError(BadInput):
    """A file that is no ladder."""

    template = "Tệp «{file}» không dùng được làm bậc thang nhắc việc."


class LadderFileUnreadable(LadderFileError):
    template = "Không đọc được tệp «{file}»; hãy kiểm tra tên tệp và quyền đọc."


class LadderFileTooLarge(LadderFileError):
    template = "Tệp «{file}» quá lớn, không thể là bậc thang nhắc việc."


class LadderNotToml(LadderFileError):
    template = (
        "Tệp «{file}» không phải TOML đọc được ({why}); xem mẫu bằng lệnh «doithoai ladder show dialogue --toml»."
    )


class LadderTableUnknown(LadderFileError):
    template = "Tệp «{file}»: không có mục «{key}» ngoài các bậc; mỗi bậc mở đầu bằng dòng [[rung]]."


class LadderKeyUnknown(LadderFileError):
    template = "Tệp «{file}», bậc thứ {place}: không có mục «{key}»; các mục dùng được: {known}."


class LadderWithoutRungs(LadderFileError):
    template = "Tệp «{file}» chưa có bậc nào; mỗi bậc mở đầu bằng dòng [[rung]], nhiều nhất {most} bậc."


class LadderKeyMissing(LadderFileError):
    template = "Tệp «{file}», bậc thứ {place}: thiếu mục «{key}»."


class LadderValueUnknown(LadderFileError):
    template = "Tệp «{file}», bậc thứ {place}: mục «{key}» không nhận giá trị {value}; hãy chọn trong: {choices}."


class LadderValueNotText(LadderFileError):
    template = "Tệp «{file}», bậc thứ {place}: mục «{key}» cần một dòng chữ trong dấu nháy kép, không phải {value}."


class LadderValueNotNumber(LadderFileError):
    template = "Tệp «{file}», bậc thứ {place}: mục «{key}» cần một số nguyên, không phải {value}."


class LadderValueNotList(LadderFileError):
    template = 'Tệp «{file}», bậc thứ {place}: mục «{key}» cần một danh sách như ["owner", "head"], không phải {value}.'


def shipped_ladder() -> Ladder:
    """The ladder that is shipped for every kind of plan."""
    return read_ladder(Path(__file__).parent.parent / "ladders" / "default.toml")


def read_ladder(path: Path) -> Ladder:
    """The ladder that a file holds. Raises a `LadderFileError`, or what `check_ladder` refuses with."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        text = raw.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise LadderFileUnreadable(file=path.name or str(path)) from error
    if len(raw) > MOST_BYTES:
        raise LadderFileTooLarge(file=path.name)
    return parse_ladder(text, path.name)


def parse_ladder(text: str, name: str) -> Ladder:
    """The ladder that a text holds; `name` is what problems call it. Raises as `read_ladder` does."""
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise LadderNotToml(file=name, why=str(error)[:120]) from error
    for key in tables:
        if key != "rung":
            raise LadderTableUnknown(file=name, key=key[:40])
    rungs = tables.get("rung")
    if not isinstance(rungs, list) or not 0 < len(rungs) <= MOST_RUNGS:
        raise LadderWithoutRungs(file=name, most=MOST_RUNGS)
    ladder = tuple(_Table(table, name, place).rung() for place, table in enumerate(rungs, 1))
    check_ladder(ladder)
    return ladder


def write_ladder(ladder: Ladder) -> str:
    """A ladder as the text of a file that reads back as the same ladder."""
    return "\n".join("".join(f"{line}\n" for line in _lines(rung)) for rung in ladder)


def _lines(rung: Rung) -> Iterator[str]:
    yield "[[rung]]"
    yield f'name = "{rung.name}"'
    yield f'base = "{rung.base.value}"'
    yield f"working_days = {rung.working_days}"
    yield f"to = {json.dumps([each.value for each in rung.audience])}"
    if rung.repeat_every is not None:
        yield f"repeat_every = {rung.repeat_every}"
    if rung.reassign_to is not None:
        yield f"reassign_to = {json.dumps(rung.reassign_to, ensure_ascii=False)}"


class _Table:
    """One [[rung]] of a file."""

    def __init__(self, table: object, file: str, place: int) -> None:
        self.file, self.place = file, place
        if not isinstance(table, dict):
            raise LadderWithoutRungs(file=file, most=MOST_RUNGS)
        self.table: Mapping[str, Any] = table

    def rung(self) -> Rung:
        """The rung that it states."""
        for key in self.table:
            if key not in _KEYS:
                raise LadderKeyUnknown(file=self.file, place=self.place, key=key[:40], known=", ".join(_KEYS))
        return Rung(
            name=self._text("name"),
            base=self._chosen(Base, self._value("base"), "base"),
            working_days=self._number("working_days"),
            audience=self._audience(),
            repeat_every=self._number("repeat_every") if "repeat_every" in self.table else None,
            reassign_to=self._text("reassign_to") if "reassign_to" in self.table else None,
        )

    def _value(self, key: str) -> object:
        if key not in self.table:
            raise LadderKeyMissing(file=self.file, place=self.place, key=key)
        return self.table[key]

    def _text(self, key: str) -> str:
        value = self._value(key)
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_UNIT or not value.isprintable():
            raise self._refusal(LadderValueNotText, key, value)
        return " ".join(value.split())

    def _number(self, key: str) -> int:
        value = self._value(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._refusal(LadderValueNotNumber, key, value)
        return value

    def _audience(self) -> tuple[Audience, ...]:
        value = self._value("to")
        if not isinstance(value, list) or not value:
            raise self._refusal(LadderValueNotList, "to", value)
        return tuple(dict.fromkeys(self._chosen(Audience, each, "to") for each in value))

    def _chosen(self, kind: type[Choice], value: object, key: str) -> Choice:
        values = [each.value for each in kind]
        if not isinstance(value, str) or value not in values:
            raise self._refusal(LadderValueUnknown, key, value, choices=", ".join(values))
        return kind(value)

    def _refusal(self, kind: type[LadderFileError], key: str, value: object, **more: object) -> LadderFileError:
        return kind(file=self.file, place=self.place, key=key, value=repr(value)[:60], **more)

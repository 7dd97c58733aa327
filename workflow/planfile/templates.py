"""The plans that are shipped to begin with, one for each process, with the citation of each limit as a comment.

A template is a plan file with places to fill in, each in quotation marks: `"{organization}"`. A plan keeps the name and
version of its template ("dialogue@1"); a newer version of the template changes no plan that was made from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workflow.domain.definition import Meeting
from workflow.domain.errors import BadInput, NotFound
from workflow.planfile.reading import parse_plan
from workflow.planfile.values import LONGEST_TEXT

FOLDER: Final = Path(__file__).parent.parent / "templates"
_PLACE: Final = re.compile(r"\{(organization|year|meeting)\}")


class TemplateUnknown(NotFound):
    template = "Không có mẫu kế hoạch «{name}»; các mẫu là: {known}."


class FillingWrong(BadInput):
    template = "«{text}» không ghi vào kế hoạch được vì để trống, quá dài hoặc có ký tự điều khiển; hãy gõ lại."


@dataclass(frozen=True, slots=True)
class Template:
    """A shipped template: its name and version ("dialogue@1"), what it is for, and on what its limits rest."""

    name: str
    version: str
    about: str
    basis: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Filling:
    """What is put into the places of a template; `year` stands in its title where the meeting has no day or month."""

    organization: str
    year: int
    meeting: Meeting
    title: str | None = None


def template_names() -> tuple[str, ...]:
    """The names of all templates, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def template(name: str) -> Template:
    """A template by its name. Raises `TemplateUnknown`."""
    if name not in template_names():
        raise TemplateUnknown(name=name, known=", ".join(template_names()))
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    about, *basis = _header(text)
    version = re.search(r"^template: (\S+)$", text, re.MULTILINE)
    assert version is not None
    return Template(name, version[1], about, tuple(line.partition(": ")[2] for line in basis), text)


def filled(name: str, filling: Filling) -> str:
    """The plan file that a template makes, comments and all. Raises `TemplateUnknown`, `FillingWrong`."""
    meeting = filling.meeting
    year = meeting.on.year if meeting.on is not None else meeting.month[0] if meeting.month else filling.year
    places = {"organization": _quoted(filling.organization), "year": str(year), "meeting": _meeting(meeting)}
    whole = template(name)
    text = _PLACE.sub(lambda found: places[found[1]], whole.text)
    if filling.title is not None:
        title = _quoted(filling.title)
        text = re.sub(r'^title: ".*"$', lambda _: f'title: "{title}"', text, count=1, flags=re.MULTILINE)
    text = text.replace("\nmeeting: \n", "\n").replace("\nmeeting:  #", "\nmeeting: #")
    parse_plan(text, f"{name}.yaml")
    return text


def _header(text: str) -> list[str]:
    """The comments at the top of a template, each made whole again: a line that is indented goes on with the last."""
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        words = line.removeprefix("#")
        if words.startswith("   "):
            lines[-1] += f" {words.strip()}"
        else:
            lines.append(words.strip())
    return lines


def _meeting(meeting: Meeting) -> str:
    said: Mapping[str, str | None] = {
        "on": meeting.on.isoformat() if meeting.on is not None else None,
        "at": f'"{meeting.at:%H:%M}"' if meeting.at is not None else None,
        "month": f"{meeting.month[0]:04}-{meeting.month[1]:02}" if meeting.month is not None else None,
        "place": f'"{_quoted(meeting.place)}"' if meeting.place is not None else None,
    }
    known = ", ".join(f"{key}: {value}" for key, value in said.items() if value is not None)
    return f"{{{known}}}" if known else ""


def _quoted(text: str) -> str:
    """A text as it may stand between quotation marks in YAML. Raises `FillingWrong`."""
    line = " ".join(text.split())
    if not line or not line.isprintable() or len(line) > LONGEST_TEXT // 4:
        raise FillingWrong(text="".join(letter if letter.isprintable() else "□" for letter in line[:80]))
    return line.replace("\\", "\\\\").replace('"', '\\"')

"""The guide for people: pages that are there, links that lead somewhere, labels that the screens have."""

from __future__ import annotations

import re
import tomllib
from functools import cache

import pytest

from tests.architecture.source import ROOT
from tests.architecture.texts import gathered
from workflow.domain.ladder import Audience
from workflow.ports import Person
from workflow.web.navigation import GUIDE_OF, GUIDES, help_for
from workflow.web.views.help import FOLDER, address, guide_page, pages

GUIDE = ROOT / "docs/vi"
NAMES = ["", *sorted(pages())]
EXAMPLES = frozenset({"tôi có một văn bản Word", "ai chậm", "10 ngày làm việc sau hội nghị"})
"""Quoted, and no label."""
_FIELD = re.compile(r"%\\\(\w+\\\)[sd]|\\\{\w+\\\}")


def source(name: str) -> str:
    """The Markdown of a page."""
    return (GUIDE / f"{name or 'README'}.md").read_text(encoding="utf-8")


@cache
def labels() -> re.Pattern[str]:
    """Every text of the program but of its commands, a field standing for any words."""
    said = (text.msgid for text in gathered() if not text.place.startswith("workflow/cli/"))
    shapes = {_FIELD.sub(".+", re.escape(msgid)) for msgid in said}
    return re.compile("|".join(sorted(shapes)), re.IGNORECASE)


def strange_labels(text: str) -> list[str]:
    """What is quoted as a label and is no text of the program."""
    quoted = (" ".join(words.split()) for words in re.findall("«([^»]+)»", text))
    return [words for words in quoted if words not in EXAMPLES and not labels().fullmatch(words)]


@pytest.mark.parametrize("name", NAMES)
def test_every_label_that_the_guide_quotes_is_on_a_screen(name: str) -> None:
    assert strange_labels(source(name)) == []


def test_a_label_that_was_changed_is_found() -> None:
    assert strange_labels("Bấm «Ghi nhận\nhoàn thành», rồi «Ghi nhận hoàn tất».") == ["Ghi nhận hoàn tất"]


@pytest.mark.parametrize("name", NAMES)
def test_every_link_and_picture_of_the_guide_is_there(name: str) -> None:
    targets = re.findall(r"\]\(([^)]+)\)", source(name))
    assert [target for target in targets if not (GUIDE / target).is_file()] == []


@pytest.mark.parametrize("name", NAMES)
def test_links_between_pages_lead_to_pages_of_the_application(name: str) -> None:
    there = {address(f"{each or 'README'}.md") for each in NAMES}
    assert set(re.findall('href="([^"]*)"', guide_page(name).body)) <= there


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_short_and_has_a_heading_and_no_picture_inside_the_application(name: str) -> None:
    page = guide_page(name)
    assert page.title
    assert "<img" not in page.body
    assert "<h1" not in page.body
    assert len(source(name).split()) <= 750


def test_the_index_leads_to_every_page() -> None:
    assert {f"/help/{name}" for name in pages()} <= set(re.findall('href="([^"]*)"', guide_page("").body))


def test_a_page_that_is_not_there_is_not_looked_for_elsewhere() -> None:
    for name in ("../glossary", "README", "x", "can-bo.md"):
        with pytest.raises(KeyError):
            guide_page(name)


def test_every_role_has_its_page_and_every_address_one_that_is_there() -> None:
    assert set(GUIDE_OF) == set(Audience)
    assert {*GUIDE_OF.values(), *(name for _start, name in GUIDES)} == {"", *pages()}


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/", "/help/can-bo"),
        ("/plans/x/steps/y", "/help/can-bo"),
        ("/plans/new", "/help/dieu-phoi"),
        ("/calendar/adopt/confirm", "/help/quan-tri"),
        ("/calendar/2026", "/help/nguoi-dan"),
        ("/chairs", "/help/can-bo"),
        ("/account", "/help"),
    ],
)
def test_the_address_decides_and_else_the_role(path: str, page: str) -> None:
    assert help_for(path, Person("lan", "Lan", None, "Văn phòng", Audience.OWNER, "UBND xã An Bình")) == page


def test_who_has_not_signed_in_is_led_to_the_index() -> None:
    assert help_for("/", None) == "/help"


def test_the_guide_has_one_source_and_is_installed_with_the_program() -> None:
    assert FOLDER.resolve() == GUIDE
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "**/*.md" in settings["tool"]["setuptools"]["package-data"]["workflow"]

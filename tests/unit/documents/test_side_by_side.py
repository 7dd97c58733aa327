"""The page side by side: every step and its words linked both ways, nothing from elsewhere, everything escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from calendars import vietnam_office
from calendars.rules import Before, By, Moment, Month, Readings, Unit, Within, due
from tests.drafts import CELLS, DOCUMENT, DRAFT, source
from workflow.documents.side_by_side import COLOURS, colour_of, side_by_side
from workflow.domain.lint_findings import Words
from workflow.intake.document import Block, BlockKind, Cell, Document
from workflow.intake.draft import Draft, DraftMeeting, LatestSafe

OFFICE = vietnam_office()
LIMITS = {
    step.key: due(step.deadline.rule, OFFICE, {}, Readings())
    for step in DRAFT.steps
    if step.deadline and isinstance(step.deadline.rule, Before)
}
HOSTILE = "<script>alert(1)</script>\"'&amp; </mark> {{ 7 * 7 }} {% raw %} ]]>"


class Page(HTMLParser):
    """The ids, links, tags and words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.elsewhere: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if tag == "a" else []
        self.elsewhere += [name for name in found if name in ("src", "srcset", "onclick", "style")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page_of(draft: Draft = DRAFT, document: Document = DOCUMENT, language: str = "vi") -> Page:
    return Page(
        side_by_side(document, draft, LIMITS, name="ke-hoach.docx", language="en" if language == "en" else "vi")
    )


PAGE = page_of()


def test_every_link_leads_somewhere_and_no_place_has_two_names() -> None:
    assert sorted({link for link in PAGE.links if link.removeprefix("#") not in PAGE.ids}) == []
    assert len(PAGE.ids) == len(set(PAGE.ids))


def test_each_step_links_to_its_words_and_its_words_to_the_step() -> None:
    for number, step in enumerate(DRAFT.steps, 1):
        assert f"viec-{number}" in PAGE.ids
        assert (f"nguon-{number}-1" in PAGE.ids) == bool(step.sources)
        assert (f"#nguon-{number}-1" in PAGE.links) == bool(step.sources)


def test_the_page_needs_nothing_else() -> None:
    assert {"script", "link", "img", "iframe", "form"} & set(PAGE.tags) == set()
    assert PAGE.elsewhere == []
    assert all(link.startswith("#") for link in PAGE.links)
    assert "url(" not in side_by_side(DOCUMENT, DRAFT, LIMITS)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_words_of_a_document_are_taken_for_markup(language: str) -> None:
    text = f"{HOSTILE} hạn"
    document = Document(text, (Block(0, len(text)),), "txt")
    wild = replace(
        DRAFT,
        title=HOSTILE,
        organization=HOSTILE,
        chair=HOSTILE,
        document_number=HOSTILE,
        meeting=DraftMeeting(place=HOSTILE),
        steps=tuple(
            replace(step, name=HOSTILE, owner=HOSTILE, product=HOSTILE, coordinating=(HOSTILE,), reference=HOSTILE)
            for step in DRAFT.steps
        ),
        edges=tuple(replace(edge, why=HOSTILE, words=HOSTILE) for edge in DRAFT.edges),
        findings=tuple(replace(each, source=HOSTILE, words=Words(0, 5, HOSTILE)) for each in DRAFT.findings),
    )
    page = page_of(wild, document, language)
    assert "script" not in page.tags
    assert "49" not in page.words
    assert page.elsewhere == []
    assert any(HOSTILE in words for words in page.words)


def test_overlapping_words_carry_both_colours_and_both_numbers() -> None:
    text = side_by_side(DOCUMENT, DRAFT, LIMITS)
    (shared,) = re.findall(r'<mark class="([^"]*)">thu phiếu hỏi</mark>', text)
    assert shared.split() == ["a1", "b2", "two"]


def test_colours_come_round_and_numbers_go_on() -> None:
    assert [colour_of(number) for number in (1, COLOURS, COLOURS + 1)] == [1, COLOURS, 1]


def test_a_table_stays_a_table_with_its_merged_cells() -> None:
    assert side_by_side(DOCUMENT, DRAFT, LIMITS).count("<td><p>") == sum(map(len, CELLS))
    blocks = (
        Block(0, 1, BlockKind.CELL, cell=Cell(0, 0, 0, rows=2)),
        Block(1, 2, BlockKind.CELL, cell=Cell(0, 0, 1, columns=3)),
        Block(2, 3, BlockKind.CELL, cell=Cell(0, 1, 1)),
        Block(3, 4, BlockKind.CELL, cell=Cell(1, 0, 0)),
    )
    text = side_by_side(Document("abcd", blocks, "docx"), replace(DRAFT, steps=(), edges=(), findings=()), {})
    assert text.count("<table>") == 2
    assert 'rowspan="2"' in text
    assert 'colspan="3"' in text


def test_dates_proposals_doubts_and_the_order_are_told() -> None:
    words = " ".join(" ".join(PAGE.words).split())
    assert "Thứ Năm 23/04/2026" in words
    for said in ("72/2025/QH15", "theo quy định", "văn bản ghi thứ tự", "Đề xuất thêm", "Lịch tính lùi", "Chưa rõ"):
        assert said.lower() in words.lower(), said


def test_a_finding_links_to_the_words_that_it_is_about() -> None:
    at = source("ngày 15/5/2026")
    finding = replace(DRAFT.findings[0], words=Words(at.start, at.end, at.text))
    page = page_of(replace(DRAFT, findings=(finding,)))
    assert {"cho-1", "phat-hien-1"} <= set(page.ids)
    assert {"#cho-1", "#phat-hien-1"} <= set(page.links)
    gone = page_of(replace(DRAFT, findings=(replace(finding, words=Words(9999, 10000, "đâu đó")),)))
    assert "#cho-1" not in gone.links


def test_a_limit_that_hangs_on_an_open_day_says_so_and_one_on_a_rest_day_shows_the_safe_day() -> None:
    moment = Moment(date(2026, 5, 15), projected=True)
    limits = {
        "issue_conclusion": due(
            Within(10, Unit.WORKING_DAY, "hold_meeting"), OFFICE, {"hold_meeting": moment}, Readings()
        ),
        "collect_forms": due(By(date(2026, 5, 3)), OFFICE, {}, Readings()),
    }
    text = " ".join(" ".join(Page(side_by_side(DOCUMENT, DRAFT, limits)).words).split())
    assert "tính theo ngày họp dự kiến" in text
    assert "Chủ nhật 03/05/2026 nên xong trong Thứ Tư 29/04/2026" in text


def test_pages_of_a_document_are_counted() -> None:
    blocks = (Block(0, 1, page=1), Block(1, 2, page=1), Block(2, 3, page=2))
    text = side_by_side(Document("abc", blocks, "pdf"), replace(DRAFT, steps=(), edges=(), findings=()), {})
    assert text.count('class="page-break"') == 1
    assert "trang 2" in text


def test_both_readings_are_shown_where_the_law_is_open() -> None:
    text = " ".join(" ".join(PAGE.words).split())
    assert "Cách hiểu khác: Thứ Sáu 24/04/2026 («trước ngày» tính cả ngày được nêu)" in text


@pytest.mark.parametrize(
    ("slack", "critical", "said"),
    [
        (-2, True, "thiếu 2 ngày làm việc"),
        (0, True, "không có ngày dự phòng"),
        (3, True, "dư 3 ngày làm việc găng"),
        (3, False, "dư 3 ngày làm việc"),
    ],
)
def test_play_is_told_as_play_and_its_lack_as_lack(slack: int, critical: bool, said: str) -> None:
    latest = (LatestSafe("distribute_forms", date(2026, 4, 22), slack, critical),)
    assert said in " ".join(" ".join(page_of(replace(DRAFT, schedule=latest)).words).split())


def test_an_empty_line_after_each_line_sets_nothing_apart_but_two_do() -> None:
    text = "một\n\nhai\n\nba\n\n\nbốn\n\nnăm"
    starts = [text.index(word) for word in text.split()]
    blocks = tuple(Block(at, at + len(word)) for at, word in zip(starts, text.split(), strict=True))
    page = side_by_side(Document(text, blocks, "txt"), replace(DRAFT, steps=(), edges=(), findings=()), {})
    assert re.findall(r'<p class="line( apart)?">(\w+)</p>', page) == [
        ("", "một"),
        ("", "hai"),
        ("", "ba"),
        (" apart", "bốn"),
        ("", "năm"),
    ]


def test_a_month_is_shown_from_its_first_day_to_its_last() -> None:
    limits = {"hold_meeting": due(Month(2026, 5), OFFICE, {}, Readings())}
    text = " ".join(" ".join(Page(side_by_side(DOCUMENT, DRAFT, limits)).words).split())
    assert "từ 01/05/2026 đến Chủ nhật 31/05/2026" in text


def test_a_finding_about_many_steps_is_told_for_the_whole_plan() -> None:
    many = replace(DRAFT.findings[0], steps=tuple(step.key for step in DRAFT.steps))
    text = side_by_side(DOCUMENT, replace(DRAFT, findings=(many,)), LIMITS)
    assert text.index('id="phat-hien-1"') < text.index('id="viec-1"')

"""Paragraphs out of lines: what is joined, what begins anew, and where every letter comes from."""

from __future__ import annotations

import unicodedata

import pytest

from tests.unit.intake.papers import paper
from workflow.intake.layout import mark_of, paragraphs

WRAPPED = """1. Văn phòng UBND xã tổng hợp các ý kiến của nông dân và gửi
đến các ngành có liên quan, đồng thời báo cáo Chủ tịch
UBND xã trước ngày
15/4/2026; chuẩn bị hội trường và
tài liệu cho đại biểu dự hội nghị đối thoại của xã năm nay.
- Công an xã giữ gìn trật tự trong
buổi đối thoại.
Nơi họp là nhà văn hóa xã, do thôn
chuẩn bị từ chiều hôm trước, có đủ
bàn ghế cho
mọi người trong xã đến dự, kể cả các
cụ già và
em nhỏ.
"""


def texts(text: str) -> list[str]:
    return [each.text for each in paragraphs(paper(text))]


def test_a_sentence_runs_over_the_lines_it_was_wrapped_into() -> None:
    first, second, third = paragraphs(paper(WRAPPED))
    assert first.text.endswith("hội nghị đối thoại của xã năm nay.")
    assert (first.style, first.mark, second.style, third.style) == ("decimal", "1", "dash", "")


def test_a_new_number_or_bullet_begins_a_paragraph() -> None:
    assert texts("Công việc gồm\n- in phiếu\n- phát phiếu\n+ thu phiếu\n") == [
        "Công việc gồm", "in phiếu", "phát phiếu", "thu phiếu"
    ]  # fmt: skip


def test_a_line_in_capitals_does_not_run_into_a_sentence() -> None:
    assert texts("KẾ HOẠCH\nđối thoại với thanh niên\n") == ["KẾ HOẠCH", "đối thoại với thanh niên"]


@pytest.mark.parametrize(
    ("line", "style", "mark"),
    [
        ("I. MỤC ĐÍCH", "roman", "I"), ("IV- Tổ chức", "roman", "IV"), ("2.1. Thời gian", "decimal1", "2.1"),
        ("1. **Thời gian:** sáng", "decimal", "1"), ("1..Tên hội nghị", "decimal", "1"), ("(3) Bầu ban", "paren", "3"),
        ("a) Phát phiếu", "letter", "a"), ("*. Hội nghị trù bị", "star", "*."), ("– Gửi giấy mời", "dash", "–"),
        ("Bước 2: Phân loại", "step", "Bước 2"), ("Điều 4. Sau đối thoại", "article", "Điều 4"),
    ],
)  # fmt: skip
def test_numbers_and_bullets_are_told_apart(line: str, style: str, mark: str) -> None:
    found = mark_of(line)
    assert found is not None
    assert found[:2] == (style, mark)


@pytest.mark.parametrize(
    "line", ["20/3/2026 họp", "2026. Các đơn vị", "**Thời gian:** sáng", "TP.HCM họp", "8h00 khai mạc"]
)
def test_a_date_or_a_year_is_no_number_of_a_paragraph(line: str) -> None:
    assert mark_of(line) is None


def test_every_word_leads_back_to_its_place_in_the_text() -> None:
    raw = unicodedata.normalize("NFD", "Gửi **báo\n cáo** kết\u00a0quả về huy\u00adện.")
    (paragraph,) = paragraphs(paper(raw))
    assert paragraph.text == "Gửi báo cáo kết quả về huyện."
    start, end = paragraph.body.flow.span(4, 11)
    assert unicodedata.normalize("NFC", raw[start:end]) == "báo\n cáo"

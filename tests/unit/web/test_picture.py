"""The picture of a plan."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

from tests.builders import after, at, started
from workflow.domain.commands import CompleteStep
from workflow.domain.verdict import Standing
from workflow.web.pictures.dag import Duty, picture, width_of, wrapped
from workflow.web.rendering import environment
from workflow.web.views.plan import duties


def _duty(key: str, *before: str, within: str | None = None, standing: Standing = Standing.WAITING) -> Duty:
    return Duty(key, f"Bước {key}", "Văn phòng", before, standing, date(2026, 5, 15), False, None, within)


def test_a_box_tells_its_standing_and_its_day_in_words() -> None:
    cycle = after(started(), CompleteStep("collect", date(2026, 4, 20)), at("2026-04-20"))
    nodes = {node.key: node for node in picture(duties(cycle, at("2026-05-06")), "vi").nodes}
    assert (nodes["collect"].standing, nodes["collect"].date_line) == ("Xong đúng hạn", "xong 20/04/2026")
    assert (nodes["answers"].standing, nodes["answers"].date_line) == ("Đang quá hạn", "hạn 04/05/2026")
    assert nodes["conclusion"].date_line == "dự kiến 12/06/2026"
    assert nodes["answers"].title == "Trả lời bằng văn bản. Các phòng, ban. Đang quá hạn. hạn 04/05/2026"


def test_standings_differ_by_sign_not_by_colour_alone() -> None:
    looks = {node.icon for node in picture([_duty(s.value, standing=s) for s in Standing], "vi").nodes}
    assert len(looks) == 6


def test_steps_within_the_meeting_are_counted_in_its_box() -> None:
    drawn = picture(
        [_duty("m"), _duty("minutes", "m", within="m"), _duty("film", within="m"), _duty("end", "minutes")], "vi"
    )
    assert {node.key: node.more for node in drawn.nodes} == {"m": "gồm 2 việc tại chỗ", "end": ""}
    assert len(drawn.lines) == 1


def test_a_line_that_leaves_an_ended_step_is_marked() -> None:
    cycle = after(started(), CompleteStep("collect", date(2026, 4, 20)), at("2026-04-20"))
    assert sum(line.ended for line in picture(duties(cycle, at("2026-04-21")), "vi").lines) == 1


def test_the_picture_is_well_formed_and_every_box_has_a_title() -> None:
    drawn = picture(duties(started(), at("2026-04-21")), "vi")
    macro = environment("vi").get_template("_dag.html").module.dag  # type: ignore[attr-defined]
    svg = ET.fromstring(macro(drawn))
    assert len(svg.findall(".//{*}a/{*}title") or svg.findall(".//a/title")) == 6


def test_a_long_name_is_wrapped_and_cut_with_a_sign() -> None:
    lines = wrapped("Văn bản trả lời kiến nghị chưa giải quyết tại hội nghị đối thoại năm nay", 116, 12, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(width_of(line, 12) <= 116 for line in lines)


def test_a_word_without_spaces_is_cut_too() -> None:
    assert wrapped("x" * 80, 116, 12, 3)[0].endswith("…")


def test_a_short_name_stays_whole() -> None:
    assert wrapped("Thu phiếu", 116, 12, 3) == ("Thu phiếu",)

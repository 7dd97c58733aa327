"""The board of all plans, the views people keep, and the search."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from tests.builders import DIALOGUE, at
from tests.integration.web.conftest import Site, read, send
from workflow.domain.commands import CompleteStep, RaisePetition
from workflow.domain.definition import PlanKind
from workflow.domain.petition import Petitioner, RaisedWhen

UNION = replace(DIALOGUE, title="Đối thoại của Công đoàn", kind=PlanKind.UNION, document_number="12/KH-LĐLĐ")
SHORT = replace(DIALOGUE, title="Kế hoạch một bước", steps=DIALOGUE.steps[:1])


def _titles(site: Site, query: str = "", person: str = "lan") -> list[str]:
    """The plans on the board, in order."""
    text = read(site.signed_in(person), f"/plans{query}").text.partition("Tình trạng UBND")[0]
    text = text.partition("Hạn tới Tình trạng")[2]
    titles = (DIALOGUE.title, UNION.title, SHORT.title)
    return sorted((title for title in titles if title in text), key=text.index)


def test_plans_are_found_without_accents_by_kind_state_unit_and_number(site: Site) -> None:
    site.start()
    site.start(UNION)
    ended = site.start(SHORT)
    site.do(ended.plan_id, CompleteStep("collect"))
    assert set(_titles(site)) == {DIALOGUE.title, UNION.title, SHORT.title}
    assert _titles(site, "?q=cong+doan") == [UNION.title]
    assert _titles(site, "?q=12/kh") == [UNION.title]
    assert _titles(site, "?kind=union") == [UNION.title]
    assert _titles(site, "?state=completed") == [SHORT.title]
    assert set(_titles(site, f"?unit={quote('trung tâm DỊCH VỤ')}")) == {DIALOGUE.title, UNION.title}
    assert _titles(site, "?q=khong+co") == []


def test_plans_are_chosen_by_their_next_limit_and_sorted(site: Site) -> None:
    site.start(UNION)
    site.start()
    assert _titles(site, "?sort=title") == [UNION.title, DIALOGUE.title]
    assert _titles(site, "?due=past") == []
    site.clock.set(at("2026-04-24"))
    assert set(_titles(site, "?due=past")) == {UNION.title, DIALOGUE.title}


def test_a_line_tells_the_next_step_with_its_limit_and_what_is_late(site: Site) -> None:
    site.start()
    site.clock.set(at("2026-04-28"))
    text = read(site.signed_in(), "/plans").text
    assert "0/6 23/04/2026 Thứ Năm Thu phiếu 1 việc quá hạn" in text


def test_a_projected_next_limit_is_marked(site: Site) -> None:
    site.start(replace(DIALOGUE, steps=DIALOGUE.steps[2:4]))
    assert "Thứ Sáu dự kiến Thông báo trên loa" in read(site.signed_in(), "/plans").text


def test_a_wrong_date_is_told_beside_its_field_and_the_rest_is_found(site: Site) -> None:
    site.start()
    page = read(site.signed_in(), "/plans?since=31/2/2026")
    assert page.status == 200
    assert "«31/2/2026» không phải là một ngày" in page.text
    assert DIALOGUE.title in page.text


def test_more_plans_than_a_page_holds_stand_on_pages(site: Site) -> None:
    for _ in range(26):
        site.start(SHORT)
    client = site.signed_in()
    assert "Trang 1 trên 2" in read(client, "/plans").text
    assert read(client, "/plans?page=2").text.count(SHORT.title) == 1
    beyond = read(client, "/plans?page=9")
    assert "Danh sách không có trang này" in beyond.text


def test_a_view_is_kept_under_a_name_for_its_owner_alone_and_removed(site: Site) -> None:
    site.start()
    client = site.signed_in()
    page = read(client, "/plans?state=running&q=giao+vien")
    kept = send(client, page, "/plans/views", name="  Đang  chạy ")
    assert "Cách xem đã lưu Đang chạy" in kept.text or "Đang chạy" in kept.text
    again = read(client, "/plans")
    assert "/plans?q=giao+vien&state=running" in again.links
    assert "Cách xem đã lưu" not in read(site.signed_in("minh"), "/plans").text
    send(client, again, "/plans/views/remove")
    assert "Cách xem đã lưu" not in read(client, "/plans").text


def test_a_kept_view_leads_to_the_board_and_nowhere_else(site: Site) -> None:
    client = site.signed_in()
    page = read(client, "/plans?q=x")
    send(client, page, "/plans/views", name="Lạ", q="//evil.example/?a=b", query="https://evil.example/")
    kept = [link for link in read(client, "/plans").links if "evil" in link]
    assert kept
    assert all(link.startswith("/plans?q=") for link in kept)


def test_a_supervisor_may_keep_views_too(site: Site) -> None:
    client = site.signed_in("sat")
    page = read(client, "/plans?state=running")
    assert send(client, page, "/plans/views", name="Đang chạy").status == 200


def test_the_search_finds_plans_steps_and_petitions_without_accents(site: Site) -> None:
    plan = site.start().plan_id
    said = RaisePetition("Sửa đường liên thôn", Petitioner(name="Bùi Thị Đào"), RaisedWhen.BEFORE_MEETING)
    site.do(plan, said)
    client = site.signed_in()
    assert "Kế hoạch 1" in read(client, "/search?q=giao vien").text
    steps = read(client, "/search?q=thong bao ket luan")
    assert f"/plans/{plan}/steps/conclusion" in steps.links
    assert f"/plans/{plan}/petitions#p1" in read(client, "/search?q=duong lien thon").links
    assert "Không thấy gì" in read(client, "/search?q=khong co that").text
    assert "có dấu hay không dấu" in read(client, "/search?q= ... ").text


def test_what_is_typed_into_the_search_is_shown_as_text(site: Site) -> None:
    assert "<script>" not in read(site.signed_in(), "/search?q=<script>alert(1)</script>").html.replace(
        '<script src="', ""
    )


def test_the_version_of_the_lists_changes_with_a_plan_and_with_the_day_and_not_else(site: Site) -> None:
    plan = site.start().plan_id
    first = _version(site)
    assert _version(site) == first
    assert first in read(site.signed_in(), "/").html
    site.do(plan, CompleteStep("collect"))
    second = _version(site)
    assert second != first
    site.clock.set(at("2026-04-23"))
    assert _version(site) not in {first, second}


def _version(site: Site) -> str:
    found: str = site.signed_in().get("/version").json()["version"]
    return found

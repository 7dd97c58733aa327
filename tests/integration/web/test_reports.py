"""Reports, exports, history and calendars to subscribe to, over two communes: every number is its rows, and no more."""

from __future__ import annotations

import csv
import re
import time
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest

from tests.builders import DIALOGUE, at
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import Site, read, send
from workflow.domain.commands import CompleteStep
from workflow.ports import Cell, StepFilter
from workflow.services.as_of import instant_of
from workflow.web.pages import whatif

OTHER = "UBND xã Khác"
HOSTILE = "=HYPERLINK(1) <script>alert(1)</script>"
PERIOD = "since=&until="


@pytest.fixture
def told(site: Site) -> Site:
    """Two communes with a plan each; in one a step was done in time and recorded late, in the other one is overdue."""
    ours = site.start().plan_id
    steps = (replace(DIALOGUE.steps[0], name=HOSTILE, owner="=Phòng & <b>"), *DIALOGUE.steps[1:])
    site.start(replace(DIALOGUE, title="Kế hoạch của xã khác", organization=OTHER, steps=steps))
    site.clock.set(at("2026-04-28"))
    site.do(ours, CompleteStep("collect", date(2026, 4, 23)))
    return site


def lines(answer: str) -> list[list[str]]:
    """The cells of a .csv that was handed out, without its headings."""
    return list(csv.reader(StringIO(answer.removeprefix("\ufeff"), newline="")))[1:]


def numbers(client: Browser, path: str) -> list[tuple[int, str]]:
    """Every number of a report that is a link, with where it leads."""
    found = re.findall(r'<a href="(/reports/steps[^"]*)">(?:<b class="num">)?(\d+)<', client.get(path).text)
    return [(int(count), href.replace("&amp;", "&")) for href, count in found]


def rows(client: Browser, href: str) -> list[list[str]]:
    """The rows behind a number, as its file has them."""
    return lines(client.get(f"{href}&as=csv").text)


@pytest.mark.parametrize("by", ["", "kind", "organization", "month"])
@pytest.mark.parametrize("person", ["lan", "xa"])
def test_every_number_is_as_many_rows_as_stand_behind_it(told: Site, person: str, by: str) -> None:
    client = told.signed_in(person)
    found = numbers(client, f"/reports?{PERIOD}&by={by}")
    assert len(found) > 8
    for count, href in found:
        assert len(rows(client, href)) == count


def test_the_cells_add_up_to_the_steps_of_ones_own_scope(told: Site) -> None:
    with told.application.store.reading() as uow:
        chosen = StepFilter(organizations=frozenset({OTHER}), leaves=True, cells=frozenset(Cell))
        count = uow.plans.count_steps(chosen, told.clock.now())
    client = told.signed_in("xa")
    assert len(rows(client, f"/reports/steps?{PERIOD}")) == count == 6


@pytest.mark.parametrize(
    "path",
    ["/reports", "/reports/steps", "/reports/notices", "/reports/steps?back_dated=1", "/exports", "/me/calendar"],
)
def test_nothing_of_another_commune_is_told(told: Site, path: str) -> None:
    client = told.signed_in("xa")
    joint = "&" if "?" in path else "?"
    for more in ("", "as=csv", "organization=UBND+xã+Bắc+Thanh+Miện", "organization=UBND+xã+Bắc+Thanh+Miện&as=csv"):
        answer = client.get(f"{path}{joint}{PERIOD}&{more}").text
        assert "giáo viên" not in answer
        assert more.startswith("organization") or "Bắc Thanh Miện" not in answer


def test_what_people_typed_is_shown_as_typed_and_no_spreadsheet_runs_it(told: Site) -> None:
    client = told.signed_in("xa")
    page = client.get(f"/reports/steps?{PERIOD}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert f"'{HOSTILE}" in [cell for row in rows(client, f"/reports/steps?{PERIOD}") for cell in row]
    assert "'=Phòng & <b>" in [cell for row in lines(client.get(f"/reports?{PERIOD}&as=csv").text) for cell in row]


def test_a_file_is_something_to_be_saved(told: Site) -> None:
    answer = told.signed_in().get(f"/reports/steps?{PERIOD}&as=xlsx")
    assert answer.headers["content-disposition"].startswith('attachment; filename="cac-buoc-2026-04-28.xlsx"')
    assert answer.content.startswith(b"PK")


def test_what_was_recorded_late_is_listed_and_marked(told: Site) -> None:
    client = told.signed_in("sat")
    page = read(client, f"/reports/steps?back_dated=1&{PERIOD}")
    assert "Thu phiếu" in page.text
    assert "Xong đúng hạn" in page.text
    assert len(rows(client, f"/reports/steps?back_dated=1&{PERIOD}")) == 1


def test_a_day_that_cannot_be_read_is_told_beside_the_form(told: Site) -> None:
    page = read(told.signed_in(), "/reports?since=hôm+qua&until=")
    assert page.status == 200
    assert "«hôm qua» không phải là một ngày" in page.text


def test_an_empty_report_says_what_to_do(site: Site) -> None:
    assert "Hãy chọn khoảng thời gian dài hơn" in read(site.signed_in(), "/reports").text


def test_a_history_tells_who_what_and_when_and_marks_what_was_recorded_late(told: Site) -> None:
    page = read(told.signed_in("sat"), _plan(told) + "/history")
    assert "Nguyễn Thị Lan" in page.text
    assert "ghi lùi ngày" in page.text
    assert "Chuỗi niêm phong nguyên vẹn" in page.text


def test_a_history_is_a_file_with_a_line_for_each_event(told: Site) -> None:
    answer = told.signed_in("sat").get(_plan(told) + "/history?as=csv").text
    assert len(lines(answer)) == told.cycle(_plan(told).rpartition("/")[2]).version


def test_a_supervisor_may_have_a_plan_computed_anew(told: Site) -> None:
    client = told.signed_in("sat")
    page = read(client, _plan(told) + "/history")
    assert "tất cả đều khớp" in send(client, page, _plan(told) + "/history/verify").text


def test_a_plan_is_shown_as_it_was_known_on_a_past_day(told: Site) -> None:
    client = told.signed_in("sat")
    now = told.clock.now()
    assert instant_of(date(2026, 4, 23), now) < now
    then = read(client, _plan(told) + "/as-of?on=23/04/2026").text
    assert "Ngày xong" in then
    assert "23/04/2026 Thứ Năm Đang trong hạn" in then
    assert "Xong đúng hạn" in read(client, _plan(told) + "/as-of").text
    refused = read(client, _plan(told) + "/as-of?on=01/01/2027")
    assert (refused.status, "chưa tới" in refused.text) == (422, True)


def test_all_one_may_see_is_audited_beside_the_pages(told: Site) -> None:
    client = told.signed_in("sat")
    page = send(client, read(client, "/reports/verify"), "/reports/verify")
    ended = _ended(client, page.html)
    assert "1 kế hoạch" in ended
    assert "tất cả đều khớp" in ended


def test_a_list_is_made_beside_the_pages_and_is_ones_own(told: Site) -> None:
    client = told.signed_in("xa")
    page = send(client, read(client, f"/exports?{PERIOD}"), "/exports/plans", **{"as": "csv"})
    done = _ended(client, page.html)
    file = re.search(r'href="(/jobs/[^"]+/file)"', done)
    assert file is not None
    assert [row[0] for row in lines(client.get(file[1]).text)] == ["Kế hoạch của xã khác"]
    assert told.signed_in("lan").get(file[1]).status_code == 404


def _ended(client: Browser, html: str) -> str:
    """The page of a job once it has come to its end."""
    job = re.search(r"/jobs/[\w-]+", html)
    path = job[0] if job else "/reports/verify"
    if job is None:
        found = re.search(r"/jobs/[\w-]+", client.get("/reports/verify").text + client.get("/exports").text)
        assert found is not None
        path = found[0]
    for _ in range(200):
        page = client.get(path).text
        if 'http-equiv="refresh"' not in page:
            return page
        time.sleep(0.05)
    raise AssertionError(page)


def _plan(site: Site) -> str:
    with site.application.store.reading() as uow:
        return next(f"/plans/{row.plan_id}" for row in uow.plans.rows() if row.organization != OTHER)


# Calendars to subscribe to.


def _feed(client: Browser, plan: str = "") -> str:
    page = send(client, read(client, "/me/calendar"), "/me/calendar", plan=plan)
    found = re.search(r"http://[^<\s]+(/ics/[\w-]+\.ics)", page.html)
    assert found is not None
    return found[1]


def test_a_feed_shows_ones_own_units_limits_to_whoever_has_the_address(told: Site) -> None:
    address = _feed(told.signed_in("hoa"))
    answer = told.visitor().get(address)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "Trả lời bằng văn bản" in answer.text.replace("\r\n ", "")
    assert "Thông báo trên loa" not in answer.text
    assert "xã khác" not in answer.text


def test_a_feed_of_a_plan_shows_all_of_it(told: Site) -> None:
    plan = _plan(told).rpartition("/")[2]
    answer = told.visitor().get(_feed(told.signed_in("hoa"), plan)).text.replace("\r\n ", "")
    assert "Thông báo trên loa" in answer
    assert "SUMMARY:✓ Thu phiếu" in answer


def test_a_feed_that_was_taken_back_is_gone(told: Site) -> None:
    client = told.signed_in("hoa")
    address = _feed(client)
    send(client, read(client, "/me/calendar"), "/me/calendar/revoke")
    assert told.visitor().get(address).status_code == 404


def test_a_feed_of_somebody_who_left_is_gone(told: Site) -> None:
    address = _feed(told.signed_in("hoa"))
    with told.application.store() as uow:
        person = uow.directory.get("hoa")
        assert person is not None
        uow.directory.put(replace(person, active=False))
        uow.commit()
    assert told.visitor().get(address).status_code == 404


def test_no_feed_is_made_of_a_plan_that_one_may_not_see(told: Site) -> None:
    client = told.signed_in("xa")
    page = send(client, read(client, "/me/calendar"), "/me/calendar", plan=_plan(told).rpartition("/")[2])
    assert page.status == 404


# The calculator.


def test_anybody_computes_a_wording_and_sees_every_day(site: Site) -> None:
    page = read(site.visitor(), "/what-if?wording=10+ngày+làm+việc+sau+hội+nghị&event=24/04/2026")
    assert page.status == 200
    assert "13/05/2026" in page.text
    assert "30/04/2026" in page.text
    assert "BLDS 2015" in page.text


def test_both_readings_of_an_open_wording_are_shown(site: Site) -> None:
    page = read(site.visitor(), "/what-if?wording=trước+ngày+24/4/2026")
    assert "23/04/2026" in page.text
    assert "«trước ngày» tính cả ngày được nêu: 24/04/2026" in page.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("wording=", "Hãy ghi cách viết thời hạn"),
        ("wording=10+ngày+làm+việc+sau+hội+nghị", "Chưa biết ngày"),
        ("wording=<script>alert(1)</script>", ""),
        ("wording=99999999+ngày+sau+hội+nghị&event=24/04/2026", ""),
        ("wording=10+ngày+làm+việc+sau+hội+nghị&event=31/02/2026", "không phải là một ngày"),
        ("wording=" + "a" * 2000, "rút gọn"),
    ],
)
def test_what_cannot_be_computed_is_told_with_what_was_typed(site: Site, query: str, words: str) -> None:
    page = read(site.visitor(), f"/what-if?{query}")
    assert page.status == 422
    assert words in page.text
    assert "<script>alert" not in page.html


def test_the_calculator_lets_one_address_ask_so_often_and_no_more(site: Site) -> None:
    client, path = site.visitor(), "/what-if?wording=trước+ngày+24/4/2026"
    site.clock.set(site.clock.now() + timedelta(days=1))
    assert {client.get(path).status_code for _ in range(whatif.PER_MINUTE)} == {200}
    refused = read(client, path)
    assert (refused.status, "quá nhiều lần trong một phút" in refused.text) == (429, True)
    assert client.get("/what-if").status_code == 200
    site.clock.set(site.clock.now() + timedelta(minutes=1))
    assert client.get(path).status_code == 200

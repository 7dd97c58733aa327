"""The guide inside the application, and the way to it from every page."""

from __future__ import annotations

import pytest

from tests.integration.web.conftest import Site, read
from workflow.web.app import create_app
from workflow.web.navigation import GUIDES
from workflow.web.views.help import pages


def test_anyone_reads_the_guide(site: Site) -> None:
    index = read(site.visitor(), "/help")
    assert (index.status, "Hướng dẫn sử dụng" in index.text) == (200, True)
    for name in pages():
        assert read(site.visitor(), f"/help/{name}").status == 200
        assert f"/help/{name}" in index.links


def test_a_page_leads_to_the_part_of_the_guide_that_fits(site: Site) -> None:
    fitting = {"/": "dieu-phoi", "/mine": "can-bo", "/reports": "giam-sat", "/calendar/2026": "nguoi-dan"}
    for path, name in fitting.items():
        assert f"/help/{name}" in read(site.signed_in(), path).links
    assert "/help" in read(site.visitor(), "/sign-in").links


def test_a_page_of_the_guide_that_is_not_there_says_what_to_do(site: Site) -> None:
    page = read(site.visitor(), "/help/khong-co")
    assert (page.status, "mở mục lục hướng dẫn" in page.text) == (404, True)


@pytest.mark.parametrize("name", ["..%2Fdecisions%2F0001-events-are-the-record", "README", "can-bo.md"])
def test_nothing_but_the_guide_is_read(site: Site, name: str) -> None:
    assert site.visitor().get(f"/help/{name}").status_code == 404


def test_the_english_page_says_that_the_guide_is_vietnamese(site: Site) -> None:
    assert "This guide is in Vietnamese only." in read(site.visitor(), "/help/can-bo?lang=en").text
    assert "Hướng dẫn này chỉ có" not in read(site.visitor(), "/help/can-bo").text


def test_every_start_of_an_address_in_the_table_is_one_of_the_application(site: Site) -> None:
    paths = create_app(site.application).state.paths
    assert [start for start, _name in GUIDES if not any(f"{path}/".startswith(f"{start}/") for path in paths)] == []

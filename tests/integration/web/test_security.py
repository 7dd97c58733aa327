"""What holds for every address: sign-in, tokens, headers, limits, escaping."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.routing import APIRoute

from tests.builders import DIALOGUE
from tests.integration.web.conftest import Site, read, send
from workflow.domain.commands import CompleteStep
from workflow.web.security import BODY_LIMIT


def _routes(site: Site) -> Iterator[tuple[str, str]]:
    for route in site.app.routes:
        if isinstance(route, APIRoute):
            for method in route.methods or ():
                yield method, route.path


def _filled(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "2026", path)


def test_no_form_is_taken_without_its_token(site: Site) -> None:
    site.start()
    client = site.signed_in()
    forms = [_filled(path) for method, path in _routes(site) if method == "POST"]
    assert len(forms) >= 4
    assert {client.post(path, data={"csrf": "khác"}).status_code for path in forms} == {403}
    assert {client.post(path).status_code for path in forms} == {403}


def test_a_token_of_another_session_is_refused(site: Site) -> None:
    plan = site.start().plan_id
    address = f"/plans/{plan}/steps/collect/complete"
    form = read(site.signed_in("chu"), address).form(address)
    answer = site.signed_in().post(address, data=form.fields)
    assert answer.status_code == 403
    assert "hãy mở lại trang rồi làm lại" in answer.text


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nothing", "/healthz", "/static/app.css", "/calendar/2026"])
def test_every_answer_carries_the_security_headers(site: Site, path: str) -> None:
    headers = site.visitor().get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_pages_are_not_kept_by_caches_and_named_files_are(site: Site) -> None:
    client = site.signed_in()
    page = client.get("/")
    sheet = re.search(r'href="(/static/app\.css\?v=\w+)"', page.text)
    assert sheet is not None
    assert page.headers["cache-control"] == "no-store"
    assert "immutable" in client.get(sheet[1]).headers["cache-control"]


def test_a_body_that_is_too_large_is_refused_in_words(site: Site) -> None:
    plan = site.start().plan_id
    client = site.signed_in()
    address = f"/plans/{plan}/cancel"
    page = send(client, read(client, address), address, reason="x" * BODY_LIMIT)
    assert page.status == 413
    assert "vượt quá mức cho phép" in page.text


HOSTILE = '"><script>alert(1)</script>'


def test_what_people_typed_is_escaped_everywhere(site: Site) -> None:
    steps = (replace(DIALOGUE.steps[0], name=HOSTILE, owner=HOSTILE), *DIALOGUE.steps[1:])
    plan = site.start(replace(DIALOGUE, title=HOSTILE, steps=steps)).plan_id
    site.do(plan, CompleteStep("collect", note=HOSTILE, document_number=HOSTILE))
    client = site.signed_in()
    for path in ("/", f"/plans/{plan}", f"/plans/{plan}/steps/collect", f"/plans/{plan}/meeting?on=1&place={HOSTILE}"):
        text = client.get(path).text
        assert "alert(1)" in text
        assert "<script>alert" not in text


def test_no_page_has_script_or_style_of_its_own(site: Site) -> None:
    plan = site.start().plan_id
    client = site.signed_in()
    for path in ("/", f"/plans/{plan}", f"/plans/{plan}/steps/collect", f"/plans/{plan}/meeting", "/calendar/2026"):
        text = client.get(path).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script>|javascript:", text)


def test_no_page_asks_another_site_for_anything(site: Site) -> None:
    plan = site.start().plan_id
    client = site.signed_in()
    for path in ("/", f"/plans/{plan}", "/calendar/2026"):
        assert not re.search(r'(?:src|href)="(?:https?:)?//', client.get(path).text)

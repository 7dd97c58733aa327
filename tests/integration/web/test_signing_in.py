"""Signing in with a one-time link."""

from __future__ import annotations

from datetime import timedelta

from httpx import Cookies

from tests.integration.web.conftest import Site, read, send
from workflow.services.signing_in import invite


def test_a_one_time_link_signs_in_once(site: Site) -> None:
    secret = invite(site.application.store, "lan", at=site.clock.now())
    first = site.visitor().get(f"/sign-in?token={secret}")
    second = site.visitor().get(f"/sign-in?token={secret}")
    assert (first.status_code, "Nguyễn Thị Lan" in first.text) == (200, True)
    assert (second.status_code, "đã dùng rồi hoặc đã hết hạn" in second.text) == (401, True)


def test_a_link_dies_with_time(site: Site) -> None:
    secret = invite(site.application.store, "lan", at=site.clock.now())
    site.clock.set(site.clock.now() + timedelta(hours=13))
    assert site.visitor().get(f"/sign-in?token={secret}").status_code == 401


def test_a_stranger_is_told_how_to_get_in(site: Site) -> None:
    page = read(site.visitor(), "/")
    assert page.status == 401
    assert "make run" in page.text
    assert "doithoai user sign-in" in page.text


def test_signing_out_ends_the_session(site: Site) -> None:
    client = site.signed_in()
    assert send(client, read(client, "/"), "/sign-out").status == 200
    assert client.get("/").status_code == 401


def test_a_session_cookie_that_was_tampered_with_signs_nobody_in(site: Site) -> None:
    client = site.signed_in()
    client.cookies = Cookies({"doithoai": client.cookies["doithoai"][:-3] + "xyz"})
    assert client.get("/").status_code == 401


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(site: Site) -> None:
    secret = invite(site.application.store, "lan", at=site.clock.now())
    answer = site.visitor().get(f"/sign-in?token={secret}", follow=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "no-store" in answer.headers["cache-control"]

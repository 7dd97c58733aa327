"""Coming in with a password or a one-time link, sessions, and going out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from httpx import Cookies

from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import PEOPLE, Site, read, send
from tests.integration.web.reading import Page
from workflow.services import passwords
from workflow.services.attempts import PER_ACCOUNT
from workflow.services.signing_in import digest, invite
from workflow.settings import Settings
from workflow.store import memory_store
from workflow.web.app import create_app

PASSWORD = "bốn con trâu xanh"
KNOWN = passwords.hashed(PASSWORD)


def _link(site: Site, person: str = "lan") -> str:
    return invite(site.application.store, person, at=site.clock.now())


def _spend(site: Site, secret: str) -> Page:
    client = site.visitor()
    page = read(client, f"/sign-in?token={secret}")
    return send(client, page, "/sign-in/link") if page.has_form("/sign-in/link") else page


def _give_password(site: Site, person: str = "lan", kept: str = KNOWN) -> None:
    with site.application.store() as uow:
        uow.passwords.put(person, kept, site.clock.now())
        uow.commit()


def _come_in(site: Site, name: str, password: str = PASSWORD, client: Browser | None = None) -> Page:
    client = client or site.visitor()
    return send(client, read(client, "/sign-in"), "/sign-in", name=name, password=password)


def test_a_one_time_link_signs_in_once(site: Site) -> None:
    secret = _link(site)
    first, second = _spend(site, secret), _spend(site, secret)
    assert (first.status, "Nguyễn Thị Lan" in first.text) == (200, True)
    assert (second.status, "đã dùng rồi hoặc đã hết hạn" in second.text) == (401, True)


def test_looking_at_a_one_time_link_spends_nothing_and_tells_whose_it_is(site: Site) -> None:
    secret = _link(site)
    for _ in range(3):
        page = read(site.visitor(), f"/sign-in?token={secret}")
        assert "Nguyễn Thị Lan" in page.text
    assert _spend(site, secret).has_form("/sign-out")


def test_a_link_dies_with_time(site: Site) -> None:
    secret = _link(site)
    site.clock.set(site.clock.now() + timedelta(hours=13))
    assert _spend(site, secret).status == 401


def test_a_stranger_is_shown_the_form_and_told_how_to_get_in(site: Site) -> None:
    page = read(site.visitor(), "/")
    assert page.status == 401
    assert page.has_form("/sign-in")
    assert "người quản trị của đơn vị" in page.text
    assert "doithoai user sign-in" in page.text


@pytest.mark.parametrize("name", ["lan", "lan@example.invalid", " LAN@Example.Invalid "])
def test_a_password_lets_in_by_id_or_by_address(site: Site, name: str) -> None:
    _give_password(site)
    page = _come_in(site, name)
    assert (page.status, "Nguyễn Thị Lan" in page.text) == (200, True)


def test_whatever_is_wrong_the_answer_is_the_same(site: Site) -> None:
    _give_password(site)
    with site.application.store() as uow:
        uow.directory.put(replace(PEOPLE["hoa"], active=False))
        uow.passwords.put("hoa", KNOWN, site.clock.now())
        uow.commit()
    asked = [("lan", "sai mật khẩu rồi"), ("nobody", PASSWORD), ("minh", PASSWORD), ("hoa", PASSWORD), ("", PASSWORD)]
    answers = [_come_in(site, name, password) for name, password in asked]
    assert {page.status for page in answers} == {401}
    assert {"Tên đăng nhập hoặc mật khẩu không đúng" in page.text for page in answers} == {True}


def test_an_address_that_two_people_share_lets_neither_in(site: Site) -> None:
    _give_password(site)
    with site.application.store() as uow:
        uow.directory.put(replace(PEOPLE["hoa"], email="lan@example.invalid"))
        uow.commit()
    assert _come_in(site, "lan@example.invalid").status == 401
    assert _come_in(site, "lan").status == 200


def test_after_signing_in_one_comes_to_the_page_that_was_asked_for_and_to_no_other_site(site: Site) -> None:
    _give_password(site)
    client = site.visitor()
    asked = read(client, "/account?changed=x")
    answer = client.post("/sign-in", data=asked.form("/sign-in").fields | {"name": "lan", "password": PASSWORD})
    assert (answer.status_code, answer.url.path) == (200, "/account")
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example", "evil"):
        client = site.visitor()
        form = read(client, "/sign-in").form("/sign-in").fields
        sent = form | {"name": "lan", "password": PASSWORD, "to": elsewhere}
        assert client.post("/sign-in", data=sent, follow=False).headers["location"] == "/"


def test_who_tries_too_often_waits_even_with_the_right_password(site: Site) -> None:
    _give_password(site)
    for _ in range(PER_ACCOUNT):
        assert _come_in(site, "lan", "sai mật khẩu rồi").status == 401
    page = _come_in(site, "lan")
    assert page.status == 429
    assert "hãy đợi 15 phút" in page.text
    site.clock.set(site.clock.now() + timedelta(minutes=15))
    assert _come_in(site, "lan").status == 200


def test_a_hash_made_with_older_parameters_is_made_anew(site: Site) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192).hash(PASSWORD)
    _give_password(site, kept=old)
    assert _come_in(site, "lan").status == 200
    with site.application.store.reading() as uow:
        kept = uow.passwords.get("lan")
    assert kept is not None
    assert not passwords.is_outdated(kept[0])
    assert kept[0] != old


def test_the_sign_in_form_is_taken_from_our_own_page_alone(site: Site) -> None:
    _give_password(site)
    sent = {"name": "lan", "password": PASSWORD, "csrf": "x" * 64}
    assert site.visitor().post("/sign-in", data=sent).status_code == 403


def test_signing_out_ends_the_session_on_the_server(site: Site) -> None:
    client = site.signed_in()
    stolen = Cookies(client.cookies)
    assert send(client, read(client, "/"), "/sign-out").status == 200
    assert client.get("/").status_code == 401
    client.cookies = stolen
    assert client.get("/").status_code == 401


def test_signing_in_begins_a_new_session_and_ends_the_one_before(site: Site) -> None:
    _give_password(site)
    client = site.signed_in("minh")
    before = client.cookies["doithoai"]
    fields = {"csrf": read(client, "/").form("/sign-out").fields["csrf"], "name": "lan", "password": PASSWORD}
    assert client.post("/sign-in", data=fields).status_code == 200
    assert client.cookies["doithoai"] != before
    with site.application.store.reading() as uow:
        ended = uow.sessions.get(digest(before))
    assert ended is not None
    assert ended.revoked_at is not None


def test_a_session_ends_when_it_is_not_used_and_at_last_however_it_is_used(site: Site) -> None:
    idle, busy = site.signed_in(), site.signed_in()
    started = site.clock.now()
    for hours in range(10, 7 * 24, 10):
        site.clock.set(started + timedelta(hours=hours))
        assert busy.get("/").status_code == 200
    assert idle.get("/").status_code == 401
    site.clock.set(started + timedelta(days=7))
    assert busy.get("/").status_code == 401


def test_a_session_cookie_that_was_tampered_with_signs_nobody_in(site: Site) -> None:
    client = site.signed_in()
    client.cookies = Cookies({"doithoai": client.cookies["doithoai"][:-3] + "xyz"})
    assert client.get("/").status_code == 401


def test_only_a_digest_of_the_session_is_kept(site: Site) -> None:
    client = site.signed_in()
    with site.application.store.reading() as uow:
        (session,) = uow.sessions.of_person("lan")
    assert session.digest == digest(client.cookies["doithoai"])


def test_who_has_left_is_out_at_once(site: Site) -> None:
    client = site.signed_in("minh")
    link = _link(site, "minh")
    with site.application.store() as uow:
        uow.directory.put(replace(PEOPLE["minh"], active=False))
        uow.commit()
    assert client.get("/").status_code == 401
    assert _spend(site, link).status == 401


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(site: Site) -> None:
    client = site.visitor()
    fields = read(client, f"/sign-in?token={_link(site)}").form("/sign-in/link").fields
    answer = client.post("/sign-in/link", data=fields, follow=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "no-store" in answer.headers["cache-control"]


def test_with_https_the_cookie_is_for_this_host_and_secure(tmp_path: Path) -> None:
    site = Site(memory_store(), tmp_path)
    site.application = replace(
        site.application, settings=Settings(data=tmp_path, base_url="https://doithoai.example.invalid")
    )
    site.app = create_app(site.application)
    answer = site.visitor().get("/sign-in")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-doithoai_forms=")
    assert "Secure" in cookie


def test_a_one_time_link_sets_the_first_password_once(site: Site) -> None:
    secret, client = _link(site), site.visitor()
    page = read(client, f"/set-password?token={secret}")
    assert "lan@example.invalid" in page.text
    refused = send(client, page, "/set-password", new="ngắn", again="ngắn")
    assert (refused.status, "ít nhất 10 ký tự" in refused.text) == (422, True)
    differing = send(client, refused, "/set-password", new=PASSWORD, again=PASSWORD + "!")
    assert "không giống nhau" in differing.text
    done = send(client, differing, "/set-password", new=PASSWORD, again=PASSWORD)
    assert (done.status, done.has_form("/sign-out")) == (200, True)
    assert read(site.visitor(), f"/set-password?token={secret}").status == 401
    assert _come_in(site, "lan").status == 200


def test_a_forgotten_password_set_anew_ends_every_session(site: Site) -> None:
    before = site.signed_in()
    client = site.visitor()
    page = read(client, f"/set-password?token={_link(site)}")
    send(client, page, "/set-password", new=PASSWORD, again=PASSWORD)
    assert before.get("/").status_code == 401
    assert client.get("/").status_code == 200

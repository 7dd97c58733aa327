"""One's own account: changing the password, and ending sessions."""

from __future__ import annotations

from tests.integration.web.conftest import Site, read, send
from workflow.services import passwords

OLD, NEW = "bốn con trâu xanh", "năm con ngựa trắng"
KNOWN = passwords.hashed(OLD)


def _give_password(site: Site) -> None:
    with site.application.store() as uow:
        uow.passwords.put("lan", KNOWN, site.clock.now())
        uow.commit()


def _kept(site: Site) -> str | None:
    with site.application.store.reading() as uow:
        kept = uow.passwords.get("lan")
    return kept[0] if kept else None


def test_changing_the_password_asks_the_old_one_and_ends_other_sessions(site: Site) -> None:
    _give_password(site)
    elsewhere, client = site.signed_in(), site.signed_in()
    wrong = send(client, read(client, "/account"), "/account/password", old="không phải", new=NEW, again=NEW)
    assert (wrong.status, "Mật khẩu hiện tại không đúng" in wrong.text) == (422, True)
    assert _kept(site) == KNOWN
    done = send(client, wrong, "/account/password", old=OLD, new=NEW, again=NEW)
    assert (done.status, "Đã đổi mật khẩu" in done.text) == (200, True)
    assert passwords.fits(NEW, _kept(site))
    assert (elsewhere.get("/").status_code, client.get("/").status_code) == (401, 200)


def test_a_first_password_needs_no_old_one(site: Site) -> None:
    client = site.signed_in()
    page = read(client, "/account")
    assert "old" not in page.form("/account/password").fields
    assert send(client, page, "/account/password", new=NEW, again=NEW).status == 200
    assert passwords.fits(NEW, _kept(site))


def test_one_session_is_ended_and_the_others_go_on(site: Site) -> None:
    first, second, here = (site.signed_in() for _ in range(3))
    page = read(here, "/account")
    assert send(here, page, "/account/sessions/end").status == 200
    assert sorted(client.get("/").status_code for client in (first, second)) == [200, 401]
    assert here.get("/").status_code == 200


def test_all_other_sessions_are_ended_at_once(site: Site) -> None:
    first, second, here = (site.signed_in() for _ in range(3))
    send(here, read(here, "/account"), "/account/sessions/end-others")
    assert [client.get("/").status_code for client in (first, second, here)] == [401, 401, 200]


def test_a_session_of_somebody_else_is_not_ended(site: Site) -> None:
    theirs, here, other = site.signed_in("minh"), site.signed_in(), site.signed_in()
    with site.application.store.reading() as uow:
        (session,) = uow.sessions.of_person("minh")
    page = read(here, "/account")
    assert send(here, page, "/account/sessions/end", session=session.digest).status == 404
    assert [client.get("/").status_code for client in (theirs, other)] == [200, 200]

"""The mailbox, the calendar, the languages."""

from __future__ import annotations

import smtplib
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

from tests.integration.web.conftest import Site, read
from workflow.notify.mailbox import LocalMailbox
from workflow.web.app import create_app


def _letter(subject: str, text: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "doithoai@localhost", "Minh <minh@example.invalid>", subject
    letter.set_content(text)
    return letter


def test_the_demos_mailbox_lists_letters_and_shows_one(site: Site, tmp_path: Path) -> None:
    mailbox = LocalMailbox(tmp_path / "mail")
    port = mailbox.start()
    try:
        with smtplib.SMTP("127.0.0.1", port) as server:
            server.send_message(_letter("Quá hạn: Thu phiếu", "Kính gửi ông/bà <b>Minh</b>"))
    finally:
        mailbox.stop()
    site.app = create_app(replace(site.application, mailbox=mailbox))
    client = site.signed_in()
    page = read(client, "/mailbox")
    assert "Quá hạn: Thu phiếu" in page.text
    letter = read(client, next(link for link in page.links if link.startswith("/mailbox/")))
    assert "Kính gửi ông/bà <b>Minh</b>" in letter.text
    assert client.get("/mailbox/..%2F..%2Fetc").status_code == 404


def test_without_a_mailbox_its_page_says_so(site: Site) -> None:
    page = read(site.signed_in(), "/mailbox")
    assert (page.status, "không có hộp thư tại chỗ" in page.text) == (404, True)
    assert "/mailbox" not in page.links


def test_the_calendar_of_a_year_is_open_to_anyone_and_names_its_sources(site: Site) -> None:
    page = read(site.visitor(), "/calendar")
    assert page.status == 200
    assert "Lịch làm việc năm 2026" in page.text
    assert "30/04/2026 Thứ Năm" in page.text
    assert "Điều 112" in page.text


def test_the_language_asked_for_is_remembered(site: Site) -> None:
    client = site.signed_in()
    assert '<html lang="vi">' in client.get("/").text
    assert '<html lang="en">' in client.get("/?lang=en").text
    assert '<html lang="en">' in client.get("/").text
    assert '<html lang="vi">' in client.get("/?lang=vi").text


def test_a_language_that_is_not_ours_is_passed_over(site: Site) -> None:
    assert '<html lang="vi">' in site.visitor().get("/calendar/2026?lang=xx").text

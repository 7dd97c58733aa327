"""What people read: changes, news, alerts, the day's anchor, the account of a limit and its calendar file."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, datetime
from email.message import Message as Mail
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.builders import DIALOGUE, FULL, at, office_terms
from tests.integration.notify.servers import Postman, serving
from tests.integration.notify.test_delivering import (
    DEAD,
    DROPPED,
    HA,
    LAN,
    OFFICE,
    PLAN,
    act,
    begin,
    notices,
    seat,
    send,
    sweep,
    terms_of,
)
from tests.integration.notify.web_servers import Desk, web
from workflow.clock import ClockSetByHand
from workflow.domain.commands import (
    AnswerPetition,
    HandOver,
    PostponeMeeting,
    RaisePetition,
    SetMeeting,
    TellPetitioner,
)
from workflow.domain.ladder import Audience
from workflow.domain.petition import Answer, AnsweredWhere, Petitioner, RaisedWhen, Result
from workflow.notify.channels import MailChannel
from workflow.notify.webhook import WebhookChannel
from workflow.ports import Contact, Person, Store
from workflow.services.delivering import deliver
from workflow.services.digesting import send_digests
from workflow.services.plans import start_plan

RADIO = Person("radio", "Vũ Đài", "dai@example.invalid", "Trung tâm dịch vụ", Audience.OWNER, OFFICE)


def place_of(postman: Postman, address: str) -> int:
    return postman.recipients.index(address)


def calendar_of(mail: Mail) -> Calendar:
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert (part.get_filename(), part.get_param("method")) == ("thoi-han.ics", "PUBLISH")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return Calendar.from_ical(content)


def test_a_warning_carries_the_account_of_its_limit_and_a_whole_day_for_the_calendar(store: Store) -> None:
    begin(store, LAN, HA, RADIO)
    act(store, SetMeeting(date(2026, 5, 20)), at("2026-04-20"))
    sweep(store, at("2026-05-08"))
    postman = Postman()
    with serving(postman) as port:
        send(store, port, at("2026-05-08"))
    place = place_of(postman, "dai@example.invalid")
    text = postman.body(place=place)
    assert "Cách tính hạn:\n     Thứ Tư, 13/05/2026: ngày thứ 7\n" in text
    assert "Chủ nhật, 17/05/2026: ngày thứ 3 (Chủ nhật: vẫn tính theo ngày lịch)" in text
    assert "Căn cứ: BLDS 2015, Điều 147 khoản 3;" in text
    assert "<li>Thứ Tư, 13/05/2026: ngày thứ 7</li>" in postman.body("text/html", place)
    made = calendar_of(postman.mails[place])
    [event] = made.walk("VEVENT")
    assert made["METHOD"] == "PUBLISH"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 5, 13), date(2026, 5, 14))
    assert str(event["SUMMARY"]) == "Hạn: Thông báo trên loa"
    assert str(event["UID"]) == f"{PLAN}/announce@doithoai.local"
    assert (event.decoded("SEQUENCE"), str(event["TRANSP"])) == (2, "TRANSPARENT")


def test_a_moved_meeting_reaches_each_person_in_one_message_with_old_and_new_days(store: Store) -> None:
    begin(store, LAN, HA, RADIO)
    act(store, SetMeeting(date(2026, 5, 20)), at("2026-04-20"))
    sweep(store, at("2026-04-20"))
    with serving(Postman()) as port:
        send(store, port, at("2026-04-20"))
    act(store, SetMeeting(date(2026, 5, 27)), at("2026-04-21", "20:00"))
    postman = Postman()
    with serving(postman) as port:
        assert send(store, port, at("2026-04-21", "20:01")).waiting == 2
        send(store, port, at("2026-04-22", "07:30"))
        send(store, port, at("2026-04-22", "07:31"))
    assert sorted(postman.recipients) == ["dai@example.invalid", "ha@example.invalid"]
    place = place_of(postman, "dai@example.invalid")
    assert postman.header("Subject", place) == f"[Thay đổi] Thời hạn thay đổi – {DIALOGUE.title}"
    text = postman.body(place=place)
    assert "Ngày họp dời từ Thứ Tư, 20/05/2026 sang Thứ Tư, 27/05/2026." in text
    assert "- Thông báo trên loa (Trung tâm dịch vụ): từ Thứ Tư, 13/05/2026 thành Thứ Tư, 20/05/2026" in text
    assert "Cần làm: sắp xếp công việc theo hạn mới; nếu vướng mắc, báo người điều phối." in text
    assert "Vì sao ông/bà nhận thư này: thay đổi này liên quan đến việc của Trung tâm dịch vụ" in text
    [event] = calendar_of(postman.mails[place]).walk("VEVENT")
    assert (event.decoded("DTSTART"), event.decoded("SEQUENCE")) == (date(2026, 5, 20), 3)


def test_whoever_gives_a_step_away_gets_no_calendar_file_of_it_and_whoever_gets_it_does(store: Store) -> None:
    begin(store, LAN, HA, RADIO, replace(RADIO, person_id="clerk", email="van@example.invalid", unit="Văn phòng"))
    act(store, SetMeeting(date(2026, 5, 20)), at("2026-04-20"))
    act(store, HandOver("announce", "Văn phòng", "đổi phân công"), at("2026-04-20"))
    postman = Postman()
    with serving(postman) as port:
        send(store, port, at("2026-04-20"))
    gave, got = (postman.mails[place_of(postman, f"{name}@example.invalid")] for name in ("dai", "van"))
    assert "text/calendar" not in [part.get_content_type() for part in gave.walk()]
    [event] = calendar_of(got).walk("VEVENT")
    assert event.decoded("DTSTART") == date(2026, 5, 13)


def test_a_change_that_is_undone_before_the_office_opens_is_told_to_nobody(store: Store) -> None:
    begin(store, LAN, HA, RADIO)
    act(store, SetMeeting(date(2026, 5, 20)), at("2026-04-20"))
    act(store, SetMeeting(date(2026, 5, 27)), at("2026-04-20", "20:00"))
    act(store, SetMeeting(date(2026, 5, 20)), at("2026-04-20", "21:00"))
    with serving(Postman()) as port:
        send(store, port, at("2026-04-21"))
    changed = [n for n in notices(store) if n.rung == "changed"]
    assert {n.status for n in changed} == {DROPPED}
    assert {n.reason for n in changed} == {
        "Không còn thay đổi nào phải báo: hạn đã đổi tiếp, trở lại như cũ, hoặc việc đã xong."
    }


def test_a_postponed_meeting_says_that_there_is_no_day_yet(store: Store) -> None:
    begin(store, LAN, HA, RADIO)
    act(store, SetMeeting(date(2026, 5, 20)), at("2026-04-20"))
    act(store, PostponeMeeting("chờ lịch", month=(2026, 6)), at("2026-04-21"))
    postman = Postman()
    with serving(postman) as port:
        send(store, port, at("2026-04-21"))
    text = postman.body(place=place_of(postman, "dai@example.invalid"))
    assert "Hội nghị đã định ngày 20/05/2026 được hoãn, dự kiến họp trong tháng 06/2026; lý do: chờ lịch." in text
    assert "trước là Thứ Tư, 13/05/2026, nay chưa có ngày chính thức" in text


TEACHER = Petitioner("Nguyễn Thị Mai", "Trường Tiểu học", "mai@example.invalid")


def answered_petition(store: Store) -> None:
    seat(store, HA)
    start_plan(store, terms_of, FULL, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="test")
    act(store, RaisePetition("Sửa đường", TEACHER, RaisedWhen.BEFORE_MEETING, topic="giao thông"), at("2026-04-07"))
    given = Answer(AnsweredWhere.IN_WRITING, Result.REFERRED, date(2026, 4, 20), "21/UBND", "Đã chuyển Sở Xây dựng.")
    act(store, AnswerPetition("p1", given), at("2026-04-20"))


def test_a_petitioner_reads_the_answer_in_plain_words_and_nothing_of_the_offices_own(store: Store) -> None:
    answered_petition(store)
    postman = Postman()
    with serving(postman) as port:
        send(store, port, at("2026-04-20"))
    place = place_of(postman, "mai@example.invalid")
    assert postman.header("Subject", place) == f"Trả lời kiến nghị của ông/bà – {OFFICE}"
    text = postman.body(place=place)
    for said in (
        "Kính gửi ông/bà Nguyễn Thị Mai,",
        f"{OFFICE} trân trọng cảm ơn ông/bà đã nêu kiến nghị ngày 07/04/2026 về «giao thông» (mã p1)",
        "được trả lời ngày 20/04/2026, tại văn bản số 21/UBND. Kết quả: nội dung vượt thẩm quyền, đã được chuyển",
        "Nội dung trả lời: Đã chuyển Sở Xây dựng",
    ):
        assert said in text
    assert "http" not in text
    assert "Trường Tiểu học" not in text
    assert not any(part.get_filename() for part in postman.mails[place].walk())


def test_a_petitioner_told_in_the_meantime_is_not_written_to(store: Store) -> None:
    answered_petition(store)
    act(store, TellPetitioner("p1", date(2026, 4, 20)), at("2026-04-20"))
    postman = Postman()
    with serving(postman) as port:
        send(store, port, at("2026-04-20"))
    assert "mai@example.invalid" not in postman.recipients
    [notice] = [n for n in notices(store) if n.rung == "petitioner"]
    assert (notice.status, notice.reason) == (DROPPED, "Người nêu kiến nghị đã được báo ngày 20/04/2026.")


MORNING = at("2026-04-21", "07:30")


def last_anchor(store: Store) -> str:
    with store.reading() as uow:
        return uow.anchors.all()[-1].digest


def digest_of(store: Store, address: str, when: datetime = MORNING) -> str:
    send_digests(store, office_terms().calendar, at=when, terms_of=terms_of)
    postman = Postman()
    with serving(postman) as port:
        send(store, port, when)
    return postman.body(place=place_of(postman, address))


def test_the_coordinators_digest_lists_the_alerts_and_carries_the_days_anchor_out(store: Store) -> None:
    begin(store, replace(LAN, email=None), HA)
    with store() as uow:
        uow.heartbeats.beat("sweep", at("2026-04-21", "07:20"))
        uow.commit()
    text = digest_of(store, "ha@example.invalid")
    assert "Người điều phối cần xem xét:\n\n- Lượt quét gần nhất là 07:20 21/04/2026, quá 10 phút trước;" in text
    assert "- Lan (Ủy ban MTTQ xã) chưa có địa chỉ nào để nhận thông báo;" in text
    assert f"Mốc niêm phong nhật ký ngày 21/04/2026: {last_anchor(store)}\n" in text


def test_an_officers_digest_has_the_anchor_and_no_alerts(store: Store) -> None:
    begin(store)
    text = digest_of(store, "lan@example.invalid")
    assert f"ngày 21/04/2026: {last_anchor(store)}\n" in text
    assert "cần xem xét" not in text


def test_a_person_without_mail_gets_the_digest_over_the_channel_that_reaches_them(store: Store) -> None:
    with web(Desk()) as desk:
        begin(store, replace(LAN, email=None, contacts=(Contact("webhook", f"http://localhost:{desk.port}/lan"),)), HA)
        send_digests(store, office_terms().calendar, at=MORNING, terms_of=terms_of)
        hook = WebhookChannel("secret", ClockSetByHand(MORNING), ["localhost"])
        deliver(store, terms_of, {"webhook": hook}, at=MORNING, base_url="http://localhost:8000")
    [asked] = desk.asked
    assert asked.json["subject"].startswith("Điểm việc ngày 21/04/2026")
    assert asked.json["keys"] == ["digest/lan/2026-04-21"]


def own_footer(folder: Path, macro: str) -> Path:
    (folder / "vi").mkdir(parents=True)
    (folder / "vi" / "words.j2").write_text(macro, encoding="utf-8")
    return folder


def deliver_worded(store: Store, own: Path, when: datetime) -> Postman:
    sweep(store, when)
    postman = Postman()
    with serving(postman) as port:
        channels = {"email": MailChannel(f"mailto://127.0.0.1:{port}", "doithoai@localhost")}
        deliver(store, terms_of, channels, at=when, base_url="http://localhost:8000", own_templates=own)
    return postman


def test_an_installation_words_its_letters_otherwise_and_a_fault_of_its_own_keeps_nobody_from_theirs(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    begin(store, LAN)
    own = own_footer(tmp_path / "templates", "{% macro footer() %}Văn phòng UBND xã, 0225 000 000{% endmacro %}")
    assert "-- \nVăn phòng UBND xã, 0225 000 000\n" in deliver_worded(store, own, at("2026-04-07")).body()
    (own / "vi" / "words.j2").write_text("{% macro footer() %}{{ letter.nothing }}{% endmacro %}", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        body = deliver_worded(store, own, at("2026-04-20")).body()
    assert "Thư này do hệ thống theo dõi kế hoạch đối thoại gửi tự động" in body
    assert "words.j2, dòng 1" in caplog.text


def test_a_notice_over_a_channel_that_the_person_has_no_more_says_so(store: Store) -> None:
    begin(store, replace(LAN, contacts=(Contact("webhook", "https://x.example/h"),)))
    sweep(store, at("2026-04-20"))
    seat(store, LAN)
    hook = WebhookChannel("secret", ClockSetByHand(at("2026-04-20")))
    deliver(store, terms_of, {"webhook": hook}, at=at("2026-04-20"), base_url="http://localhost:8000")
    gone = [n for n in notices(store) if n.channel == "webhook"]
    assert {n.status for n in gone} == {DEAD}
    assert {n.reason for n in gone} == {
        "Lan (Ủy ban MTTQ xã) không còn địa chỉ ở kênh «webhook»; hãy bổ sung trong danh bạ."
    }

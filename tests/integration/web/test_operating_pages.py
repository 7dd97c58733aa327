"""Running an installation: decisions on days off, notices that reached nobody, ladders, channels, templates, backups."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest

from calendars.rules import Unit, Within
from tests.builders import DIALOGUE
from tests.integration.web.browsing import HOST, Browser
from tests.integration.web.conftest import NOW, Site, read, send
from tests.integration.web.reading import Page
from workflow.domain.cycle import Cycle
from workflow.domain.definition import PlanKind
from workflow.domain.ladder import Audience
from workflow.ports import ChannelFailed, Message, Notice, NoticeStatus, Person, Store
from workflow.services.ladders import ladder_of
from workflow.settings import DATABASE_FILE
from workflow.store import migrate, sql_store
from workflow.web.app import create_app

DECISION = """form = "Công văn"
number = "1/VPCP"
issuer = "Văn phòng Chính phủ"
issued_on = 2026-04-20
settles = "Hoán đổi ngày làm việc"
sources = ["thử"]

[[swap]]
off = 2026-04-23
worked = 2026-05-09
"""


def started(site: Site) -> Cycle:
    """A plan with a limit that counts over the day that the decision gives off."""
    first, *others = DIALOGUE.steps
    counted = replace(first, due=Within(14, Unit.WORKING_DAY, "start"))
    return site.start(replace(DIALOGUE, steps=(counted, *others)))


def sent(client: Browser, path: str, fields: list[tuple[str, str]], file: tuple[str, bytes] | None = None) -> Page:
    """Send a form as multipart, follow it, and wait for the end of the job that it begins."""
    answer = asyncio.run(_sent(client, path, fields, file))
    page = Page(answer)
    for _ in range(300):
        if 'http-equiv="refresh"' not in page.html:
            return page
        time.sleep(0.02)
        page = read(client, answer.url.raw_path.decode())
    raise AssertionError(page.text)


async def _sent(
    client: Browser, path: str, fields: list[tuple[str, str]], file: tuple[str, bytes] | None
) -> httpx.Response:
    parts: list[tuple[str, tuple[str | None, bytes]]] = [(name, (None, value.encode())) for name, value in fields]
    parts += [("file", file)] if file else []
    transport = httpx.ASGITransport(client.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url=HOST, cookies=client.cookies, follow_redirects=True
    ) as browser:
        return await browser.post(path, files=parts)


def token(client: Browser, path: str) -> tuple[str, str]:
    """The hidden field that the forms of a page carry."""
    return "csrf", read(client, path).forms[-1].fields["csrf"]


def looked_at(client: Browser, text: str = DECISION) -> Page:
    """The preview of a decision."""
    return sent(client, "/calendar/adopt", [token(client, "/calendar/adopt")], ("2026-thu.toml", text.encode()))


def due_on(site: Site, cycle: Cycle) -> date | None:
    """When the first step is due now."""
    deadline = site.cycle(cycle.plan_id).steps["collect"].deadline
    return deadline.due_on if deadline is not None else None


# ── decisions on days off ─────────────────────────────────────────────────────────────────────────────────────


def test_a_decision_is_looked_at_before_anything_changes(site: Site) -> None:
    cycle = started(site)
    before = due_on(site, cycle)
    page = looked_at(site.signed_in())
    assert page.status == 200
    assert "chưa có gì thay đổi" in page.text
    assert "23/04/2026" in page.text
    assert "giữ nguyên hạn này" in page.text
    assert due_on(site, cycle) == before


def test_a_confirmed_decision_moves_the_limits_and_is_listed_with_whoever_adopted_it(site: Site) -> None:
    cycle = started(site)
    before, client = due_on(site, cycle), site.signed_in()
    form = looked_at(client).form("/calendar/adopt/confirm")
    page = sent(client, form.action, list(form.fields.items()))
    assert "Đã áp dụng văn bản" in page.text
    after = due_on(site, cycle)
    assert before is not None
    assert after is not None
    assert after > before
    listed = read(client, "/calendar/adopt").text
    assert "1/VPCP" in listed
    assert "Nguyễn Thị Lan" in listed
    assert site.changes == 1


def test_a_ticked_limit_stays(site: Site) -> None:
    cycle = started(site)
    before, client = due_on(site, cycle), site.signed_in()
    preview = looked_at(client)
    form, kept = preview.form("/calendar/adopt/confirm"), f"{cycle.plan_id}:collect"
    assert f'value="{kept}"' in preview.html
    page = sent(client, form.action, [*form.fields.items(), ("keep", kept)])
    assert "Đã áp dụng văn bản" in page.text
    assert due_on(site, cycle) == before


def test_what_is_wrong_with_a_decision_is_told_by_line_and_its_text_stays(site: Site) -> None:
    client = site.signed_in()
    wrong = DECISION.replace("worked = 2026-05-09", "worked = 2026-05-08")
    page = sent(client, "/calendar/adopt", [token(client, "/calendar/adopt"), ("text", wrong)])
    assert page.status == 422
    assert "Dòng 8:" in page.text
    assert page.form("/calendar/adopt").fields["text"].strip() == wrong.strip()


@pytest.mark.parametrize(
    ("text", "said"), [("", "Hãy chọn tệp .toml"), ("x = ", "sai cú pháp TOML"), ("x" * 100_001, "không quá 100 KB")]
)
def test_what_is_no_decision_is_refused_with_what_to_do(site: Site, text: str, said: str) -> None:
    client = site.signed_in()
    page = sent(client, "/calendar/adopt", [token(client, "/calendar/adopt"), ("text", text)])
    assert page.status == 422
    assert said in page.text


def test_a_pasted_decision_is_named_by_its_number(site: Site) -> None:
    client = site.signed_in()
    page = sent(client, "/calendar/adopt", [token(client, "/calendar/adopt"), ("text", DECISION)])
    form = page.form("/calendar/adopt/confirm")
    sent(client, form.action, list(form.fields.items()))
    assert "1-vpcp.toml" in read(client, "/calendar/adopt").text


def test_a_preview_of_somebody_else_cannot_be_confirmed(site: Site) -> None:
    form = looked_at(site.signed_in()).form("/calendar/adopt/confirm")
    other = site.signed_in("chu")
    page = sent(other, form.action, [token(other, "/calendar/adopt"), ("job", form.fields["job"])])
    assert page.status == 422
    assert "không còn nữa" in page.text


def test_who_does_not_see_every_running_plan_is_told_who_can_adopt(site: Site) -> None:
    started(site)
    page = read(site.signed_in("xa"), "/calendar/adopt")
    assert page.status == 403
    assert "hãy nhờ người điều phối của cơ quan cấp trên" in page.text
    assert not page.has_form("/calendar/adopt")


# ── notices that reached nobody ───────────────────────────────────────────────────────────────────────────────


def given_up(site: Site, *keys: str) -> Cycle:
    """A plan with notices that were given up."""
    cycle = started(site)
    with site.application.store() as uow:
        uow.outbox.add([_dead(cycle.plan_id, key) for key in keys])
        uow.commit()
    return cycle


def _dead(plan_id: str, key: str) -> Notice:
    return Notice(
        key=f"{plan_id}/collect/1/overdue/{key}/mail",
        plan_id=plan_id,
        step="collect",
        revision=1,
        rung="overdue",
        person_id=key,
        person_name=f"Người {key}",
        address=f"{key}@example.invalid",
        channel="mail",
        owed_at=NOW,
        status=NoticeStatus.DEAD,
        attempts=5,
        reason="Máy chủ thư không nhận địa chỉ này.",
    )


def dead_now(site: Site) -> set[str]:
    """The keys of the notices that are given up now."""
    with site.application.store.reading() as uow:
        return {notice.person_id for notice in uow.outbox.with_status(NoticeStatus.DEAD, 100)}


def test_a_notice_that_reached_nobody_is_shown_with_its_reason_and_tried_again(site: Site) -> None:
    given_up(site, "an", "binh")
    client = site.signed_in()
    page = read(client, "/undelivered")
    assert "Người an" in page.text
    assert "Máy chủ thư không nhận địa chỉ này." in page.text
    assert "/undelivered" in read(client, "/").links
    form = next(form for form in page.forms if "/an/" in form.fields.get("key", ""))
    answer = Page(client.post(form.action, data=form.fields))
    assert "1 thông báo sẽ được gửi lại" in answer.text
    assert dead_now(site) == {"binh"}


def test_all_notices_are_tried_again_at_once(site: Site) -> None:
    given_up(site, "an", "binh")
    client = site.signed_in()
    answer = send(client, read(client, "/undelivered"), "/undelivered/retry")
    assert "2 thông báo sẽ được gửi lại" in answer.text
    assert dead_now(site) == set()
    assert "Mọi thông báo đều đã tới" in answer.text


def test_notices_of_another_organization_are_neither_shown_nor_tried(site: Site) -> None:
    cycle = given_up(site, "an")
    other = site.signed_in("xa")
    assert "Người an" not in read(other, "/undelivered").text
    crumb = dict([token(other, "/undelivered")])
    assert Page(other.post("/undelivered/retry", data=crumb)).status == 200
    key = _dead(cycle.plan_id, "an").key
    assert other.post("/undelivered/retry", data=crumb | {"key": key}).status_code == 404
    assert dead_now(site) == {"an"}


def test_a_supervisor_sees_the_reasons_and_is_given_no_button(site: Site) -> None:
    given_up(site, "an")
    page = read(site.signed_in("sat"), "/undelivered")
    assert "Máy chủ thư không nhận địa chỉ này." in page.text
    assert not page.has_form("/undelivered/retry")


# ── ladders ───────────────────────────────────────────────────────────────────────────────────────────────────

OWN_LADDER = """[[rung]]
name = "overdue"
base = "after_due"
working_days = 0
to = ["owner", "chair"]
"""


def test_the_ladder_of_a_kind_is_shown_in_words_and_changed_as_text(site: Site) -> None:
    client = site.signed_in()
    assert "Trước hạn 3 ngày làm việc" in read(client, "/ladders").text
    page = send(client, read(client, "/ladders/dialogue"), "/ladders/dialogue", text=OWN_LADDER)
    assert "Đã lưu" in page.text
    assert [rung.name for rung in ladder_of(site.application.store, PlanKind.DIALOGUE).ladder] == ["overdue"]
    page = send(client, page, "/ladders/dialogue/reset")
    assert "dùng lại bậc thang có sẵn" in page.text
    assert not ladder_of(site.application.store, PlanKind.DIALOGUE).own


def test_a_faulty_rung_is_named_and_what_was_typed_stays(site: Site) -> None:
    client = site.signed_in()
    typed = OWN_LADDER.replace('"chair"', '"boss"')
    page = send(client, read(client, "/ladders/dialogue"), "/ladders/dialogue", text=typed)
    assert page.status == 422
    assert "bậc thứ 1" in page.text
    assert page.form("/ladders/dialogue").fields["text"].strip() == typed.strip()
    assert not ladder_of(site.application.store, PlanKind.DIALOGUE).own


def test_running_plans_change_their_ladder_only_when_it_is_applied(site: Site) -> None:
    cycle, client = started(site), site.signed_in()
    page = send(client, read(client, "/ladders/dialogue"), "/ladders/dialogue", text=OWN_LADDER)
    assert site.cycle(cycle.plan_id).ladder == cycle.ladder
    form = page.form("/ladders/dialogue/apply")
    assert "1 kế hoạch đang chạy nay theo bậc thang mới" in sent(client, form.action, [*form.fields.items()]).text
    assert [rung.name for rung in site.cycle(cycle.plan_id).ladder] == ["overdue"]


def test_who_may_not_change_ladders_reads_them(site: Site) -> None:
    page = read(site.signed_in("minh"), "/ladders")
    assert page.status == 200
    assert not page.has_form("/ladders")


# ── the whole installation ────────────────────────────────────────────────────────────────────────────────────

KEEPER = Person("quan-tri", "Hoàng Quản Trị", "qt@example.invalid", "Tin học", Audience.OWNER, "", administrator=True)


class Post:
    """A channel that keeps what it is given, or does not answer."""

    name = "mail"

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.down = False

    def send(self, message: Message) -> None:
        """Keep the message."""
        if self.down:
            raise ChannelFailed("Máy chủ thư không trả lời.")
        self.sent.append(message)


def kept_by(store: Store, folder: Path) -> tuple[Site, Post, Browser]:
    """A site with a channel and an administrator of the whole, who has signed in."""
    site, post = Site(store, folder), Post()
    site.application = replace(site.application, channels={"mail": post})
    site.app = create_app(site.application)
    with site.application.store() as uow:
        uow.directory.put(KEEPER)
        uow.commit()
    return site, post, site.signed_in("quan-tri")


def test_a_channel_is_tested_with_a_message_to_oneself_and_the_result_is_told(store: Store, tmp_path: Path) -> None:
    _, post, client = kept_by(store, tmp_path)
    page = read(client, "/admin/channels")
    assert "chưa thiết lập" in page.text
    page = send(client, page, "/admin/channels/test")
    assert "Đã gửi thư thử" in page.text
    assert [message.to_address for message in post.sent] == ["qt@example.invalid"]
    post.down = True
    page = send(client, page, "/admin/channels/test")
    assert page.status == 422
    assert "Máy chủ thư không trả lời." in page.text


def test_tests_of_channels_are_limited(store: Store, tmp_path: Path) -> None:
    _, post, client = kept_by(store, tmp_path)
    page = read(client, "/admin/channels")
    answers = [send(client, page, "/admin/channels/test").status for _ in range(12)]
    assert answers[-1] == 409
    assert len(post.sent) == 10


def test_a_template_is_checked_before_it_is_kept_and_can_be_reverted(store: Store, tmp_path: Path) -> None:
    _, _, client = kept_by(store, tmp_path)
    place, file = "/admin/letters/vi/letter.txt.j2", tmp_path / "templates/vi/letter.txt.j2"
    page = read(client, place)
    faulty = send(client, page, place, text="{{ khong_co }}")
    assert faulty.status == 422
    assert "có lỗi" in faulty.text
    assert not file.exists()
    changed = page.form(place).fields["text"].lstrip("\n") + "\nTrân trọng, phòng Tin học\n"
    page = send(client, page, place, text=changed)
    assert "Đã lưu" in page.text
    assert "Trân trọng, phòng Tin học" in page.text
    page = send(client, page, f"{place}/revert")
    assert not file.exists()
    assert "Trân trọng, phòng Tin học" not in page.text


def test_sample_letters_are_shown_in_both_languages(store: Store, tmp_path: Path) -> None:
    _, _, client = kept_by(store, tmp_path)
    for language in ("vi", "en"):
        assert "Nguyễn Văn A" in read(client, f"/admin/letters?language={language}").text
        assert client.get(f"/admin/letters/preview?language={language}&sample=3").status_code == 200


def test_a_backup_is_made_downloaded_and_deleted(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / DATABASE_FILE}"
    migrate(url)
    _, _, client = kept_by(sql_store(url), tmp_path)
    page = sent(client, "/admin/backups", [token(client, "/admin/backups")])
    name = next(link for link in page.links if link.endswith(".zip"))
    answer = client.get(name)
    assert answer.headers["content-type"] == "application/zip"
    assert answer.content.startswith(b"PK")
    page = send(client, page, f"{name}/delete")
    assert "Chưa có bản sao lưu nào." in page.text
    assert client.get("/admin/backups/..%2Fsession.key").status_code == 404


@pytest.mark.parametrize("page", ["channels", "letters", "backups"])
def test_an_administrator_of_one_organization_does_not_look_after_the_installation(site: Site, page: str) -> None:
    with site.application.store() as uow:
        uow.directory.put(replace(KEEPER, organization="UBND xã Khác"))
        uow.commit()
    answer = read(site.signed_in("quan-tri"), f"/admin/{page}")
    assert answer.status == 403
    assert "người quản trị toàn hệ thống" in answer.text

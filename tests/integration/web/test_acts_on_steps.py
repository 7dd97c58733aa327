"""What people do to a step: each act from its page, previews, files, refusals, two editors at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from calendars.rules import Unit, Within
from tests.builders import DIALOGUE
from tests.integration.web.conftest import Site, read, send
from tests.integration.web.reading import Form, Page
from tests.integration.web.sending import send_files
from workflow.domain.commands import AskExtension, CompleteStep, HandOver, SetMeeting
from workflow.domain.cycle import StepState
from workflow.domain.definition import Evidence, ForEach, StepDefinition
from workflow.domain.verdict import Tally


def _fuller(step: StepDefinition) -> StepDefinition:
    changes: Mapping[str, StepDefinition] = {
        "answers": replace(step, for_each=ForEach.UNIT),
        "announce": replace(step, evidence=(Evidence.FILE,)),
        "meeting_day": replace(step, quorum=Fraction(2, 3), majority=Fraction(1, 2)),
        "conclusion": replace(
            step, extend=Within(15, Unit.WORKING_DAY, "meeting_day"), extend_reasons=("vụ việc phức tạp",)
        ),
    }
    return changes.get(step.key, step)


PLAN = replace(DIALOGUE, steps=tuple(map(_fuller, DIALOGUE.steps)))


@pytest.fixture
def plan(site: Site) -> str:
    return site.start(PLAN).plan_id


@pytest.fixture
def held(site: Site, plan: str) -> str:
    """The plan with its meeting held today."""
    for key in ("collect", "answers"):
        site.do(plan, CompleteStep(key))
    site.do(plan, CompleteStep("announce", file="x"))
    site.do(plan, SetMeeting(date(2026, 4, 22)))
    site.do(plan, CompleteStep("meeting_day", tally=Tally(45, 40, 40)))
    return plan


def step_of(site: Site, plan: str, key: str) -> StepState:
    return site.cycle(plan).steps[key]


def confirm_of(page: Page) -> Form:
    return next(form for form in page.forms if form.fields.get("stage") == "confirm")


def act(site: Site, plan: str, key: str, name: str, person: str = "lan", **typed: str) -> Page:
    """Fill an act's form in and send it; confirm the preview, where there is one."""
    client, address = site.signed_in(person), f"/plans/{plan}/steps/{key}/{name}"
    page = send(client, read(client, address), address, **typed)
    if "preview" in page.ids:
        return send_files(client, address, confirm_of(page).fields)
    return page


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────


def upload(site: Site, plan: str, name: str, content: bytes, **typed: str) -> Page:
    client, address = site.signed_in(), f"/plans/{plan}/steps/announce/complete"
    fields = read(client, address).form(address).fields | typed
    return send_files(client, address, fields, file=(name, content))


def test_a_proof_is_kept_out_of_reach_and_handed_out_as_a_file_to_save(site: Site, plan: str) -> None:
    upload(site, plan, "../../biên bản <b>.pdf", b"%PDF-1.7 x")
    done = step_of(site, plan, "announce").completion
    assert done is not None
    assert done.file is not None
    assert done.file[65:] == "_.._biên bản _b_.pdf" or "/" not in done.file
    page = read(site.signed_in("sat"), f"/plans/{plan}/steps/announce")
    address = next(link for link in page.links if link.startswith("/proofs/"))
    answer = site.signed_in("sat").get(address)
    assert answer.content == b"%PDF-1.7 x"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_proof_is_not_there_for_another_commune_nor_under_another_name(site: Site, plan: str) -> None:
    upload(site, plan, "a.pdf", b"%PDF-1.7 x")
    file = step_of(site, plan, "announce").completion.file  # type: ignore[union-attr]
    assert site.signed_in("xa").get(f"/proofs/{plan}/{file}").status_code == 404
    assert site.visitor().get(f"/proofs/{plan}/{file}").status_code == 401
    for name in ("..%2Fdoithoai.sqlite3", "..%2F..%2Fetc%2Fpasswd", "session.key", "none"):
        assert site.signed_in().get(f"/proofs/{plan}/{name}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("trang.html", b"<script>alert(1)</script>", "Không nhận tệp «trang.html»"),
        ("anh.png", b"<script>alert(1)</script>", "không đúng với đuôi .png"),
        ("trong.pdf", b"", "Tệp «trong.pdf» trống"),
        ("to.pdf", b"%PDF" + b"x" * (26 * 1024 * 1024), "lớn hơn 25 MB"),
        ("khong-duoi", b"x", "Không nhận tệp «khong-duoi»"),
    ],
)
def test_a_hostile_file_is_refused_beside_its_field_and_nothing_typed_is_lost(
    site: Site, plan: str, name: str, content: bytes, sentence: str
) -> None:
    page = upload(site, plan, name, content, note="Đã phát loa 3 lần")
    assert (page.status, sentence in page.text, "file-wrong" in page.ids) == (422, True, True), page.text
    fields = page.form(f"/plans/{plan}/steps/announce/complete").fields
    assert fields["note"] == "Đã phát loa 3 lần"
    assert not step_of(site, plan, "announce").ended


def test_a_file_is_not_lost_when_the_form_comes_back(site: Site, plan: str) -> None:
    page = upload(site, plan, "a.pdf", b"%PDF-1.7 x", happened_on="mai")
    assert "Đã nhận tệp: a.pdf" in page.text
    client, address = site.signed_in(), f"/plans/{plan}/steps/announce/complete"
    sealed = page.form(address).fields
    fields = read(client, address).form(address).fields
    kept = {name: sealed[name] for name in ("kept", "kept_seal")}
    send_files(client, address, fields | kept)
    assert step_of(site, plan, "announce").completion.file.endswith("-a.pdf")  # type: ignore[union-attr]


def test_the_name_of_a_file_that_was_never_sent_is_not_taken(site: Site, plan: str) -> None:
    client, address = site.signed_in(), f"/plans/{plan}/steps/announce/complete"
    page = read(client, address)
    told = send_files(client, address, page.form(address).fields | {"kept": "../session.key", "kept_seal": "0" * 64})
    assert (told.status, "Không còn giữ tệp" in told.text) == (422, True)


# ── votes ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_meeting_asks_for_its_votes_and_refuses_too_few(site: Site, plan: str) -> None:
    for key in ("collect", "answers"):
        site.do(plan, CompleteStep(key))
    site.do(plan, CompleteStep("announce", file="x"))
    site.do(plan, SetMeeting(date(2026, 4, 22)))
    few = act(site, plan, "meeting_day", "complete", summoned="45", present="20", in_favour="20")
    assert (few.status, "present-wrong" in few.ids, "20/45" in few.text) == (422, True, True)
    act(site, plan, "meeting_day", "complete", summoned="45", present="40", in_favour="39")
    assert step_of(site, plan, "meeting_day").completion.tally == Tally(45, 40, 39)  # type: ignore[union-attr]


# ── more time ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_extension_is_previewed_then_confirmed(site: Site, held: str) -> None:
    client, address = site.signed_in("chu"), f"/plans/{held}/steps/conclusion/extend"
    first = step_of(site, held, "conclusion").deadline
    page = send(client, read(client, address), address, reason="vụ việc phức tạp", words="42 kiến nghị", n="15")
    assert step_of(site, held, "conclusion").deadline == first
    assert first is not None
    assert f"{first.due_on:%d/%m/%Y}" in page.text
    told = send_files(client, address, confirm_of(page).fields)
    assert "Đã ghi kéo dài hạn." in told.text
    extended = step_of(site, held, "conclusion")
    assert extended.extended is not None
    assert extended.extended.approved_by == "Phạm Văn Chủ"
    assert extended.deadline.due_on > first.due_on  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"n": "16"}, "n"),
        ({"n": "mười"}, "n"),
        ({"reason": "bận"}, "reason"),
        ({"words": ""}, "words"),
        ({"approved_by": "Ông Không Ai"}, "approved_by"),
        ({"approved_on": "30/04/2026"}, "approved_on"),
    ],
)
def test_what_is_wrong_with_an_extension_stands_beside_its_field(
    site: Site, held: str, typed: dict[str, str], field: str
) -> None:
    usual = {"reason": "vụ việc phức tạp", "words": "42 kiến nghị", "n": "12"}
    page = act(site, held, "conclusion", "extend", **(usual | typed))
    assert (page.status, f"{field}-wrong" in page.ids) == (422, True), page.text


def test_an_officer_asks_and_the_chair_sees_it_and_approves(site: Site, held: str) -> None:
    site.do(held, HandOver("conclusion", "Ủy ban MTTQ xã", "thử"))
    asked = act(site, held, "conclusion", "ask", "minh", reason="vụ việc phức tạp", words="42 kiến nghị", n="12")
    assert "Đã gửi đề nghị kéo dài hạn" in asked.text
    chair = site.signed_in("chu")
    page = read(chair, "/chair")
    assert "42 kiến nghị" in page.text
    assert "Trần Văn Minh đề nghị ngày 22/04/2026" in page.text
    address = f"/plans/{held}/steps/conclusion/extend"
    assert address in page.links
    assert read(chair, address).form(address).fields["words"] == "42 kiến nghị"
    act(site, held, "conclusion", "extend", "chu", reason="vụ việc phức tạp")
    assert "Không có đề nghị nào chờ duyệt." in read(chair, "/chair").text


def test_a_declined_asking_is_gone(site: Site, held: str) -> None:
    site.do(held, AskExtension("conclusion", "vụ việc phức tạp", "nhiều"))
    act(site, held, "conclusion", "decline", "chu", reason="Đủ thời gian")
    assert step_of(site, held, "conclusion").asked is None


# ── the other acts ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_step_is_handed_over_stopped_restarted_skipped_and_reopened(site: Site, held: str) -> None:
    act(site, held, "conclusion", "hand-over", owner="Công an xã", reason="Đúng chuyên môn")
    assert step_of(site, held, "conclusion").definition.owner == "Công an xã"
    act(site, held, "conclusion", "stop", reason="Chờ ý kiến thành phố")
    assert step_of(site, held, "conclusion").stopped
    act(site, held, "conclusion", "restart")
    assert not step_of(site, held, "conclusion").stopped
    act(site, held, "conclusion", "skip", reason="Không cần")
    assert step_of(site, held, "conclusion").skipped is not None
    act(site, held, "conclusion", "reopen", reason="Nhầm")
    assert not step_of(site, held, "conclusion").ended


def test_acknowledging_and_snoozing_are_kept(site: Site, plan: str) -> None:
    assert "Đã ghi «đã rõ»" in act(site, plan, "collect", "acknowledge", "minh").text
    assert step_of(site, plan, "collect").acknowledged
    act(site, plan, "collect", "snooze", "minh", until="24/04/2026")
    assert step_of(site, plan, "collect").snoozed is not None
    past = act(site, plan, "collect", "snooze", "minh", until="01/04/2026")
    assert (past.status, "until-wrong" in past.ids) == (422, True)


def test_a_correction_is_previewed_and_keeps_what_was_left_empty(site: Site, plan: str) -> None:
    site.do(plan, CompleteStep("collect", document_number="9/BC"))
    act(site, plan, "collect", "correct", happened_on="20/04/2026", reason="Ghi nhầm ngày")
    done = step_of(site, plan, "collect").completion
    assert done is not None
    assert (done.happened_at.date(), done.document_number) == (date(2026, 4, 20), "9/BC")


def test_a_step_is_shared_among_units(site: Site, plan: str) -> None:
    act(site, plan, "answers", "share", units="Công an xã\nTrạm Y tế")
    assert len(site.cycle(plan).parts_of("answers")) == 2


def test_two_who_hand_a_step_over_at_once_the_second_is_told_and_loses_nothing(site: Site, plan: str) -> None:
    client, address = site.signed_in(), f"/plans/{plan}/steps/collect/hand-over"
    page = read(client, address)
    site.do(plan, HandOver("collect", "Đoàn xã", "đổi"), actor="chu")
    told = send(client, page, address, owner="Công an xã", reason="Đúng việc")
    assert (told.status, "Phạm Văn Chủ" in told.text, "Đoàn xã" in told.text) == (409, True, True)
    assert told.form(address).fields.items() >= {"owner": "Công an xã", "reason": "Đúng việc"}.items()
    send(client, told, address)
    assert step_of(site, plan, "collect").definition.owner == "Công an xã"


def test_the_same_form_sent_twice_is_done_once(site: Site, plan: str) -> None:
    client, address = site.signed_in(), f"/plans/{plan}/steps/collect/hand-over"
    page = read(client, address)
    answers = [send(client, page, address, owner="Đoàn xã", reason="đổi") for _ in range(2)]
    assert [each.status for each in answers] == [200, 200]


def test_an_officer_is_offered_only_what_the_rules_allow(site: Site, plan: str) -> None:
    links = read(site.signed_in("minh"), f"/plans/{plan}/steps/collect").links
    offered = {link.rpartition("/")[2] for link in links if link.startswith(f"/plans/{plan}/steps/collect/")}
    assert offered == {"complete", "acknowledge", "snooze"}
    assert site.signed_in("minh").get(f"/plans/{plan}/steps/collect/hand-over").status_code == 403


# ── one's own page, absences ──────────────────────────────────────────────────────────────────────────────────


def test_an_officer_sees_the_work_of_the_unit_and_acknowledges_it_there(site: Site, plan: str) -> None:
    client = site.signed_in("minh")
    page = read(client, "/mine")
    assert "Thu phiếu" in page.text
    assert "Thông báo trên loa" not in page.text
    send(client, page, f"/plans/{plan}/steps/collect/acknowledge")
    assert step_of(site, plan, "collect").acknowledged


def test_a_substitute_sees_the_work_of_whoever_is_away(site: Site, plan: str) -> None:
    client = site.signed_in("minh")
    told = send(client, read(client, "/me/absence"), "/me/absence", last="30/04/2026", substitute="hoa")
    assert "Đã ghi báo vắng" in told.text
    assert "Lê Thị Hoa" in told.text
    assert "Thay Trần Văn Minh" in read(site.signed_in("hoa"), "/mine").text
    send(client, told, "/me/absence/end")
    assert "Thay Trần Văn Minh" not in read(site.signed_in("hoa"), "/mine").text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"last": ""}, "last"),
        ({"last": "01/04/2026"}, "last"),
        ({"last": "30/04/2026", "substitute": "xa"}, "substitute"),
        ({"last": "30/04/2026", "substitute": "minh"}, "substitute"),
    ],
)
def test_a_wrong_absence_is_told_beside_its_field(site: Site, typed: dict[str, str], field: str) -> None:
    client = site.signed_in("minh")
    page = send(client, read(client, "/me/absence"), "/me/absence", **typed)
    assert (page.status, f"{field}-wrong" in page.ids) == (422, True), page.text


def test_the_chairs_page_names_what_is_late_and_no_plan_of_another_commune(site: Site, plan: str) -> None:
    site.clock.set(site.clock.now().replace(day=28))
    assert "Thu phiếu (Ủy ban MTTQ xã)" in read(site.signed_in("chu"), "/chair").text
    assert "Thu phiếu" not in read(site.signed_in("xa"), "/chair").text

"""Takes the pictures of the documents: `python docs/pictures.py [NAME …]`, all of them where none is named.

It loads the demo into a passing folder, on a day that is always the same, serves it, and visits each page as the person
whose page it is. The pictures go to docs/pictures/*.png, those of a phone with «-phone»; each is small enough to be
committed. Needs the test set (`make setup`) and a Chromium.
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread

import uvicorn
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

from calendars.rules import Unit, Within
from workflow.bootstrap import Application, build_application, prepare_data
from workflow.clock import ClockSetByHand
from workflow.demo import CURRENT_PLAN, EXAMPLES, load_demo
from workflow.domain.commands import AnswerPetition, AskExtension, Command, RaisePetition
from workflow.domain.definition import PlanDefinition, PlanKind, StepDefinition, StepKind
from workflow.domain.ladder import Audience
from workflow.domain.petition import Answer, AnsweredWhere, Petitioner, RaisedWhen, Result
from workflow.domain.zone import day_of
from workflow.planfile import read_plan
from workflow.services.plans import handle, start_plan
from workflow.services.sessions import open_session
from workflow.settings import Settings
from workflow.web.app import create_app
from workflow.web.cookies import SESSION

FOLDER = Path(__file__).parent / "pictures"
LARGEST_BYTES = 150 * 1024
NOW = datetime(2026, 5, 7, 2, tzinfo=UTC)
SIZES = {"": (1366, 768), "-phone": (390, 844)}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FRONT = "Ủy ban MTTQ và các tổ chức chính trị - xã hội xã"
YOUTH = "Đối thoại với thanh niên năm 2026"
WISHES = (
    ("Bố trí giáo viên dạy thay khi giáo viên nghỉ thai sản", "Nhà giáo Nguyễn Thị Hạnh", "Biên chế"),
    ("Sửa mái dãy phòng học khu B trước mùa mưa", "Nhà giáo Trần Văn Lực", "Cơ sở vật chất"),
    ("Hướng dẫn chế độ phụ cấp cho giáo viên dạy nhiều điểm trường", "Nhà giáo Lê Thị Mai", "Chế độ, chính sách"),
    ("Lắp thêm đèn ở đoạn đường vào trường tiểu học", "Nhà giáo Vũ Đức Anh", "Cơ sở vật chất"),
)
DOCUMENT = """ỦY BAN NHÂN DÂN XÃ AN HÒA
Số: 45/KH-UBND
An Hòa, ngày 04 tháng 5 năm 2026

KẾ HOẠCH
Tổ chức hội nghị đối thoại với hội viên nông dân năm 2026

1. Văn phòng HĐND và UBND xã gửi phiếu lấy ý kiến đến các chi hội trước ngày 12/5/2026.
2. Hội Nông dân xã tổng hợp ý kiến, gửi về Văn phòng HĐND và UBND xã trước ngày 20/5/2026.
3. Phòng Kinh tế chuẩn bị nội dung trả lời, hoàn thành trước ngày 26/5/2026.
4. Hội nghị đối thoại tổ chức vào 8 giờ 00 ngày 29/5/2026 tại Nhà văn hóa xã.
5. Văn phòng HĐND và UBND xã ban hành thông báo kết luận trong 10 ngày làm việc sau hội nghị.
"""


@dataclass(frozen=True)
class Shot:
    """A picture: whose page, its address, the part that it begins with ("" the top), in which sizes; `height` of its window."""

    who: str
    path: str
    part: str = ""
    sizes: tuple[str, ...] = ("",)
    height: int | None = None


def shots(plan: str, step: str, petition: str) -> dict[str, Shot]:
    """Every picture by name."""
    both = ("", "-phone")
    lead = Audience.COORDINATOR.value
    return {
        "today": Shot(lead, "/", sizes=both),
        "plans": Shot(lead, "/plans"),
        "plan": Shot(lead, plan, sizes=both),
        "gantt": Shot(lead, plan, "section:has(.gantt)"),
        "step": Shot(lead, f"{plan}/steps/{step}", sizes=both),
        "petitions": Shot(lead, f"{plan}/petitions"),
        "petition": Shot(lead, f"{plan}/petitions/{petition}"),
        "meeting": Shot(lead, f"{plan}/meeting?on=27/05/2026"),
        "mine": Shot(Audience.OWNER.value, "/mine", sizes=both),
        "chair": Shot(Audience.CHAIR.value, "/chair"),
        "report": Shot(Audience.SUPERVISOR.value, "/reports?since=01/01/2025&until=31/12/2026"),
        "admin": Shot("administrator", "/admin/people?q=mttq"),
        "what_if": Shot("", "/what-if?wording=10+ngày+làm+việc+sau+hội+nghị&event=27/05/2026", sizes=both),
        "calendar": Shot("", "/calendar/2026"),
        "draft": Shot(lead, "/plans/new", "section:has(.draft-step), .draft-step", height=520),
    }


# ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────


def prepared(folder: Path) -> Application:
    """The demo, with petitions, a plan of another kind and a request that waits for the chair."""
    settings = Settings(data=folder, prefect_api="")
    prepare_data(settings)
    application = build_application(settings, clock=ClockSetByHand(NOW))
    load_demo(application, _quietly)
    plan = current_plan(application)
    for place, (wish, who, topic) in enumerate(WISHES):
        lead = FRONT if place != 2 else None
        _do(application, plan, RaisePetition(wish, Petitioner(who), RaisedWhen.BEFORE_MEETING, topic=topic, lead=lead))
    answer = Answer(AnsweredWhere.IN_WRITING, Result.SETTLED, day_of(NOW), "31/UBND")
    _do(application, plan, AnswerPetition("p2", answer))
    _start_another(application)
    return application


def _quietly(_text: str, /, **_fields: object) -> None:
    """Say nothing of the progress."""


def _start_another(application: Application) -> None:
    due, longer = Within(10, Unit.WORKING_DAY, "start"), Within(15, Unit.WORKING_DAY, "start")
    steps = (
        StepDefinition(
            "answer", StepKind.DRAFT_ANSWERS, "Văn bản trả lời thanh niên", owner=FRONT, due=due, extend=longer
        ),
    )
    definition = PlanDefinition(YOUTH, PlanKind.DIALOGUE, read_plan(EXAMPLES / CURRENT_PLAN).organization, steps)
    started_on = date(2026, 5, 4)
    made = start_plan(application.store, application.terms_of, definition, started_on=started_on, at=NOW, actor="demo")
    asked = AskExtension("answer", "Vụ việc phức tạp", "Phải xác minh tại ba thôn trước khi trả lời", 15)
    _do(application, made.plan_id, asked, actor=person_of(application, Audience.OWNER.value))


def _do(application: Application, plan: str, command: Command, actor: str = "demo") -> None:
    handle(application.store, application.terms_of, plan, command, at=NOW, actor=actor)


def current_plan(application: Application) -> str:
    """The plan of the demo that is in full course."""
    with application.store.reading() as uow:
        return next(row.plan_id for row in uow.plans.rows() if row.title != YOUTH)


def person_of(application: Application, who: str) -> str:
    """Somebody with a role in the organization of the current plan; "administrator": who looks after everything."""
    organization = read_plan(EXAMPLES / CURRENT_PLAN).organization
    with application.store.reading() as uow:
        people = uow.directory.all()
    if who == "administrator":
        return next(person.person_id for person in people if person.administrator)
    seated = [person for person in people if person.role.value == who and person.organization == organization]
    return next((person for person in seated if person.unit == FRONT), seated[0]).person_id


@contextmanager
def served(application: Application) -> Iterator[str]:
    """Serve an application on a free port of this machine."""
    place = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(application), log_level="error", access_log=False))
    thread = Thread(target=server.run, args=([place],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{place.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


# ── taking ───────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser: the one named by CHROMIUM, the system's, else Playwright's own."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def take(browser: Browser, application: Application, address: str, wanted: list[str]) -> None:
    """Take the pictures that are wanted."""
    plan = current_plan(application)
    with application.store.reading() as uow:
        late = next(step.key for step in uow.plans.steps(plan) if step.kind is StepKind.DRAFT_ANSWERS)
    for name, shot in shots(f"/plans/{plan}", late, "p1").items():
        for size in shot.sizes if not wanted or name in wanted else ():
            width, height = SIZES[size]
            context = browser.new_context(viewport={"width": width, "height": shot.height or height}, locale="vi-VN")
            if shot.who:
                secret = open_session(application.store, person_of(application, shot.who), at=NOW)
                context.add_cookies([{"name": SESSION, "value": secret, "url": address}])
            page = context.new_page()
            page.goto(address + shot.path)
            if name == "draft":
                _read_a_document(page)
            keep(page, shot.part, f"{name}{size}")
            context.close()


def _read_a_document(page: Page) -> None:
    sent = FilePayload(name="ke-hoach.txt", mimeType="text/plain", buffer=DOCUMENT.encode())
    page.locator("#document").set_input_files(sent)
    page.get_by_role("button", name="Đọc văn bản").click()
    page.wait_for_url("**/plans/drafts/*", timeout=60_000)


def keep(page: Page, part: str, name: str) -> None:
    """Take what the window shows, from a part of the page on."""
    if part:
        page.locator(part).first.evaluate(
            "each => window.scrollTo(0, each.getBoundingClientRect().top + scrollY - 110)"
        )
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    size = path.stat().st_size
    sys.stdout.write(f"{path.name}: {size} bytes\n")
    if size > LARGEST_BYTES:
        sys.exit(f"{path.name}: {size} bytes, at most {LARGEST_BYTES}")


def main() -> None:
    """Take the pictures that the command line names."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        application = prepared(Path(folder))
        with served(application) as address, chromium() as browser:
            take(browser, application, address, sys.argv[1:])


if __name__ == "__main__":
    main()

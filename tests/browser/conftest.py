"""A real browser on a real server, over a database of its own and a clock set by hand."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, sync_playwright

from calendars.rules import Unit, Within
from tests.builders import at
from workflow.bootstrap import Application
from workflow.clock import ClockSetByHand
from workflow.domain.commands import RaisePetition
from workflow.domain.definition import Evidence, PlanDefinition, PlanKind, StepDefinition, StepKind
from workflow.domain.ladder import Audience
from workflow.domain.petition import Petitioner, RaisedWhen
from workflow.planfile import read_plan
from workflow.ports import Person
from workflow.services.plans import handle, start_plan
from workflow.services.sessions import open_session
from workflow.services.signing_in import invite
from workflow.services.sweeping import sweep
from workflow.settings import Settings
from workflow.store import migrate, sql_store
from workflow.web.app import create_app
from workflow.web.cookies import SESSION

PLAN = Path(__file__).parent.parent.parent / "examples" / "s3-bac-thanh-mien-2026.yaml"
PLAN_ID = "ubnd-xa-bac-thanh-mien-2026"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STARTS_WITHIN_S = 20
SIZES = {"desktop": (1366, 768), "phone": (390, 844)}


def chromium(playwright: Playwright) -> str | None:
    """Where a Chromium is: named by CHROMIUM, on the path, or Playwright's own; None when there is none."""
    named = os.environ.get("CHROMIUM")
    found = [named] if named else [path for name in NAMES if (path := shutil.which(name))]
    own = playwright.chromium.executable_path
    return next(iter(found), own if Path(own).exists() else None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Its absence is a failure where tests decide (CI=true), elsewhere one loud line."""
    with sync_playwright() as playwright:
        path = chromium(playwright)
        if path is None:
            words = "NO CHROMIUM: the browser tests did not run; install it (Debian: apt install chromium)."
            if os.environ.get("CI") == "true":
                pytest.fail(words)
            sys.__stderr__.write(f"\n!!! {words}\n")  # type: ignore[union-attr]
            pytest.skip(words)
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


COMMUNE = "UBND xã Bắc Thanh Miện"
FRONT = "Ủy ban MTTQ xã"
PEOPLE = (
    Person("lan", "Nguyễn Thị Lan", "lan@example.invalid", "Văn phòng", Audience.COORDINATOR, COMMUNE),
    Person("minh", "Trần Văn Minh", "minh@example.invalid", FRONT, Audience.OWNER, COMMUNE),
    Person("chu", "Phạm Văn Chủ", "chu@example.invalid", COMMUNE, Audience.CHAIR, COMMUNE),
    Person("sat", "Đỗ Thị Sát", "sat@example.invalid", "HĐND xã", Audience.SUPERVISOR, COMMUNE),
    Person("quan", "Vũ Thị Quản", "quan@example.invalid", "", Audience.COORDINATOR, "", administrator=True),
)
YOUTH = PlanDefinition(
    "Đối thoại với thanh niên năm 2026",
    PlanKind.DIALOGUE,
    COMMUNE,
    (
        StepDefinition(
            "answer",
            StepKind.DRAFT_ANSWERS,
            "Văn bản trả lời thanh niên",
            owner=FRONT,
            due=Within(10, Unit.WORKING_DAY, "start"),
            extend=Within(15, Unit.WORKING_DAY, "start"),
            evidence=(Evidence.DOCUMENT,),
        ),
        StepDefinition(
            "post",
            StepKind.OTHER,
            "Niêm yết kết quả",
            owner="Văn phòng",
            after=("answer",),
            due=Within(3, Unit.WORKING_DAY, "answer"),
        ),
    ),
)
YOUTH_STARTED = date(2026, 4, 20)


@dataclass(frozen=True)
class Site:
    """A served application."""

    address: str
    application: Application

    def way_in(self) -> str:
        """A one-time link for the coordinator."""
        secret = invite(self.application.store, "lan", at=self.application.clock.now())
        return f"{self.address}/sign-in?token={secret}"

    def session(self, person_id: str) -> str:
        """What a browser keeps of a person who has signed in."""
        return open_session(self.application.store, person_id, at=self.application.clock.now())


def let_in(page: Page, site: Site, person_id: str) -> None:
    """Sign a person in without the page for it."""
    page.context.add_cookies([{"name": SESSION, "value": site.session(person_id), "url": site.address}])


def _application(database: Path) -> Application:
    store = sql_store(f"sqlite:///{database}")
    return Application(Settings(data=database.parent), store, ClockSetByHand(at("2026-04-27")))


def _fill(application: Application) -> None:
    definition = read_plan(PLAN)
    with application.store() as uow:
        for person in PEOPLE:
            uow.directory.put(person)
        uow.commit()
    for plan, began_on in ((definition, date(2026, 4, 13)), (YOUTH, YOUTH_STARTED)):
        start_plan(
            application.store,
            application.terms_of,
            plan,
            started_on=began_on,
            at=at(began_on.isoformat()),
            actor="lan",
        )
    raised = RaisePetition(
        "Đề nghị bố trí giáo viên dạy thay", Petitioner("Bà Tâm"), RaisedWhen.BEFORE_MEETING, lead=FRONT
    )
    handle(application.store, application.terms_of, PLAN_ID, raised, at=at("2026-04-22"), actor="lan")
    sweep(application.store, application.terms_of, at=application.clock.now())


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database seen on 27/04/2026: the example plan, whose forms are late, and one with a limit that can be extended."""
    database = tmp_path_factory.mktemp("prepared") / "browser.sqlite3"
    migrate(f"sqlite:///{database}")
    application = _application(database)
    _fill(application)
    application.store.close()  # type: ignore[attr-defined]
    return database


@pytest.fixture(scope="module")
def standing(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that is only looked at: all who look share it."""
    with _copied(prepared, tmp_path_factory.mktemp("standing")) as made:
        yield made


@pytest.fixture
def site(prepared: Path, tmp_path: Path) -> Iterator[Site]:
    """A site over a copy of the prepared database."""
    with _copied(prepared, tmp_path) as made:
        yield made


@contextmanager
def _copied(prepared: Path, folder: Path) -> Iterator[Site]:
    for file in prepared.parent.glob("browser.sqlite3*"):
        shutil.copy(file, folder)
    application = _application(folder / prepared.name)
    with served(application) as address:
        yield Site(address, application)


class served:  # noqa: N801 - used as a context, like `open`
    """Serve an application on a free port of this machine."""

    def __init__(self, application: Application) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(application), log_level="error", access_log=False)
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, args=([self._socket],), daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        until = monotonic() + STARTS_WITHIN_S
        while not self._server.started:
            assert monotonic() < until, "the server did not start"
            sleep(0.02)
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._socket.close()


@pytest.fixture(params=[("desktop", True), ("phone", False)], ids=lambda p: f"{p[0]}-js={p[1]}")
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A window of each size, one of them without JavaScript."""
    size, script = request.param
    width, height = SIZES[size]
    opened = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=script, locale="vi-VN"
    )
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture
def window(context: BrowserContext) -> Iterator[Page]:
    """A window in which nobody has signed in; what the browser complains of, or asks of others, is a failure."""
    with watched(context.new_page()) as opened:
        yield opened


@pytest.fixture
def page(window: Page, site: Site) -> Page:
    """A window in which the coordinator has signed in."""
    let_in(window, site, "lan")
    window.goto(site.address)
    return window


@contextmanager
def watched(opened: Page) -> Iterator[Page]:
    """Fail when the browser complains of anything, or asks anybody but our own server."""
    complaints: list[str] = []
    elsewhere: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:")):
            elsewhere.append(request.url)

    opened.on("request", note)
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    assert elsewhere == []
    assert [text for text in complaints if "the server responded with a status of 4" not in text] == []

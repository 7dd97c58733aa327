"""What is true of every main page: accessible, no wider than a phone, in one language, reached by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from calendars.rules import Before
from tests.browser.conftest import PLAN_ID, SIZES, Site, let_in, watched
from workflow.domain.definition import PlanDefinition, PlanKind, StepDefinition, StepKind
from workflow.services.plans import start_plan

PLAN = f"/plans/{PLAN_ID}"
PAGES = {
    "home": ("lan", "/"),
    "board": ("lan", "/plans"),
    "plan": ("lan", PLAN),
    "step": ("lan", f"{PLAN}/steps/send_forms"),
    "complete": ("minh", "/plans/ubnd-xa-bac-thanh-mien-2026-2/steps/answer/complete"),
    "extend": ("lan", "/plans/ubnd-xa-bac-thanh-mien-2026-2/steps/answer/extend"),
    "meeting": ("lan", f"{PLAN}/meeting?on=15/05/2026"),
    "cancel": ("lan", f"{PLAN}/cancel"),
    "mine": ("minh", "/mine"),
    "petitions": ("lan", "/petitions"),
    "petition": ("lan", f"{PLAN}/petitions/p1"),
    "chair": ("chu", "/chair"),
    "report": ("sat", "/reports"),
    "report rows": ("sat", "/reports/steps"),
    "history": ("sat", f"{PLAN}/history"),
    "people": ("quan", "/admin/people"),
    "new person": ("quan", "/admin/people/new"),
    "account": ("lan", "/account"),
    "what-if": ("", "/what-if?wording=10+ngày+làm+việc+sau+hội+nghị&event=15/05/2026"),
    "calendar": ("", "/calendar/2026"),
    "sign-in": ("", "/sign-in"),
    "not found": ("lan", "/khong-co"),
}
GRAVE = ("serious", "critical")
VIETNAMESE = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽềềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_WORDS_OF_THE_PAGE = """() => [...document.querySelectorAll(
    "h1, h2, h3, label, button, th[scope=col], dt, caption, summary, .nav a, .hint, .foot, legend, .standing, .tag"
)].filter((each) => each.closest("[lang=vi]") === null).map((each) => each.textContent.trim())"""


@pytest.fixture(scope="module", params=SIZES)
def looking(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A window of each size for pages that are only looked at."""
    width, height = SIZES[request.param]
    opened = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def view(looking: BrowserContext) -> Iterator[Page]:
    """The window, in which nothing may be asked of third parties."""
    with watched(looking.new_page()) as opened:
        yield opened


def _open(view: Page, standing: Site, name: str, language: str = "vi") -> None:
    person, path = PAGES[name]
    view.context.clear_cookies()
    if person:
        let_in(view, standing, person)
    view.goto(f"{standing.address}{path}{'&' if '?' in path else '?'}lang={language}")


@pytest.mark.parametrize("name", PAGES)
def test_a_main_page_has_no_grave_fault_and_is_no_wider_than_the_window(view: Page, standing: Site, name: str) -> None:
    _open(view, standing, name)
    widths = view.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1]
    found = Axe().run(view).response["violations"]
    grave = [
        f"{each['id']}: {each['help']}: {each['nodes'][0]['html'][:200]}" for each in found if each["impact"] in GRAVE
    ]
    assert grave == []


def test_the_english_pages_say_nothing_in_vietnamese(browser: Browser, standing: Site) -> None:
    data = _data(standing)
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    left = {}
    for name in PAGES:
        _open(page, standing, name, "en")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        left[name] = [text for text in page.evaluate(_WORDS_OF_THE_PAGE) if VIETNAMESE.search(_without(text, data))]
    context.close()
    assert {name: texts for name, texts in left.items() if texts} == {}


def _data(standing: Site) -> list[str]:
    """What people have written: it stays as it is in every language."""
    with standing.application.store.reading() as uow:
        rows = uow.plans.rows()
        cycles = [uow.plans.get(row.plan_id) for row in rows]
        people = uow.directory.all()
    texts = [text for person in people for text in (person.name, person.unit, person.organization)]
    for cycle in cycles:
        plan = cycle.definition
        texts += [plan.title, plan.organization, plan.document_number or "", plan.meeting.place or ""]
        texts += [text for step in plan.steps for text in (step.name, step.owner or "", *step.coordinating)]
        texts += [petition.text for petition in cycle.petitions.values()]
    return sorted(filter(None, texts), key=len, reverse=True)


def _without(text: str, data: list[str]) -> str:
    for each in data:
        text = text.replace(each, "")
    return text


def test_long_names_widen_nothing(page: Page, site: Site) -> None:
    endless, many = "x" * 120, "Đối thoại với giáo viên, " * 12
    steps = (
        StepDefinition("endless", StepKind.PREPARE, endless, owner=endless, due=Before(date(2026, 4, 27))),
        StepDefinition("many", StepKind.PREPARE, many, owner=many, after=("endless",)),
    )
    application = site.application
    plan = start_plan(
        application.store,
        application.terms_of,
        PlanDefinition(endless, PlanKind.DIALOGUE, many, steps),
        started_on=date(2026, 4, 20),
        at=application.clock.now(),
        actor="lan",
    ).plan_id
    let_in(page, site, "quan")
    for path in ("/", "/plans", f"/plans/{plan}", f"/plans/{plan}/steps/endless", "/reports", "/chair"):
        page.goto(site.address + path)
        widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert widths[0] <= widths[1], path


def test_a_box_of_the_picture_leads_to_its_row(view: Page, standing: Site) -> None:
    _open(view, standing, "plan")
    view.locator("svg.dag a[href='#hold_meeting']").click()
    expect(view.locator("tr#hold_meeting")).to_be_in_viewport()


def test_the_keyboard_reaches_the_content_and_the_form(view: Page, standing: Site) -> None:
    _open(view, standing, "complete")
    view.keyboard.press("Tab")
    expect(view.get_by_role("link", name="Tới nội dung chính")).to_be_focused()
    view.keyboard.press("Enter")
    view.locator("#happened_on").focus()
    view.keyboard.press("Tab")
    expect(view.locator("#document_number")).to_be_focused()

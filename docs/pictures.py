"""Takes the pictures of the documents from a running program: `python docs/pictures.py SIGN_IN_ADDRESS`.

SIGN_IN_ADDRESS is the one-time address that `make run` (or `doithoai up --demo`) prints. The pictures go to
docs/pictures/*.png; each is kept small enough to be committed. Needs the test set (`make setup`).
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

FOLDER = Path(__file__).parent / "pictures"
LARGEST_BYTES = 200_000
OFFICE, PHONE = (1366, 768), (390, 844)
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


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser: the one named by CHROMIUM, the system's, else Playwright's own."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def window(browser: Browser, size: tuple[int, int], kept: StorageState | None = None) -> BrowserContext:
    """A window of a size, signed in as the one whose state is kept."""
    width, height = size
    return browser.new_context(viewport={"width": width, "height": height}, storage_state=kept, locale="vi-VN")


def keep(page: Page, name: str) -> None:
    """Take what the window shows."""
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    size = path.stat().st_size
    sys.stdout.write(f"{path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}: {size} bytes\n")
    if size > LARGEST_BYTES:
        sys.exit(f"{path.name}: {size} bytes, at most {LARGEST_BYTES}")


def running_plan(page: Page) -> str:
    """The address of the last running plan on the board: the demo's current one."""
    address = page.locator("section:has(#plans-1) tbody th a").last.get_attribute("href")
    assert address is not None
    return address


def take(browser: Browser, way_in: str) -> None:
    """Take every picture; the sign-in is spent."""
    first = window(browser, OFFICE)
    page = first.new_page()
    page.goto(way_in)
    if page.locator("form[action='/sign-in/link']").count():
        page.locator("form[action='/sign-in/link'] button").click()
    home = "{0.scheme}://{0.netloc}".format(urlsplit(way_in))
    if page.url != f"{home}/":
        sys.exit("The sign-in address is spent; make another with: doithoai user sign-in PERSON")
    keep(page, "board")
    plan = home + running_plan(page)
    page.goto(plan)
    flow = page.get_by_role("link", name="Xem trong Prefect")
    flow_address = flow.get_attribute("href") if flow.count() else None
    keep(page, "plan")
    page.goto(f"{plan}#section-steps")
    keep(page, "steps")
    page.locator(".due a").first.click()
    keep(page, "account")
    _take_on_a_phone(window(browser, PHONE, first.storage_state()), home, plan)
    if flow_address:
        page.goto(flow_address)
        page.wait_for_timeout(8000)
        keep(page, "prefect")


def _take_on_a_phone(phone: BrowserContext, home: str, plan: str) -> None:
    page = phone.new_page()
    page.goto(home)
    keep(page, "phone-board")
    page.goto(plan)
    page.locator(".steps summary").first.click()
    page.locator(".steps details[open]").first.scroll_into_view_if_needed()
    keep(page, "phone-complete")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    FOLDER.mkdir(exist_ok=True)
    with chromium() as opened:
        take(opened, sys.argv[1])

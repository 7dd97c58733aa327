"""A site over a real store, with a clock set by hand and people of every role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.builders import DIALOGUE, at
from tests.contract.databases import migrated_sqlite
from tests.integration.web.browsing import Browser
from tests.integration.web.reading import Page
from workflow.bootstrap import Application
from workflow.clock import ClockSetByHand
from workflow.domain.commands import Command
from workflow.domain.cycle import Cycle
from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import Audience
from workflow.ports import Person, Store
from workflow.services.plans import handle, start_plan
from workflow.services.signing_in import invite
from workflow.settings import Settings
from workflow.store import sql_store
from workflow.web.app import create_app

COMMUNE = "UBND xã Bắc Thanh Miện"
NOW = at("2026-04-22")
PEOPLE = {
    "lan": Person("lan", "Nguyễn Thị Lan", "lan@example.invalid", "Văn phòng", Audience.COORDINATOR, COMMUNE),
    "minh": Person("minh", "Trần Văn Minh", "minh@example.invalid", "Ủy ban MTTQ xã", Audience.OWNER, COMMUNE),
    "hoa": Person("hoa", "Lê Thị Hoa", "hoa@example.invalid", "Các phòng, ban", Audience.HEAD, COMMUNE),
    "chu": Person("chu", "Phạm Văn Chủ", "chu@example.invalid", "Chủ tịch", Audience.CHAIR, COMMUNE),
    "sat": Person("sat", "Đỗ Thị Sát", "sat@example.invalid", "HĐND xã", Audience.SUPERVISOR, COMMUNE),
    "xa": Person("xa", "Vũ Văn Xa", "xa@example.invalid", "Văn phòng", Audience.COORDINATOR, "UBND xã Khác"),
}


class Site:
    """A running site: who visits it, what happens behind it, and what its clock shows."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.clock = ClockSetByHand(NOW)
        self.changes = 0
        self.application = Application(Settings(data=folder), store, self.clock)
        self.app = create_app(self.application, on_change=self._count)
        with store() as uow:
            for person in PEOPLE.values():
                uow.directory.put(person)
            uow.commit()

    def _count(self, _plan_id: str) -> None:
        self.changes += 1

    def visitor(self) -> Browser:
        """A browser that nobody has signed in with."""
        return Browser(self.app)

    def signed_in(self, person_id: str = "lan") -> Browser:
        """A browser in which a person has signed in."""
        client = self.visitor()
        secret = invite(self.application.store, person_id, at=self.clock.now())
        answer = send(client, read(client, f"/sign-in?token={secret}"), "/sign-in/link")
        assert answer.status == 200
        return client

    def start(self, definition: PlanDefinition = DIALOGUE, on: date = date(2026, 4, 6)) -> Cycle:
        """Start a plan."""
        return start_plan(
            self.application.store,
            self.application.terms_of,
            definition,
            started_on=on,
            at=self.clock.now(),
            actor="lan",
        )

    def do(self, plan_id: str, command: Command, actor: str = "lan", when: datetime | None = None) -> Cycle:
        """What somebody does elsewhere meanwhile."""
        application = self.application
        return handle(
            application.store, application.terms_of, plan_id, command, at=when or self.clock.now(), actor=actor
        )

    def cycle(self, plan_id: str) -> Cycle:
        """The plan as it stands."""
        with self.application.store.reading() as uow:
            return uow.plans.get(plan_id)


def read(client: Browser, path: str) -> Page:
    """A page, taken apart."""
    return Page(client.get(path))


def send(client: Browser, page: Page, action: str, **fields: str) -> Page:
    """Fill a form of the page in, send it, and read the answer."""
    form = page.form(action)
    return Page(client.post(form.action.partition("#")[0], data=form.fields | fields))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A database of this version; that every kind of store answers alike is what `tests/contract` shows."""
    made = sql_store(migrated_sqlite(tmp_path))
    yield made
    made.close()


@pytest.fixture
def site(store: Store, tmp_path: Path) -> Site:
    """A site with its people and no plan."""
    return Site(store, tmp_path)

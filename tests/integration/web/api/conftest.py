"""An office with a plan, and programs that ask its API with tokens."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.integration.web.browsing import HOST
from tests.integration.web.conftest import NOW, Site
from workflow.ports import Token
from workflow.services.signing_in import digest
from workflow.store import migrate, sql_store
from workflow.web.api.app import AT

EVERYTHING = ("read", "write")


class Program:
    """Asks the API of a site with a token; `token` "": with none."""

    def __init__(self, site: Site, token: str) -> None:
        self.site, self.token = site, token

    def ask(
        self,
        method: str,
        path: str,
        json: Any = None,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        """One request; `path` without "/api/v1"."""
        bearing = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return asyncio.run(self._ask(method, AT + path, json, content, bearing | dict(headers or {})))

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Read something."""
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, json: Any = None, *, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """Do something."""
        return self.ask("POST", path, json, headers=headers)

    async def _ask(
        self, method: str, path: str, json: Any, content: bytes | None, headers: Mapping[str, str]
    ) -> httpx.Response:
        transport = httpx.ASGITransport(self.site.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
            return await client.request(method, path, json=json, content=content, headers=headers)


def let_in(site: Site, person_id: str = "lan", scopes: Sequence[str] = EVERYTHING) -> Program:
    """A program with a new token of a person."""
    secret = f"{person_id} {' '.join(scopes)}"
    with site.application.store() as uow:
        uow.tokens.add(Token(digest(secret)[:16], digest(secret), person_id, "thử", tuple(scopes), NOW))
        uow.commit()
    return Program(site, secret)


@pytest.fixture
def office(tmp_path: Path) -> Site:
    """A site over SQLite with a running plan."""
    url = f"sqlite:///{tmp_path / 'api.sqlite3'}"
    migrate(url)
    site = Site(sql_store(url), tmp_path)
    site.start()
    return site


PLAN = "/plans/ubnd-xa-bac-thanh-mien-2026"

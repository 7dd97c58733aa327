"""A browser without a screen: it keeps cookies, follows redirects, and calls the application in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import httpx
from starlette.types import ASGIApp

HOST = "http://doithoai.test"


class Browser:
    """Visits an application. Its cookies are kept from one visit to the next."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.cookies = httpx.Cookies()

    def get(self, path: str, *, follow: bool = True) -> httpx.Response:
        """Open an address."""
        return self.ask("GET", path, follow=follow)

    def post(self, path: str, data: Mapping[str, str] | None = None, *, follow: bool = True) -> httpx.Response:
        """Send a form."""
        return self.ask("POST", path, data=data or {}, follow=follow)

    def ask(
        self, method: str, path: str, *, data: Mapping[str, str] | None = None, follow: bool = True
    ) -> httpx.Response:
        """Ask for anything."""
        return asyncio.run(self._ask(method, path, data, follow))

    def upload(self, path: str, data: Mapping[str, str], files: Mapping[str, tuple[str, bytes, str]]) -> httpx.Response:
        """Send a form with files."""
        return asyncio.run(self._ask("POST", path, data, follow=True, files=files))

    async def _ask(
        self,
        method: str,
        path: str,
        data: Mapping[str, str] | None,
        follow: bool,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport, base_url=HOST, cookies=self.cookies, follow_redirects=follow
        ) as client:
            answer = await client.request(method, path, data=data, files=files)
            self.cookies = client.cookies
        return answer

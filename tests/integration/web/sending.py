"""Sending a form with files, or with one field several times, as a browser does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import httpx

from tests.integration.web.browsing import HOST, Browser
from tests.integration.web.reading import Page

File = tuple[str, bytes]


def send_files(
    client: Browser, path: str, fields: Mapping[str, str] | Sequence[tuple[str, str]], **files: File
) -> Page:
    """Send a form as multipart; the page that answers."""
    return Page(asyncio.run(_send(client, path, fields, files)))


async def _send(
    client: Browser, path: str, fields: Mapping[str, str] | Sequence[tuple[str, str]], files: Mapping[str, File]
) -> httpx.Response:
    pairs = fields.items() if isinstance(fields, Mapping) else fields
    parts: list[tuple[str, tuple[str | None, bytes]]] = [(name, (None, value.encode())) for name, value in pairs]
    parts += [(name, (file, content)) for name, (file, content) in files.items()]
    transport = httpx.ASGITransport(client.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url=HOST, cookies=client.cookies, follow_redirects=True
    ) as browser:
        answer = await browser.post(path, files=parts)
        client.cookies = browser.cookies
    return answer

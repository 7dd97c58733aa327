"""Prefect's REST API over plain HTTP, with the patience its SQLite needs: it answers 503 to a writer in its way."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from workflow.ports import BoardRefused, BoardUnreachable

PAGE = 200
"""Rows that one filter request of Prefect gives at most."""

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 409})
_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 1.0


class Moved(Exception):
    """Something named in the request has gone or been made by somebody else in the meantime; read again."""


class PrefectApi:
    """One address of Prefect's API. `patience` and `patience_when_silent` are seconds of trying again.

    A server that answers, if only "busy", is asked for as long as `patience`; one that does not answer at all,
    for `patience_when_silent`. Safe to share between threads.
    """

    def __init__(
        self, address: str, *, patience: float = 20.0, patience_when_silent: float = 1.0, timeout: float = 10.0
    ) -> None:
        self._client = httpx.Client(base_url=address.rstrip("/") + "/", timeout=timeout)
        self._patience = patience
        self._patience_when_silent = patience_when_silent

    def close(self) -> None:
        """Give back the connections."""
        self._client.close()

    def post(self, path: str, body: object) -> Any:
        """The answer to a POST. Raises `Moved`, `BoardRefused` and `BoardUnreachable`."""
        return _content(self._ask("POST", path, body))

    def patch(self, path: str, body: object) -> None:
        """Carry out a PATCH. Raises `Moved`, `BoardRefused` and `BoardUnreachable`."""
        self._ask("PATCH", path, body)

    def delete(self, path: str) -> None:
        """Delete, or find it deleted. Raises `BoardUnreachable`."""
        try:
            self._ask("DELETE", path)
        except Moved:
            return

    def find(self, path: str) -> Any | None:
        """The answer to a GET, or None when there is no such thing. Raises `BoardUnreachable`."""
        try:
            return _content(self._ask("GET", path))
        except Moved:
            return None

    def rows(self, path: str, criteria: Mapping[str, object]) -> Iterable[Mapping[str, Any]]:
        """Every row that a filter finds, page by page, in the order of ids. Raises `BoardUnreachable`."""
        offset = 0
        while True:
            page = self.post(path, {**criteria, "sort": "ID_DESC", "limit": PAGE, "offset": offset})
            yield from page
            offset += len(page)
            if len(page) < PAGE:
                return

    def now(self) -> datetime:
        """The present instant by Prefect's own clock, to the second. Raises `BoardUnreachable`."""
        return parsedate_to_datetime(self._ask("GET", "health").headers["date"])

    def _ask(self, method: str, path: str, body: object | None = None) -> httpx.Response:
        began, pause = time.monotonic(), _FIRST_PAUSE
        while True:
            answer = self._try_once(method, path, body)
            if isinstance(answer, httpx.Response) and answer.status_code not in _BUSY:
                return _accepted(answer)
            silent = not isinstance(answer, httpx.Response)
            if time.monotonic() - began + pause > (self._patience_when_silent if silent else self._patience):
                raise BoardUnreachable(_complaint(method, path, answer))
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _try_once(self, method: str, path: str, body: object | None) -> httpx.Response | httpx.TransportError:
        try:
            return self._client.request(method, path, json=body)
        except httpx.TransportError as error:
            return error


def _accepted(answer: httpx.Response) -> httpx.Response:
    if answer.status_code in _GONE:
        raise Moved(answer.text)
    if answer.is_error:
        raise BoardRefused(_complaint(answer.request.method, answer.request.url.path, answer))
    return answer


def _content(answer: httpx.Response) -> Any:
    try:
        return answer.json() if answer.content else None
    except ValueError:
        raise BoardUnreachable(f"{answer.request.url.path} is not answered as Prefect answers") from None


def _complaint(method: str, path: str, answer: httpx.Response | httpx.TransportError) -> str:
    if isinstance(answer, httpx.Response):
        return f"{method} {path}: {answer.status_code} {answer.text[:200]}"
    return f"{method} {path}: {type(answer).__name__} {answer}"

"""`Idempotency-Key`: a request that is sent twice is carried out once, and answered the same both times.

The answer is kept in the very transaction of what was done: there is no instant at which one is there without the other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import TracebackType
from typing import Annotated, Any, Self, cast

from fastapi import Header
from starlette.requests import Request
from starlette.responses import Response

from workflow.domain.cycle import Cycle
from workflow.domain.errors import BadInput
from workflow.ports import Answered, Plans, Store, UnitOfWork
from workflow.web.api.caller import Caller

KEPT = timedelta(hours=24)
"""How long a repeat is answered as the first request was."""

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=100,
        pattern=r"^[!-~]+$",
        description="A text of the program's own choice, best a UUID. A repeat with the same key within 24 hours is not "
        "carried out again but answered as before, with `Idempotency-Replayed: true`.",
    ),
]


class KeyReused(BadInput):
    template = "Khóa Idempotency-Key này đã dùng cho một yêu cầu khác; hãy dùng khóa mới cho yêu cầu mới."


class AlreadyAnswered(Exception):
    """Another process answered the same request just now; nothing of this one is kept."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered with: a JSON text and its own headers."""

    status: int
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self, *, replayed: bool = False) -> Response:
        """The answer as it is sent."""
        more = {"Idempotency-Replayed": "true"} if replayed else {}
        headers = {**self.headers, **more}
        return Response(self.body, status_code=self.status, headers=headers, media_type="application/json")


Answering = Callable[[Cycle], Answer]


async def fingerprint(request: Request) -> str:
    """What tells one request from another: its method, address and body."""
    head = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    return hashlib.sha256(head + await request.body()).hexdigest()


@dataclass(frozen=True, slots=True)
class Once:
    """One request under its key; without a key it is carried out each time."""

    caller: Caller
    key: str | None
    request: str

    @property
    def _kept_under(self) -> str:
        return f"{self.caller.token.token_id}/{self.key}"

    def earlier(self) -> Response | None:
        """What the same request was answered with before; None when it is new. Raises `KeyReused`."""
        if self.key is None:
            return None
        with self.caller.application.store.reading() as uow:
            kept = uow.idempotency.get(self._kept_under, self.caller.at)
        if kept is None:
            return None
        if kept.request != self.request:
            raise KeyReused
        told = json.loads(kept.body)
        return Answer(kept.status, told["body"], told["headers"]).response(replayed=True)

    def keep(self, uow: UnitOfWork, answer: Answer) -> None:
        """Keep an answer in a transaction. Raises `AlreadyAnswered`."""
        if self.key is None:
            return
        at = self.caller.at
        body = json.dumps({"headers": dict(answer.headers), "body": answer.body}, ensure_ascii=False)
        uow.idempotency.forget(at)
        kept = Answered(self._kept_under, self.request, answer.status, body, at + KEPT)
        if not uow.idempotency.add(kept, at):
            raise AlreadyAnswered

    def keep_later(self, answer: Answer) -> None:
        """Keep the answer to a request that changed nothing."""
        if self.key is not None:
            with self.caller.application.store() as uow:
                self.keep(uow, answer)
                uow.commit()


class KeepingStore:
    """A store whose transactions keep the answer along with what they did to a plan."""

    def __init__(self, store: Store, once: Once, answering: Answering) -> None:
        self._store, self._once, self._answering = store, once, answering
        self.kept: Answer | None = None

    def __call__(self) -> UnitOfWork:
        """A unit of work that writes."""
        return cast("UnitOfWork", _KeepingUnit(self._store(), self._keep))

    def reading(self) -> UnitOfWork:
        """A unit of work that only reads."""
        return self._store.reading()

    def _keep(self, uow: UnitOfWork, cycle: Cycle) -> None:
        answer = self._answering(cycle)
        self._once.keep(uow, answer)
        self.kept = answer


class _KeepingUnit:
    """A unit of work that remembers what a plan became, and keeps the answer right before it commits."""

    def __init__(self, uow: UnitOfWork, keep: Callable[[UnitOfWork, Cycle], None]) -> None:
        self._uow, self._keep = uow, keep
        self.plans: _RememberingPlans | None = None

    def __enter__(self) -> Self:
        self._uow.__enter__()
        self.plans = _RememberingPlans(self._uow.plans)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._uow.__exit__(kind, error, trace)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._uow, name)

    def commit(self) -> None:
        """Keep everything done since entering, and the answer."""
        if self.plans is not None and self.plans.became is not None:
            self._keep(self._uow, self.plans.became)
        self._uow.commit()


class _RememberingPlans:
    """The log of events; remembers the last state that was appended to."""

    def __init__(self, plans: Plans) -> None:
        self._plans = plans
        self.became: Cycle | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._plans, name)

    def append(self, *args: Any, **named: Any) -> Cycle:
        """Append as the log does."""
        self.became = self._plans.append(*args, **named)
        return self.became

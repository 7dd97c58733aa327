"""Long work of the pages: done beside the requests, its progress in a file, so that one may leave and come back.

A job belongs to whoever started it. Its state is a small file in the data folder, which every process there reads; one
that was cut off with its process shows no progress any more and is told as such.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from threading import Thread
from typing import Any

import structlog

from workflow.domain.errors import Conflict, DoithoaiError, NotFound
from workflow.ports import Clock
from workflow.web.downloads import safe_name

KEPT = timedelta(days=7)
MOST_AT_ONCE = 2
"""Of one person."""

SILENT_FOR = timedelta(minutes=10)
"""A job that has told nothing for so long was cut off."""

Tell = Callable[[int, int], None]
"""Tells how much is done, of how much."""


class JobUnknown(NotFound):
    template = "Không có công việc này, hoặc đã quá {days} ngày; hãy chạy lại."


class TooManyJobs(Conflict):
    template = "Bạn đang có {count} công việc chạy nền; hãy đợi chúng xong rồi chạy tiếp."


class JobStatus(StrEnum):
    """How a job stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CUT_OFF = "cut_off"


@dataclass(frozen=True, slots=True)
class Job:
    """A job: `kind` and `about` say what it does, `result` what came of it, `file` the name of what it made ("": none)."""

    job_id: str
    person_id: str
    kind: str
    about: str
    started_at: datetime
    told_at: datetime
    status: JobStatus = JobStatus.RUNNING
    done: int = 0
    total: int = 0
    result: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""
    failure: str = ""

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return self.done / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a job: a few facts, and perhaps a file."""

    result: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    content: bytes = b""


Work = Callable[[Tell], Made]


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs whose states lie in a folder."""

    folder: Path
    clock: Clock

    def start(self, person_id: str, kind: str, about: str, work: Work) -> Job:
        """Begin a job and return at once. Raises `TooManyJobs`."""
        now = self.clock.now()
        running = [job for job in self.of_person(person_id) if job.status is JobStatus.RUNNING]
        if len(running) >= MOST_AT_ONCE:
            raise TooManyJobs(count=len(running))
        self._forget(now - KEPT)
        job = Job(secrets.token_urlsafe(12), person_id, kind, about, now, now)
        self._write(job)
        Thread(target=self._run, args=(job, work), name=f"job-{kind}", daemon=True).start()
        return job

    def get(self, job_id: str, person_id: str) -> Job:
        """A person's job. Raises `JobUnknown`, for another person's, too."""
        job = self._read(self._state(job_id)) if job_id.replace("-", "").replace("_", "").isalnum() else None
        if job is None or job.person_id != person_id:
            raise JobUnknown(days=KEPT.days)
        return job

    def of_person(self, person_id: str) -> list[Job]:
        """A person's jobs, the latest first."""
        found = (self._read(path) for path in self.folder.glob("*.json"))
        theirs = [job for job in found if job is not None and job.person_id == person_id]
        return sorted(theirs, key=lambda job: job.started_at, reverse=True)

    def file_of(self, job: Job) -> Path:
        """Where the file that a job made lies."""
        return self.folder / f"{job.job_id}.file"

    def _run(self, job: Job, work: Work) -> None:
        try:
            made = work(self._teller(job))
            if made.name:
                self.file_of(job).write_bytes(made.content)
            ended = replace(
                job, status=JobStatus.DONE, result=dict(made.result), file=made.name and safe_name(made.name)
            )
        except DoithoaiError as error:
            ended = replace(job, status=JobStatus.FAILED, failure=str(error))
        except Exception as error:  # noqa: BLE001 - whatever ends a job, whoever waits for it is told
            structlog.get_logger().error("job_crashed", kind=job.kind, error=type(error).__name__)
            ended = replace(job, status=JobStatus.FAILED)
        self._write(replace(ended, told_at=self.clock.now()))

    def _teller(self, job: Job) -> Tell:
        """Writes progress down a hundred times at most."""
        last = -1

        def tell(done: int, total: int) -> None:
            nonlocal last
            if total and (part := 100 * done // total) != last:
                last = part
                self._write(replace(job, done=done, total=total, told_at=self.clock.now()))

        return tell

    def _state(self, job_id: str) -> Path:
        return self.folder / f"{job_id}.json"

    def _write(self, job: Job) -> None:
        """Write a state whole before it has its name, so that nobody reads half of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f"{job.job_id}.{secrets.token_hex(4)}.draft"
        draft.write_text(json.dumps(asdict(job), default=datetime.isoformat, ensure_ascii=False), encoding="utf-8")
        draft.replace(self._state(job.job_id))

    def _read(self, path: Path) -> Job | None:
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            times = {name: datetime.fromisoformat(kept[name]) for name in ("started_at", "told_at")}
            job = Job(**{**kept, **times, "status": JobStatus(kept["status"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None
        silent = job.status is JobStatus.RUNNING and self.clock.now() - job.told_at > SILENT_FOR
        return replace(job, status=JobStatus.CUT_OFF) if silent else job

    def _forget(self, until: datetime) -> None:
        for path in self.folder.glob("*"):
            with suppress(OSError):
                if path.stat().st_mtime < until.timestamp():
                    path.unlink()

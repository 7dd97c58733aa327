"""Reading a plan document of unknown origin: in a child process with bounds, so that no file can harm this one.

The parent never parses a file. Whatever happens to the child, the caller gets a document or a `BadInput` with one sentence,
and no process and no temporary file stays behind.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Timer
from types import TracebackType
from typing import TYPE_CHECKING

import workflow
from workflow.domain.errors import BadInput
from workflow.intake.document import Document
from workflow.intake.readers.admission import admit, shown
from workflow.intake.readers.refusals import Damaged, DocumentRefused, ReaderNotStarted, TooDemanding
from workflow.intake.readers.wire import READY, AnswerBroken, receive, send_path

if TYPE_CHECKING:
    from concurrent.futures import Future

PATIENCE_S = 120
"""How long a file may take by the clock on the wall, however slow the machine."""
FILES_PER_CHILD = 200
"""A child is replaced after so many files, lest memory that a library loses adds up."""

_STARTER = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from workflow.intake.readers.child import main; main()"
)
_STOPPED = "đã dừng"
_INCOMPLETE = "cài đặt thiếu thành phần"
_CRASHES = frozenset({signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE})
_PASSED_ON = ("DYLD_LIBRARY_PATH", "HOME", "LD_LIBRARY_PATH", "PATH", "SYSTEMROOT")


def read_document(path: Path) -> Document:
    """The document in a file. Raises a `BadInput`: one sentence that says what is wrong and what to do."""
    admit(path)
    with Reader() as reader:
        return reader.read(path)


def read_many(paths: Iterable[Path], *, workers: int = 2) -> Iterator[tuple[Path, Document | BadInput]]:
    """Each file with its document, or with the reason why it is refused, in the order given, as soon as it is there.

    `workers` children read side by side. Stopping early stops them.
    """
    from concurrent.futures import ThreadPoolExecutor

    readers: SimpleQueue[Reader] = SimpleQueue()
    pool = [Reader() for _ in range(max(1, workers))]
    for reader in pool:
        readers.put(reader)
    running: deque[tuple[Path, Future[Document | BadInput]]] = deque()
    with ThreadPoolExecutor(len(pool)) as threads:
        try:
            for path in paths:
                running.append((path, threads.submit(_read_with, readers, path)))
                if len(running) > 4 * len(pool):
                    first, future = running.popleft()
                    yield first, future.result()
            while running:
                first, future = running.popleft()
                yield first, future.result()
        finally:
            for _, future in running:
                future.cancel()
            for reader in pool:
                reader.close()


def _read_with(readers: SimpleQueue[Reader], path: Path) -> Document | BadInput:
    reader = readers.get()
    try:
        admit(path)
        return reader.read(path)
    except BadInput as refusal:
        return refusal
    finally:
        readers.put(reader)


class _ChildEnded(Exception):
    """A child ended instead of answering. `fresh`: it had read no other file before."""

    def __init__(self, refusal: DocumentRefused, *, fresh: bool) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal
        self.fresh = fresh


class Reader:
    """A child process that reads files one after the other; started with the first, and anew after one has ended it.

    For one thread at a time; only `close` may come from another.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._child: subprocess.Popen[bytes] | None = None
        self._files = 0
        """How many files the child has been asked about."""
        self._closed = False
        self._starting = Lock()

    @property
    def pid(self) -> int | None:
        """The number of the child process; None while there is none."""
        return self._child.pid if self._child else None

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path) -> Document:
        """The document in a file. Raises a `DocumentRefused`.

        A file that ends a child which has read others is given to a fresh one: it may not have been its fault.
        """
        try:
            answer = self._asked(path)
        except _ChildEnded as ended:
            if ended.fresh:
                raise ended.refusal from ended
            try:
                answer = self._asked(path)
            except _ChildEnded as again:
                raise again.refusal from again
        if isinstance(answer, DocumentRefused):
            raise answer
        return answer

    def _asked(self, path: Path) -> Document | DocumentRefused:
        child = self._ready(path)
        patience = Timer(self._patience_s, _kill, (child,))
        patience.daemon = True
        patience.start()
        try:
            return _ask(child, path)
        except (AnswerBroken, OSError) as error:
            fresh = self._files == 1
            raise _ChildEnded(refusal_of(self._end(), path), fresh=fresh) from error
        except BaseException:
            self._end()
            raise
        finally:
            patience.cancel()

    def close(self) -> None:
        """End the child, whatever it is doing; it is not started again."""
        with self._starting:
            self._closed = True
        self._end()

    def _ready(self, path: Path) -> subprocess.Popen[bytes]:
        if self._files >= FILES_PER_CHILD or (self._child is not None and self._child.poll() is not None):
            self._end()
        with self._starting:
            if self._closed:
                raise ReaderNotStarted(file=shown(path), why=_STOPPED)
            if self._child is None:
                self._child = _start(path)
                self._files = 0
            self._files += 1
            return self._child

    def _end(self) -> int:
        """End the child and those that it has started; how it ended."""
        child, self._child = self._child, None
        if child is None:
            return 0
        _kill(child)
        for channel in (child.stdin, child.stdout):
            if channel is not None:
                with suppress(OSError):
                    channel.close()
        return child.wait()


def _start(path: Path) -> subprocess.Popen[bytes]:
    """A child that has said that it is ready."""
    home = Path(workflow.__file__).parents[1]
    places = [str(home), *(place for place in sys.path if place)]
    try:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-I", "-S", "-c", _STARTER, json.dumps(places)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            cwd=home.anchor,
            start_new_session=True,
        )
    except OSError as error:
        raise ReaderNotStarted(file=shown(path), why=error.strerror or type(error).__name__) from error
    assert child.stdout is not None
    if child.stdout.read(len(READY)) != READY:
        child.communicate()
        raise ReaderNotStarted(file=shown(path), why=_INCOMPLETE)
    return child


def _ask(child: subprocess.Popen[bytes], path: Path) -> Document | DocumentRefused:
    assert child.stdin is not None
    assert child.stdout is not None
    send_path(child.stdin, path)
    return receive(child.stdout, shown(path))


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End a child and what it has started; one that was waited for already has no number any more."""
    if child.returncode is not None:
        return
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()


def refusal_of(ended: int, path: Path) -> DocumentRefused:
    """What a child tells by the way in which it ended: a crash is the file's fault, all else a bound that was reached."""
    return (Damaged if -ended in _CRASHES else TooDemanding)(file=shown(path))

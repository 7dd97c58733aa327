"""How much processor time and memory a file may use: bounds that the operating system keeps, set in the child process.

The time is not counted for the whole file, but until the next letters come: a long document gets as much as it needs, one
that keeps the processor busy without yielding text is stopped within a second or so. Where a bound does not exist
(memory on macOS, all of them on Windows), the parent's patience is the only one.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from contextlib import suppress

from workflow.intake.readers.measure import LETTERS_PER_PAGE

FIRST_SECONDS = 0.7
"""Processor time until the first letters, and the most that may ever pass without new ones."""
SECONDS_PER_PAGE = 0.1
"""What a page of letters earns; it takes a tenth of that."""
MEMORY = 200 << 20
"""Address space in bytes, the interpreter's own included."""
TOTAL_SECONDS = 120
FILES = 64

if sys.platform != "win32":
    import resource


def bound_process() -> None:
    """Bound what this process may ever use: memory, open files; it may write no file at all."""
    sys.dont_write_bytecode = True
    if sys.platform != "win32":
        _bound(resource.RLIMIT_CORE, 0)
        _bound(resource.RLIMIT_FSIZE, 0)
        _bound(resource.RLIMIT_NOFILE, FILES)
        _bound(resource.RLIMIT_AS, MEMORY)


def begin_file() -> Callable[[int], None]:
    """Start the time of a file anew; give the function that is told of letters as they are read.

    When the time is up, the operating system ends the process.
    """
    if sys.platform == "win32":
        return lambda _letters: None
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + TOTAL_SECONDS, hard))
    signal.setitimer(signal.ITIMER_PROF, FIRST_SECONDS)
    return _earning()


def end_file() -> None:
    """Stop the time: what waits for its next file uses none."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, 0)


def _earning() -> Callable[[int], None]:
    """What pays letters out page by page: the system's timer forgets a little each time that it is set."""
    unpaid = 0

    def earn(letters: int) -> None:
        nonlocal unpaid
        unpaid += letters
        if unpaid >= LETTERS_PER_PAGE:
            left, _ = signal.getitimer(signal.ITIMER_PROF)
            earned = unpaid / LETTERS_PER_PAGE * SECONDS_PER_PAGE
            signal.setitimer(signal.ITIMER_PROF, min(left + earned, FIRST_SECONDS))
            unpaid = 0

    return earn


def _bound(what: int, most: int) -> None:
    """Set a bound, lower where the process has a lower one; leave it where the system does not take it."""
    with suppress(ValueError, OSError):
        hard = resource.getrlimit(what)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, bound))

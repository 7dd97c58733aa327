"""Runs a module as a child that never outlives its parent: `python -m workflow.board.child MODULE [ARGUMENT …]`.

The parent holds the other end of our standard input and never writes to it. When the parent ends in whatever way,
kill -9 included, the pipe closes, and the whole process group, grandchildren included, is told to end.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time

GRACE_SECONDS = 8.0


def main() -> None:
    """Watch the parent, then become the module named on the command line."""
    sys.argv = sys.argv[1:]
    threading.Thread(target=_end_with_parent, args=(os.dup(0),), name="parent", daemon=True).start()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _end_with_parent(pipe: int) -> None:
    while os.read(pipe, 1):
        continue
    os.killpg(0, signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()

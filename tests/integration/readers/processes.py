"""What processes a test has started and not waited for."""

from __future__ import annotations

import os
import subprocess


def children() -> set[int]:
    """The processes that this one has started and that are still there."""
    listed = subprocess.run(("ps", "-A", "-o", "pid=,ppid=,comm="), capture_output=True, text=True, check=True).stdout
    rows = (line.split(None, 2) for line in listed.splitlines())
    return {int(pid) for pid, parent, name in rows if int(parent) == os.getpid() and not name.endswith("ps")}

"""Processor time of whole commands against their limits, and of the idle embedded process. Run: make bench."""

from __future__ import annotations

import os
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = Path(sys.executable).with_name("doithoai")
S3 = "examples/s3-bac-thanh-mien-2026.yaml"
RUNS = 5
IDLE_SECONDS = 60
NO_DATABASE_S = 0.35
REHEARSAL_S = 2.0
IDLE_SHARE = 0.01

WITHOUT_DATABASE = (
    ("due", "10 ngày làm việc sau hội nghị", "--event", "2025-11-02"),
    ("due", "trước ngày 10/5/2026", "--json"),
    ("calendar", "2026"),
    ("check", S3),
    ("--help",),
)


def say(*cells: str) -> None:
    """One row of the table."""
    sys.stdout.write(f"{cells[0]:<58} {cells[1]:>10} {cells[2]:>10} {cells[3]:>8}\n")


def processor_seconds(words: tuple[str, ...]) -> float:
    """Median user and system time of the command as a whole process."""
    spent = []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([str(COMMAND), *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return statistics.median(spent)


def of_process(pid: int) -> float:
    """Processor seconds that a running process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def idle_share() -> float:
    """Share of one core that the demo, without Prefect, uses while nobody does anything."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        words = [str(COMMAND), "up", "--demo", "--no-prefect", "--port", port]
        environment = os.environ | {"DOITHOAI_DATA": folder}
        with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            while "Ctrl-C" not in process.stdout.readline():
                pass
            time.sleep(5)
            before = of_process(process.pid)
            time.sleep(IDLE_SECONDS)
            share = (of_process(process.pid) - before) / IDLE_SECONDS
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
    return share


def main() -> None:
    """Print each figure beside its limit."""
    say("command", "measured", "limit", "ratio")
    rows = [(words, NO_DATABASE_S) for words in WITHOUT_DATABASE] + [(("rehearse", S3), REHEARSAL_S)]
    for words, limit in rows:
        spent = processor_seconds(words)
        say(" ".join(words), f"{spent:.3f} s", f"{limit:.2f} s", f"{spent / limit:.2f}")
    if Path("/proc/self/stat").exists():
        share = idle_share()
        say(f"up, idle for {IDLE_SECONDS} s", f"{share:.2%}", f"{IDLE_SHARE:.0%}", f"{share / IDLE_SHARE:.2f}")


if __name__ == "__main__":
    main()

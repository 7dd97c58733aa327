"""The child process: reads the files that it is told of, one after the other, within bounds, and answers with JSON.

Nothing that is wrong with a file ends in a traceback; a file that ends the process is answered by the parent.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from workflow.intake.document import Document
from workflow.intake.readers.allowance import begin_file, bound_process, end_file
from workflow.intake.readers.parsing import parse
from workflow.intake.readers.refusals import Damaged, DocumentRefused, TooDemanding
from workflow.intake.readers.wire import READY, paths_asked, send


def main() -> None:
    """Read paths from standard input, one JSON string a line; write an answer for each to standard output."""
    answers = _taken_over(sys.stdout.fileno())
    bound_process()
    answers.write(READY)
    answers.flush()
    for path in paths_asked(sys.stdin.buffer):
        send(answers, _answer(path))


def _taken_over(output: int) -> IO[bytes]:
    """Standard output for the answers alone: what a library prints goes where errors go."""
    answers = os.fdopen(os.dup(output), "wb")
    os.dup2(sys.stderr.fileno(), output)
    return answers


def _answer(path: Path) -> Document | DocumentRefused:
    try:
        return parse(path, begin_file())
    except DocumentRefused as refusal:
        return refusal
    except (MemoryError, RecursionError):
        return TooDemanding(file=path.name)
    except Exception:  # noqa: BLE001 - whatever a parser does not expect in a file is a fault of the file
        return Damaged(file=path.name)
    finally:
        end_file()

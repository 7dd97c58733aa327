"""antiword, which reads .doc: where tests decide, its absence is a failure and no excuse."""

from __future__ import annotations

import os
import shutil

import pytest


def needed() -> None:
    """Leave the test out where antiword is not installed; fail it where CI is set."""
    if shutil.which("antiword") is not None:
        return
    if os.environ.get("CI") == "true":
        pytest.fail("antiword is not installed")
    pytest.skip("antiword is not installed")

"""`ETag` and `If-Match`: the version of the plan that a program has seen."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Header

from workflow.domain.cycle import Cycle
from workflow.domain.errors import Conflict

_VERSION = r'^(\*|"[0-9]{1,9}")$'
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        pattern=_VERSION,
        description='The `ETag` of what was read, such as `"7"`: a change by others to the same thing since then is '
        "refused with 412. Without it the request applies to whatever stands.",
    ),
]


class VersionAhead(Conflict):
    template = "Kế hoạch mới có tới phiên bản {version}, chưa có phiên bản {seen}; hãy đọc lại kế hoạch."


def etag(cycle: Cycle) -> str:
    """The tag of a plan and of everything in it."""
    return f'"{cycle.version}"'


def seen_version(if_match: str | None, cycle: Cycle) -> int:
    """The version that a program has seen; the present one when it does not say. Raises `VersionAhead`."""
    found = re.fullmatch(_VERSION, if_match or "*")
    seen = int(found[1].strip('"')) if found and found[1] != "*" else cycle.version
    if seen > cycle.version:
        raise VersionAhead(version=cycle.version, seen=seen)
    return seen

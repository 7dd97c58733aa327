"""What periods are counted in, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from calendars.rules import Unit

UNIT_WORDS: Mapping[Unit, str] = MappingProxyType(
    {
        Unit.WORKING_DAY: "ngày làm việc",
        Unit.DAY: "ngày",
        Unit.HOUR: "giờ",
        Unit.WEEK: "tuần",
        Unit.MONTH: "tháng",
        Unit.QUARTER: "quý",
        Unit.YEAR: "năm",
    }
)

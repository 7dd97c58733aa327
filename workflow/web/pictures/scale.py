"""Round numbers for the side of a picture."""

from __future__ import annotations

from collections.abc import Sequence

_STEPS = (1, 2, 5)


def ticks(most: int, count: int = 4) -> Sequence[int]:
    """Round numbers from 0 to the first that is not below `most`, about `count` of them above 0."""
    size = 1
    while True:
        for step in _STEPS:
            width = step * size
            if width * count >= max(1, most):
                return range(0, -(-max(1, most) // width) * width + 1, width)
        size *= 10

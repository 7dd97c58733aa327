"""Edges between steps, taken one by one: none closes a circle, and in the end none says what others say together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workflow.intake.draft import Edge


class EdgeGraph:
    """Keys of steps and the edges between them. What reaches what is kept as sets of bits, one bit for each step."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = tuple(keys)
        self._bit = {key: 1 << place for place, key in enumerate(self._keys)}
        self._before = dict.fromkeys(self._keys, 0)
        self._after = dict.fromkeys(self._keys, 0)
        self._edges: list[Edge] = []

    def reaches(self, before: str, after: str) -> bool:
        """Whether a step is known to come before another."""
        return bool(self._before[after] & self._bit[before])

    def add(self, edge: Edge) -> bool:
        """Take an edge, unless it is known already or would close a circle; whether it was taken."""
        if edge.before not in self._bit or edge.after not in self._bit or edge.before == edge.after:
            return False
        if self.reaches(edge.before, edge.after) or self.reaches(edge.after, edge.before):
            return False
        self._edges.append(edge)
        earlier = self._before[edge.before] | self._bit[edge.before]
        later = self._after[edge.after] | self._bit[edge.after]
        for key in self._named(later):
            self._before[key] |= earlier
        for key in self._named(earlier):
            self._after[key] |= later
        return True

    def _named(self, bits: int) -> Iterator[str]:
        """The keys whose bits are set."""
        while bits:
            lowest = bits & -bits
            yield self._keys[lowest.bit_length() - 1]
            bits ^= lowest

    def reduced(self) -> tuple[Edge, ...]:
        """The edges without those that follow from others, in the order of the steps. The same steps reach each other."""
        into: dict[str, list[Edge]] = {key: [] for key in self._keys}
        for edge in self._edges:
            into[edge.after].append(edge)
        place = {key: place for place, key in enumerate(self._keys)}
        kept: list[Edge] = []
        for edges in into.values():
            implied = 0
            for edge in edges:
                implied |= self._before[edge.before]
            direct = [edge for edge in edges if not implied & self._bit[edge.before]]
            kept.extend(sorted(direct, key=lambda edge: place[edge.before]))
        return tuple(kept)

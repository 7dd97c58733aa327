"""Where the boxes and lines of a layered graph go: layers from left to right, edges from port to port.

An edge that skips a layer runs through a place kept free for it there (a dummy node of the layout), so that no
line crosses a box. Nodes that may stand in several layers fill the emptier ones, so that the drawing stays low.
The same graph always gives the same drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from grandalf.graphs import Edge, Vertex, graph_core
from grandalf.layouts import Layer, SugiyamaLayout, VertexViewer

Pair = tuple[str, str]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Size:
    """Measures of a drawing in pixels: a box, the gaps between boxes, and the height kept free for a passing line."""

    width: float = 140
    height: float = 77
    gap_across: float = 40
    gap_down: float = 12
    lane: float = 6


@dataclass(frozen=True, slots=True)
class Box:
    """A node's box; `x` and `y` are its top left corner."""

    key: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Route:
    """An edge's way: points of which the 1st to 2nd is a curve across a gap, the 2nd to 3rd a straight run, and so on."""

    source: str
    target: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A graph laid out in a rectangle that begins at (0, 0)."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]


DEFAULT_SIZE = Size()


def lay_out(keys: Sequence[str], edges: Sequence[Pair], size: Size = DEFAULT_SIZE) -> Drawing:
    """Lay a graph out whose `keys` stand in an order of the work; an edge against that order is left out."""
    place = {key: number for number, key in enumerate(keys)}
    wanted = [(a, b) for a, b in dict.fromkeys(edges) if a in place and b in place and place[a] < place[b]]
    parts = [_component(part, [pair for pair in wanted if pair[0] in part], size) for part in _connected(keys, wanted)]
    return _packed(parts, size)


def _connected(keys: Sequence[str], edges: Sequence[Pair]) -> list[list[str]]:
    """The connected parts, each in the order of `keys`, the part of the first key first."""
    part = {key: key for key in keys}
    for a, b in edges:
        old, new = part[b], part[a]
        part = {key: new if name == old else name for key, name in part.items()}
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(part[key], []).append(key)
    return list(found.values())


def layers_of(keys: Sequence[str], edges: Sequence[Pair]) -> dict[str, int]:
    """The layer of each node, 0 first; `keys` in an order of the work, edges along it.

    A node stands between the layers of its predecessors and its successors, where there is room; with equal room
    next to its predecessors, or, having none, next to its successors.
    """
    before: dict[str, list[str]] = {key: [] for key in keys}
    after: dict[str, list[str]] = {key: [] for key in keys}
    for a, b in edges:
        after[a].append(b)
        before[b].append(a)
    first: dict[str, int] = {}
    for key in keys:
        first[key] = 1 + max((first[each] for each in before[key]), default=-1)
    deepest = max(first.values(), default=0)
    last: dict[str, int] = {}
    for key in reversed(keys):
        last[key] = min((last[each] for each in after[key]), default=deepest + 1) - 1
    return _balanced(keys, before, first, last)


def _balanced(
    keys: Sequence[str], before: Mapping[str, Sequence[str]], first: Mapping[str, int], last: Mapping[str, int]
) -> dict[str, int]:
    filled = [0] * (1 + max(last.values(), default=0))
    for key in keys:
        filled[first[key]] += first[key] == last[key]
    found: dict[str, int] = {}
    for key in keys:
        low = max([first[key], *(found[each] + 1 for each in before[key])])
        choices = range(low, last[key] + 1) if before[key] else range(last[key], low - 1, -1)
        found[key] = min(choices, key=filled.__getitem__)
        filled[found[key]] += first[key] != last[key]
    return found


_ONE_AT_A_TIME = Lock()
"""Grandalf counts in an attribute of its class while it looks for circles: two pages at once would take it from each other."""


class _Ranked(SugiyamaLayout):  # type: ignore[misc]  # grandalf ships no types
    """The layout of grandalf with layers given beforehand."""

    def __init__(self, graph: graph_core, layers: Mapping[str, int]) -> None:
        super().__init__(graph)
        self._given = layers

    def rank_all(self, roots: object, optimize: bool = False) -> None:  # noqa: ARG002 - grandalf's own signature
        """Put each vertex into its layer."""
        self.layers = [Layer() for _ in range(1 + max(self._given.values()))]
        for vertex in self.g.sV:
            rank = self._given[vertex.data]
            self.grx[vertex].rank = rank
            self.layers[rank].append(vertex)


def _component(keys: Sequence[str], edges: Sequence[Pair], size: Size) -> Drawing:
    vertices = {key: Vertex(key) for key in keys}
    for vertex in vertices.values():
        vertex.view = VertexViewer(w=size.height, h=size.width)
    links = {(a, b): Edge(vertices[a], vertices[b]) for a, b in edges}
    layout = _Ranked(graph_core(list(vertices.values()), list(links.values())), layers_of(keys, edges))
    layout.xspace, layout.yspace = size.gap_down, size.gap_across
    layout.dw, layout.dh = size.lane, size.width
    with _ONE_AT_A_TIME:
        layout.init_all()
    layout.draw(4)
    centres = {key: _turned(vertex.view) for key, vertex in vertices.items()}
    ways = {pair: _way(layout, edge, centres, pair) for pair, edge in links.items()}
    boxes = tuple(Box(key, x - size.width / 2, y - size.height / 2) for key, (x, y) in centres.items())
    return _upright(_from_origin(boxes, tuple(_routes(ways, size)), size), size)


def _turned(view: VertexViewer) -> Point:
    """The centre of a vertex, from grandalf's layers below each other to ours beside each other."""
    across, along = view.xy
    return along, across


def _way(layout: _Ranked, edge: Edge, centres: Mapping[str, Point], pair: Pair) -> list[Point]:
    """Centres that the edge passes: its source, the places kept free in skipped layers, its target."""
    kept = layout.ctrls.get(edge, {})
    inner = [_turned(kept[rank].view) for rank in sorted(kept)[1:-1]]
    return [centres[pair[0]], *inner, centres[pair[1]]]


def _routes(ways: Mapping[Pair, list[Point]], size: Size) -> Iterator[Route]:
    """Ways with their ports: ends spread along the box's side in the order of where the lines come from."""
    leaving = _ports({pair: (pair[0], way[0][1], way[1][1]) for pair, way in ways.items()}, size)
    arriving = _ports({pair: (pair[1], way[-1][1], way[-2][1]) for pair, way in ways.items()}, size)
    half = size.width / 2
    for pair, way in ways.items():
        points = [(way[0][0] + half, leaving[pair])]
        for x, y in way[1:-1]:
            points += [(x - half, y), (x + half, y)]
        points.append((way[-1][0] - half, arriving[pair]))
        yield Route(*pair, tuple(points))


def _ports(ends: Mapping[Pair, tuple[str, float, float]], size: Size) -> dict[Pair, float]:
    """For each edge the y of its end at a box; `ends` gives the box, the y of its centre and the y it comes from."""
    at_box: dict[str, list[tuple[float, Pair, float]]] = {}
    for pair, (key, centre, towards) in ends.items():
        at_box.setdefault(key, []).append((towards, pair, centre))
    found = {}
    for lines in at_box.values():
        step = min(size.height * 0.8 / len(lines), 14)
        for place, (_, pair, centre) in enumerate(sorted(lines)):
            found[pair] = centre + (place - (len(lines) - 1) / 2) * step
    return found


def _from_origin(boxes: tuple[Box, ...], routes: tuple[Route, ...], size: Size) -> Drawing:
    """The drawing moved so that it begins at (0, 0)."""
    ys = [y for route in routes for _, y in route.points]
    left, top = min(box.x for box in boxes), min([box.y for box in boxes] + ys)
    right, bottom = max(box.x for box in boxes) + size.width, max([box.y + size.height for box in boxes] + ys)
    return _moved(Drawing(right - left, bottom - top, boxes, routes), -left, -top)


def _upright(drawing: Drawing, size: Size) -> Drawing:
    """The drawing with its first layer in the upper half, where reading begins: turned over where it is not."""
    first = [box.y + size.height / 2 for box in drawing.boxes if box.x < size.width]
    if sum(first) / len(first) <= drawing.height / 2:
        return drawing
    boxes = tuple(replace(box, y=drawing.height - box.y - size.height) for box in drawing.boxes)
    routes = tuple(
        replace(route, points=tuple((x, drawing.height - y) for x, y in route.points)) for route in drawing.routes
    )
    return replace(drawing, boxes=boxes, routes=routes)


def _moved(drawing: Drawing, dx: float, dy: float) -> Drawing:
    boxes = tuple(replace(box, x=box.x + dx, y=box.y + dy) for box in drawing.boxes)
    routes = tuple(replace(route, points=tuple((x + dx, y + dy) for x, y in route.points)) for route in drawing.routes)
    return replace(drawing, boxes=boxes, routes=routes)


def _packed(parts: Sequence[Drawing], size: Size) -> Drawing:
    """Unconnected parts in rows under each other, small ones beside each other as long as the widest is wide."""
    widest = max((part.width for part in parts), default=0.0)
    x, y, row = 0.0, 0.0, 0.0
    placed: list[Drawing] = []
    for part in sorted(parts, key=lambda each: -each.width):
        if x and x + part.width > widest:
            x, y, row = 0.0, y + row + size.gap_down, 0.0
        placed.append(_moved(part, x, y))
        x += part.width + size.gap_across
        row = max(row, part.height)
    boxes = tuple(box for part in placed for box in part.boxes)
    routes = tuple(route for part in placed for route in part.routes)
    return Drawing(widest, y + row, boxes, routes)

"""The layout of a layered graph."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from workflow.web.pictures.layout import DEFAULT_SIZE, Drawing, Pair, lay_out, layers_of

DIAMOND = (["a", "b", "c", "d"], [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("a", "d")])


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[str], list[Pair]]:
    """Acyclic graphs of up to twelve nodes, parts of them unconnected."""
    keys = [f"k{n}" for n in range(draw(st.integers(1, 12)))]
    pairs = list(combinations(keys, 2))
    edges = draw(st.lists(st.sampled_from(pairs), max_size=20, unique=True)) if pairs else []
    return keys, edges


def _overlap(drawing: Drawing) -> bool:
    size = DEFAULT_SIZE
    return any(
        abs(a.x - b.x) < size.width - 0.01 and abs(a.y - b.y) < size.height - 0.01
        for a, b in combinations(drawing.boxes, 2)
    )


@given(graphs())
def test_every_node_has_one_box_inside_the_drawing_and_none_overlap(graph: tuple[list[str], list[Pair]]) -> None:
    drawing = lay_out(*graph)
    assert sorted(box.key for box in drawing.boxes) == sorted(graph[0])
    assert all(0 <= box.x <= drawing.width - DEFAULT_SIZE.width + 0.01 for box in drawing.boxes)
    assert all(-0.01 <= box.y <= drawing.height - DEFAULT_SIZE.height + 0.01 for box in drawing.boxes)
    assert not _overlap(drawing)


@given(graphs())
def test_every_edge_leaves_on_the_right_and_arrives_on_the_left(graph: tuple[list[str], list[Pair]]) -> None:
    drawing = lay_out(*graph)
    boxes = {box.key: box for box in drawing.boxes}
    assert {(route.source, route.target) for route in drawing.routes} == set(graph[1])
    for route in drawing.routes:
        (x0, y0), (x1, y1) = route.points[0], route.points[-1]
        source, target = boxes[route.source], boxes[route.target]
        assert abs(x0 - source.x - DEFAULT_SIZE.width) < 0.01
        assert abs(x1 - target.x) < 0.01
        assert source.y <= y0 <= source.y + DEFAULT_SIZE.height
        assert target.y <= y1 <= target.y + DEFAULT_SIZE.height


@given(graphs())
def test_an_edge_always_leads_to_a_later_layer(graph: tuple[list[str], list[Pair]]) -> None:
    layers = layers_of(*graph)
    assert all(layers[a] < layers[b] for a, b in graph[1])
    assert min(layers.values()) == 0


def test_an_edge_that_skips_a_layer_runs_beside_the_boxes_there() -> None:
    drawing = lay_out(*DIAMOND)
    skipping = next(route for route in drawing.routes if (route.source, route.target) == ("a", "d"))
    middle = [box for box in drawing.boxes if box.key in "bc"]
    start, end = skipping.points[1], skipping.points[2]
    assert start[1] == end[1]
    assert all(not box.y < start[1] < box.y + DEFAULT_SIZE.height for box in middle)


def test_lines_that_meet_at_a_box_end_at_ports_of_their_own() -> None:
    drawing = lay_out(*DIAMOND)
    arrivals = [route.points[-1][1] for route in drawing.routes if route.target == "d"]
    assert len(set(arrivals)) == 3


def test_nodes_with_room_fill_the_emptier_layers() -> None:
    chain = ["a", "b", "c", "d", "meeting"]
    free = ["p", "q", "r"]
    edges = [*pairwise(chain), *((key, "meeting") for key in free)]
    layers = layers_of([*chain[:-1], *free, "meeting"], edges)
    assert sorted(layers[key] for key in free) == [1, 2, 3]


def test_an_edge_against_the_order_of_the_work_is_left_out() -> None:
    assert [(r.source, r.target) for r in lay_out(["a", "b"], [("b", "a"), ("a", "b")]).routes] == [("a", "b")]


def test_the_same_graph_gives_the_same_drawing() -> None:
    assert lay_out(*DIAMOND) == lay_out(*DIAMOND)


def test_nothing_gives_an_empty_drawing() -> None:
    assert lay_out([], []) == Drawing(0.0, 0.0, (), ())

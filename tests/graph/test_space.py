"""Lines through free space are the shortest that keep clear of walls."""

from itertools import pairwise

import networkx as nx
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from wayfinder.graph import space as space_module
from wayfinder.graph.shapes import Point, as_area
from wayfinder.graph.space import CLEARANCE_M, Space, find_all_lines, line_length_m

L_SHAPE = Polygon([(0, 0), (10, 0), (10, 3), (3, 3), (3, 10), (0, 10)])


def test_a_line_in_plain_sight_is_straight() -> None:
    assert Space(box(0, 0, 10, 4)).find_line((1, 1), (9, 3)) == ((1, 1), (9, 3))


def test_a_line_round_a_corner_keeps_clear_of_it() -> None:
    line = Space(L_SHAPE).find_line((9, 1.5), (1.5, 9))
    assert line is not None
    assert LineString(line).distance(shapely.Point(3, 3)) >= CLEARANCE_M * 0.9
    assert line_length_m(line) < 7.5 + 7.5


def test_a_line_from_a_door_leaves_the_wall_at_once() -> None:
    line = Space(box(0, 0, 20, 4)).find_line((2, 0), (18, 0))
    assert line is not None
    assert LineString(line[1:-1]).distance(LineString([(0, 0), (20, 0)])) >= CLEARANCE_M - 1e-6


def test_a_narrow_gap_is_passed_without_clearance() -> None:
    dumbbell = as_area(shapely.union_all([box(0, 0, 4, 4), box(6, 0, 10, 4), box(4, 1.8, 6, 2.2)]))
    line = Space(dumbbell).find_line((1, 1), (9, 1))
    assert line is not None
    assert dumbbell.buffer(1e-2).covers(LineString(line))


def test_parts_that_do_not_touch_have_no_line() -> None:
    assert (
        Space(MultiPolygon([box(0, 0, 1, 1), box(5, 0, 6, 1)])).find_line((0.5, 0.5), (5.5, 0.5))
        is None
    )


def test_furniture_is_walked_round_but_never_divides_a_room() -> None:
    room, desk, wall = box(0, 0, 10, 6), box(4, 2, 6, 4), box(4, 0, 5, 6)
    around = Space(room, obstacles=[desk]).find_line((1, 3), (9, 3))
    assert around is not None
    assert not LineString(around).crosses(desk)
    assert Space(room, obstacles=[wall]).find_line((1, 3), (9, 3)) == ((1, 3), (9, 3))


def test_no_line_has_a_repeated_point() -> None:
    line = Space(L_SHAPE).find_line((9, 1.5), (1.5, 9))
    assert line is not None
    assert all(a != b for a, b in pairwise(line))


@st.composite
def rooms(draw: st.DrawFn) -> Polygon:
    """Rooms made of overlapping boxes, as crooked as one likes."""
    coordinate, size = st.integers(0, 12), st.integers(2, 8)
    boxes = draw(st.lists(st.tuples(coordinate, coordinate, size, size), min_size=1, max_size=6))
    union = shapely.union_all([box(x, y, x + w, y + h) for x, y, w, h in boxes])
    largest: Polygon = max(shapely.get_parts(union), key=shapely.area)
    return largest


@given(rooms(), st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=5))
def test_lines_stay_inside_and_are_as_short_as_a_grid_allows(
    room: Polygon, fractions: list[tuple[float, float]]
) -> None:
    space = Space(room)
    inner = shapely.buffer(room, -CLEARANCE_M - 0.1)
    inner = max(shapely.get_parts(inner), key=shapely.area)
    west, south, east, north = inner.bounds
    points = [(west + (east - west) * u, south + (north - south) * v) for u, v in fractions]
    points = [p for p in points if inner.covers(shapely.Point(p))]
    lines = space.find_lines(points)
    assert set(lines) == {(i, j) for j in range(len(points)) for i in range(j)}
    for (i, j), line in lines.items():
        assert (line[0], line[-1]) == (points[i], points[j])
        assert room.buffer(1e-6).covers(LineString(line))
        assert line_length_m(line) <= _grid_length(space.free, points[i], points[j]) + 1e-6


def _grid_length(free: BaseGeometry, start: Point, end: Point, step: float = 0.5) -> float:
    """Length of the shortest path from grid point to grid point: never shorter than the best."""
    west, south, east, north = free.bounds
    nodes = [start, end]
    for a in range(int((east - west) / step) + 1):
        nodes += [
            (west + a * step, south + b * step) for b in range(int((north - south) / step) + 1)
        ]
    loose = free.buffer(1e-9)
    nodes = [node for node in nodes if loose.covers(shapely.Point(node))]
    tree = shapely.STRtree(shapely.points(nodes))
    shapely.prepare(loose)
    i, j = tree.query(shapely.points(nodes), predicate="dwithin", distance=step * 1.5)
    ends = shapely.linestrings([[nodes[a], nodes[b]] for a, b in zip(i, j, strict=True)])
    graph: nx.Graph[int] = nx.Graph()
    for a, b, line, inside in zip(i, j, ends, shapely.covers(loose, ends), strict=True):
        if inside and a != b:
            graph.add_edge(int(a), int(b), weight=line.length)
    try:
        return float(nx.shortest_path_length(graph, 0, 1, weight="weight"))
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        return float("inf")


def test_a_space_without_area_has_no_line() -> None:
    assert Space(Polygon()).find_line((0, 0), (1, 1)) is None


@pytest.mark.parametrize("corners", [50, 400])
def test_a_ragged_corridor_is_solved(corners: int) -> None:
    teeth = [(k * 0.5, 3 + (k % 2) * 0.8) for k in range(corners)]
    room = Polygon([(0, 0), (corners * 0.5, 0), *reversed(teeth)])
    line = Space(room).find_line((0.5, 0.5), (corners * 0.5 - 1, 0.5))
    assert line is not None
    assert len(line) == 2


def test_a_hostile_outline_takes_bounded_time_and_memory() -> None:
    teeth = [(k * 0.01, 3 + (k % 2) * 1.5) for k in range(20_000)]
    room = Polygon([(0, 0), (200, 0), *reversed(teeth)])
    assert Space(room).find_line((0.5, 0.5), (190, 0.5)) is not None


FURNITURE = st.lists(
    st.builds(
        lambda x, y, w, h: box(x, y, x + w, y + h),
        *(st.integers(-1, 14), st.integers(-1, 14), st.integers(1, 5), st.integers(1, 5)),
    ),
    max_size=4,
)


@given(st.lists(st.tuples(rooms(), FURNITURE), min_size=1, max_size=4))
def test_furniture_is_taken_out_of_many_rooms_as_out_of_each(
    furnished: list[tuple[Polygon, list[Polygon]]],
) -> None:
    together = [Space(room, obstacles=furniture) for room, furniture in furnished]
    find_all_lines(together, [[(0.0, 0.0), (1.0, 1.0)]] * len(together))
    for space, (room, furniture) in zip(together, furnished, strict=True):
        left: BaseGeometry = room
        for thing in furniture:
            rest = as_area(left.difference(thing))
            if not rest.is_empty and shapely.get_num_geometries(rest) == 1:
                left = rest
        assert space.polygon.symmetric_difference(left).area < 1e-9


@given(
    st.lists(
        st.tuples(rooms(), FURNITURE, st.lists(st.tuples(st.floats(0, 20), st.floats(0, 20)))),
        max_size=4,
    ),
    st.sampled_from([1, 20, 1_000_000]),
)
def test_lines_in_many_rooms_are_those_in_each(
    asked: list[tuple[Polygon, list[Polygon], list[Point]]], most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(space_module, "_MOST_DISTANCES", most)
        spaces = [Space(room, obstacles=furniture) for room, furniture, _ in asked]
        found = find_all_lines(spaces, [points for _, _, points in asked])
    for lines, (room, furniture, points) in zip(found, asked, strict=True):
        alone = Space(room, obstacles=furniture).find_lines(points)
        assert lines.keys() == alone.keys()
        for pair, line in lines.items():
            assert line_length_m(line) == pytest.approx(line_length_m(alone[pair]))

"""Long units are divided; the cuts are no walls."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.affinity import rotate

from tests.ascii_plan import draw_plan
from wayfinder.graph import EdgeKind, build_network
from wayfinder.graph.cells import _lengths_inside, _list_walls, divide, find_long


def test_a_corridor_that_is_divided_bends_at_its_walls_alone() -> None:
    wide = "-" * 30
    plan = draw_plan(f"""
        +1{wide}{wide}+
        |hall{" " * 57}|
        +{wide}{wide}2+
    """)
    edges = build_network(plan).graph.edges(data=True)
    walks = [(a, b, d) for a, b, d in edges if d["kind"] is EdgeKind.WALK]
    between = [d for a, b, d in walks if a.startswith("junction") and b.startswith("junction")]
    assert between
    assert all(len(d["geometry"]) == 2 and d["turns"] == 0 for d in between)


def test_a_sliver_however_long_stays_one_cell() -> None:
    sliver = shapely.box(0, 0, 100, 5e-5)
    assert divide(sliver, [(0, 0), (100, 0)]) == ([sliver], [])


BOXES = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(1, 15), st.integers(1, 15)),
    min_size=1,
    max_size=6,
)


@given(BOXES, st.lists(st.integers(-2, 40), min_size=1, max_size=9))
def test_what_of_a_line_lies_inside_is_what_geos_cuts_out(
    boxes: list[tuple[int, int, int, int]], columns: list[int]
) -> None:
    outline = shapely.union_all([shapely.box(x, y, x + w, y + h) for x, y, w, h in boxes])
    walls = _list_walls(outline)
    between = [column + 0.5 for column in columns]
    lines = shapely.linestrings([((at, -50), (at, 90)) for at in between])
    cut = shapely.length(shapely.intersection(outline, lines))
    assert _lengths_inside(walls, between) == pytest.approx(cut)
    # of a line along a wall counts what lies a hair beyond
    assert _lengths_inside(walls, columns) == pytest.approx(cut)


@given(BOXES, st.floats(1, 89), st.lists(st.floats(-2, 40), min_size=1, max_size=9))
def test_what_of_a_line_lies_inside_slanting_walls(
    boxes: list[tuple[int, int, int, int]], angle_deg: float, places: list[float]
) -> None:
    upright = shapely.union_all([shapely.box(x, y, x + w, y + h) for x, y, w, h in boxes])
    outline = rotate(upright, angle_deg, origin=(10, 10))
    lines = shapely.linestrings([((at, -50), (at, 90)) for at in places])
    cut = shapely.length(shapely.intersection(outline, lines))
    assert _lengths_inside(_list_walls(outline), places) == pytest.approx(cut, abs=1e-6)


@given(BOXES, st.integers(0, 20))
def test_what_is_not_long_is_not_divided(
    boxes: list[tuple[int, int, int, int]], count: int
) -> None:
    outline = shapely.convex_hull(
        shapely.union_all([shapely.box(x, y, x + w, y + h) for x, y, w, h in boxes])
    )
    assert isinstance(outline, shapely.Polygon)
    cells, cuts = divide(outline, [(0.0, 0.0)] * count)
    if not find_long([outline], [count])[0]:
        assert (cells, cuts) == ([outline], [])
    assert sum(cell.area for cell in cells) == pytest.approx(outline.area)

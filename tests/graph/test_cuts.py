"""Long units are divided; the cuts are no walls."""

import shapely

from tests.ascii_plan import draw_plan
from wayfinder.graph import EdgeKind, build_network
from wayfinder.graph.cells import divide


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

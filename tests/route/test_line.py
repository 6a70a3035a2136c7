"""Taut lines: no longer than need be, never through a wall, through the doors chosen."""

from itertools import pairwise
from math import dist, hypot
from random import Random

import pytest
import shapely
from shapely.geometry import LineString

from tests.ascii_plan import relate, way
from tests.route.houses import HOUSE, MONDAY, list_kinds, make_router, travel
from wayfinder.graph import Network
from wayfinder.graph.space import CLEARANCE_M
from wayfinder.route import Journey, Router, Segment, SegmentKind

OPEN = """
    +---------+---------+
    |A        |B        |
    +----1----+----2----+
    |hall     :lobby    |
    |         :         |
    |         +---------+
    |         |C        |
    |         3         |
    +---------+---------+
"""


def check_lines(router: Router, journey: Journey) -> None:
    """Check that every line stays where one can walk, and that lengths are its own."""
    for segment in journey.segments:
        if segment.kind is SegmentKind.WALK:
            assert segment.length_m == pytest.approx(LineString(segment.line).length, abs=1e-6)
            assert not leaves_space(router, segment), segment
    for one, other in pairwise(journey.segments):
        assert one.to_node == other.from_node


def leaves_space(router: Router, segment: Segment) -> bool:
    """Tell whether a line runs through a wall by more than a centimetre."""
    spaces = [router.network.spaces[unit].polygon for unit in segment.units]
    area = shapely.union_all([space.buffer(0.03) for space in spaces])
    return LineString(segment.line).difference(area.buffer(0.01)).length > 0.01


@pytest.mark.parametrize("direction", ["undirected", "directed"])
def test_no_line_crosses_a_boundary_that_somebody_banned(direction: str) -> None:
    ban = relate("ban", "hall1", "hall2", direction=direction, banned=True)
    router = make_router(
        """
        +-----------+-----------+
        |hall1      :hall2      |
        |           :           |
        +...........+...........+
        |B                      |
        +-----------------------+
        """,
        units={"B": "walkway"},
        extra=[ban],
    )
    there, back = travel(router, "hall1", "hall2"), travel(router, "hall2", "hall1")
    banned = LineString([(12, 0), (12, -4)])
    for journey in (there, back) if direction == "undirected" else (there,):
        (walk,) = journey.segments
        assert set(walk.units) == {"hall1", "B", "hall2"}
        assert not LineString(walk.line).intersects(banned)
        check_lines(router, journey)
    assert back.segments[0].line[0] == there.segments[0].line[-1]
    if direction == "directed":
        assert back.distance_m < there.distance_m - 0.5


def test_a_line_over_open_boundaries_is_one_and_taut() -> None:
    router = make_router(OPEN, units={"hall": "walkway", "lobby": "lobby"})
    journey = travel(router, "A", "B")
    kinds = [SegmentKind.WALK, SegmentKind.DOOR] * 2 + [SegmentKind.WALK]
    assert list_kinds(journey) == kinds
    middle = journey.segments[2]
    assert set(middle.units) == {"hall", "lobby"}
    straight_m = dist(middle.line[0], middle.line[-1])
    assert middle.length_m < straight_m + 2 * CLEARANCE_M + 0.01
    check_lines(router, journey)


def test_a_line_bends_only_around_corners() -> None:
    router = make_router(OPEN, units={"hall": "walkway", "lobby": "lobby"})
    journey = travel(router, "B", "C")
    check_lines(router, journey)
    (walk,) = (s for s in journey.segments if set(s.units) == {"hall", "lobby"})
    corners = zip(walk.line, walk.line[1:], walk.line[2:], strict=False)
    assert any(abs(_cross(*corner)) > 0.1 for corner in corners)
    assert walk.length_m < 1.3 * dist(walk.line[0], walk.line[-1])


def _cross(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    (ux, uy), (vx, vy) = (b[0] - a[0], b[1] - a[1]), (c[0] - b[0], c[1] - b[1])
    return (ux * vy - uy * vx) / max(hypot(ux, uy) * hypot(vx, vy), 1e-9)


def test_a_drawn_way_is_followed_as_it_was_drawn() -> None:
    drawing = """
        +-----+     +-----+
        |hall 1     2walk |
        +-----+     +-----+
    """
    points = [(6.0, -2.0), (8.0, -6.0), (12.0, -2.0)]
    router = make_router(drawing, extra=[way("path", points, "level0")])
    journey = travel(router, "hall", "walk")
    walked = shapely.union_all([LineString(s.line) for s in journey.segments])
    assert walked.distance(shapely.Point(8, -6)) < 1e-6


def test_a_way_between_levels_is_a_ramp() -> None:
    drawing = """
        level 0
        +-----+
        |hall |
        +-----+
        level 1
        +-----+
        |deck |
        +-----+
    """
    path = way("path", [(3, -2), (4, -2)], "level0", "level1", category="ramp")
    router = make_router(drawing, units={"deck": "walkway"}, extra=[path])
    (ramp,) = (s for s in travel(router, "hall", "deck").segments if s.level != s.to_level)
    assert (ramp.kind, ramp.floors, ramp.features) == (SegmentKind.RAMP, 1.0, ("path",))


def test_lines_do_not_depend_on_what_was_asked_before() -> None:
    router, fresh = make_router(HOUSE), make_router(HOUSE)
    travel(router, "A", "F")
    travel(router, "D", "F")
    assert travel(router, "B", "F") == travel(fresh, "B", "F")


def test_lines_on_a_real_plan_stay_in_the_walkable_space(office: Network, *, run_all: bool) -> None:
    router = Router(office)
    units = [unit.id for unit in office.plan.units if unit.id in office.places]
    random = Random(3)
    found = 0
    for _ in range(500 if run_all else 60):
        start, end = random.sample(units, 2)
        journey = router.find_route(start, [end], departure=MONDAY)
        if isinstance(journey, Journey):
            check_lines(router, journey)
            found += 1
    assert found > 50

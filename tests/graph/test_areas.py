"""What of a floor can be walked on: rooms in rooms, walls in halls."""

from dataclasses import replace
from typing import Any

import pytest
import shapely

from tests.ascii_plan import draw_plan
from tests.graph.rooms import TWO_ROOMS, codes, reach
from wayfinder.graph import build_network
from wayfinder.model import Plan, make_feature


def _line_of(plan: Plan, points: list[tuple[float, float]]) -> dict[str, Any]:
    return {
        "type": "LineString",
        "coordinates": [plan.frame.to_degrees(*point) for point in points],
    }


@pytest.mark.parametrize("category", ["walkway", "room"])
def test_a_room_drawn_on_top_of_a_larger_space_is_walked_round(category: str) -> None:
    drawing = """
        +-----------------+
        |hall             |
        |                 |
        |                 |
        +--------1--------+
    """
    hall = draw_plan(drawing, units={"hall": category})
    square = shapely.box(6, -6, 12, -2)
    room = replace(
        hall["hall"],
        id="room",
        geometry=shapely.geometry.mapping(hall.frame.geometry_degrees(square)),
        properties={"category": "room", "level_id": "level0"},
    )
    network = build_network(hall.with_features(room))
    line = network.join_spaces(["hall"]).find_line((1, -4), (17, -4))
    assert line is not None
    assert shapely.LineString(line).distance(square) > 0.2
    assert not reach(network, "hall", "room")


def test_an_outline_drawn_round_rooms_is_a_space_as_well() -> None:
    plan = draw_plan(TWO_ROOMS)
    shapes = [plan[key].shape for key in ("A", "B")]
    suite = replace(
        plan["A"],
        id="suite",
        geometry=shapely.geometry.mapping(shapely.union_all(shapes)),
        properties={"category": "room", "level_id": "level0"},
    )
    network = build_network(plan.with_features(suite))
    assert reach(network, "A", "B")
    assert network.spaces["suite"].polygon.area > 0


def test_a_wall_in_a_hall_is_walked_round_and_one_across_it_reported() -> None:
    plan = draw_plan(TWO_ROOMS)
    stub = make_feature(
        "stub",
        "detail",
        _line_of(plan, [(8, -6), (8, -9)]),
        {"level_id": "level0", "wayfinder": {"wall": True}},
    )
    network = build_network(plan.with_features(stub))
    line = network.join_spaces(["hall"]).find_line((1, -7), (15, -7))
    assert line is not None
    assert len(line) > 2
    across = replace(stub, geometry=_line_of(plan, [(8, -6), (8, -12)]))
    assert codes(build_network(plan.with_features(across))) == ["wall-divides-unit"]

"""What people drew by hand: ways, one-ways, bans."""

import pytest

from tests.ascii_plan import draw_plan, relate, way
from tests.graph.rooms import TWO_ROOMS, codes, reach
from wayfinder.graph import build_network


def test_drawn_ways_join_what_has_no_door() -> None:
    plan = draw_plan(TWO_ROOMS, extra=[relate("jump", "A", "B", direction="directed")])
    network = build_network(plan.without("door-1", "door-2"))
    assert reach(network, "A", "B")
    assert not reach(network, "B", "A")


ENFILADE = """
    +-----+-----+-----+
    |A    1B    2C    |
    +-----+-----+-----+
"""


def through(*doors: str) -> list[dict[str, str]]:
    return [{"id": door, "feature_type": "opening"} for door in doors]


def test_a_one_way_drawn_through_doors_leads_through_them_all() -> None:
    drawn = relate("r", "A", "C", direction="directed", intermediary=through("door-1", "door-2"))
    network = build_network(draw_plan(ENFILADE, extra=[drawn]))
    assert reach(network, "A", "C")
    assert not reach(network, "B", "A")
    assert not reach(network, "C", "B")
    assert codes(network) == []


def test_one_ways_drawn_in_both_directions_leave_a_door_as_it_is() -> None:
    drawn = [
        relate(f"r{start}", start, end, direction="directed", intermediary=through("door-1"))
        for start, end in ("AB", "BA")
    ]
    network = build_network(draw_plan(ENFILADE, extra=drawn))
    assert reach(network, "A", "B")
    assert reach(network, "B", "A")


@pytest.mark.parametrize(
    ("ends", "doors"), [("AC", ["door-1"]), ("CB", ["door-1"]), ("AB", ["door-2", "door-1"])]
)
def test_a_one_way_that_does_not_fit_its_doors_is_reported(ends: str, doors: list[str]) -> None:
    drawn = relate("r", *ends, direction="directed", intermediary=through(*doors))
    network = build_network(draw_plan(ENFILADE, extra=[drawn]))
    assert codes(network) == ["relationship-off-doors"]
    assert reach(network, "A", "C")
    assert reach(network, "C", "A")


def test_a_ban_wins_over_a_door() -> None:
    ban = relate("ban", "A", "hall", wayfinder={"banned": True})
    network = build_network(draw_plan(TWO_ROOMS, extra=[ban]))
    assert not reach(network, "A", "hall")
    assert reach(network, "B", "hall")


def test_a_drawn_line_leads_from_an_outer_door_to_another() -> None:
    text = """
        +---+     +---+
        |A  1     2B  |
        +---+     +---+
    """
    network = build_network(
        draw_plan(text, extra=[way("w", [(4.4, -1.0), (7, 3), (9.6, -1.0)], "level0")])
    )
    assert not reach(network, "A", "B")
    network = build_network(
        draw_plan(text, extra=[way("w", [(4.0, -2.0), (7, 3), (10, -2.0)], "level0")])
    )
    assert reach(network, "A", "B")


@pytest.mark.parametrize("inner", [(4.0, -2.5), (4.0, -9.5)])
def test_a_drawn_line_to_an_inner_door_leads_to_it_not_through(inner: tuple[float, float]) -> None:
    path = way("w", [inner, (4.0, -6.0)], "level0")
    network = build_network(draw_plan(TWO_ROOMS, extra=[path]))
    assert sum(node.startswith("way:") for node in network.graph) == 2
    assert reach(network, "A", "hall")
    locked = build_network(draw_plan(TWO_ROOMS, extra=[path], doors={"1": {"locked": True}}))
    assert not reach(locked, "A", "hall")
    assert not reach(locked, "hall", "A")

"""Arrows are the reader's: they turn with the face, and are taken for ways as people take them."""

import pytest

from tests.ascii_plan import draw_plan
from tests.checks.hung import TEE, hang, make_ring, route
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.model import Arrow, Plan, list_signs


def make_walker(plan: Plan) -> SignWalker:
    return SignWalker(route(plan), list_signs(plan))


@pytest.mark.parametrize(
    ("bearing_deg", "arrows"),
    [
        (180, {"A": Arrow.AHEAD_LEFT, "D": Arrow.AHEAD_RIGHT}),
        (270, {"A": Arrow.BACK_LEFT, "D": Arrow.AHEAD_LEFT}),
        (0, {"A": Arrow.BACK_RIGHT, "D": Arrow.BACK_LEFT}),
        (90, {"A": Arrow.AHEAD_RIGHT, "D": Arrow.BACK_RIGHT}),
        (None, {"A": None, "D": None}),
    ],
)
def test_an_arrow_turns_with_its_face(
    bearing_deg: float | None, arrows: dict[str, Arrow | None]
) -> None:
    plan = hang(draw_plan(TEE), "sign", (18.5, -13.0), {}, bearing_deg=bearing_deg)
    walker = make_walker(plan)
    found = {key: walker.point(0, walker.goals[key].nodes) for key in arrows}
    assert found == arrows


@pytest.mark.parametrize(
    ("arrow", "agrees"),
    [
        (Arrow.LEFT, True),
        (Arrow.AHEAD_LEFT, True),  # there is the wall
        (Arrow.BACK_LEFT, False),  # there the hall goes on
        (Arrow.RIGHT, False),
        (Arrow.BACK_RIGHT, False),
        (Arrow.UP, False),
        (Arrow.HERE, False),
    ],
)
def test_an_arrow_is_taken_for_the_way_in_its_own_or_an_empty_next_sector(
    arrow: Arrow,
    agrees: bool,  # noqa: FBT001
) -> None:
    plan = make_ring()
    walker = make_walker(plan)
    (node, *_) = walker.network.places["sign"]
    way = walker.ways.find(node, walker.goals["A"].nodes)
    assert way is not None
    assert walker.arrows.agrees(0, arrow, way) is agrees

"""What somebody who walks sees on the way."""

import pytest

from tests.ascii_plan import draw_plan
from tests.checks.hung import hang, route
from wayfinder.checks.outlooks import Outlooks
from wayfinder.checks.sight import Sight
from wayfinder.checks.stroll import Stance
from wayfinder.model import list_signs

HALL = """
    level 0
    +--------+--------+--------------------+
    |A       |lift    |hallN               |
    +---1----+---2----+--------------------+
    |hall                                  |
    |                                      |
    +-------------------0------------------+

    level 1
    +--------+--------+--------------------+
    |B       |lift    |hallN               |
    +---3----+---4----+--------------------+
    |hall                                  |
    +--------------------------------------+
"""
NORTH, WEST, EAST = (0.0, 1.0), (-1.0, 0.0), (1.0, 0.0)


@pytest.fixture(scope="module")
def seen() -> tuple[Outlooks, Stance]:
    """Return what is seen, and somebody who stands in the hall and looks north."""
    plan = hang(draw_plan(HALL), "over", (13.0, -5.0), {"A": "left"}, unit="hall@0")
    plan = hang(plan, "west", (6.0, -7.0), {"A": "left"}, unit="hall@0", bearing_deg=90)
    plan = hang(plan, "sunk", (30.0, -30.0), {"A": "left"}, unit="hall@0")
    network = route(plan).network
    sight = Sight(network)
    region = sight.find_region_of("hall@0")
    assert region is not None
    outlooks = Outlooks(network, sight, list_signs(plan), {"A"})
    return outlooks, Stance(region, "level0", (13.0, -7.0), NORTH)


def turned(stance: Stance, heading: tuple[float, float]) -> Stance:
    return Stance(stance.region, stance.level_id, stance.at, heading)


def test_signs_are_read_ahead_and_all_of_them_by_turning_round(
    seen: tuple[Outlooks, Stance],
) -> None:
    outlooks, stance = seen
    assert outlooks.look([stance]).legible == ((0,),)
    assert outlooks.look([turned(stance, WEST)]).legible == ((1,),)
    assert outlooks.look([turned(stance, EAST)]).legible == ((),)
    assert set(outlooks.look_round(stance)) == {0, 1}


def test_doors_and_lifts_are_seen_from_as_far_as_their_plates_are_read(
    seen: tuple[Outlooks, Stance],
) -> None:
    outlooks, stance = seen
    far = Stance(stance.region, stance.level_id, (36.0, -7.0), WEST)
    near = Stance(stance.region, stance.level_id, (7.0, -6.0), NORTH)
    outlook = outlooks.look([far, stance, near])
    assert outlook.shafts == {"lift@0": 1}
    assert outlook.places == {"A": 2}


def test_how_far_it_is_before_a_face(seen: tuple[Outlooks, Stance]) -> None:
    outlooks, _ = seen
    assert outlooks.find_clear_m(1) == pytest.approx(33.0, abs=0.5)
    assert outlooks.find_clear_m(2) == 0.0
    assert outlooks.region_of_sign[2] is None
    assert outlooks.get_reading_point(0) == pytest.approx((13.0, -5.15))

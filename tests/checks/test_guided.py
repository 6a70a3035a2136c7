"""How far one goes along a way without a further word."""

import pytest

from tests.checks.hung import make_tee, route
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.checks.stroll import Halt, Stance
from wayfinder.model import list_signs


@pytest.fixture(scope="module")
def walker() -> SignWalker:
    """Return somebody in the house where a corridor parts to the left and right."""
    return SignWalker(route(make_tee()), list_signs(make_tee()))


@pytest.fixture(scope="module")
def begun(walker: SignWalker) -> tuple[str, Stance]:
    stance = walker.strolls.enter("door:door-0:hall", "outside:door-0")
    return "door:door-0:hall", stance


def test_a_way_knows_its_end_and_its_first_door(
    walker: SignWalker, begun: tuple[str, Stance]
) -> None:
    goal = walker.goals["A"]
    way = walker.ways.find(begun[0], goal.nodes)
    assert way is not None
    assert way.end in goal.nodes
    assert (way.floors, way.shaft, way.landing) == (0.0, None, None)
    assert 20 < way.length_m < 40
    assert way.find_first_door(5.0) is None
    behind = way.find_first_door(50.0)
    assert behind is not None
    assert walker.network.graph.nodes[behind]["unit"] == "A"


def test_who_was_told_nothing_stops_where_the_way_turns_off(
    walker: SignWalker, begun: tuple[str, Stance]
) -> None:
    node, stance = begun
    way = walker.ways.find(node, walker.goals["A"].nodes)
    assert way is not None
    stroll = walker.ways.follow(way, stance, told=False)
    assert stroll.halt is Halt.CHOICE
    assert stroll.walked_m[-1] < way.length_m - 10
    (choice, *_) = walker.ways.list_choices(way, stance)
    x, y = choice.at
    assert abs(x - 18.5) < 4
    assert -13 < y < -3


def test_who_was_told_the_turn_goes_on(walker: SignWalker) -> None:
    foot = walker.get_foot(0)
    (node, *_) = walker.network.places["sign"]
    way = walker.ways.find(node, walker.goals["A"].nodes)
    assert foot is not None
    assert way is not None
    untold, told = (walker.ways.follow(way, foot, told=one) for one in (False, True))
    assert told.walked_m[-1] > untold.walked_m[-1] + 5
    assert told.stances[-1].at[0] < 12
    assert told.stances[0].heading == told.stances[1].heading

"""What is remembered of a journey is what would be made anew."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.ascii_plan import draw_plan
from wayfinder.graph import Network, build_network
from wayfinder.guide.answer import make_answer
from wayfinder.guide.step import Direction, Landmark, Relation, Sight
from wayfinder.guide.steps import _tell, make_steps
from wayfinder.guide.walks import Opening
from wayfinder.route import Journey, Router

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
PLAN = draw_plan("""
    +-------+-------+
    |A      |B      |
    +---1---+---2---+
    |hall           |
    +-------3-------+
""")


@pytest.fixture
def network() -> Network:
    return build_network(PLAN)


def find(network: Network, origin: str = "A", destination: str = "B") -> Journey:
    found = Router(network).find_route(origin, [destination], departure=NOON)
    assert isinstance(found, Journey)
    return found


def test_steps_are_made_once_and_depend_on_the_way_and_the_facing_alone(network: Network) -> None:
    journey = find(network)
    steps = make_steps(network, journey)
    later = replace(journey, departure=NOON.replace(hour=15), conditions="other")
    again = make_steps(network, later)
    assert all(one is other for one, other in zip(again, steps, strict=True))
    assert make_steps(network, find(network, "B", "A")) != steps
    turned = make_steps(network, journey, facing_deg=90.0)
    assert turned == make_steps(build_network(PLAN), journey, facing_deg=90.0)
    assert turned != make_steps(network, journey, facing_deg=270.0)


def test_words_are_remembered_by_language(network: Network) -> None:
    journey = find(network)
    steps = make_steps(network, journey)
    for language in ("en", "zh-Hans", "en"):
        answer = make_answer(network, journey, steps, language)
        assert answer == make_answer(build_network(PLAN), journey, list(steps), language)
        answer["steps"][0]["from"]["level"] = "spoiled"


def test_steps_in_a_list_are_said_as_they_are_now(network: Network) -> None:
    journey = find(network)
    steps = list(make_steps(network, journey))
    whole = make_answer(network, journey, steps, "en")
    steps.reverse()
    assert make_answer(network, journey, steps, "en")["steps"] == whole["steps"][::-1]


def test_a_run_is_told_by_all_that_is_added_to_it(network: Network) -> None:
    """What differs in nothing but its side is another landmark: left is not right."""
    journey = find(network)
    told = next(_tell(network, journey, None))
    landmark = Landmark("desk", Sight.PLACE, Relation.BESIDE, side=Direction.LEFT)
    others = (
        replace(landmark, side=Direction.RIGHT),
        replace(landmark, ordinal=2),
        replace(landmark, category="pharmacy"),
    )
    first = told.followed_by(Opening(towards=landmark))
    assert told.followed_by(Opening(towards=replace(landmark))) is first
    for other in others:
        assert told.followed_by(Opening(towards=other)).steps[-1].towards == other

"""What is remembered of a journey is what would be made anew."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.ascii_plan import draw_plan
from wayfinder.graph import Network, build_network
from wayfinder.guide.answer import make_answer
from wayfinder.guide.steps import make_steps
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

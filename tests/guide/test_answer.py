"""The answer as a document: floors become legs, stops know their steps."""

import json
from datetime import UTC, datetime

import pytest

from tests.ascii_plan import draw_plan
from wayfinder.graph import Network, build_network
from wayfinder.guide.answer import make_answer, make_refusal, name_place
from wayfinder.guide.steps import make_steps
from wayfinder.route import Journey, Refusal, Router

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PLAN = """
    level 0 1F
    +-----+-----+----+-----+
    |A    |B    |lift|  C  |
    +--1--+--2--+-5--+-----+
    4hall                  |
    +----------------------+

    level 1 2F
                +----+
                |lift|
    +-----+-----+-5--+
    |  D  6hall      |
    +-----+----------+
"""


@pytest.fixture(scope="module")
def network() -> Network:
    plan = draw_plan(PLAN, units={"A": {"name": {"en": "Ward\u202e", "zh-Hans": "病房"}}})
    return build_network(plan)


def find(network: Network, start: str, *ends: str) -> Journey:
    found = Router(network, "sha256:0").find_route(start, ends, departure=NOW)
    assert isinstance(found, Journey)
    return found


def answer(network: Network, journey: Journey, language: str = "en") -> dict[str, object]:
    document = make_answer(network, journey, make_steps(network, journey), language)
    plain: dict[str, object] = json.loads(json.dumps(document, allow_nan=False))
    assert plain == document
    return plain


def test_a_leg_a_floor(network: Network) -> None:
    legs = answer(network, find(network, "A", "D"))["legs"]
    assert isinstance(legs, list)
    assert [(leg["level"], leg["ordinal"]) for leg in legs] == [("level0", 0), ("level1", 1)]
    # the first ends in the lift, where the second begins
    assert legs[0]["geometry"]["coordinates"][-1] == pytest.approx(
        legs[1]["geometry"]["coordinates"][0], abs=1e-6
    )


def test_there_and_back_is_three_legs(network: Network) -> None:
    legs = answer(network, find(network, "A", "D", "B"))["legs"]
    assert isinstance(legs, list)
    assert [leg["level"] for leg in legs] == ["level0", "level1", "level0"]


def test_stops_know_where_their_steps_begin(network: Network) -> None:
    document = answer(network, find(network, "A", "B", "D"))
    stops, steps = document["stops"], document["steps"]
    assert isinstance(stops, list)
    assert isinstance(steps, list)
    assert [stop["id"] for stop in stops] == ["B", "D"]
    assert stops[0]["first_step"] == 0
    assert steps[stops[1]["first_step"] - 1]["kind"] == "arrive"


def test_being_there_is_one_leg_that_goes_nowhere(network: Network) -> None:
    document = answer(network, find(network, "A", "A"))
    assert document["from"] == document["to"]
    legs = document["legs"]
    assert isinstance(legs, list)
    (leg,) = legs
    assert len(leg["geometry"]["coordinates"]) == 2


def test_names_follow_the_language_and_steer_nothing(network: Network) -> None:
    assert name_place(network, "A", "zh-Hans") == "病房"
    assert name_place(network, "A", "en") == "Ward"
    unnamed = network.plan["B"].with_properties(name=None)
    nameless = build_network(network.plan.with_features(unnamed))
    assert name_place(nameless, "B", "en") == "Room"


def test_a_refusal_says_what_bars_and_what_would_work(network: Network) -> None:
    found = Router(network).find_route("A", ["C"], departure=NOW)
    assert isinstance(found, Refusal)
    error = make_refusal(found, "en")["error"]
    assert (error["code"], error["cause"]) == ("no-route", found.code)
    assert error["reason"]
    assert error["without"] is None

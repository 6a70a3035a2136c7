"""The quick answer is the same as the plain one."""

import json
from datetime import datetime
from itertools import islice, permutations
from zoneinfo import ZoneInfo

import pytest

from wayfinder.formats import read_plan
from wayfinder.graph import Network, build_network
from wayfinder.guide.answer import make_answer
from wayfinder.guide.encode import encode_answer
from wayfinder.guide.steps import make_steps
from wayfinder.resources import floorplans_dir
from wayfinder.route import Journey, Router

AT = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def network() -> Network:
    return build_network(read_plan(floorplans_dir() / "clinic").plan)


@pytest.mark.unmeasured
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("profile", ["walk", "wheelchair"])
def test_bytes_say_what_the_document_says(
    network: Network, language: str, profile: str, *, run_all: bool
) -> None:
    router = Router(network, "sha256:test")
    places = sorted(network.places)[::5]
    for one, two, three in islice(permutations(places, 3), 0, None, 29 if run_all else 89):
        found = router.find_route(one, [two, three], profile=profile, departure=AT)
        if isinstance(found, Journey):
            for facing_deg in (None, 45.0):
                steps = make_steps(network, found, facing_deg=facing_deg)
                encoded = encode_answer(network, found, language, facing_deg=facing_deg)
                assert json.loads(encoded) == make_answer(network, found, steps, language)


def test_who_is_there_already_has_a_line_with_two_ends(network: Network) -> None:
    place = min(network.places)
    found = Router(network).find_route(place, [place], departure=AT)
    assert isinstance(found, Journey)
    encoded = json.loads(encode_answer(network, found, "en"))
    assert encoded == make_answer(network, found, make_steps(network, found), "en")
    assert len(encoded["legs"][0]["geometry"]["coordinates"]) == 2

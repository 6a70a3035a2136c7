"""What one worker told of a run another writes as if it had told it itself."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice, permutations
from zoneinfo import ZoneInfo

import pytest

from wayfinder.formats import read_plan
from wayfinder.graph import Network, build_network
from wayfinder.guide.answer import make_answer
from wayfinder.guide.encode import encode_answer
from wayfinder.guide.steps import make_steps
from wayfinder.guide.telling import Stretch
from wayfinder.model import Plan
from wayfinder.resources import floorplans_dir
from wayfinder.route import Journey, Router
from wayfinder.route.line import Liner
from wayfinder.shelf import MemoryShelf, Shelf

AT = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
FACING_DEG = (None, 45.0)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(floorplans_dir() / "clinic").plan


def open_router(plan: Plan, shelf: Shelf) -> Router:
    """Make a router as another process would have it."""
    return Router(build_network(plan), "sha256:test", shelf=shelf)


def list_journeys(router: Router, every: int) -> Iterator[Journey]:
    """Yield visits to two places each."""
    places = sorted(router.network.places)[::5]
    for one, two, three in islice(permutations(places, 3), 0, None, every):
        found = router.find_route(one, [two, three], profile="walk", departure=AT)
        if isinstance(found, Journey):
            yield found


def encode(network: Network, journey: Journey, facing_deg: float | None) -> list[bytes]:
    """Encode a journey in two languages."""
    return [
        encode_answer(network, journey, language, facing_deg=facing_deg)
        for language in ("zh-Hans", "en")
    ]


def test_what_one_told_nobody_tells_again(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = MemoryShelf()
    one, other = open_router(plan, shelf), open_router(plan, shelf)
    told = [
        encode(one.network, journey, facing_deg)
        for journey in list_journeys(one, 613)
        for facing_deg in FACING_DEG
    ]

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("it was made already")

    monkeypatch.setattr(Stretch, "tell", refuse)
    monkeypatch.setattr(Liner, "make_segments", refuse)
    again = [
        encode(other.network, journey, facing_deg)
        for journey in list_journeys(other, 613)
        for facing_deg in FACING_DEG
    ]
    assert told
    assert again == told


@pytest.mark.parametrize("room_bytes", [0, 20_000])
def test_whoever_told_a_part_and_whatever_is_forgotten_it_reads_the_same(
    plan: Plan, room_bytes: int
) -> None:
    shelf = MemoryShelf(room_bytes)
    one, other = open_router(plan, shelf), open_router(plan, shelf)
    for journey in list_journeys(one, 1_301):
        encode(one.network, journey, None)
    network, alone = other.network, build_network(plan)
    for journey in list_journeys(other, 977):
        for facing_deg in FACING_DEG:
            steps = make_steps(alone, journey, facing_deg=facing_deg)
            expected = [make_answer(alone, journey, steps, tag) for tag in ("zh-Hans", "en")]
            assert list(map(json.loads, encode(network, journey, facing_deg))) == expected


def test_a_plan_without_a_digest_shares_nothing(plan: Plan) -> None:
    shelf = MemoryShelf()
    router = Router(build_network(plan), shelf=shelf)
    encode(router.network, next(list_journeys(router, 613)), None)
    assert vars(shelf)["_bytes"] == 0


def test_another_release_finds_nothing_of_this_one(plan: Plan) -> None:
    shelf = MemoryShelf()
    one = Router(build_network(plan), "sha256:one", shelf=shelf)
    encode(one.network, next(list_journeys(one, 613)), None)
    taken = vars(shelf)["_bytes"]
    other = Router(build_network(plan), "sha256:other", shelf=shelf)
    encode(other.network, next(list_journeys(other, 613)), None)
    assert vars(shelf)["_bytes"] == 2 * taken

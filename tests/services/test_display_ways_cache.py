"""Ways are made in the background, once for all who wait, and kept as long as they hold."""

import json
from datetime import UTC, datetime

import pytest

from tests.displayed import BOARD, KIOSK, make_house
from wayfinder.model import Closure, Conditions, Display, Release, list_displays
from wayfinder.services import display_ways_cache
from wayfinder.services.display_ways import PROFILES, WaysMaker, find_version, list_goals
from wayfinder.services.display_ways_cache import DisplayWaysCache
from wayfinder.services.served import Served, make_served

PATIENCE_S = 30


@pytest.fixture(scope="module")
def house() -> Served:
    plan = make_house({"one": KIOSK, "two": {**KIOSK, "bearing_deg": 0}, "board": BOARD})
    return make_served("house", Release(plan, 1))


@pytest.fixture
def cache() -> DisplayWaysCache:
    return DisplayWaysCache(share=1, pause_s=(0, 0))


@pytest.fixture
def displays(house: Served) -> list[Display]:
    return [one for one in list_displays(house.plan) if one.kind == "kiosk"]


def test_ways_are_there_once_they_have_been_made(
    cache: DisplayWaysCache, house: Served, displays: list[Display]
) -> None:
    one, two = displays
    assert cache.get(house, one, "walk") is None
    assert cache.wait(PATIENCE_S)
    for profile in PROFILES:
        found = cache.get(house, one, profile)
        assert found is not None
        document = json.loads(found.content)
        assert found.size == len(found.content) > len(found.compressed)
        assert document["profile"] == profile
        assert document["version"] == found.version == find_version(house, datetime.now(UTC))
        assert set(list_goals(house, one)) == document["ways"].keys()
    assert cache.get(house, two, "walk") is None


def test_kept_ways_are_those_that_are_made_one_by_one(
    cache: DisplayWaysCache, house: Served, displays: list[Display]
) -> None:
    cache.get(house, displays[0], "walk")
    assert cache.wait(PATIENCE_S)
    found = cache.get(house, displays[0], "walk")
    assert found is not None
    kept = json.loads(found.content)
    maker = WaysMaker(house, displays[0], "walk", datetime.fromisoformat(kept["made_at"]))
    for goal in list_goals(house, displays[0]):
        maker.add(goal)
    assert json.loads(json.dumps(maker.finish())) == kept


def test_displays_that_wait_share_one_round(
    monkeypatch: pytest.MonkeyPatch, house: Served, displays: list[Display]
) -> None:
    made: list[tuple[str, str]] = []

    class Counting(WaysMaker):
        def __init__(self, served: Served, display: Display, profile: str, at: datetime) -> None:
            made.append((display.id, profile))
            super().__init__(served, display, profile, at)

    monkeypatch.setattr(display_ways_cache, "WaysMaker", Counting)
    cache = DisplayWaysCache(share=1, pause_s=(0.2, 0.2))
    for _ in range(5):
        for display in displays:
            for profile in PROFILES:
                assert cache.get(house, display, profile) is None
    assert cache.wait(PATIENCE_S)
    assert sorted(made) == sorted((one.id, p) for one in displays for p in PROFILES)
    assert all(cache.get(house, one, p) for one in displays for p in PROFILES)


def test_after_a_closure_old_ways_are_not_handed_out(
    cache: DisplayWaysCache, house: Served, displays: list[Display]
) -> None:
    cache.get(house, displays[0], "walk")
    assert cache.wait(PATIENCE_S)
    before = cache.get(house, displays[0], "walk")
    shut = house.with_conditions(Conditions((Closure("door-1"),)), 2)
    assert cache.get(shut, displays[0], "walk") is None
    assert cache.wait(PATIENCE_S)
    after = cache.get(shut, displays[0], "walk")
    assert before is not None
    assert after is not None
    assert before.version != after.version
    assert "refusal" in json.loads(after.content)["ways"]["A"]


def test_what_goes_wrong_keeps_nothing_else_from_being_made(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    house: Served,
    displays: list[Display],
) -> None:
    class Failing(WaysMaker):
        def add(self, goal: str) -> None:
            if self._profile == "walk":
                raise RuntimeError("a mistake")
            super().add(goal)

    monkeypatch.setattr(display_ways_cache, "WaysMaker", Failing)
    cache = DisplayWaysCache(share=1, pause_s=(0, 0))
    cache.get(house, displays[0], "walk")
    assert cache.wait(PATIENCE_S)
    assert "could not be made" in caplog.text
    assert cache.get(house, displays[0], "easy") is not None
    assert cache.get(house, displays[0], "walk") is None
    assert cache.wait(PATIENCE_S)


def test_a_display_that_left_the_plan_is_passed_over(
    cache: DisplayWaysCache, displays: list[Display]
) -> None:
    bare = make_served("house", Release(make_house(), 2))
    cache.get(bare, displays[0], "walk")
    assert cache.wait(PATIENCE_S)
    assert cache.get(bare, displays[0], "walk") is None
    assert cache.wait(PATIENCE_S)


def test_ways_of_displays_that_ask_no_more_are_forgotten(
    monkeypatch: pytest.MonkeyPatch, house: Served, displays: list[Display]
) -> None:
    cache = DisplayWaysCache(share=1, pause_s=(0, 0))
    cache.get(house, displays[0], "walk")
    assert cache.wait(PATIENCE_S)
    monkeypatch.setattr(display_ways_cache, "KEPT_S", -1.0)
    cache.get(house, displays[1], "walk")
    assert cache.wait(PATIENCE_S)
    monkeypatch.undo()
    # of all profiles, though it asked for one alone
    assert cache.get(house, displays[0], "easy") is None
    assert cache.wait(PATIENCE_S)

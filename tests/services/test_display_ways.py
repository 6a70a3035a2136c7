"""The document of ways from a display: floors, steps, words, what has hours."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.ascii_plan import draw_plan
from tests.displayed import KIOSK, make_screen
from tests.route.houses import HOUSE
from tests.services.fire.people import make_zone
from tests.services.fire.test_ways import make_zones
from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.guide.phrases import say_step
from wayfinder.model import (
    Closure,
    Conditions,
    Display,
    ExceptionalHours,
    Notice,
    Plan,
    Release,
    find_display,
)
from wayfinder.services.display_ways import (
    JsonObject,
    WaysMaker,
    find_version,
    list_goals,
    list_stages,
)
from wayfinder.services.fire.state import Alarm
from wayfinder.services.navigate import Way, find_way
from wayfinder.services.served import Served, make_served

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def make_screened() -> Plan:
    plan = draw_plan(
        HOUSE,
        units={
            "F": {"category": "pharmacy", "hours": "Mo-Fr 08:00-17:00"},
            "E": {"category": "restroom"},
        },
        doors={"6": {"hours": "Mo-Fr 08:00-12:00"}},
    )
    return plan.with_features(make_screen(plan, "kiosk", KIOSK))


@pytest.fixture(scope="module")
def house() -> Served:
    return make_served("house", Release(make_screened(), 1))


def find_own(served: Served) -> Display:
    found = find_display(served.plan, "kiosk")
    assert found is not None
    return found


def make_document(served: Served, profile: str = "walk", at: datetime = MONDAY) -> JsonObject:
    maker = WaysMaker(served, find_own(served), profile, at)
    for goal in list_goals(served, find_own(served)):
        maker.add(goal)
    return maker.finish()


def read_text(document: JsonObject, number: int, language: str = "en") -> str:
    text = document["texts"][number][document["languages"].index(language)]
    assert isinstance(text, str)
    return text


def decode(numbers: tuple[int, ...]) -> Iterator[tuple[float, float]]:
    x = y = 0
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x / 10, y / 10


def test_every_public_place_and_the_nearest_of_each_sort_have_a_way(house: Served) -> None:
    document = make_document(house)
    assert {"A", "B", "C", "D", "E", "F"} <= document["ways"].keys()
    nearest = document["ways"]["nearest:pharmacy"]
    assert nearest["to"] == "F"
    assert "nearest:parking" not in document["ways"]
    assert all("stages" in way for way in document["ways"].values())


@pytest.mark.parametrize("profile", ["walk", "easy"])
def test_the_document_says_what_the_way_itself_does(house: Served, profile: str) -> None:
    document = make_document(house, profile)
    way = find_way(house, "kiosk", ["F"], profile=profile, at=MONDAY)
    assert isinstance(way, Way)
    packed = document["ways"]["F"]
    for number, language in enumerate(LANGUAGES):
        said = [document["texts"][document["steps"][step][2]][number] for step in packed["steps"]]
        assert said == [say_step(step, language) for step in way.steps]
    assert packed["range_s"][0] <= way.journey.duration_s <= packed["range_s"][1]


def test_a_way_is_cut_into_floors_with_the_lift_named_at_both_ends(house: Served) -> None:
    document = make_document(house, "easy")
    first, last = document["ways"]["F"]["stages"]
    levels = document["levels"]
    assert (levels[first[0]], levels[last[0]]) == ("level0", "level1")
    kind, symbol, floor, to_floor, carrier, *_, climb = document["changes"][first[2]]
    assert (kind, symbol, climb) == ("lift", "lift", 1)
    assert (read_text(document, floor), read_text(document, to_floor)) == ("1F", "2F")
    assert read_text(document, carrier)
    assert last[2] is None
    assert first[3] == 0 < last[3]


def test_lines_of_the_floors_are_those_of_the_way(house: Served) -> None:
    document = make_document(house)
    way = find_way(house, "kiosk", ["F"], at=MONDAY)
    assert isinstance(way, Way)
    for stage, packed in zip(list_stages(way), document["ways"]["F"]["stages"], strict=True):
        points = list(decode(document["lines"][packed[1]]))
        assert points[0] == pytest.approx(stage.line[0], abs=0.06)
        assert points[-1] == pytest.approx(stage.line[-1], abs=0.06)


def test_what_has_hours_is_told_for_three_days(house: Served) -> None:
    document = make_document(house)
    way = document["ways"]["F"]
    names = [document["timed"][number] for number in way["timed"]]
    (name, is_open, *turns) = names[0]
    assert read_text(document, name) == "F"
    assert is_open
    assert turns[0] == int(MONDAY.replace(hour=17, minute=0).timestamp())
    assert turns == sorted(turns)
    assert turns[-1] <= (MONDAY + timedelta(hours=72)).timestamp()
    assert len(document["ways"]["E"]["timed"]) == 1  # the door, not the pharmacy
    assert document["ways"]["A"]["timed"] == []


def test_a_warning_that_holds_by_the_hour_is_marked(house: Served) -> None:
    late = make_document(house, at=MONDAY.replace(hour=16, minute=59, second=45))
    warnings = late["ways"]["F"]["warnings"]
    assert [by_the_hour for _, by_the_hour in warnings] == [1]
    assert "17:00" in read_text(late, warnings[0][0])
    assert make_document(house)["ways"]["F"]["warnings"] == []


def test_whoever_needs_width_is_told_where_nobody_knows_it(house: Served) -> None:
    document = make_document(house, "wheelchair")
    assert "passable" in read_text(document, document["ways"]["F"]["refusal"])


def test_no_way_says_why_in_both_languages(house: Served) -> None:
    shut = house.with_conditions(Conditions((Closure("door-3"), Closure("door-5"))), 2)
    document = make_document(shut)
    refused = document["ways"]["C"]
    assert refused["to"] == "C"
    assert read_text(document, refused["name"]) == "C"
    english, chinese = (read_text(document, refused["refusal"], tag) for tag in ("en", "zh-Hans"))
    assert english != chinese
    assert "stages" not in refused
    assert [(read_text(document, text), at) for text, at in refused["bars"]] == [
        ("Door: closed", 0)
    ]


def test_the_version_changes_with_what_ways_depend_on_alone(house: Served) -> None:
    version = find_version(house, MONDAY)
    assert find_version(house, MONDAY + timedelta(minutes=5)) == version
    assert find_version(house, MONDAY.replace(hour=13)) != version  # the door is shut
    told = house.with_conditions(Conditions(notices=(Notice("n", {"en": "Welcome"}),)), 2)
    assert find_version(told, MONDAY) == version
    for changed in (
        Conditions((Closure("door-3"),)),
        Conditions((Closure("door-3", start=MONDAY + timedelta(days=1)),)),
        Conditions(lift_wait_s={"lift-0": 300.0}),
        Conditions(hours=(ExceptionalHours("F", "off"),)),
    ):
        assert find_version(house.with_conditions(changed, 3), MONDAY) != version
    over = Conditions((Closure("door-3", end=MONDAY - timedelta(days=1)),))
    assert find_version(house.with_conditions(over, 4), MONDAY) == version


def test_the_document_names_the_fire_that_its_ways_avoid(house: Served) -> None:
    assert make_document(house)["fire"] is None
    zones = make_zones(make_zone(buildings=["*"]))
    burning = house.with_fire(Alarm("v1", zones, MONDAY, MONDAY + timedelta(hours=1)))
    assert make_document(burning)["fire"] == "v1"


@pytest.mark.long
def test_all_ways_of_a_hospital_have_their_steps_on_their_floors(served_hospital: Served) -> None:
    """On a real size: every stage follows on the one before, every step is on its stage's floor."""
    start = next(sign.id for sign in served_hospital.signs.values() if sign.facing_deg is not None)
    goals = [entry.id for entry in served_hospital.directory.entries][::40]
    counts: list[int] = []
    for goal in goals:
        way = find_way(served_hospital, start, [goal], at=MONDAY)
        if not isinstance(way, Way):
            continue
        stages = list_stages(way)
        counts.append(len(stages))
        assert [n for stage in stages for n in stage.steps] == list(range(len(way.steps)))
        for stage in stages:
            assert {way.steps[n].start.level for n in stage.steps} <= {stage.level}
        for one, other in pairwise(stages):
            assert one.change is not None
            assert (one.change.level, one.change.to_level) == (one.level, other.level)
        assert stages[-1].change is None
    assert max(counts) > 3
    assert len(counts) > 20


def test_a_display_is_where_its_ways_begin(house: Served) -> None:
    document: dict[str, Any] = make_document(house)
    first = document["steps"][document["ways"]["A"]["steps"][0]]
    at = find_own(house).point
    assert (first[5] / 10, first[6] / 10) == pytest.approx(at, abs=1.5)
    assert read_text(document, first[2]).startswith("Facing the screen, ")

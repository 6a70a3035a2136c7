"""Ways on the day of a fire: none from a burning building, none to it, none through it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.services.fire.people import NOON, make_zone
from wayfinder.guide.words import say_refusal
from wayfinder.model import Building, Plan, Unit
from wayfinder.route.journey import Refusal
from wayfinder.services.fire.envelope import Signed
from wayfinder.services.fire.state import Alarm, FireState, FireZone
from wayfinder.services.fire.texts import check_zones, make_payload, read_texts
from wayfinder.services.navigate import Way, find_way
from wayfinder.services.offline_package import make_package
from wayfinder.services.outages import list_outages
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
OUTPATIENT, DIAGNOSTICS, INPATIENT, EMERGENCY = "A", "B", "C", "D"


def make_zones(*zones: dict[str, Any]) -> tuple[FireZone, ...]:
    payload = make_payload("x", 1, check_zones({"zones": list(zones)}))
    return tuple(read_texts(Signed(json.dumps(payload), ()), "x").zones.values())


def burn(served: Served, *codes: str, **changes: Any) -> Served:  # noqa: ANN401 - JSON values
    """Serve a venue while buildings are on fire."""
    venues = Venues([served])
    zones = make_zones(*(make_zone(code, **{"buildings": [code], **changes}) for code in codes))
    assert venues.put_alarm(served.slug, Alarm("v", zones, NOON, NOON + timedelta(hours=1)))
    burning = venues.find(served.slug)
    assert burning is not None
    return burning


def find_id(plan: Plan, code: str) -> str:
    """Return the id of a building by its letter."""
    return next(one.id for one in plan.list_of(Building) if one.codes.get("his") == code)


def pick_place(served: Served, code: str) -> str:
    """Return the id of a public place in a building."""
    plan, key = served.plan, find_id(served.plan, code)
    for level in plan.levels:
        if key in level.building_ids:
            for unit in plan.list_on(level.id, Unit):
                if unit.category.startswith("restroom") and served.network.places.get(unit.id):
                    return unit.id
    raise LookupError(code)


@pytest.fixture(scope="module")
def burning(served_hospital: Served) -> Served:
    """Return the hospital with its diagnostics building on fire."""
    return burn(served_hospital, DIAGNOSTICS)


def list_levels(way: Way | Refusal) -> set[str]:
    assert isinstance(way, Way)
    return {key for one in way.journey.segments for key in (one.level, one.to_level)}


def test_no_way_begins_ends_or_leads_through_it(burning: Served, served_hospital: Served) -> None:
    places = {code: pick_place(burning, code) for code in "ABCD"}
    fire = burning.fire
    assert fire is not None
    passed = refused = 0
    for start, origin in places.items():
        for end, goal in places.items():
            if start == end:
                continue
            found = find_way(burning, origin, [goal], at=MONDAY)
            calm = find_way(served_hospital, origin, [goal], at=MONDAY)
            if DIAGNOSTICS in (start, end):
                assert isinstance(found, Refusal)
                assert found.code == ("fire-here" if start == DIAGNOSTICS else "fire")
                assert found.blocked_by == ()
                assert found.without is None
                refused += 1
            elif isinstance(found, Way):
                assert not any(fire.is_affected(level) for level in list_levels(found))
                passed += any(fire.is_affected(level) for level in list_levels(calm))
            else:
                assert found.code == "fire-between"
    assert refused == 6
    assert passed, "some lead round it that would lead through it on another day"


def test_nearest_means_the_nearest_that_does_not_burn(burning: Served) -> None:
    fire, origin = burning.fire, pick_place(burning, OUTPATIENT)
    assert fire is not None
    found = find_way(burning, origin, ["nearest:emergency"])
    assert isinstance(found, Way)
    assert not fire.is_affected(found.journey.stops[-1].feature)
    alone = burn(burning.with_fire(None), EMERGENCY)
    refused = find_way(alone, origin, [find_id(alone.plan, EMERGENCY)])
    assert isinstance(refused, Refusal)
    assert refused.code == "fire"


@pytest.mark.parametrize("at", [NOON - timedelta(days=3), NOON + timedelta(days=3)])
def test_no_departure_makes_it_passable(burning: Served, at: datetime) -> None:
    found = find_way(
        burning, pick_place(burning, OUTPATIENT), [pick_place(burning, DIAGNOSTICS)], at=at
    )
    assert isinstance(found, Refusal)
    assert found.code == "fire"


def test_what_is_said_names_the_building(burning: Served) -> None:
    inside, outside = pick_place(burning, DIAGNOSTICS), pick_place(burning, OUTPATIENT)
    there = find_way(burning, outside, [inside])
    here = find_way(burning, inside, [outside])
    assert isinstance(there, Refusal)
    assert isinstance(here, Refusal)
    assert say_refusal(there, "en").startswith("There is a fire alarm in Building B. Please do not")
    assert say_refusal(here, "zh-Hans").startswith("B 楼有火警")


def test_everything_in_the_building_is_affected_and_nothing_else(burning: Served) -> None:
    fire, plan = burning.fire, burning.plan
    assert fire is not None
    key = find_id(plan, DIAGNOSTICS)
    levels = {level.id for level in plan.levels if key in level.building_ids}
    for unit in plan.list_of(Unit):
        assert fire.is_affected(unit.id) == (unit.level_id in levels)
    for sign in burning.signs.values():
        assert fire.is_affected(sign.id) == (sign.level_id in levels)
    assert [building.id for building in fire.buildings] == [key]
    assert not fire.is_affected(None)
    assert not fire.is_affected("nothing")


def test_a_department_is_where_its_anchor_is(burning: Served) -> None:
    fire = burning.fire
    assert fire is not None
    hits = {code: burning.directory.find_exact(code) for code in ("PED", "CT", "CARD")}
    checked = 0
    for found in hits.values():
        for key in found:
            hit = burning.directory.make_hit(key, language="en")
            assert hit is not None
            assert fire.is_affected(key) == fire.is_affected(hit.level_id)
            checked += 1
    assert checked


def test_a_floor_stands_for_its_building(served_hospital: Served) -> None:
    plan = served_hospital.plan
    key = find_id(plan, OUTPATIENT)
    level = next(level.id for level in plan.levels if key in level.building_ids)
    burning = burn(served_hospital, OUTPATIENT, buildings=[], levels=[level])
    assert burning.fire is not None
    assert [building.id for building in burning.fire.buildings] == [key]


def test_a_zone_that_the_plan_does_not_know_is_everywhere(served_hospital: Served) -> None:
    """Better too many read that there is a fire than nobody."""
    burning = burn(served_hospital, "Z", buildings=["no such building"])
    fire = burning.fire
    assert fire is not None
    assert fire.zones[0].list_missing(burning.plan) == ["no such building"]
    assert all(fire.is_affected(level.id) for level in burning.plan.levels)
    everywhere = burn(served_hospital, "Z", buildings=["*"])
    assert everywhere.fire is not None
    assert everywhere.fire.area == fire.area
    assert everywhere.fire.zones[0].list_missing(burning.plan) == []


def test_texts_are_those_of_the_zone_that_one_is_in(served_hospital: Served) -> None:
    burning = burn(served_hospital, OUTPATIENT, DIAGNOSTICS)
    fire = burning.fire
    assert fire is not None
    zones = fire.list_zones(pick_place(burning, DIAGNOSTICS))
    assert [zone.id for zone in zones] == [DIAGNOSTICS]


def test_a_package_for_phones_leads_nobody_in_or_out(burning: Served) -> None:
    goal = pick_place(burning, OUTPATIENT)
    package = make_package(burning, goal, profile="walk", language="en")
    fire = burning.fire
    assert fire is not None
    burnt = 0
    for entry in package["signs"].values():
        if fire.is_affected(entry["id"]):
            assert entry["refusal"]["cause"] == "fire-here"
            assert "way" not in entry
            burnt += 1
        elif "way" in entry:
            levels = {package["levels"][level] for level, _ in entry["way"]["legs"]}
            assert not any(map(fire.is_affected, levels))
    assert burnt


def test_the_version_changes_with_it_and_comes_back(served_hospital: Served) -> None:
    venues, now = Venues([served_hospital]), datetime.now(UTC)
    calm = venues.find("qinghe")
    zones = make_zones(make_zone("A", buildings=["A"]))
    alarm = Alarm("v", zones, NOON, NOON + timedelta(hours=1))
    assert venues.put_alarm("qinghe", alarm)
    assert not venues.put_alarm("qinghe", alarm)
    burning = venues.find("qinghe")
    assert calm is not None
    assert burning is not None
    assert burning.version_at(now) != calm.version_at(now)
    assert venues.put_alarm("qinghe", None)
    again = venues.find("qinghe")
    assert again is not None
    assert again.version_at(now) == calm.version_at(now)
    assert again.fire is None


def test_a_new_release_or_closure_does_not_put_it_out(served_hospital: Served) -> None:
    venues = Venues([served_hospital])
    zones = make_zones(make_zone("A", buildings=["A"]))
    venues.put_alarm("qinghe", Alarm("v", zones, NOON, NOON + timedelta(hours=1)))
    for served in (served_hospital, venues.find("qinghe")):
        assert served is not None
        venues.put(served.with_conditions(served_hospital.conditions, 7))
        found = venues.find("qinghe")
        assert found is not None
        assert isinstance(found.fire, FireState)
        assert found.conditions.closures
    venues.drop("qinghe")
    assert venues.find("qinghe") is None
    venues.put(served_hospital)
    found = venues.find("qinghe")
    assert found is not None
    assert found.fire is not None
    venues.put_alarm("qinghe", None)
    found = venues.find("qinghe")
    assert found is not None
    assert found.conditions == served_hospital.conditions


def test_pages_elsewhere_say_once_that_the_building_is_closed(burning: Served) -> None:
    said = list_outages(burning, language="en", at=datetime.now(UTC))
    lines = [one.text for one in said if "fire alarm" in one.text]
    assert lines == ["Diagnostics Building is closed (fire alarm)."]

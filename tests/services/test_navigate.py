from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.displayed import KIOSK, make_house
from wayfinder.draw.overlay import Here
from wayfinder.guide.phrases import say_step
from wayfinder.model import Closure, Conditions, Display, Plan, Release, find_display
from wayfinder.route.journey import Refusal
from wayfinder.services.maps import find_reader
from wayfinder.services.navigate import Way, find_way
from wayfinder.services.served import Served, make_served

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def find_id(served: Served, his: str) -> str:
    return next(feature.id for feature in served.plan if feature.codes.get("his") == his)


def find_sign_id(served: Served, ref: str) -> str:
    return next(sign.id for sign in served.signs.values() if sign.ref == ref)


def test_from_a_sign_the_first_step_turns_from_where_its_reader_looks(clinic: Served) -> None:
    way = find_way(clinic, find_sign_id(clinic, "1-01"), [find_id(clinic, "PED")], at=MONDAY)
    assert isinstance(way, Way)
    assert way.facing_deg == 90
    assert way.steps[0].direction == "left"
    turned = find_way(
        clinic, find_sign_id(clinic, "1-01"), [find_id(clinic, "PED")], at=MONDAY, facing_deg=270
    )
    assert isinstance(turned, Way)
    assert turned.steps[0].direction == "right"


def test_the_document_is_in_the_language_asked_for(clinic: Served) -> None:
    way = find_way(clinic, find_sign_id(clinic, "1-02"), [find_id(clinic, "PED")], at=MONDAY)
    assert isinstance(way, Way)
    assert way.to_json("zh-Hans")["to"]["name"] == "儿科"
    assert way.to_json("en")["to"]["name"] == "Paediatrics"


def test_conditions_of_the_snapshot_hold(clinic: Served) -> None:
    lifts = [unit.id for unit in clinic.plan.units if unit.category == "elevator"]
    shut = clinic.with_conditions(Conditions(tuple(map(Closure, lifts))), 1)
    start, end = find_sign_id(clinic, "1-01"), find_id(clinic, "PED")
    assert isinstance(find_way(clinic, start, [end], profile="wheelchair", at=MONDAY), Way)
    refusal = find_way(shut, start, [end], profile="wheelchair", at=MONDAY)
    assert isinstance(refusal, Refusal)


@pytest.mark.parametrize(("bearing_deg", "turn"), [(180, "right"), (0, "left")])
def test_from_a_screen_the_first_step_turns_from_where_its_reader_looks(
    bearing_deg: float, turn: str
) -> None:
    plan = make_house({"kiosk": {**KIOSK, "bearing_deg": bearing_deg}})
    house = make_served("house", Release(plan, 1))
    way = find_way(house, "kiosk", ["C"], at=MONDAY)
    assert isinstance(way, Way)
    assert way.facing_deg == (bearing_deg + 180) % 360
    assert say_step(way.steps[0], "en").startswith(f"Facing the screen, turn {turn}")
    assert say_step(way.steps[0], "zh-Hans").startswith("面对屏幕，")
    assert find_reader(way) == Here(find_display_in(plan).point, way.facing_deg)


def find_display_in(plan: Plan) -> Display:
    found = find_display(plan, "kiosk")
    assert found is not None
    return found

from datetime import datetime
from zoneinfo import ZoneInfo

from wayfinder.model import Closure, Conditions
from wayfinder.route.journey import Refusal
from wayfinder.services.navigate import Way, find_way
from wayfinder.services.served import Served

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

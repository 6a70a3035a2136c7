"""The package says what the ways themselves say."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from wayfinder.model import Closure, Conditions
from wayfinder.services.navigate import Way, find_way
from wayfinder.services.offline_package import make_package
from wayfinder.services.served import Served

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_a_package_holds_the_way_from_every_sign(clinic: Served, goal: str) -> None:
    package = make_package(clinic, goal, profile="wheelchair", language="en", at=MONDAY)
    assert package["version"] == clinic.version_at(MONDAY)
    assert set(package["signs"]) == {sign.code for sign in clinic.signs.values()}
    for sign in clinic.signs.values():
        assert sign.code is not None
        way = find_way(clinic, sign.id, [goal], profile="wheelchair", at=MONDAY)
        assert isinstance(way, Way)
        packed = package["signs"][sign.code]
        steps = [package["steps"][index] for index in packed["way"]["steps"]]
        texts = [package["texts"][step[2]] for step in steps]
        assert texts == [step["text"] for step in way.to_json("en")["steps"]]
        assert [bool(step[-1]) for step in steps] == [step[0] == "lift" for step in steps]
        assert package["floors"][steps[-1][4]] == "2F"
        assert list(steps[0][5:7]) == packed["at"]
        level, line = packed["way"]["legs"][0]
        assert package["levels"][level] == sign.level_id
        x, y = package["lines"][line][:2]
        assert (x / 10, y / 10) == pytest.approx(sign.point, abs=0.5)
        ends = {package["levels"][leg[0]] for leg in packed["way"]["legs"]}
        assert {s.level for s in way.journey.segments if s.level == s.to_level} == ends


def test_a_package_says_where_there_is_no_way(clinic: Served, goal: str) -> None:
    lifts = [unit.id for unit in clinic.plan.units if unit.category == "elevator"]
    shut = clinic.with_conditions(Conditions(tuple(map(Closure, lifts))), 1)
    package = make_package(shut, goal, profile="wheelchair", language="zh-Hans", at=MONDAY)
    by_ref = {entry["ref"]: entry for entry in package["signs"].values()}
    assert by_ref["1-01"]["refusal"]["code"] == "no-route"
    assert by_ref["1-01"]["refusal"]["reason"]
    assert "way" in by_ref["2-01"]

"""What is out of service, as somebody reads it at a sign."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from wayfinder.model import Closure, Conditions
from wayfinder.services.outages import list_outages
from wayfinder.services.served import Served

NOW = datetime.fromisoformat("2026-11-23T09:30:00+08:00")


def close(served: Served, *closures: Closure) -> Served:
    return served.with_conditions(Conditions(closures=closures), 1)


def find_unit(served: Served, name: str, floor: str) -> str:
    """Return the id of the room or lift with an English name on a floor."""
    return next(
        unit.id
        for unit in served.plan.units
        if unit.name.get("en") == name
        and unit.level_id
        and served.plan[unit.level_id].short_name.get("en") == floor  # type: ignore[attr-defined]
    )


def find_sign(served: Served, ref: str) -> str:
    return next(sign.id for sign in served.signs.values() if sign.ref == ref)


def say(served: Served, language: str = "en", ref: str | None = None) -> list[str]:
    here = None if ref is None else find_sign(served, ref)
    return [one.text for one in list_outages(served, language=language, at=NOW, here=here)]


def test_a_lift_that_is_out_of_service_names_another(served_hospital: Served) -> None:
    lift = find_unit(served_hospital, "Lift A-1", "1F")
    served = close(served_hospital, Closure(lift))
    (said,) = say(served, ref="A1-09")
    assert said.startswith("Lift A-1 is out of service. Use Lift A-")
    (chinese,) = say(served, "zh-Hans", ref="A1-09")
    assert chinese.startswith("A-1号电梯停用，请改乘")
    assert say(served, ref="C6-03") == []
    assert len(say(served)) == 1


def test_the_lift_to_take_is_one_that_goes(served_hospital: Served) -> None:
    lifts = [find_unit(served_hospital, f"Lift A-{number}", "1F") for number in (1, 2, 3, 4)]
    served = close(served_hospital, *map(Closure, lifts))
    for text in say(served, ref="A1-09"):
        assert "Use Lift A-5" in text or "Use Lift A-6" in text


def test_it_says_why_and_until_when_and_each_once(served_hospital: Served) -> None:
    floors = [unit.id for unit in served_hospital.plan.units if unit.name.get("en") == "Lift A-2"]
    assert len(floors) > 3
    end = NOW + timedelta(hours=5)
    closures = [Closure(key, end=end, reason={"en": "yearly check"}) for key in floors]
    said = say(close(served_hospital, *closures))
    assert len(said) == 1
    assert "out of service until 14:30 (yearly check). Use Lift" in said[0]


def test_lifts_come_first_and_what_is_over_or_to_come_is_left_out(served_hospital: Served) -> None:
    floor = next(one.id for one in served_hospital.plan.levels if one.short_name.get("en") == "5F")
    lift = find_unit(served_hospital, "Lift A-1", "1F")
    over = Closure(find_unit(served_hospital, "Lift A-3", "1F"), end=NOW - timedelta(hours=1))
    later = Closure(find_unit(served_hospital, "Lift A-4", "1F"), start=NOW + timedelta(hours=1))
    first, second = say(close(served_hospital, Closure(floor), Closure(lift), over, later))
    assert first.startswith("Lift A-1")
    assert second.endswith("is closed.")


def test_the_side_is_said_where_one_sees_the_other_lift(served_hospital: Served) -> None:
    lifts = {
        unit.id
        for unit in served_hospital.plan.units
        if unit.category == "elevator" and unit.name.get("en", "").startswith("Lift A-")
    }
    sides = set()
    for lift in sorted(lifts):
        for text in say(close(served_hospital, Closure(lift)), ref="A1-09"):
            sides.add(text.rpartition(", ")[2])
    assert sides & {"on your left.", "on your right.", "behind you."}, sides


@pytest.mark.parametrize("feature", ["no-such-feature"])
def test_what_nobody_knows_is_not_said(served_hospital: Served, feature: str) -> None:
    served = replace(close(served_hospital, Closure(feature)))
    assert say(served) == []

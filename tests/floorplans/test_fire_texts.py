"""The example texts for the day of a fire: of every building of a sample, and plainly examples."""

import json
from typing import Any

import pytest

from wayfinder.formats import read_plan
from wayfinder.formats.result import ReadResult
from wayfinder.model import Building, Plan
from wayfinder.resources import floorplans_dir
from wayfinder.services.fire.envelope import Signed
from wayfinder.services.fire.state import FireZone
from wayfinder.services.fire.texts import check_zones, make_payload, read_texts


def read_zones(slug: str) -> list[FireZone]:
    document: Any = json.loads((floorplans_dir() / "fire" / f"{slug}.json").read_text("utf-8"))
    payload = json.dumps(make_payload(slug, 1, check_zones(document)))
    return list(read_texts(Signed(payload, ()), slug).zones.values())


def check(plan: Plan, slug: str) -> None:
    zones = read_zones(slug)
    buildings = {one.id for one in plan.list_of(Building)}
    areas = [zone.find_area(plan) & buildings for zone in zones]
    assert [zone.list_missing(plan) for zone in zones] == [[]] * len(zones)
    assert sorted(one for area in areas for one in area) == sorted(buildings), "each in one zone"


def test_each_building_of_the_hospital_has_its_text(read_hospital: ReadResult) -> None:
    check(read_hospital.plan, "qinghe")


def test_the_clinic_has_one() -> None:
    check(read_plan(floorplans_dir() / "clinic").plan, "clinic")


@pytest.mark.parametrize("slug", ["qinghe", "clinic"])
def test_nobody_takes_them_for_real(slug: str) -> None:
    for zone in read_zones(slug):
        assert zone.texts["zh-Hans"].title.startswith("演示")
        assert zone.texts["zh-Hans"].lines[0] == "这是演示，没有火情。"
        assert zone.texts["en"].title.startswith("Demo")
        assert zone.texts["en"].lines[0] == "This is a demonstration. There is no fire."

"""What a directory lists: buildings, floors, places."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.ascii_plan import draw_plan
from wayfinder.checks.sight import DIRECTORY_LETTER_MM
from wayfinder.guide.face import Face, ListedFloor
from wayfinder.model import Arrow, Release, find_sign, make_feature
from wayfinder.services.served import Served, make_served
from wayfinder.services.sign_faces import make_face

SITE = """
level 0 G
+-----+-----+-----+------+
|cash |skin |wc   |lift  |
+--1--+--2--+--3--+--4---+
|hall                    |
|        *signage        |
+-----------5------------+
level 1 1F
+-----+-----+-----+------+
|eye  |water|room |lift  |
+--a--+--b--+--c--+--d---+
|hall                    |
+------------------------+
level 2 2F
+-----+-----+-----+------+
|ear  |water|emerg|lift  |
+--e--+--f--+--g--+--h---+
|hall                    |
+------------------------+
level 3 3F
+-----+-----+-----+------+
|nose |water|store|lift  |
+--i--+--j--+--k--+--l---+
|hall                    |
+------------------------+
"""
UNITS: Mapping[str, str | Mapping[str, Any]] = {
    "cash": {"category": "cashier", "name": {"en": "Cashier", "zh-Hans": "收费处"}},
    "skin": {"category": "dermatology", "name": {"en": "Skin", "zh-Hans": "皮肤科"}},
    "wc": "restroom",
    "eye": {"category": "ophthalmology", "name": {"en": "Eyes", "zh-Hans": "眼科"}},
    "ear": {"category": "ent", "name": {"en": "Ears"}},
    "nose": {"category": "ent", "name": {"en": "Nose", "zh-Hans": "鼻科"}},
    "water": {"category": "cafe", "name": {"en": "Hot Water", "zh-Hans": "开水间"}},
    "emerg": {"category": "emergency", "name": {"en": "Emergency", "zh-Hans": "急诊科"}},
    "room": {"category": "classroom", "name": {"en": "Class", "zh-Hans": "健康课堂"}},
    "store": {"category": "storage", "name": {"en": "Store"}, "access": "staff"},
}
BUILDINGS = {"low": {"en": "Low House", "zh-Hans": "矮楼"}, "tower": {"en": "Tower"}}


def serve(sign: Mapping[str, Any] | None = None) -> Served:
    """Serve a house of which the two upper floors are another building."""
    plan = draw_plan(
        SITE,
        units=UNITS,
        extra=[
            make_feature(key, "building", None, {"name": name}) for key, name in BUILDINGS.items()
        ],
        levels={
            "0": {"building_ids": ["low"]},
            "1": {"building_ids": ["low"]},
            "2": {"building_ids": ["tower"]},
            "3": {"building_ids": ["tower"]},
        },
    )
    told = {"mounting": "wall", "bearing_deg": 180.0, "directory": True, **(sign or {})}
    board = plan["signage"].with_wayfinder(sign=told)
    return make_served("house", Release(plan.with_features(board), 1))


@pytest.fixture(scope="module")
def face() -> Face:
    return make_face(serve(), "signage")


def read(floor: ListedFloor) -> tuple[str, list[str]]:
    return floor.labels["en"], [line.labels["en"] for line in floor.places]


def test_a_sign_is_a_directory_where_the_plan_says_so() -> None:
    plan = serve().plan
    sign = find_sign(plan, "signage")
    assert sign is not None
    assert sign.directory
    for other in (False, None, "yes", 1):
        changed = plan.with_features(plan["signage"].with_wayfinder(sign={"directory": other}))
        sign = find_sign(changed, "signage")
        assert sign is not None
        assert not sign.directory


def test_its_own_building_comes_first_its_highest_floor_on_top(face: Face) -> None:
    assert [one.line.labels["en"] for one in face.directory] == ["Low House", "Tower"]
    own, other = face.directory
    assert own.here
    assert not own.pointed
    assert not other.here
    assert other.pointed
    assert [floor.labels["en"] for floor in own.floors] == ["1F", "G"]
    assert [floor.labels["en"] for floor in other.floors] == ["3F", "2F"]
    assert [floor.here for floor in own.floors] == [False, True]


def test_services_come_before_clinics_and_staff_rooms_never(face: Face) -> None:
    own, other = face.directory
    assert read(own.floors[1]) == ("G", ["Cashier", "Skin"])
    assert own.floors[1].marks == ("restroom",)
    assert "Store" not in [name for floor in other.floors for name in read(floor)[1]]
    assert read(other.floors[1])[1][0] == "Emergency"


def test_the_emergency_department_and_other_buildings_are_pointed_out(face: Face) -> None:
    assert [line.labels["en"] for line in face.lines if line.emergency] == ["Emergency"]
    groups = [line.group.id for line in face.lines if line.group is not None]
    assert groups == ["tower"]
    assert all(line.arrow in set(Arrow) for line in face.lines)


def test_what_is_on_floors_in_a_row_is_listed_once() -> None:
    served = serve()
    plan = served.plan.with_features(
        *(level.with_properties(building_ids=["low"]) for level in served.plan.levels)
    )
    (house,) = make_face(make_served("house", Release(plan, 2)), "signage").directory[:1]
    assert read(house.floors[-1]) == ("1F–3F", ["Hot Water"])
    assert all("Hot Water" not in read(floor)[1] for floor in house.floors[:-1])


def test_its_letters_are_for_who_stands_before_it() -> None:
    assert make_face(serve(), "signage").letter_height_mm == DIRECTORY_LETTER_MM
    told = make_face(serve({"letter_height_mm": 12}), "signage")
    assert told.letter_height_mm == 12


def test_a_directory_that_faces_nobody_knows_where_still_lists_all() -> None:
    face = make_face(serve({"bearing_deg": None}), "signage")
    assert face.lines == ()
    assert len(face.directory) == 2
    assert not any(one.pointed for one in face.directory)


def test_a_name_has_the_languages_that_the_plan_has(face: Face) -> None:
    names = {line.to: line.labels for line in face.listed}
    assert names["ear"].keys() == {"en"}
    assert {"en", "zh-Hans"} <= names["skin"].keys()

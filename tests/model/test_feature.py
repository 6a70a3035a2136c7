"""Features keep what was read; their views understand it."""

import math
from typing import Any

import pytest
from shapely.geometry import Point

from wayfinder.model import (
    Access,
    Anchor,
    Building,
    Feature,
    Fixture,
    Footprint,
    Geofence,
    Kiosk,
    Level,
    Occupant,
    Opening,
    Relationship,
    Section,
    Unit,
    Venue,
    make_feature,
)
from wayfinder.model.kinds import KINDS


def make(kind: type[Feature], **properties: object) -> Any:  # noqa: ANN401 - any kind's views
    return make_feature("id", kind.TYPE, None, properties)


def test_every_imdf_type_has_a_class() -> None:
    assert set(KINDS) == {
        *("address", "amenity", "anchor", "building", "detail", "fixture", "footprint"),
        *("geofence", "kiosk", "level", "occupant", "opening", "relationship", "section"),
        *("unit", "venue"),
    }
    for name, kind in KINDS.items():
        assert type(make_feature("1", name)) is kind
    assert type(make_feature("1", "spaceship")) is Feature


def test_equal_features_are_equal_and_hash_alike() -> None:
    one, other = make(Unit, name={"en": "A"}), make(Unit, name={"en": "A"})
    assert one == other
    assert hash(one) == hash(other)
    assert one != make(Unit, name={"en": "B"})
    assert one != make_feature("id", "opening", None, {"name": {"en": "A"}})


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point"},
        {"type": "Blob", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": [[["9", "48"], ["9", "x"], ["10", "48"]]]},
        {"type": "Polygon", "coordinates": [[[9, 48], [9, "nan"], [10, 48], [9, 48]]]},
        {"type": "Point", "coordinates": [9, None]},
        {"type": "Polygon", "coordinates": [[[9, 48], [9, 49]]]},
        {"type": "Polygon", "coordinates": 7},
        {"type": "LineString", "coordinates": [[1, 2], None]},
        {"type": ["Point"], "coordinates": [1, 2]},
        {},
    ],
)
def test_a_malformed_geometry_is_no_shape(geometry: dict[str, Any]) -> None:
    assert make_feature("1", "unit", geometry).shape is None


def test_shape_is_in_degrees() -> None:
    feature = make_feature("1", "anchor", {"type": "Point", "coordinates": [9.5, 48.4]})
    assert feature.shape == Point(9.5, 48.4)


def test_access_is_ours_before_imdf_s() -> None:
    assert make(Unit, restriction="employeesonly").access is Access.STAFF
    assert make(Unit, restriction="restricted").access is Access.PRIVATE
    ours = make(Unit, restriction="employeesonly", wayfinder={"access": "ticketed"})
    assert ours.access is Access.TICKETED
    assert make(Unit, wayfinder={"access": "secret"}).access is None
    assert make(Unit).access is None


def test_a_door_that_asks_for_a_credential_is_for_staff() -> None:
    assert make(Opening, access_control=["badgereader"]).access is Access.STAFF
    assert make(Opening, access_control=["guard"]).access is None
    public = make(Opening, access_control=["badgereader"], wayfinder={"access": "public"})
    assert public.access is Access.PUBLIC


def test_openings() -> None:
    door = make(
        Opening,
        category="emergencyexit",
        door={"automatic": "true"},
        wayfinder={"threshold_mm": 20, "one_way_to": "outside", "clear_width_m": "0.9"},
    )
    assert (door.automatic, door.threshold_mm, door.one_way_to) == (True, 20, "outside")
    assert door.clear_width_m == 0.9
    assert door.emergency_only
    assert not make(Opening, category="emergencyexit", wayfinder={"emergency_only": False}).locked
    assert not make(
        Opening, category="emergencyexit", wayfinder={"emergency_only": False}
    ).emergency_only
    assert make(Opening, access_control=["outofservice"]).locked
    assert make(Opening, wayfinder={"locked": True}).locked
    assert not make(Opening).locked
    assert make(Opening).door == {}


def test_levels() -> None:
    level = make(Level, ordinal="-1", short_name={"en": "B1"}, outdoor="yes", building_ids=["b"])
    assert (level.ordinal, level.short_name, level.outdoor) == (-1, {"en": "B1"}, True)
    assert level.building_ids == ("b",)
    for unreadable in (None, "ground", True, [0]):
        assert math.isnan(make(Level, ordinal=unreadable).ordinal)


def test_wheelchair_is_ours_before_imdf_s() -> None:
    assert make(Unit, accessibility=["wheelchair"]).wheelchair is True
    tagged = make(Unit, accessibility=["wheelchair"], wayfinder={"wheelchair": False})
    assert tagged.wheelchair is False
    assert make(Unit).wheelchair is None


def test_names_codes_and_hours() -> None:
    unit = make(
        Unit,
        name={"en": "X-ray"},
        alt_name={"en": "Imaging"},
        wayfinder={
            "aliases": {"zh-Hans": ["拍片"]},
            "codes": {"his": "0123"},
            "hours": "Mo-Fr 08:00-17:00",
        },
    )
    assert unit.name == {"en": "X-ray"}
    assert unit.alt_name == {"en": "Imaging"}
    assert unit.aliases == {"zh-Hans": ("拍片",)}
    assert unit.codes == {"his": "0123"}
    assert unit.hours == "Mo-Fr 08:00-17:00"
    assert make(Occupant, hours="24/7", wayfinder={"hours": "Mo"}).hours == "24/7"


def test_units_and_lifts() -> None:
    unit = make(
        Unit,
        category="elevator",
        wayfinder={"lift": {"wait_s": 30}, "incline": 0.05, "direction": "up"},
    )
    assert (unit.lift, unit.incline, unit.direction) == ({"wait_s": 30}, 0.05, "up")
    assert make(Unit).category == "unspecified"
    assert make(Unit).lift == {}


def test_relationships() -> None:
    way = make(
        Relationship,
        direction="directed",
        origin={"id": "a", "feature_type": "unit"},
        intermediary=[{"id": "b", "feature_type": "opening"}, 7],
        destination={"id": "c", "feature_type": "unit"},
        wayfinder={"level_ids": ["L1", "L2"], "banned": True, "incline": -0.06},
    )
    assert (way.origin_id, way.intermediary_ids, way.destination_id) == ("a", ("b",), "c")
    assert way.directed
    assert way.banned
    assert way.level_ids == ("L1", "L2")
    assert way.incline == -0.06
    empty = make(Relationship)
    assert (empty.origin_id, empty.intermediary_ids, empty.directed) == (None, (), False)
    assert not empty.banned


def test_members_of_the_other_types() -> None:
    venue = make(
        Venue,
        wayfinder={
            "time_zone": "Asia/Shanghai",
            "default_clear_widths_m": {"walkway": 2, "x": "?"},
        },
    )
    assert venue.time_zone == "Asia/Shanghai"
    assert venue.default_clear_widths_m == {"walkway": 2.0}
    assert make(Venue).default_clear_widths_m == {}
    assert make(Building, address_id="a").address_id == "a"
    assert make(Footprint, building_ids=["b"]).building_ids == ("b",)
    assert make(Anchor, unit_id="u").unit_id == "u"
    assert make(Occupant, anchor_id="n").anchor_id == "n"
    assert make(Fixture, anchor_id="n").anchor_id == "n"
    assert make(Kiosk, anchor_id="n").anchor_id == "n"
    assert make(Section, parents=["s"]).parents == ("s",)
    fence = make(Geofence, parents=["g"], building_ids=["b"], level_ids=["l"])
    assert (fence.parents, fence.building_ids, fence.level_ids) == (("g",), ("b",), ("l",))
    assert make_feature("1", "amenity", None, {"unit_ids": "u"}).unit_ids == ("u",)  # type: ignore[attr-defined]


def test_changes_make_copies() -> None:
    unit = make(Unit, category="room", wayfinder={"access": "staff", "open": True})
    changed = unit.with_properties(category="office").with_wayfinder(access=None, locked=True)
    assert changed.category == "office"
    assert changed.wayfinder == {"open": True, "locked": True}
    assert unit.category == "room"
    assert unit.access is Access.STAFF

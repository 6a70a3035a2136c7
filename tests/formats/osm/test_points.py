"""Amenities, occupants, lifts drawn as nodes, pillars and walls."""

from pathlib import Path

import networkx as nx
import pytest

from tests.formats.osm.drawing import Drawing, by_code, codes
from wayfinder.graph import build_network
from wayfinder.model import Amenity, Anchor, Detail, Fixture, Occupant, Unit


def _hall() -> Drawing:
    drawing = Drawing()
    drawing.box(0, 0, 20, 10, indoor="area", level="0")
    return drawing


@pytest.mark.parametrize(
    ("tags", "category"),
    [
        ({"amenity": "toilets", "wheelchair": "yes"}, "restroom"),
        ({"amenity": "toilets", "female": "yes"}, "restroom.female"),
        ({"tourism": "information"}, "information"),
        ({"amenity": "vending_machine", "vending": "drinks"}, "vendingmachine"),
        ({"amenity": "vending_machine", "vending": "public_transport_tickets"}, "ticketing"),
        ({"amenity": "drinking_water"}, "drinkingfountain"),
        ({"amenity": "atm"}, "atm"),
        ({"emergency": "defibrillator"}, "defibrillator"),
        ({"emergency": "phone"}, "phone.emergency"),
        ({"amenity": "reception_desk"}, "reception.desk"),
    ],
)
def test_points_of_service_are_amenities(
    tags: dict[str, str], category: str, tmp_path: Path
) -> None:
    drawing = _hall()
    point = drawing.node(5, 5, tags, level="0", opening_hours="24/7")
    plan = drawing.read(tmp_path).plan
    amenity = by_code(plan)[f"{point}@0"]
    assert isinstance(amenity, Amenity)
    assert amenity.category == category
    assert amenity.unit_ids == (by_code(plan)["way/1@0"].id,)
    assert amenity.hours == "24/7"


def test_what_serves_nobody_is_no_amenity(tmp_path: Path) -> None:
    drawing = _hall()
    drawing.node(5, 5, amenity="waste_basket", level="0")
    drawing.node(6, 5, level="0")
    assert not drawing.read(tmp_path).plan.list_of(Amenity)


def test_an_amenity_on_several_floors(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 20, 10, indoor="area", level="0-1")
    drawing.node(5, 5, amenity="drinking_water", level="0", repeat_on="1;7")
    plan = drawing.read(tmp_path).plan
    # nothing is drawn on level 7
    assert len(plan.list_of(Amenity)) == 2


def test_a_point_without_level_inside_is_noted(tmp_path: Path) -> None:
    drawing = _hall()
    drawing.node(5, 5, amenity="atm")
    drawing.node(50, 5, amenity="bench")
    result = drawing.read(tmp_path)
    assert codes(result) == ["osm-level-missing"]
    assert not result.plan.list_of(Amenity)


def test_a_bench_on_a_square_is_on_the_ground(tmp_path: Path) -> None:
    drawing = _hall()
    drawing.box(30, 0, 20, 20, highway="pedestrian", area="yes")
    drawing.node(35, 5, amenity="bench")
    result = drawing.read(tmp_path)
    assert not codes(result)
    assert len(result.plan.list_of(Amenity)) == 1


def test_businesses_are_occupants_with_an_anchor(tmp_path: Path) -> None:
    drawing = _hall()
    tags = {"name": "Kardiologie", "name:en": "Cardiology", "phone": "+49 1"}
    drawing.box(0, 10, 5, 4, tags, indoor="room", level="0", healthcare="department")
    drawing.node(9, 5, level="0", shop="kiosk", brand="Relay", opening_hours="Mo-Fr 08:00-12:00")
    drawing.node(12, 5, {"amenity": "doctors", "healthcare:speciality": "dermatology"}, level="0")
    plan = drawing.read(tmp_path).plan
    found = {o.category: o for o in plan.list_of(Occupant)}
    assert sorted(found) == ["department", "dermatology", "kiosk"]
    assert found["department"].name == {"und": "Kardiologie", "en": "Cardiology"}
    assert found["department"].properties["phone"] == "+49 1"
    assert found["kiosk"].name == {"und": "Relay"}
    assert found["kiosk"].hours == "Mo-Fr 08:00-12:00"
    anchor = plan.find(found["department"].anchor_id, Anchor)
    assert anchor is not None
    unit = plan.find(anchor.unit_id, Unit)
    assert unit is not None
    assert unit.codes["osm"] == "way/2@0"
    network = build_network(plan)
    assert all(network.places[o.id] for o in found.values())


def test_a_vacant_shop_is_nobody(tmp_path: Path) -> None:
    drawing = _hall()
    drawing.box(0, 10, 5, 4, indoor="room", level="0", shop="vacant")
    assert not drawing.read(tmp_path).plan.list_of(Occupant)


def test_a_lift_drawn_as_a_node_joins_floors(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 10, 4, indoor="corridor", level="0", repeat_on="1")
    lift = drawing.node(9, 2, highway="elevator", level="0-1", wheelchair="yes")
    result = drawing.read(tmp_path)
    units = {u.codes["osm"]: u for u in result.plan.units}
    assert units[f"{lift}@0"].category == "elevator"
    assert units[f"{lift}@0"].lift == {}
    assert nx.is_weakly_connected(build_network(result.plan).graph)


def test_a_lift_at_the_end_of_lines_serves_their_levels(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 5, 4, indoor="area", level="0")
    drawing.box(20, 0, 5, 4, indoor="area", level="1")
    lift = drawing.node(10, 2, highway="elevator")
    drawing.line([(3, 2), (10, 2)], highway="corridor", level="0")
    drawing.line([(10, 2), (22, 2)], highway="corridor", level="1")
    result = drawing.read(tmp_path)
    assert not codes(result)
    assert {f"{lift}@0", f"{lift}@1"} <= set(by_code(result.plan))
    assert nx.is_weakly_connected(build_network(result.plan).graph)


def test_a_lift_without_any_level_is_reported(tmp_path: Path) -> None:
    drawing = _hall()
    drawing.node(9, 2, highway="elevator")
    result = drawing.read(tmp_path)
    assert codes(result) == ["osm-level-missing"]
    assert len(result.plan.units) == 1


def test_a_lift_is_not_drawn_twice(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 2, 2, indoor="room", highway="elevator", level="0-1")
    drawing.node(1, 1, highway="elevator", level="0-1")
    assert len(drawing.read(tmp_path).plan.units) == 2


def test_pillars_and_walls_stand_in_the_way(tmp_path: Path) -> None:
    drawing = _hall()
    drawing.node(5, 5, indoor="wall", level="0", diameter="0.6")
    drawing.line([(10, 0), (10, 5)], indoor="wall", level="0")
    plan = drawing.read(tmp_path).plan
    (pillar,), (wall,) = plan.list_of(Fixture), plan.list_of(Detail)
    shape = plan.find_geometry_m(pillar.id)
    assert pillar.category == "obstruction"
    assert shape is not None
    assert shape.area == pytest.approx(0.36, rel=0.1)
    assert wall.level_id == pillar.level_id


def test_an_element_may_be_several_things(tmp_path: Path) -> None:
    drawing = _hall()
    drawing.node(9, 2, highway="elevator", amenity="atm", level="0-1")
    drawing.line([(0, 0), (0, 10)], indoor="wall", door="yes", level="0")
    plan = drawing.read(tmp_path).plan
    assert len(plan.list_of(Amenity)) == 2
    assert len(plan.list_of(Detail)) == 1
    assert len(plan.units) == 3

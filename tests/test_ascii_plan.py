"""Drawings become the plans that they look like."""

import pytest
from shapely.geometry import box

from tests.ascii_plan import draw_plan, relate, way
from wayfinder.model import Access, Amenity, Level, Occupant, Opening, Section, Unit

TWO_FLOORS = """
    +-----+-----+----+
    |A    |B    |lift|
    +--1--+-22--+-5--+
    3hall     *tap   |
    +----------------+

    level 1 F2
                +----+
                |lift|
    +-----------+-5--+
    |hall   @dept    |
    +----------------+
"""


def test_rooms_lie_where_they_are_drawn() -> None:
    plan = draw_plan(TWO_FLOORS)
    room, hall = plan.find_geometry_m("A"), plan.find_geometry_m("hall@0")
    assert room is not None
    assert hall is not None
    assert room.normalize().equals_exact(box(0, -4, 6, 0).normalize(), 1e-6)
    assert hall.area == pytest.approx(17 * 4)
    assert plan.find("hall@0", Unit) is plan["hall@0"]
    assert plan["hall@0"].category == "walkway"
    assert plan["lift@1"].category == "elevator"


def test_floors_are_told_apart() -> None:
    plan = draw_plan(TWO_FLOORS, levels={"1": {"short_name": {"en": "2/F"}}})
    assert [(level.id, level.ordinal) for level in plan.levels] == [("level0", 0), ("level1", 1)]
    assert plan["level1"].properties["short_name"] == {"en": "2/F"}
    assert [unit.id for unit in plan.list_on("level1", Unit)] == ["lift@1", "hall@1"]
    assert plan.list_of(Level) == plan.levels


def test_doors_stand_in_their_walls() -> None:
    plan = draw_plan(TWO_FLOORS, doors={"2": {"clear_width_m": 1.8}})
    single, wide = plan.find_geometry_m("door-1"), plan.find_geometry_m("door-2")
    outer = plan.find_geometry_m("door-3")
    assert single is not None
    assert wide is not None
    assert outer is not None
    assert single.bounds == pytest.approx((2.5, -4, 3.5, -4))
    assert wide.length == pytest.approx(2)
    assert outer.bounds == pytest.approx((0, -6.5, 0, -5.5))
    assert plan["door-3"].category == "pedestrian.principal"
    assert plan["door-2"].clear_width_m == pytest.approx(1.8)
    assert [door.id for door in plan.list_of(Opening) if door.level_id == "level1"] == ["door-5.2"]


def test_options_reach_the_right_object() -> None:
    plan = draw_plan(
        TWO_FLOORS,
        units={"A": {"category": "office", "access": "staff"}, "lift@1": {"lift": {"wait_s": 9}}},
        doors={"5": {"one_way_to": "hall"}, "1": {"one_way_to": "outside"}},
    )
    assert plan["A"].access is Access.STAFF
    lift = plan["lift@1"]
    assert isinstance(lift, Unit)
    assert lift.lift == {"wait_s": 9}
    above, below = plan["door-5.2"], plan["door-1"]
    assert isinstance(above, Opening)
    assert isinstance(below, Opening)
    assert (above.one_way_to, below.one_way_to) == ("hall@1", "outside")


def test_places_know_their_unit() -> None:
    plan = draw_plan(TWO_FLOORS, places={"dept": {"name": {"en": "Cardiology"}}})
    tap, dept = plan["tap"], plan["dept"]
    assert isinstance(tap, Amenity)
    assert isinstance(dept, Occupant)
    assert tap.unit_ids == ("hall@0",)
    assert plan[dept.anchor_id or ""].properties["unit_id"] == "hall@1"
    assert dept.name == {"en": "Cardiology"}


def test_sections_cover_their_units() -> None:
    plan = draw_plan(TWO_FLOORS, sections={"ward": (["A", "B"], {"access": "private"})})
    (ward,) = plan.list_of(Section)
    area = plan.find_geometry_m("ward")
    assert area is not None
    assert area.area == pytest.approx(12 * 4)
    assert (ward.access, ward.level_id) == (Access.PRIVATE, "level0")


def test_a_closed_box_in_a_room_is_an_obstacle() -> None:
    plan = draw_plan("""
        +--------+
        |hall    |
        |  +--+  |
        |  |  |  |
        |  +--+  |
        +--------+
    """)
    assert len(plan.units) == 1
    hall = plan.find_geometry_m("hall")
    assert hall is not None
    assert hall.area == pytest.approx(9 * 10 - 3 * 4)


def test_ways_and_relationships_are_features() -> None:
    path = way("path", [(0, 0), (10, 0)], "level0", "level1", category="stairs", incline=0.5)
    plan = draw_plan(TWO_FLOORS, extra=[path, relate("link", "A", "door-2", banned=True)])
    line = plan.find_geometry_m("path")
    assert line is not None
    assert line.length == pytest.approx(10)
    assert path.wayfinder == {"level_ids": ["level0", "level1"], "incline": 0.5}
    assert plan["link"].properties["destination"] == {"id": "door-2", "feature_type": "opening"}


@pytest.mark.parametrize(
    ("drawing", "words"),
    [
        ("+---+\n|A  \n+---+", "no closed walls around 'A'"),
        ("+---+\n|A B|\n+---+", "'B' and 'A'"),
        ("+---+\n|A ?|\n+---+", r"column 4: what is '\?'"),
        ("+---+\n|*ax|\n+---+", "without a label"),
        ("level 1\nlevel 2\n+--+\n|A |\n+--+", "level1 has no drawing"),
    ],
)
def test_a_drawing_without_sense_is_refused(drawing: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        draw_plan(drawing)


def test_a_legend_for_what_is_not_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="unit 'C' that is not drawn"):
        draw_plan(TWO_FLOORS, units={"C": "room"})
    with pytest.raises(ValueError, match="door '9' that is not drawn"):
        draw_plan(TWO_FLOORS, doors={"9": {"locked": True}})

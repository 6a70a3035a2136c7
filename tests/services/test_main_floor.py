"""Where a venue begins: on the ground, where most people come in."""

from tests.ascii_plan import draw_plan
from wayfinder.edit import parse_offered
from wayfinder.model import Opening, Plan
from wayfinder.services.main_floor import find_main_level, is_way_out

DRAWING = """
    +-----+-----+
    |A    |B    |
    +--1--+--2--+
    |hall       |
    +--0--------+
    """
ENTRANCE = {"category": "pedestrian.principal"}


def add_larger(plan: Plan, *, outdoor: bool = False) -> Plan:
    """Put a floor with one room more beside the ground floor, as another building has it."""
    ground = plan.levels[0].id
    copy = {"kind": "copy-level", "feature": ground, "id": "other", "ordinal": 0}
    plan = parse_offered({**copy, "short_name": {"en": "Other"}}).apply(plan).plan
    doors = {
        one.id for one in plan.list_on("other", Opening) if one.category == ENTRANCE["category"]
    }
    for door in doors:
        closed = {"kind": "set-category", "feature": door, "category": "emergencyexit"}
        plan = parse_offered(closed).apply(plan).plan
    room = next(unit for unit in plan.units if unit.level_id == "other")
    lon, lat = plan.frame.lon, plan.frame.lat
    box = [[lon + dx, lat + dy] for dx, dy in ((1e-3, 0), (2e-3, 0), (2e-3, 1e-3), (1e-3, 1e-3))]
    more = {"kind": "add-unit", "id": "more", "level_id": "other", "area": [box]}
    plan = parse_offered({**more, "category": room.category}).apply(plan).plan
    if outdoor:
        open_air = {"kind": "set-properties", "feature": "other", "members": {"outdoor": True}}
        plan = parse_offered(open_air).apply(plan).plan
    return plan


def test_a_venue_begins_where_people_come_in_rather_than_where_there_is_most() -> None:
    plan = draw_plan(DRAWING, doors={"0": ENTRANCE})
    ground = plan.levels[0].id
    assert find_main_level(add_larger(plan)) == ground


def test_without_entrances_it_begins_where_there_is_most_under_a_roof() -> None:
    plan = draw_plan(DRAWING, doors={"0": {"category": "emergencyexit"}})
    assert find_main_level(add_larger(plan)) == "other"
    assert find_main_level(add_larger(plan, outdoor=True)) == plan.levels[0].id


def test_a_door_that_only_lets_people_out_is_no_entrance() -> None:
    plan = draw_plan(DRAWING, doors={"0": {**ENTRANCE, "one_way_to": "outside"}})
    (door,) = (one for one in plan.list_of(Opening) if one.category == ENTRANCE["category"])
    assert is_way_out(plan, door)
    assert find_main_level(add_larger(plan)) == "other"


def test_upper_floors_come_after_the_ground_and_a_plan_without_floors_has_none() -> None:
    plan = draw_plan(DRAWING)
    ground = plan.levels[0].id
    higher = {"kind": "set-ordinal", "feature": "other", "ordinal": 2}
    assert find_main_level(parse_offered(higher).apply(add_larger(plan)).plan) == ground
    assert find_main_level(plan.without(ground)) is None

"""Draws a ward floor from its description in `wards`."""

from typing import Any, NamedTuple

from floorplans.drawing.inpatient.rooms import BED_DOOR_M, Rows
from floorplans.drawing.inpatient.tower import (
    CLEAN_UTILITY,
    DIRTY_UTILITY,
    EAST_CORRIDOR,
    EAST_STAFF_CORRIDOR,
    EAST_STRIP,
    HALF,
    LIFT_HALL,
    NORTH_CORRIDOR,
    NORTH_ROW,
    NURSE_STATION,
    OFFICES,
    PANTRY,
    PROCEDURES,
    QUARTERS,
    SOUTH_CORRIDOR,
    SOUTH_ROW,
    STORES,
    TOILET_PASSAGE,
    TOILETS,
    WEST_CORRIDOR,
    WEST_STAFF_CORRIDOR,
    WEST_STRIP,
    X0,
    Y0,
    draw_core,
    equip_hall,
    place,
    say_number,
)
from floorplans.drawing.inpatient.wards import VISITING, Ward, WardFloor
from floorplans.drawing.kit import Box, Door, Floor, Space
from floorplans.drawing.kit.items import Access
from floorplans.drawing.kit.words import parse_words

WARD_DOOR_M = 1.8


class Enclosure(NamedTuple):
    """The eastern half of the north corridor as an area of its own.

    Parameters
    ----------
    words
        What the area is called.
    access
        Who may enter it.
    visiting
        OSM opening_hours of the door for visitors at its east end; None: there is none.
    described
        What to know about that door.
    """

    words: str
    access: Access | None
    visiting: str | None
    described: str


ENCLOSED = {
    3: Enclosure(
        "新生儿科走廊 / Neonatal Corridor",
        "staff",
        None,
        "谢绝入内,请到接待室 / No entry, please ask at the reception",
    ),
    7: Enclosure(
        "CCU走廊 / CCU Corridor",
        None,
        "15:30-16:30",
        "CCU探视15:30–16:30 / CCU visiting 15:30–16:30",
    ),
}


def draw_ward_floor(floor: Floor, ward_floor: WardFloor) -> None:
    """Draw a ward floor."""
    two = len(ward_floor.wards) == 2
    ends = [(HALF, "A"), (SOUTH_ROW.x1, "B")] if two else [(SOUTH_ROW.x1, "A")]
    rows = Rows(floor, ward_floor.number, ends)
    enclosed = ENCLOSED.get(ward_floor.number)
    draw_core(floor, split=two or enclosed is not None)
    _draw_lift_hall(floor, ward_floor)
    _draw_corridors(floor, two=two, enclosed=enclosed)
    rows.draw(SOUTH_ROW, "N", ward_floor.south)
    rows.draw(NORTH_ROW, "S", ward_floor.north)
    rows.draw(WEST_STRIP, "E", ward_floor.west)
    rows.draw(EAST_STRIP, "W", ward_floor.east)
    _draw_west_block(floor, ward_floor, rows)
    _draw_east_block(floor, ward_floor, rows)
    _seat(floor)


def _draw_lift_hall(floor: Floor, ward_floor: WardFloor) -> None:
    """Draw the lift hall with toilets and seats, where visitors wait before the ward's door."""
    hall = [LIFT_HALL, TOILET_PASSAGE]
    zh = say_number(ward_floor.number)
    name = f"{zh}层电梯厅 / Lift Hall {floor.label}: 等候电梯"
    floor.room(hall, "lobby", name, is_open=False)
    floor.toilets(TOILETS, "S")
    equip_hall(floor)
    doors = (27.0, 41.0) if len(ward_floor.wards) == 2 else (41.0,)
    for u, ward in zip(doors, ward_floor.wards, strict=True):
        words = parse_words(ward.words)
        floor.door(
            X0 + u,
            LIFT_HALL.y0,
            WARD_DOOR_M,
            automatic=True,
            material="glass",
            name=f"{words.zh}入口 / {words.name['en']} Entrance",
            description=VISITING,
        )
    for seats in (place(28.6, 10.7, 33.4, 11.3), place(34.6, 10.7, 39.4, 11.3)):
        floor.seats(seats, amenity=seats.x0 < HALF)


def _draw_corridors(floor: Floor, *, two: bool, enclosed: Enclosure | None) -> None:
    """Draw the ring; two wards have each their half of it, with fire doors between."""
    floor.corridor(WEST_CORRIDOR, "西走廊 / West Corridor")
    floor.corridor(EAST_CORRIDOR, "东走廊 / East Corridor")
    for box, name, split in (
        (SOUTH_CORRIDOR, "南走廊 / South Corridor", two),
        (NORTH_CORRIDOR, "北走廊 / North Corridor", two or enclosed is not None),
    ):
        if not split:
            floor.corridor(box, name)
            continue
        west, east = Box(box.x0, box.y0, HALF, box.y1), Box(HALF, box.y0, box.x1, box.y1)
        floor.corridor(west, name, key=f"{name} W")
        if enclosed is None:
            floor.corridor(east, name, key=f"{name} E")
        else:
            _enclose(floor, east, enclosed)
        fire: dict[str, Any] = {"access": "staff", "automatic": True, "name": "防火门 / Fire Door"}
        floor.door(HALF, box.middle[1], WARD_DOOR_M, axis="y", **fire)


def _enclose(floor: Floor, box: Box, enclosed: Enclosure) -> None:
    """Draw a corridor that is entered by doors only; visitors by the one at its east end."""
    floor.corridor(box, enclosed.words, is_open=False, access=enclosed.access)
    name = enclosed.words.replace("走廊", "入口").replace("Corridor", "Entrance")
    floor.door(
        EAST_CORRIDOR.middle[0],
        box.y0,
        1.5,
        axis="x",
        access=None if enclosed.visiting else enclosed.access,
        hours=enclosed.visiting,
        name=name,
        description=enclosed.described,
    )


def _draw_west_block(floor: Floor, ward_floor: WardFloor, rows: Rows) -> None:
    """Draw offices or the second nurse station, staff rooms, the pantry."""
    if ward_floor.office is None:
        _draw_nurse_station(floor, OFFICES, ward_floor.wards[0])
        door = (OFFICES.middle[0], OFFICES.y1)
        floor.door(*door, 1.1, access="staff")
    else:
        rows.draw(OFFICES, "S", (ward_floor.office,))
    staff: dict[str, Any] = {"is_open": False, "access": "staff"}
    floor.corridor(
        WEST_STAFF_CORRIDOR,
        "西医护走廊 / West Staff Corridor",
        door=Door("W", width_m=1.2),
        **staff,
    )
    rows.draw(QUARTERS, "S", ward_floor.quarters)
    floor.room(PANTRY, "room", "配餐开水间 / Pantry and Hot Water: 开水, 打水, 微波炉", door="N")
    floor.amenity(PANTRY.x1 - 1.0, PANTRY.y1 - 1.6, "drinkingfountain")
    floor.door(PANTRY.x1, PANTRY.y1 - 1.5, 1.1, access="staff")


def _draw_east_block(floor: Floor, ward_floor: WardFloor, rows: Rows) -> None:
    """Draw the nurse station, the rooms at its side, stores, and the way of what is dirty."""
    _draw_nurse_station(floor, NURSE_STATION, ward_floor.wards[-1])
    floor.door(NURSE_STATION.x1 - 1.2, NURSE_STATION.y1, 1.1, access="staff")
    floor.room(
        CLEAN_UTILITY, "medicalsupplies", "治疗准备室 / Clean Utility", access="staff", door="S"
    )
    floor.room(
        PROCEDURES,
        "treatmentroom",
        "处置室 / Procedure Room: 抽血, 打针",
        door=Door("S", width_m=BED_DOOR_M),
    )
    staff: dict[str, Any] = {"is_open": False, "access": "staff"}
    floor.corridor(
        EAST_STAFF_CORRIDOR,
        "东医护走廊 / East Staff Corridor",
        door=Door("E", width_m=1.2),
        **staff,
    )
    floor.room(
        DIRTY_UTILITY, "cleanersroom", "污洗间 / Dirty Utility", access="staff", door=["N", "S"]
    )
    floor.door(DIRTY_UTILITY.x0, DIRTY_UTILITY.y1 - 1.5, 1.1, access="staff")
    rows.draw(STORES, "S", ward_floor.stores)


def _draw_nurse_station(floor: Floor, box: Box, ward: Ward) -> Space:
    """Draw an open nurse station: a counter, the ward's name before it."""
    station = floor.open_area(box, "nursestation", "护士站 / Nurse Station: 护士台, nurses")
    floor.desk(Box(box.x0 + 1.2, box.y0 + 1.2, box.x1 - 1.2, box.y0 + 1.9))
    floor.occupant(
        station,
        ward.category,
        ward.words,
        his=ward.code,
        phone=ward.phone,
        at=(box.middle[0], box.y0 + 0.6),
        description=VISITING,
    )
    return station


def _seat(floor: Floor) -> None:
    """Put seats in the open rooms, extinguishers and a defibrillator in the corridors."""
    for space in floor.spaces:
        if (
            space.category in {"dayroom", "familywaiting", "lounge", "recreation"}
            and not space.has_walls
        ):
            box = space.box.inset(1.2)
            floor.seats(Box(box.x0, box.y0, min(box.x1, box.x0 + 3.2), box.y1), aisle_m=2.0)
    station = NURSE_STATION
    floor.amenity(station.x0 + 0.4, station.y0 + 0.6, "defibrillator")
    for u, v in ((10.0, 8.1), (54.0, 8.1), (14.0, 27.9), (52.0, 27.9)):
        floor.amenity(X0 + u, Y0 + v, "fireextinguisher")

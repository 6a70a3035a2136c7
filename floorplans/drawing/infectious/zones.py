"""The staff's half of the infectious diseases building, alike in kind on both floors.

From north to south: rooms of the clean zone, the clean corridor, rooms to dress and undress in, the
corridor of the half-clean zone, and then the patients (contaminated zone). One dresses on the way
in through one room and undresses on the way out through two others; the doors let nobody go back.
"""

from typing import Any

from floorplans.drawing.kit import Box, Building, Door, Floor, R, Space

CLEAN_CORRIDOR = Box(230, 224.2, 270, 226.3)
NORTH_Y = 226.3
DRESSING_Y0, DRESSING_Y1 = 220.2, 224.2
SHAFTS_Y = 218.1
"""Where the patients' half ends in the east and west."""


def draw_shafts(building: Building) -> None:
    """Put the lift and the stairs on both floors, all on the patients' side."""
    building.lift(
        "E-1",
        Box(262, SHAFTS_Y, 265.5, 221.8),
        "S",
        name="E-1号电梯 / Lift E-1: 病床电梯, bed lift",
        car_m=(1.8, 2.7),
        door_m=1.3,
        wait_s=40,
    )
    east = Door("S", width_m=1.4)
    building.stairs(
        "E-S1", Box(265.5, SHAFTS_Y, 270, 224.2), east, name="感染楼东楼梯 / East Stairs"
    )
    building.stairs("E-S2", Box(230, SHAFTS_Y, 234, 224.2), "S", name="感染楼西楼梯 / West Stairs")


def draw_clean_zone(floor: Floor, rooms: list[R]) -> Space:
    """Draw the clean corridor, the staff rooms north of it and what lies behind the lift."""
    corridor = floor.corridor(CLEAN_CORRIDOR, "清洁区走廊 / Clean Corridor", access="staff")
    floor.room(
        Box(262, 221.8, 265.5, 224.2), "electricalroom", None, door="N", access="staff", key="riser"
    )
    floor.row((230, NORTH_Y), 3.7, rooms, end=270, door="S", access="staff")
    return corridor


def draw_locks(floor: Floor, clean: Space, half_clean: Space) -> None:
    """Draw where staff dress on the way in and undress, in two rooms, on the way out."""
    rooms = floor.row(
        (234, DRESSING_Y0),
        DRESSING_Y1 - DRESSING_Y0,
        [
            R.of(3.4, "changingroom", "一脱间 / Undressing Room 1"),
            R.of(3.4, "changingroom", "二脱间 / Undressing Room 2"),
            R.of(2.4, "shower", "淋浴间 / Staff Shower", door="N"),
            R.of(4.4, "storage", "污物间 / Soiled Goods", door="S"),
            R.of(4.4, "treatmentroom", "处置室 / Procedures", door="S"),
            R.of(3.6, "storage", "清洁库房 / Clean Store", door="N"),
            R.of(None, "changingroom", "穿防护服间 / Dressing Room"),
        ],
        end=262,
        access="staff",
    )
    first, second, dress = rooms[0], rooms[1], rooms[-1]
    staff: dict[str, Any] = {"access": "staff"}
    middle = dress.middle[0]
    floor.door(middle, DRESSING_Y1, 1.0, one_way_to=dress, **staff)
    floor.door(middle, DRESSING_Y0, 1.0, one_way_to=half_clean, **staff)
    floor.door(235.7, DRESSING_Y0, 1.0, one_way_to=first, **staff)
    floor.door(237.4, 222.2, 1.0, one_way_to=second, **staff)
    floor.door(239.1, DRESSING_Y1, 1.0, one_way_to=clean, **staff)

"""What all floors of the tower have in common: its place, its core, its corridors, its stairs."""

from typing import Any

from floorplans.drawing.kit import Box, Building, Door, Floor, Hospital
from floorplans.drawing.kit.rooms import DoorLike
from floorplans.drawing.layout import INPATIENT, LINK_BC, ORDINALS

X0, Y0 = INPATIENT.x0, INPATIENT.y0
"""South-west corner of the tower; ``place`` counts from there."""
FLOORS = tuple(ORDINALS)
UPPER = FLOORS[1:]
DIGITS = "一二三四五六七八九"
HALF = X0 + 34.0
"""Where floors of two wards are divided."""


def place(u0: float, v0: float, u1: float, v1: float) -> Box:
    """Return a box given in metres from the tower's south-west corner."""
    return Box(round(X0 + u0, 3), round(Y0 + v0, 3), round(X0 + u1, 3), round(Y0 + v1, 3))


SOUTH_ROW = place(0, 0, 68, 7.8)
SOUTH_CORRIDOR = place(0, 7.8, 68, 10.5)
NORTH_CORRIDOR = place(0, 25.5, 68, 28.2)
NORTH_ROW = place(0, 28.2, 68, 36)
WEST_CORRIDOR = place(5.6, 10.5, 8.3, 25.5)
EAST_CORRIDOR = place(59.7, 10.5, 62.4, 25.5)
WEST_STRIP = place(0, 14.1, 5.6, 25.5)
EAST_STRIP = place(62.4, 10.5, 68, 21.9)
LIFT_HALL = place(25, 10.5, 43, 14)
TOILET_PASSAGE = place(13.4, 10.5, 25, 12.5)
TOILETS = place(13.4, 12.5, 25, 16.95)
OFFICES = place(8.3, 10.5, 13.4, 16.95)
NURSE_STATION = place(43, 10.5, 51, 16.95)
CLEAN_UTILITY = place(51, 10.5, 55.35, 16.95)
PROCEDURES = place(55.35, 10.5, 59.7, 16.95)
WEST_STAFF_CORRIDOR = place(8.3, 16.95, 25, 19.05)
EAST_STAFF_CORRIDOR = place(43, 16.95, 59.7, 19.05)
QUARTERS = place(8.3, 19.05, 21, 25.5)
PANTRY = place(21, 19.05, 25, 25.5)
DIRTY_UTILITY = place(43, 19.05, 46.6, 25.5)
STORES = place(46.6, 19.05, 59.7, 25.5)
BED_HALL = place(29, 19.9, 39, 25.5)
CLEAN_HALL = place(25, 22.4, 29, 25.5)
DIRTY_HALL = place(39, 22.4, 43, 25.5)
BRIDGE_HALL = place(62.4, 16, 68, 20)
"""On 2F the link to the Diagnostics Building ends here, on B1 the staff gallery."""

REFUGE = "避难等候处 / Refuge Point"

PUBLIC_LIFTS = tuple(place(29 + 2.5 * k, 14, 31.5 + 2.5 * k, 16.6) for k in range(4))


def begin(hospital: Hospital) -> Building:
    """Begin the tower with all its floors and shafts."""
    building = hospital.building(
        "C",
        "住院楼 / Inpatient Tower: 住院部, C楼, 橙区, 病房楼, wards, Building C, orange zone",
        INPATIENT,
        his="C",
        zone=("C", "orange"),
    )
    for label, ordinal in ORDINALS.items():
        zh = f"{say_number(ordinal + 1)}层" if ordinal >= 0 else "地下一层"
        name = f"住院楼{zh} / Inpatient Tower, Floor {label}"
        outline = [INPATIENT, LINK_BC] if label == "B1" else None
        building.floor(label, ordinal, name, outline=outline)
    _draw_lifts(building)
    _draw_stairs(building)
    return building


def say_number(number: int) -> str:
    """Say a floor's number in Chinese, up to nineteen."""
    if number < 10:
        return DIGITS[number - 1]
    return "十" + (DIGITS[number - 11] if number > 10 else "")


def _draw_lifts(building: Building) -> None:
    for k, box in enumerate(PUBLIC_LIFTS, 1):
        building.lift(
            f"C-{k}",
            box,
            "S",
            floors=UPPER,
            car_m=(1.8, 1.6),
        )
    bed: dict[str, Any] = {"car_m": (1.8, 2.7), "door_m": 1.3, "access": "staff", "wait_s": 75}
    for ref, box in (("C-5", place(29, 16.6, 32.2, 19.9)), ("C-6", place(32.2, 16.6, 35.4, 19.9))):
        building.lift(ref, box, "N", name=f"{ref}号病床电梯 / Bed Lift {ref}", **bed)
    service: dict[str, Any] = {"car_m": (1.5, 1.9), "door_m": 1.1, "access": "staff"}
    clean, dirty = place(25, 19.9, 27.6, 22.4), place(40.4, 19.9, 43, 22.4)
    building.lift("C-7", clean, "N", name="C-7号洁物电梯 / Clean Goods Lift C-7", **service)
    building.lift("C-8", dirty, "N", name="C-8号污物电梯 / Waste Lift C-8", **service)


def _draw_stairs(building: Building) -> None:
    """Draw the stairs in the core, and the exit stairs at both ends behind alarmed doors."""
    core: dict[str, DoorLike] = {"B1": Door("S", width_m=1.4, access="staff"), "": "S"}
    building.stairs("C-1", place(25, 14, 29, 19.9), core, width_m=1.6)
    west, east = place(0, 10.5, 5.6, 14.1), place(62.4, 21.9, 68, 25.5)
    building.stairs("C-2", west, None, name="C-2号疏散楼梯 / Exit Stairs C-2", is_open=False)
    building.stairs("C-3", east, None, name="C-3号疏散楼梯 / Exit Stairs C-3", is_open=False)
    for floor in building.floors.values():
        floor.exit(west.x1, west.middle[1], 1.3, axis="y")
        floor.exit(east.x0, east.middle[1], 1.3, axis="y")
    ground = building.floors["1F"]
    ground.exit(west.x0, west.middle[1], 1.3, axis="y")
    ground.exit(east.x1, east.middle[1], 1.3, axis="y")


def equip_hall(floor: Floor) -> None:
    """Put into the lift hall what waiting people look for, and a place of refuge by the stairs."""
    x, y = TOILET_PASSAGE.x0, TOILET_PASSAGE.y0
    floor.amenity(x + 0.5, y + 0.6, "vendingmachine")
    floor.amenity(x + 1.5, y + 0.6, "powerchargingstation")
    floor.amenity(LIFT_HALL.x0 - 0.4, y + 0.4, "drinkingfountain")
    floor.amenity(LIFT_HALL.x0 + 0.5, LIFT_HALL.y1 - 0.5, "emergencyshelter", REFUGE)
    floor.amenity(LIFT_HALL.x1 - 0.4, LIFT_HALL.y0 + 0.5, "handsanitizerstation")


def draw_core(floor: Floor, *, split: bool) -> None:
    """Draw what lies behind the lifts: the bed lifts' hall, service halls, closets, shafts.

    Parameters
    ----------
    floor
        A floor of the tower.
    split
        Whether the north corridor is divided before the bed lifts, which then have a door to each
        part.
    """
    bed_doors = [
        Door("N", 2.0, 1.8, "swinging", automatic=True),
        Door("N", 8.0, 1.8, "swinging", automatic=True),
    ]
    single = [Door("N", 5.0, 2.2, "swinging", automatic=True)]
    floor.room(
        BED_HALL,
        "lobby",
        "病床电梯厅 / Bed Lift Hall",
        is_open=False,
        access="staff",
        door=bed_doors if split else single,
    )
    floor.room(
        place(35.4, 16.6, 39, 19.9),
        "storage",
        "推床存放间 / Trolley Bay",
        access="staff",
        door=Door("N", width_m=1.3),
    )
    goods: dict[str, Any] = {"is_open": False, "access": "staff", "door": Door("N", width_m=1.4)}
    floor.room(CLEAN_HALL, "lobby", "洁物电梯厅 / Clean Goods Hall", **goods)
    floor.room(DIRTY_HALL, "lobby", "污物电梯厅 / Waste Hall", **goods)
    locked: dict[str, Any] = {"access": "staff", "door": Door("S", width_m=0.9, material="metal")}
    floor.room(place(39, 14, 41, 19.9), "electricalroom", "强电间 / Electrical Room", **locked)
    floor.room(
        place(41, 14, 43, 19.9), "electricalroom", "弱电间 / Data and Telecoms Closet", **locked
    )
    floor.solid(place(27.6, 19.9, 29, 22.4))
    floor.solid(place(39, 19.9, 40.4, 22.4))

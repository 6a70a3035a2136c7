"""What all floors of the diagnostics building share: street, lifts, stairs, toilets.

The street runs from the inpatient tower's bridge in the west to the emergency link in the east;
patients stay south of it and in the rooms along it, staff work along a corridor of their own in
the north, which the bed lift B-2 and the staff lift B-4 open to.
"""

from typing import Any

from floorplans.drawing.kit import Box, Building, Door, Floor, R, Space
from floorplans.drawing.kit.items import Side

STREET = Box(100, 146, 180, 150)
HALL = Box(136, 130, 144, 146)
LIFT_LOBBY = Box(137, 150, 143, 157)
STAFF_CORRIDOR = Box(100, 161, 180, 163.7)
STAFF_PASSAGE = Box(161.5, 150, 164.2, 161)
TOILETS = Box(147, 150, 161.5, 156.5)

CLINIC = "Mo-Sa 07:30-17:30"
"""When examinations are made by appointment."""

BED_CAR_M = (1.8, 2.7)
BED_DOOR_M = 1.3
"""Doors that a bed passes: 1.2 m at least."""


def staff(width_m: float | None, name: str, category: str = "office", **options: Any) -> R:
    """Write a room of a row that only staff enter."""
    return R.of(width_m, category, name, **{"access": "staff", **options})


def bed_door(side: Side, at_m: float | None = None, **options: Any) -> Door:
    """Write a door through which a bed is wheeled."""
    return Door(side, at_m, **{"width_m": BED_DOOR_M, **options})


def draw_shafts(building: Building) -> None:
    """Put lifts and stairs on all floors."""
    building.lift("B-1", Box(133.5, 150, 137, 153.5), "E", wait_s=70)
    building.lift(
        "B-2",
        Box(137, 157, 140.5, 161),
        "N",
        name="B-2号病床电梯 / Bed Lift B-2: 手术电梯, theatre lift",
        car_m=BED_CAR_M,
        door_m=BED_DOOR_M,
        access="staff",
    )
    building.lift(
        "B-3",
        Box(133.5, 153.5, 137, 157),
        "E",
        name="B-3号电梯 / Lift B-3: 病床电梯, 轮椅电梯, bed lift, wheelchair lift",
        car_m=BED_CAR_M,
        door_m=BED_DOOR_M,
        wait_s=80,
    )
    building.lift(
        "B-4",
        Box(140.5, 157, 143, 161),
        "N",
        name="B-4号员工电梯 / Staff Lift B-4: 货梯, goods lift",
        access="staff",
    )
    central = Door("W", 5.5, width_m=1.4)
    building.stairs("B-S1", Box(143, 150, 147, 157), central, name="中央楼梯 / Central Stairs")
    for ref, x0, name in (
        ("B-S2", 100, "西端疏散楼梯 / West Exit Stairs"),
        ("B-S3", 176, "东端疏散楼梯 / East Exit Stairs"),
    ):
        building.stairs(ref, Box(x0, 150, x0 + 4, 157), None, name=name, access="staff")
    for floor in building.floors.values():
        for x in (102, 178):
            floor.exit(x, 150, name="疏散楼梯 / Exit Stairs")


def draw_spine(floor: Floor, lobby_name: str) -> Space:
    """Draw what lies around the shafts of every floor, and return the lift lobby."""
    lobby = floor.corridor(LIFT_LOBBY, lobby_name, category="lobby")
    floor.toilets(TOILETS, "S")
    floor.corridor(
        [STAFF_CORRIDOR, STAFF_PASSAGE],
        "医护走廊 / Staff Corridor",
        access="staff",
        is_open=False,
        key="staff corridor",
    )
    floor.door(162.85, 150, 1.6, access="staff", kind="sliding", automatic=True)
    for box, category, name, key in (
        (Box(133.5, 157, 137, 161), "electricalroom", "强弱电间 / Electrical Room", "riser west"),
        (Box(143, 157, 147, 161), "cleanersroom", "保洁间 / Cleaners' Room", "cleaners"),
        (Box(147, 156.5, 154, 161), "storage", "被服库 / Linen Store", "linen"),
        (Box(154, 156.5, 161.5, 161), "storage", "耗材库 / Supplies Store", "supplies"),
        (Box(176, 157, 180, 161), "electricalroom", "配电间 / Switch Room", "riser east"),
    ):
        floor.room(box, category, name, door="N", access="staff", key=key)
    floor.amenity(141.8, 156.4, "emergencyshelter", "避难等候处 / Refuge Point")
    floor.amenity(138, 156.6, "vendingmachine")
    floor.amenity(140, 156.6, "powerchargingstation")
    floor.amenity(145.4, 149.7, "phone")
    floor.amenity(146.2, 149.7, "drinkingfountain", "开水 / Drinking Water: 开水, 饮水机, water")
    floor.amenities("fireextinguisher", [(105, 149.8), (131, 149.8), (165.5, 149.8), (120, 161.2)])
    floor.amenity(144.5, 149.8, "defibrillator")
    floor.amenity(143.6, 149.7, "firealarmpullstation")
    return lobby

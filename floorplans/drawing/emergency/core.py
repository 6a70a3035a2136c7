"""What both floors of the emergency building share: lifts, stairs, the corridor in the north."""

from typing import Any

from floorplans.drawing.kit import Box, Building, Door, Floor

LIFT_LOBBY = Box(232, 150, 238, 158)
NORTH_CORRIDOR = Box(218, 158, 272, 160.7)
TOILETS = Box(222, 160.7, 236, 165)
BED_DOOR_M = 1.3
AUTOMATIC: dict[str, Any] = {"kind": "sliding", "automatic": True, "material": "glass"}


def draw_shafts(building: Building) -> None:
    """Put lifts and stairs on both floors."""
    building.lift("D-1", Box(229, 150, 232, 153.6), "E", wait_s=40)
    building.lift(
        "D-2",
        Box(229, 153.6, 232, 158),
        "E",
        name="D-2号病床电梯 / Bed Lift D-2: 急救电梯, bed lift",
        car_m=(1.8, 2.7),
        door_m=1.3,
        wait_s=40,
    )
    central = Door("W", 6.5, width_m=1.4)
    building.stairs("D-S1", Box(238, 150, 241, 158), central, name="急诊楼梯 / Emergency Stairs")
    for ref, x0, name in (
        ("D-S2", 215, "西端疏散楼梯 / West Exit Stairs"),
        ("D-S3", 272, "东端疏散楼梯 / East Exit Stairs"),
    ):
        building.stairs(ref, Box(x0, 158, x0 + 3, 165), None, name=name, access="staff")
    for floor in building.floors.values():
        for x in (218, 272):
            floor.exit(x, 159.35, name="疏散楼梯 / Exit Stairs")


def draw_north(floor: Floor, lobby_name: str) -> None:
    """Draw the lift lobby, the corridor behind it and the toilets."""
    floor.corridor(LIFT_LOBBY, lobby_name, category="lobby")
    floor.corridor(NORTH_CORRIDOR, "北走廊 / North Corridor")
    floor.toilets(TOILETS, "S")
    floor.room(
        Box(236, 160.7, 239, 165),
        "mothersroom",
        "母婴室 / Baby Care Room: 喂奶, 换尿布, nursing",
        door=Door("S", width_m=1.1),
        wheelchair=True,
    )
    floor.room(Box(239, 160.7, 241, 165), "cleanersroom", None, door="S", access="staff")
    floor.amenity(237.6, 157.4, "emergencyshelter", "避难等候处 / Refuge Point")
    floor.amenity(235, 160.3, "drinkingfountain", "开水 / Drinking Water: 开水, 饮水机, water")
    floor.amenities("fireextinguisher", [(221, 160.3), (243, 158.4), (265, 158.4)])

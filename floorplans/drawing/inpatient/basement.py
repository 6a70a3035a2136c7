"""B1 of the tower: kitchen, laundry, plant; staff only."""

from typing import Any

from floorplans.drawing.inpatient.rooms import Room, Rows, staff_room
from floorplans.drawing.inpatient.tower import (
    BRIDGE_HALL,
    EAST_CORRIDOR,
    EAST_STAFF_CORRIDOR,
    LIFT_HALL,
    NORTH_CORRIDOR,
    NORTH_ROW,
    OFFICES,
    PUBLIC_LIFTS,
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
    place,
)
from floorplans.drawing.kit import Door, Floor
from floorplans.drawing.layout import INPATIENT, LINK_BC

_SOUTH = (
    Room(22.0, "kitchen", "营养厨房 / Patients' Kitchen", access="staff", door_m=1.8),
    staff_room(8.0, "治疗膳食间 / Diet Kitchen", "kitchen"),
    staff_room(8.0, "主副食库 / Food Store", "storage"),
    staff_room(4.0, "冷库 / Cold Store", "storage"),
    Room(16.0, "restaurant", "职工餐厅 / Staff Canteen", access="staff", door_m=1.8),
    staff_room(5.0, "男更衣室 / Men's Changing", "room"),
    staff_room(5.0, "女更衣室 / Women's Changing", "room"),
)
_NORTH = (
    Room(8.0, "room", "污衣分拣间 / Soiled Linen Sorting", access="staff", door_m=1.4),
    Room(12.0, "room", "洗衣房 / Laundry", access="staff", door_m=1.4),
    Room(8.0, "storage", "洁净被服库 / Clean Linen Store", access="staff", door_m=1.4),
    Room(14.0, "storage", "中心库房 / Central Store", access="staff", door_m=1.8),
    staff_room(10.0, "空调机房 / Air-handling Plant", "plantroom"),
    staff_room(8.0, "给水泵房 / Pump Room", "plantroom"),
    staff_room(8.0, "变配电室 / Switchgear Room", "electricalroom"),
)
_WEST = (
    staff_room(7.8, "医用气体机房 / Medical Gas Plant", "plantroom"),
    staff_room(3.6, "污水提升间 / Sewage Lift Station", "plantroom"),
)
_WEST_BACK = (
    staff_room(6.0, "司机休息室 / Drivers' Room", "dutyroom"),
    staff_room(5.0, "保洁仓库 / Cleaning Store", "storage"),
    staff_room(5.7, "餐车清洗间 / Food Trolley Washing", "room"),
)
_EAST_FRONT = (
    staff_room(8.0, "木工维修间 / Workshop", "room"),
    staff_room(8.7, "床单位消毒间 / Bed Disinfection", "room"),
)
_EAST_BACK = (
    staff_room(6.5, "应急物资库 / Emergency Stores", "storage"),
    staff_room(6.6, "档案库 / Archive", "storage"),
)


def draw_basement(floor: Floor) -> None:
    """Draw B1."""
    draw_core(floor, split=False)
    for box in PUBLIC_LIFTS:
        floor.solid(box)
    rows = Rows(floor, 0, [(INPATIENT.x1, "A")])
    _draw_ways(floor)
    rows.draw(SOUTH_ROW, "N", _SOUTH)
    rows.draw(NORTH_ROW, "S", _NORTH)
    rows.draw(WEST_STRIP, "E", _WEST)
    rows.draw(place(8.3, 19.05, 25, 25.5), "S", _WEST_BACK)
    rows.draw(place(43, 10.5, 59.7, 16.95), "S", _EAST_FRONT)
    rows.draw(OFFICES, "S", (staff_room(5.1, "后勤办公室 / Facilities Office"),))
    rows.draw(STORES, "S", _EAST_BACK)
    floor.room(
        place(43, 19.05, 46.6, 25.5),
        "storage",
        "污物暂存间 / Soiled Holding",
        access="staff",
        door=["N"],
    )
    floor.door(X0 + 43, Y0 + 24, 1.1, access="staff")
    _draw_tunnel(floor)


def _draw_tunnel(floor: Floor) -> None:
    """Draw the staff tunnel to the diagnostics building, under the bridge."""
    floor.building.annex(LINK_BC, "subterranean")
    name = "地下员工通道 / Staff Tunnel"
    floor.corridor(LINK_BC, name, access="staff", is_open=False)
    floor.door(LINK_BC.x0, LINK_BC.middle[1], 2.4, axis="y", automatic=True, access="staff")
    floor.door(LINK_BC.x1, LINK_BC.middle[1], 2.4, axis="y", automatic=True, access="staff")


def _draw_ways(floor: Floor) -> None:
    """Draw the corridors, which all are for staff."""
    staff: dict[str, Any] = {"access": "staff"}
    hall = [LIFT_HALL, TOILET_PASSAGE]
    floor.corridor(hall, "地下厅 / Basement Hall", category="lobby", **staff)
    for space in floor.toilets(TOILETS, "S"):
        space.wayfinder = {**space.wayfinder, **staff}
    for box, name in (
        (SOUTH_CORRIDOR, "厨房走廊 / Kitchen Corridor"),
        (NORTH_CORRIDOR, "物流走廊 / Goods Corridor"),
        (WEST_CORRIDOR, "西走廊 / West Corridor"),
        (EAST_CORRIDOR, "东走廊 / East Corridor"),
        (BRIDGE_HALL, "地下通道厅 / Tunnel Hall"),
    ):
        floor.corridor(box, name, **staff)
    west, east = Door("W", width_m=1.4), Door("E", width_m=1.4)
    name = "西内走廊 / West Inner Corridor"
    floor.corridor(WEST_STAFF_CORRIDOR, name, is_open=False, door=west, **staff)
    name = "东内走廊 / East Inner Corridor"
    floor.corridor(EAST_STAFF_CORRIDOR, name, is_open=False, door=east, **staff)
    floor.room(place(62.4, 10.5, 68, 16), "storage", "家具库 / Furniture Store", door="W", **staff)
    floor.room(place(62.4, 20, 68, 21.9), "storage", "推车间 / Trolley Store", door="W", **staff)

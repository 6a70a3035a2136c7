"""Outpatient Building B1: the way from the car park, canteen, shop, records; plant behind."""

from typing import Any

from floorplans.drawing.kit import Box, Building, Door, Floor, R
from floorplans.drawing.layout import CLINICS, DAY, TUNNEL_AP
from floorplans.drawing.outpatient.frame import PASSAGE, draw_north, draw_zone

_EQUIPMENT: dict[str, Any] = {"access": "staff"}


def draw(building: Building) -> None:
    """Draw the floor."""
    floor = building.floors["B1"]
    floor.corridor(TUNNEL_AP, "停车场通道 / Car Park Passage: 去停车场", is_open=False)
    floor.corridor(
        [Box(142, 60, 148, 90), Box(124, 90, 166, 96)],
        "地下主街 / Basement Street",
        clear_width_m=4.0,
    )
    floor.door(145, 60, 2.4, kind="sliding", automatic=True, material="glass", hours=DAY)
    draw_north(floor)
    _draw_canteen(floor)
    _draw_services(floor)
    _draw_west_plant(floor)
    _draw_east_plant(floor)
    _draw_chillers(floor)
    draw_zone(floor)


def _draw_canteen(floor: Floor) -> None:
    canteen = floor.open_area(
        Box(148, 60, 170, 90), "foodservice", clear_width_m=1.8, key="canteen"
    )
    floor.occupant(
        canteen,
        "foodservice",
        "餐厅 / Canteen: 食堂, 吃饭, 饭堂, restaurant, lunch",
        his="CANT",
        hours="Mo-Su 06:30-19:00",
        at=(166.4, 75),
    )
    floor.desk(Box(168.4, 64, 169.2, 86))
    for x in (151, 156, 161):
        for y in (63, 68, 73, 78, 83):
            floor.fixture(Box(x, y, x + 2.4, y + 1.6))
    floor.room(
        Box(170, 60, 180.6, 90),
        "kitchen",
        "厨房 / Kitchen",
        door=Door("E", width_m=1.4),
        access="staff",
    )
    lounge = floor.open_area(PASSAGE, "lounge", "地下一层休息区 / Rest Area B1", clear_width_m=1.8)
    floor.seats(Box(lounge.box.x0 + 2, 102, lounge.box.x1 - 2, 106), aisle_m=1.8)
    floor.amenities("vendingmachine", ((143.4, 98), (143.4, 99.2)))


def _draw_services(floor: Floor) -> None:
    """Draw shop, medical records, decoction room."""
    _draw_records(floor)
    _draw_decoction(floor)
    floor.room(
        Box(124, 74, 142, 90),
        "shop",
        "便民超市 / Shop: 超市, 小卖部, 买东西, 便利店, 买水",
        door=[
            Door("N", width_m=2.0, kind="sliding", automatic=True),
            Door("E", 12, width_m=2.0, kind="sliding", automatic=True),
        ],
        his="SHOP",
        hours="Mo-Su 06:30-21:00",
    )
    for y in (77, 80, 83, 86):
        floor.fixture(Box(127, y, 138, y + 0.9))


def _draw_records(floor: Floor) -> None:
    records = floor.room(
        Box(130, 60, 142, 74), "medicalrecords", door=Door("E", width_m=1.4), key="records"
    )
    floor.desk(Box(133, 63, 133.8, 71))
    floor.seats(Box(136, 69, 141, 72))
    floor.occupant(
        records,
        "medicalrecords",
        "病案复印 / Medical Records Copies: 复印病历, 病历复印, 打病历",
        his="RECO",
        hours=CLINICS,
        at=(135, 67),
    )
    floor.room(
        Box(109.4, 60, 130, 74),
        "storage",
        "病案库 / Records Archive",
        door=[Door("E", 9), Door("W", 7)],
        access="staff",
    )


def _draw_decoction(floor: Floor) -> None:
    decoction = floor.room(
        Box(109.4, 86, 124, 96), "decoctionroom", door=Door("E", 7, width_m=1.4), key="decoction"
    )
    floor.desk(Box(120.4, 88, 121.2, 95))
    floor.occupant(
        decoction,
        "decoctionroom",
        "中药煎药室 / Decoction Room: 煎药, 取煎药, 熬中药",
        his="DECO",
        hours="Mo-Su 08:00-17:45",
        at=(122.2, 93),
    )
    floor.room(
        Box(109.4, 74, 124, 86),
        "storage",
        "中药库 / Herb Store",
        door=[Door("W"), Door("N", 3)],
        access="staff",
    )


def _draw_west_plant(floor: Floor) -> None:
    floor.corridor(
        [Box(107, 60, 109.4, 98.4), Box(109.4, 96, 130, 98.4)],
        "西侧后勤走廊 / West Service Corridor",
        is_open=False,
        **_EQUIPMENT,
    )
    floor.door(127, 96, 1.5, access="staff")
    east, south = Door("E", width_m=1.4), Door("S", width_m=1.4)
    floor.room(
        Box(100, 60, 107, 72), "plantroom", "消防水泵房 / Fire Pumps", door=east, **_EQUIPMENT
    )
    floor.room(
        Box(100, 76.8, 107, 98.4),
        "electricalroom",
        "变配电室 / Transformer Room",
        door=east,
        **_EQUIPMENT,
    )
    floor.row(
        (100, 98.4),
        9.6,
        [
            R.of(9.4, "plantroom", "热交换站 / Heat Exchanger", door=Door("S", 8.2, width_m=1.4)),
            R.of(10.6, "storage", "后勤库房 / General Stores", door=south),
            R.of(None, "room", "被服收发室 / Linen Room", door=south),
        ],
        end=130,
        **_EQUIPMENT,
    )


def _draw_east_plant(floor: Floor) -> None:
    floor.corridor(
        [Box(180.6, 60, 183, 96), Box(166, 93.6, 180.6, 96)],
        "东侧后勤走廊 / East Service Corridor",
        is_open=False,
        **_EQUIPMENT,
    )
    floor.door(166, 94.8, 1.5, access="staff")
    west = Door("W", width_m=1.4)
    floor.room(
        Box(183, 60, 190, 72), "plantroom", "给水泵房 / Water Pumps", door=west, **_EQUIPMENT
    )
    floor.room(
        Box(183, 76.8, 190, 86),
        "plantroom",
        "柴油发电机房 / Generator Room",
        door=west,
        **_EQUIPMENT,
    )
    floor.room(
        Box(183, 86, 190, 96), "serverroom", "信息机房 / Data Centre", door=west, **_EQUIPMENT
    )
    floor.room(
        Box(170, 90, 180.6, 93.6),
        "storage",
        "冷库 / Cold Store",
        door=Door("N", width_m=1.2),
        **_EQUIPMENT,
    )
    floor.room(
        Box(166, 90, 170, 93.6), "cleanersroom", "保洁间 / Cleaners' Room", door="N", **_EQUIPMENT
    )


def _draw_chillers(floor: Floor) -> None:
    floor.corridor(Box(160, 96, 163, 108), "机房走廊 / Plant Corridor", is_open=False, **_EQUIPMENT)
    floor.door(161.5, 96, 1.5, access="staff")
    floor.room(
        Box(163, 96, 175, 108),
        "plantroom",
        "冷冻机房 / Chiller Plant",
        door=Door("W", width_m=1.4),
        **_EQUIPMENT,
    )
    floor.room(
        Box(175, 96, 190, 108),
        "plantroom",
        "通风机房 / Ventilation Plant",
        door=Door("S", 6.8, width_m=1.4),
        **_EQUIPMENT,
    )

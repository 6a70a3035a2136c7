"""The open ground: gates, forecourt, ways between the buildings, roads, garden, car park P1."""

import shapely

from floorplans.drawing.kit import Box, Floor, Hospital
from floorplans.drawing.kit.items import Access
from floorplans.drawing.kit.shapes import as_polygon

_RING = (Box(2, 10, 310, 16), Box(2, 244, 310, 250), Box(2, 16, 8, 244), Box(304, 16, 310, 244))
_CROSSINGS = {
    "南门人行横道 / South Gate Crossing": Box(138, 10, 152, 16),
    "门前人行横道 / Front Road Crossing": Box(138, 42, 152, 48),
    "东门人行横道 / East Gate Crossing": Box(304, 116, 310, 125),
    "救护车道人行横道 / Ambulance Lane Crossing": Box(290, 135, 294, 155),
    "救护车道离院横道 / Ambulance Lane Way-out Crossing": Box(282, 135, 286, 155),
    "停车场人行横道 / Car Park Crossing": Box(198, 70, 204, 74),
}
"""Where people cross a road."""
_APRON_M = 2.0
_FRONT_ROAD = Box(8, 42, 204, 48)
_EAST_ROAD = Box(198, 48, 204, 112)
_AMBULANCE_LANE = Box(275, 135, 304, 155)


def draw_outdoors(hospital: Hospital) -> Floor:
    """Draw all that lies in the open; the buildings must be drawn before."""
    floor = hospital.outdoors("室外", "院区室外 / Grounds: 院内, 院区, 室外", "室外 / Outdoors")
    _draw_roads(floor)
    _draw_south(floor)
    _draw_forecourt(floor)
    _draw_west(floor)
    _draw_east(floor)
    _draw_infectious(floor)
    _draw_car_park(floor)
    _draw_garden(floor)
    _draw_staff_parking(floor)
    _draw_green(floor)
    return floor


def _draw_roads(floor: Floor) -> None:
    """Draw the ring road and its branches, and where people cross them."""
    for name, box in _CROSSINGS.items():
        floor.corridor(box, name, clear_width_m=4.0)
    gates = [Box(152, 0, 160, 8), Box(310, 126, 320, 134)]
    branches = [_FRONT_ROAD, _EAST_ROAD, _AMBULANCE_LANE, *gates]
    names = ["门前路 / Front Road", "东侧路 / East Road", "救护车道 / Ambulance Lane"]
    names += ["南门车道 / South Gate Drive", "东门车道 / East Gate Drive"]
    for box, name in zip(branches, names, strict=True):
        access: Access | None = "staff" if box is _AMBULANCE_LANE else None
        floor.remainders(box, "road", name, clear_width_m=6.0, access=access)
    for box, zh, en in zip(_RING, "南北西东", ("South", "North", "West", "East"), strict=True):
        floor.remainders(box, "road", f"环路（{zh}） / Ring Road ({en})", clear_width_m=6.0)


def _draw_south(floor: Floor) -> None:
    """Draw the South Gate, the bus stop and the bicycles."""
    floor.corridor([Box(138, 0, 152, 10), Box(152, 8, 160, 10)], "南门广场 / South Gate Square")
    floor.entrance(
        145,
        0,
        "南门 / South Gate: 大门, 正门, 医院大门, main gate",
        6.0,
        kind="open",
        automatic=False,
    )
    floor.corridor(Box(160, 0, 192, 8), "公交站台 / Bus Stop Platform", clear_width_m=3.0)
    floor.amenity(
        176, 5, "bus", "公交站（人民医院站） / Bus Stop (Hospital): 公交, 坐车, 车站", his="BUS"
    )
    floor.seats(Box(168, 6.4, 174, 7))
    floor.corridor(Box(104, 1, 138, 9), "非机动车停放区 / Bicycle Parking: 电动车, 自行车棚")
    floor.amenity(
        120,
        5,
        "parking.bicycle",
        "自行车棚 / Bicycle Sheds: 自行车, 电动车, 电瓶车, 停车",
        his="BIKE",
    )
    for x in (108, 116, 124):
        floor.fixture(Box(x, 2, x + 6, 3.8))
        floor.fixture(Box(x, 6.2, x + 6, 8))


def _draw_forecourt(floor: Floor) -> None:
    """Draw the forecourt over P2 and the place before the doors."""
    floor.corridor(
        [
            Box(104, 16, 156, 42),
            Box(156, 16, 168, 18),
            Box(156, 26, 168, 42),
            Box(168, 16, 186, 42),
        ],
        "前广场 / Forecourt",
        clear_width_m=6.0,
    )
    floor.corridor(Box(92, 48, 198, 60), "门诊楼前 / Outpatient Front", clear_width_m=6.0)
    floor.amenity(145, 51, "valet", "落客区 / Drop-off: 上下客, 接人, 送人", his="DROP")
    floor.amenity(160, 50, "taxi", "出租车上客点 / Taxi Rank: 打车, 出租车", his="TAXI")
    floor.amenity(166, 50, "rideshare", "网约车上车点 / Ride Pick-up: 滴滴, 网约车", his="RIDE")
    for x in (112, 170):
        floor.seats(Box(x, 57.6, x + 8, 58.2))


def _draw_west(floor: Floor) -> None:
    """Draw the covered way from the outpatient building to the tower, and the way to it."""
    floor.corridor(
        [
            Box(92, 60, 96, 88),
            Box(96, 80, 100, 88),
            Box(92, 88, 96, 124),
            Box(40, 120, 92, 124),
            Box(36, 124, 52, 130),
        ],
        "风雨连廊 / Covered Way: 去住院楼, 连廊",
        clear_width_m=4.0,
    )
    for y in (92, 106):
        floor.seats(Box(95.1, y, 95.7, y + 4), along="N")
    floor.seats(Box(60, 123.2, 66, 123.8))


def _draw_east(floor: Floor) -> None:
    """Draw the way along the outpatient building to the emergency building and the East Gate."""
    floor.corridor(
        [Box(190, 60, 198, 116), Box(190, 112, 205, 116), Box(198, 116, 205, 125)],
        "东侧步道 / East Walk: 去急诊",
        clear_width_m=4.0,
    )
    floor.corridor([Box(205, 116, 304, 125)], "急诊楼前 / Emergency Front", clear_width_m=6.0)
    floor.corridor(Box(310, 114, 320, 126), "东门广场 / East Gate Square")
    floor.entrance(
        320, 120, "东门 / East Gate: 急诊大门, 急诊门", 6.0, kind="open", automatic=False
    )
    for x in (216, 250, 274):
        floor.seats(Box(x, 117, x + 6, 117.6))
    for y in (66, 88, 104):
        floor.seats(Box(190.4, y, 191, y + 4), along="N", amenity=False)
        floor.amenity(191.6, y + 2, "seating")


def _draw_infectious(floor: Floor) -> None:
    """Draw the ways in to the fever clinic, from the east, and out of it, to the west."""
    floor.corridor(
        [Box(290, 125, 294, 135)], "发热门诊步道（南） / Way to the Fever Clinic (south)"
    )
    floor.corridor(
        [Box(290, 155, 294, 205), Box(270, 205, 294, 230)],
        "发热门诊步道 / Way to the Fever Clinic: 去发热门诊",
        clear_width_m=4.0,
    )
    floor.corridor(
        [
            Box(222, 199, 230, 230),
            Box(230, 199, 286, 203),
            Box(282, 155, 286, 199),
        ],
        "发热门诊离院步道 / Way out of the Fever Clinic",
        clear_width_m=4.0,
    )
    for y in (168, 190):
        floor.seats(Box(293.3, y, 293.9, y + 3), along="N")
        floor.seats(Box(282.1, y, 282.7, y + 3), along="N", amenity=False)
        floor.amenity(283.4, y + 1.5, "seating")
    floor.corridor(
        Box(282, 125, 286, 135), "发热门诊离院步道（南） / Way out of the Fever Clinic (south)"
    )


def _draw_car_park(floor: Floor) -> None:
    """Draw P1 with its ways to the outpatient building and to the emergency building."""
    floor.room(
        Box(210, 20, 300, 90),
        "parking",
        "P1地面停车场 / Car Park P1: 停车场, 停车",
        his="P1",
        clear_width_m=3.0,
    )
    floor.amenity(
        255, 55, "parking.payment", "P1缴费机 / P1 Payment Machine: 停车缴费", his="P1PAY"
    )
    for number, y in enumerate((24, 36, 42, 54, 60, 72, 78), start=1):
        for x in (216, 264):
            floor.fixture(Box(x, y, x + 30, y + 5), "furniture", ref=f"P1-{number}{'AB'[x > 240]}")
    floor.corridor(Box(204, 70, 210, 74), "P1步道 / Way to P1")
    floor.corridor(Box(250, 90, 254, 116), "P1至急诊步道 / Way from P1 to Emergency")


def _draw_garden(floor: Floor) -> None:
    """Draw the garden west of the outpatient building: paths between lawns, benches."""
    floor.corridor(
        [Box(52, 55, 56, 110), Box(20, 80, 92, 84)], "花园小路 / Garden Path: 花园, 散步"
    )
    for box in (
        Box(20, 55, 52, 80),
        Box(56, 55, 90, 80),
        Box(20, 84, 52, 110),
        Box(56, 84, 90, 110),
    ):
        floor.solid(box, "vegetation")
    floor.seats(Box(30, 83.1, 36, 83.7))
    floor.seats(Box(70, 83.1, 76, 83.7))


def _draw_staff_parking(floor: Floor) -> None:
    """Draw the staff's car park in the north with its drive from the ring road."""
    floor.room(
        Box(100, 184, 200, 236),
        "parking",
        "员工停车场 / Staff Car Park",
        access="staff",
        clear_width_m=3.0,
    )
    floor.room(Box(147, 236, 153, 244), "road", "员工停车场车道 / Staff Drive", clear_width_m=6.0)


def _draw_green(floor: Floor) -> None:
    """Draw lawns over all that is left, 2 m off the buildings; nobody walks there."""
    hospital = floor.building.hospital
    built = [
        other.outline
        for other in hospital.floors
        if other.ordinal == floor.ordinal and not other.outdoor
    ]
    apron = shapely.union_all(built).buffer(_APRON_M, join_style="mitre")
    lawn = as_polygon(hospital.outline.difference(apron), "the lawn")
    floor.remainders(lawn, "vegetation")

"""The underground car park P2 beneath the forecourt, and its pavilion with lift and stairs."""

import shapely
from shapely.geometry import Point

from floorplans.drawing.kit import Box, Building, Door, Floor, Hospital, Space
from floorplans.drawing.layout import ORDINALS, UNDERGROUND_PARKING

_CLEAR_M = 1.0
"""Room at the side of parked cars, for doors and for who gets out."""
_PAVILION = Box(156, 18, 168, 26)
_ZONES = {
    "A": (Box(100, 29, 141, 56), "蓝色 / blue"),
    "B": (Box(149, 29, 190, 56), "绿色 / green"),
    "C": (Box(149, 2, 190, 29), "橙色 / orange"),
    "D": (Box(100, 2, 141, 29), "红色 / red"),
}
_SPINE = Box(141, 2, 149, 56)
"""The walkway between the zones, from the far end to the passage to the hospital."""


def draw_parking(hospital: Hospital) -> Building:
    """Draw P2 with its bays and the pavilion above."""
    building = hospital.building(
        "P2",
        "P2地下停车场 / Underground Car Park P2: 地下车库, 停车场, 停车",
        UNDERGROUND_PARKING,
        category="parking",
        footprint_category="subterranean",
        his="P2",
    )
    cellar = building.floor("B1", ORDINALS["B1"], "P2地下停车场 / Underground Car Park P2")
    ground = building.floor("1F", ORDINALS["1F"], "P2地面出入口 / P2 Pavilion", outline=_PAVILION)
    x0, y0 = _PAVILION.x0, _PAVILION.y0
    building.lift(
        "P-1", Box(x0, y0, x0 + 3, y0 + 4), "E", car_m=(1.6, 1.8), name="P-1号电梯 / Lift P-1"
    )
    building.stairs("P-S", Box(x0, y0 + 4, x0 + 7, y0 + 8), "E", name="P2楼梯 / P2 Stairs")
    ground.remainder(_PAVILION, "lobby", "P2候梯厅 / P2 Lobby", clear_width_m=2.4)
    ground.entrance(162, y0, "P2地面出入口 / P2 Pavilion: 下车库", 1.8)
    _draw_cellar(cellar)
    _draw_cellar_zones(cellar)
    return building


def _draw_cellar(floor: Floor) -> None:
    floor.corridor(_SPINE, "P2人行通道 / P2 Walkway", clear_width_m=4.0)
    floor.door(
        145,
        56,
        2.4,
        kind="sliding",
        automatic=True,
        material="glass",
        name="门诊楼地下入口 / Outpatient Basement Entrance",
    )
    floor.remainder(
        Box(156, 18, 166, 26), "lobby", "P2电梯厅 / P2 Lift Lobby", clear_width_m=2.4, is_open=False
    )
    floor.door(166, 22, 1.5, kind="sliding", automatic=True)
    floor.room(
        Box(184, 2, 190, 10),
        "plantroom",
        "排风机房 / Exhaust Fans",
        door=Door("W", width_m=1.4),
        access="staff",
    )
    floor.room(
        Box(100, 2, 106, 10),
        "plantroom",
        "消防水泵房 / Fire Pumps",
        door=Door("E", width_m=1.4),
        access="staff",
    )


def _draw_cellar_zones(floor: Floor) -> None:
    for letter, (box, colour) in _ZONES.items():
        zh, en = colour.split(" / ")
        zone = floor.remainder(
            box,
            "parking",
            f"P2停车场{letter}区（{zh}） / P2 Zone {letter} ({en})",
            clear_width_m=3.0,
            key=f"zone {letter}",
        )
        _draw_bays(floor, letter, zone, box)
    floor.amenity(
        148.4, 30, "parking.payment", "P2缴费机 / P2 Payment Machine: 停车缴费", his="P2PAY"
    )
    floor.amenity(141.6, 31, "phone.emergency", "P2求助电话 / P2 Help Point: 求助")
    floor.amenities("fireextinguisher", ((141.4, 12), (148.6, 44)))


def _draw_bays(floor: Floor, letter: str, zone: Space, area: Box) -> None:
    """Give the pillars of a zone their numbers, six in each of three rows: ``C-101`` and on.

    Cars stand between the pillars, behind their numbers: one walks along the lanes before them,
    not across. Where a room stands there is neither pillar nor bay, but the number stays free.
    """
    number = 100
    for row in range(3):
        y = area.y0 + 4.5 + 9 * row
        for column in range(6):
            number += 1
            x = area.x0 + 5.2 + 6 * column
            if column < 5:
                _park(floor, zone, Box(x + 0.4, y + 0.3, x + 5.6, min(y + 4.9, area.y1)))
            if not zone.shape.buffer(-1).contains(Point(x, y).buffer(1)):
                continue
            floor.fixture(Box(x - 0.4, y, x + 0.4, y + 0.8), "obstruction")
            ref = f"{letter}-{number}"
            floor.amenity(x, y - 1, "parking.bay", f"{ref} / {ref}", his=f"P2-{ref}")


def _park(floor: Floor, zone: Space, bays: Box) -> None:
    """Draw the two bays between two pillars as what one walks around, where there is room."""
    room = shapely.box(bays.x0 - _CLEAR_M, bays.y0, bays.x1 + _CLEAR_M, bays.y1)
    if zone.shape.buffer(0.01).contains(room):
        floor.fixture(bays, "obstruction")

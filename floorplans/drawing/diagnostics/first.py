"""Diagnostics, floor 1F: radiology, CT, MRI, and the two windows that are open at night."""

from typing import Any

from floorplans.drawing.diagnostics.core import (
    CLINIC,
    HALL,
    STREET,
    bed_door,
    draw_spine,
    staff,
)
from floorplans.drawing.kit import Box, Door, Floor, R, Space, numbers
from floorplans.drawing.kit.items import Side
from floorplans.drawing.layout import DAY

NIGHT_DOOR_X = 161.5
"""East of here the street is open at night, from the emergency building alone."""
NIGHT = "18:00-07:00"


def draw_first(floor: Floor) -> None:
    """Draw the floor."""
    street = Box(STREET.x0, STREET.y0, NIGHT_DOOR_X, STREET.y1)
    floor.corridor(street, "医技街 / Diagnostics Street")
    night = Box(NIGHT_DOOR_X, STREET.y0, STREET.x1, STREET.y1)
    east = floor.corridor(night, "医技街东段 / Diagnostics Street East", description=_NIGHT_WORDS)
    public = {"hours": DAY, "description": _NIGHT_WORDS}
    for y, width, how in ((146.85, 1.5, public), (149.3, 1.3, {"access": "staff"})):
        sliding: dict[str, Any] = {"kind": "sliding", "automatic": True, "material": "glass"}
        floor.door(NIGHT_DOOR_X, y, width, axis="y", **sliding | how)
    name = "夜间出口 / Night Exit"
    floor.door(NIGHT_DOOR_X, 148.12, 0.95, axis="y", one_way_to=east, material="glass", name=name)
    draw_spine(floor, "医技楼电梯厅 / Diagnostics Lift Lobby")
    floor.exit(100, 148)
    floor.exit(100, 153)
    floor.exit(180, 153)
    _draw_reception(floor)
    _draw_film_collection(floor)
    _draw_xray(floor)
    _draw_ct(floor)
    _draw_ct_technics(floor)
    _draw_mri(floor)
    _draw_mri_rooms(floor)
    _draw_night_windows(floor)
    _draw_night_waiting(floor)
    _draw_east(floor)
    _draw_offices(floor)


_NIGHT_WORDS = (
    "18:00至次日7:00请从急诊楼过来，检验和取药窗口照常开放 / "
    "From 18:00 to 7:00 please come from Emergency; laboratory and pharmacy windows stay open"
)


def _draw_reception(floor: Floor) -> None:
    """Draw the hall and the imaging reception with its waiting area."""
    floor.corridor(HALL, "医技楼大厅 / Diagnostics Hall", category="lobby")
    desk = floor.open_area(
        Box(144, 130, 152, 134.5), "imagingreception", "影像登记台 / Imaging Desk", ref="B101"
    )
    floor.desk(Box(145, 132, 151, 132.8), "登记台 / Reception desk")
    floor.occupant(
        desk,
        "imagingreception",
        "登记处 / Imaging Reception: 预约检查, 影像登记, 预约登记, book a scan, appointments",
        his="IMGREG",
        hours=CLINIC,
        at=(148, 133.7),
    )
    waiting = floor.open_area(
        Box(144, 134.5, 152, 146), "waitingroom", "影像候诊区 / Imaging Waiting Area", ref="B102"
    )
    floor.occupant(
        waiting,
        "radiology",
        "放射科 / Radiology: 拍片, X光, 胸片, 影像科, x-ray, imaging",
        his="RAD",
        hours=CLINIC,
        at=(144.8, 141),
    )
    floor.seats(Box(146, 136.2, 151, 144.6))
    floor.amenity(151.4, 145.4, "powerchargingstation")


def _draw_film_collection(floor: Floor) -> None:
    """Draw where films and reports are handed out."""
    films = floor.open_area(
        Box(128, 130, 136, 138), "filmcollection", "取片区 / Film Collection Area", ref="B103"
    )
    floor.door(128, 136.6, 1.0, access="staff")
    floor.desk(Box(129, 131, 129.8, 135), "取片台 / Collection desk")
    floor.occupant(
        films,
        "filmcollection",
        "取片处 / Film Collection: 取片, 拿片子, 拿报告, 取报告, reports, films",
        his="FILM",
        hours="07:30-18:00",
        at=(131, 133),
    )
    floor.amenity(
        133.2, 137.4, "checkin.selfservice", "自助取片机 / Film Printers: 打印胶片, 打印报告"
    )


def _draw_xray(floor: Floor) -> None:
    """Draw four X-ray rooms along the street, changing cabins between them, staff behind."""
    names = (
        "X光1室 / X-ray Room 1: DR1, 拍片, 胸片",
        "X光2室 / X-ray Room 2: DR2, 拍片, 胸片",
        "X光3室 / X-ray Room 3: DR3, 拍片, 骨片",
        "乳腺钼靶室 / Mammography: 钼靶, 乳腺, breast",
    )
    boxes = (
        Box(104, 150, 110, 157),
        Box(112.6, 150, 118.6, 157),
        Box(118.6, 150, 124.6, 157),
        Box(127.2, 150, 133.5, 157),
    )
    for box, name, ref, his in zip(
        boxes, names, numbers("B111"), ("DR1", "DR2", "DR3", "MG"), strict=False
    ):
        floor.room(box, "xray", name, door=bed_door("S"), ref=ref, his=his)
        floor.fixture(Box(box.x0 + 1.5, 153.6, box.x0 + 3.8, 154.5), "equipment")
    _draw_cabins(floor, Box(110, 150, 112.6, 152.2))
    _draw_cabins(floor, Box(124.6, 150, 127.2, 152.2))
    behind = ("影像耗材库 / Imaging Supplies", "设备间 / Equipment Room", "读片室 / Viewing Room")
    for x, name in zip((104, 112.6, 118.6), behind, strict=True):
        floor.room(Box(x, 157, x + 6, 161), "office", name, door="N", access="staff")
    floor.room(
        Box(127.2, 157, 133.5, 161), "office", "质控室 / Quality Control", door="N", access="staff"
    )
    for x in (110, 124.6):
        control = Box(x, 152.2, x + 2.6, 161)
        sides = [Door("N"), Door("W", 2.3), Door("E", 2.3)]
        floor.room(
            control, "office", "操作间 / Control Room", door=sides, access="staff", key=f"dr {x}"
        )
    floor.room(
        Box(100, 157, 104, 161), "storage", "铅衣间 / Lead Apron Store", door="N", access="staff"
    )


def _draw_cabins(floor: Floor, box: Box) -> None:
    """Draw two changing cabins between the rooms that they serve."""
    middle = (box.x0 + box.x1) / 2
    street: Side = "N" if box.y1 == STREET.y0 else "S"
    halves: tuple[tuple[float, float, Side], ...] = (box.x0, middle, "W"), (middle, box.x1, "E")
    for x0, x1, side in halves:
        floor.room(
            Box(x0, box.y0, x1, box.y1),
            "changingroom",
            "更衣间 / Changing Cabin",
            door=[Door(street, width_m=0.9), Door(side, width_m=0.9)],
            key=f"cabin {x0}",
        )


def _draw_ct(floor: Floor) -> None:
    """Draw three CTs on the street with their control rooms and a staff corridor behind."""
    floor.corridor(
        [Box(100, 135.3, 102.7, 146), Box(102.7, 135.3, 128, 138)],
        "CT医护走廊 / CT Staff Corridor",
        access="staff",
    )
    floor.door(101.35, 146, 1.3, access="staff")
    for number, x in ((1, 102.7), (2, 112.4), (3, 118.9)):
        name = f"CT{number}室 / CT Room {number}"
        ct = floor.room(
            Box(x, 138, x + 6.5, 146), "ct", name, door=bed_door("N"), ref=f"B12{number}"
        )
        floor.fixture(Box(x + 2.2, 140.2, x + 4.3, 142), "equipment", "CT机 / CT scanner")
        floor.occupant(ct, "ct", name, his=f"CT{number}", hours=CLINIC)
    for x in (109.2, 125.4):
        floor.room(
            Box(x, 138, x + 3.2, 143.6),
            "office",
            "CT操作间 / CT Control Room",
            door=[Door("S"), Door("W", 1.5), *([Door("E", 1.5)] if x == 109.2 else [])],
            access="staff",
            key=f"ct control {x}",
        )
        _draw_cabins(floor, Box(x, 143.6, x + 3.2, 146))
    floor.room(
        Box(128.6, 138, 132.3, 146),
        "injectionroom",
        "增强准备室 / Contrast Preparation: 打造影剂, 留置针, 增强观察",
        door=bed_door("N"),
        ref="B124",
    )
    waiting = floor.open_area(
        Box(132.3, 138, 136, 146), "waitingroom", "CT候诊区 / CT Waiting Area", ref="B125"
    )
    floor.seats(Box(133, 140, 133.6, 144.6), along="N")
    floor.occupant(
        waiting,
        "ct",
        "CT室 / CT: 拍CT, CT检查, scan, cat scan",
        his="CT",
        hours=CLINIC,
        at=(134.8, 142),
    )


def _draw_ct_technics(floor: Floor) -> None:
    """Draw the rooms south of the staff corridor."""
    floor.row(
        (100, 130),
        5.3,
        [
            staff(6, "CT设备间 / CT Equipment", "plantroom"),
            staff(5, "三维后处理室 / 3D Workstations"),
            staff(5, "技师休息室 / Radiographers' Rest"),
            staff(5, "护士准备间 / Nurses' Preparation"),
            staff(4, "高值耗材库 / Contrast Store", "storage"),
            staff(3, "员工卫生间 / Staff Toilet", "restroom.unisex"),
        ],
        end=128,
        door="N",
    )


def _draw_mri(floor: Floor) -> None:
    """Draw where one waits for MRI, and the door that keeps metal out."""
    waiting = floor.open_area(
        Box(152, 139.4, 158, 146),
        "waitingroom",
        "核磁候诊区 / MRI Waiting Area",
        ref="B130",
        clear_width_m=2.5,
    )
    floor.seats(Box(152.4, 141, 154.8, 144.4))
    floor.occupant(
        waiting,
        "mri",
        "核磁共振室 / MRI: 核磁, 磁共振, MR, scan",
        his="MRI",
        hours=CLINIC,
        at=(155.8, 140.8),
        description="请取下手表、手机、钥匙等金属物品 / Please leave all metal here",
    )
    floor.corridor(Box(152, 136.7, 180, 139.4), "核磁检查走廊 / MRI Corridor", is_open=False)
    floor.door(156.6, 139.4, 1.6, name="核磁控制门 / MRI Safety Door", material="metal")
    floor.exit(180, 138)


def _draw_mri_rooms(floor: Floor) -> None:
    """Draw two scanners, what is changed and watched beside them, and preparation."""
    floor.row(
        (152, 130),
        6.7,
        [
            R.of(3, "changingroom", "核磁更衣室 / MRI Changing Room", door=Door("N")),
            R.of(9, "mri", "核磁1室 / MRI Room 1: 核磁, 磁共振", his="MRI1", door=bed_door("N")),
            staff(3.2, "核磁操作间 / MRI Control Room"),
            R.of(9, "mri", "核磁2室 / MRI Room 2: 核磁, 磁共振", his="MRI2", door=bed_door("N")),
            staff(None, "核磁设备间 / MRI Technical Room", "plantroom"),
        ],
        end=180,
        door="N",
        refs=numbers("B131"),
    )
    for x in (159.5, 171.7):
        floor.fixture(Box(x - 1, 131.5, x + 1, 133.8), "equipment", "磁体 / Magnet")
    floor.room(
        Box(158, 139.4, 161.5, 146),
        "treatmentroom",
        "核磁准备室 / MRI Preparation",
        door=bed_door("S"),
        ref="B136",
    )


def _draw_night_windows(floor: Floor) -> None:
    """Draw the windows of laboratory and pharmacy, and the staff rooms behind them."""
    windows = (
        (161.5, "pharmacy", "夜间药房窗口 / Night Pharmacy Window", "取药, 拿药, 夜间取药", "NPH"),
        (
            166.5,
            "laboratory",
            "夜间检验窗口 / Night Laboratory Window",
            "化验, 抽血, 夜间检验",
            "NLAB",
        ),
    )
    for (x, category, name, words, his), ref in zip(windows, ("B141", "B142"), strict=True):
        bay = floor.open_area(Box(x, 143.6, x + 5, 146), category, name, ref=ref)
        floor.occupant(bay, category, f"{name}: {words}", his=his, hours=NIGHT, at=(x + 2, 145.4))
        floor.desk(Box(x + 0.5, 144.1, x + 3, 144.7), "窗口 / Window")
    floor.room(
        Box(161.5, 139.4, 166.5, 143.6),
        "pharmacy",
        "夜间药房 / Night Pharmacy",
        door=Door("N", 4.3),
        access="staff",
    )
    floor.room(
        Box(166.5, 139.4, 171.5, 143.6),
        "laboratory",
        "夜间检验室 / Night Laboratory",
        door=Door("N", 4.3),
        access="staff",
    )


def _draw_night_waiting(floor: Floor) -> None:
    """Draw seats, drinks and a toilet for those who wait at night."""
    floor.open_area(
        Box(171.5, 139.4, 176, 146), "waitingroom", "夜间等候区 / Night Waiting Area", ref="B143"
    )
    floor.seats(Box(172.4, 140.6, 175.4, 143.4))
    floor.amenity(175.5, 145.4, "vendingmachine")
    floor.amenity(172, 145.4, "drinkingfountain", "夜间开水 / Drinking Water: 开水, 饮水机, water")
    floor.room(
        Box(176, 142.7, 180, 146),
        "restroom.unisex.wheelchair",
        "夜间卫生间 / Night Toilet: 厕所, 无障碍卫生间",
        door=Door("N", kind="sliding"),
        wheelchair=True,
        clear_width_m=1.5,
        ref="B144",
    )
    floor.room(
        Box(176, 139.4, 180, 142.7), "storage", "核磁库房 / MRI Store", door="S", access="staff"
    )


def _draw_east(floor: Floor) -> None:
    """Draw bone density and fluoroscopy beside the staff passage."""
    floor.room(
        Box(164.2, 150, 168.2, 157),
        "xray",
        "骨密度室 / Bone Density: 骨密度, 测骨密度, DXA",
        door=Door("S", 2.6, width_m=1.1, hours=DAY),
        ref="B145",
        his="DXA",
    )
    floor.room(
        Box(168.2, 150, 176, 157),
        "xray",
        "胃肠造影室 / Fluoroscopy: 钡餐, 造影, barium",
        door=Door("S", width_m=1.3, hours=DAY),
        ref="B146",
        his="GI",
    )
    floor.fixture(Box(171, 153.4, 173.4, 154.4), "equipment")
    floor.room(
        Box(164.2, 157, 168.2, 161),
        "office",
        "钡剂配制间 / Barium Preparation",
        door="N",
        access="staff",
    )
    floor.room(
        Box(168.2, 157, 176, 161),
        "office",
        "造影操作间 / Fluoroscopy Control",
        door=["N", Door("S", 1.2)],
        access="staff",
    )


def _draw_offices(floor: Floor) -> list[Space]:
    """Draw the radiologists' rooms along the north front."""
    return floor.row(
        (100, 163.7),
        6.3,
        [
            staff(6, "男更衣室 / Staff Changing (men)", "changingroom"),
            staff(6, "女更衣室 / Staff Changing (women)", "changingroom"),
            staff(4, "值班室 / Duty Room", "dutyroom"),
            staff(8, "示教室 / Teaching Room", "conferenceroom"),
            staff(13, "影像诊断中心 / Image Reading Centre", "doctorsoffice"),
            staff(6, "科主任办公室 / Head of Radiology"),
            staff(4, "员工卫生间 / Staff Toilets", "restroom.unisex"),
            staff(8, "医生办公室 / Radiologists' Office", "doctorsoffice"),
            staff(6, "影像机房 / Image Archive Servers", "serverroom"),
            staff(5, "耗材库 / Supplies", "storage"),
            staff(7, "技师办公室 / Radiographers' Office"),
            staff(None, "空调机房 / Ventilation Plant", "plantroom"),
        ],
        end=180,
        door="S",
    )

"""Diagnostics, floor 4F: operating theatres, intensive care, where families wait."""

from typing import Any

from floorplans.drawing.diagnostics.core import HALL, STREET, bed_door, draw_spine, staff
from floorplans.drawing.kit import Box, Door, Floor, R, numbers
from floorplans.drawing.kit.items import Side

VISITS = "Mo-Su 15:30-16:30"
"""When ICU patients may be visited."""
_THEATRES_X, _ICU_X = 130, 161.5


def draw_fourth(floor: Floor) -> None:
    """Draw the floor."""
    floor.corridor(
        Box(_THEATRES_X, STREET.y0, _ICU_X, STREET.y1), "手术层公共走廊 / Theatre Floor Corridor"
    )
    draw_spine(floor, "医技楼四层电梯厅 / Diagnostics Lift Lobby 4F")
    _draw_families(floor)
    _draw_talks(floor)
    _draw_clean_corridors(floor)
    _draw_theatres(floor)
    _draw_theatre_support(floor)
    _draw_theatre_stores(floor)
    _draw_icu_entrance(floor)
    _draw_icu(floor)
    _draw_icu_offices(floor)
    _draw_north(floor)


def _draw_families(floor: Floor) -> None:
    """Draw where families wait and where surgeons talk to them."""
    waiting = floor.open_area(
        [HALL, Box(144, 138.6, 152, 146)],
        "familywaiting",
        "家属等候大厅 / Family Waiting Hall",
        ref="B401",
        clear_width_m=2.5,
    )
    floor.occupant(
        waiting,
        "familywaiting",
        "家属等候区 / Family Waiting: 手术等候, 家属等候, relatives",
        his="FAMWAIT",
        at=(140, 143),
    )
    floor.seats(Box(137.2, 131.6, 142.8, 141))
    floor.seats(Box(145.4, 140, 150.8, 144.6))
    floor.amenity(151.4, 145.4, "vendingmachine")
    floor.amenity(136.6, 145.4, "powerchargingstation")


def _draw_talks(floor: Floor) -> None:
    """Draw where surgeons talk to families, and the reception."""
    floor.row(
        (144, 134),
        4.6,
        [
            R.of(4, "room", "手术谈话1室 / Interview Room 1: 谈话间, 签字"),
            R.of(4, "room", "手术谈话2室 / Interview Room 2: 谈话间, 签字"),
        ],
        end=152,
        door="N",
        refs=numbers("B402"),
    )
    floor.room(
        Box(144, 130, 152, 134),
        "lounge",
        "家属休息室 / Family Rest Room",
        door="W",
        is_open=False,
        ref="B404",
    )
    desk = floor.room(
        Box(130, 139.5, 136, 146),
        "room",
        "手术受理处 / Theatre Reception: 手术登记, 手术室前台",
        door=Door("E", 3.2, width_m=1.2),
        ref="B405",
    )
    floor.desk(Box(131.4, 141.4, 132.2, 144.2), "受理台 / Reception desk")
    floor.occupant(
        desk,
        "operatingtheatre",
        "手术中心 / Operating Theatres: 手术室, 开刀, surgery, theatre",
        his="OR",
        at=(134.6, 142.7),
        description="家属请在等候区等候 / Families please wait in the waiting hall",
    )


def _draw_clean_corridors(floor: Floor) -> None:
    """Draw the transfer hall and the corridors that only staff and patients on beds use."""
    floor.corridor(
        Box(126, 146, _THEATRES_X, 150), "手术换车厅 / Theatre Transfer", access="staff", ref="B406"
    )
    floor.corridor(Box(100, 146, 126, 150), "手术洁净走廊 / Clean Corridor North", access="staff")
    floor.corridor(
        Box(121, 139.5, 124, 146), "手术连接走廊 / Theatre Cross Corridor", access="staff"
    )
    floor.corridor(Box(100, 136.5, 128, 139.5), "手术南走廊 / Clean Corridor South", access="staff")
    for x, y in ((_THEATRES_X, 148), (126, 148), (128, 138.2)):
        width = 1.8 if y == 148 else 1.6
        sliding: dict[str, Any] = {"kind": "sliding", "automatic": True, "access": "staff"}
        floor.door(x, y, width, axis="y", **sliding)


def _draw_theatres(floor: Floor) -> None:
    """Draw ten theatres on both sides of the clean corridors."""
    wide: dict[str, Any] = {"width_m": 1.6, "kind": "sliding", "automatic": True}
    rows: tuple[tuple[tuple[float, float], float, Side, tuple[float, ...], int], ...] = (
        ((100, 130), 6.5, "N", (7, 7, 7, 7), 1),
        ((100, 139.5), 6.5, "S", (7, 7, 7), 5),
        ((104, 150), 7, "S", (7, 7, 7.5), 8),
    )
    for start, depth, side, widths, first in rows:
        rooms = [
            R.of(
                width,
                "operatingtheatre",
                f"手术{number}室 / Theatre {number}",
                access="staff",
                his=f"OR{number:02d}",
                door=Door(side, **wide),
            )
            for number, width in enumerate(widths, first)
        ]
        for space in floor.row(start, depth, rooms, refs=numbers(f"B4{10 + first}")):
            x, y = space.box.middle
            floor.fixture(Box(x - 1, y - 0.35, x + 1, y + 0.35), "equipment", "手术台 / Table")


def _draw_theatre_support(floor: Floor) -> None:
    """Draw holding and recovery."""
    floor.room(
        Box(124, 139.5, 130, 146),
        "observation",
        "术前准备室 / Holding Room",
        door=[bed_door("N", 1.2, width_m=1.6), bed_door("W", 3, width_m=1.6)],
        access="staff",
        ref="B421",
    )
    floor.beds((125.6, 139.5), 2, head="S", pitch_m=2.4)
    floor.room(
        Box(128, 130, 136, 139.5),
        "observation",
        "麻醉恢复室 / Recovery Room: 复苏室, PACU",
        access="staff",
        ref="B422",
        his="PACU",
    )
    floor.beds((129.4, 130), 3, head="S", pitch_m=2.4)
    floor.door(133, 139.5, 1.3, access="staff")


def _draw_theatre_stores(floor: Floor) -> None:
    """Draw the stores of the theatres."""
    floor.room(
        Box(125.5, 150, 133.5, 157),
        "storage",
        "器械准备室 / Instrument Preparation",
        door=[bed_door("S", 2)],
        access="staff",
        ref="B423",
    )
    floor.row(
        (104, 157),
        4,
        [
            staff(7, "刷手间 / Scrub Room", "changingroom"),
            staff(7, "无菌物品间 / Sterile Goods", "storage"),
            staff(7.5, "麻醉准备室 / Anaesthesia Preparation"),
            staff(None, "器械库 / Instrument Store", "storage"),
        ],
        end=133.5,
        door="N",
    )
    floor.room(
        Box(100, 157, 104, 161), "changingroom", "换鞋间 / Shoe Change", door="N", access="staff"
    )
    floor.door(107, 157, 1.2, access="staff")


def _draw_icu_entrance(floor: Floor) -> None:
    """Draw the visitors' way: a desk, a gowning room, a corridor behind glass."""
    desk = floor.open_area(
        Box(152, 141, 158, 146),
        "visitordesk",
        "ICU探视接待区 / ICU Visitors' Reception",
        ref="B430",
    )
    floor.desk(Box(154.6, 142.2, 156.6, 142.8), "探视接待台 / Visitors' desk")
    floor.occupant(
        desk,
        "icu",
        "重症医学科 / ICU: ICU, 重症监护, 重症探视, intensive care",
        his="ICU",
        hours=VISITS,
        at=(155, 144),
        description="每天15:30–16:30探视，请先登记 / Visits daily 15:30–16:30, register here",
    )
    floor.corridor(
        [Box(152, 130, 154.4, 141), Box(154.4, 130, 180, 132.4)],
        "ICU探视走廊 / ICU Visitors' Corridor",
        is_open=False,
        ref="B431",
    )
    floor.door(
        153.2,
        141,
        1.2,
        hours=VISITS,
        name="ICU探视入口 / ICU Visitors' Entrance",
        description="每天15:30–16:30探视 / Visiting daily 15:30–16:30",
    )
    floor.room(
        Box(154.4, 137, 158, 141),
        "changingroom",
        "探视更衣室 / Visitors' Gowning",
        door=["W", Door("E", access="staff")],
        ref="B432",
    )


def _draw_icu(floor: Floor) -> None:
    """Draw the ward: open bays, six rooms that visitors look into, a corridor for beds."""
    floor.corridor(Box(_ICU_X, 146, 180, 150), "ICU走廊 / ICU Corridor", access="staff")
    sliding: dict[str, Any] = {"kind": "sliding", "automatic": True, "access": "staff"}
    floor.door(_ICU_X, 148, 1.8, axis="y", **sliding)
    floor.door(167, 146, 1.8, axis="x", **sliding)
    floor.room(
        Box(158, 137, 176, 146),
        "icu",
        "ICU病区 / ICU Ward: 重症病房, 监护病房",
        access="staff",
        his="ICUWARD",
        ref="B433",
        clear_width_m=2.6,
    )
    refs = numbers("ICU01")
    for x, count in ((159.4, 2), (169.6, 3)):
        floor.beds((x, 146), count, head="N", pitch_m=2.6, refs=[next(refs) for _ in range(count)])
    floor.desk(Box(165.4, 140, 168.8, 142), "ICU护士站 / ICU nurses' desk")
    rooms = [
        R.of(3.6, "patientroom", f"ICU单间{number} / ICU Room {number}", access="staff")
        for number in range(1, 6)
    ]
    talk = R.of(3.6, "room", "ICU谈话间 / ICU Interview Room", door="W")
    for space in floor.row((154.4, 132.4), 4.6, [talk, *rooms], refs=numbers("B434"))[1:]:
        x, _ = space.box.middle
        floor.door(x, 137, 1.3, access="staff")
        floor.beds((x, 132.4), 1, head="S", refs=[next(refs)])
    floor.row(
        (176, 132.4),
        4,
        [
            staff(4.6, "ICU治疗室 / ICU Treatment", "treatmentroom"),
            staff(4.5, "ICU药品间 / ICU Drugs", "storage"),
            staff(None, "ICU设备库 / ICU Equipment", "storage"),
        ],
        along="N",
        end=146,
        door="W",
    )


def _draw_icu_offices(floor: Floor) -> None:
    """Draw the rooms between the ICU's corridor and the staff corridor."""
    floor.row(
        (164.2, 150),
        5.5,
        [
            staff(5.9, "ICU医生办公室 / ICU Doctors' Office", "doctorsoffice"),
            staff(None, "血气检验室 / Blood Gas Laboratory", "laboratory"),
        ],
        end=176,
        door="S",
    )
    floor.row(
        (164.2, 155.5),
        5.5,
        [
            staff(5.9, "ICU示教室 / ICU Teaching Room", "conferenceroom"),
            staff(None, "ICU值班室 / ICU Duty Room", "dutyroom"),
        ],
        end=176,
        door="N",
    )


def _draw_north(floor: Floor) -> None:
    """Draw changing rooms, offices and sterile supply along the north front."""
    spaces = floor.row(
        (100, 163.7),
        6.3,
        [
            staff(7, "男更衣淋浴 / Changing & Showers (men)", "changingroom"),
            staff(7, "女更衣淋浴 / Changing & Showers (women)", "changingroom"),
            staff(6, "医护休息室 / Staff Rest", "privatelounge"),
            staff(7, "麻醉科办公室 / Anaesthetists' Office", "doctorsoffice"),
            staff(7, "护士长办公室 / Head Nurse"),
            staff(9, "无菌物品存放间 / Sterile Store", "sterilesupply"),
            staff(9, "检查包装灭菌间 / Packing & Sterilising", "sterilesupply"),
            staff(9, "去污间 / Decontamination", "sterilesupply"),
            staff(7, "回收间 / Returned Instruments", "sterilesupply"),
            staff(5, "员工卫生间 / Staff Toilets", "restroom.unisex"),
            staff(None, "空调机房 / Ventilation Plant", "plantroom"),
        ],
        end=180,
        door="S",
    )
    floor.occupant(
        spaces[5],
        "sterilesupply",
        "消毒供应中心 / Sterile Supply: 供应室, CSSD",
        his="CSSD",
        access="staff",
    )

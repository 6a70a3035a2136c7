"""Emergency, floor 1F: walk-in hall, triage, resuscitation, tests and windows of its own."""

from typing import Any

from floorplans.drawing.emergency.core import AUTOMATIC, BED_DOOR_M, draw_north
from floorplans.drawing.kit import Box, Door, Floor, R, numbers

_ALWAYS = "24/7"


def draw_first(floor: Floor) -> None:
    """Draw the floor."""
    floor.corridor(Box(215, 146, 262, 150), "急诊主通道 / Emergency Main Corridor")
    draw_north(floor, "急诊电梯厅 / Emergency Lift Lobby")
    floor.exit(215, 162)
    floor.exit(275, 162)
    _draw_hall(floor)
    _draw_beside_entrance(floor)
    _draw_windows(floor)
    _draw_consulting(floor)
    _draw_resuscitation(floor)
    _draw_ambulances(floor)
    _draw_imaging(floor)
    _draw_centres(floor)
    _draw_observation(floor)
    _draw_children(floor)


def _draw_hall(floor: Floor) -> None:
    """Draw the entrance that is open day and night, the hall and the triage desk."""
    floor.corridor(Box(232, 125, 238, 128), "急诊门斗 / Emergency Porch", category="lobby")
    floor.entrance(235, 125, "急诊入口 / Emergency Entrance: 急诊大门, 步行入口, walk-in")
    floor.door(235, 128, 2.4, **AUTOMATIC)
    hall = floor.corridor(
        Box(229, 128, 241, 146), "急诊大厅 / Emergency Hall", category="lobby", clear_width_m=4.0
    )
    floor.occupant(
        hall,
        "emergency",
        "急诊科 / Emergency: 急诊, 急救, 急症, ER, A&E, accident",
        his="ED",
        hours=_ALWAYS,
        phone="0500-8888999",
        at=(237.5, 131.5),
    )
    floor.seats(Box(230.4, 134.4, 234, 143.6))
    floor.amenity(
        229.4, 129.4, "checkin.selfservice", "急诊自助机 / Self-service Machine: 挂号, 缴费"
    )
    floor.amenity(240.5, 145.4, "powerchargingstation")
    floor.amenity(229.5, 145.4, "vendingmachine")
    floor.amenity(240.6, 128.5, "defibrillator")
    name = "急诊保安岗 / Emergency Security Post: 保安, 求助, guard"
    floor.amenity(239.0, 129.4, "security", name, his="EDSEC", hours=_ALWAYS)
    floor.amenities("fireextinguisher", [(229.3, 134), (240.7, 136.5), (261.5, 149.7)])
    floor.amenity(
        240.6, 137.4, "drinkingfountain", "急诊开水 / Drinking Water: 开水, 饮水机, water"
    )


def _draw_beside_entrance(floor: Floor) -> None:
    """Draw trolleys and police beside the porch, and triage."""
    floor.row(
        (229, 125),
        3,
        [R.of(3, "wheelchairloan", "平车轮椅借用处 / Wheelchairs & Trolleys: 轮椅, 平车")],
        door=Door("N", width_m=1.2),
        ref="D101",
    )
    security = floor.room(
        Box(238, 125, 241, 128),
        "office",
        "急诊警务室 / Emergency Police Room",
        door="N",
        ref="D102",
    )
    floor.occupant(
        security,
        "police",
        "急诊警务室 / Emergency Police Room: 警察, 保安, 报警, security",
        his="EDPOL",
        hours=_ALWAYS,
    )
    triage = floor.open_area(
        Box(241, 125, 246, 130.4), "triage", "预检分诊台 / Triage Desk", ref="D103"
    )
    floor.desk(Box(243.4, 126.4, 244.2, 129.4), "分诊台 / Triage desk")
    floor.occupant(
        triage,
        "triage",
        "预检分诊 / Triage: 分诊, 预检, 分诊台",
        his="TRI",
        hours=_ALWAYS,
        at=(242.2, 128),
    )


def _draw_windows(floor: Floor) -> None:
    """Draw laboratory, cashier and pharmacy, which look into the hall from the west."""
    windows = (
        (128, "laboratory", "急诊检验 / Emergency Laboratory: 化验, 抽血, 验血", "EDLAB", "D104"),
        (
            134,
            "registrationcashier",
            "急诊收费 / Emergency Cashier: 挂号, 缴费, 交钱",
            "EDCA",
            "D105",
        ),
        (140, "pharmacy", "急诊药房 / Emergency Pharmacy: 取药, 拿药, 药房", "EDPH", "D106"),
    )
    for y, category, name, his, ref in windows:
        area = floor.open_area(Box(225, y, 229, y + 6), category, name.partition(":")[0], ref=ref)
        floor.desk(Box(226, y + 0.8, 226.6, y + 4.4), "窗口 / Window")
        floor.occupant(area, category, name, his=his, hours=_ALWAYS, at=(227.8, y + 3))
    staff = (
        (128, "laboratory", "急诊检验室 / Emergency Laboratory Room"),
        (134, "office", "收费办公室 / Cashiers' Office"),
        (140, "pharmacy", "急诊调剂室 / Emergency Dispensary"),
    )
    for y, category, name in staff:
        box = Box(215, y, 225, y + 6)
        floor.room(box, category, name, door=Door("E", 5.4, width_m=0.9), access="staff")
    floor.door(220, 146, 1.2, access="staff")
    floor.room(
        Box(215, 125, 222, 128), "electricalroom", "配电间 / Switch Room", door="N", access="staff"
    )
    floor.room(
        Box(222, 125, 229, 128),
        "bloodsampling",
        "急诊采血室 / Emergency Blood Sampling: 抽血",
        door=Door("N", 5),
        ref="D107",
    )


def _draw_consulting(floor: Floor) -> None:
    """Draw the consulting rooms on a corridor from the hall to the plaster room."""
    floor.corridor(Box(241, 130.4, 275, 133.1), "急诊诊室走廊 / Emergency Consulting Corridor")
    floor.exit(275, 131.75)
    rooms = (
        "急诊内科1诊室 / Emergency Medicine 1: 内科急诊",
        "急诊内科2诊室 / Emergency Medicine 2: 内科急诊",
        "急诊外科1诊室 / Emergency Surgery 1: 外科急诊",
        "急诊外科2诊室 / Emergency Surgery 2: 外科急诊",
        "五官科急诊 / Emergency ENT & Eyes: 耳鼻喉急诊, 眼科急诊",
    )
    floor.row(
        (246, 125),
        5.4,
        [
            *(R.of(4, "consultingroom", name) for name in rooms),
            R.of(5, "treatmentroom", "石膏室 / Plaster Room: 打石膏, 骨折固定"),
            R.of(None, "changingroom", "医护更衣室 / Staff Changing", access="staff"),
        ],
        end=275,
        door=Door("N", width_m=1.1),
        refs=numbers("D111"),
    )
    debridement = floor.room(
        Box(241, 133.1, 249, 139.5),
        "dressingroom",
        "清创室 / Wound Care: 清创缝合, 缝针, 包扎, stitches",
        door=Door("S", width_m=BED_DOOR_M),
        ref="D118",
    )
    floor.occupant(
        debridement,
        "dressingroom",
        "清创缝合室 / Wound Care Room: 清创, 缝针, stitches",
        his="DEB",
        hours=_ALWAYS,
    )
    floor.fixture(Box(243.6, 136.4, 245.6, 137.2), "equipment", "治疗床 / Table")


def _draw_resuscitation(floor: Floor) -> None:
    """Draw resuscitation between the ambulances and the main corridor, trauma beside it."""
    wide: dict[str, Any] = {"width_m": 2.0, **AUTOMATIC}
    resuscitation = floor.room(
        Box(249, 133.1, 262, 146),
        "resuscitation",
        "抢救室 / Resuscitation Room",
        door=[Door("E", 9, **wide), Door("N", 6.5, **wide)],
        access="staff",
        ref="D119",
        clear_width_m=3.0,
    )
    floor.occupant(
        resuscitation,
        "resuscitation",
        "急诊抢救室 / Resuscitation: 抢救, 红区, resus",
        his="RES",
        hours=_ALWAYS,
        at=(256, 143.4),
    )
    bays = numbers("R01")
    floor.beds((250.4, 133.1), 5, head="S", pitch_m=2.5, refs=[next(bays) for _ in range(5)])
    floor.beds((249, 139.4), 2, head="W", pitch_m=2.4, refs=[next(bays) for _ in range(2)])
    floor.desk(Box(255, 138.4, 257.6, 140), "抢救护士站 / Resuscitation nurses")
    trauma = floor.room(
        Box(241, 139.5, 249, 146),
        "traumacenter",
        "创伤处置室 / Trauma Room",
        door=[Door("N", 4, **wide), Door("E", 5.4, width_m=1.6, access="staff")],
        ref="D120",
    )
    floor.beds((243, 139.5), 2, head="S", pitch_m=3)
    floor.occupant(
        trauma,
        "traumacenter",
        "创伤中心 / Trauma Centre: 外伤, 创伤, 创伤急救, injury",
        his="TRA",
        hours=_ALWAYS,
        at=(245, 143.5),
    )


def _draw_ambulances(floor: Floor) -> None:
    """Draw the hall that ambulance crews come into, and what stands about it."""
    floor.corridor(
        Box(262, 136, 275, 152), "救护车大厅 / Ambulance Hall", category="lobby", access="staff"
    )
    floor.service_door(
        275, 145, 2.8, name="救护车入口 / Ambulance Bay", kind="sliding", automatic=True
    )
    floor.door(262, 148, 2.4, axis="y", access="staff", **AUTOMATIC)
    floor.row(
        (262, 133.1),
        2.9,
        [
            R.of(6.5, "room", "洗消间 / Decontamination"),
            R.of(None, "office", "120调度室 / Ambulance Dispatch"),
        ],
        end=275,
        door=Door("N", width_m=1.3),
        access="staff",
        refs=numbers("D121"),
    )
    floor.row(
        (262, 152),
        6,
        [
            R.of(6.5, "treatmentroom", "洗胃室 / Gastric Lavage"),
            R.of(None, "resuscitation", "隔离抢救室 / Isolation Resuscitation"),
        ],
        end=275,
        door=Door("S", width_m=1.6),
        access="staff",
        refs=numbers("D123"),
    )
    floor.amenity(274.4, 139, "handsanitizerstation")


def _draw_imaging(floor: Floor) -> None:
    """Draw CT and X-ray, open at night when radiology is not."""
    ct = floor.room(
        Box(215, 150, 221.5, 158),
        "ct",
        "急诊CT室 / Emergency CT",
        door=Door("S", width_m=1.6),
        ref="D125",
    )
    floor.fixture(Box(217.2, 153, 219.3, 155), "equipment", "CT机 / CT scanner")
    floor.occupant(ct, "ct", "急诊CT / Emergency CT: 拍CT, CT, scan", his="EDCT", hours=_ALWAYS)
    floor.room(
        Box(221.5, 150, 224, 158),
        "office",
        "影像操作间 / Imaging Control",
        door=["N", Door("W", 2), Door("E", 2)],
        access="staff",
    )
    xray = floor.room(
        Box(224, 150, 229, 158),
        "xray",
        "急诊X光室 / Emergency X-ray Room",
        door=Door("S", width_m=1.4),
        ref="D126",
    )
    floor.fixture(Box(225.2, 154.4, 227.4, 155.2), "equipment")
    floor.occupant(
        xray, "xray", "急诊X光 / Emergency X-ray: 拍片, X光, 骨片", his="EDXR", hours=_ALWAYS
    )
    floor.row(
        (218, 160.7),
        4.3,
        [R.of(4, "dutyroom", "影像值班室 / Imaging Duty Room", access="staff")],
        door="S",
    )


def _draw_centres(floor: Floor) -> None:
    """Draw chest pain and stroke along the main corridor."""
    wide = Door("S", width_m=1.4)
    chest = floor.room(
        Box(241, 150, 245.5, 158),
        "chestpaincenter",
        "胸痛诊室 / Chest Pain Room",
        door=wide,
        ref="D127",
    )
    floor.occupant(
        chest,
        "chestpaincenter",
        "胸痛中心 / Chest Pain Centre: 胸痛, chest pain",
        his="CPC",
        hours=_ALWAYS,
    )
    stroke = floor.room(
        Box(245.5, 150, 250, 158), "strokecenter", "卒中诊室 / Stroke Room", door=wide, ref="D128"
    )
    floor.occupant(
        stroke,
        "strokecenter",
        "卒中中心 / Stroke Centre: 脑卒中, 中风, stroke",
        his="STR",
        hours=_ALWAYS,
    )


def _draw_observation(floor: Floor) -> None:
    """Draw the observation ward."""
    observation = floor.room(
        Box(250, 150, 262, 158),
        "observation",
        "留观室 / Observation Ward",
        door=[Door("S", 3, width_m=1.4), Door("N", 10.4, width_m=BED_DOOR_M)],
        ref="D129",
        clear_width_m=1.8,
    )
    beds = numbers("G01")
    floor.beds((251.2, 158), 4, head="N", refs=[next(beds) for _ in range(4)])
    floor.beds((255.6, 150), 3, head="S", refs=[next(beds) for _ in range(3)])
    floor.occupant(
        observation,
        "observation",
        "急诊留观 / Observation: 留观, 观察室, 输液观察",
        his="OBS",
        hours=_ALWAYS,
        at=(252.6, 153.4),
    )


def _draw_children(floor: Floor) -> None:
    """Draw paediatric emergency and the infusion room on the quiet side."""
    waiting = floor.open_area(
        Box(241, 160.7, 247, 165),
        "waitingroom",
        "儿科急诊候诊区 / Children's Waiting Area",
        ref="D130",
    )
    floor.seats(Box(242, 163.6, 246, 164.2))
    floor.occupant(
        waiting,
        "paediatrics",
        "儿科急诊 / Paediatric Emergency: 小儿急诊, 儿童急诊, 儿科, children",
        his="PEDED",
        hours=_ALWAYS,
        at=(244, 162),
    )
    infusion = floor.row(
        (247, 160.7),
        4.3,
        [
            R.of(4, "consultingroom", "儿科急诊1诊室 / Paediatric Emergency 1"),
            R.of(4, "consultingroom", "儿科急诊2诊室 / Paediatric Emergency 2"),
            R.of(4, "treatmentroom", "儿科雾化处置室 / Children's Treatment: 雾化"),
            R.of(13, "infusionroom", "急诊输液室 / Emergency Infusion Room", door=Door("S", 3)),
        ],
        end=272,
        door=Door("S", width_m=1.1),
        refs=numbers("D131"),
    )[-1]
    floor.occupant(
        infusion,
        "infusionroom",
        "急诊输液 / Emergency Infusion: 输液, 打针, 挂水, drip",
        his="EDINF",
        hours=_ALWAYS,
    )
    floor.seats(Box(263.6, 163.8, 271, 164.4), amenity=False)

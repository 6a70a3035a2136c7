"""Infectious diseases, floor 1F: fever clinic and enteric clinic, each step further west.

Patients come in from the east and cannot go back; desk, doctors, tests and medicine follow in the
order in which they are needed, and the way out is on the west.
"""

from typing import Any

from floorplans.drawing.infectious.zones import draw_clean_zone, draw_locks
from floorplans.drawing.kit import Box, Door, Floor, R, numbers

_ALWAYS = "24/7"
_ENTERIC = "Apr-Oct 00:00-24:00; Nov-Mar 08:00-17:30"
"""Enteric clinics are open day and night in the warm half of the year (ours)."""
_BED_DOOR = Door("N", width_m=1.3)
_SLIDING: dict[str, Any] = {"kind": "sliding", "automatic": True, "material": "glass"}


def draw_first(floor: Floor) -> None:
    """Draw the floor."""
    clean = draw_clean_zone(floor, _list_clean_rooms())
    floor.service_door(260, 230, 1.4, name="医护入口 / Staff Entrance")
    half_clean = floor.corridor(
        Box(234, 218.1, 262, 220.2), "半污染区走廊 / Half-clean Corridor", access="staff"
    )
    draw_locks(floor, clean, half_clean)
    _draw_entrance(floor)
    corridor = floor.corridor(Box(234, 210.4, 262, 213.1), "患者通道 / Patients' Corridor")
    exit_hall = floor.corridor(
        Box(230, 210.4, 234, 218.1), "离院厅 / Way-out Hall", category="lobby"
    )
    for x, into, name in (
        (262, corridor, "就诊区 / Consulting Area"),
        (234, exit_hall, "离院通道 / Way Out"),
    ):
        floor.door(x, 211.75, 1.8, axis="y", one_way_to=into, name=name, **_SLIDING)
    floor.entrance(
        230,
        217,
        "感染楼出口 / Infectious Diseases Exit: 发热门诊出口",
        1.8,
        one_way_to="outside",
    )
    _draw_consulting(floor)
    _draw_services(floor)
    _draw_windows(floor)
    _draw_xray_and_toilets(floor)


def _list_clean_rooms() -> list[R]:
    return [
        R.of(5, "plantroom", "新风机房 / Fresh Air Plant"),
        R.of(5, "conferenceroom", "会诊室 / Consultation Room"),
        R.of(5, "doctorsoffice", "医生办公室 / Doctors' Office"),
        R.of(4, "dutyroom", "值班室 / Duty Room"),
        R.of(4, "restroom.unisex", "员工卫生间 / Staff Toilets"),
        R.of(5, "changingroom", "一更女 / Changing (women)"),
        R.of(None, "lobby", "员工入口厅 / Staff Entrance Hall", is_open=False),
        R.of(5, "changingroom", "一更男 / Changing (men)"),
        R.of(3, "storage", "防护用品库 / Protective Clothing"),
    ]


def _draw_entrance(floor: Floor) -> None:
    """Draw the way in, where everybody is asked for fever and travel, and the seats."""
    hall = floor.corridor(
        Box(262, 210.4, 270, 218.1), "分诊厅 / Screening Hall", category="lobby", clear_width_m=3.0
    )
    floor.entrance(
        270,
        217,
        "发热门诊入口 / Fever Clinic Entrance: 感染楼入口, 发热入口",
        1.8,
        one_way_to=hall,
    )
    floor.desk(Box(263.4, 215.4, 264.2, 216.9), "分诊台 / Screening desk")
    floor.amenity(264.9, 216, "healthscreening", "发热预检 / Fever Screening: 预检, 量体温")
    floor.amenity(269.5, 215.4, "handsanitizerstation")
    floor.occupant(
        hall,
        "feverclinic",
        "发热门诊 / Fever Clinic: 发烧, 发热, 发热筛查, fever",
        his="FEV",
        hours=_ALWAYS,
        phone="0500-8888995",
        at=(266, 214.6),
        description="请戴好口罩，从东侧入口进入 / Please wear a mask and use the east entrance",
    )
    floor.open_area(
        Box(262, 205, 270, 210.4), "waitingroom", "发热候诊区 / Fever Waiting Area", ref="E101"
    )
    floor.seats(Box(263.4, 206, 268.6, 209), aisle_m=1.8)
    floor.amenity(
        269.6, 209.8, "drinkingfountain", "感染楼开水 / Drinking Water: 开水, 饮水机, water"
    )
    floor.exit(270, 206.6)


def _draw_consulting(floor: Floor) -> None:
    """Draw the doctors' rooms south of the corridor; the enteric clinic is the western part."""
    fever = [
        R.of(4, "consultingroom", f"发热{number}诊室 / Fever Consulting Room {number}")
        for number in (2, 1)
    ]
    spaces = floor.row(
        (230, 205),
        5.4,
        [
            R.of(2, "restroom.family", "家庭卫生间 / Family Toilet", wheelchair=True),
            R.of(2, "restroom.unisex", "肠道卫生间 / Enteric Toilet"),
            R.of(4, "observation", "肠道留观室 / Enteric Observation: 补液", door=_BED_DOOR),
            R.of(4, "consultingroom", "肠道1诊室 / Enteric Consulting Room 1"),
            R.of(6, "observation", "发热留观室 / Fever Observation: 输液", door=_BED_DOOR),
            R.of(4, "consultingroom", "儿童发热诊室 / Children's Fever Room: 小儿发热"),
            *fever,
            R.of(None, "bloodsampling", "发热采样室 / Swabs & Blood: 核酸, 抽血", his="FEVBLD"),
        ],
        end=262,
        door=Door("N", width_m=1.0),
        refs=numbers("E102"),
    )
    floor.occupant(
        spaces[3],
        "entericclinic",
        "肠道门诊 / Enteric Clinic: 拉肚子, 腹泻, diarrhoea",
        his="ENTERIC",
        hours=_ENTERIC,
    )
    floor.beds((235, 205), 2, head="S", pitch_m=1.9)
    floor.beds((243, 205), 3, head="S", pitch_m=1.9)


def _draw_services(floor: Floor) -> None:
    """Draw desk, pharmacy, laboratory, X-ray and toilets north of the corridor."""
    desk = floor.open_area(
        Box(257.2, 213.3, 262, 218.1),
        "registrationcashier",
        "发热挂号收费窗口 / Fever Desk",
        ref="E111",
    )
    floor.solid([Box(257, 213.1, 257.2, 218.1), Box(257.2, 213.1, 262, 213.3)])
    floor.desk(Box(258.4, 214.4, 259, 217.2), "窗口 / Window")
    floor.door(257.8, 218.1, 0.9, access="staff")
    floor.occupant(
        desk,
        "registrationcashier",
        "发热门诊收费 / Fever Clinic Registration & Cashier: 挂号, 缴费",
        his="FEVREG",
        hours=_ALWAYS,
        at=(260.6, 215.6),
    )


def _draw_windows(floor: Floor) -> None:
    """Draw pharmacy and laboratory: a window each, staff behind."""
    for x0, x1, category, name, his, ref in (
        (253, 257, "pharmacy", "发热药房 / Fever Clinic Pharmacy: 取药, 拿药", "FEVPH", "E112"),
        (
            248.5,
            253,
            "laboratory",
            "发热检验 / Fever Clinic Laboratory: 化验, 验血",
            "FEVLAB",
            "E113",
        ),
    ):
        area = floor.open_area(
            Box(x0, 213.1, x1, 215.3), category, f"{name.partition(':')[0]}", ref=ref
        )
        floor.desk(Box(x0 + 0.6, 214.3, x1 - 1.9, 214.8), "窗口 / Window")
        floor.room(
            Box(x0, 215.3, x1, 218.1),
            category,
            {"pharmacy": "发热药库 / Fever Drugs", "laboratory": "发热检验室 / Fever Test Room"}[
                category
            ],
            door=["N", Door("S", x1 - x0 - 0.6, width_m=0.9)],
            access="staff",
        )
        floor.occupant(area, category, name, his=his, hours=_ALWAYS, at=((x0 + x1) / 2, 213.6))


def _draw_xray_and_toilets(floor: Floor) -> None:
    """Draw X-ray with its control room, and the toilets."""
    floor.row(
        (234, 213.1),
        5,
        [
            R.of(
                2.2,
                "restroom.wheelchair",
                door=Door("S", kind="sliding"),
                wheelchair=True,
                clear_width_m=1.5,
            ),
            R.of(2.4, "restroom.female"),
            R.of(2.4, "restroom.male"),
            R.of(
                2, "office", "X光操作间 / X-ray Control", access="staff", door=["N", Door("E", 3)]
            ),
            R.of(
                None,
                "xray",
                "发热X光室 / Fever Clinic X-ray: 拍片, 胸片",
                his="FEVXR",
                door=Door("S", width_m=1.3),
            ),
        ],
        end=248.5,
        door=Door("S", width_m=1.0),
        refs=numbers("E114"),
    )
    floor.fixture(Box(244.4, 215.4, 246.4, 216.2), "equipment")

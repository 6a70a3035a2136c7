"""Outpatient Building 3F: surgery, dressing rooms, day surgery."""

from floorplans.drawing.kit import Box, Building, Door, Floor, R
from floorplans.drawing.layout import CLINICS
from floorplans.drawing.outpatient.clinics import (
    Area,
    Clinic,
    draw_area,
    draw_cashier,
    draw_waiting,
    office,
    room,
)
from floorplans.drawing.outpatient.frame import draw_north, draw_ring, draw_void, draw_zone

_GENERAL = Clinic(
    "generalsurgery", "普外科 / General Surgery: 普通外科, 胃肠外科, 肝胆外科, 疝气, 外科", "GSUR"
)
_ORTHO = Clinic(
    "orthopaedics",
    "骨科 / Orthopaedics: 骨伤, 骨伤科, 看骨头, 骨折, orthopedics, bone clinic",
    "ORTH",
)
_UROLOGY = Clinic("urology", "泌尿外科 / Urology: 泌尿科, 男科, 结石, 前列腺, 外科", "UROL")
_NEUROSURGERY = Clinic(
    "neurosurgery", "神经外科 / Neurosurgery: 神外, 脑外科, brain surgery, 外科", "NSUR"
)
_THORACIC = Clinic("thoracicsurgery", "胸外科 / Thoracic Surgery: 胸科, 肺结节, 外科", "THOR")
_BREAST = Clinic(
    "breastthyroid",
    "甲乳外科 / Breast & Thyroid: 乳腺科, 甲状腺外科, 看乳腺, breast clinic, 外科",
    "BRTH",
)
_PROCTOLOGY = Clinic("proctology", "肛肠科 / Proctology: 痔疮, 肛肠外科, 外科", "PROC")
_PAIN = Clinic("painclinic", "疼痛科 / Pain Clinic: 疼痛门诊", "PAIN")
_PLASTIC = Clinic(
    "plasticsurgery", "烧伤整形科 / Burns & Plastic Surgery: 烫伤, 整形, 疤痕, burns", "PLAS"
)
_DAY = Clinic(
    "daysurgery",
    "门诊手术室 / Day Surgery: 门诊手术, 小手术, 日间手术",
    "DAYS",
    "Mo-Fr 08:00-17:00",
)
_AREAS = (
    Area(
        "W",
        60,
        1,
        [_GENERAL],
        south=[
            room(
                None,
                "伤口造口门诊 / Wound & Stoma Clinic: 造口, 伤口",
                "consultingroom",
                his="STOM",
            ),
            *_GENERAL.rooms(3),
        ],
        north=[
            office(4.2),
            room(None, "疝气评估室 / Hernia Assessment"),
            *_GENERAL.rooms(2, first=4),
        ],
    ),
    Area(
        "W",
        72,
        2,
        [_ORTHO],
        south=[room(None, "石膏室 / Plaster Room: 打石膏, 拆石膏"), *_ORTHO.rooms(1)],
        north=[office(3.6), *_ORTHO.rooms(4, first=2)],
    ),
    Area(
        "W",
        84,
        3,
        [_UROLOGY],
        south=[
            room(5.4, "尿流动力室 / Urodynamics"),
            room(None, "膀胱镜室 / Cystoscopy: 膀胱镜"),
            *_UROLOGY.rooms(2),
        ],
        north=[
            office(3.6),
            room(None, "碎石治疗室 / Stone Treatment: 碎石"),
            *_UROLOGY.rooms(2, first=3),
        ],
    ),
    Area(
        "W",
        96,
        4,
        [_THORACIC, _NEUROSURGERY],
        south=[
            *_THORACIC.rooms(2, 4.5),
            room(None, "肺结节门诊 / Lung Nodule Clinic", "consultingroom"),
            *_NEUROSURGERY.rooms(1, 4.5),
        ],
        north=[
            office(4.5),
            office(None, "示教室 / Teaching Room"),
            *_NEUROSURGERY.rooms(2, 4.5, 2),
        ],
    ),
    Area(
        "E",
        60,
        5,
        [_BREAST],
        south=[
            *_BREAST.rooms(3),
            room(None, "乳腺超声室 / Breast Ultrasound: 乳腺彩超", "ultrasound"),
        ],
        north=[
            office(3.6),
            room(None, "乳腺钼靶室 / Mammography: 钼靶", "xray", clear_width_m=1.5),
            room(4.5, "穿刺活检室 / Biopsy Room: 穿刺"),
            *_BREAST.rooms(1, first=4),
        ],
    ),
    Area(
        "E",
        72,
        6,
        [_PROCTOLOGY, _PAIN],
        south=[*_PROCTOLOGY.rooms(1), room(None, "肛肠检查治疗室 / Proctology Treatment")],
        north=[
            office(3.6),
            room(None, "疼痛治疗室 / Pain Treatment: 打封闭, 神经阻滞"),
            *_PAIN.rooms(2),
            *_PROCTOLOGY.rooms(1, first=2),
        ],
    ),
    Area(
        "E",
        84,
        7,
        [_PLASTIC],
        south=[room(None, "激光治疗室 / Laser Treatment: 激光"), *_PLASTIC.rooms(2, 4.5)],
        north=[
            office(4.5),
            room(None, "烧伤换药浸浴室 / Burns Bath & Dressing"),
            *_PLASTIC.rooms(1, 4.5, 3),
        ],
    ),
)


def draw(building: Building) -> None:
    """Draw the floor."""
    floor = building.floors["3F"]
    draw_ring(floor, "三楼")
    draw_void(floor)
    draw_north(floor)
    draw_zone(floor)
    for area in _AREAS:
        draw_area(floor, area)
    _draw_day_surgery(floor)
    _draw_south(floor)


def _draw_day_surgery(floor: Floor) -> None:
    """Draw day surgery in the north-east: families wait outside, patients change and go in."""
    draw_waiting(floor, "E", 96, 8, [_DAY])
    floor.room(
        Box(172, 96, 175.6, 100.8),
        "room",
        "患者更衣室 / Patients' Changing Room: 换衣服",
        door=[Door("W"), Door("N", access="staff")],
        ref="A3-801",
    )
    corridor = floor.corridor(
        Box(172, 100.8, 190, 103.2), "手术洁净走廊 / Clean Corridor", access="staff", is_open=False
    )
    floor.door(172, 102, 1.5, kind="sliding", automatic=True, access="staff")
    staff = {"access": "staff"}
    floor.row(
        (175.6, 96),
        4.8,
        [
            R.of(3.6, "room", "医护更衣室 / Staff Changing Room", **staff),
            R.of(5.4, "room", "术后观察室 / Recovery Room", **staff),
            R.of(None, "sterilesupply", "无菌物品间 / Sterile Store", **staff),
        ],
        end=190,
        door="N",
    )
    theatres = [
        R.of(6.0, "operatingtheatre", f"门诊手术间{n} / Day Theatre {n}", **staff)
        for n in (1, 2, 3)
    ]
    floor.row((172, 103.2), 4.8, theatres, end=190, door=Door("S", width_m=1.4, kind="sliding"))
    for k, theatre in enumerate(("A3-811", "A3-812", "A3-813")):
        floor.fixture(Box(174.6 + 6 * k, 105, 175.4 + 6 * k, 107), "equipment", ref=theatre)
    floor.section(
        Box(172, 100.8, 190, 108),
        "门诊手术区 / Day Surgery Suite",
        access="staff",
        key=corridor.key,
    )


def _draw_south(floor: Floor) -> None:
    """Draw the dressing rooms and a cashier between the arms."""
    waiting = floor.open_area(
        Box(130, 65.4, 148, 70), name="换药候诊区 / Dressing Waiting Area", clear_width_m=1.8
    )
    floor.seats(Box(132, 67, 146, 67.6))
    floor.row(
        (130, 60),
        5.4,
        [
            R.of(6, "dressingroom", "清洁伤口换药间 / Clean Dressing Room"),
            R.of(6, "dressingroom", "感染伤口换药间 / Infected Dressing Room"),
            R.of(None, "treatmentroom", "拆线室 / Stitch Removal: 拆线"),
        ],
        end=148,
        door=Door("N", width_m=1.2),
    )
    floor.occupant(
        waiting,
        "dressingroom",
        "换药室 / Dressing Room: 换药, 换纱布, wound dressing",
        his="DRES",
        hours=CLINICS,
        at=(139, 66.2),
    )
    draw_cashier(floor, "三", x0=148, machines=range(151, 157, 2))

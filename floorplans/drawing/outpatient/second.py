"""Outpatient Building 2F: internal medicine, blood sampling, cashier."""

from floorplans.drawing.kit import Box, Building, Door, Floor
from floorplans.drawing.outpatient.clinics import (
    Area,
    Clinic,
    draw_area,
    draw_cashier,
    office,
    room,
)
from floorplans.drawing.outpatient.frame import draw_north, draw_ring, draw_void, draw_zone

_CARDIOLOGY = Clinic(
    "cardiology",
    "心血管内科 / Cardiology: 心内科, 心脏科, 看心脏, heart clinic, 内科, internal medicine",
    "CARD",
)
_RESPIRATORY = Clinic(
    "respiratory",
    "呼吸内科 / Respiratory Medicine: 呼吸科, 肺科, chest clinic, 内科, internal medicine",
    "RESP",
)
_GASTRO = Clinic(
    "gastroenterology",
    "消化内科 / Gastroenterology: 肠胃科, 胃科, 消化科, stomach clinic, 内科, internal medicine",
    "GAST",
)
_ENDOCRINE = Clinic(
    "endocrinology",
    "内分泌科 / Endocrinology: 糖尿病, 甲状腺, diabetes clinic, 内科, internal medicine",
    "ENDC",
)
_NEUROLOGY = Clinic(
    "neurology", "神经内科 / Neurology: 神内, 脑科, 内科, internal medicine", "NEUR"
)
_NEPHROLOGY = Clinic(
    "nephrology",
    "肾内科 / Nephrology: 肾病科, 肾科, kidney clinic, 内科, internal medicine",
    "NEPH",
)
_HAEMATOLOGY = Clinic(
    "haematology",
    "血液科 / Haematology: 血液病, hematology, blood clinic, 内科, internal medicine",
    "HAEM",
)
_GERIATRICS = Clinic(
    "geriatrics",
    "老年医学科 / Geriatrics: 老年科, 老年病, elderly clinic, 内科, internal medicine",
    "GERI",
)
_RHEUMATOLOGY = Clinic(
    "rheumatology", "风湿免疫科 / Rheumatology: 风湿科, 类风湿, 内科, internal medicine", "RHEU"
)
_AREAS = (
    Area(
        "W",
        60,
        1,
        [_CARDIOLOGY],
        south=_CARDIOLOGY.rooms(5),
        north=[
            office(3.6),
            room(None, "动态血压室 / Ambulatory Blood Pressure: 背血压, 24小时血压"),
            *_CARDIOLOGY.rooms(3, first=6),
        ],
    ),
    Area(
        "W",
        72,
        2,
        [_RESPIRATORY],
        south=[
            *_RESPIRATORY.rooms(2),
            room(None, "戒烟门诊 / Stop-smoking Clinic: 戒烟", "consultingroom"),
        ],
        north=[
            office(3.6),
            room(4.2, "雾化治疗室 / Nebuliser Room: 雾化"),
            room(None, "肺康复指导室 / Lung Rehabilitation Advice"),
            *_RESPIRATORY.rooms(2, first=3),
        ],
    ),
    Area(
        "W",
        84,
        3,
        [_GASTRO],
        south=[
            room(None, "碳13呼气试验室 / Breath Test: 吹气, 碳13, 幽门螺杆菌"),
            *_GASTRO.rooms(3),
        ],
        north=[
            office(3.6),
            room(None, "内镜预约室 / Endoscopy Booking: 预约胃镜, 预约肠镜"),
            *_GASTRO.rooms(3, first=4),
        ],
    ),
    Area(
        "W",
        96,
        4,
        [_ENDOCRINE],
        south=[
            room(5.4, "糖尿病教育室 / Diabetes Education: 学打胰岛素", "classroom"),
            room(
                None, "营养咨询室 / Dietary Advice: 营养科, 营养门诊", "consultingroom", his="NUTR"
            ),
            *_ENDOCRINE.rooms(2),
        ],
        north=[
            office(3.6),
            room(None, "糖尿病足护理室 / Diabetic Foot Care: 足病, 烂脚"),
            *_ENDOCRINE.rooms(3, first=3),
        ],
    ),
    Area(
        "E",
        60,
        5,
        [_NEUROLOGY],
        south=[
            *_NEUROLOGY.rooms(3),
            room(
                None,
                "记忆门诊 / Memory Clinic: 老年痴呆, 健忘, dementia",
                "consultingroom",
                his="MEMO",
            ),
        ],
        north=[
            office(3.6),
            room(3.6, "经颅多普勒室 / Transcranial Doppler: TCD"),
            room(None, "眩晕门诊 / Vertigo Clinic", "consultingroom"),
            *_NEUROLOGY.rooms(2, first=4),
        ],
    ),
    Area(
        "E",
        72,
        6,
        [_NEPHROLOGY, _HAEMATOLOGY],
        south=[
            room(None, "腹透随访室 / Peritoneal Dialysis Follow-up: 腹透"),
            *_NEPHROLOGY.rooms(2),
        ],
        north=[
            office(3.6),
            room(None, "骨髓穿刺室 / Bone Marrow Room: 骨穿"),
            *_HAEMATOLOGY.rooms(2),
            *_NEPHROLOGY.rooms(1, first=3),
        ],
    ),
    Area(
        "E",
        84,
        7,
        [_GERIATRICS],
        south=[room(None, "老年综合评估室 / Geriatric Assessment"), *_GERIATRICS.rooms(2, 4.5)],
        north=[
            office(4.5),
            room(None, "用药咨询室 / Medicines Advice: 药师门诊", "consultingroom"),
            *_GERIATRICS.rooms(1, 4.5, 3),
        ],
    ),
    Area(
        "E",
        96,
        8,
        [_RHEUMATOLOGY],
        south=[room(None, "关节超声室 / Joint Ultrasound"), *_RHEUMATOLOGY.rooms(3)],
        north=[
            office(4.5),
            room(None, "生物制剂注射室 / Biologics Injection: 打生物制剂", "injectionroom"),
            *_RHEUMATOLOGY.rooms(1, 4.5, 4),
        ],
    ),
)


def draw(building: Building) -> None:
    """Draw the floor."""
    floor = building.floors["2F"]
    draw_ring(floor, "二楼")
    draw_void(floor)
    draw_north(floor)
    draw_zone(floor)
    for area in _AREAS:
        draw_area(floor, area)
    _draw_south(floor)


def _draw_south(floor: Floor) -> None:
    """Draw blood sampling and the cashier, between the arms, with their windows to the gallery."""
    sampling = floor.open_area(Box(130, 64.8, 147, 70), clear_width_m=1.8, key="sampling")
    floor.desk(Box(131, 65.2, 144, 65.9))
    floor.occupant(
        sampling,
        "bloodsampling",
        "采血处 / Blood Sampling: 抽血, 验血, 化验, 抽血处, 门诊采血, blood test",
        his="BLDA",
        hours="Mo-Su 07:00-17:00",
        at=(138.5, 66.6),
    )
    floor.seats(Box(132, 68.4, 145, 69))
    floor.room(
        Box(130, 60, 142, 64.8),
        "laboratory",
        "采血工作间 / Sampling Workroom",
        door=Door("E", 2.4),
        access="staff",
    )
    floor.room(
        Box(142, 60, 147, 64.8),
        "room",
        "采血急救观察室 / Faint Recovery Room: 晕血, 晕针",
        door=Door("N", 4.2),
    )
    draw_cashier(floor, "二", x0=147, machines=range(150, 158, 2))

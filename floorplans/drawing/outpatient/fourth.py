"""Outpatient Building 4F: women, eyes, ears, teeth, skin; the dental hall over the atrium."""

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
from floorplans.drawing.outpatient.frame import (
    ATRIUM,
    draw_north,
    draw_ring,
    draw_sunroom,
    draw_zone,
)

_GYNAECOLOGY = Clinic(
    "gynaecology", "妇科 / Gynaecology: 妇产科, 看妇科, gynecology, women's clinic", "GYNA"
)
_OBSTETRICS = Clinic(
    "obstetrics", "产科 / Obstetrics: 产检, 孕检, 产前检查, 妇产科, antenatal clinic", "OBST"
)
_REPRODUCTIVE = Clinic(
    "reproductivemedicine",
    "生殖医学科 / Reproductive Medicine: 生殖科, 不孕不育, 试管婴儿, IVF",
    "REPR",
)
_SKIN = Clinic("dermatology", "皮肤科 / Dermatology: 皮肤, 性病, skin clinic", "DERM")
_EYES = Clinic("ophthalmology", "眼科 / Ophthalmology: 看眼睛, 验光, 白内障, eye clinic", "OPHT")
_ENT = Clinic("ent", "耳鼻喉科 / ENT: 五官科, 耳鼻咽喉, 看鼻子, 看耳朵, ear nose throat", "ENT")
_DENTAL = Clinic("dentistry", "口腔科 / Dentistry: 牙科, 看牙, 拔牙, 补牙, dentist", "DENT")
_AREAS = (
    Area(
        "W",
        60,
        1,
        [_GYNAECOLOGY],
        south=[
            room(None, "阴道镜室 / Colposcopy"),
            room(3.6, "妇科治疗室 / Gynaecology Treatment"),
            *_GYNAECOLOGY.rooms(3),
        ],
        north=[
            office(3.6),
            room(None, "盆底康复室 / Pelvic Floor Therapy: 产后康复"),
            *_GYNAECOLOGY.rooms(2, first=4),
            room(3.6, "计划生育门诊 / Family Planning: 上环, 取环", "consultingroom", his="FAMP"),
        ],
    ),
    Area(
        "W",
        72,
        2,
        [_OBSTETRICS],
        south=[room(None, "胎心监护室 / Fetal Monitoring: 胎心, 胎监"), *_OBSTETRICS.rooms(1)],
        north=[
            office(3.6),
            room(None, "孕期营养门诊 / Pregnancy Nutrition", "consultingroom"),
            *_OBSTETRICS.rooms(3, first=2),
        ],
    ),
    Area(
        "W",
        84,
        3,
        [_REPRODUCTIVE],
        south=[
            room(None, "B超监测室 / Follicle Scan: 卵泡监测", "ultrasound"),
            *_REPRODUCTIVE.rooms(3),
        ],
        north=[
            office(4.5),
            room(None, "夫妻咨询室 / Couples' Counselling", "consultingroom"),
            room(3.6, "取精室 / Sample Collection", wheelchair=True),
            *_REPRODUCTIVE.rooms(1, first=4),
        ],
    ),
    Area(
        "W",
        96,
        4,
        [_SKIN],
        south=[room(None, "光疗室 / Phototherapy: 照光"), *_SKIN.rooms(3)],
        north=[
            office(3.6),
            room(None, "皮肤激光室 / Skin Laser: 点痣, 激光"),
            room(4.2, "真菌检查室 / Fungal Test Room"),
            *_SKIN.rooms(1, 4.2, 4),
        ],
    ),
    Area(
        "E",
        60,
        5,
        [_EYES],
        south=[
            *_EYES.rooms(3),
            room(None, "眼底照相室 / Retinal Imaging: 眼底, OCT"),
            room(3.2, "暗室 / Dark Room"),
        ],
        north=[
            office(3.6),
            room(4.2, "眼科激光室 / Eye Laser"),
            room(None, "验光配镜中心 / Optometry & Glasses: 配眼镜, 验光", "optician", his="OPTO"),
        ],
    ),
    Area(
        "E",
        72,
        6,
        [_ENT],
        south=[room(None, "前庭功能室 / Balance Test"), *_ENT.rooms(2)],
        north=[
            office(3.6),
            room(3.6, "听力检查室 / Hearing Test: 测听力"),
            room(None, "鼻内镜室 / Nasal Endoscopy: 喉镜, 鼻镜"),
            *_ENT.rooms(2, first=3),
        ],
    ),
)


def draw(building: Building) -> None:
    """Draw the floor."""
    floor = building.floors["4F"]
    draw_ring(floor, "四楼")
    draw_north(floor)
    draw_sunroom(floor, "四楼阳光休息厅 / Sunlit Lounge 4F")
    draw_zone(floor)
    for area in _AREAS:
        draw_area(floor, area)
    _draw_dental(floor)
    _draw_south(floor)


def _draw_dental(floor: Floor) -> None:
    """Draw dentistry in the north-east, and its hall of chairs in the middle of the building."""
    draw_waiting(floor, "E", 84, 7, [_DENTAL], depth_m=24)
    floor.corridor(Box(172, 92.8, 190, 95.2), "口腔科走廊 / Dental Corridor")
    floor.row(
        (172, 84),
        8.8,
        [
            *_DENTAL.rooms(2, 4.5),
            R.of(None, "treatmentroom", "儿童牙科室 / Children's Dentistry: 看儿童牙, 小儿牙科"),
        ],
        end=190,
        door="N",
    )
    floor.row(
        (172, 95.2),
        5.2,
        [
            R.of(4.5, "xray", "口腔影像室 / Dental Imaging: 拍牙片, 口腔CT", his="DXRY"),
            R.of(4.5, "treatmentroom", "种植牙室 / Dental Implants: 种牙"),
            R.of(4.5, "treatmentroom", "正畸室 / Orthodontics: 牙套, 矫牙"),
            R.of(None, "doctorsoffice", "医生办公室 / Doctors' Office", access="staff"),
        ],
        end=190,
        door="S",
    )
    _draw_dental_staff(floor)
    _draw_dental_hall(floor)


def _draw_dental_staff(floor: Floor) -> None:
    floor.corridor(
        Box(172, 100.4, 190, 102.5),
        "口腔科内部走廊 / Dental Staff Corridor",
        access="staff",
        is_open=False,
    )
    floor.door(172, 101.45, 1.2, access="staff")
    floor.row(
        (172, 102.5),
        5.5,
        [
            R.of(6, "room", "技工室 / Dental Workshop"),
            R.of(6, "sterilesupply", "器械消毒室 / Instrument Sterilising"),
            R.of(None, "storage", "口腔材料库 / Dental Materials"),
        ],
        end=190,
        door="S",
        access="staff",
    )


def _draw_dental_hall(floor: Floor) -> None:
    floor.room(
        ATRIUM,
        "dentistry",
        "口腔综合诊疗厅 / Dental Treatment Hall: 洗牙, 洁牙, 补牙",
        his="DHAL",
        door=[Door("N", 15, width_m=1.5, kind="sliding"), Door("E", width_m=1.5, kind="sliding")],
    )
    for k in range(6):
        x = 132 + 4.4 * k
        for y in (76, 82):
            if not (k == 3 and y == 82):
                floor.fixture(Box(x, y, x + 0.8, y + 2), "equipment", ref=f"{k + 1}{'AB'[y > 80]}")


def _draw_south(floor: Floor) -> None:
    """Draw the antenatal classroom, a dispensary and a cashier between the arms."""
    floor.room(
        Box(130, 60, 144, 70),
        "classroom",
        "孕妇学校 / Antenatal Classroom: 孕妇课堂, 产前课",
        his="ANTE",
        hours=CLINICS,
        door=Door("N", 10, width_m=1.5),
    )
    for y in (62, 64.4, 66.8):
        floor.seats(Box(133, y, 141, y + 0.6), amenity=False)
    floor.room(
        Box(144, 64, 150, 70),
        "mothersroom",
        "四楼母婴室 / Baby Care Room 4F: 喂奶, 换尿布, 哺乳室",
        door=Door("N", width_m=1.2, kind="sliding"),
        wheelchair=True,
    )
    floor.room(Box(144, 60, 150, 64), "storage", "库房 / Store", door="E", access="staff")
    draw_cashier(floor, "四", x0=150, machines=range(152, 158, 2))

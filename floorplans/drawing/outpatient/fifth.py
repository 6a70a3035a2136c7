"""Outpatient Building 5F: Chinese medicine, rehabilitation, health examination, special clinic."""

from collections.abc import Iterator

from floorplans.drawing.kit import Box, Building, Door, Floor, R, numbers
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

_CHINESE = Clinic(
    "chinesemedicine", "中医馆 / Chinese Medicine: 中医, 中医科, 看中医, 号脉, TCM", "TCM"
)
_ACUPUNCTURE = Clinic(
    "acupuncture", "针灸推拿科 / Acupuncture & Tuina: 针灸, 推拿, 按摩, 拔罐, massage", "ACUP"
)
_MOXIBUSTION = Clinic("moxibustion", "灸疗中心 / Moxibustion: 艾灸, 三伏贴", "MOXI")
_PREVENTIVE = Clinic("preventivecare", "治未病中心 / Preventive Care: 治未病, 膏方, 调理", "PREV")
_REHABILITATION = Clinic(
    "rehabilitation", "康复门诊 / Rehabilitation: 康复科, 理疗, physiotherapy", "REHA"
)
_PSYCHOLOGY = Clinic(
    "psychology", "心理门诊 / Psychology: 心理科, 失眠, 心理咨询, counselling", "PSYC"
)
_SPECIAL = Clinic("specialclinic", "特需门诊 / Special Clinic: 专家门诊, 特需, VIP", "SPEC")
_EXAMINATION_HOURS = "Mo-Sa 07:00-11:30"
_AREAS = (
    Area(
        "W",
        60,
        1,
        [_CHINESE],
        south=[
            room(None, "名老中医工作室 / Master Physician's Room: 老中医", "consultingroom"),
            *_CHINESE.rooms(3),
        ],
        north=[office(3.6), *_CHINESE.rooms(4, first=4)],
    ),
    Area(
        "W",
        72,
        2,
        [_PREVENTIVE, _MOXIBUSTION],
        south=[
            room(None, "体质辨识室 / Constitution Assessment", "consultingroom"),
            *_PREVENTIVE.rooms(2),
        ],
        north=[
            room(6, "艾灸一室 / Moxibustion Room 1", "moxibustion", clear_width_m=1.2),
            room(6, "艾灸二室 / Moxibustion Room 2", "moxibustion", clear_width_m=1.2),
            room(None, "膏方咨询室 / Herbal Paste Advice", "consultingroom"),
        ],
    ),
    Area(
        "E",
        84,
        7,
        [_REHABILITATION, _PSYCHOLOGY],
        south=[room(None, "理疗室 / Physiotherapy: 电疗, 理疗"), *_REHABILITATION.rooms(2)],
        north=[
            room(None, "沙盘治疗室 / Sandplay Therapy"),
            room(3.6, "心理测验室 / Psychological Tests"),
            *_PSYCHOLOGY.rooms(3),
        ],
    ),
    Area(
        "E",
        96,
        8,
        [_SPECIAL],
        south=[
            room(5.4, "贵宾候诊室 / Private Waiting Room", "lounge", is_open=False),
            *_SPECIAL.rooms(2, 6.3),
        ],
        north=[office(5.4), *_SPECIAL.rooms(2, 6.3, 3)],
    ),
)


def draw(building: Building) -> None:
    """Draw the floor."""
    floor = building.floors["5F"]
    draw_ring(floor, "五楼")
    draw_north(floor)
    draw_sunroom(floor, "五楼阳光休息厅 / Sunlit Lounge 5F")
    draw_zone(floor)
    for area in _AREAS:
        draw_area(floor, area)
    _draw_therapies(floor)
    _draw_examination(floor)
    _draw_offices(floor)
    _draw_south(floor)


def _draw_therapies(floor: Floor) -> None:
    """Draw acupuncture as a hall of couches, men and women apart, beside the consulting rooms."""
    draw_waiting(floor, "W", 84, 3, [_ACUPUNCTURE], depth_m=24)
    floor.corridor(Box(100, 94.8, 118, 97.2), "针灸推拿走廊 / Therapy Corridor")
    floor.row(
        (100, 84),
        10.8,
        [
            R.of(7, "treatmentroom", "推拿治疗室 / Tuina Room: 推拿, 按摩"),
            R.of(None, "treatmentroom", "针灸治疗室（女） / Acupuncture Room (women)"),
        ],
        end=118,
        door=Door("N", width_m=1.2),
        refs=numbers("A5-301"),
    )
    floor.row(
        (100, 97.2),
        10.8,
        [
            R.of(3.6, "doctorsoffice", "医生办公室 / Doctors' Office", access="staff"),
            R.of(None, "treatmentroom", "针灸治疗室（男） / Acupuncture Room (men)"),
            R.of(3.6, "consultingroom", "针灸推拿科1诊室 / Acupuncture & Tuina Room 1"),
        ],
        end=118,
        door=Door("S", width_m=1.2),
        refs=numbers("A5-311"),
    )
    floor.beds((108.6, 84), 4, head="S")
    floor.beds((105.2, 108), 4, head="N")


def _draw_examination(floor: Floor) -> None:
    """Draw the health examination centre: round a corridor of its own, in at the desk."""
    hall = floor.open_area(
        Box(164, 60, 172, 84), name="体检大厅 / Health Examination Hall", clear_width_m=2.4
    )
    floor.desk(Box(167, 71, 167.8, 75))
    floor.occupant(
        hall,
        "healthexamination",
        "体检中心 / Health Examination: 体检, 健康体检, 入职体检, check-up",
        his="EXAM",
        hours=_EXAMINATION_HOURS,
        at=(166.4, 73),
    )
    floor.seats(Box(165, 61, 171, 64), aisle_m=1.8)
    floor.seats(Box(165, 79, 171, 82), aisle_m=1.8)
    _draw_examination_rooms(floor)


def _draw_examination_rooms(floor: Floor) -> None:
    floor.corridor(
        [Box(172, 64.8, 183, 67.2), Box(180.6, 67.2, 183, 76.8), Box(172, 76.8, 190, 79.2)],
        "体检走廊 / Examination Corridor",
    )
    refs = numbers("A5-501")
    floor.row(
        (172, 60),
        4.8,
        [
            R.of(4, "bloodsampling", "体检采血室 / Examination Blood Sampling"),
            R.of(4, "consultingroom", "内科检查室 / General Check Room"),
            R.of(3, "consultingroom", "外科检查室 / Surgical Check Room"),
        ],
        door="N",
        refs=refs,
    )
    floor.room(
        Box(183, 60, 190, 72),
        "foodservice",
        "体检早餐厅 / Breakfast Room: 早餐",
        is_open=False,
        door=Door("W", 6, width_m=1.2),
        ref=next(refs),
    )
    _draw_check_rooms(floor, refs)


def _draw_check_rooms(floor: Floor, refs: Iterator[str]) -> None:
    """Draw what one goes through with the examination's sheet in hand."""
    floor.row(
        (172, 67.2),
        4.8,
        [
            R.of(4.3, "ultrasound", "体检超声室 / Examination Ultrasound"),
            R.of(None, "ecg", "体检心电图室 / Examination ECG"),
        ],
        end=180.6,
        door="S",
        refs=refs,
    )
    floor.row(
        (172, 72),
        4.8,
        [
            R.of(4.3, "ophthalmology", "体检眼耳鼻喉室 / Eye & ENT Check"),
            R.of(None, "consultingroom", "总检咨询室 / Results & Advice: 拿体检报告"),
        ],
        end=180.6,
        door="N",
        refs=refs,
    )
    floor.row(
        (172, 79.2),
        4.8,
        [
            R.of(4, "gynaecology", "体检妇科室 / Women's Check Room"),
            R.of(7, "xray", "体检X光室 / Examination X-ray"),
            R.of(3.4, "room", "更衣室 / Changing Room"),
            R.of(None, "office", "体检办公室 / Examination Office", access="staff"),
        ],
        end=190,
        door="S",
        refs=refs,
    )


def _draw_offices(floor: Floor) -> None:
    """Draw the offices over the atrium, about a corridor for staff."""
    floor.corridor(
        Box(130, 79.4, 160, 81.6), "行政走廊 / Office Corridor", access="staff", is_open=False
    )
    floor.door(130, 80.5, 1.2, access="staff")
    floor.door(160, 80.5, 1.2, access="staff")
    staff = {"access": "staff"}
    floor.row(
        (ATRIUM.x0, ATRIUM.y0),
        5.4,
        [
            R.of(6, "office", "医务部 / Medical Affairs", **staff),
            R.of(6, "office", "护理部 / Nursing Department", **staff),
            R.of(6, "office", "信息科 / IT Department", **staff),
            R.of(None, "conferenceroom", "第一会议室 / Meeting Room 1", **staff),
        ],
        end=160,
        door="N",
        refs=numbers("A5-901"),
    )
    floor.row(
        (ATRIUM.x0, 81.6),
        5.4,
        [
            R.of(5, "office", "财务科 / Finance", **staff),
            R.of(5, "office", "人事科 / Human Resources", **staff),
            R.of(5, "office", "质控办 / Quality Office", **staff),
            R.of(5, "office", "总务科 / General Services", **staff),
            R.of(None, "conferenceroom", "第二会议室 / Meeting Room 2", **staff),
        ],
        end=160,
        door="S",
        refs=numbers("A5-911"),
    )


def _draw_south(floor: Floor) -> None:
    """Draw the lecture hall and a cashier between the arms."""
    floor.room(
        Box(130, 60, 150, 70),
        "auditorium",
        "健康讲堂 / Health Lecture Hall: 报告厅, 讲座",
        his="LECT",
        door=[Door("N", 3, width_m=1.5), Door("N", 17, width_m=1.5)],
    )
    for k in range(4):
        floor.seats(Box(134, 61.4 + 1.7 * k, 146, 62 + 1.7 * k), amenity=False)
    draw_cashier(floor, "五", x0=150, hours=CLINICS)

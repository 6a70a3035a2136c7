"""Emergency, floor 2F: the emergency ward, intensive care, rooms of those on duty."""

from floorplans.drawing.emergency.core import AUTOMATIC, BED_DOOR_M, draw_north
from floorplans.drawing.kit import Box, Door, Floor, R, numbers
from floorplans.drawing.layout import VISITS

_EICU_VISITS = "Mo-Su 15:00-15:30"


def draw_second(floor: Floor) -> None:
    """Draw the floor."""
    floor.corridor(Box(215, 147.3, 275, 150), "二层走廊 / Corridor 2F")
    draw_north(floor, "急诊楼二层电梯厅 / Emergency Lift Lobby 2F")
    _draw_ward_entrance(floor)
    _draw_ward(floor)
    _draw_ward_support(floor)
    _draw_ward_talks(floor)
    _draw_eicu(floor)
    _draw_eicu_entrance(floor)
    _draw_duty_rooms(floor)


def _draw_ward_entrance(floor: Floor) -> None:
    """Draw where visitors wait, and the ward's door."""
    floor.open_area(
        Box(230, 139.4, 240, 147.3), "familywaiting", "家属等候区 / Family Waiting Area", ref="D201"
    )
    floor.seats(Box(231, 141, 233.4, 145.8), along="N")
    floor.amenity(239.5, 146.6, "vendingmachine")
    floor.amenity(239.5, 145.4, "powerchargingstation")
    floor.amenity(230.4, 146.8, "defibrillator")
    floor.door(
        236.5,
        139.4,
        2.0,
        name="急诊病房 / Emergency Ward",
        hours=VISITS,
        description="探视15:00–20:00 / Visiting 15:00–20:00",
        **AUTOMATIC,
    )
    floor.door(238.8, 139.4, 1.4, access="staff", **AUTOMATIC)


def _draw_ward(floor: Floor) -> None:
    """Draw the ward rooms in the south, the corridor and the nurse station."""
    floor.corridor(Box(215, 133, 250, 135.7), "急诊病房走廊 / Emergency Ward Corridor")
    rooms = [R.of(4.375, "patientroom")] * 8
    beds = numbers("E01")
    for space in floor.row(
        (215, 125), 8, rooms, end=250, door=Door("N", 1, width_m=BED_DOOR_M), refs=numbers("D211")
    ):
        box = space.box
        floor.beds((box.x1, 126.3), 3, head="E", pitch_m=2.0, refs=[next(beds) for _ in range(3)])
    station = floor.open_area(
        Box(230, 135.7, 240, 139.4),
        "nursestation",
        "急诊病房护士站 / Emergency Ward Nurses",
        ref="D202",
    )
    floor.desk(Box(231.4, 136.8, 235, 137.6), "护士站 / Nurses' desk")
    floor.occupant(
        station,
        "ward",
        "急诊病房 / Emergency Ward: 急诊住院, EW",
        his="EDW",
        hours=VISITS,
        phone="0500-8888992",
        at=(237, 136.6),
    )


def _draw_ward_support(floor: Floor) -> None:
    """Draw the rooms in the middle: those on the ward's side and those on the corridor's."""
    floor.row(
        (215, 135.7),
        5.4,
        [
            R.of(5, "treatmentroom", "治疗室 / Treatment Room", access="staff"),
            R.of(5, "storage", "配药室 / Medicines", access="staff"),
            R.of(5, "treatmentroom", "处置室 / Dressing & Procedures"),
        ],
        end=230,
        door=Door("S", width_m=1.2),
        refs=numbers("D221"),
    )
    floor.row(
        (215, 141.1),
        6.2,
        [
            R.of(5, "doctorsoffice", "急诊医生办公室 / Emergency Doctors' Office"),
            R.of(5, "dutyroom", "医生值班室 / Doctors on Duty"),
            R.of(5, "dutyroom", "护士值班室 / Nurses on Duty"),
        ],
        end=230,
        door="N",
        access="staff",
        refs=numbers("D231"),
    )


def _draw_ward_talks(floor: Floor) -> None:
    """Draw the day room, the room for talks and the passage beside them."""
    floor.room(
        Box(240, 135.7, 247, 141),
        "dayroom",
        "病员活动室 / Day Room",
        door=Door("S", width_m=1.2),
        ref="D224",
    )
    floor.room(
        Box(240, 141, 247, 147.3),
        "room",
        "急诊谈话间 / Interview Room: 谈话",
        door="N",
        ref="D234",
    )
    floor.corridor(Box(247, 135.7, 250, 147.3), "东侧通道 / East Passage", access="staff")
    floor.door(248.5, 147.3, 1.6, access="staff", **AUTOMATIC)
    floor.door(248.5, 135.7, 1.6, access="staff", **AUTOMATIC)


def _draw_eicu(floor: Floor) -> None:
    """Draw the EICU: four single rooms in the south, twelve bays about the nurses."""
    floor.room(
        Box(250, 130, 275, 143),
        "icu",
        "EICU病区 / EICU Ward",
        access="staff",
        his="EICUWARD",
        ref="D241",
        clear_width_m=3.0,
    )
    floor.door(250, 137, 1.6, axis="y", access="staff", **AUTOMATIC)
    refs = numbers("EI01")
    floor.beds((262, 143), 5, head="N", pitch_m=2.5, refs=[next(refs) for _ in range(5)])
    floor.beds((275, 132), 3, head="E", pitch_m=2.6, refs=[next(refs) for _ in range(3)])
    floor.desk(Box(258, 136, 263, 137.6), "EICU护士站 / EICU nurses' desk")
    singles = [
        R.of(5, "patientroom", f"EICU单间{number} / EICU Room {number}", access="staff")
        for number in range(1, 5)
    ]
    spaces = floor.row(
        (250, 125), 5, singles, door=Door("N", 1.4, width_m=BED_DOOR_M), refs=numbers("D242")
    )
    for space in spaces:
        floor.beds((space.box.x1 - 1.4, 125), 1, head="S", refs=[next(refs)])
    floor.room(
        Box(270, 125, 275, 130),
        "treatmentroom",
        "EICU治疗室 / EICU Treatment",
        door=Door("N", 1.4),
        access="staff",
        ref="D246",
    )


def _draw_eicu_entrance(floor: Floor) -> None:
    """Draw the bed lock, the visitors' reception and the rooms beside them."""
    lock = Door("N", 2.5, width_m=1.6, access="staff", **AUTOMATIC)
    reception = floor.row(
        (250, 143),
        4.3,
        [
            R.of(
                5,
                "lobby",
                "EICU换床间 / EICU Bed Lock",
                is_open=False,
                access="staff",
                door=[lock, Door("S", 2.5, width_m=1.6, access="staff", **AUTOMATIC)],
            ),
            R.of(
                6,
                "visitordesk",
                "EICU探视接待室 / EICU Visitors' Reception",
                door=[Door("N", width_m=1.2), Door("S", 1, access="staff")],
            ),
            R.of(7, "doctorsoffice", "EICU医生办公室 / EICU Doctors' Office", access="staff"),
            R.of(None, "storage", "EICU设备库 / EICU Equipment", access="staff"),
        ],
        end=275,
        door="N",
        refs=numbers("D251"),
    )[1]
    floor.occupant(
        reception,
        "icu",
        "急诊重症监护室 / EICU: EICU, 急诊重症, intensive care",
        his="EICU",
        hours=_EICU_VISITS,
        description="每天15:00–15:30探视 / Visiting daily 15:00–15:30",
    )


def _draw_duty_rooms(floor: Floor) -> None:
    """Draw the rooms of those on duty along the north."""
    floor.row(
        (215, 150),
        8,
        [
            R.of(7, "changingroom", "男更衣淋浴 / Changing & Showers (men)"),
            R.of(7, "changingroom", "女更衣淋浴 / Changing & Showers (women)"),
        ],
        end=229,
        door="S",
        access="staff",
    )
    floor.row(
        (241, 150),
        8,
        [
            R.of(8, "conferenceroom", "急诊示教室 / Teaching Room"),
            R.of(6, "office", "急诊科主任办公室 / Head of Emergency"),
            R.of(6, "office", "护士长办公室 / Head Nurse"),
            R.of(7, "storage", "应急物资库 / Emergency Stock"),
            R.of(None, "plantroom", "空调机房 / Ventilation Plant"),
        ],
        end=275,
        door="S",
        access="staff",
    )
    floor.row(
        (241, 160.7),
        4.3,
        [R.of(4, "dutyroom", f"值班室{number} / Duty Room {number}") for number in range(1, 6)]
        + [R.of(None, "privatelounge", "医护休息室 / Staff Rest Room")],
        end=272,
        door="S",
        access="staff",
    )
    floor.row(
        (218, 160.7), 4.3, [R.of(4, "storage", "被服库 / Linen Store", access="staff")], door="S"
    )

"""Infectious diseases, floor 2F: the isolation ward.

Patients reach their rooms along the south front; staff enter by a lock between the room and the
half-clean corridor in the north. The whole ward is for patients and staff only.
"""

from floorplans.drawing.infectious.zones import draw_clean_zone, draw_locks
from floorplans.drawing.kit import Box, Door, Floor, R, numbers

_PATIENTS = Box(234, 205, 262, 207.7)
_ROOMS_Y0, _ROOMS_Y1 = 207.7, 214.2
_LOCKS_Y1 = 216.2


def draw_second(floor: Floor) -> None:
    """Draw the floor."""
    clean = draw_clean_zone(floor, _list_clean_rooms())
    half_clean = floor.corridor(
        Box(234, _LOCKS_Y1, 262, 220.2),
        "半污染区走廊 / Half-clean Corridor",
        access="staff",
        clear_width_m=2.7,
        is_open=False,
    )
    draw_locks(floor, clean, half_clean)
    _draw_patients_way(floor)
    _draw_rooms(floor)
    floor.desk(Box(245, 217.4, 250, 218.2), "护士站 / Nurses' desk")


def _list_clean_rooms() -> list[R]:
    return [
        R.of(5, "plantroom", "排风机房 / Exhaust Plant"),
        R.of(6, "conferenceroom", "感染科示教室 / Teaching Room"),
        R.of(6, "doctorsoffice", "感染科医生办公室 / Doctors' Office"),
        R.of(4, "office", "感染科主任办公室 / Head of Department"),
        R.of(4, "dutyroom", "医生值班室 / Doctors on Duty"),
        R.of(4, "dutyroom", "护士值班室 / Nurses on Duty"),
        R.of(4, "privatelounge", "配餐休息室 / Pantry & Rest"),
        R.of(None, "restroom.unisex", "员工卫生间 / Staff Toilets"),
        R.of(4, "storage", "清洁被服库 / Linen Store"),
    ]


def _draw_patients_way(floor: Floor) -> None:
    """Draw the halls at the shafts and the corridor between them."""
    hall = floor.corridor(
        [Box(262, 205, 267.2, 218.1), Box(267.2, 214.5, 270, 218.1)],
        "隔离病区电梯厅 / Isolation Ward Lift Hall",
        category="lobby",
    )
    floor.toilets(Box(267.2, 205, 270, 214.5), "W")
    floor.seats(Box(263.4, 212.6, 265.8, 213.2))
    floor.amenity(
        262.6, 211, "drinkingfountain", "隔离病区开水 / Drinking Water: 开水, 饮水机, water"
    )
    floor.amenity(269.5, 216, "emergencyshelter", "避难等候处 / Refuge Point")
    floor.corridor(_PATIENTS, "隔离病区患者走廊 / Patients' Corridor", access="staff")
    floor.corridor(
        Box(230, 205, 234, 218.1), "隔离病区西厅 / West Hall", category="lobby", access="staff"
    )
    for x in (262, 234):
        floor.door(
            x,
            206.35,
            1.6,
            axis="y",
            access="staff",
            kind="sliding",
            automatic=True,
            name="隔离病区 / Isolation Ward" if x == 262 else None,
        )
    floor.occupant(
        hall,
        "ward",
        "隔离病区 / Isolation Ward: 感染科病房, 隔离病房",
        his="ISO",
        phone="0500-8888996",
        at=(265, 209),
        description="不接待探视，请电话联系护士站 / No visits; please telephone the nurses",
    )


def _draw_rooms(floor: Floor) -> None:
    """Draw seven rooms with a bathroom and a lock each."""
    rooms = [R.of(4, "patientroom")] * 7
    beds = numbers("I01")
    for space in floor.row(
        (234, _ROOMS_Y0),
        _ROOMS_Y1 - _ROOMS_Y0,
        rooms,
        end=262,
        door=Door("S", 0.9, width_m=1.3),
        refs=numbers("E201"),
        access="staff",
    ):
        x0, x1 = space.box.x0, space.box.x1
        floor.beds((x1, 210), 2, head="E", pitch_m=2.2, refs=[next(beds), next(beds)])
        floor.room(
            Box(x0, _ROOMS_Y1, x0 + 2, _LOCKS_Y1),
            "room",
            "缓冲间 / Lock",
            door=["N", "S"],
            access="staff",
            key=f"lock {x0}",
        )
        floor.room(
            Box(x0 + 2, _ROOMS_Y1, x1, _LOCKS_Y1),
            "restroom.unisex",
            "病房卫生间 / Bathroom",
            door=Door("S", width_m=0.9),
            access="staff",
            key=f"bathroom {x0}",
        )

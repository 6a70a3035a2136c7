"""Paediatrics on 1F of the outpatient building: screening, waiting, infusion and toilets."""

from floorplans.drawing.kit import Box, Door, Floor, R, numbers
from floorplans.drawing.outpatient.clinics import Clinic

_PAEDIATRICS = Clinic(
    "paediatrics",
    "儿科门诊 / Paediatrics: 儿科, 小儿科, 看孩子, 儿童, children's clinic",
    "PAED",
    "Mo-Su 08:00-17:30",
)


def draw_paediatrics(floor: Floor) -> None:
    """Draw the north-east of the floor."""
    _draw_waiting(floor)
    _draw_infusions(floor)
    _draw_rooms(floor)


def _draw_waiting(floor: Floor) -> None:
    """Draw where children are screened, wait and play, and their toilets."""
    floor.corridor(Box(160, 86, 164, 108), "东北走廊 / North-east Corridor")
    waiting = floor.open_area(
        Box(164, 86, 174, 103),
        clear_width_m=1.8,
        key="paediatrics",
        name="儿科候诊区 / Children's Waiting",
    )
    floor.desk(Box(164.8, 94, 165.6, 97))
    floor.amenity(
        164.4, 92.6, "healthscreening", "儿科预检 / Children's Screening: 预检, 量体温", his="PAES"
    )
    floor.occupant(
        waiting,
        _PAEDIATRICS.category,
        _PAEDIATRICS.name,
        his=_PAEDIATRICS.his,
        hours=_PAEDIATRICS.hours,
        at=(166.8, 95.5),
    )
    floor.seats(Box(166, 87.2, 172.6, 90))
    floor.amenity(170, 101.6, "childplayarea", "儿童游乐角 / Play Corner: 玩")
    floor.fixture(Box(168.4, 99, 171.6, 101))
    floor.toilets(Box(164, 103, 174, 108), "S")


def _draw_infusions(floor: Floor) -> None:
    """Draw the corridor and, south of it, infusions."""
    floor.corridor(Box(174, 95.8, 190, 98.2), "儿科诊室走廊 / Children's Clinic Corridor")
    floor.room(
        Box(174, 86, 190, 91),
        "infusionroom",
        "儿童输液室 / Children's Infusion: 儿童打针, 小儿输液, 挂水",
        door=Door("W", width_m=1.4),
        his="PAEI",
        ref="A1-501",
    )
    for x in (177, 180, 183, 186):
        floor.fixture(Box(x, 87, x + 1.6, 87.7))
        floor.fixture(Box(x, 89.4, x + 1.6, 90.1))


def _draw_rooms(floor: Floor) -> None:
    """Draw consulting rooms and treatment about the corridor."""
    refs = numbers("A1-502")
    floor.row((174, 91), 4.8, _PAEDIATRICS.rooms(4, 4.0), end=190, door="N", refs=refs)
    isolation = "儿童隔离诊室 / Children's Isolation Room"
    floor.row(
        (174, 98.2),
        4.8,
        [
            R.of(3.2, "treatmentroom", isolation, door="W"),
            R.of(3.2, "treatmentroom", "儿童雾化室 / Children's Nebuliser Room: 雾化"),
            R.of(3.2, "treatmentroom", "儿童抽血室 / Children's Blood Sampling: 儿童抽血, 扎手指"),
            R.of(3.2, "consultingroom", "生长发育门诊 / Growth Clinic: 测骨龄, 长高"),
            R.of(None, "consultingroom", "儿童保健门诊 / Child Health Clinic: 儿保"),
        ],
        end=190,
        door="S",
        refs=refs,
    )
    office = "儿科医生办公室 / Paediatricians' Office"
    floor.row(
        (174, 103),
        5,
        [
            R.of(7, "storage", "儿科库房 / Paediatric Store", door=Door("S", 5)),
            R.of(None, "doctorsoffice", office, door=Door("S", 7.4)),
        ],
        end=190,
        refs=refs,
        access="staff",
    )

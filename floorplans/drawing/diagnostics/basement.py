"""Diagnostics, floor B1: radiotherapy in bunkers, nuclear medicine, hyperbaric oxygen, plant."""

from dataclasses import dataclass

from floorplans.drawing.diagnostics.core import CLINIC, STREET, bed_door, draw_spine, staff
from floorplans.drawing.kit import Box, Door, Floor, R, numbers


def draw_basement(floor: Floor) -> None:
    """Draw the floor."""
    floor.corridor(STREET, "地下医技街 / Diagnostics Street B1")
    draw_spine(floor, "医技楼地下电梯厅 / Diagnostics Lift Lobby B1")
    _draw_bunker(floor, _Bunker(1, 100))
    _draw_bunker(floor, _Bunker(2, 116.5, mirrored=True))
    _draw_planning(floor)
    _draw_radiotherapy_reception(floor)
    _draw_nuclear_reception(floor)
    _draw_nuclear_consulting(floor)
    _draw_nuclear_rooms(floor)
    _draw_hyperbaric(floor)
    _draw_hyperbaric_technics(floor)
    _draw_plant(floor)


@dataclass(frozen=True)
class _Bunker:
    """A linear accelerator's, 14.5 m wide; two are mirrored and share the wall of their mazes."""

    number: int
    x0: float
    mirrored: bool = False

    def box(self, west: float, south: float, east: float, north: float) -> Box:
        """Place a box whose west and east are given from the bunker's outer wall inward."""
        if self.mirrored:
            west, east = 14.5 - east, 14.5 - west
        return Box(self.x0 + west, south, self.x0 + east, north)


def _draw_bunker(floor: Floor, bunker: _Bunker) -> None:
    """Draw two metres of concrete, the accelerator in it, and its control room."""
    for wall in ((0, 130, 14.5, 132), (0, 132, 2, 146), (2, 140, 12, 142), (10, 134.6, 12, 140)):
        floor.solid(bunker.box(*wall), "concrete")
    if bunker.mirrored:
        floor.solid(Box(bunker.x0 - 2, 130, bunker.x0, 146), "concrete")
    number = bunker.number
    floor.open_area(
        bunker.box(2, 132, 10, 140),
        "radiotherapy",
        f"直线加速器{number}室 / Linear Accelerator {number}: 放疗机房, 加速器, linac",
        ref=f"B00{number}",
        his=f"LINAC{number}",
    )
    floor.fixture(bunker.box(4, 137.6, 7, 139.4), "equipment", "加速器 / Accelerator")
    _draw_maze(floor, bunker)
    floor.room(
        bunker.box(2, 142, 12, 146),
        "office",
        f"放疗控制{number}室 / Accelerator Control {number}",
        door=Door("N", 5),
        access="staff",
    )


def _draw_maze(floor: Floor, bunker: _Bunker) -> None:
    """Draw the way in: two turns, so that no ray reaches the door, and 2.5 m wide for a bed."""
    inner = bunker.box(12, 134.6, 14.5, 146)
    floor.corridor(
        [bunker.box(10, 132, 14.5, 134.6), inner],
        f"迷路{bunker.number} / Maze {bunker.number}",
        clear_width_m=2.5,
    )
    middle = (inner.x0 + inner.x1) / 2
    floor.door(middle, 146, 1.6, kind="sliding", automatic=True, material="metal")


def _draw_planning(floor: Floor) -> None:
    """Draw the wall between the bunkers, the planning CT and the physicists' rooms."""
    floor.room(
        Box(131, 137, 138, 146),
        "ct",
        "放疗定位CT室 / Planning CT: 定位, simulation",
        door=bed_door("N", 3),
        ref="B003",
        his="RTCT",
    )
    floor.fixture(Box(133.4, 139.4, 135.5, 141.2), "equipment")
    floor.row(
        (138, 137),
        9,
        [
            staff(3, "定位操作间 / Planning CT Control", door=[Door("N"), Door("W", 2)]),
        ],
        end=141,
    )
    floor.corridor(
        Box(141, 130, 143.1, 146),
        "放疗医护走廊 / Radiotherapy Staff Corridor",
        access="staff",
        is_open=False,
    )
    floor.door(142.05, 146, 1.1, access="staff")
    floor.room(
        Box(136, 130, 141, 137),
        "doctorsoffice",
        "物理师办公室 / Medical Physicists",
        door=[Door("E", 3)],
        access="staff",
    )
    floor.room(
        Box(131, 130, 136, 137),
        "office",
        "放疗计划室 / Treatment Planning",
        door=Door("E", 3),
        access="staff",
    )


def _draw_radiotherapy_reception(floor: Floor) -> None:
    """Draw reception, waiting and consulting rooms of radiotherapy."""
    waiting = floor.open_area(
        Box(143.1, 139.4, 152, 146),
        "waitingroom",
        "放疗候诊区 / Radiotherapy Waiting Area",
        ref="B004",
    )
    floor.desk(Box(144, 140.2, 144.8, 142.4), "放疗登记台 / Radiotherapy desk")
    floor.seats(Box(146.4, 141, 150.8, 144.6))
    floor.occupant(
        waiting,
        "radiotherapy",
        "放疗科 / Radiotherapy: 放疗, 放射治疗, 照光, radiation",
        his="RT",
        hours=CLINIC,
        at=(145.6, 141.4),
    )
    floor.row(
        (143.1, 134.4),
        5,
        [
            R.of(3.6, "consultingroom", "放疗1诊室 / Radiotherapy Consulting Room 1"),
            R.of(None, "treatmentroom", "模具制作室 / Mould Room: 体膜, 面罩"),
        ],
        end=152,
        door="N",
        refs=numbers("B005"),
    )
    floor.room(
        Box(143.1, 130, 152, 134.4),
        "conferenceroom",
        "放疗会诊室 / Case Conference Room",
        door=Door("W", 2),
        access="staff",
    )


def _draw_nuclear_reception(floor: Floor) -> None:
    """Draw the uncontrolled part of nuclear medicine: desk and seats."""
    waiting = floor.open_area(
        Box(152, 141, 160, 146),
        "waitingroom",
        "核医学候诊区 / Nuclear Medicine Waiting",
        ref="B010",
        clear_width_m=2.5,
    )
    floor.desk(Box(157.2, 142, 159.4, 142.6), "核医学登记台 / Nuclear medicine desk")
    floor.seats(Box(156.8, 144.2, 159.4, 144.8))
    floor.occupant(
        waiting,
        "nuclearmedicine",
        "核医学科 / Nuclear Medicine: PET-CT, 骨扫描, ECT, bone scan",
        his="NM",
        hours=CLINIC,
        at=(158.3, 143.3),
        description=("孕妇和儿童请勿进入检查区 / Pregnant women and children, please stay outside"),
    )


def _draw_nuclear_consulting(floor: Floor) -> None:
    """Draw the doctor who explains, and the bone scan."""
    floor.row(
        (160, 141),
        5,
        [
            R.of(
                3.6, "consultingroom", "核医学问诊室 / Nuclear Medicine Consulting Room", door="N"
            ),
            R.of(
                7.4,
                "nuclearmedicine",
                "骨扫描室 / Bone Scan (SPECT): ECT, SPECT",
                his="SPECT",
                door=bed_door("S"),
            ),
            staff(2.6, "SPECT操作间 / SPECT Control", door="S"),
            R.of(2.4, "restroom.unisex", "控制区卫生间 / Controlled Area Toilet", door="S"),
            R.of(None, "lobby", "核医学出口厅 / Nuclear Medicine Exit", is_open=False),
        ],
        end=180,
        refs=numbers("B011"),
    )
    floor.fixture(Box(166, 143, 168.4, 144.6), "equipment")


def _draw_nuclear_rooms(floor: Floor) -> None:
    """Draw the controlled area: patients go through it from west to east only."""
    controlled = floor.corridor(
        Box(152, 138.3, 180, 141),
        "核医学控制区走廊 / Controlled Corridor",
        is_open=False,
        description="有放射性，听到叫号后进入 / Radioactive area, enter when called",
    )
    floor.door(
        154,
        141,
        1.4,
        name="核医学入口 / Nuclear Medicine Entrance",
        one_way_to=controlled,
        material="metal",
    )
    exit_hall = next(space for space in floor.spaces if space.words.zh == "核医学出口厅")
    floor.door(178, 141, 1.4, one_way_to=exit_hall, material="metal")
    street = next(space for space in floor.spaces if space.words.zh == "地下医技街")
    floor.door(178, 146, 1.4, one_way_to=street, name="核医学出口 / Nuclear Medicine Exit")
    floor.row(
        (152, 130),
        8.3,
        [
            staff(4, "分装室 / Hot Laboratory", "laboratory", door=["N", Door("E", 4)]),
            R.of(4, "injectionroom", "核素注射室 / Tracer Injection"),
            R.of(5, "waitingroom", "注射后候诊室 / Uptake Room: 静候室", is_open=False),
            R.of(7.5, "nuclearmedicine", "PET-CT室 / PET-CT", his="PETCT", door=bed_door("N")),
            staff(3, "PET-CT操作间 / PET-CT Control"),
            staff(None, "放射性废物间 / Decay Store", "storage"),
        ],
        end=180,
        door="N",
        refs=numbers("B021"),
    )
    floor.fixture(Box(167.6, 132.4, 170, 135.6), "equipment")


def _draw_hyperbaric(floor: Floor) -> None:
    """Draw the hall of the two pressure chambers, and what belongs to it."""
    waiting = floor.open_area(
        Box(124, 150, 133.5, 157),
        "waitingroom",
        "高压氧候诊区 / Hyperbaric Waiting Area",
        ref="B030",
    )
    floor.desk(Box(125, 155, 127.6, 155.8), "高压氧登记台 / Hyperbaric desk")
    floor.seats(Box(128.8, 152, 132.6, 156))
    floor.occupant(
        waiting,
        "hyperbaric",
        "高压氧 / Hyperbaric Oxygen: 高压氧舱, 吸氧, oxygen chamber",
        his="HBO",
        hours=CLINIC,
        at=(126.3, 154),
    )
    floor.room(
        Box(106, 150, 124, 158),
        "hyperbaric",
        "高压氧舱大厅 / Chamber Hall",
        door=[bed_door("S", 15.6, width_m=1.6), Door("E", 3)],
        ref="B031",
        clear_width_m=2.0,
    )
    floor.fixture(Box(108, 153.4, 120, 156.4), "equipment", "大舱 / Large chamber")
    floor.fixture(Box(109, 151, 114, 152.6), "equipment", "小舱 / Small chamber")
    floor.room(
        Box(104, 150, 106, 158),
        "changingroom",
        "高压氧更衣室 / Hyperbaric Changing",
        door=Door("E", 1.2, width_m=0.9),
        ref="B032",
    )


def _draw_hyperbaric_technics(floor: Floor) -> None:
    """Draw what feeds and controls the chambers."""
    floor.row(
        (104, 158),
        3,
        [
            staff(10, "空压机房 / Compressors", "plantroom"),
            staff(10, "储气罐间 / Air Receivers", "plantroom"),
        ],
        end=124,
        door="N",
    )
    floor.room(
        Box(124, 157, 133.5, 161),
        "office",
        "高压氧控制室 / Hyperbaric Control",
        door=["N", Door("S", 2, width_m=0.9)],
        access="staff",
    )
    floor.room(
        Box(100, 157, 104, 161),
        "storage",
        "氧气汇流排间 / Oxygen Manifold",
        door="N",
        access="staff",
    )


def _draw_plant(floor: Floor) -> None:
    """Draw what keeps the building running."""
    floor.row(
        (164.2, 150),
        11,
        [
            staff(5.9, "变配电室 / Transformer Room", "electricalroom"),
            staff(None, "UPS电池间 / Batteries", "electricalroom"),
        ],
        end=176,
        door="N",
    )
    floor.row(
        (100, 163.7),
        6.3,
        [
            staff(10, "医用真空机房 / Medical Vacuum", "plantroom"),
            staff(10, "冷冻机房 / Chillers", "plantroom"),
            staff(10, "换热站 / Heat Exchangers", "plantroom"),
            staff(7, "生活水泵房 / Water Pumps", "plantroom"),
            staff(8, "消防水泵房 / Fire Pumps", "plantroom"),
            staff(6, "维修间 / Workshop"),
            staff(6, "库房 / Store", "storage"),
            staff(7, "污水处理间 / Waste Water", "plantroom"),
            staff(8, "柴油发电机房 / Generator", "plantroom"),
            staff(None, "放疗配电间 / Radiotherapy Switch Room", "electricalroom"),
        ],
        end=180,
        door="S",
    )

"""Diagnostics, floor 3F: endoscopy, intervention, dialysis, lung function, neurophysiology."""

from floorplans.drawing.diagnostics.core import CLINIC, HALL, STREET, bed_door, draw_spine, staff
from floorplans.drawing.kit import Box, Door, Floor, R, numbers


def draw_third(floor: Floor) -> None:
    """Draw the floor."""
    floor.corridor(STREET, "医技街 / Diagnostics Street")
    floor.corridor(HALL, "医技楼三层大厅 / Diagnostics Hall 3F", category="lobby")
    draw_spine(floor, "医技楼三层电梯厅 / Diagnostics Lift Lobby 3F")
    _draw_endoscopy(floor)
    _draw_endoscopy_care(floor)
    _draw_endoscopy_rooms(floor)
    _draw_dialysis(floor)
    _draw_stations(floor)
    _draw_dialysis_staff(floor)
    _draw_neurophysiology(floor)
    _draw_intervention(floor)
    _draw_intervention_staff(floor)
    _draw_lung_function(floor)
    _draw_north(floor)


def _draw_endoscopy(floor: Floor) -> None:
    """Draw where patients of endoscopy register and wait."""
    waiting = floor.open_area(
        Box(124, 138.6, 136, 146),
        "waitingroom",
        "内镜候诊区 / Endoscopy Waiting Area",
        ref="B301",
        clear_width_m=2.5,
    )
    floor.desk(Box(133, 143.2, 134.6, 144), "内镜登记台 / Endoscopy desk")
    floor.seats(Box(126.4, 141.2, 131.8, 144.8))
    floor.occupant(
        waiting,
        "endoscopy",
        "内镜中心 / Endoscopy Centre: 胃镜, 肠镜, 无痛胃镜, gastroscopy, colonoscopy",
        his="ENDO",
        hours=CLINIC,
        at=(133.8, 142.2),
    )


def _draw_endoscopy_care(floor: Floor) -> None:
    """Draw preparation, recovery and what belongs to them."""
    floor.room(
        Box(118, 138.6, 124, 146),
        "treatmentroom",
        "内镜准备室 / Endoscopy Preparation: 术前准备, 麻醉评估",
        door=[bed_door("E", 4.5), bed_door("S", 4.5)],
        ref="B302",
    )
    floor.beds((119.5, 146), 2, head="N", pitch_m=2.6)
    floor.room(
        Box(108, 138.6, 118, 146),
        "treatmentroom",
        "内镜复苏室 / Endoscopy Recovery: 苏醒室",
        door=[bed_door("S"), bed_door("N", 8.5)],
        ref="B303",
    )
    floor.beds((109.2, 146), 3, head="N", pitch_m=2.4)
    floor.row(
        (100, 138.6),
        7.4,
        [
            R.of(4, "restroom.unisex", "肠道准备卫生间 / Bowel Preparation Toilets"),
            R.of(4, "consultingroom", "内镜报告室 / Endoscopy Results"),
        ],
        end=108,
        door="S",
        refs=numbers("B304"),
    )


def _draw_endoscopy_rooms(floor: Floor) -> None:
    """Draw the examination rooms and where endoscopes are washed."""
    floor.corridor(
        Box(100, 135.9, 131, 138.6), "内镜检查走廊 / Endoscopy Corridor", clear_width_m=2.7
    )
    floor.door(126, 138.6, 1.6, kind="sliding", automatic=True, name="内镜检查区 / Endoscopy Rooms")
    names = (
        "胃镜1室 / Gastroscopy 1",
        "胃镜2室 / Gastroscopy 2",
        "肠镜1室 / Colonoscopy 1",
        "肠镜2室 / Colonoscopy 2",
        "ERCP室 / ERCP Room",
    )
    rooms = [R.of(5, "endoscopy", name) for name in names]
    floor.row((100, 130), 5.9, rooms, end=125, door=bed_door("N", 1.2), refs=numbers("B311"))
    floor.row(
        (125, 130),
        5.9,
        [staff(6, "内镜洗消间 / Endoscope Washing", "sterilesupply", door=Door("N", width_m=1.3))],
        end=131,
    )
    floor.room(
        [Box(131, 130, 136, 138.6)],
        "doctorsoffice",
        "内镜医生办公室 / Endoscopists' Office",
        door=Door("W", 7.2),
        access="staff",
    )


def _draw_dialysis(floor: Floor) -> None:
    """Draw reception, changing rooms and the stations."""
    waiting = floor.open_area(
        Box(144, 138.6, 152, 146),
        "waitingroom",
        "透析等候区 / Dialysis Waiting Area",
        ref="B320",
        clear_width_m=2.5,
    )
    floor.seats(Box(145.6, 141.4, 150.4, 145))
    floor.occupant(
        waiting,
        "dialysis",
        "血液透析中心 / Dialysis: 透析, 血透, 洗肾, haemodialysis",
        his="HD",
        hours="Mo-Sa 07:00-18:00",
        at=(144.8, 139.2),
    )
    floor.room(
        Box(144, 134, 152, 138.6),
        "nursestation",
        "透析接诊室 / Dialysis Reception: 称体重, 量血压",
        door=[Door("N", 4, width_m=1.6, kind="sliding", automatic=True), bed_door("E", 1.6)],
        ref="B321",
        clear_width_m=2.5,
    )
    floor.desk(Box(145, 135.6, 145.8, 137.6), "接诊台 / Reception desk")
    floor.amenity(150.6, 137.9, "service", "轮椅秤 / Wheelchair Scales: 称体重")
    floor.row(
        (144, 130),
        4,
        [
            R.of(4, "changingroom", "透析男更衣室 / Dialysis Changing (men)"),
            R.of(4, "changingroom", "透析女更衣室 / Dialysis Changing (women)"),
        ],
        end=152,
        door="N",
        refs=numbers("B322"),
    )


def _draw_stations(floor: Floor) -> None:
    """Draw the hall of the stations, and the isolated ones."""
    floor.room(
        Box(152, 130, 172, 141),
        "dialysis",
        "透析治疗大厅 / Dialysis Hall",
        ref="B324",
        clear_width_m=1.8,
    )
    refs = numbers("HD01")
    floor.beds((153.4, 130), 8, head="S", refs=[next(refs) for _ in range(8)])
    floor.beds((157.8, 141), 6, head="N", refs=[next(refs) for _ in range(6)])
    for x in (159.4, 161.8, 164.2, 166.6):
        bed = Box(x - 1.05, 134.6, x + 1.05, 135.5)
        floor.fixture(bed, "furniture", ref=next(refs))
    floor.desk(Box(168.4, 134.4, 170, 136.6), "护士站 / Nurses' desk")
    floor.room(
        Box(152, 141, 160, 146),
        "dialysis",
        "隔离透析室 / Isolation Dialysis",
        door=[bed_door("N", 1.4), Door("S", 1.2, access="staff")],
        ref="B325",
    )
    floor.beds((155.2, 141), 2, head="S", pitch_m=2.8, refs=["HD21", "HD22"])


def _draw_dialysis_staff(floor: Floor) -> None:
    """Draw the passage behind the stations."""
    floor.corridor(
        Box(172, 134, 174.4, 146), "透析医护通道 / Dialysis Staff Passage", access="staff"
    )
    floor.door(173.2, 146, 1.3, access="staff")
    floor.door(172, 139.4, 1.3, access="staff")
    floor.row(
        (174.4, 134),
        5.6,
        [
            staff(4, "置管手术室 / Catheter Room", "treatmentroom"),
            staff(4, "透析医护办公室 / Dialysis Office", "doctorsoffice"),
            staff(None, "医护更衣室 / Staff Changing", "changingroom"),
        ],
        along="N",
        end=146,
        door="W",
    )
    floor.room(
        Box(172, 130, 180, 134),
        "plantroom",
        "透析水处理间 / Water Treatment",
        door=Door("N", 1.2),
        access="staff",
    )


def _draw_neurophysiology(floor: Floor) -> None:
    """Draw the rooms on the street beside dialysis."""
    rooms = floor.row(
        (160, 141),
        5,
        [
            R.of(4, "neurophysiology", "脑电图室 / EEG: 脑电图, electroencephalogram", his="EEG"),
            R.of(4, "neurophysiology", "肌电图室 / EMG: 肌电图, 神经传导", his="EMG"),
            R.of(4, "neurophysiology", "诱发电位室 / Evoked Potentials: 诱发电位", his="EP"),
        ],
        end=172,
        door=Door("N", width_m=1.1),
        refs=numbers("B331"),
    )
    floor.occupant(
        rooms[0],
        "neurophysiology",
        "神经电生理室 / Neurophysiology: 脑电图, 肌电图, EEG, EMG",
        his="NEP",
        hours=CLINIC,
    )


def _draw_intervention(floor: Floor) -> None:
    """Draw two angiography rooms behind a preparation room, with a clean corridor of their own."""
    waiting = floor.open_area(
        Box(126, 150, 133.5, 157),
        "waitingroom",
        "介入等候区 / Intervention Waiting Area",
        ref="B340",
        clear_width_m=2.5,
    )
    floor.seats(Box(128.8, 151.8, 132.8, 155.6))
    floor.occupant(
        waiting,
        "interventional",
        "介入中心 / Interventional Centre: 介入, 支架, 造影, stent, angiography",
        his="INT",
        hours=CLINIC,
        at=(127, 153.5),
    )
    floor.row(
        (104, 150),
        8,
        [
            staff(7, "介入1室 / Angiography 1: DSA", "operatingtheatre", door=bed_door("N", 2)),
            staff(3, "介入控制室 / Angiography Control", door=["N", Door("W"), Door("E")]),
            staff(7, "介入2室 / Angiography 2: DSA", "operatingtheatre", door=bed_door("N", 5)),
            R.of(
                None,
                "treatmentroom",
                "介入准备室 / Intervention Preparation",
                door=[bed_door("E", 3.4), bed_door("N", 2.2, access="staff")],
                ref="B341",
            ),
        ],
        end=126,
    )


def _draw_intervention_staff(floor: Floor) -> None:
    """Draw the clean corridor, where one scrubs, the store."""
    floor.corridor(
        Box(104, 158, 126, 161), "介入洁净走廊 / Intervention Clean Corridor", access="staff"
    )
    floor.door(115, 161, 1.6, access="staff", kind="sliding", automatic=True)
    floor.room(
        Box(100, 157, 104, 161),
        "changingroom",
        "介入更衣室 / Scrub Room",
        door=["N", Door("E", 2.6)],
        access="staff",
    )
    floor.room(
        [Box(126, 157, 133.5, 161)],
        "storage",
        "介入耗材库 / Intervention Store",
        door="N",
        access="staff",
    )


def _draw_lung_function(floor: Floor) -> None:
    """Draw lung function beside the staff passage."""
    waiting = floor.open_area(
        Box(164.2, 150, 168.2, 155.5),
        "waitingroom",
        "肺功能候诊区 / Lung Function Waiting",
        ref="B350",
    )
    floor.seats(Box(165, 153.6, 167.4, 154.2))
    floor.occupant(
        waiting,
        "lungfunction",
        "肺功能室 / Lung Function: 肺功能, 吹气, spirometry",
        his="PFT",
        hours=CLINIC,
        at=(166.2, 151.6),
    )
    floor.row(
        (168.2, 150),
        5.5,
        [
            R.of(3.9, "lungfunction", "肺功能1室 / Lung Function Room 1: 吹气"),
            R.of(None, "lungfunction", "支气管激发室 / Bronchial Challenge: 激发试验"),
        ],
        end=176,
        door="S",
        refs=numbers("B351"),
    )
    floor.row(
        (164.2, 155.5),
        5.5,
        [
            staff(5.9, "标本暂存间 / Samples", "storage"),
            staff(None, "医生办公室 / Doctors' Office", "doctorsoffice"),
        ],
        end=176,
        door="N",
    )


def _draw_north(floor: Floor) -> None:
    """Draw the staff rooms along the north front."""
    floor.row(
        (100, 163.7),
        6.3,
        [
            staff(6, "男更衣室 / Staff Changing (men)", "changingroom"),
            staff(6, "女更衣室 / Staff Changing (women)", "changingroom"),
            staff(6, "介入设备间 / Angiography Equipment", "plantroom"),
            staff(8, "介入复苏室 / Intervention Recovery", "observation", door=bed_door("S")),
            staff(6, "介入医生办公室 / Intervention Office", "doctorsoffice"),
            staff(8, "会议室 / Meeting Room", "conferenceroom"),
            staff(7, "内镜库 / Endoscope Store", "storage"),
            staff(5, "医护休息室 / Staff Rest", "privatelounge"),
            staff(4, "员工卫生间 / Staff Toilets", "restroom.unisex"),
            staff(8, "透析耗材库 / Dialysis Store", "storage"),
            staff(8, "透析液配制间 / Dialysate Preparation"),
            staff(None, "空调机房 / Ventilation Plant", "plantroom"),
        ],
        end=180,
        door="S",
    )

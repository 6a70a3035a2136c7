"""Diagnostics, floor 2F: laboratory, blood sampling, ultrasound, ECG, pathology, blood bank."""

from floorplans.drawing.diagnostics.core import CLINIC, HALL, STREET, bed_door, draw_spine, staff
from floorplans.drawing.kit import Box, Door, Floor, R, numbers


def draw_second(floor: Floor) -> None:
    """Draw the floor."""
    floor.corridor(STREET, "医技街 / Diagnostics Street")
    floor.corridor(HALL, "医技楼二层大厅 / Diagnostics Hall 2F", category="lobby")
    draw_spine(floor, "医技楼二层电梯厅 / Diagnostics Lift Lobby 2F")
    _draw_sampling(floor)
    _draw_laboratory(floor)
    _draw_ultrasound(floor)
    _draw_ultrasound_rooms(floor)
    _draw_ecg(floor)
    _draw_ecg_staff(floor)
    _draw_pathology(floor)
    _draw_north(floor)


def _draw_sampling(floor: Floor) -> None:
    """Draw the waiting area, the sampling windows, where samples are handed in."""
    floor.open_area(
        Box(144, 134.5, 153, 146), "waitingroom", "采血候诊区 / Sampling Waiting Area", ref="B201"
    )
    floor.seats(Box(146, 136.4, 151.4, 144.6))
    floor.amenity(144.6, 145.2, "ticketing", "采血取号机 / Queue Tickets: 取号, 排队")
    for y in (139, 141):
        floor.amenity(
            144.6, y, "checkin.selfservice", "自助报告机 / Report Printer: 打印化验单, 报告"
        )
    windows = floor.open_area(
        Box(153, 136, 157.5, 146), "bloodsampling", "采血窗口 / Sampling Windows", ref="B202"
    )
    floor.desk(Box(155.4, 137, 156, 145), "采血台 / Sampling counter")
    floor.occupant(
        windows,
        "bloodsampling",
        "门诊采血 / Blood Sampling: 抽血, 验血, 采血处, blood test",
        his="BLD2",
        hours="Mo-Su 07:00-17:00",
        at=(154.4, 141),
    )
    floor.door(157.5, 138.4, 1.0, access="staff")
    samples = floor.open_area(
        Box(144, 130, 153, 134.5), "laboratory", "标本接收区 / Sample Reception", ref="B203"
    )
    floor.desk(Box(146, 131, 151, 131.6), "标本台 / Sample desk")
    floor.occupant(
        samples,
        "laboratory",
        "检验科 / Clinical Laboratory: 化验室, 化验, 验尿, 留样, lab, urine test",
        his="LAB",
        hours="Mo-Su 07:00-18:00",
        at=(148, 133),
    )
    toilet = R.of(
        3, "restroom.unisex", "留样卫生间 / Sample Toilet: 留尿", door=Door("W", 0.75, width_m=0.9)
    )
    floor.row((153, 130), 4.5, [toilet, toilet], along="N", refs=numbers("B204"))


def _draw_laboratory(floor: Floor) -> None:
    """Draw the laboratory behind the windows, which staff alone enter."""
    floor.corridor(
        Box(157.5, 137.2, 180, 139.6),
        "检验科走廊 / Laboratory Corridor",
        access="staff",
        is_open=False,
    )
    floor.row(
        (157.5, 139.6),
        6.4,
        [
            staff(5.5, "样本前处理 / Sample Preparation", "laboratory"),
            staff(5, "临检室 / Haematology & Urine", "laboratory"),
            staff(4, "微生物室 / Microbiology", "laboratory"),
            staff(4, "分子实验室 / Molecular Laboratory", "laboratory"),
            staff(None, "更衣缓冲间 / Gowning", "changingroom", door=["N", "S"]),
        ],
        end=180,
        door="S",
    )
    floor.row(
        (157.5, 130),
        7.2,
        [
            staff(
                9.5, "生化免疫流水线 / Chemistry Line", "laboratory", door=Door("N", width_m=1.6)
            ),
            staff(5, "免疫室 / Immunology", "laboratory"),
            staff(4, "试剂冷库 / Cold Store", "storage"),
            staff(None, "检验科办公室 / Laboratory Office"),
        ],
        end=180,
        door="N",
    )
    for x in (159, 162, 165):
        floor.fixture(Box(x - 0.8, 131, x + 0.8, 134.5), "equipment")


def _draw_ultrasound(floor: Floor) -> None:
    """Draw where one waits for ultrasound."""
    waiting = floor.open_area(
        Box(124, 138.6, 136, 146), "waitingroom", "超声候诊区 / Ultrasound Waiting Area", ref="B210"
    )
    floor.desk(Box(133, 139.6, 134.6, 140.4), "超声登记台 / Ultrasound desk")
    floor.seats(Box(125.4, 140.2, 131.4, 144.4))
    floor.occupant(
        waiting,
        "ultrasound",
        "超声科 / Ultrasound: B超, 彩超, 超声, sonography",
        his="US",
        hours=CLINIC,
        at=(133.8, 141.4),
    )


def _draw_ultrasound_rooms(floor: Floor) -> None:
    """Draw the rooms on both sides of a corridor."""
    floor.corridor(Box(100, 135.6, 136, 138.6), "超声走廊 / Ultrasound Corridor")
    south = [
        R.of(3.6, "ultrasound", f"超声{number}室 / Ultrasound Room {number}: B超, 彩超")
        for number in range(1, 9)
    ]
    south += [
        R.of(
            3.6, "ultrasound", f"产科超声{number}室 / Obstetric Ultrasound {number}: 产检超声, 四维"
        )
        for number in (1, 2)
    ]
    floor.row((100, 130), 5.6, south, end=136, door=Door("N", 0.9), refs=numbers("B211"))
    floor.row(
        (100, 138.6),
        7.4,
        [
            R.of(
                7, "ultrasound", "介入超声室 / Interventional Ultrasound: 穿刺", door=bed_door("S")
            ),
            R.of(5, "ultrasound", "心脏超声1室 / Echocardiography 1: 心超, 心脏彩超, echo"),
            R.of(5, "ultrasound", "心脏超声2室 / Echocardiography 2: 心超, 心脏彩超, echo"),
            R.of(3.5, "ultrasound", "妇科超声室 / Gynaecological Ultrasound: 阴超"),
            staff(None, "超声医生办公室 / Ultrasound Office", "doctorsoffice"),
        ],
        end=124,
        door="S",
        refs=numbers("B221"),
    )


def _draw_ecg(floor: Floor) -> None:
    """Draw ECG along the street, west of the lifts."""
    waiting = floor.open_area(
        Box(124, 150, 133.5, 157), "waitingroom", "心电图候诊区 / ECG Waiting Area", ref="B230"
    )
    floor.desk(Box(124.8, 155, 127.4, 155.8), "心电图登记台 / ECG desk")
    floor.seats(Box(128.6, 152, 132.6, 156))
    floor.occupant(
        waiting,
        "ecg",
        "心电图室 / ECG: 心电图, 心电, 做心电, electrocardiogram",
        his="ECG",
        hours="Mo-Su 07:30-17:30",
        at=(126, 154),
    )
    floor.row(
        (104, 150),
        5.5,
        [
            *(
                R.of(4, "ecg", f"心电图{number}室 / ECG Room {number}: 心电图")
                for number in (1, 2, 3)
            ),
            R.of(
                4,
                "ecg",
                "动态心电室 / Holter Monitoring: 背盒子, 24小时心电图, 动态血压",
                his="HOLTER",
            ),
            R.of(4, "ecg", "运动平板室 / Exercise ECG: 运动试验, treadmill", his="TMT"),
        ],
        end=124,
        door=Door("S", width_m=1.1),
        refs=numbers("B231"),
    )


def _draw_ecg_staff(floor: Floor) -> None:
    """Draw the rooms behind, which open to the staff corridor."""
    floor.row(
        (104, 155.5),
        5.5,
        [
            staff(5, "心电分析室 / ECG Analysis"),
            staff(5, "心电医生办公室 / ECG Office", "doctorsoffice"),
            staff(5, "设备间 / Equipment Room", "storage"),
            staff(5, "值班室 / Duty Room", "dutyroom"),
        ],
        end=124,
        door="N",
    )
    floor.room(
        Box(124, 157, 133.5, 161),
        "office",
        "远程心电中心 / Remote ECG Centre",
        door="N",
        access="staff",
    )
    floor.room(Box(100, 157, 104, 161), "storage", "库房 / Store", door="N", access="staff")


def _draw_pathology(floor: Floor) -> None:
    """Draw the windows of pathology and blood bank, and the first rooms behind them."""
    window = floor.open_area(
        Box(164.2, 150, 170, 153.6), "pathology", "病理窗口 / Pathology Window", ref="B240"
    )
    floor.desk(Box(165, 152.4, 167.8, 153), "病理窗口 / Pathology window")
    floor.occupant(
        window,
        "pathology",
        "病理科 / Pathology: 病理报告, 活检, 切片, biopsy",
        his="PATH",
        hours=CLINIC,
        at=(167, 151.6),
    )
    floor.room(
        Box(164.2, 153.6, 170, 161),
        "laboratory",
        "取材室 / Specimen Cutting",
        door=["N", Door("S", 5)],
        access="staff",
    )
    hatch = floor.open_area(
        Box(170, 150, 176, 153.6), "bloodbank", "发血窗口 / Blood Issue Window", ref="B241"
    )
    floor.desk(Box(170.8, 152.4, 173.6, 153), "发血窗口 / Blood issue window")
    floor.occupant(
        hatch,
        "bloodbank",
        "输血科 / Blood Bank: 取血, 配血, transfusion",
        his="BB",
        at=(173, 151.6),
        access="staff",
        description="仅限医护人员取血 / Blood is handed to staff only",
    )
    floor.room(
        Box(170, 153.6, 176, 161),
        "bloodbank",
        "储血发血室 / Blood Store",
        door=["N", Door("S", 5)],
        access="staff",
    )


def _draw_north(floor: Floor) -> None:
    """Draw pathology's laboratories along the north front."""
    floor.row(
        (100, 163.7),
        6.3,
        [
            staff(5, "男更衣室 / Staff Changing (men)", "changingroom"),
            staff(5, "女更衣室 / Staff Changing (women)", "changingroom"),
            staff(8, "示教室 / Teaching Room", "conferenceroom"),
            staff(9, "病理诊断室 / Pathologists", "doctorsoffice"),
            staff(6, "冷冻切片室 / Frozen Sections", "laboratory"),
            staff(7, "免疫组化室 / Immunohistochemistry", "laboratory"),
            staff(7, "病理技术室 / Histology", "laboratory"),
            staff(6, "切片档案室 / Slide Archive", "storage"),
            staff(4, "员工卫生间 / Staff Toilets", "restroom.unisex"),
            staff(6, "细胞学室 / Cytology", "laboratory"),
            staff(6, "配血室 / Cross-matching", "laboratory"),
            staff(5, "血液冷库 / Blood Cold Store", "storage"),
            staff(None, "空调机房 / Ventilation Plant", "plantroom"),
        ],
        end=180,
        door="S",
    )

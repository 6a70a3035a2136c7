"""The ward floors of the tower, 3F to 12F: who is there, and what each has that others have not."""

from dataclasses import dataclass, replace

from floorplans.drawing.inpatient.rooms import (
    Room,
    staff_room,
    treatment_room,
    ward_rooms,
)

VISITING = (
    "探视15:00–20:00;其他时间请按门铃 / Visiting 15:00–20:00; at other times please ring the bell"
)


@dataclass(frozen=True)
class Ward:
    """A ward.

    Parameters
    ----------
    words
        ``Chinese / English: aliases``.
    code
        Its code in the hospital's information system.
    category
        Category of the department.
    phone
        Telephone of its nurse station.
    """

    words: str
    code: str
    category: str
    phone: str


@dataclass(frozen=True)
class WardFloor:
    """A floor of one ward, or of a west and an east ward.

    Rows run from west to east, the strips at the ends from south to north.

    Parameters
    ----------
    number
        Floor number.
    wards
        One ward, or the west and the east one.
    south, north
        Rows of 68 m along the south and the north front.
    west, east
        Strips of 11.4 m beside the exit stairs.
    office
        The room of 5.1 m beside the toilets; a floor of two wards has the nurse station of the west
        ward there instead.
    quarters
        Staff rooms of 12.7 m in the north-west block.
    stores
        Staff rooms of 13.1 m in the north-east block.
    """

    number: int
    wards: tuple[Ward, ...]
    south: tuple[Room, ...]
    north: tuple[Room, ...]
    west: tuple[Room, ...]
    east: tuple[Room, ...]
    office: Room | None
    quarters: tuple[Room, ...]
    stores: tuple[Room, ...]


DOCTORS = staff_room(5.4, "医生办公室 / Doctors' Office", "doctorsoffice")
TALK = Room(5.1, "room", "谈话间 / Interview Room: 医患沟通, talk with the doctor")
CHIEF = staff_room(5.4, "主任办公室 / Head of Department")
DOCTORS_SMALL, CHIEF_SMALL = replace(DOCTORS, width_m=5.0), replace(CHIEF, width_m=5.0)
TEACHING = staff_room(6.0, "示教室 / Teaching Room", "conferenceroom")
QUARTERS = (
    staff_room(3.6, "医生值班室 / Doctors on Duty", "dutyroom"),
    staff_room(3.6, "护士值班室 / Nurses on Duty", "dutyroom"),
    staff_room(3.0, "更衣室 / Staff Changing", "room"),
    staff_room(2.5, "职工卫生间 / Staff Toilet", "restroom.unisex"),
)
STORES = (
    staff_room(3.4, "护士长办公室 / Ward Manager"),
    staff_room(5.0, "仪器室 / Equipment Store", "storage"),
    staff_room(4.7, "被服库 / Linen Store", "storage"),
)
LOUNGE = Room(7.8, "dayroom", "活动室 / Day Room: 病员活动室, patients' lounge", doorless=True)
SHOWER = Room(3.6, "shower", "助浴室 / Assisted Bath: 洗澡")
FAMILY = Room(6.0, "familywaiting", "家属休息区 / Family Lounge: 陪护休息", doorless=True)
STUDY = staff_room(5.4, "进修医生办公室 / Visiting Doctors' Office", "doctorsoffice")

OBSTETRICS = WardFloor(
    3,
    (
        Ward(
            "产科病区 / Maternity Ward: 产科病房, 母婴同室, 生孩子, postnatal",
            "W03A",
            "obstetrics",
            "8301",
        ),
    ),
    south=(
        *ward_rooms(10, 2),
        treatment_room(6.0, "待产室 / Labour Room: 待产", code="W03L"),
        Room(8.0, "operatingtheatre", "产房 / Delivery Suite", access="staff", door_m=1.5),
        treatment_room(6.0, "新生儿沐浴室 / Baby Bath: 婴儿洗澡, 抚触"),
        *ward_rooms(2, 1),
    ),
    north=(
        *ward_rooms(5, 1),
        Room(16.0, "neonatal", "新生儿重症监护室 / Neonatal Intensive Care", 0, "staff", 1.5, 15.0),
        Room(8.0, "neonatal", "新生儿过渡病室 / Step-down Nursery", 0, "staff", 1.3),
        Room(5.0, "neonatal", "新生儿隔离室 / Isolation Nursery", 0, "staff", 1.3),
        staff_room(4.0, "配奶间 / Milk Kitchen", "room"),
        staff_room(5.0, "暖箱清洗室 / Incubator Cleaning", "room"),
        Room(6.0, "nursestation", "新生儿科护士站 / Neonatal Nurse Station", access="staff"),
        staff_room(4.0, "新生儿科医生办公室 / Neonatal Doctors' Office", "doctorsoffice"),
    ),
    west=(
        Room(7.8, "classroom", "孕妇学校 / Antenatal Classes: 孕妇课堂, 分娩教育"),
        Room(3.6, "mothersroom", "哺乳室 / Nursing Room: 喂奶, 母婴室"),
    ),
    east=(
        Room(6.0, "familywaiting", "新生儿家属等候区 / Nursery Family Waiting", doorless=True),
        Room(
            5.4,
            "neonatal",
            "新生儿科接待室 / Neonatology Reception: 新生儿科, 送奶, 新生儿谈话, neonatology",
            code="W03N",
        ),
    ),
    office=Room(5.1, "room", "听力筛查室 / Hearing Screening: 新生儿听力"),
    quarters=QUARTERS,
    stores=(STORES[0], DOCTORS_SMALL, STORES[2]),
)

PAEDIATRICS = WardFloor(
    4,
    (
        Ward(
            "儿科病区 / Children's Ward: 儿科病房, 小儿病房, paediatric ward",
            "W04A",
            "paediatrics",
            "8401",
        ),
    ),
    south=(
        *ward_rooms(7, 3),
        Room(8.0, "childplayarea", "儿童游戏区 / Play Area: 玩具", doorless=True),
        *ward_rooms(7, 3),
        Room(4.0, "mothersroom", "哺乳室 / Nursing Room: 喂奶, 母婴室"),
    ),
    north=(
        *ward_rooms(3, 1),
        Room(12.0, "icu", "儿童重症监护室 / Children's Intensive Care", 6, "staff", 1.5),
        treatment_room(6.0, "儿科雾化室 / Children's Nebuliser Room: 雾化", code="W04N"),
        treatment_room(6.0, "儿科输液室 / Children's Infusion Room", "infusionroom", "W04I"),
        Room(8.0, "classroom", "病房学校 / Hospital School: 上课, school"),
        *ward_rooms(4, 2),
        Room(4.0, "room", "儿童沐浴室 / Children's Bath"),
        staff_room(4.0, "配奶间 / Milk Kitchen", "room"),
    ),
    west=(Room(7.8, "dayroom", "阅读角 / Reading Corner: 图书", doorless=True), SHOWER),
    east=(FAMILY, DOCTORS),
    office=TALK,
    quarters=QUARTERS,
    stores=(
        staff_room(3.4, "护士长办公室 / Ward Manager"),
        staff_room(4.4, "玩具消毒间 / Toy Disinfection", "storage"),
        staff_room(5.3, "仪器被服库 / Equipment and Linen", "storage"),
    ),
)

ORTHOPAEDICS = WardFloor(
    5,
    (
        Ward(
            "骨科一病区 / Orthopaedic Ward 1: 骨一科, 脊柱, 创伤骨科",
            "W05A",
            "orthopaedics",
            "8501",
        ),
        Ward(
            "骨科二病区 / Orthopaedic Ward 2: 骨二科, 关节, 关节置换",
            "W05B",
            "orthopaedics",
            "8502",
        ),
    ),
    south=(*ward_rooms(8, 3, width_m=4.25), *ward_rooms(8, 3, width_m=4.25)),
    north=(
        *ward_rooms(4, 3, width_m=4.25),
        treatment_room(6.0, "石膏室 / Plaster Room: 打石膏, 拆石膏", code="W05P"),
        treatment_room(5.0, "牵引室 / Traction Room: 牵引"),
        staff_room(6.0, "骨科器械室 / Orthopaedic Devices", "storage"),
        *ward_rooms(3, 2, width_m=4.25),
        Room(10.0, "fitnessroom", "关节康复训练室 / Joint Exercise Room: 康复训练"),
        staff_room(5.25, "二病区医生办公室 / Doctors' Office, Ward 2", "doctorsoffice"),
        staff_room(6.0, "示教室 / Teaching Room", "conferenceroom"),
    ),
    west=(LOUNGE, SHOWER),
    east=(Room(6.0, "room", "支具适配室 / Brace Fitting: 支具, 拐杖, crutches"), STUDY),
    office=None,
    quarters=QUARTERS,
    stores=STORES,
)

SURGERY = WardFloor(
    6,
    (
        Ward(
            "普外科病区 / General Surgery Ward: 普外病房, 外科病房, 胃肠外科",
            "W06A",
            "generalsurgery",
            "8601",
        ),
    ),
    south=(
        *ward_rooms(14, 3),
        treatment_room(6.0, "换药室 / Dressing Room: 换药, 拆线", "dressingroom", "W06D"),
        treatment_room(6.0, "术前准备室 / Preparation Room: 备皮"),
    ),
    north=(
        *ward_rooms(6, 3),
        *ward_rooms(2, 1),
        Room(
            14.0, "icu", "外科监护室 / Surgical High-dependency Unit: 外科监护, HDU", 6, door_m=1.5
        ),
        treatment_room(6.0, "造口护理门诊 / Stoma Care Clinic: 造口, 伤口护理", code="W06S"),
        TEACHING,
        staff_room(10.0, "外科医生办公区 / Surgeons' Offices", "doctorsoffice"),
    ),
    west=(LOUNGE, SHOWER),
    east=(FAMILY, CHIEF),
    office=TALK,
    quarters=QUARTERS,
    stores=STORES,
)

CARDIOLOGY = WardFloor(
    7,
    (
        Ward(
            "心血管内科病区 / Cardiology Ward: 心内科病房, 心脏病房, heart ward",
            "W07A",
            "cardiology",
            "8701",
        ),
    ),
    south=(
        *ward_rooms(12, 3),
        treatment_room(
            7.0, "病房心脏超声室 / Ward Echocardiography: 心超, 心脏彩超", "ultrasound", "W07E"
        ),
        treatment_room(
            5.0, "动态心电图室 / Holter Monitoring: 动态心电图, 背心电图盒", "ecg", "W07H"
        ),
        Room(8.0, "fitnessroom", "心脏康复室 / Cardiac Rehabilitation: 心脏康复"),
    ),
    north=(
        *ward_rooms(6, 3),
        *ward_rooms(1, 1),
        treatment_room(6.0, "平板运动试验室 / Treadmill Test: 运动平板"),
        Room(
            20.0,
            "icu",
            "CCU冠心病监护室 / Coronary Care Unit (CCU): CCU, 心脏监护, 冠心病监护",
            8,
            door_m=1.5,
            code="W07C",
        ),
        Room(5.0, "icu", "CCU隔离监护室 / CCU Isolation Room", 1, door_m=1.5),
        staff_room(4.5, "CCU治疗室 / CCU Treatment Room", "treatmentroom"),
        staff_room(4.5, "CCU医生办公室 / CCU Doctors' Office", "doctorsoffice"),
    ),
    west=(LOUNGE, SHOWER),
    east=(
        Room(6.0, "familywaiting", "CCU家属等候区 / CCU Family Waiting: CCU家属", doorless=True),
        Room(5.4, "room", "CCU谈话间 / CCU Interview Room"),
    ),
    office=TALK,
    quarters=QUARTERS,
    stores=(STORES[0], CHIEF_SMALL, STORES[2]),
)

NEUROLOGY = WardFloor(
    8,
    (
        Ward(
            "神经内科病区 / Neurology Ward: 神内病房, 脑科病房, 中风病房",
            "W08A",
            "neurology",
            "8801",
        ),
    ),
    south=(
        *ward_rooms(11, 3),
        Room(
            16.0,
            "ward",
            "卒中单元 / Stroke Unit: 中风, 脑梗, 脑卒中",
            8,
            door_m=1.5,
            code="W08S",
        ),
        treatment_room(4.0, "言语吞咽治疗室 / Speech and Swallowing Therapy: 吞咽, 说话训练"),
        treatment_room(4.0, "经颅多普勒室 / Transcranial Doppler: TCD"),
    ),
    north=(
        *ward_rooms(7, 3),
        treatment_room(6.0, "病房脑电图室 / Ward EEG: 脑电图, 视频脑电", "neurophysiology", "W08E"),
        treatment_room(7.0, "认知训练室 / Cognitive Training: 记忆训练"),
        Room(11.0, "fitnessroom", "肢体康复训练室 / Limb Rehabilitation: 康复训练"),
        TEACHING,
        staff_room(4.0, "主任办公室 / Head of Department"),
        staff_room(6.0, "神经内科医生办公室 / Neurologists' Office", "doctorsoffice"),
    ),
    west=(LOUNGE, SHOWER),
    east=(FAMILY, STUDY),
    office=TALK,
    quarters=QUARTERS,
    stores=STORES,
)

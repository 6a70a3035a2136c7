"""The ward floors 9F to 12F."""

from floorplans.drawing.inpatient.rooms import Room, staff_room, treatment_room, ward_rooms
from floorplans.drawing.inpatient.wards import (
    CHIEF,
    DOCTORS,
    FAMILY,
    LOUNGE,
    QUARTERS,
    SHOWER,
    STORES,
    STUDY,
    TALK,
    TEACHING,
    Ward,
    WardFloor,
)

MEDICINE = WardFloor(
    9,
    (
        Ward(
            "呼吸内科病区 / Respiratory Ward: 呼吸科病房, 肺科病房, chest ward",
            "W09A",
            "respiratory",
            "8901",
        ),
        Ward(
            "消化内科病区 / Gastroenterology Ward: 消化科病房, 肠胃病房",
            "W09B",
            "gastroenterology",
            "8902",
        ),
    ),
    south=(*ward_rooms(8, 3, width_m=4.25), *ward_rooms(8, 3, width_m=4.25)),
    north=(
        *ward_rooms(3, 1, width_m=4.0),
        treatment_room(8.0, "支气管镜室 / Bronchoscopy: 气管镜, 纤支镜", "endoscopy", "W09P"),
        treatment_room(5.0, "雾化治疗室 / Nebuliser Room: 雾化, 吸痰"),
        treatment_room(
            5.0, "睡眠监测室 / Sleep Laboratory: 睡眠呼吸, 打鼾, snoring", "lungfunction", "W09S"
        ),
        staff_room(4.0, "呼吸科器械室 / Respiratory Equipment", "storage"),
        *ward_rooms(3, 3, width_m=4.25),
        treatment_room(6.0, "营养支持室 / Nutrition Support: 鼻饲, 肠内营养", code="W09N"),
        treatment_room(5.25, "胃肠准备室 / Bowel Preparation: 灌肠"),
        staff_room(5.0, "消化科医生办公室 / Doctors' Office, Gastroenterology", "doctorsoffice"),
        staff_room(5.0, "示教室 / Teaching Room", "conferenceroom"),
    ),
    west=(LOUNGE, SHOWER),
    east=(FAMILY, STUDY),
    office=None,
    quarters=QUARTERS,
    stores=STORES,
)

ONCOLOGY = WardFloor(
    10,
    (
        Ward(
            "肿瘤科病区 / Oncology Ward: 肿瘤病房, 化疗病房, cancer ward",
            "W10A",
            "oncology",
            "8110",
        ),
    ),
    south=(
        *ward_rooms(11, 3),
        Room(
            16.0,
            "infusionroom",
            "日间化疗中心 / Day Chemotherapy: 日间化疗, 化疗, 打化疗, chemo",
            12,
            door_m=1.5,
            code="W10C",
        ),
        treatment_room(
            8.0, "PICC护理门诊 / PICC Clinic: 换PICC, 维护导管, catheter care", code="W10P"
        ),
    ),
    north=(
        *ward_rooms(6, 2),
        staff_room(8.0, "静脉药物配置室 / Chemotherapy Preparation", "pharmacy"),
        Room(
            6.0,
            "psychology",
            "心理疏导室 / Counselling: 心理咨询",
            code="W10Y",
        ),
        *ward_rooms(2, 1, width_m=6.0),
        Room(
            7.0,
            "lounge",
            "安宁疗护客厅 / Palliative Care Lounge: 安宁疗护, 临终关怀, hospice",
            code="W10H",
        ),
        Room(5.0, "room", "静思室 / Quiet Room"),
        TEACHING,
    ),
    west=(LOUNGE, SHOWER),
    east=(FAMILY, CHIEF),
    office=TALK,
    quarters=QUARTERS,
    stores=STORES,
)

GERIATRICS = WardFloor(
    11,
    (
        Ward(
            "老年医学科病区 / Geriatric Ward: 老年科病房, 老年病房, 老干部病房, elderly ward",
            "W11A",
            "geriatrics",
            "8111",
        ),
    ),
    south=(
        *ward_rooms(7, 3),
        Room(12.0, "dayroom", "阳光活动厅 / Sun Lounge: 晒太阳, 阳光房", doorless=True),
        *ward_rooms(7, 3),
    ),
    north=(
        *ward_rooms(4, 2),
        Room(10.0, "recreation", "怀旧活动室 / Reminiscence Room: 棋牌, 唱歌, 手工", doorless=True),
        Room(10.0, "fitnessroom", "平衡步态训练室 / Balance and Gait Training: 防跌倒, 走路训练"),
        Room(6.0, "shower", "无障碍助浴室 / Accessible Assisted Bath: 洗澡"),
        treatment_room(
            6.0, "记忆评估室 / Memory Assessment: 记忆门诊, 老年痴呆, dementia", code="W11M"
        ),
        Room(8.0, "restaurant", "病员餐厅 / Patients' Dining Room: 吃饭"),
        *ward_rooms(2, 1, width_m=6.0),
    ),
    west=(
        Room(7.8, "dayroom", "书画阅览室 / Reading and Calligraphy: 看报, 书法", doorless=True),
        SHOWER,
    ),
    east=(FAMILY, DOCTORS),
    office=TALK,
    quarters=QUARTERS,
    stores=STORES,
)

INTERNATIONAL = WardFloor(
    12,
    (
        Ward(
            "中医科病区 / Chinese Medicine Ward: 中医病房, 针灸病房, TCM ward",
            "W12A",
            "chinesemedicine",
            "8121",
        ),
        Ward(
            "国际医疗部 / International Medical Department: 国际部, 特需病房, VIP病房",
            "W12B",
            "ward",
            "8122",
        ),
    ),
    south=(
        *ward_rooms(7, 3),
        treatment_room(
            6.0, "中医综合治疗室 / TCM Treatment Room: 拔罐, 刮痧, cupping", code="W12T"
        ),
        *ward_rooms(5, 1, width_m=6.8),
    ),
    north=(
        *ward_rooms(3, 2),
        treatment_room(8.0, "病房针灸室 / Ward Acupuncture: 针灸, 扎针", "acupuncture", "W12N"),
        treatment_room(8.0, "中药熏蒸室 / Herbal Steam Room: 熏蒸, 药浴", code="W12X"),
        staff_room(6.0, "中医科医生办公室 / TCM Doctors' Office", "doctorsoffice"),
        Room(10.0, "lounge", "国际部客厅 / International Lounge", doorless=True),
        Room(
            5.0,
            "consultingroom",
            "国际部诊室 / International Consulting Room",
            code="W12C",
        ),
        *ward_rooms(2, 1, width_m=6.5),
        Room(6.0, "room", "家庭厨房 / Family Kitchen: 做饭"),
    ),
    west=(
        Room(7.8, "dayroom", "养生功法室 / Tai Chi and Qigong Room: 八段锦, 太极", doorless=True),
        SHOWER,
    ),
    east=(
        Room(
            6.0,
            "office",
            "国际部服务台 / International Service Desk: 翻译, 保险, interpreter, insurance",
            doorless=True,
        ),
        STUDY,
    ),
    office=None,
    quarters=QUARTERS,
    stores=STORES,
)

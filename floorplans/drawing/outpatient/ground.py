"""Outpatient Building 1F: the hall, registration, pharmacies, services."""

from floorplans.drawing.kit import Box, Building, Door, Floor
from floorplans.drawing.layout import CLINICS, DAY
from floorplans.drawing.outpatient.clinics import Clinic
from floorplans.drawing.outpatient.frame import LIFT_HALL, PASSAGE, draw_north, draw_zone
from floorplans.drawing.outpatient.paediatrics import draw_paediatrics

_COUNTERS = "Mo-Su 07:30-17:30"
_REPEAT = Clinic(
    "clinic", "便民门诊 / Repeat-prescription Clinic: 开药, 慢病开药, 配药", "REPT", CLINICS
)


def draw(building: Building) -> None:
    """Draw the floor."""
    floor = building.floors["1F"]
    draw_north(floor)
    _draw_registration(floor)
    _draw_one_stop(floor)
    _draw_one_stop_offices(floor)
    _draw_north_west(floor)
    _draw_repeat_prescriptions(floor)
    _draw_treatment(floor)
    _draw_front(floor)
    _draw_security(floor)
    _draw_pharmacy(floor)
    draw_paediatrics(floor)
    _draw_hall(floor)
    draw_zone(floor)


def _draw_registration(floor: Floor) -> None:
    """Draw the counters west of the hall, the machines before them, the offices behind."""
    queue = floor.open_area(
        Box(122, 66, 130, 82), "registrationcashier", clear_width_m=2.4, key="registration"
    )
    floor.desk(Box(122.2, 67, 123, 80))
    floor.occupant(
        queue,
        "registrationcashier",
        "挂号收费处 / Registration & Cashier: 挂号, 缴费, 交钱, 收费处, 退费, 退号, 发票, 专家号, "
        "register, pay",
        his="REG",
        hours=_COUNTERS,
        at=(124, 74),
    )
    floor.room(
        Box(116, 66, 122, 82), "office", "收费工作间 / Cashiers' Office", door="N", access="staff"
    )
    machines = floor.open_area(
        Box(122, 60, 130, 66), "unenclosedarea", clear_width_m=2.4, key="machines"
    )
    for k in range(12):
        x = 122.6 + 0.6 * k
        floor.fixture(Box(x, 60.1, x + 0.5, 60.7), "checkin.kiosk", ref=f"S-{k + 1:02d}")
    floor.occupant(
        machines,
        "checkin.selfservice",
        "自助服务机 / Self-service Machines: 取号, 打印, 报告打印, 自助挂号, 自助缴费, print",
        his="SELF",
        at=(126, 61.6),
    )
    floor.room(
        Box(116, 60, 122, 66), "office", "结算室 / Settlement Office", door="N", access="staff"
    )


def _draw_one_stop(floor: Floor) -> None:
    """Draw the service centre and the passage to the west stairs."""
    floor.corridor(Box(107, 66, 109.4, 82), "西侧过道 / West Passage")
    centre = floor.room(
        Box(109.4, 66, 116, 82),
        "onestopservice",
        door=[Door("N", width_m=1.8, kind="sliding", automatic=True), Door("W")],
        clear_width_m=2.0,
        key="one-stop",
    )
    floor.desk(Box(111, 73, 114.6, 73.8))
    floor.occupant(
        centre,
        "onestopservice",
        "一站式服务中心 / One-stop Service Centre: 医保, 证明, 盖章, 投诉, 病假条, complaints",
        his="ONE",
        hours=CLINICS,
        at=(112.8, 75),
    )
    floor.seats(Box(111, 78, 115, 78.6))


def _draw_one_stop_offices(floor: Floor) -> None:
    """Draw the offices beside it, the bank's machines and the way out to the west."""
    floor.room(
        Box(107, 60, 111.5, 66),
        "office",
        "医保办公室 / Insurance Office: 医保报销",
        door=Door("N", 1.2),
    )
    floor.room(
        Box(111.5, 60, 116, 66),
        "office",
        "医患沟通办公室 / Patient Relations: 投诉, 意见",
        door=Door("N", 3),
    )
    floor.room(
        Box(100, 60, 107, 72),
        "office",
        "门诊部办公室 / Outpatient Office",
        door=Door("E", 9),
        access="staff",
    )
    floor.room(
        Box(100, 76.8, 107, 82),
        "bank",
        "银行自助厅 / Bank Self-service: 取款, 取钱, ATM",
        door=Door("N", width_m=1.2, kind="sliding", automatic=True),
        his="BANK",
    )
    floor.amenities("atm", ((101.2, 77.2), (102.4, 77.2)))
    floor.exit(100, 74.4)


def _draw_north_west(floor: Floor) -> None:
    """Draw the Chinese medicine pharmacy on the west street."""
    floor.corridor(
        [Box(126, 86, 130, 98.4), Box(100, 96, 126, 98.4)], "西北走廊 / North-west Corridor"
    )
    floor.exit(100, 97.2)
    herbs = floor.open_area(Box(114, 86, 126, 90.6), clear_width_m=1.8, key="herbs")
    floor.desk(Box(115, 89.4, 125, 90.1))
    floor.occupant(
        herbs,
        "pharmacy.chinese",
        "中药房 / Chinese Medicine Pharmacy: 中药, 抓中药, 取中药, 代煎",
        his="PHC",
        hours="Mo-Su 08:00-17:45",
        at=(120, 88.6),
    )
    floor.seats(Box(116, 86.8, 124, 87.4))
    floor.room(
        Box(114, 90.6, 126, 96),
        "pharmacy.chinese",
        "中药调剂室 / Herb Dispensary",
        door="N",
        access="staff",
    )


def _draw_repeat_prescriptions(floor: Floor) -> None:
    """Draw the repeat-prescription clinic on the west street."""
    waiting = floor.open_area(
        [Box(104, 86, 114, 91), Box(108, 91, 114, 96)], clear_width_m=1.8, key="repeat"
    )
    floor.desk(Box(110, 93.8, 112.4, 94.6))
    floor.occupant(
        waiting,
        _REPEAT.category,
        _REPEAT.name,
        his=_REPEAT.his,
        hours=_REPEAT.hours,
        at=(111, 92.8),
    )
    floor.seats(Box(106, 87, 112, 89.6))
    one, two = _REPEAT.rooms(2)
    floor.room(Box(100, 86, 104, 91), "consultingroom", one.name, door="E", ref="A1-401")
    floor.room(Box(104, 91, 108, 96), "consultingroom", two.name, door="E", ref="A1-402")
    floor.room(
        Box(100, 91, 104, 96), "storage", "处方库 / Prescription Store", door="N", access="staff"
    )


def _draw_treatment(floor: Floor) -> None:
    """Draw injections, infusions and the baby care room along the north front."""
    floor.room(
        Box(100, 98.4, 106, 103),
        "treatmentroom",
        "门诊治疗室 / Treatment Room: 皮试",
        door="S",
        ref="A1-411",
    )
    floor.room(
        Box(100, 103, 106, 108), "room", "配液室 / Infusion Preparation", door="E", access="staff"
    )
    injections = floor.room(
        Box(106, 98.4, 112, 108), "injectionroom", door=Door("S", width_m=1.2), ref="A1-412"
    )
    floor.occupant(
        injections, "injectionroom", "注射室 / Injection Room: 打针, 肌注", his="INJE", hours=DAY
    )
    infusion = floor.room(
        Box(112, 98.4, 126, 108), "infusionroom", door=Door("S", width_m=1.5), ref="A1-413"
    )
    floor.occupant(
        infusion,
        "infusionroom",
        "输液室 / Infusion Room: 打针, 挂水, 打点滴, 吊瓶, drip",
        his="INFU",
        hours=DAY,
    )
    for y in (100.4, 102.4, 104.4, 106.4):
        floor.fixture(Box(113.4, y, 118, y + 0.7))
        floor.fixture(Box(120, y, 124.6, y + 0.7))
    floor.room(
        Box(126, 98.4, 130, 108),
        "mothersroom",
        "母婴室 / Baby Care Room: 喂奶, 换尿布, 哺乳室, nursing",
        door=Door("S", width_m=1.2, kind="sliding"),
        wheelchair=True,
        his="BABY1",
    )


def _draw_front(floor: Floor) -> None:
    """Draw the café and the wheelchairs beside the main entrance."""
    floor.room(
        Box(130, 60, 138, 66),
        "cafe",
        "咖啡厅 / Café: 咖啡, 奶茶, coffee",
        door=Door("N", width_m=1.8, kind="sliding"),
        hours="Mo-Su 07:30-17:30",
        his="CAFE",
    )
    for x in (131.5, 134.5):
        floor.fixture(Box(x, 61.2, x + 1, 62.2))
    floor.room(
        Box(152, 60, 156, 66),
        "wheelchairloan",
        "轮椅租借处 / Wheelchair Loan: 借轮椅, 平车, 租轮椅",
        door=Door("N", width_m=1.2),
        his="WHEE",
    )


def _draw_security(floor: Floor) -> None:
    """Draw police, security with lost property, and advice on medicines."""
    police = floor.room(Box(156, 60, 160, 66), "office", door="N", access="public", key="police")
    floor.occupant(police, "police", "警务室 / Police Room: 警察, 报警, 派出所", his="POLI")
    security = floor.room(
        Box(160, 60, 165, 66),
        "office",
        "保卫科 / Security Office",
        door="N",
        key="security",
        access="public",
    )
    floor.occupant(
        security,
        "security",
        "保安室 / Security: 保安, 门卫, 走失, 找孩子, lost child",
        his="SECU",
        at=(162, 63),
    )
    floor.occupant(
        security,
        "lostandfound",
        "失物招领处 / Lost & Found: 丢东西, 捡到东西, 手机丢了",
        his="LOST",
        at=(163.8, 63),
    )
    floor.room(
        Box(165, 60, 170, 66), "consultingroom", "用药咨询室 / Medicines Advice: 药师咨询", door="N"
    )


def _draw_pharmacy(floor: Floor) -> None:
    """Draw the pharmacy: the queue open to the hall, the windows, the dispensary behind them."""
    queue = floor.open_area(Box(160, 66, 170, 82), clear_width_m=1.8, key="pharmacy")
    floor.desk(Box(169, 67, 169.7, 81))
    floor.occupant(
        queue,
        "pharmacy",
        "门诊药房 / Outpatient Pharmacy: 取药, 拿药, 药房, 西药房, 西药, 领药, chemist",
        his="PHA",
        hours="Mo-Su 07:30-18:00",
        at=(168, 74),
    )
    floor.seats(Box(161.4, 69, 166, 79), along="N", aisle_m=1.6)
    floor.room(
        Box(170, 60, 183, 82), "pharmacy", "西药调剂室 / Dispensary", door="N", access="staff"
    )
    floor.room(
        Box(183, 60, 190, 72),
        "storage",
        "药库 / Medicines Store",
        door=Door("W", 6),
        access="staff",
    )
    floor.corridor([Box(160, 82, 190, 86), Box(183, 76.8, 190, 82)], "东侧通道 / East Street")
    floor.exit(190, 79.4, 1.5)
    floor.exit(190, 74.4)


def _draw_entrances(floor: Floor) -> None:
    """Draw the doors to the street; one may leave by night as well."""
    floor.corridor(Box(138, 60, 152, 64), "正门门厅 / Main Entrance Lobby", category="lobby")
    floor.entrance(142.6, 60, "门诊正门 / Main Entrance: 大门, 门诊大门, 正门", 2.4, hours=DAY)
    floor.door(
        148.4,
        60,
        1.6,
        kind="revolving",
        automatic=True,
        material="glass",
        hours=DAY,
    )
    floor.door(
        139.4,
        60,
        1.2,
        one_way_to="outside",
        material="glass",
        description="夜间由此离开 / Way out at night",
    )
    for x in (142.6, 147.4):
        floor.door(x, 64, 2.4, kind="sliding", automatic=True, material="glass")
    floor.entrance(100, 84, "门诊西门 / West Entrance", 2.4, hours=DAY)


def _draw_hall(floor: Floor) -> None:
    """Draw the hall under the atrium, the streets and the lift hall."""
    _draw_entrances(floor)
    floor.corridor(Box(100, 82, 130, 86), "西侧通道 / West Street")
    floor.corridor([LIFT_HALL, PASSAGE], "一楼电梯厅 / Lift Hall 1F", clear_width_m=4.0)
    floor.remainder(
        [Box(130, 66, 160, 87), Box(138, 64, 152, 66)],
        "lobby",
        "门诊大厅 / Outpatient Hall: 大厅, 一楼大厅",
        clear_width_m=3.6,
    )
    floor.desk(Box(142, 70.4, 148, 71.2))
    floor.amenity(
        145,
        69.8,
        "information",
        "导诊台 / Information: 问讯, 咨询, 服务台, help desk",
        his="INFO",
        hours=DAY,
    )
    floor.seats(Box(151, 76, 158, 83), aisle_m=1.9)
    floor.seats(Box(131.4, 77, 134, 83), along="N")
    floor.amenity(159.4, 84, "defibrillator")
    floor.amenity(130.6, 88, "defibrillator")
    floor.amenity(156, 88, "powerchargingstation", "充电宝 / Power Bank Rental: 充电")
    floor.amenity(158, 88, "vendingmachine")
    floor.amenity(153, 66.6, "phone")
    floor.amenity(140, 65.4, "handsanitizerstation")
    floor.amenities("drinkingfountain", ((161, 66.5), (131, 66.6)))
    floor.amenities("fireextinguisher", ((130.4, 75), (159.6, 75), (115, 82.4), (175, 82.4)))
    floor.seats(Box(132, 90, 135, 90.6))
    floor.seats(Box(146, 90, 150, 90.6))

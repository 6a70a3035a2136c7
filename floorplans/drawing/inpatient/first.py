"""1F of the tower: the lobby with its gates, admissions, the pharmacy; goods in the north."""

from typing import Any

from floorplans.drawing.inpatient.rooms import Room, Rows, staff_room
from floorplans.drawing.inpatient.tower import (
    EAST_CORRIDOR,
    EAST_STAFF_CORRIDOR,
    EAST_STRIP,
    LIFT_HALL,
    NORTH_CORRIDOR,
    NORTH_ROW,
    OFFICES,
    REFUGE,
    STORES,
    TOILET_PASSAGE,
    TOILETS,
    WEST_CORRIDOR,
    WEST_STAFF_CORRIDOR,
    WEST_STRIP,
    X0,
    Y0,
    draw_core,
    place,
)
from floorplans.drawing.kit import Door, Floor
from floorplans.drawing.layout import INPATIENT, TOWER, VISITS

OFFICE_HOURS = "Mo-Su 07:30-17:30"
INTERCOM = "21:00–06:00请按门铃 / From 21:00 to 06:00 please ring the bell"
VISITORS = "每床限两人,请先登记 / Two visitors a bed, please register first"

_NORTH = (
    staff_room(18.0, "静脉用药调配中心 / Intravenous Admixture Service", "pharmacy"),
    staff_room(10.0, "住院药库 / Pharmacy Store", "storage"),
    staff_room(8.0, "洁物收货区 / Goods Receiving", "storage"),
    staff_room(6.0, "保洁办公室 / Cleaning Office"),
    staff_room(8.0, "被服交换间 / Linen Exchange", "storage"),
    staff_room(6.0, "医疗废物暂存间 / Clinical Waste Holding", "storage"),
    staff_room(6.0, "机房 / Server Room", "serverroom"),
    staff_room(6.0, "工程值班室 / Engineers on Duty", "dutyroom"),
)
_WEST_BACK = (
    staff_room(6.0, "消防控制室 / Fire Control Room"),
    staff_room(5.0, "总值班室 / Duty Manager", "dutyroom"),
    staff_room(5.7, "保安室 / Security Office"),
)
_EAST_BACK = (
    staff_room(4.0, "运送中心 / Porters"),
    staff_room(4.5, "推床清洗间 / Trolley Cleaning", "cleanersroom"),
    staff_room(4.6, "设备维修间 / Equipment Repair", "storage"),
)


def draw_first(floor: Floor) -> None:
    """Draw 1F."""
    floor.section(INPATIENT, "C区（橙区） / Zone C (orange)", key="zone", zone=("C", "orange"))
    draw_core(floor, split=False)
    rows = Rows(floor, 1, [(INPATIENT.x1, "A")])
    _draw_lobby(floor)
    _draw_gates(floor)
    _draw_west(floor, rows)
    _draw_admissions(floor)
    _draw_pharmacy(floor)
    _draw_back(floor, rows)
    _furnish(floor)


def _draw_lobby(floor: Floor) -> None:
    """Draw the windbreak and the lobby; a door leads out at any time."""
    windbreak = place(31, 0, 37, 3.6)
    name = "门斗 / Windbreak"
    floor.room(windbreak, "lobby", name, is_open=False)
    middle = windbreak.middle[0]
    name = "住院楼南门 / Inpatient Tower South Entrance: 住院楼大门, 住院部大门"
    floor.entrance(middle - 0.6, Y0, name, 2.4, hours=TOWER, description=INTERCOM)
    floor.door(
        windbreak.x1 - 0.8,
        Y0,
        1.2,
        one_way_to="outside",
        material="glass",
        description="夜间由此离开 / Way out at night",
    )
    floor.door(middle, windbreak.y1, 2.4, kind="sliding", automatic=True, material="glass")
    desk = floor.open_area(place(19, 7.6, 25, 10.5), "visitordesk")
    floor.desk(place(20, 8.9, 24, 9.5))
    floor.occupant(
        desk,
        "visitordesk",
        "探视登记 / Visitor Desk: 探视, 探望, 看病人, visiting",
        his="IPVIS",
        hours="Mo-Su 14:30-20:00",
        phone="8101",
        at=(X0 + 22, Y0 + 8.3),
        description="探视15:00–20:00 / Visiting 15:00–20:00",
    )
    floor.remainder(
        [place(18, 3.6, 50, 10.5), place(18, 0, 31, 3.6), place(37, 0, 50, 3.6)],
        "lobby",
        "住院大厅 / Inpatient Lobby: 住院部大厅",
        clear_width_m=6.0,
    )


def _draw_gates(floor: Floor) -> None:
    """Draw the lift hall behind its gates: visitors in visiting hours, patients, the way out."""
    floor.room(LIFT_HALL, "lobby", "一层电梯厅 / Lift Hall 1F: 等候电梯", is_open=False)
    gate: dict[str, Any] = {"kind": "sliding", "automatic": True, "material": "glass"}
    hall = floor.spaces[-1]
    floor.door(
        X0 + 33,
        LIFT_HALL.y0,
        1.2,
        one_way_to=hall,
        hours=VISITS,
        name="探视入口 / Visitors' Gate: 探视通道",
        description=VISITORS,
        **gate,
    )
    floor.door(
        X0 + 28.5,
        LIFT_HALL.y0,
        1.8,
        hours=TOWER,
        name="患者及陪护通道 / Patients' and Carers' Gate: 住院患者通道",
        description="请出示腕带或陪护证 / Please show your wristband or carer's card",
        **gate,
    )
    lobby = next(space for space in floor.spaces if space.words.zh == "住院大厅")
    floor.door(X0 + 36.5, LIFT_HALL.y0, 1.2, one_way_to=lobby, name="出口 / Way Out", **gate)


def _draw_west(floor: Floor, rows: Rows) -> None:
    """Draw the shops, toilets, services west of the lobby."""
    floor.corridor(place(0, 7.8, 18, 10.5), "西走廊 / West Corridor")
    floor.corridor(WEST_CORRIDOR, "西侧走廊 / West Side Corridor")
    floor.corridor(TOILET_PASSAGE, "卫生间通道 / Passage to Toilets")
    floor.toilets(TOILETS, "S")
    rows.draw(
        place(0, 0, 18, 7.8),
        "N",
        (
            Room(
                5.0, "service", "陪护服务中心 / Carer Service: 请护工, 陪护证, carer", code="IPCAR"
            ),
            Room(6.0, "convenience", "便民商店 / Convenience Shop: 小卖部, 日用品, shop"),
            Room(7.0, "giftshop", "礼品鲜花 / Gifts and Flowers: 买花, 果篮, 礼品店, florist"),
        ),
    )
    rows.draw(
        OFFICES,
        "S",
        (Room(5.1, "service", "陪检中心 / Patient Escort: 送检, 推车", code="IPESC"),),
    )
    rows.draw(
        WEST_STRIP,
        "E",
        (
            Room(7.8, "cafe", "面包咖啡 / Bakery and Café: 早餐, 咖啡, coffee"),
            Room(3.6, "wheelchairloan", "轮椅租借 / Wheelchair Loan: 借轮椅, 平车"),
        ),
    )


def _draw_admissions(floor: Floor) -> None:
    """Draw admissions: windows before an open hall, offices behind them."""
    floor.corridor(place(50, 7.8, 68, 10.5), "东走廊 / East Corridor")
    floor.corridor(EAST_CORRIDOR, "东侧走廊 / East Side Corridor")
    hall = floor.open_area(place(50, 2.8, 62, 7.8), "admissions", "出入院大厅 / Admissions Hall")
    back = floor.room(
        place(50, 0, 62, 2.8), "office", "出入院办公室 / Admissions Office", access="staff"
    )
    floor.door(back.box.x1 - 0.8, back.box.y1, 1.0, access="staff")
    floor.desk(place(50.4, 3.0, 59.6, 3.5), "出入院窗口 / Admissions Windows")
    name = (
        "出入院办理 / Admissions & Discharge: "
        "住院, 住院办理, 办住院, 入院, 出院结算, 办出院, 住院缴费"
    )
    windows = (X0 + 55, Y0 + 4.2)
    floor.occupant(
        hall, "admissions", name, his="ADM", hours=OFFICE_HOURS, phone="8100", at=windows
    )
    floor.seats(place(52, 5.8, 58, 6.4))
    for x in (60.6, 61.6):
        floor.amenity(X0 + x, Y0 + 6.6, "checkin.selfservice")
    floor.room(
        place(62, 0, 68, 7.8),
        "room",
        "入院准备中心 / Pre-admission Centre: 床位预约, 入院宣教, 等床位",
        his="IPPRE",
        door="N",
    )


def _draw_pharmacy(floor: Floor) -> None:
    """Draw the pharmacy's and the insurance office's windows, each with its store behind."""
    pharmacy = floor.open_area(place(43, 10.5, 53, 13.2), "waitingroom", "住院取药处 / Dispensary")
    floor.occupant(
        pharmacy,
        "pharmacy",
        "住院药房 / Inpatient Pharmacy: 出院带药, 取药, 拿药",
        his="IPPHA",
        hours="Mo-Su 07:30-21:00",
        at=(X0 + 48, Y0 + 12.2),
    )
    insurance = floor.open_area(place(53, 10.5, 59.7, 13.2), "waitingroom", "医保窗口 / Insurance")
    floor.occupant(
        insurance,
        "guestservices",
        "住院医保办公室 / Inpatient Insurance Office: 医保, 报销, 转院, insurance",
        his="IPINS",
        hours="Mo-Fr 08:00-17:30",
        at=(X0 + 56.3, Y0 + 12.2),
    )
    staff: dict[str, Any] = {"access": "staff"}
    store = place(43, 13.2, 53, 16.95)
    floor.room(store, "pharmacy", "住院药房发药间 / Dispensing", door=["N"], **staff)
    office = place(53, 13.2, 59.7, 16.95)
    floor.room(office, "office", "医保办公室 / Insurance Back Office", door=["N"], **staff)
    floor.corridor(
        EAST_STAFF_CORRIDOR,
        "东医护走廊 / East Staff Corridor",
        is_open=False,
        door=Door("E", width_m=1.2),
        **staff,
    )


def _draw_back(floor: Floor, rows: Rows) -> None:
    """Draw what staff use: goods in and out along the north corridor, control and duty rooms."""
    staff: dict[str, Any] = {"is_open": False, "access": "staff"}
    floor.corridor(NORTH_CORRIDOR, "物流走廊 / Goods Corridor", **staff)
    for corridor in (WEST_CORRIDOR, EAST_CORRIDOR):
        floor.door(corridor.middle[0], NORTH_CORRIDOR.y0, 1.8, axis="x", access="staff")
    spaces = rows.draw(NORTH_ROW, "S", _NORTH)
    for space in (spaces[2], spaces[5]):
        floor.service_door(space.middle[0], NORTH_ROW.y1, 1.8)
    floor.corridor(
        WEST_STAFF_CORRIDOR,
        "西医护走廊 / West Staff Corridor",
        door=Door("W", width_m=1.2),
        **staff,
    )
    rows.draw(place(8.3, 19.05, 25, 25.5), "S", _WEST_BACK)
    floor.room(
        place(43, 19.05, 46.6, 25.5),
        "storage",
        "污物暂存间 / Soiled Holding",
        access="staff",
        door=["N"],
    )
    floor.door(X0 + 43, Y0 + 24, 1.1, access="staff")
    rows.draw(STORES, "S", _EAST_BACK)
    rows.draw(
        EAST_STRIP,
        "W",
        (
            Room(6.0, "clinic", "营养门诊 / Nutrition Clinic: 营养科, 饮食指导, diet", code="NUT"),
            staff_room(5.4, "病案室 / Records Office"),
        ),
    )


def _furnish(floor: Floor) -> None:
    floor.seats(place(19, 1.0, 25, 3.0))
    floor.seats(place(41, 1.0, 47, 3.0), amenity=False)
    floor.seats(place(44.5, 8.6, 49, 9.2), amenity=False)
    name = "保安岗 / Security Post: 保安, 门卫, 求助, guard"
    floor.amenity(X0 + 30.6, Y0 + 9.9, "security", name, his="IPSEC")
    floor.amenity(X0 + 18.6, Y0 + 6.8, "atm")
    floor.amenity(X0 + 25.6, Y0 + 13.5, "emergencyshelter", REFUGE)
    floor.amenity(X0 + 38.4, Y0 + 4.0, "handsanitizerstation")
    floor.amenity(X0 + 30.4, Y0 + 4.0, "phone")
    floor.amenity(X0 + 26.5, Y0 + 0.8, "vendingmachine")
    floor.amenity(X0 + 28.0, Y0 + 0.8, "powerchargingstation")
    floor.amenity(X0 + 42.6, Y0 + 10.1, "defibrillator")
    floor.amenity(X0 + 24.6, Y0 + 12.1, "drinkingfountain")
    for u, v in ((2.0, 8.1), (49.0, 5.0), (14.0, 27.9), (52.0, 27.9)):
        floor.amenity(X0 + u, Y0 + v, "fireextinguisher")

"""2F of the tower: rehabilitation in the south, on the way to the bridge; its ward in the north."""

from typing import Any

from floorplans.drawing.inpatient.rooms import (
    BED_DOOR_M,
    Room,
    Rows,
    staff_room,
    treatment_room,
    ward_rooms,
)
from floorplans.drawing.inpatient.tower import (
    BRIDGE_HALL,
    DIRTY_UTILITY,
    EAST_CORRIDOR,
    EAST_STAFF_CORRIDOR,
    LIFT_HALL,
    NORTH_CORRIDOR,
    NORTH_ROW,
    OFFICES,
    PANTRY,
    QUARTERS,
    SOUTH_CORRIDOR,
    SOUTH_ROW,
    TOILET_PASSAGE,
    TOILETS,
    WEST_CORRIDOR,
    WEST_STAFF_CORRIDOR,
    WEST_STRIP,
    X0,
    Y0,
    draw_core,
    equip_hall,
    place,
)
from floorplans.drawing.inpatient.wards import LOUNGE, SHOWER, VISITING
from floorplans.drawing.inpatient.wards import QUARTERS as QUARTER_ROOMS
from floorplans.drawing.kit import Box, Door, Floor
from floorplans.drawing.layout import INPATIENT

_SOUTH = (
    Room(
        20.0,
        "fitnessroom",
        "运动治疗大厅 / Physiotherapy Gym: PT, 运动疗法, 走路训练",
        door_m=1.5,
        code="REHPT",
    ),
    treatment_room(8.0, "作业治疗室 / Occupational Therapy: OT, 手功能", code="REHOT"),
    treatment_room(4.0, "言语治疗室 / Speech Therapy: 说话训练", code="REHST"),
    treatment_room(4.0, "认知治疗室 / Cognitive Therapy"),
    treatment_room(12.0, "物理因子治疗室 / Electrotherapy: 理疗, 电疗, 超短波", code="REHET"),
    treatment_room(6.0, "牵引治疗室 / Traction: 颈椎牵引, 腰椎牵引"),
    treatment_room(8.0, "水疗室 / Hydrotherapy: 水疗", code="REHHT"),
    Room(6.0, "shower", "更衣淋浴室 / Changing and Showers"),
)
_NORTH = (
    *ward_rooms(11, 2),
    treatment_room(8.0, "日常生活训练室 / Daily Living Skills: ADL"),
    Room(6.0, "room", "矫形支具室 / Orthotics: 支具, 假肢, 鞋垫", code="REHOR"),
    staff_room(6.0, "康复科医生办公室 / Doctors' Office", "doctorsoffice"),
    staff_room(4.0, "主任办公室 / Head of Department"),
)
_STATION = place(46.6, 19.05, 53.0, 25.5)


def draw_second(floor: Floor) -> None:
    """Draw 2F."""
    floor.section(INPATIENT, "C区（橙区） / Zone C (orange)", key="zone", zone=("C", "orange"))
    draw_core(floor, split=False)
    rows = Rows(floor, 2, [(INPATIENT.x1, "A")])
    _draw_ways(floor)
    rows.draw(SOUTH_ROW, "N", _SOUTH)
    rows.draw(NORTH_ROW, "S", _NORTH)
    rows.draw(WEST_STRIP, "E", (LOUNGE, SHOWER))
    rows.draw(
        OFFICES,
        "S",
        (treatment_room(5.1, "康复评定室 / Assessment Room", code="REHAS"),),
    )
    rows.draw(QUARTERS, "S", QUARTER_ROOMS)
    _draw_reception(floor)
    _draw_ward(floor)
    _furnish(floor)


def _draw_ways(floor: Floor) -> None:
    """Draw the lift hall, open to the way to the bridge; the ward is behind doors."""
    hall = [LIFT_HALL, TOILET_PASSAGE]
    floor.corridor(hall, "二层电梯厅 / Lift Hall 2F: 等候电梯", category="lobby")
    floor.toilets(TOILETS, "S")
    floor.corridor(SOUTH_CORRIDOR, "康复走廊 / Rehabilitation Corridor")
    floor.corridor(WEST_CORRIDOR, "西走廊 / West Corridor")
    floor.corridor(EAST_CORRIDOR, "东走廊 / East Corridor")
    floor.corridor(NORTH_CORRIDOR, "病区走廊 / Ward Corridor")
    for corridor in (WEST_CORRIDOR, EAST_CORRIDOR):
        floor.door(
            corridor.middle[0],
            NORTH_CORRIDOR.y0,
            1.8,
            axis="x",
            automatic=True,
            material="glass",
            name="康复医学科病区入口 / Rehabilitation Ward Entrance",
            description=VISITING,
        )
    floor.corridor(BRIDGE_HALL, "连廊厅 / Bridge Hall: 去医技楼, 连廊, to Building B")
    floor.open_area(place(62.4, 10.5, 68, 16), "waitingroom", "康复候诊区 / Rehabilitation Waiting")
    floor.room(
        place(62.4, 20, 68, 21.9),
        "storage",
        "轮椅存放间 / Wheelchair Store",
        access="staff",
        door="W",
    )


def _draw_reception(floor: Floor) -> None:
    """Draw the outpatients' side of rehabilitation."""
    reception = floor.open_area(
        place(43, 10.5, 51, 16.95),
        "registration",
        "康复预约登记 / Rehabilitation Reception: 康复登记",
    )
    floor.desk(place(44.2, 11.7, 49.8, 12.4))
    floor.occupant(
        reception,
        "rehabilitation",
        "康复医学科 / Rehabilitation Medicine: 康复科, 理疗科, 康复训练, rehab",
        his="REH",
        hours="Mo-Sa 08:00-17:30",
        phone="8200",
        at=(X0 + 47, Y0 + 11.1),
    )
    door = Door("S", width_m=BED_DOOR_M)
    for box, name in (
        (place(51, 10.5, 55.35, 16.95), "传统康复室 / Traditional Rehabilitation: 针灸康复, 推拿"),
        (place(55.35, 10.5, 59.7, 16.95), "心肺康复室 / Cardiopulmonary Rehabilitation"),
    ):
        floor.room(box, "treatmentroom", name, door=door)


def _draw_ward(floor: Floor) -> None:
    """Draw the ward's nurse station and staff rooms in the middle of the north."""
    staff: dict[str, Any] = {"is_open": False, "access": "staff"}
    door = Door("W", width_m=1.2)
    floor.corridor(WEST_STAFF_CORRIDOR, "西医护走廊 / West Staff Corridor", door=door, **staff)
    door = Door("E", width_m=1.2)
    floor.corridor(EAST_STAFF_CORRIDOR, "东医护走廊 / East Staff Corridor", door=door, **staff)
    floor.room(PANTRY, "room", "配餐开水间 / Pantry and Hot Water: 开水, 打水, 微波炉", door="N")
    floor.amenity(PANTRY.x1 - 1.0, PANTRY.y1 - 1.6, "drinkingfountain")
    floor.door(PANTRY.x1, PANTRY.y1 - 1.5, 1.1, access="staff")
    floor.room(
        DIRTY_UTILITY, "cleanersroom", "污洗间 / Dirty Utility", access="staff", door=["N", "S"]
    )
    floor.door(DIRTY_UTILITY.x0, DIRTY_UTILITY.y1 - 1.5, 1.1, access="staff")
    station = floor.open_area(_STATION, "nursestation", "护士站 / Nurse Station: 护士台, nurses")
    floor.desk(Box(_STATION.x0 + 1.0, _STATION.y1 - 1.9, _STATION.x1 - 1.0, _STATION.y1 - 1.2))
    floor.occupant(
        station,
        "ward",
        "康复医学科病区 / Rehabilitation Ward: 康复病房, 康复科病房",
        his="W02A",
        phone="8201",
        at=(_STATION.middle[0], _STATION.y1 - 0.6),
        description=VISITING,
    )
    floor.door(_STATION.middle[0], _STATION.y0, 1.1, access="staff")
    floor.room(
        place(53, 19.05, 56.3, 25.5),
        "medicalsupplies",
        "治疗准备室 / Clean Utility",
        access="staff",
        door="N",
    )
    floor.room(
        place(56.3, 19.05, 59.7, 25.5),
        "treatmentroom",
        "处置室 / Procedure Room: 抽血, 打针",
        door=Door("N", width_m=BED_DOOR_M),
    )


def _furnish(floor: Floor) -> None:
    equip_hall(floor)
    floor.seats(place(63.4, 11.4, 67.0, 15.2))
    floor.seats(place(28.6, 10.7, 33.4, 11.3))
    floor.seats(Box(X0 + 1.2, Y0 + 15.4, X0 + 4.4, Y0 + 20.8), aisle_m=2.0)
    floor.amenity(X0 + 42.7, Y0 + 10.9, "defibrillator")
    for u, v in ((10.0, 8.1), (54.0, 8.1), (14.0, 27.9), (52.0, 27.9)):
        floor.amenity(X0 + u, Y0 + v, "fireextinguisher")

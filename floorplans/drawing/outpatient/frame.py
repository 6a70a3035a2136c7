"""What all floors of the outpatient building share: shafts, the ring about the atrium, the north.

The building is 90 m by 48 m. Two arms run through it from south to north, two galleries join them
about the atrium; the lifts open to the northern one, which is a hall of 9 m.
"""

from floorplans.drawing.kit import Box, Building, Door, Floor, Space
from floorplans.drawing.kit.items import Side
from floorplans.drawing.kit.rooms import DoorLike

WEST_ARM = Box(126, 60, 130, 108)
EAST_ARM = Box(160, 60, 164, 108)
SOUTH_GALLERY = Box(130, 70, 160, 74)
LIFT_HALL = Box(130, 87, 160, 96)
ATRIUM = Box(130, 74, 160, 87)
PASSAGE = Box(136, 96, 144, 108)
"""From the lift hall to the bridge to building B."""

_ESCALATOR_M = 1.6


def draw_shafts(building: Building) -> None:
    """Put lifts, stairs and escalators on their floors."""
    for number in range(1, 5):
        x = 144 + 2.5 * (number - 1)
        building.lift(f"A-{number}", Box(x, 96, x + 2.5, 99.4), "S", car_m=(1.6, 1.5), wait_s=70)
    for number, x in ((5, 154), (6, 157)):
        building.lift(
            f"A-{number}",
            Box(x, 96, x + 3, 99.4),
            "S",
            name=f"A-{number}号电梯（大） / Lift A-{number} (large): 病床电梯, 轮椅电梯, bed lift",
            car_m=(1.8, 2.7),
            door_m=1.3,
            wait_s=80,
        )
    building.stairs("A-C", Box(144, 104, 151, 108), "W", name="中央楼梯 / Central Stairs")
    west: dict[str, DoorLike] = {"1F": "E", "B1": "E", "": "N"}
    east: dict[str, DoorLike] = {"1F": "N", "B1": "W", "": "N"}
    building.stairs("A-W", Box(100, 72, 107, 76.8), west, name="西侧楼梯 / West Stairs")
    building.stairs("A-E", Box(183, 72, 190, 76.8), east, name="东侧楼梯 / East Stairs")
    _draw_escalators(building)


def _draw_escalators(building: Building) -> None:
    """Put two pairs in the atrium: up and down to 2F from the south, to 3F from the north."""
    x = ATRIUM.x0
    for west, first, lower, upper in ((x + 6, 1, "1F", "2F"), (x + 20.8, 3, "2F", "3F")):
        middle, east = west + _ESCALATOR_M, west + 2 * _ESCALATOR_M
        foot: Side = "S" if lower == "1F" else "N"
        up, down = Box(west, 74, middle, 87), Box(middle, 74, east, 87)
        building.escalator(f"{first}", up, lower, upper, "up", foot=foot)
        building.escalator(f"{first + 1}", down, lower, upper, "down", foot=foot)


def draw_void(floor: Floor) -> None:
    """Leave the atrium open about the escalators, as far as they reach this floor."""
    reached = sorted({s.box.x0 for s in floor.spaces if s.category == "escalator"})
    edges = [ATRIUM.x0]
    for x0 in reached:
        edges += [x0, x0 + _ESCALATOR_M]
    edges.append(ATRIUM.x1)
    for west, east in zip(edges[::2], edges[1::2], strict=True):
        if east - west > 0.1:
            floor.solid(Box(west, ATRIUM.y0, east, ATRIUM.y1), "opentobelow")


def draw_ring(floor: Floor, label: str) -> Space:
    """Draw arms, galleries and the lift hall of an upper floor as one corridor."""
    bridge = floor.label in {"2F", "3F"}
    ring = floor.corridor(
        [WEST_ARM, EAST_ARM, SOUTH_GALLERY, LIFT_HALL, *([PASSAGE] if bridge else [])],
        f"{label}环廊 / Gallery {floor.label}",
        clear_width_m=4.0,
    )
    for x in (132, 146.4):
        floor.seats(Box(x, 89.6, x + 3.2, 90.2))
    floor.desk(Box(141.6, 90.4, 144.4, 91.2))
    floor.amenity(
        143, 89.8, "information", f"{label}导诊台 / Information {floor.label}: 咨询, 问讯"
    )
    floor.amenity(154.5, 95.4, "defibrillator")
    floor.amenities("fireextinguisher", ((126.4, 66), (163.6, 66), (126.4, 106), (163.6, 106)))
    floor.amenity(155.6, 88, "powerchargingstation")
    floor.amenity(157.4, 88, "vendingmachine")
    floor.amenity(159.4, 88, "phone")
    floor.amenities("firealarmpullstation", ((130.4, 95.6), (159.6, 72)))
    return ring


def draw_north(floor: Floor) -> None:
    """Draw toilets, drinking water and plant between the lifts and the north front."""
    floor.toilets(Box(130, 96, 136, 108), "E")
    floor.amenity(143.4, 107.4, "emergencyshelter")
    floor.room(
        Box(144, 99.4, 148, 104),
        "room",
        "开水间 / Drinking Water: 开水, 饮水, 热水",
        door=Door("W", width_m=1.2),
    )
    floor.amenity(146.5, 101.7, "drinkingfountain")
    floor.room(
        Box(148, 99.4, 160, 104), "plantroom", "空调机房 / Air Handling", door="E", access="staff"
    )
    floor.room(
        Box(151, 104, 155.5, 108), "serverroom", "弱电间 / Network Room", door="S", access="staff"
    )
    floor.room(
        Box(155.5, 104, 160, 108),
        "electricalroom",
        "配电间 / Electrical Room",
        door="E",
        access="staff",
    )


def draw_sunroom(floor: Floor, name: str) -> None:
    """Draw the lounge at the north front where lower floors have the bridge."""
    lounge = floor.open_area(PASSAGE, "lounge", name, clear_width_m=1.8)
    x0, y0, x1, y1 = lounge.box
    floor.seats(Box(x0 + 2, y0 + 6, x1 - 2, y1 - 1), aisle_m=1.8)


def draw_zone(floor: Floor) -> None:
    """Say on the map that this is the blue zone."""
    floor.section(
        floor.building.footprint, "A区（蓝区） / Zone A (blue)", key="zone", zone=("A", "blue")
    )

"""Areas of consulting rooms: a waiting area on the arm, a corridor, rooms on both sides of it.

An area takes 12 m of a wing of 26 m: 8 m of waiting with the check-in desk, then 18 m of rooms,
4.8 m deep, along a corridor of 2.4 m.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from floorplans.drawing.kit import Box, Floor, R, Space, numbers
from floorplans.drawing.kit.items import Side
from floorplans.drawing.kit.words import parse_words
from floorplans.drawing.layout import CLINICS

AREA_M = 12.0
_DEEP_M = 4.8
_STAIRS_Y = 72.0
"""South edge of the areas that the stairs at both ends of the building stand in."""
_SCREEN = "请留意叫号屏，到号再进诊室 / Please watch the call screen for your number"
_MIRROR = 290.0
"""Sum of the x of a spot in the west wing and of its mirror in the east wing."""


@dataclass(frozen=True)
class Clinic:
    """A department with its desk in the waiting area.

    Parameters
    ----------
    category
        A preset's category.
    name
        ``Chinese / English: alias, alias``.
    his
        Its code in the hospital's information system.
    hours
        OSM opening_hours.
    """

    category: str
    name: str
    his: str
    hours: str = CLINICS

    @property
    def zh(self) -> str:
        """The Chinese name."""
        return parse_words(self.name).zh

    @property
    def en(self) -> str:
        """The English name."""
        return parse_words(self.name).name["en"]

    def rooms(self, count: int, width_m: float = 3.6, first: int = 1) -> list[R]:
        """List its consulting rooms, numbered."""
        return [
            R.of(width_m, "consultingroom", f"{self.zh}{number}诊室 / {self.en} Room {number}")
            for number in range(first, first + count)
        ]


def room(width_m: float | None, name: str, category: str = "treatmentroom", **options: Any) -> R:
    """List an examination or treatment room."""
    return R.of(width_m, category, name, **options)


def office(width_m: float | None, name: str = "医生办公室 / Doctors' Office") -> R:
    """List a staff room."""
    return R.of(width_m, "doctorsoffice", name, access="staff")


def wing_box(wing: str, x0: float, y0: float, x1: float, y1: float) -> Box:
    """Return a box of the west wing, or its mirror in the east wing."""
    return Box(x0, y0, x1, y1) if wing == "W" else Box(_MIRROR - x1, y0, _MIRROR - x0, y1)


@dataclass(frozen=True)
class Area:
    """An area of consulting rooms.

    Parameters
    ----------
    wing
        ``W`` or ``E``.
    y0
        Its south edge.
    number
        What its signs call it.
    clinics
        One or two departments that wait and check in here, the southern one first.
    south, north
        The rooms on both sides of its corridor, from the front of the building to the atrium. One
        may have no width and takes what is left; beside the stairs there is less.
    """

    wing: str
    y0: float
    number: int
    clinics: Sequence[Clinic]
    south: Sequence[R]
    north: Sequence[R]


def draw_area(floor: Floor, area: Area) -> None:
    """Draw an area of consulting rooms, its corridor and its waiting area."""
    wing, y0, number = area.wing, area.y0, area.number
    draw_waiting(floor, wing, y0, number, area.clinics)
    corridor = wing_box(wing, 100, y0 + _DEEP_M, 118, y0 + AREA_M - _DEEP_M)
    floor.corridor(corridor, f"{number}诊区走廊 / Corridor, Area {number}")
    refs = numbers(f"{floor.building.key}{floor.label[0]}-{number}01")
    door: Side
    for rooms, bottom, door in (
        (area.south, y0, "N"),
        (area.north, y0 + AREA_M - _DEEP_M, "S"),
    ):
        at_stairs = door == "N" and y0 == _STAIRS_Y
        row = wing_box(wing, 107 if at_stairs else 100, bottom, 118, bottom + _DEEP_M)
        ordered = rooms if wing == "W" else list(reversed(rooms))
        floor.row((row.x0, row.y0), _DEEP_M, ordered, end=row.x1, door=door, refs=refs)


def draw_waiting(
    floor: Floor,
    wing: str,
    y0: float,
    number: int,
    clinics: Sequence[Clinic],
    depth_m: float = AREA_M,
) -> list[Space]:
    """Draw a waiting area for each department, side by side, with a desk, seats and a screen."""
    share_m = depth_m / len(clinics)
    return [
        _draw_share(floor, wing, (y0 + share_m * k, share_m), f"waiting {number}-{k}", clinic)
        for k, clinic in enumerate(clinics)
    ]


def draw_cashier(
    floor: Floor,
    number: str,
    *,
    x0: float,
    machines: Iterable[float] = (),
    hours: str = "Mo-Su 07:30-17:30",
) -> None:
    """Draw a cashier between the arms, up to the east arm, with the office behind it.

    Parameters
    ----------
    floor
        The floor.
    number
        Its number in Chinese.
    x0
        Where it begins in the west.
    machines
        Where machines to pay at stand before it, metres east.
    hours
        When it is open.
    """
    label = floor.label
    space = floor.open_area(Box(x0, 64.8, 160, 70), clear_width_m=1.8, key="cashier")
    floor.desk(Box(x0 + 1, 65.2, 159, 65.9))
    floor.occupant(
        space,
        "cashier",
        f"{number}楼收费处 / Cashier {label}: 缴费, 交钱, 收费, 挂号, pay",
        his=f"CASH{label[0]}",
        hours=hours,
        at=((x0 + 160) / 2, 66.6),
    )
    floor.room(
        Box(x0, 60, 160, 64.8), "office", "收费工作间 / Cashiers' Office", door="E", access="staff"
    )
    for x in machines:
        floor.amenity(x, 69.3, "checkin.selfservice")


def _draw_share(
    floor: Floor, wing: str, extent: tuple[float, float], key: str, clinic: Clinic
) -> Space:
    """Draw a department's waiting area; none has seats before the mouth of the corridor."""
    y0, depth_m = extent
    y1 = y0 + depth_m
    waiting = floor.open_area(
        wing_box(wing, 118, y0, 126, y1), clear_width_m=1.8, description=_SCREEN, key=key
    )
    single, upper = depth_m >= AREA_M, key.endswith("1")
    desk_y = y1 - 4.2 if single else y0 + 2.8
    floor.desk(wing_box(wing, 118.8, desk_y, 121.2, desk_y + 0.8))
    at = wing_box(wing, 122.4, desk_y, 123.2, desk_y + 0.8).middle
    floor.occupant(waiting, clinic.category, clinic.name, his=clinic.his, hours=clinic.hours, at=at)
    if single or upper:
        floor.seats(wing_box(wing, 119.4, y1 - 1.2, 125, y1 - 0.6), amenity=upper)
    if single or not upper:
        floor.seats(wing_box(wing, 119.4, y0 + 0.6, 125, y0 + (3.6 if single else 1.2)))
    return waiting

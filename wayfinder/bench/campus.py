"""A generated hospital campus: buildings in two rows, bridges between them, paths outside."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from shapely.geometry import LineString, mapping
from shapely.geometry.base import BaseGeometry

from wayfinder.bench.block import CORRIDOR_M, Block, Footprint, Room, make_block
from wayfinder.model import Feature, Frame, Plan, make_feature

_FRAME = Frame(116.4, 39.9)
_LENGTHS_M = (78.0, 96.0)
_DEPTH_M = 40.0
_GAP_M, _COURT_M = 24.0, 30.0
_BRIDGES_TO = 3
"""Storeys that have a bridge to the next building: all below this one."""
_STREET_M = 12.0
_OCCUPIED_SHARE = 0.08
_OUTDOOR = "level-outdoor"
_DEPARTMENTS = (
    ("心血管内科", "Cardiology"),
    ("呼吸内科", "Respiratory Medicine"),
    ("消化内科", "Gastroenterology"),
    ("神经内科", "Neurology"),
    ("骨科", "Orthopaedics"),
    ("泌尿外科", "Urology"),
    ("眼科", "Ophthalmology"),
    ("口腔科", "Dentistry"),
    ("皮肤科", "Dermatology"),
    ("产科", "Obstetrics"),
    ("儿科", "Paediatrics"),
    ("放射科", "Radiology"),
    ("超声科", "Ultrasound"),
    ("检验科", "Clinical Laboratory"),
    ("药房", "Pharmacy"),
    ("收费处", "Cashier"),
)


@dataclass(frozen=True, slots=True)
class Campus:
    """How large a campus is to be.

    Parameters
    ----------
    buildings
        Number of buildings; every row has up to three.
    floors
        Storeys of each.
    seed
        Equal seeds make equal plans.
    """

    buildings: int = 6
    floors: int = 6
    seed: int = 7

    def __post_init__(self) -> None:
        """Refuse what is no campus."""
        if self.buildings < 1 or self.floors < 1:
            raise ValueError(f"a campus of {self.buildings} buildings with {self.floors} floors")


FULL = Campus()
"""About 15,000 nodes."""


def make_campus(size: Campus = FULL) -> Plan:
    """Generate a campus.

    Parameters
    ----------
    size
        How large it is.

    Returns
    -------
    Plan
        Some 120 rooms a floor, each with a door to the corridor; lifts and stairs link the floors,
        footbridges the buildings of a row on the lower storeys, paths all main entrances.
    """
    random = np.random.default_rng(size.seed)
    rows = _place_buildings(size, random)
    features = [
        _feature("venue", "venue", None, name={"en": "Campus", "zh-Hans": "院区"}, **_VENUE),
        _feature(_OUTDOOR, "level", None, ordinal=0, outdoor=True, category="outdoor",
                 short_name={"en": "Outside", "zh-Hans": "室外"}),
    ]  # fmt: skip
    for row in rows:
        for number, footprint in row.items():
            features += _make_building(number, footprint, row, size, random)
        for (one, west), (_, east) in pairwise(row.items()):
            for floor in range(min(size.floors, _BRIDGES_TO)):
                features += _make_bridge(_level_id(one, floor), west, east)
    features += _make_paths([list(row.values()) for row in rows])
    return Plan.of(features)


_VENUE: dict[str, Any] = {
    "category": "hospital",
    "display_point": {"type": "Point", "coordinates": [_FRAME.lon, _FRAME.lat]},
    "wayfinder": {"time_zone": "Asia/Shanghai"},
}


def _place_buildings(size: Campus, random: np.random.Generator) -> list[dict[int, Footprint]]:
    """Return the rows of buildings from south to north, each with its buildings by number."""
    rows: list[dict[int, Footprint]] = []
    for number in range(size.buildings):
        if number % 3 == 0:
            rows.append({})
            x = 0.0
        length = float(np.round(random.uniform(*_LENGTHS_M), 1))
        rows[-1][number] = Footprint(x, (len(rows) - 1) * (_DEPTH_M + _COURT_M), length, _DEPTH_M)
        x += length + _GAP_M
    return rows


def _feature(
    feature_id: str, kind: str, shape: BaseGeometry | None, **properties: Any  # noqa: ANN401 - JSON
) -> Feature:  # fmt: skip
    geometry = None if shape is None else mapping(_FRAME.geometry_degrees(shape))
    return make_feature(feature_id, kind, geometry, properties)


def _letter(building: int) -> str:
    """Return A to Z, then AA and so on."""
    high, low = divmod(building, 26)
    return (_letter(high - 1) if high else "") + chr(ord("A") + low)


def _level_id(building: int, floor: int) -> str:
    return f"level-{_letter(building)}{floor + 1}"


def _make_building(
    number: int,
    footprint: Footprint,
    row: dict[int, Footprint],
    size: Campus,
    random: np.random.Generator,
) -> Iterator[Feature]:
    """Yield a building with all its floors."""
    letter = _letter(number)
    building_id = f"building-{letter}"
    name = {"en": f"Building {letter}", "zh-Hans": f"{letter}座"}
    yield _feature(building_id, "building", None, name=name, category="unspecified")
    for floor in range(size.floors):
        bridged = floor < _BRIDGES_TO
        stubs = [side for side, n in (("west", number - 1), ("east", number + 1)) if n in row]
        block = make_block(footprint, random, ground=floor == 0, stubs=stubs if bridged else ())
        label = {"en": f"{floor + 1}F", "zh-Hans": f"{floor + 1}层"}
        level_id = _level_id(number, floor)
        yield _feature(level_id, "level", None, ordinal=floor, short_name=label,
                       category="unspecified", building_ids=[building_id])  # fmt: skip
        yield from _make_units(f"{letter}{floor + 1}", level_id, block, random)


def _make_units(
    prefix: str, level_id: str, block: Block, random: np.random.Generator
) -> Iterator[Feature]:
    """Yield the units, doors and occupants of one floor."""
    for number, room in enumerate(block.rooms):
        unit_id = f"{prefix}-{room.key}"
        sign = {"en": f"{prefix}-{number:02d}"}
        ours: dict[str, Any] = {"access": "staff"} if room.staff else {}
        yield _feature(unit_id, "unit", room.outline, level_id=level_id, category=room.category,
                       name=sign, wayfinder=ours)  # fmt: skip
        if room.category == "room" and not room.staff and random.random() < _OCCUPIED_SHARE:
            yield from _make_occupant(unit_id, room, level_id, random)
    for number, (line, category) in enumerate(block.doors):
        ours = {"clear_width_m": round(line.length - 0.1, 2)}
        yield _feature(f"{prefix}-door-{number}", "opening", line, level_id=level_id,
                       category=category, wayfinder=ours)  # fmt: skip


def _make_occupant(
    unit_id: str, room: Room, level_id: str, random: np.random.Generator
) -> Iterator[Feature]:
    """Yield a department and its anchor in a room."""
    chinese, english = _DEPARTMENTS[int(random.integers(len(_DEPARTMENTS)))]
    anchor_id = f"{unit_id}-anchor"
    yield _feature(anchor_id, "anchor", room.outline.centroid, unit_id=unit_id, level_id=level_id)
    yield _feature(f"{unit_id}-occupant", "occupant", None, anchor_id=anchor_id,
                   category="healthcarefacility",
                   name={"en": f"{english} {unit_id[:2]}", "zh-Hans": f"{chinese}{unit_id[:2]}"},
                   )  # fmt: skip


def _make_bridge(level_id: str, west: Footprint, east: Footprint) -> Iterator[Feature]:
    """Yield a footbridge between two buildings, with a fire door at each end."""
    low, high = west.middle_m - CORRIDOR_M / 2, west.middle_m + CORRIDOR_M / 2
    start, end = west.x + west.length_m, east.x
    bridge_id = f"bridge-{level_id}"
    outline = LineString([(start, west.middle_m), (end, west.middle_m)])
    shape = outline.buffer(CORRIDOR_M / 2, cap_style="flat")
    yield _feature(bridge_id, "unit", shape, level_id=level_id, category="footbridge",
                   name={"en": "Bridge", "zh-Hans": "连廊"})  # fmt: skip
    for number, x in enumerate((start, end)):
        door = LineString([(x, low + 0.4), (x, high - 0.4)])
        yield _feature(f"{bridge_id}-door-{number}", "opening", door, level_id=level_id,
                       category="pedestrian", wayfinder={"clear_width_m": 1.8})  # fmt: skip


def _make_paths(rows: list[list[Footprint]]) -> Iterator[Feature]:
    """Yield a street south of every row, the ways in, and a road that joins the streets."""
    gate = -_STREET_M
    corners = []
    for number, row in enumerate(rows):
        street = row[0].y - _STREET_M
        points = [(gate, street), *((footprint.entrance[0], street) for footprint in row)]
        corners.append(points[0])
        yield _path(f"street-{number}", points)
        for k, footprint in enumerate(row):
            turning = (footprint.entrance[0], street)
            yield _path(f"way-in-{number}-{k}", [turning, footprint.entrance])
    if len(corners) > 1:
        yield _path("road", corners)


def _path(key: str, points: list[tuple[float, float]]) -> Feature:
    return _feature(f"path-{key}", "relationship", LineString(points), category="traversal",
                    direction="undirected", wayfinder={"level_ids": [_OUTDOOR]})  # fmt: skip

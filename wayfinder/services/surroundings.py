"""What one sees from a sign: what lies on one's left, on one's right and behind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import atan2, degrees, hypot

from wayfinder.guide.memory import recall
from wayfinder.guide.names import Sign as Name
from wayfinder.guide.sights import Region, in_front
from wayfinder.model import Access, Plan, Sign, Unit
from wayfinder.presets import find_preset
from wayfinder.services.served import Served

Point = tuple[float, float]

SEEN_M = 40.0
"""What is further away is not said (ours)."""
_NEAR_M = 1.5
_WALL_DEG = 40.0
_SIDE_DEG = 140.0
_DULL_KINDS = frozenset({"circulation", "staff", "waiting"})
_DULL = frozenset({"seating", "lobby", "waste"})
_DULL_RANK = 9
"""What has no preset comes after everything that has one."""


class Side(StrEnum):
    """Where something is, for whoever looks at the sign."""

    LEFT = "left"
    RIGHT = "right"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class _Seen:
    name: Name
    side: Side
    distance_m: float

    @property
    def rank(self) -> tuple[int, float]:
        preset = find_preset(self.name.category)
        return (preset.rank if preset else _DULL_RANK, self.distance_m)


def look_around(served: Served, sign: Sign) -> Mapping[Side, Name]:
    """Find the most telling thing in plain sight on each side of whoever looks at a sign.

    Parameters
    ----------
    served
        The venue.
    sign
        A sign of its plan.

    Returns
    -------
    Mapping
        Side to what one reads there; a side is missing where nothing is in sight. What the sign
        hangs on is not said: one sees nothing but the sign there. Empty where nobody knows which
        way the sign faces.
    """
    nodes = served.network.places.get(sign.id, ())
    if sign.facing_deg is None or not nodes:
        return {}
    region = recall(served.network).sights.find_region(nodes[0])
    best: dict[Side, _Seen] = {}
    for seen in _list_seen(served.plan, region, sign.point, sign.facing_deg):
        known = best.get(seen.side)
        if known is None or seen.rank < known.rank:
            best[seen.side] = seen
    return {side: best[side].name for side in Side if side in best}


def find_side_of(served: Served, sign: Sign, unit_id: str) -> Side | None:
    """Tell on which side of whoever looks at a sign a room, lift or stairs is entered.

    None where one does not see its door from there, or it lies straight ahead, or nobody knows
    which way the sign faces.
    """
    nodes = served.network.places.get(sign.id, ())
    if sign.facing_deg is None or not nodes:
        return None
    region = recall(served.network).sights.find_region(nodes[0])
    doors = [in_front(portal) for portal in region.portals if portal.beyond == unit_id]
    for at, is_seen in zip(doors, region.sees(sign.point, doors), strict=True):
        if is_seen:
            return find_side(sign.point, at, sign.facing_deg)
    return None


def _list_seen(plan: Plan, region: Region, eye: Point, facing_deg: float) -> Iterator[_Seen]:
    portals = [
        (portal.sign, in_front(portal))
        for portal in region.portals
        if _is_public(plan.find(portal.beyond, Unit))
    ]
    spots = [(spot.sign, spot.point) for spot in (*region.spots, *region.towers)]
    # a name, or a pictogram: "a door" helps nobody to know where he is
    told = [(name, at) for name, at in (*portals, *spots) if name.tells and _is_telling(name)]
    visible = region.sees(eye, [at for _, at in told])
    for (name, at), is_seen in zip(told, visible, strict=True):
        distance_m = hypot(at[0] - eye[0], at[1] - eye[1])
        side = find_side(eye, at, facing_deg)
        if is_seen and side is not None and _NEAR_M <= distance_m <= SEEN_M:
            yield _Seen(name, side, distance_m)


def _is_public(unit: Unit | None) -> bool:
    """Tell whether visitors may know a room: of staff's doors nobody takes notice."""
    return unit is None or unit.access in {None, Access.PUBLIC}


def _is_telling(name: Name) -> bool:
    """Tell whether something helps to know where one is: a name or a pictogram, no bench."""
    preset = find_preset(name.category)
    if preset is None:
        return bool(name.labels)
    dull = preset.kind in _DULL_KINDS or preset.category in _DULL
    return not dull and (bool(name.labels) or preset.symbol is not None)


def find_side(eye: Point, at: Point, facing_deg: float) -> Side | None:
    """Tell on which side a point lies for whoever looks in a compass direction; None ahead."""
    bearing = degrees(atan2(at[0] - eye[0], at[1] - eye[1]))
    turn = (bearing - facing_deg + 180) % 360 - 180
    if abs(turn) < _WALL_DEG:
        return None
    if abs(turn) > _SIDE_DEG:
        return Side.BEHIND
    return Side.RIGHT if turn > 0 else Side.LEFT

"""What cannot be built like this: rooms on each other, doors to nowhere, seats before a door."""

from collections import Counter
from collections.abc import Iterable, Iterator

import shapely
from shapely.geometry import Point

from floorplans.drawing.kit.floor import Floor
from floorplans.drawing.kit.items import Part, Space, Spot, Tenant
from floorplans.drawing.kit.shapes import find_middle, subtract
from floorplans.drawing.kit.sides import Joint, Sides, make_line
from wayfinder.model.categories import SOLID, VERTICAL

_SLIVER_M2 = 0.02
_GAP_M2 = 0.5
_SWING_M = 0.7
"""Before a door nothing stands this near (ours)."""
_SIGN_FREE_M = 0.5


def list_faults(floors: Iterable[Floor], sides: Sides | None = None) -> list[str]:
    """List what is wrong, each fault with its building, floor and metres."""
    floors = list(floors)
    sides = sides or Sides(floors)
    faults = list(_list_doubles(floors))
    for floor in floors:
        joints = [sides.join(gate) for gate in floor.gates]
        faults += _list_overlaps(floor)
        faults += _list_outside(floor)
        faults += _list_bad_doors(floor, joints)
        faults += _list_blocked_doors(floor, joints, sides)
        faults += _list_stray(floor, sides)
    return [*faults, *_list_doorless(floors, sides)]


def _list_doubles(floors: list[Floor]) -> Iterator[str]:
    """Find things that would have one id, and codes that stand for two things."""
    ids: Counter[tuple[str, str, str]] = Counter()
    codes: Counter[str] = Counter()
    for floor in floors:
        for kind in ("spaces", "spots", "tenants", "things", "parts", "links"):
            for item in getattr(floor, kind):
                ids[kind, str(floor), item.key] += 1
        coded: list[Space | Spot | Tenant | Part] = [*floor.spaces, *floor.spots]
        for item in [*coded, *floor.tenants, *floor.parts]:
            his = item.wayfinder.get("codes", {}).get("his")
            shaft = isinstance(item, Space) and item.category in VERTICAL
            codes[his] += 1 if his and not shaft else 0
    for (kind, floor_name, key), count in ids.items():
        if count > 1:
            yield f"{floor_name}: {count} {kind} are {key!r}: give them a number (ref) or a key"
    for his, count in codes.items():
        if count > 1:
            yield f"the code {his!r} stands for {count} things"


def _list_overlaps(floor: Floor) -> Iterator[str]:
    spaces = floor.spaces
    tree = shapely.STRtree([space.shape for space in spaces])
    for one, other in zip(*tree.query([space.shape for space in spaces]), strict=True):
        if one < other:
            common = spaces[one].shape.intersection(spaces[other].shape)
            if common.area > _SLIVER_M2:
                x, y = common.centroid.coords[0]
                yield (
                    f"{spaces[one]} and {spaces[other]} share {common.area:.2f} m²"
                    f" about ({x:.2f}, {y:.2f})"
                )


def _list_outside(floor: Floor) -> Iterator[str]:
    """Find rooms that leave their floor, and indoors what belongs to no room."""
    for space in floor.spaces:
        outside = space.shape.difference(floor.outline)
        if outside.area > _SLIVER_M2:
            x, y = outside.centroid.coords[0]
            yield (f"{space} leaves its floor by {outside.area:.2f} m² about ({x:.2f}, {y:.2f})")
    if floor.outdoor:
        return
    for part in shapely.get_parts(subtract(floor.outline, [s.shape for s in floor.spaces])):
        if part.area > _GAP_M2:
            x, y = find_middle(part)
            around = ", ".join(f"{edge:.2f}" for edge in part.bounds)
            yield (
                f"{floor}: {part.area:.1f} m² about ({x:.2f}, {y:.2f}) belong to no space"
                f" ({around})"
            )


def _list_bad_doors(floor: Floor, joints: list[Joint]) -> Iterator[str]:
    for gate, joint in zip(floor.gates, joints, strict=True):
        if not joint.is_sound:
            yield f"{gate} does not lie between two spaces: {_say_sides(joint)}"
        elif any(space and space.category in SOLID for space in joint.spaces):
            yield f"{gate} leads into what nobody enters: {_say_sides(joint)}"


def _say_sides(joint: Joint) -> str:
    sides = (sorted({str(space) for space in side}) for side in (joint.low, joint.high))
    return " | ".join(f"[{' and '.join(side)}]" for side in sides)


def _list_blocked_doors(floor: Floor, joints: list[Joint], sides: Sides) -> Iterator[str]:
    """Find furniture and signs that stand before a door, in a space that it leads into."""
    if not floor.gates:
        return
    lines = [make_line(gate, joint.axis) for gate, joint in zip(floor.gates, joints, strict=True)]
    tree = shapely.STRtree(lines)
    for thing in floor.things:
        home = sides.find_space(floor, find_middle(thing.shape))
        for i in tree.query(thing.shape, predicate="dwithin", distance=_SWING_M):
            if home not in joints[i].spaces:
                continue
            x, y = thing.shape.centroid.coords[0]
            yield f"{floor.gates[i]}: {thing.category} at ({x:.2f}, {y:.2f}) stands in its way"
    for spot in (spot for spot in floor.spots if spot.is_sign):
        mounting = spot.wayfinder["sign"]["mounting"]
        if mounting in {"wall", "pillar", "totem"}:
            for i in tree.query(Point(spot.at), predicate="dwithin", distance=_SIGN_FREE_M):
                yield f"{spot} hangs in the swing of {floor.gates[i]}"


def _list_stray(floor: Floor, sides: Sides) -> Iterator[str]:
    """Find points off all spaces, and furniture in walls, on itself or over two spaces."""
    for spot in floor.spots:
        space = sides.find_space(floor, spot.at)
        if space is None or space.category in SOLID or space.floor is not floor:
            yield f"{spot} lies in no space"
    for tenant in floor.tenants:
        if not tenant.space.shape.covers(Point(tenant.at)):
            yield f"{tenant.words.zh} lies outside {tenant.space}"
    for thing in floor.things:
        home = sides.find_space(floor, find_middle(thing.shape))
        if home is None or home.shape.intersection(thing.shape).area < thing.shape.area - 0.001:
            edges = ", ".join(f"{edge:.2f}" for edge in thing.shape.bounds)
            yield f"{floor}: {thing.category} ({edges}) does not stand in one space: {home}"
    tree = shapely.STRtree([thing.shape for thing in floor.things])
    for spot in floor.spots:
        for i in tree.query(Point(spot.at), predicate="within"):
            if spot.is_sign:
                yield f"{spot} is inside {floor.things[i].category}"


def _list_doorless(floors: list[Floor], sides: Sides) -> Iterator[str]:
    """Find rooms with walls that have no door."""
    entered: set[int] = set()
    for floor in floors:
        for gate in floor.gates:
            entered.update(id(space) for space in sides.join(gate).spaces)
    for floor in floors:
        for space in floor.spaces:
            enterable = space.category not in SOLID and space.has_walls
            if enterable and space.category not in VERTICAL and id(space) not in entered:
                yield f"{space} has no door"

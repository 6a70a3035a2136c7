"""The parts of a network that one level or one unit makes by itself, kept for the next build.

A part is made anew only where a feature that it depends on was replaced, so an editor that changes
one floor rebuilds one floor.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wayfinder.graph.areas import Area, Floor
from wayfinder.graph.boundaries import Crossing, find_crossings
from wayfinder.graph.doors import Door, match_doors
from wayfinder.graph.drawn import Flow
from wayfinder.graph.interior import Interior, Portal, Room, Spot, connect_interiors
from wayfinder.graph.joints import Joints, join_level
from wayfinder.model import Feature, Frame, Issue, Level, Plan

Signature = tuple[object, ...]


@dataclass(frozen=True)
class FloorPart:
    """One level: its areas, doors and open boundaries."""

    signature: Signature
    floor: Floor
    doors: tuple[Door, ...]
    crossings: tuple[Crossing, ...]
    issues: tuple[Issue, ...]


@dataclass
class Parts:
    """What a build leaves for the next one."""

    frame: Frame
    floors: dict[str, FloorPart] = field(default_factory=dict)
    joints: dict[str, tuple[FloorPart, Mapping[str, frozenset[Flow]], Joints]] = field(
        default_factory=dict
    )
    interiors: dict[str, tuple[Signature, Interior]] = field(default_factory=dict)


def make_floor_parts(plan: Plan, previous: Parts | None) -> dict[str, FloorPart]:
    """Make, or take over, the parts of all levels.

    Parameters
    ----------
    plan
        The plan.
    previous
        Parts of an earlier build in the same frame.
    """
    own = _features_by_level(plan)
    known = previous.floors if previous else {}
    floors = {
        level.id: _floor(plan, level, own[level.id], known.get(level.id)) for level in plan.levels
    }
    parts = {}
    for level in plan.levels:
        peers = [
            peer for peer in plan.levels if peer.ordinal == level.ordinal and peer.id != level.id
        ]
        signature = (*own[level.id], *(feature for peer in peers for feature in own[peer.id]))
        old = known.get(level.id)
        if old is not None and _same(old.signature, signature):
            parts[level.id] = old
            continue
        floor = floors[level.id]
        doors, issues = match_doors(plan, floor, [floors[peer.id] for peer in peers])
        crossings = find_crossings(floor, doors)
        parts[level.id] = FloorPart(
            signature, floor, tuple(doors), tuple(crossings), (*floor.issues, *issues)
        )
    return parts


def _features_by_level(plan: Plan) -> Mapping[str, Signature]:
    """Return the features that lie on each level, the level itself first."""
    groups: defaultdict[str, list[Feature]] = defaultdict(list)
    for feature in plan:
        if feature.level_id is not None:
            groups[feature.level_id].append(feature)
    return {level.id: (level, *groups[level.id]) for level in plan.levels}


def _floor(plan: Plan, level: Level, own: Signature, old: FloorPart | None) -> Floor:
    """Make a level's areas, or take them over where nothing on it changed."""
    if (
        old is not None
        and _same(old.signature[: len(own)], own)
        and old.floor.own_count == len(own)
    ):
        return old.floor
    return Floor(plan, level, own_count=len(own))


def _same(one: Signature, other: Signature) -> bool:
    """Tell whether two signatures hold the very same features."""
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def make_joints(
    level_id: str,
    flows: Mapping[str, frozenset[Flow]],
    areas: Mapping[str, Area],
    previous: Parts | None,
    parts: Parts,
) -> Joints:
    """Make, or take over, the nodes and edges of a level's doors, and note them in the new parts.

    Parameters
    ----------
    level_id
        The level, of which the new parts have the floor.
    flows
        Opening id to the units from and to which alone it leads.
    areas
        All areas by unit id.
    previous, parts
        Parts of the earlier build, and those of this one.
    """
    part = parts.floors[level_id]
    own = {key: flows[key] for door in part.doors if (key := door.opening.id) in flows}
    known = previous.joints.get(level_id) if previous else None
    # a part is the same only where all of its neighbours' features are, too
    if known is None or known[0] is not part or known[1] != own:
        levels = {key: one.floor.level for key, one in parts.floors.items()}
        made = join_level(part.doors, part.crossings, own, areas, levels, parts.frame)
        known = part, own, made
    parts.joints[level_id] = known
    return known[2]


def make_interiors(
    floor: Floor,
    portals: Mapping[str, Sequence[Portal]],
    spots: Mapping[str, Sequence[Spot]],
    previous: Parts | None,
    parts: Parts,
) -> dict[str, Interior]:
    """Make, or take over, the ways inside a level's units and note them in the new parts.

    Parameters
    ----------
    floor
        The level.
    portals, spots
        Nodes by unit id.
    previous, parts
        Parts of the earlier build, and those of this one.

    Returns
    -------
    dict
        Unit id to what lies inside, in the order of the level's areas.
    """
    known = previous.interiors if previous else {}
    made: dict[str, tuple[Signature, Interior | None]] = {}
    rooms = {}
    for key, area in floor.areas.items():
        obstacles = floor.obstacles_in[key]
        inside = tuple(portals.get(key, ())), tuple(spots.get(key, ()))
        signature: Signature = (area.unit, area.outline, obstacles, *inside)
        old = known.get(key)
        if old is not None and old[0][0] is area.unit and old[0][1:] == signature[1:]:
            made[key] = signature, old[1]
        else:
            made[key] = signature, None
            rooms[key] = Room(area.unit, area.outline, obstacles, *inside)
    fresh = dict(zip(rooms, connect_interiors(list(rooms.values())), strict=True))
    interiors = {key: old or fresh[key] for key, (_, old) in made.items()}
    parts.interiors |= {key: (made[key][0], interior) for key, interior in interiors.items()}
    return interiors

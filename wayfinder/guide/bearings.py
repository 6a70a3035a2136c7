"""What to take one's direction from: something in plain sight to walk towards, or away from."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import cos, hypot, radians, sin

from wayfinder.guide.bends import Point, angle_deg, unit_vector
from wayfinder.guide.sights import Portal, Region, Seen, Spot
from wayfinder.guide.step import Direction, Landmark, Relation, Sight

TOWARDS_DEG = 25.0
"""How far off the way something may be that one is told to walk towards (ours)."""

_TOGETHER_DEG = 10.0


@dataclass(frozen=True, slots=True)
class Bearing:
    """A landmark to take one's direction from.

    Parameters
    ----------
    landmark
        The landmark.
    heading
        Direction that it leads to, a unit vector.
    off_deg
        How far it is off the direction wanted, in degrees.
    distance_m
        How far away the landmark is.
    """

    landmark: Landmark
    heading: Point
    off_deg: float
    distance_m: float


_RELATIONS = (
    (Relation.AWAY, 180.0, None),
    (Relation.BESIDE, 90.0, Direction.LEFT),
    (Relation.BESIDE, -90.0, Direction.RIGHT),
)


def make_landmark(
    what: Portal | Spot, relation: Relation, side: Direction | None, ordinal: int | None = None
) -> Landmark:
    """Make a landmark of something in sight."""
    sight = what.sight if isinstance(what, Portal) else Sight.PLACE
    return Landmark(
        what.feature, sight, relation, what.sign.labels, what.sign.category, side, ordinal
    )


def find_bearing(
    region: Region,
    eye: Point,
    heading: Point,
    *,
    barred: Sequence[str] = (),
    only: Portal | None = None,
) -> Bearing | None:
    """Find something with a sign in plain sight by which to take one's direction.

    Parameters
    ----------
    region
        Where one stands.
    eye
        Point from which one looks.
    heading
        Direction in which to set off.
    barred
        Categories of what one may not use: who walks towards stairs may well take them.
    only
        The one thing to consider, or None for all.

    Returns
    -------
    Bearing or None
        Best something to walk towards within `TOWARDS_DEG`, near the direction and far away.
    """
    found = _list_ahead(region, eye, heading, TOWARDS_DEG, barred)
    if only is not None:
        found = [b for b in found if b.landmark.id == only.feature]
    return min(found, key=lambda b: b.off_deg - 0.3 * min(b.distance_m, 20.0), default=None)


def find_orientation(
    region: Region, eye: Point, heading: Point, *, barred: Sequence[str] = ()
) -> Bearing | None:
    """Find something in plain sight to walk towards, away from, or past with it at one's side.

    Nothing barred is walked towards, parameters as for `find_bearing`.
    """
    towards = find_bearing(region, eye, heading, barred=barred)
    if towards is not None:
        return towards
    found = _list_ahead(region, eye, heading, 1.8 * TOWARDS_DEG, barred)
    for relation, turn_deg, side in _RELATIONS:
        c, s = cos(radians(turn_deg)), sin(radians(turn_deg))
        turned = (heading[0] * c - heading[1] * s, heading[0] * s + heading[1] * c)
        for bearing in list_bearings(region, eye, turned):
            if bearing.off_deg < 1.8 * TOWARDS_DEG:
                (x, y), back = bearing.heading, -turn_deg
                c, s = cos(radians(back)), sin(radians(back))
                landmark = replace(bearing.landmark, relation=relation, side=side)
                off_deg = bearing.off_deg + (0 if relation is Relation.AWAY else 10)
                way = (x * c - y * s, x * s + y * c)
                found.append(Bearing(landmark, way, off_deg, bearing.distance_m))
    return min(found, key=lambda bearing: bearing.off_deg, default=None)


def _list_ahead(
    region: Region, eye: Point, heading: Point, most_deg: float, barred: Sequence[str]
) -> list[Bearing]:
    """List what is in sight ahead and may be walked towards."""
    return [
        bearing
        for bearing in list_bearings(region, eye, heading)
        if bearing.off_deg < most_deg and not is_barred(bearing.landmark, barred)
    ]


def is_barred(landmark: Landmark, barred: Sequence[str]) -> bool:
    """Tell whether a landmark is of a category, by its looks where it is a drawn flight."""
    return landmark.category in barred or landmark.sight in barred


def list_bearings(region: Region, eye: Point, heading: Point) -> list[Bearing]:
    """List what is in sight with a sign that is on nothing else as near, as if walked towards."""
    seen = region.seen_from.get(eye, partial(_look_around, region, eye))
    return [
        Bearing(make_landmark(thing, Relation.TOWARDS, None), way,
                abs(angle_deg(heading, way)), distance_m)
        for thing, way, distance_m in seen
    ]  # fmt: skip


def _look_around(region: Region, eye: Point) -> tuple[Seen, ...]:
    """List what is in plain sight and cannot be taken for anything else, nearest of its like."""
    telling = region.telling
    visible = region.sees(eye, [point for _, point, _ in telling])
    alike: defaultdict[str, dict[str | None, Seen]] = defaultdict(dict)
    for (thing, point, key), is_visible in zip(telling, visible, strict=True):
        if not is_visible or (isinstance(thing, Spot) and region.covers(thing.feature, eye)):
            continue  # one does not walk towards what one stands in
        distance_m = hypot(point[0] - eye[0], point[1] - eye[1])
        known = alike[key].get(thing.feature)
        if known is None or distance_m < known[2]:
            alike[key][thing.feature] = thing, unit_vector(eye, point), distance_m
    found = []
    for group in alike.values():
        nearest, *others = sorted(group.values(), key=lambda seen: seen[2])
        if nearest[2] > 1.5 and all(_is_apart(nearest, other) for other in others):
            found.append(nearest)
    return tuple(found)


def _is_apart(nearest: Seen, other: Seen) -> bool:
    """Tell whether two things alike are no reason to doubt: one is far off, or both are as one."""
    together = abs(angle_deg(nearest[1], other[1])) < _TOGETHER_DEG
    return together or other[2] > 1.4 * nearest[2]

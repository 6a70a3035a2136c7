"""Which landmark makes an instruction unmistakable."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import hypot

import numpy as np

from wayfinder.guide.bearings import is_barred, list_bearings, make_landmark
from wayfinder.guide.bends import ASIDE_M, Point, Stretch, angle_deg, name_side, unit_vector
from wayfinder.guide.sights import Portal, Region, in_front
from wayfinder.guide.step import Direction, Landmark, Relation, Sight

END_M = 5.0
"""A corridor ends where less than this is left ahead (ours)."""

UNSURE_DEG = 20.0
"""How near to 45° a person may take what is ahead for what is on a side (ours)."""

HALL_M = 7.0
"""A space wider than this does not lead like a corridor (ours)."""

_BESIDE_M = 8.0
_LAST_M = 3.0
_LONG_M = 8.0
_OPEN_M = 2.5
_STEP_M = 0.5
_AXIS_M = 30.0
_AXIS_DEG, _WIDE_AXIS_DEG = 40, 60
_SHORT_WALK_M = 6.0
_BEFORE_TURN_M = 8.0


def is_hall(region: Region, point: Point, heading: Point) -> bool:
    """Tell whether a place is too wide for a corridor that would lead whoever walks it."""
    (x, y), (hx, hy) = point, heading
    beside = region.reach_m(np.asarray([(x, y), (x, y)]), np.asarray([(-hy, hx), (hy, -hx)]))
    return float(beside.sum()) > HALL_M


def feel(region: Region, stretch: Stretch) -> Stretch:
    """Return a stretch with the heading that is felt: the corridor's, where there is one."""
    spread_deg = _AXIS_DEG if stretch.length_m > _SHORT_WALK_M else _WIDE_AXIS_DEG
    heading = find_axis(region, stretch.start, stretch.heading, spread_deg)
    return Stretch(stretch.start, stretch.end, heading, stretch.length_m)


def find_axis(region: Region, point: Point, heading: Point, spread_deg: int) -> Point:
    """Return the direction of the corridor in which somebody feels to walk.

    A taut line runs across a corridor at a slant; whoever walks it feels to go along. The
    corridor's direction is where one sees farthest within some degrees of the line, if much
    farther.
    """
    angles = np.radians(np.arange(-spread_deg, spread_deg + 1, 4))
    c, s = np.cos(angles), np.sin(angles)
    directions = np.stack(
        [heading[0] * c - heading[1] * s, heading[0] * s + heading[1] * c], axis=1
    )
    reach = np.minimum(
        region.reach_m(np.broadcast_to(np.asarray(point), directions.shape), directions), _AXIS_M
    )
    best = int(np.argmax(reach - np.abs(angles)))
    axis = (float(directions[best, 0]), float(directions[best, 1]))
    ahead_m = min(2.0, float(reach[best]) / 2)
    on = (point[0] + axis[0] * ahead_m, point[1] + axis[1] * ahead_m)
    if reach[best] > 1.5 * reach[len(angles) // 2] and not is_hall(region, on, axis):
        return axis
    return heading


def _along(stretch: Stretch, point: Point) -> tuple[float, float]:
    """Return how far along a stretch a point lies, and how far to the left of it."""
    dx, dy = point[0] - stretch.start[0], point[1] - stretch.start[1]
    hx, hy = stretch.heading
    return dx * hx + dy * hy, hx * dy - hy * dx


def _middle(stretch: Stretch) -> Point:
    (x0, y0), (x1, y1) = stretch.start, stretch.end
    return (x0 + x1) / 2, (y0 + y1) / 2


def _span_m(stretch: Stretch) -> float:
    return hypot(stretch.end[0] - stretch.start[0], stretch.end[1] - stretch.start[1])


def _seen_beside(
    region: Region, stretch: Stretch, portals: Iterable[Portal], *, until_m: float
) -> list[tuple[float, float, Portal]]:
    """List the portals that one passes: how far along, how far to the left, in that order."""
    found, eyes = [], []
    (x, y), (hx, hy) = stretch.start, stretch.heading
    for portal in portals:
        t, left = _along(stretch, in_front(portal))
        if 0.5 < t <= until_m and abs(left) < _BESIDE_M:
            at = min(t, _span_m(stretch))
            eyes.append((x + hx * at, y + hy * at))
            found.append((t, left, portal))
    seen = region.sees_each(eyes, [in_front(portal) for _, _, portal in found])
    found = [entry for entry, visible in zip(found, seen, strict=True) if visible]
    return sorted(found, key=lambda entry: entry[0])


def _side_of(stretch: Stretch, portal: Portal) -> Direction:
    """Name the side of a portal that one comes to at the end of a stretch."""
    (x, y), (ux, uy) = stretch.end, unit_vector(stretch.start, stretch.end)
    back_m = min(_LAST_M, _span_m(stretch))
    near = replace(stretch, start=(x - ux * back_m, y - uy * back_m))
    _, left_m = _along(near, portal.point)
    return name_side(angle_deg(stretch.heading, portal.heading), left_m)


def _may_be_on(stretch: Stretch, portal: Portal, side: Direction) -> bool:
    """Tell whether somebody may take a portal to be on a side: near 45° nobody is sure."""
    turn_deg = angle_deg(stretch.heading, portal.heading)
    if side is Direction.STRAIGHT:
        return abs(turn_deg) <= 45 + UNSURE_DEG
    _, left_m = _along(stretch, portal.point)
    sign = 1 if side is Direction.LEFT else -1
    aside = left_m * sign > ASIDE_M and abs(turn_deg) >= 45 - UNSURE_DEG
    return aside or turn_deg * sign >= 45 - UNSURE_DEG


def describe_portal(region: Region, stretch: Stretch, portal: Portal) -> Landmark:
    """Describe a door, lift or stair at the end of a stretch so that no other one is meant.

    Parameters
    ----------
    region
        Where one walks.
    stretch
        The last straight part of the walk, as it is felt.
    portal
        The one that is meant.

    Returns
    -------
    Landmark
        With an ordinal where its sign says too little: along the way on its side; from the left
        for what is straight ahead.
    """
    side = _side_of(stretch, portal)
    t, _ = _along(stretch, in_front(portal))
    passed = _seen_beside(region, stretch, region.portals, until_m=max(t, _span_m(stretch)) + 15.0)
    alike = [
        (at, left, p)
        for at, left, p in passed
        if _is_like(p, portal) and _may_be_on(stretch, p, side)
    ]
    ordinal = None
    rivals = [entry for entry in alike if entry[2] is not portal]
    if rivals and side is Direction.STRAIGHT:
        _, offset = _along(stretch, in_front(portal))
        ordinal = 1 + sum(left > offset for _, left, _ in rivals)
    elif rivals:
        ordinal = 1 + sum(at <= t for at, _, _ in rivals)
    return make_landmark(portal, Relation.AT, side, ordinal)


def _is_like(one: Portal, wanted: Portal) -> bool:
    """Tell whether somebody who looks for one portal may take another for it."""
    same = one.sight is wanted.sight and one.rise * wanted.rise >= 0
    if wanted.sight is not Sight.DOOR and one.beyond == wanted.beyond is not None:
        return one is wanted
    return same and (not wanted.sign.key or one.sign.key == wanted.sign.key)


def describe_nearest(region: Region, eye: Point, portal: Portal) -> Landmark:
    """Describe a portal to somebody who stands in the room and faces nowhere in particular."""
    alike = [p for p in region.portals if _is_like(p, portal)]
    seen = region.sees(eye, [in_front(p) for p in alike])
    rivals = [p for p, visible in zip(alike, seen, strict=True) if visible or p is portal]
    ranked = sorted(rivals, key=lambda p: hypot(p.point[0] - eye[0], p.point[1] - eye[1]))
    ordinal = ranked.index(portal) + 1 if len(ranked) > 1 else None
    return make_landmark(portal, Relation.AT, None, ordinal)


def describe_turn(
    region: Region, stretch: Stretch, side: Direction, barred: Sequence[str] = ()
) -> Landmark | None:
    """Describe where a stretch ends with a turn.

    Parameters
    ----------
    region
        Where one walks.
    stretch
        The straight part before the turn.
    side
        Left or right.
    barred
        Categories of what one may not use: in a hall named only where nothing else is near.

    Returns
    -------
    Landmark or None
        The end of the corridor, the first turning on that side, a named door that one has just
        passed, or the number of the turning; None where nothing marks it.
    """
    middle, way = _middle(stretch), unit_vector(stretch.start, stretch.end)
    if _span_m(stretch) > _LONG_M and is_hall(region, middle, way):
        return _find_near(region, stretch, barred)
    ahead = region.reach_m(np.asarray([stretch.end]), np.asarray([stretch.heading]))[0]
    if ahead < END_M:
        return Landmark(None, Sight.END, Relation.AT)
    openings = find_openings(region, stretch, side)
    span_m = _span_m(stretch)
    before = [at for at in openings if at <= span_m + 1.0]
    if len(before) == 1:
        return Landmark(None, Sight.TURNING, Relation.AT, side=side, ordinal=1)
    previous = before[-2] if len(before) > 1 else 0.0
    named = _find_named(region, stretch, max(previous + 1.0, span_m - _BEFORE_TURN_M), span_m)
    if named is not None:
        return named
    return (
        Landmark(None, Sight.TURNING, Relation.AT, side=side, ordinal=len(before))
        if before
        else None
    )


def _find_near(region: Region, stretch: Stretch, barred: Sequence[str]) -> Landmark | None:
    """Return something with a sign that is near to the end of a stretch and seen on the way."""
    near = [b for b in list_bearings(region, stretch.end, stretch.heading) if b.distance_m < 6.0]
    on_the_way = list_bearings(region, _middle(stretch), stretch.heading)
    seen = {bearing.landmark.id for bearing in on_the_way}
    found = [b for b in near if b.landmark.id in seen]
    best = min(found, key=lambda b: (is_barred(b.landmark, barred), b.distance_m), default=None)
    return replace(best.landmark, relation=Relation.AT) if best is not None else None


def _find_named(region: Region, stretch: Stretch, begin_m: float, end_m: float) -> Landmark | None:
    """Return the last door with a name of its own that one passes in a part of a stretch."""
    passed = _seen_beside(region, stretch, region.portals, until_m=end_m)
    keys = [p.sign.key for p in region.portals]
    for t, left, portal in reversed(passed):
        sole = portal.sign.tells and keys.count(portal.sign.key) == 1
        side = name_side(angle_deg(stretch.heading, portal.heading), left)
        if t >= begin_m and sole and side is not Direction.STRAIGHT:
            return make_landmark(portal, Relation.AFTER, side)
    return None


def find_openings(region: Region, stretch: Stretch, side: Direction) -> list[float]:
    """List how far along a stretch the turnings on one side begin, in metres."""
    span_m = _span_m(stretch)
    steps = np.arange(0.5, span_m + 2.0, _STEP_M)
    if not len(steps):
        return []
    hx, hy = stretch.heading
    points = np.asarray(stretch.start) + steps[:, None] * np.asarray([[hx, hy]])
    sideways = (-hy, hx) if side is Direction.LEFT else (hy, -hx)
    directions = np.broadcast_to(np.asarray(sideways), points.shape)
    reach = region.reach_m(points, directions)
    wall = float(np.percentile(reach, 30))
    is_open = reach > wall + _OPEN_M
    begins = np.flatnonzero(is_open & ~np.concatenate([[False], is_open[:-1]]))
    return [float(steps[i]) for i in begins]


def find_reassurance(
    region: Region, stretch: Stretch, begin_m: float, end_m: float
) -> tuple[float, Landmark] | None:
    """Find something to pass between two distances along a stretch: where, and what."""
    seen: list[tuple[float, Landmark]] = []
    for t, left, portal in _seen_beside(region, stretch, region.portals, until_m=end_m):
        side = name_side(angle_deg(stretch.heading, portal.heading), left)
        if t >= begin_m and portal.sign.tells and side is not Direction.STRAIGHT:
            seen.append((t, make_landmark(portal, Relation.PAST, side)))
    for spot in region.spots:
        t, left = _along(stretch, spot.point)
        if begin_m <= t <= end_m and abs(left) < _BESIDE_M:
            side = Direction.LEFT if left > 0 else Direction.RIGHT
            seen.append((t, make_landmark(spot, Relation.PAST, side)))
    named = [entry for entry in seen if entry[1].labels]
    return max(named or seen, key=lambda entry: entry[0], default=None)

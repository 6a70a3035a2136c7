"""What whoever begins a walk sees of it: where it divides into stretches, what to head for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
import shapely

from wayfinder.guide.bearings import Bearing, find_bearing
from wayfinder.guide.bends import (
    BACK_DEG,
    SHORT_M,
    TURN_DEG,
    Point,
    Stretch,
    angle_deg,
    misnaming_deg,
    split_line,
    unit_vector,
)
from wayfinder.guide.landmarks import describe_portal, is_hall
from wayfinder.guide.moves import Change, Crossing, Gate, Move
from wayfinder.guide.sights import Array, Portal, Region, in_front
from wayfinder.guide.step import Landmark, Sight
from wayfinder.route.journey import SegmentKind

SIGHT_OF: Mapping[SegmentKind, Sight] = {
    SegmentKind.LIFT: Sight.LIFT,
    SegmentKind.STAIRS: Sight.STAIRS,
    SegmentKind.ESCALATOR: Sight.ESCALATOR,
    SegmentKind.RAMP: Sight.RAMP,
}
"""What a floor change looks like."""

_ACROSS_M = 5.0
"""What is nearer than this to a door is described without turning first (ours)."""

_BESIDE_M = 3.0
"""A door beside the one that one came through is this near (ours)."""

_STUB_M = 1.75
"""A last turn nearer than this to a door is found by whoever looks for the door (ours)."""

_SLIP_M = 1.0
"""A stretch shorter than this is no stretch (ours)."""

_FAR_M, _HALL_TURN_DEG = 15.0, 15.0
"""From how far on, in a hall, how slight a bend counts (ours)."""

_SAME_DEG = 12.0
_SURE_DEG = 8.0
"""Somebody who walks towards a thing this near to the way is well led (ours)."""

TOWARDS_M = 4.0
"""A way of less than this needs no landmark to walk towards (ours)."""

_SHORT_M = (SHORT_M, 1.2, 0.5)
_OUT_OF_DOOR_M = 1.5
_LOOK_M = 5.0


@dataclass(frozen=True, slots=True)
class Outlook:
    """What whoever begins a walk sees of it.

    Parameters
    ----------
    region
        Where one walks.
    move
        The walk and what it ends with.
    portal
        The door, lift or stairs at its end, or None.
    arriving
        Direction in which one came through the last door, or None at the start.
    barred
        Categories of what one may not use.
    """

    region: Region
    move: Move
    portal: Portal | None
    arriving: Point | None
    barred: tuple[str, ...] = ()

    def find_bearing(self, raw: Stretch, eye: Point | None = None) -> Bearing | None:
        """Find what to walk towards on a stretch, seen from its start or from a point near it."""
        return find_bearing(self.region, eye or raw.start, raw.heading, barred=self.barred)

    def sees_portal(self) -> bool:
        """Tell whether one sees the door at the end from the start."""
        portal = self.portal
        return portal is not None and self._sees(self.move.line[0], in_front(portal))

    def _sees(self, eye: Point, target: Point) -> bool:
        return self.region.sees(eye, [target])[0]

    def _clear_m(self, point: Point, heading: Point) -> float:
        return float(self.region.reach_m(*ray(point, heading))[0])

    def divide(self) -> tuple[tuple[Stretch, ...], bool]:
        """Divide the walk, as finely as needed to see from each turn the way to the next.

        Returns
        -------
        stretches, slight
            The stretches, and whether even slight bends between them count.
        """
        stretches: tuple[Stretch, ...] = ()
        begins_well = False
        for short_m in _SHORT_M:
            finer = split_line(self.move.line, short_m)
            if stretches and not _refines(stretches, finer, only_end=begins_well):
                break
            if stretches and not begins_well and self._is_sidestep(finer):
                break
            stretches = finer
            if not stretches:
                break
            begins_well = self._is_plain(stretches, None)
            ends = self.portal if short_m == SHORT_M else None
            if begins_well and (ends is None or self._is_plain(stretches, ends)):
                break
        return self._divide_in_hall(stretches)

    def _is_sidestep(self, stretches: Sequence[Stretch]) -> bool:
        """Tell whether one goes on as one came, a few steps aside: nobody needs telling."""
        if self.arriving is None or stretches[0].length_m > TOWARDS_M:
            return False
        return abs(angle_deg(self.arriving, stretches[1].heading)) < TURN_DEG

    def _divide_in_hall(self, stretches: tuple[Stretch, ...]) -> tuple[tuple[Stretch, ...], bool]:
        """Keep slight bends where nothing leads, and the door is not seen from afar."""
        last = stretches[-1] if stretches else None
        if last is None or self.portal is None or last.length_m < _FAR_M:
            return stretches, False
        hidden = not self._sees(last.start, in_front(self.portal))
        middle = point_on(last, last.length_m / 2)
        if not hidden or not is_hall(self.region, middle, last.heading):
            return stretches, False
        finer = split_line(self.move.line, SHORT_M, _HALL_TURN_DEG)
        return (finer, True) if len(finer) > len(stretches) else (stretches, False)

    def _is_plain(self, stretches: Sequence[Stretch], portal: Portal | None) -> bool:
        """Tell whether one sees each stretch from the one before, and the door from the last."""
        line = shapely.LineString(self.move.line)
        eyes = [stretch.end for stretch in stretches[:-1]]
        targets = [_ahead_on(line, stretch.start) for stretch in stretches[1:]]
        if self.arriving is not None:
            start = self.move.line[0]
            out_m = min(_OUT_OF_DOOR_M, self._clear_m(start, self.arriving) / 2)
            ahead = _ahead_on(line, stretches[0].start)
            outside = [_step(start, self.arriving, far_m) for far_m in (0.5, out_m)]
            if not any(self._sees(eye, ahead) for eye in outside):
                return False
        if portal is not None:
            eye = line.interpolate(max(0.0, line.length - _OUT_OF_DOOR_M))
            eyes.append((float(eye.x), float(eye.y)))
            targets.append(in_front(portal))
        return all(self.region.sees_each(eyes, targets))

    def look_across(self) -> Landmark | None:
        """Describe what is a few steps away behind a door to somebody who has not turned."""
        arriving, portal, length_m = self.arriving, self.portal, self.move.length_m
        if arriving is None or portal is None or length_m > _ACROSS_M or not self.sees_portal():
            return None
        turn_deg = abs(angle_deg(arriving, portal.heading))
        start, end = self.move.line[0], in_front(portal)
        bearing_deg = abs(angle_deg(arriving, unit_vector(start, end)))
        most_deg = 35 if turn_deg < 45 else 60 if turn_deg < BACK_DEG else 150
        if bearing_deg > most_deg:
            return None
        if turn_deg >= BACK_DEG and (bearing_deg < 30 or length_m > _BESIDE_M):
            return None
        landmark = describe_portal(self.region, Stretch(start, end, arriving, length_m), portal)
        return landmark if landmark.ordinal is None else None

    def turn_aside(self, raw: Stretch) -> Point | None:
        """Return the direction along the wall behind one, for a door opposite but aside."""
        arriving, portal = self.arriving, self.portal
        if arriving is None or portal is None or raw.length_m > _ACROSS_M + 1.0:
            return None
        bend_deg = angle_deg(arriving, unit_vector(raw.start, in_front(portal)))
        opposite = abs(angle_deg(arriving, portal.heading)) < TURN_DEG
        if not opposite or not TURN_DEG <= abs(bend_deg) < 75:
            return None
        return (-arriving[1], arriving[0]) if bend_deg > 0 else (arriving[1], -arriving[0])

    def is_misled(self, raw: Stretch, bend_deg: float) -> bool:
        """Tell whether whoever goes straight on behind the door soon stands before a wall."""
        if self.arriving is None or abs(bend_deg) <= _SAME_DEG:
            return False
        return self._clear_m(raw.start, self.arriving) < min(raw.length_m, TOWARDS_M)

    def take_bearing(self, raw: Stretch, felt: Stretch, *, lost: bool) -> Bearing | None:
        """Find what to walk towards behind a door.

        Parameters
        ----------
        raw, felt
            The first stretch, as it is and as it is felt.
        lost
            Whether one comes from another floor: then a landmark is never too much.
        """
        eye, turned_deg = raw.start, 0.0
        if self.arriving is not None:
            clear_m = self._clear_m(raw.start, self.arriving)
            eye = _step(raw.start, self.arriving, min(1.0, clear_m / 2))
            turned_deg = angle_deg(self.arriving, raw.heading)
        if raw.length_m < TOWARDS_M:
            if not lost or self.portal is None:
                return None
            return find_bearing(self.region, eye, raw.heading, only=self.portal)
        bearing = self.find_bearing(raw, eye)
        if lost and felt.heading != raw.heading:
            return bearing
        return choose_bearing(self.region, raw, felt, bearing, turned_deg)


def _refines(coarse: Sequence[Stretch], finer: Sequence[Stretch], *, only_end: bool) -> bool:
    """Tell whether a finer division says more: no stubs, and the beginning kept if it was clear."""
    if len(finer) < 2 or finer[-1].length_m < _STUB_M:
        return False
    if min(stretch.length_m for stretch in finer[:-1]) < _SLIP_M:
        return False
    kept = abs(angle_deg(coarse[0].heading, finer[0].heading)) < _SAME_DEG
    return not only_end or (kept and len(finer) == len(coarse) + 1)


def choose_bearing(
    region: Region, raw: Stretch, felt: Stretch, bearing: Bearing | None, turned_deg: float
) -> Bearing | None:
    """Return what to walk towards, if in a hall it says more than the name of the turn."""
    places = [point_on(raw, min(at_m, raw.length_m / 2)) for at_m in (2.0, 8.0)]
    wide = any(is_hall(region, on, raw.heading) for on in places)
    if bearing is None or felt.heading != raw.heading or not wide:
        return None
    off_deg = misnaming_deg(turned_deg)
    named = _rotate(raw.heading, off_deg if abs(turned_deg) % 45 > 22.5 else -off_deg)
    blocked = float(region.reach_m(*ray(raw.start, named))[0]) < 0.5 * raw.length_m
    return bearing if blocked or bearing.off_deg <= max(_SURE_DEG, off_deg) else None


def _rotate(heading: Point, turn_deg: float) -> Point:
    c, s = cos(radians(turn_deg)), sin(radians(turn_deg))
    return heading[0] * c - heading[1] * s, heading[0] * s + heading[1] * c


def _ahead_on(line: shapely.LineString, start: Point) -> Point:
    """Return the point of a line a few metres after one of its points."""
    most_m = max(0.0, line.length - 0.5)  # the end itself lies in the wall
    point = line.interpolate(min(most_m, line.project(shapely.Point(start)) + _LOOK_M))
    return float(point.x), float(point.y)


def point_on(stretch: Stretch, at_m: float) -> Point:
    """Return the point at a distance along a stretch, its end at most."""
    (x, y), (hx, hy) = stretch.start, stretch.heading
    at_m = min(at_m, stretch.length_m)
    return x + hx * at_m, y + hy * at_m


def _step(point: Point, heading: Point, far_m: float) -> Point:
    return point[0] + heading[0] * far_m, point[1] + heading[1] * far_m


def ray(point: Point, heading: Point) -> tuple[Array, Array]:
    """Return one point and one direction as `Region.reach_m` takes them."""
    return np.asarray([point]), np.asarray([heading])


def find_portal(region: Region, move: Move) -> Portal | None:
    """Return the portal that a move's event passes, or None."""
    event = move.event
    if isinstance(event, Gate):
        crossing: Crossing | None = event.crossing
    else:
        crossing = event.way_in if isinstance(event, Change) else event.door
    if crossing is None:
        return None
    at_node = [p for p in region.portals if p.node == crossing.near]
    if isinstance(event, Change):
        sight = SIGHT_OF[event.kind]
        at_node = [p for p in at_node if p.sight is sight and p.rise * event.floors >= 0]
    right = [p for p in at_node if p.feature == crossing.opening or p.beyond == crossing.unit]
    if right or at_node:
        return (right or at_node)[0]
    return None

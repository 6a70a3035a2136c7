"""A journey becomes typed steps: walk some way, then do one thing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil, cos, radians, sin

import numpy as np
import shapely

from wayfinder.graph.network import Network
from wayfinder.guide.bends import (
    BACK_DEG,
    SHORT_M,
    TURN_DEG,
    Point,
    Stretch,
    angle_deg,
    misnaming_deg,
    name_turn,
    split_line,
    unit_vector,
)
from wayfinder.guide.landmarks import (
    Bearing,
    describe_nearest,
    describe_portal,
    describe_turn,
    feel,
    find_bearing,
    find_orientation,
    find_reassurance,
    is_hall,
)
from wayfinder.guide.moves import Arrival, Change, Crossing, Gate, Move, trace
from wayfinder.guide.names import Sign
from wayfinder.guide.sights import Array, Portal, Region, Sights, in_front
from wayfinder.guide.step import (
    Direction,
    Landmark,
    Place,
    Relation,
    Sight,
    Step,
    StepKind,
    Summary,
)
from wayfinder.model import Labels, Level
from wayfinder.route.journey import Journey, SegmentKind

REASSURE_M = 40.0
"""Longest way without a landmark or a word (standards: Guidance)."""

_ACROSS_M = 5.0
"""What is nearer than this to a door is described without turning first (ours)."""

_STUB_M = 1.75
"""A last turn nearer than this to a door is found by whoever looks for the door (ours)."""

_FAR_M, _HALL_TURN_DEG = 15.0, 15.0
_SLIP_M = 1.0
_BEND_DEG = 12.0
_SURE_DEG = 8.0

_TOWARDS_M = 4.0
"""A way of less than this behind a floor change needs no landmark to walk towards (ours)."""

_SHORT_M = (SHORT_M, 1.2, 0.5)
_OUT_OF_DOOR_M = 1.5
_LOOK_M = 5.0

_KIND_OF = {
    SegmentKind.LIFT: (StepKind.LIFT, Sight.LIFT),
    SegmentKind.STAIRS: (StepKind.STAIRS, Sight.STAIRS),
    SegmentKind.ESCALATOR: (StepKind.ESCALATOR, Sight.ESCALATOR),
    SegmentKind.RAMP: (StepKind.RAMP, Sight.RAMP),
}


def make_steps(
    network: Network, journey: Journey, *, facing_deg: float | None = None
) -> tuple[Step, ...]:
    """Make the steps of a journey.

    Parameters
    ----------
    network
        The network that it was found in.
    journey
        The way found.
    facing_deg
        Where the reader looks at the start, in degrees clockwise from north; None if unknown: then
        the first step names what to walk towards.

    Returns
    -------
    tuple of Step
        From the start to the last stop; each stop's last step is an arrival.
    """
    sights = _find_sights(network)
    composer = _Composer(network, sights, facing_deg)
    for move in trace(journey, network, sights):
        composer.add(move)
    return tuple(composer.steps)


def summarise(journey: Journey) -> Summary:
    """Count what a journey asks of whoever walks it."""
    counts: Counter[str] = Counter()
    for segment in journey.segments:
        if segment.kind in _KIND_OF and segment.floors:
            way = Direction.UP if segment.floors > 0 else Direction.DOWN
            flights = segment.kind is SegmentKind.STAIRS
            counts[f"{segment.kind}.{way}"] += max(1, round(abs(segment.floors))) if flights else 1
    return Summary(journey.distance_m, journey.duration_range_s, dict(counts))


def _find_sights(network: Network) -> Sights:
    """Return the regions of a network, kept as long as the network lives."""
    kept = network.__dict__.get("_sights")
    if isinstance(kept, Sights):
        return kept
    sights = Sights(network)
    # a frozen dataclass still has a dictionary; what is kept there lives and dies with it
    network.__dict__["_sights"] = sights
    return sights


class _Composer:
    """Makes steps of moves, one after the other."""

    def __init__(self, network: Network, sights: Sights, facing_deg: float | None) -> None:
        self._network = network
        self._sights = sights
        self._facing_deg = facing_deg
        self._arriving: Point | None = None
        """Direction in which one came through the last door; None at the start of a stop."""
        self._in_hall = False
        """Whether slight bends count: nothing leads, and the door is not seen from afar."""
        self._at: Place | None = None
        self.steps: list[Step] = []

    def add(self, move: Move) -> None:
        """Add the steps of a move."""
        region = self._sights.find_region(move.node)
        portal = _find_portal(region, move)
        if self._at is None or self._at.level != move.level:
            self._at = self._place(move.level, move.line[0])
        raws = self._divide(move, region, portal)
        stretches = [feel(region, stretch) for stretch in raws]
        if stretches and self._arriving is None:
            alone = len(stretches) == 1 and portal is not None
            if not self.steps and portal is not None and alone and _sees(region, move, portal):
                self._leave_room(move, region, portal)
                return
            heading = self._set_off(move, region, raws[0], stretches[0])
            stretches[0] = replace(stretches[0], heading=heading)
        elif stretches and portal is not None:
            across = self._go_across(move, region, portal)
            if across is not None:
                self._end_with(move, across, move.length_m)
                return
        if stretches and self._arriving is not None:
            heading = self._turn_out_of_door(
                region, raws[0], stretches[0], portal, alone=len(raws) == 1
            )
            stretches[0] = replace(stretches[0], heading=heading)
        felt_and_raw = list(zip(stretches, raws, strict=True))
        for (stretch, _), (following, raw) in pairwise(felt_and_raw):
            self._turn(move, region, self._reassure(move, region, stretch), following, raw)
        last = self._reassure(move, region, stretches[-1]) if stretches else None
        self._finish(move, region, last, portal)

    def _divide(self, move: Move, region: Region, portal: Portal | None) -> tuple[Stretch, ...]:
        """Divide a walk, as finely as needed to see from each turn the way to the next."""
        stretches: tuple[Stretch, ...] = ()
        begins_well = False
        for short_m in _SHORT_M:
            finer = split_line(move.line, short_m)
            if stretches and not _refines(stretches, finer, only_end=begins_well):
                break
            stretches = finer
            if not stretches:
                break
            begins_well = self._is_plain(stretches, move, region, None)
            ends = portal if short_m == SHORT_M else None
            if begins_well and (ends is None or self._is_plain(stretches, move, region, ends)):
                break
        return self._divide_in_hall(stretches, move, region, portal)

    def _divide_in_hall(
        self,
        stretches: tuple[Stretch, ...],
        move: Move,
        region: Region,
        portal: Portal | None,
    ) -> tuple[Stretch, ...]:
        """Keep slight bends where nothing leads, and the door is not seen from afar."""
        self._in_hall = False
        last = stretches[-1] if stretches else None
        if last is None or portal is None or last.length_m < _FAR_M:
            return stretches
        hidden = not region.sees(last.start, [in_front(portal)])[0]
        if not hidden or not is_hall(region, _point_on(last, last.length_m / 2), last.heading):
            return stretches
        finer = split_line(move.line, SHORT_M, _HALL_TURN_DEG)
        self._in_hall = len(finer) > len(stretches)
        return finer if self._in_hall else stretches

    def _is_plain(
        self,
        stretches: Sequence[Stretch],
        move: Move,
        region: Region,
        portal: Portal | None,
    ) -> bool:
        """Tell whether one sees each stretch from the one before, and the door from the last."""
        line = shapely.LineString(move.line)
        eyes = [stretch.end for stretch in stretches[:-1]]
        targets = [_ahead_on(line, stretch.start) for stretch in stretches[1:]]
        if self._arriving is not None:
            clear_m = float(region.reach_m(*_ray(move.line[0], self._arriving))[0])
            out_m = min(_OUT_OF_DOOR_M, clear_m / 2)
            door = Stretch(move.line[0], move.line[0], self._arriving, out_m)
            ahead = _ahead_on(line, stretches[0].start)
            if not any(region.sees(_point_on(door, far), [ahead])[0] for far in (0.5, out_m)):
                return False
        if portal is not None:
            eye = line.interpolate(max(0.0, line.length - _OUT_OF_DOOR_M))
            eyes.append((float(eye.x), float(eye.y)))
            targets.append(in_front(portal))
        return all(region.sees(eye, [end])[0] for eye, end in zip(eyes, targets, strict=True))

    def _go_across(self, move: Move, region: Region, portal: Portal) -> Landmark | None:
        """Describe what is a few steps away behind a door to somebody who has not turned."""
        arriving = self._arriving
        if arriving is None or move.length_m > _ACROSS_M or not _sees(region, move, portal):
            return None
        turn_deg = abs(angle_deg(arriving, portal.heading))
        start, end = move.line[0], in_front(portal)
        bearing_deg = abs(angle_deg(arriving, unit_vector(start, end)))
        most_deg = 35 if turn_deg < 45 else 60 if turn_deg < BACK_DEG else 150
        if bearing_deg > most_deg or (turn_deg >= BACK_DEG and bearing_deg < 30):
            return None
        landmark = describe_portal(region, Stretch(start, end, arriving, move.length_m), portal)
        return landmark if landmark.ordinal is None else None

    def _place(self, level: str, point: Point) -> Place:
        lon, lat = self._network.plan.frame.to_degrees(*point)
        return Place(level, lon, lat, point)

    def _push(
        self,
        move: Move,
        kind: StepKind,
        direction: Direction | None,
        end: Place,
        distance_m: float,
        landmark: Landmark | None = None,
    ) -> None:
        start = self._at or end
        first = move.first_segment
        step = Step(kind, direction, start, end, distance_m, landmark, first_segment=first)
        self.steps.append(step)
        self._at = end

    def _facing(self, heading: Point) -> Direction | None:
        """Name the first turn, if it is known where the reader looks."""
        if self._facing_deg is None or self.steps:
            return None
        facing = (sin(radians(self._facing_deg)), cos(radians(self._facing_deg)))
        return name_turn(angle_deg(facing, heading))

    def _leave_room(self, move: Move, region: Region, portal: Portal) -> None:
        """Begin with the door, lift or stair that one sees from where one stands."""
        landmark = describe_nearest(region, move.line[0], portal)
        direction = self._facing(move.stretches[0].heading)
        if isinstance(move.event, Gate):
            end = self._place(move.end_level, move.end)
            self._push(move, StepKind.DEPART, direction, end, move.length_m, landmark)
            self._arriving = move.event.crossing.heading
            return
        if direction is not None:
            here = self._place(move.level, move.line[0])
            self._push(move, StepKind.DEPART, direction, here, 0.0)
        self._end_with(move, landmark, move.length_m)

    def _set_off(self, move: Move, region: Region, raw: Stretch, felt: Stretch) -> Point:
        """Begin with the direction in which to walk; return it as it is understood."""
        here = self._place(move.level, move.line[0])
        bearing = find_orientation(region, move.line[0], unit_vector(raw.start, raw.end))
        landmark = bearing.landmark if bearing is not None else None
        if self.steps and self.steps[-1].floors and landmark is not None:
            self.steps[-1] = replace(self.steps[-1], towards=landmark)
        else:
            direction = self._facing(felt.heading)
            self._push(move, StepKind.DEPART, direction, here, 0.0, landmark)
        return bearing.heading if bearing is not None else felt.heading

    def _turn_out_of_door(
        self, region: Region, raw: Stretch, felt: Stretch, portal: Portal | None, *, alone: bool
    ) -> Point:
        """Say with the last step which way one goes on behind its door; return it as understood."""
        arriving = self._arriving
        if arriving is None or not self.steps:
            return felt.heading
        aside = _turn_aside(arriving, raw, portal if alone else None)
        if aside is not None:
            then = name_turn(angle_deg(arriving, aside))
            self.steps[-1] = replace(self.steps[-1], then=then)
            return aside
        then = name_turn(angle_deg(arriving, felt.heading))
        bend_deg = angle_deg(arriving, raw.heading)
        clear_m = float(region.reach_m(*_ray(raw.start, arriving))[0])
        blocked = clear_m < min(raw.length_m, _TOWARDS_M)
        if then is Direction.STRAIGHT and abs(bend_deg) > _BEND_DEG and blocked:
            then = Direction.SLIGHT_LEFT if bend_deg > 0 else Direction.SLIGHT_RIGHT
        bearing = self._take_bearing(region, raw, felt, portal)
        towards = bearing.landmark if bearing is not None else None
        self.steps[-1] = replace(self.steps[-1], then=then, towards=towards)
        return bearing.heading if bearing is not None else felt.heading

    def _take_bearing(
        self, region: Region, raw: Stretch, felt: Stretch, portal: Portal | None
    ) -> Bearing | None:
        """Find what to walk towards after a floor change, or in a hall that leads nowhere."""
        eye = raw.start
        if self._arriving is not None:
            clear_m = float(region.reach_m(*_ray(raw.start, self._arriving))[0])
            here = Stretch(raw.start, raw.start, self._arriving, _LOOK_M)
            eye = _point_on(here, min(1.0, clear_m / 2))
        if raw.length_m < _TOWARDS_M:
            lost = self.steps[-1].floors and portal is not None
            return find_bearing(region, eye, raw.heading, only=portal) if lost else None
        bearing = find_bearing(region, eye, raw.heading)
        if self.steps[-1].floors and felt.heading != raw.heading:
            return bearing
        turned_deg = angle_deg(self._arriving, raw.heading) if self._arriving else 0.0
        return _choose_bearing(region, raw, felt, bearing, turned_deg)

    def _turn(
        self, move: Move, region: Region, stretch: Stretch, following: Stretch, raw: Stretch
    ) -> None:
        """Add a turn between two stretches."""
        bend_deg = angle_deg(unit_vector(stretch.start, stretch.end), raw.heading)
        turn_deg = angle_deg(stretch.heading, following.heading)
        if abs(turn_deg) < TURN_DEG or turn_deg * bend_deg < 0:
            turn_deg = bend_deg
        side = Direction.LEFT if turn_deg > 0 else Direction.RIGHT
        end = self._place(move.level, following.start)
        landmark = describe_turn(region, stretch, side)
        if landmark is None:
            bearing = find_bearing(region, raw.start, raw.heading)
            landmark = bearing.landmark if bearing is not None else None
        direction = name_turn(turn_deg)
        if direction is Direction.STRAIGHT and not self._in_hall:
            self._push(move, StepKind.CONTINUE, direction, end, stretch.length_m)
            return
        if direction is Direction.STRAIGHT:
            direction = Direction.SLIGHT_LEFT if turn_deg > 0 else Direction.SLIGHT_RIGHT
        self._push(move, StepKind.TURN, direction, end, stretch.length_m, landmark)
        if raw.length_m > _TOWARDS_M:
            bearing = find_bearing(region, raw.start, raw.heading)
            bearing = _choose_bearing(region, raw, following, bearing, bend_deg)
            towards = bearing.landmark if bearing is not None else None
            self.steps[-1] = replace(self.steps[-1], towards=towards)

    def _reassure(self, move: Move, region: Region, stretch: Stretch) -> Stretch:
        """Cut a long stretch at things that one passes; return what is left of it."""
        while stretch.length_m > REASSURE_M:
            found = find_reassurance(region, stretch, REASSURE_M / 2, REASSURE_M)
            even_m = stretch.length_m / ceil(stretch.length_m / REASSURE_M)
            at_m = found[0] if found is not None else even_m
            (x, y), (hx, hy) = stretch.start, stretch.heading
            point = (x + hx * at_m, y + hy * at_m)
            end = self._place(move.level, point)
            landmark = found[1] if found is not None else None
            self._push(move, StepKind.CONTINUE, Direction.STRAIGHT, end, at_m, landmark)
            stretch = Stretch(point, stretch.end, stretch.heading, stretch.length_m - at_m)
        return stretch

    def _finish(
        self, move: Move, region: Region, stretch: Stretch | None, portal: Portal | None
    ) -> None:
        """Add the step with which a move ends."""
        landmark = None
        if portal is not None:
            here = stretch or Stretch(portal.point, portal.point, portal.heading, 0.0)
            if self._arriving is not None and stretch is None:
                here = Stretch(portal.point, portal.point, self._arriving, 0.0)
            landmark = describe_portal(region, here, portal)
        self._end_with(move, landmark, stretch.length_m if stretch else 0.0)

    def _end_with(self, move: Move, landmark: Landmark | None, distance_m: float) -> None:
        event = move.event
        if isinstance(event, Gate):
            kind = StepKind.DOOR
            if event.crossing.unit is None:
                kind = StepKind.EXIT
            elif not self._sights.find_region(move.node).units:
                kind = StepKind.ENTER
            end = self._place(move.end_level, move.end)
            side = landmark.side if landmark is not None else None
            self._push(move, kind, side, end, distance_m, landmark)
            self._arriving = event.crossing.heading
        elif isinstance(event, Change):
            self._change(move, event, landmark, distance_m)
        else:
            self._arrive(move, event, landmark, distance_m)

    def _change(
        self, move: Move, event: Change, landmark: Landmark | None, distance_m: float
    ) -> None:
        kind, sight = _KIND_OF[event.kind]
        direction = Direction.UP if event.floors > 0 else Direction.DOWN
        if landmark is None:
            category = str(event.kind)
            sign = Sign({}, category) if event.unit is None else self._sights.signs.read(event.unit)
            landmark = Landmark(event.unit, sight, Relation.AT, sign.labels, sign.category)
        end = self._place(move.end_level, move.end)
        self._push(move, kind, direction, end, distance_m, landmark)
        self.steps[-1] = replace(
            self.steps[-1],
            way_out=self._way_out(event),
            floors=event.floors,
            from_floor=self._floor(event.level),
            to_floor=self._floor(event.to_level),
        )
        self._arriving = event.way_out.heading if event.way_out is not None else None

    def _floor(self, level_id: str) -> Labels:
        level = self._network.plan.find(level_id, Level)
        return (level.short_name or level.name) if level is not None else {}

    def _way_out(self, event: Change) -> Landmark | None:
        """Say through which door one leaves, where there are several."""
        out = event.way_out
        if out is None or out.near is None:
            return None
        inside = {self._sights.find_region(node) for node in (out.near, event.landing)}
        exits = [p for region in inside for p in region.portals if p.sight is Sight.DOOR]
        chosen = next((p for p in exits if p.node == out.near), None)
        if chosen is None or len(exits) < 2:
            return None
        side = None
        if event.way_in is not None:
            side = name_turn(angle_deg(event.way_in.heading, out.heading))
        return Landmark(
            chosen.feature,
            Sight.DOOR,
            Relation.THROUGH,
            chosen.sign.labels,
            chosen.sign.category,
            side,
        )

    def _arrive(
        self, move: Move, event: Arrival, landmark: Landmark | None, distance_m: float
    ) -> None:
        sign = self._sights.signs.read(event.feature)
        side = landmark.side if landmark is not None else Direction.STRAIGHT
        if landmark is None or not landmark.labels:
            sight = landmark.sight if landmark is not None else Sight.PLACE
            ordinal = landmark.ordinal if landmark is not None else None
            landmark = Landmark(
                event.feature, sight, Relation.AT, sign.labels, sign.category, side, ordinal
            )
        end = self._place(move.end_level, move.end)
        self._push(move, StepKind.ARRIVE, side, end, distance_m, landmark)
        self.steps[-1] = replace(self.steps[-1], stop=event.stop)
        self._arriving = None


def _refines(coarse: Sequence[Stretch], finer: Sequence[Stretch], *, only_end: bool) -> bool:
    """Tell whether a finer division says more: no stubs, and the beginning kept if it was clear."""
    if len(finer) < 2 or finer[-1].length_m < _STUB_M:
        return False
    if min(stretch.length_m for stretch in finer[:-1]) < _SLIP_M:
        return False
    kept = abs(angle_deg(coarse[0].heading, finer[0].heading)) < _BEND_DEG
    return not only_end or (kept and len(finer) == len(coarse) + 1)


def _turn_aside(arriving: Point, raw: Stretch, portal: Portal | None) -> Point | None:
    """Return the direction along the wall behind one, for a door opposite but aside."""
    if portal is None or raw.length_m > _ACROSS_M + 1.0:
        return None
    bend_deg = angle_deg(arriving, unit_vector(raw.start, in_front(portal)))
    opposite = abs(angle_deg(arriving, portal.heading)) < TURN_DEG
    if not opposite or not TURN_DEG <= abs(bend_deg) < 75:
        return None
    return (-arriving[1], arriving[0]) if bend_deg > 0 else (arriving[1], -arriving[0])


def _choose_bearing(
    region: Region, raw: Stretch, felt: Stretch, bearing: Bearing | None, turned_deg: float
) -> Bearing | None:
    """Return what to walk towards, if in a hall it says more than the name of the turn."""
    places = [_point_on(raw, min(at_m, raw.length_m / 2)) for at_m in (2.0, 8.0)]
    wide = any(is_hall(region, on, raw.heading) for on in places)
    if bearing is None or felt.heading != raw.heading or not wide:
        return None
    off_deg = misnaming_deg(turned_deg)
    named = _rotate(raw.heading, off_deg if abs(turned_deg) % 45 > 22.5 else -off_deg)
    blocked = float(region.reach_m(*_ray(raw.start, named))[0]) < 0.5 * raw.length_m
    return bearing if blocked or bearing.off_deg <= max(_SURE_DEG, off_deg) else None


def _rotate(heading: Point, turn_deg: float) -> Point:
    c, s = cos(radians(turn_deg)), sin(radians(turn_deg))
    return heading[0] * c - heading[1] * s, heading[0] * s + heading[1] * c


def _ahead_on(line: shapely.LineString, start: Point) -> Point:
    """Return the point of a line a few metres after one of its points."""
    most_m = max(0.0, line.length - 0.5)  # the end itself lies in the wall
    point = line.interpolate(min(most_m, line.project(shapely.Point(start)) + _LOOK_M))
    return float(point.x), float(point.y)


def _point_on(stretch: Stretch, at_m: float) -> Point:
    """Return the point at a distance along a stretch, its end at most."""
    (x, y), (hx, hy) = stretch.start, stretch.heading
    at_m = min(at_m, stretch.length_m)
    return x + hx * at_m, y + hy * at_m


def _ray(point: Point, heading: Point) -> tuple[Array, Array]:
    return np.asarray([point]), np.asarray([heading])


def _sees(region: Region, move: Move, portal: Portal) -> bool:
    return region.sees(move.line[0], [in_front(portal)])[0]


def _find_portal(region: Region, move: Move) -> Portal | None:
    """Return the portal that a move's event passes, or None."""
    event = move.event
    crossing: Crossing | None = None
    if isinstance(event, Gate):
        crossing = event.crossing
    elif isinstance(event, Change):
        crossing = event.way_in
    else:
        crossing = event.door
    if crossing is None:
        return None
    at_node = [p for p in region.portals if p.node == crossing.near]
    if isinstance(event, Change):
        sight = _KIND_OF[event.kind][1]
        at_node = [p for p in at_node if p.sight is sight and p.rise * event.floors >= 0]
    right = [p for p in at_node if p.feature == crossing.opening or p.beyond == crossing.unit]
    if right or at_node:
        return (right or at_node)[0]
    return None

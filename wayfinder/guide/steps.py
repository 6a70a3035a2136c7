"""A journey becomes typed steps: walk some way, then do one thing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil, cos, radians, sin

from wayfinder.graph.network import Network
from wayfinder.guide.bends import TURN_DEG, Point, Stretch, angle_deg, name_turn, unit_vector
from wayfinder.guide.landmarks import (
    describe_nearest,
    describe_portal,
    describe_turn,
    feel,
    find_bearing,
    find_orientation,
    find_reassurance,
)
from wayfinder.guide.moves import Arrival, Change, Gate, Move, trace
from wayfinder.guide.names import Sign
from wayfinder.guide.outlook import SIGHT_OF, TOWARDS_M, Outlook, choose_bearing, find_portal
from wayfinder.guide.sights import Region, Sights
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

_KIND_OF = {
    SegmentKind.LIFT: StepKind.LIFT,
    SegmentKind.STAIRS: StepKind.STAIRS,
    SegmentKind.ESCALATOR: StepKind.ESCALATOR,
    SegmentKind.RAMP: StepKind.RAMP,
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
        self._slight = False
        """Whether slight bends count: nothing leads, and the door is not seen from afar."""
        self._at: Place | None = None
        self.steps: list[Step] = []

    def add(self, move: Move) -> None:
        """Add the steps of a move."""
        region = self._sights.find_region(move.node)
        outlook = Outlook(region, move, find_portal(region, move), self._arriving)
        if self._at is None or self._at.level != move.level:
            self._at = self._place(move.level, move.line[0])
        raws, self._slight = outlook.divide()
        stretches = [feel(region, stretch) for stretch in raws]
        if stretches and not self._begin(outlook, raws, stretches):
            return
        for (stretch, _), (following, raw) in pairwise(zip(stretches, raws, strict=True)):
            self._turn(move, region, self._reassure(move, region, stretch), following, raw)
        last = self._reassure(move, region, stretches[-1]) if stretches else None
        self._finish(outlook, last)

    def _begin(self, outlook: Outlook, raws: Sequence[Stretch], stretches: list[Stretch]) -> bool:
        """Say how a walk begins; return whether anything is left to say of it."""
        if self._arriving is None:
            fresh = not self.steps or self.steps[-1].kind is StepKind.ARRIVE
            only_way = len(outlook.region.portals) == 1 and outlook.portal is not None
            if fresh and (only_way or (len(raws) == 1 and outlook.sees_portal())):
                self._leave_room(outlook, stretches[0])
                return False
            heading = self._set_off(outlook, raws[0], stretches[0])
        else:
            across = outlook.look_across()
            if across is not None:
                self._end_with(outlook.move, across, outlook.move.length_m)
                return False
            heading = self._turn_out_of_door(outlook, raws, stretches[0])
        stretches[0] = replace(stretches[0], heading=heading)
        return True

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

    def _leave_room(self, outlook: Outlook, stretch: Stretch) -> None:
        """Begin with the door, lift or stair that one sees from where one stands."""
        move, portal = outlook.move, outlook.portal
        if portal is None:
            return
        landmark = describe_nearest(outlook.region, move.line[0], portal)
        direction = self._facing(unit_vector(stretch.start, stretch.end))
        if isinstance(move.event, Gate):
            end = self._place(move.end_level, move.end)
            self._push(move, StepKind.DEPART, direction, end, move.length_m, landmark)
            self._arriving = move.event.crossing.heading
            return
        if direction is not None:
            here = self._place(move.level, move.line[0])
            self._push(move, StepKind.DEPART, direction, here, 0.0)
        self._end_with(move, landmark, move.length_m)

    def _set_off(self, outlook: Outlook, raw: Stretch, felt: Stretch) -> Point:
        """Begin with the direction in which to walk; return it as it is understood."""
        move, start = outlook.move, outlook.move.line[0]
        bearing = find_orientation(outlook.region, start, unit_vector(raw.start, raw.end))
        landmark = bearing.landmark if bearing is not None else None
        if self.steps and self.steps[-1].floors and landmark is not None:
            self.steps[-1] = replace(self.steps[-1], towards=landmark)
        else:
            here = self._place(move.level, start)
            direction = self._facing(felt.heading)
            self._push(move, StepKind.DEPART, direction, here, 0.0, landmark)
        return bearing.heading if bearing is not None else felt.heading

    def _turn_out_of_door(self, outlook: Outlook, raws: Sequence[Stretch], felt: Stretch) -> Point:
        """Say with the last step which way one goes on behind its door; return it as understood."""
        arriving, raw = outlook.arriving, raws[0]
        if arriving is None or not self.steps:
            return felt.heading
        aside = outlook.turn_aside(raw) if len(raws) == 1 else None
        if aside is not None:
            then = name_turn(angle_deg(arriving, aside))
            self.steps[-1] = replace(self.steps[-1], then=then)
            return aside
        then = name_turn(angle_deg(arriving, felt.heading))
        bend_deg = angle_deg(arriving, raw.heading)
        if then is Direction.STRAIGHT and outlook.is_misled(raw, bend_deg):
            then = Direction.SLIGHT_LEFT if bend_deg > 0 else Direction.SLIGHT_RIGHT
        bearing = outlook.take_bearing(raw, felt, lost=bool(self.steps[-1].floors))
        towards = bearing.landmark if bearing is not None else None
        self.steps[-1] = replace(self.steps[-1], then=then, towards=towards)
        return bearing.heading if bearing is not None else felt.heading

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
        if direction is Direction.STRAIGHT and not self._slight:
            self._push(move, StepKind.CONTINUE, direction, end, stretch.length_m)
            return
        if direction is Direction.STRAIGHT:
            direction = Direction.SLIGHT_LEFT if turn_deg > 0 else Direction.SLIGHT_RIGHT
        self._push(move, StepKind.TURN, direction, end, stretch.length_m, landmark)
        if raw.length_m > TOWARDS_M:
            bearing = find_bearing(region, raw.start, raw.heading)
            bearing = choose_bearing(region, raw, following, bearing, bend_deg)
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

    def _finish(self, outlook: Outlook, stretch: Stretch | None) -> None:
        """Add the step with which a move ends."""
        landmark, portal = None, outlook.portal
        if portal is not None:
            heading = outlook.arriving or portal.heading
            here = stretch or Stretch(portal.point, portal.point, heading, 0.0)
            landmark = describe_portal(outlook.region, here, portal)
        self._end_with(outlook.move, landmark, stretch.length_m if stretch else 0.0)

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
        kind, sight = _KIND_OF[event.kind], SIGHT_OF[event.kind]
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
        own = self._sights.signs.find_own(event.feature).labels
        goal = own if own != landmark.labels else {}
        self.steps[-1] = replace(self.steps[-1], stop=event.stop, goal=goal)
        self._arriving = None

"""What a walk ends with: a door, a floor change, an arrival."""

from collections.abc import Mapping

from wayfinder.graph.network import Network
from wayfinder.guide.bends import Point, angle_deg, name_turn
from wayfinder.guide.moves import Arrival, Change, Gate, Move
from wayfinder.guide.names import Sign
from wayfinder.guide.outlook import SIGHT_OF
from wayfinder.guide.sights import Sights
from wayfinder.guide.step import Direction, Landmark, Place, Relation, Sight, Step, StepKind
from wayfinder.guide.walks import Ending
from wayfinder.model import Labels, Level
from wayfinder.route.journey import SegmentKind

KIND_OF: Mapping[SegmentKind, StepKind] = {
    SegmentKind.LIFT: StepKind.LIFT,
    SegmentKind.STAIRS: StepKind.STAIRS,
    SegmentKind.ESCALATOR: StepKind.ESCALATOR,
    SegmentKind.RAMP: StepKind.RAMP,
}
"""What the step of a floor change is."""


class Ends:
    """Makes the steps with which walks end.

    Parameters
    ----------
    network
        The network.
    sights
        Its regions.
    """

    def __init__(self, network: Network, sights: Sights) -> None:
        self._network = network
        self._sights = sights

    def make(self, move: Move, ending: Ending, start: Place) -> tuple[Step, Point | None]:
        """Make the last step of a walk.

        Returns
        -------
        step, arriving
            The step, and the direction in which one comes through its door, or None.
        """
        lon, lat = self._network.plan.frame.to_degrees(*move.end)
        end = Place(move.end_level, lon, lat, move.end)
        event = move.event
        if isinstance(event, Gate):
            return self._pass(move, event, ending, start, end), event.crossing.heading
        if isinstance(event, Change):
            arriving = event.way_out.heading if event.way_out is not None else None
            return self._change(event, ending, start, end), arriving
        return self._arrive(event, ending, start, end), None

    def _pass(self, move: Move, event: Gate, ending: Ending, start: Place, end: Place) -> Step:
        landmark, distance_m = ending.landmark, ending.distance_m
        if ending.departs:
            return Step(StepKind.DEPART, ending.direction, start, end, distance_m, landmark)
        kind = StepKind.DOOR
        if event.crossing.unit is None:
            kind = StepKind.EXIT
        elif not self._sights.find_region(move.node).units:
            kind = StepKind.ENTER
        side = landmark.side if landmark is not None else None
        return Step(kind, side, start, end, distance_m, landmark)

    def _change(self, event: Change, ending: Ending, start: Place, end: Place) -> Step:
        landmark = ending.landmark
        if landmark is None:
            category = str(event.kind)
            sign = Sign({}, category) if event.unit is None else self._sights.signs.read(event.unit)
            sight = SIGHT_OF[event.kind]
            landmark = Landmark(event.unit, sight, Relation.AT, sign.labels, sign.category)
        return Step(
            KIND_OF[event.kind],
            Direction.UP if event.floors > 0 else Direction.DOWN,
            start,
            end,
            ending.distance_m,
            landmark,
            way_out=self._find_way_out(event),
            floors=event.floors,
            from_floor=self._find_floor(event.level),
            to_floor=self._find_floor(event.to_level),
        )

    def _find_floor(self, level_id: str) -> Labels:
        level = self._network.plan.find(level_id, Level)
        return (level.short_name or level.name) if level is not None else {}

    def _find_way_out(self, event: Change) -> Landmark | None:
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

    def _arrive(self, event: Arrival, ending: Ending, start: Place, end: Place) -> Step:
        landmark = ending.landmark
        sign = self._sights.signs.read(event.feature)
        side = landmark.side if landmark is not None else Direction.STRAIGHT
        if landmark is None or not landmark.labels:
            sight = landmark.sight if landmark is not None else Sight.PLACE
            ordinal = landmark.ordinal if landmark is not None else None
            landmark = Landmark(
                event.feature, sight, Relation.AT, sign.labels, sign.category, side, ordinal
            )
        own = self._sights.signs.find_own(event.feature).labels
        return Step(
            StepKind.ARRIVE,
            side,
            start,
            end,
            ending.distance_m,
            landmark,
            goal=own if own != landmark.labels else {},
            stop=event.stop,
        )

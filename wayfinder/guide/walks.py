"""What is said on a walk, from its start to what it ends with."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, cos, radians, sin

from wayfinder.graph.network import Network
from wayfinder.guide.bearings import find_orientation
from wayfinder.guide.bends import TURN_DEG, Point, Stretch, angle_deg, name_turn, unit_vector
from wayfinder.guide.landmarks import (
    describe_nearest,
    describe_portal,
    describe_turn,
    feel,
    find_reassurance,
)
from wayfinder.guide.moves import Gate, Move
from wayfinder.guide.outlook import TOWARDS_M, Outlook, choose_bearing
from wayfinder.guide.sights import Portal, Region
from wayfinder.guide.step import REASSURE_M, Direction, Landmark, Place, Step, StepKind

FARTHEST_M = 2 * REASSURE_M
"""Longest way that one word goes for where there is nothing to pass: "without turning" (ours)."""

_SAID_M = 10.0
"""To go straight on for less than this is no step of its own, and nothing so near to the end of a
stretch is worth a word (ours)."""


@dataclass(frozen=True, slots=True)
class State:
    """What the steps so far leave behind for those that follow.

    Parameters
    ----------
    at
        Where the last one ended; None at the very start.
    arriving
        Direction in which one came through the last door; None at the start of a stop.
    begins
        Whether the journey or a stop of it begins here.
    climbed
        Whether the last step changed floors.
    facing_deg
        Where one looks at the very start, degrees clockwise from north; None if unknown or later.
    at_sign, at_display
        Whether it is a sign, or a screen, that one looks at there.
    barred
        Categories of what one may not use, such as ``escalator``: nobody is sent towards those.
    """

    at: Place | None = None
    arriving: Point | None = None
    begins: bool = True
    climbed: bool = False
    facing_deg: float | None = None
    at_sign: bool = False
    at_display: bool = False
    barred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """What is added to the step before, once it is known how one goes on.

    Parameters
    ----------
    then, towards
        As in `Step`.
    """

    then: Direction | None = None
    towards: Landmark | None = None

    @property
    def key(self) -> Hashable:
        """Equal for equal openings; labels cannot be hashed, and a feature's are the same."""
        what = self.towards
        if what is None:
            return self.then
        return self.then, what.id, what.sight, what.relation, what.category, what.side, what.ordinal


@dataclass(frozen=True, slots=True)
class Ending:
    """What is known of the step with which a walk ends.

    Parameters
    ----------
    landmark
        What one ends it at, or None.
    distance_m
        Length walked since the step before.
    departs
        Whether it is the first thing that one does: to leave a room by its door.
    direction
        Which way one turns for it, where it departs.
    """

    landmark: Landmark | None
    distance_m: float
    departs: bool = False
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What is said on a walk, without what it was made from.

    Parameters
    ----------
    at
        Where its last step begins.
    opening
        What is added to the step before.
    steps
        The steps but for the last one.
    ending
        What is known of that.
    """

    at: Place
    opening: Opening
    steps: tuple[Step, ...]
    ending: Ending


class Walk:
    """Finds what is said on a walk.

    Parameters
    ----------
    network
        The network.
    region
        Where one walks.
    move
        The walk and what it ends with.
    portal
        The door, lift or stairs at its end, or None.
    state
        What came before.

    Attributes
    ----------
    said
        What was found.
    """

    def __init__(
        self, network: Network, region: Region, move: Move, portal: Portal | None, state: State
    ) -> None:
        self._network = network
        self._region = region
        self._move = move
        self._state = state
        self._outlook = Outlook(region, move, portal, state.arriving, state.barred)
        at = state.at
        if at is None or at.level != move.level:
            at = self._place(move.line[0])
        self.at = at
        self.opening = Opening()
        self.steps: list[Step] = []
        self._unsaid_m = 0.0
        raws, self._slight = self._outlook.divide()
        stretches = [feel(region, stretch) for stretch in raws]
        begun = self._begin(raws, stretches) if stretches else None
        ending = begun or self._go_on(raws, stretches)
        self.said = Said(self.at, self.opening, tuple(self.steps), ending)

    def _begin(self, raws: Sequence[Stretch], stretches: list[Stretch]) -> Ending | None:
        """Say how the walk begins; return its ending where nothing else is to be said."""
        outlook = self._outlook
        if self._state.arriving is None:
            only_way = len(self._region.portals) == 1 and outlook.portal is not None
            if self._state.begins and (only_way or (len(raws) == 1 and outlook.sees_portal())):
                return self._leave_room(stretches[0])
            heading = self._set_off(raws[0], stretches[0])
        else:
            across = outlook.look_across()
            if across is not None:
                return Ending(across, self._move.length_m)
            heading = self._turn_out_of_door(self._state.arriving, raws, stretches[0])
        stretches[0] = replace(stretches[0], heading=heading)
        return None

    def _go_on(self, raws: Sequence[Stretch], stretches: Sequence[Stretch]) -> Ending:
        """Say the turns of the walk, and return how it ends."""
        for (stretch, _), (following, raw) in pairwise(zip(stretches, raws, strict=True)):
            self._turn(self._reassure(stretch), following, raw)
        last = self._reassure(stretches[-1]) if stretches else None
        landmark, portal = None, self._outlook.portal
        if portal is not None:
            heading = self._outlook.arriving or portal.heading
            here = last or Stretch(portal.point, portal.point, heading, 0.0)
            landmark = describe_portal(self._region, here, portal)
        return Ending(landmark, (last.length_m if last else 0.0) + self._unsaid_m)

    def _place(self, point: Point) -> Place:
        lon, lat = self._network.plan.frame.to_degrees(*point)
        return Place(self._move.level, lon, lat, point)

    def _push(
        self,
        kind: StepKind,
        direction: Direction | None,
        end: Place,
        distance_m: float,
        landmark: Landmark | None = None,
    ) -> None:
        walked_m = distance_m + self._unsaid_m
        self.steps.append(Step(kind, direction, self.at, end, walked_m, landmark))
        self.at, self._unsaid_m = end, 0.0

    def _facing(self, heading: Point) -> Direction | None:
        """Name the first turn, if it is known where the reader looks."""
        facing_deg = self._state.facing_deg
        if facing_deg is None or self.steps:
            return None
        facing = (sin(radians(facing_deg)), cos(radians(facing_deg)))
        return name_turn(angle_deg(facing, heading))

    def _leave_room(self, stretch: Stretch) -> Ending | None:
        """Begin with the door, lift or stair that one sees from where one stands."""
        move, portal = self._move, self._outlook.portal
        if portal is None:
            return None
        landmark = describe_nearest(self._region, move.line[0], portal)
        direction = self._facing(unit_vector(stretch.start, stretch.end))
        if isinstance(move.event, Gate):
            return Ending(landmark, move.length_m, departs=True, direction=direction)
        if direction is not None:
            self._push(StepKind.DEPART, direction, self._place(move.line[0]), 0.0)
        return Ending(landmark, move.length_m)

    def _set_off(self, raw: Stretch, felt: Stretch) -> Point:
        """Begin with the direction in which to walk; return it as it is understood."""
        start = self._move.line[0]
        wanted, barred = unit_vector(raw.start, raw.end), self._state.barred
        bearing = find_orientation(self._region, start, wanted, barred=barred)
        landmark = bearing.landmark if bearing is not None else None
        if self._state.climbed and landmark is not None:
            self.opening = Opening(towards=landmark)
        else:
            direction = self._facing(felt.heading)
            self._push(StepKind.DEPART, direction, self._place(start), 0.0, landmark)
        return bearing.heading if bearing is not None else felt.heading

    def _turn_out_of_door(self, arriving: Point, raws: Sequence[Stretch], felt: Stretch) -> Point:
        """Say with the last step which way one goes on behind its door; return it as understood."""
        outlook, raw = self._outlook, raws[0]
        aside = outlook.turn_aside(raw) if len(raws) == 1 else None
        if aside is not None:
            self.opening = Opening(then=name_turn(angle_deg(arriving, aside)))
            return aside
        then = name_turn(angle_deg(arriving, felt.heading))
        bend_deg = angle_deg(arriving, raw.heading)
        if then is Direction.STRAIGHT and outlook.is_misled(raw, bend_deg):
            then = Direction.SLIGHT_LEFT if bend_deg > 0 else Direction.SLIGHT_RIGHT
        bearing = outlook.take_bearing(raw, felt, lost=self._state.climbed)
        self.opening = Opening(then, bearing.landmark if bearing is not None else None)
        return bearing.heading if bearing is not None else felt.heading

    def _turn(self, stretch: Stretch, following: Stretch, raw: Stretch) -> None:
        """Add a turn between two stretches."""
        region = self._region
        bend_deg = angle_deg(unit_vector(stretch.start, stretch.end), raw.heading)
        turn_deg = angle_deg(stretch.heading, following.heading)
        if abs(turn_deg) < TURN_DEG or turn_deg * bend_deg < 0:
            turn_deg = bend_deg
        side = Direction.LEFT if turn_deg > 0 else Direction.RIGHT
        end = self._place(following.start)
        landmark = describe_turn(region, stretch, side, self._state.barred)
        if landmark is None:
            bearing = self._outlook.find_bearing(raw)
            landmark = bearing.landmark if bearing is not None else None
        direction = name_turn(turn_deg)
        if direction is Direction.STRAIGHT and not self._slight:
            if stretch.length_m < _SAID_M:
                self._unsaid_m += stretch.length_m
                return
            self._push(StepKind.CONTINUE, direction, end, stretch.length_m)
            return
        if direction is Direction.STRAIGHT:
            direction = Direction.SLIGHT_LEFT if turn_deg > 0 else Direction.SLIGHT_RIGHT
        self._push(StepKind.TURN, direction, end, stretch.length_m, landmark)
        if raw.length_m > TOWARDS_M:
            bearing = self._outlook.find_bearing(raw)
            bearing = choose_bearing(region, raw, following, bearing, bend_deg)
            towards = bearing.landmark if bearing is not None else None
            self.steps[-1] = replace(self.steps[-1], towards=towards)

    def _reassure(self, stretch: Stretch) -> Stretch:
        """Cut a long stretch at things that one passes; return what is left of it.

        Where there is nothing to pass, "keep going" every few metres says nothing: the step that
        follows says how far it is in all, and only a very long way is cut in the open.
        """
        while stretch.length_m > REASSURE_M:
            found = self._find_passed(stretch)
            if found is None and stretch.length_m <= FARTHEST_M:
                break
            even_m = stretch.length_m / ceil(stretch.length_m / FARTHEST_M)
            at_m, landmark = found if found is not None else (even_m, None)
            (x, y), (hx, hy) = stretch.start, stretch.heading
            point = (x + hx * at_m, y + hy * at_m)
            self._push(StepKind.CONTINUE, Direction.STRAIGHT, self._place(point), at_m, landmark)
            stretch = Stretch(point, stretch.end, stretch.heading, stretch.length_m - at_m)
        return stretch

    def _find_passed(self, stretch: Stretch) -> tuple[float, Landmark] | None:
        """Find the first thing to pass that is worth a word: how far on, and what."""
        last_m = min(stretch.length_m - _SAID_M, FARTHEST_M)
        begin_m = REASSURE_M / 2
        while begin_m < last_m:
            end_m = min(begin_m + REASSURE_M / 2, last_m)
            found = find_reassurance(self._region, stretch, begin_m, end_m)
            if found is not None:
                return found
            begin_m = end_m
        return None

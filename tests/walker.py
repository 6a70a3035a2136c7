"""A person who follows the steps and nothing else.

The walker stands on the plan and is told of each step only its kind, its direction, what the
landmark is called, on which side and the how-manieth it is, the label of the floor, and a distance
that is off by up to a quarter. It sees walls, doors and signs from where it stands. It knows
neither the route nor the goal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin
from random import Random

from tests.world import Door, Point, Room, Thing, World
from wayfinder.guide.step import Direction, Landmark, Step
from wayfinder.model import pick_label

STEP_M = 0.5
_ANGLE = {
    "straight": 0.0,
    "slight left": 45.0,
    "left": 90.0,
    "sharp left": 135.0,
    "around": 180.0,
    "slight right": -45.0,
    "right": -90.0,
    "sharp right": -135.0,
}


class LostError(Exception):
    """The walker does not find what it was told."""


@dataclass(frozen=True)
class Mark:
    """What the walker is told of a landmark."""

    sight: str
    relation: str
    reads: str
    side: str | None
    ordinal: int | None


@dataclass(frozen=True)
class Told:
    """All that the walker is told of a step."""

    kind: str
    direction: str | None
    distance_m: float
    mark: Mark | None
    then: str | None
    towards: Mark | None
    way_out: Mark | None
    floor: str


def tell(step: Step, world: World, language: str, random: Random, *, swap: bool = False) -> Told:
    """Tell a step; with `swap` left for right and right for left."""

    def turned(direction: Direction | None) -> str | None:
        if direction is None or not swap:
            return direction and str(direction)
        there = {"left": "right", "right": "left"}
        return " ".join(there.get(word, word) for word in str(direction).split())

    def mark(landmark: Landmark | None) -> Mark | None:
        if landmark is None:
            return None
        name = pick_label(landmark.labels, language)
        reads = name or (landmark.category if world.recognises(landmark.category) else "")
        return Mark(
            str(landmark.sight),
            str(landmark.relation),
            reads,
            turned(landmark.side),
            landmark.ordinal,
        )

    return Told(
        str(step.kind),
        turned(step.direction),
        step.distance_m * random.uniform(0.75, 1.25),
        mark(step.landmark),
        turned(step.then),
        mark(step.towards),
        mark(step.way_out),
        pick_label(step.to_floor, language),
    )


def rotate(heading: Point, angle_deg: float) -> Point:
    c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
    return heading[0] * c - heading[1] * s, heading[0] * s + heading[1] * c


def turn_between(one: Point, other: Point) -> float:
    """Degrees from one heading to another, positive to the left."""
    cross = one[0] * other[1] - one[1] * other[0]
    return degrees(atan2(cross, one[0] * other[0] + one[1] * other[1]))


def is_on(heading: Point, out: Point, left_m: float, side: str | None) -> bool:
    """Tell whether one may take a door to be on a side of the way; near 45° nobody is sure."""
    angle = turn_between(heading, out)
    if side == "straight":
        return abs(angle) <= 65
    sign = 1 if side == "left" else -1
    return angle * sign >= 25 or (left_m * sign > 1.0 and abs(angle) >= 25)


class Walker:
    """Somebody who walks through a world as told."""

    def __init__(self, world: World, unit: str, at: Point, facing_deg: float | None) -> None:
        self.world = world
        self.unit = unit
        self.room: Room = world.room_of_unit[unit]
        self.at = at
        self.heading: Point | None = None
        if facing_deg is not None:
            self.heading = (sin(radians(facing_deg)), cos(radians(facing_deg)))
        self.reached: Thing | None = None
        self._next: Told | None = None
        self._next_m = 6.0
        self._seek: Mark | None = None
        """What one is to walk towards and does not see yet."""
        self._toward = ""
        """What one was told to walk towards, and does."""
        self._look_on: str | None = None
        """On which side what one looks for is to be."""
        self.step_number = -1
        self._inside: tuple[Told, Point] | None = None
        self.trail: list[tuple[str, Point]] = [(self.room.level, at)]

    def follow(self, steps: Sequence[Told]) -> None:
        """Do one step after the other; raises LostError where one cannot be done."""
        for step, following in zip(steps, (*steps[1:], None), strict=True):
            self.reached = None
            self._seek = None if step.kind in ("turn", "depart") else self._seek
            self.step_number += 1
            self._next = following
            self._next_m = following.distance_m if following is not None else 6.0
            if self._inside is not None:
                if step.kind == "arrive" and step.mark and self._stands_in(step.mark):
                    continue
                self._come_out(*self._inside)
            if step.kind == "depart":
                self._depart(step)
            elif step.kind == "continue":
                self._continue(step)
            elif step.kind == "turn":
                self._turn(step)
            elif step.kind == "arrive" and step.mark is not None and step.mark.sight == "place":
                self._approach(step, step.mark)
            else:
                self._pass(step)

    # what it does

    def _depart(self, step: Told) -> None:
        if step.direction is not None:
            self._face(step.direction)
        mark = step.mark
        if mark is not None and mark.relation in ("towards", "away", "beside"):
            if self.heading is None or self._can_see(mark):
                self._face_mark(mark)
        elif mark is not None:
            self._enter(self._choose_nearest(mark), step)

    def _face(self, direction: str) -> None:
        if self.heading is None:
            raise LostError("told to turn without knowing where I look")
        self.heading = self._best_way(rotate(self.heading, _ANGLE[direction]), 25)

    def _can_see(self, mark: Mark) -> list[Point]:
        seen = [d.front for d in self._visible_doors() if d.reads == mark.reads]
        points = [p for t in self.room.things if t.reads == mark.reads for p in t.points]
        return seen + [point for point in points if self.room.sees(self.at, point)]

    def _face_mark(self, mark: Mark) -> None:
        self._toward = mark.reads if mark.relation == "towards" else ""
        seen = self._can_see(mark)
        if not seen:
            raise LostError(f"cannot see {mark.reads!r} to walk towards")
        x, y = min(seen, key=lambda p: hypot(p[0] - self.at[0], p[1] - self.at[1]))
        length = hypot(x - self.at[0], y - self.at[1]) or 1.0
        way = ((x - self.at[0]) / length, (y - self.at[1]) / length)
        sides = {"left": -90.0, "right": 90.0}
        turn = 180.0 if mark.relation == "away" else sides.get(mark.side or "", 0.0)
        way = rotate(way, turn)
        self.heading = way
        if not self._is_wide():
            self.heading = self._best_way(way, 15)
        self._centre()

    def _continue(self, step: Told) -> None:
        walked = 0.0
        while walked < step.distance_m * (1.5 if step.mark else 1.0):
            if step.mark is not None and self._is_passed(step.mark) and walked > 1:
                return
            if walked > 0.5 * step.distance_m and self._sees_ahead(self._next):
                return
            if not self._advance():
                return
            walked += STEP_M

    def _sees_ahead(self, following: Told | None) -> bool:
        """Tell whether one sees already what the next step is about."""
        if following is None or following.mark is None or following.kind == "continue":
            return False
        mark, heading = following.mark, self._need_heading()
        if not mark.reads or mark.ordinal is not None or mark.relation != "at":
            return False
        near = [d for d in self._visible_doors() if self._matches(d, mark)]
        return any(is_on(heading, d.out, self._left_m(d), mark.side) for d in near)

    def _turn(self, step: Told) -> None:
        side = "left" if "left" in (step.direction or "") else "right"
        mark = step.mark
        if mark is not None and mark.sight == "end":
            self._walk_to_end(step.distance_m, side)
        elif mark is not None and mark.relation == "at" and mark.reads:
            self._walk_up_to(step, mark)
        elif mark is None or mark.relation == "towards":
            self._walk_to_corner(step.distance_m, side)
        else:
            self._walk_to_turning(step, side)
        assert self.heading is not None
        if step.direction == "around":
            self.heading = rotate(self.heading, 180)
        else:
            self.heading = self._pick_way(rotate(self.heading, _ANGLE[step.direction or side]))
        self._centre()
        towards = mark if mark is not None and mark.relation == "towards" else step.towards
        self._seek = towards
        self._look_for_bearing()

    def _walk_to_end(self, distance_m: float, side: str) -> None:
        walked = 0.0
        if distance_m < 3.0:
            self._move(self._need_heading(), distance_m)
            return
        while walked < 1.6 * distance_m + 6:
            if self._ahead() < 7.0 and not self._bends_on() and walked >= 0.6 * distance_m - 4:
                self._go_to_gap(side)
                return
            if not self._advance():
                return
            walked += STEP_M

    def _is_wide(self) -> bool:
        return self._beside("left") + self._beside("right") > 8

    def _sidestep(self) -> bool:
        """Step aside where the corridor goes on beside a corner."""
        heading, stand = self._need_heading(), self.at
        sides = (-1, 1) if self._look_on == "left" else (1, -1)
        for shift in [sign * i / 2 for i in range(1, 7) for sign in sides]:
            aside = rotate(heading, 90 if shift > 0 else -90)
            if self.room.look(stand, [aside])[0] < abs(shift) + 0.2:
                continue
            eye = (stand[0] + aside[0] * abs(shift), stand[1] + aside[1] * abs(shift))
            if self.room.look(eye, [heading])[0] > 4.0:
                self._move(aside, abs(shift))
                return True
        return False

    def _follow_bend(self) -> bool:
        """At the end of a corridor go the only way that is left, if there is just one."""
        heading = self._need_heading()
        left, right = self._beside("left"), self._beside("right")
        if (left > 3.0) == (right > 3.0):
            return False
        self.heading = self._best_way(rotate(heading, 90 if left > right else -90), 30)
        self._centre()
        return True

    def _walk_to_corner(self, distance_m: float, side: str) -> None:
        """Walk about as far as told, and turn at the corner on that side that is nearest to it."""
        walked, before = 0.0, self._beside(side)
        spots = [(distance_m, 1, self.at)]
        while walked < 1.3 * distance_m + 2:
            if not self._advance():
                break
            walked += STEP_M
            beside = self._beside(side)
            if beside > before + 1.0:
                spots.append((walked, 0, self.at))
            if abs(walked - distance_m) <= STEP_M / 2:
                spots[0] = (walked, 1, self.at)
            before = beside
        if len(spots) == 1 and spots[0][0] > walked:
            return
        _, _, self.at = min(spots, key=lambda s: (s[1], abs(s[0] - distance_m)))
        self._move(self._need_heading(), STEP_M)

    def _walk_up_to(self, step: Told, mark: Mark) -> None:
        """Walk until one is as near to something as the way takes one."""
        walked, nearest = 0.0, 1e9
        while walked < 1.6 * step.distance_m + 6:
            seen = self._can_see(mark)
            far = min((hypot(p[0] - self.at[0], p[1] - self.at[1]) for p in seen), default=1e9)
            late = walked > 0.5 * step.distance_m - 4
            if late and seen and far > nearest + 0.2:
                return
            nearest = min(nearest, far)
            if not self._advance():
                return
            walked += STEP_M

    def _bends_on(self) -> bool:
        """Tell whether one only looks at the wall of a corridor that goes on."""
        way = self._best_way(self._need_heading(), 15)
        return float(self.room.look(self.at, [way])[0]) > 1.5 * self._ahead() + 1

    def _go_to_gap(self, side: str) -> None:
        """Near the end of a corridor go to where the way to a side is longest."""
        heading, ahead = self._need_heading(), self._ahead()
        spots = [i * STEP_M for i in range(int((ahead - 0.5) / STEP_M) + 1)] or [0.0]
        angle = 90 if side == "left" else -90
        reach = []
        for spot in spots:
            eye = (self.at[0] + heading[0] * spot, self.at[1] + heading[1] * spot)
            reach.append(min(15.0, float(self.room.look(eye, [rotate(heading, angle)])[0])))
        best = [spot for spot, far in zip(spots, reach, strict=True) if far > max(reach) - 1.0]
        self._move(heading, best[len(best) // 2])

    def _walk_to_turning(self, step: Told, side: str) -> None:
        mark, distance_m = step.mark, step.distance_m
        after = mark is not None and mark.relation == "after"
        wanted = mark.ordinal if mark is not None and mark.ordinal else 1
        walked, count, passed = 0.0, 0, not after
        about: Point | None = None
        wall = self._beside(side)
        if wall > 6:
            wall = 2.0
        was_open = False
        while walked < 1.6 * distance_m + 8:
            beside = self._beside(side)
            is_open = beside > wall + 2.0
            if not is_open:
                wall = beside
            if not passed and mark is not None:
                passed = self._is_passed(mark)
            begins = is_open and not was_open and walked > 0.4 * distance_m - 4
            if begins and passed:
                count += 1
                if count == wanted:
                    self._to_middle_of_opening(side, wall)
                    return
            was_open = is_open
            if abs(walked - distance_m) < STEP_M:
                about = self.at
            if not self._advance():
                break
            walked += STEP_M
        if count or not passed or about is None:
            raise LostError(f"no turning on the {side}")
        self.at = about

    def _to_middle_of_opening(self, side: str, wall: float) -> None:
        for _ in range(3):
            if self._ahead() < 1.0:
                return
            self._move(self._need_heading(), STEP_M)
            if self._beside(side) <= wall + 2.0:
                self._move(rotate(self._need_heading(), 180), STEP_M)
                return

    def _pass(self, step: Told) -> None:
        """Walk to a door, lift or stairs and go through."""
        mark = step.mark or Mark(step.kind if step.kind != "door" else "door", "at", "", None, None)
        if step.floor and self.world.is_inside(self.unit, mark.sight, mark.reads):
            self._ride(step)
            return
        if mark.side is None:
            self._enter(self._choose_nearest(mark), step)
            return
        self._enter(self._find_ahead(step, mark), step)

    def _find_ahead(self, step: Told, mark: Mark) -> Door:
        walked, passed = 0.0, []
        about: Point | None = None
        self._look_on = mark.side
        while walked < 1.6 * step.distance_m + 10:
            heading = self._need_heading()
            there = [d for d in self._visible_doors() if self._matches(d, mark)]
            if mark.reads == self._toward != "" and mark.ordinal is None and len(there) == 1:
                return there[0]
            places = {id(d): self._locate(d.front) for d in there}
            there = [d for d in there if is_on(heading, d.out, places[id(d)][1], mark.side)]
            if mark.side == "straight":
                there = [d for d in there if places[id(d)][0] > -0.5]
                number = mark.ordinal or 1
                if len(there) >= number:
                    return sorted(there, key=lambda d: -places[id(d)][1])[number - 1]
            for door in there:
                ahead, left = places[id(door)]
                wrong = left < -2.0 if mark.side == "left" else left > 2.0
                if mark.side == "straight" or door in passed or wrong or ahead < -1.0:
                    continue
                if mark.ordinal is None:
                    return door
                if ahead <= STEP_M:
                    passed.append(door)
                    if len(passed) == mark.ordinal:
                        return door
            if walked > 0.7 * step.distance_m - 2.5:
                found = self._look_around(mark)
                if found is not None:
                    return found
            if abs(walked - step.distance_m) < STEP_M:
                about = self.at
            if not self._advance():
                break
            walked += STEP_M
        self.at = about or self.at
        found = self._look_around(mark, far_m=6.0)
        if found is None:
            raise LostError(f"no {mark}")
        return found

    def _look_around(self, mark: Mark, *, far_m: float = 4.5) -> Door | None:
        """Where it should be, look round the corners of the side that was told."""
        if mark.ordinal is not None or not mark.reads:
            return None
        turns = {"left": (30, 60, 90, 120), "right": (-30, -60, -90, -120)}
        stand, heading = self.at, self._need_heading()
        for far in (far_m / 3, far_m * 2 / 3, far_m):
            for turn in turns.get(mark.side or "", (0, 30, -30)):
                way = rotate(heading, turn)
                if self.room.look(stand, [way])[0] < far + 0.3:
                    continue
                self.at = (stand[0] + way[0] * far, stand[1] + way[1] * far)
                seen = [d for d in self._visible_doors() if self._matches(d, mark)]
                self.at = stand
                seen = [d for d in seen if is_on(heading, d.out, self._left_m(d), mark.side)]
                if seen:
                    return seen[0]
        return None

    def _left_m(self, door: Door) -> float:
        return self._locate(door.front)[1]

    def _locate(self, point: Point) -> Point:
        """Return how far ahead and how far to the left a point is."""
        heading = self._need_heading()
        dx, dy = point[0] - self.at[0], point[1] - self.at[1]
        return dx * heading[0] + dy * heading[1], heading[0] * dy - heading[1] * dx

    def _approach(self, step: Told, mark: Mark) -> None:
        walked = 0.0
        while walked < 1.6 * step.distance_m + 8:
            things = [t for t in self.room.things if t.reads == mark.reads]
            seen = [(p, t) for t in things for p in t.points if self.room.sees(self.at, p)]
            if seen:
                self.at, self.reached = min(
                    seen, key=lambda s: hypot(s[0][0] - self.at[0], s[0][1] - self.at[1])
                )
                return
            if not self._advance():
                break
            walked += STEP_M
        raise LostError(f"cannot see {mark.reads!r}")

    def _enter(self, door: Door, step: Told) -> None:
        self._cross(door)
        if step.floor:
            self._ride(step)
        else:
            self._leave(step)

    def _cross(self, door: Door) -> None:
        self._toward = ""
        (x, y), (ox, oy) = door.far_point, door.out
        self.at, self.heading = (x + ox * 0.3, y + oy * 0.3), door.out
        self.unit, self.room = door.beyond, self.world.room_of_unit[door.beyond]
        self.trail.append((self.room.level, self.at))

    def _leave(self, step: Told) -> None:
        self._seek = step.towards
        if self._look_for_bearing():
            return
        if step.then is not None:
            self._go_on(step.then)
        self._look_for_bearing()

    def _look_for_bearing(self) -> bool:
        """Turn to what one is to walk towards, once one sees it."""
        if self._seek is None or not self._can_see(self._seek):
            return False
        self._face_mark(self._seek)
        self._seek = None
        return True

    def _ride(self, step: Told) -> None:
        came = self.heading or (0.0, 1.0)
        unit = self.world.ride(self.unit, step.floor, step.direction == "up")
        inner = [d for d in self._visible_doors() if d.sight == step.kind]
        if unit is None and inner:
            self._cross(inner[0])
            came = inner[0].out
            unit = self.world.ride(self.unit, step.floor, step.direction == "up")
        if unit is None:
            raise LostError(f"this does not go {step.direction} to {step.floor}")
        self.unit, self.room = unit, self.world.room_of_unit[unit]
        self._inside = (step, came)

    def _come_out(self, step: Told, came: Point) -> None:
        """Leave the lift or stairs, as told."""
        self._inside = None
        out = step.way_out
        doors: list[tuple[Door | None, Door]]
        doors = [(None, d) for d in self.room.doors if d.sight == "door"]
        for inner in self.room.doors:
            if inner.sight == step.kind:
                beyond = self.world.room_of_unit[inner.beyond].doors
                doors += [(inner, d) for d in beyond if d.sight == "door"]
        if out is not None and out.reads:
            doors = [pair for pair in doors if pair[1].reads == out.reads] or doors
        if out is not None and out.side is not None:
            wanted = rotate(came, _ANGLE[out.side])
            doors.sort(key=lambda pair: abs(turn_between(wanted, pair[1].out)))
        if not doors:
            raise LostError("no way out of here")
        for door in doors[0]:
            if door is not None:
                self._cross(door)
        self._leave(step)

    def _go_on(self, then: str) -> None:
        """Step out of a door and look the way one was told."""
        heading = self._need_heading()
        ahead = self._ahead()
        self._move(heading, min(ahead / 2, 1.5))
        wanted = rotate(heading, _ANGLE[then])
        self.heading = self._pick_way(wanted)
        self._centre()

    def _pick_way(self, wanted: Point) -> Point:
        """Look where one was told; aside only if the way is too short for what comes next."""
        reach = float(self.room.look(self.at, [wanted])[0])
        if reach <= min(6.0, 0.6 * self._next_m):
            return self._best_way(wanted, 45)
        x, y = self.at[0] + wanted[0] * 2, self.at[1] + wanted[1] * 2
        beside = self.room.look((x, y), [rotate(wanted, 90), rotate(wanted, -90)])
        return self._best_way(wanted, 15) if beside.sum() < 8 else wanted

    # what it sees

    def _stands_in(self, mark: Mark) -> bool:
        return self.world.reads(self.unit) == mark.reads

    def _need_heading(self) -> Point:
        if self.heading is None:
            raise LostError("does not know which way to look")
        return self.heading

    def _visible_doors(self) -> list[Door]:
        return [door for door in self.room.doors if self.room.sees(self.at, door.front)]

    def _matches(self, door: Door, mark: Mark) -> bool:
        if door.sight != mark.sight:
            return False
        return not mark.reads or door.reads == mark.reads

    def _choose_nearest(self, mark: Mark) -> Door:
        seen = [door for door in self._visible_doors() if self._matches(door, mark)]
        seen.sort(key=lambda d: hypot(d.point[0] - self.at[0], d.point[1] - self.at[1]))
        number = mark.ordinal or 1
        if len(seen) < number:
            raise LostError(f"no {mark} in sight")
        return seen[number - 1]

    def _is_passed(self, mark: Mark) -> bool:
        heading = self._need_heading()
        points = [d.front for d in self.room.doors if d.reads == mark.reads]
        points += [p for t in self.room.things if t.reads == mark.reads for p in t.points]
        for x, y in points:
            dx, dy = x - self.at[0], y - self.at[1]
            along = dx * heading[0] + dy * heading[1]
            if -4 < along <= 0.3 and hypot(dx, dy) < 9 and self.room.sees(self.at, (x, y)):
                return True
        return False

    def _ahead(self) -> float:
        return float(self.room.look(self.at, [self._need_heading()])[0])

    def _beside(self, side: str) -> float:
        angle = 90 if side == "left" else -90
        return float(self.room.look(self.at, [rotate(self._need_heading(), angle)])[0])

    def _best_way(self, wanted: Point, spread_deg: int) -> Point:
        """Return the direction near a wanted one in which the way is longest."""
        angles = sorted(range(-spread_deg, spread_deg + 1, 5), key=abs)
        ways = [rotate(wanted, angle) for angle in angles]
        reach = self.room.look(self.at, ways)
        best = max(
            range(len(ways)), key=lambda i: min(float(reach[i]), 30.0) - 0.1 * abs(angles[i])
        )
        return ways[best]

    # how it moves

    def _move(self, way: Point, distance_m: float) -> None:
        """Walk, but not through a wall."""
        if distance_m < 0:
            way, distance_m = rotate(way, 180), -distance_m
        clear_m = float(self.room.look(self.at, [way])[0])
        distance_m = min(distance_m, max(0.0, clear_m - 0.2))
        self.at = (self.at[0] + way[0] * distance_m, self.at[1] + way[1] * distance_m)
        self.trail.append((self.room.level, self.at))

    def _centre(self) -> None:
        """Walk in the middle of a corridor."""
        heading, start = self._need_heading(), self.at
        spots = [i * 1.0 for i in range(5) if i < max(1.0, self._ahead())]
        lefts, rights = [], []
        for spot in spots:
            self.at = (start[0] + heading[0] * spot, start[1] + heading[1] * spot)
            lefts.append(self._beside("left"))
            rights.append(self._beside("right"))
        self.at = start
        left, right = min(lefts), min(rights)
        if left + right < 8:
            self._move(rotate(heading, 90), (left - right) / 2)

    def _advance(self) -> bool:
        """Walk on for a step, with the corridor where it bends; False at its end."""
        self._look_for_bearing()
        ahead = self._ahead()
        if ahead < 8.0:
            way = self._best_way(self._need_heading(), 15)
            side = {"left": 1.0, "right": -1.0}.get(self._look_on or "", 0.0)
            wrong = self._is_wide() and turn_between(self._need_heading(), way) * side > 0
            if self.room.look(self.at, [way])[0] > 1.5 * ahead + 1 and not wrong:
                self.heading = way
                self._centre()
                ahead = self._ahead()
        if ahead < 2.0:
            way = self._best_way(self._need_heading(), 40)
            if self.room.look(self.at, [way])[0] < 2.5:
                pass
            else:
                self.heading = way
        if self._ahead() < STEP_M + 0.3 and not self._sidestep() and not self._follow_bend():
            return False
        self._move(self._need_heading(), STEP_M)
        return True

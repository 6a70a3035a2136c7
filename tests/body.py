"""Somebody who stands in a world, sees it, and moves in it."""

from math import cos, hypot, radians, sin

from tests.telling import Mark, Told, is_on, rotate, turn_between
from tests.world import Door, Point, Room, Thing, World

STEP_M = 0.5


class LostError(Exception):
    """The walker does not find what it was told."""


class Body:
    """Eyes and legs: what one sees from where one stands, and how one moves."""

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

    def _look_for_bearing(self) -> bool:
        """Turn to what one is to walk towards, once one sees it."""
        if self._seek is None or not self._can_see(self._seek):
            return False
        self._face_mark(self._seek)
        self._seek = None
        return True

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
        if not seen and len(self.room.doors) == 1:
            return self.room.doors[
                0
            ]  # round the corner: whoever knows the room finds its only door
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

    def _ahead(self) -> float:
        return float(self.room.look(self.at, [self._need_heading()])[0])

    def _beside(self, side: str) -> float:
        angle = 90 if side == "left" else -90
        return float(self.room.look(self.at, [rotate(self._need_heading(), angle)])[0])

    def _is_wide(self) -> bool:
        return self._beside("left") + self._beside("right") > 8

    def _bends_on(self) -> bool:
        """Tell whether one only looks at the wall of a corridor that goes on."""
        way = self._best_way(self._need_heading(), 15)
        return float(self.room.look(self.at, [way])[0]) > 1.5 * self._ahead() + 1

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

    def _pick_way(self, wanted: Point) -> Point:
        """Look where one was told; aside only if the way is too short for what comes next."""
        reach = float(self.room.look(self.at, [wanted])[0])
        if reach <= min(6.0, 0.6 * self._next_m):
            return self._best_way(wanted, 45)
        x, y = self.at[0] + wanted[0] * 2, self.at[1] + wanted[1] * 2
        beside = self.room.look((x, y), [rotate(wanted, 90), rotate(wanted, -90)])
        return self._best_way(wanted, 15) if beside.sum() < 8 else wanted

    def _move(self, way: Point, distance_m: float) -> None:
        """Walk, but not through a wall."""
        if distance_m < 0:
            way, distance_m = rotate(way, 180), -distance_m
        clear_m = float(self.room.look(self.at, [way])[0])
        distance_m = min(distance_m, max(0.0, clear_m - 0.2))
        self.at = (self.at[0] + way[0] * distance_m, self.at[1] + way[1] * distance_m)
        self.trail.append((self.room.level, self.at))

    def _cross(self, door: Door) -> None:
        self._toward = ""
        (x, y), (ox, oy) = door.far_point, door.out
        self.at, self.heading = (x + ox * 0.3, y + oy * 0.3), door.out
        self.unit, self.room = door.beyond, self.world.room_of_unit[door.beyond]
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

"""A person who follows the steps and nothing else.

The walker stands on the plan and is told of each step only its kind, its direction, what the
landmark is called, on which side and the how-manieth it is, the label of the floor, and a distance
that is off by up to a quarter. It sees walls, doors and signs from where it stands. It knows
neither the route nor the goal.
"""

from collections.abc import Sequence
from math import hypot

from tests.body import STEP_M, Body, LostError
from tests.telling import Mark, Told, is_on, rotate, turn_between
from tests.world import Door, Point

__all__ = ["LostError", "Walker"]

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


class Walker(Body):
    """Somebody who walks through a world as told."""

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
        """Walk on until one comes to the door that is meant."""
        walked, passed = 0.0, list[Door]()
        about: Point | None = None
        self._look_on = mark.side
        while walked < 1.6 * step.distance_m + 10:
            found = self._pick_door(mark, passed)
            if found is None and walked > 0.7 * step.distance_m - 2.5:
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

    def _pick_door(self, mark: Mark, passed: list[Door]) -> Door | None:
        """Return the door that is meant if one sees it; note what one has come past."""
        there = [d for d in self._visible_doors() if self._matches(d, mark)]
        if mark.reads == self._toward != "" and mark.ordinal is None and len(there) == 1:
            return there[0]
        heading = self._need_heading()
        spots = [(*self._locate(d.front), d) for d in there]
        spots = [spot for spot in spots if is_on(heading, spot[2].out, spot[1], mark.side)]
        if mark.side == "straight":
            ahead = sorted((s for s in spots if s[0] > -0.5), key=lambda s: -s[1])
            number = mark.ordinal or 1
            return ahead[number - 1][2] if len(ahead) >= number else None
        sign = 1 if mark.side == "left" else -1
        for ahead_m, left_m, door in spots:
            if door in passed or left_m * sign < -2.0 or ahead_m < -1.0:
                continue
            if mark.ordinal is None:
                return door
            if ahead_m <= STEP_M:
                passed.append(door)
                if len(passed) == mark.ordinal:
                    return door
        return None

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

    def _leave(self, step: Told) -> None:
        self._seek = step.towards
        if self._look_for_bearing():
            return
        if step.then is not None:
            self._go_on(step.then)
        self._look_for_bearing()

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

"""A sign plan grows: somebody walks, and where he is lost a face tells him how to go on.

The walker is the audit's own. Faces that hang and could hang are all in one network, so that what
is seen from where is found once; only what they say changes from one round to the next.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import dist, inf

from wayfinder.checks.sign_cover import cover
from wayfinder.checks.sign_errands import Errand
from wayfinder.checks.sign_journey import SAME_M, Journey
from wayfinder.checks.sign_messages import Boards
from wayfinder.checks.sign_walk import Lost, Trace, Walk
from wayfinder.checks.sign_walker import MOST_EXTRA_M, MOST_TIMES, SignWalker
from wayfinder.checks.stroll import Stance
from wayfinder.model import Arrow, Message
from wayfinder.model.sign import MOST_LINES

_TURNS = 8
"""How often other faces are tried for what one could not tell, in one round (ours)."""

_ON_M = 2.0
"""Whom an arrow brings no nearer than this it brings nowhere (ours)."""

_BEFORE = 10
"""Metres before somebody is lost, a stance each, where a face might yet tell him (ours)."""

_APART_M = 1.0
"""Faces hang side by side no nearer than this (ours)."""

_PASSING = 40
"""Places that a face which nobody needs is tried with, at most (ours)."""

_WALL_COST = 1.02
"""Walls a little dearer than hangers: those are read from farther away, over people's heads (ours).
"""


@dataclass(frozen=True)
class Need:
    """Somebody who must be told how to go on.

    Parameters
    ----------
    trace
        What he sees up to where he is lost.
    goal
        Id of the place that he looks for.
    obeyed
        Indices of the faces that have led him there.
    before
        What he saw up to the last of them, or None.
    """

    trace: Trace
    goal: str
    obeyed: tuple[int, ...]
    before: Trace | None

    @property
    def stance(self) -> Stance:
        """Where he is lost."""
        return self.trace.stroll.stances[-1]


@dataclass(frozen=True)
class _Walked:
    walk: Walk
    obeyed: tuple[int, ...]
    traces: tuple[Trace, ...]
    seen: frozenset[int]


_Use = Callable[[Sequence[Need], Mapping[int, list[int]]], set[int]]
_Finder = Callable[[Need], Iterator[int]]
_BACK = frozenset({Arrow.BACK, Arrow.BACK_LEFT, Arrow.BACK_RIGHT})


class Growth:
    """A sign plan in the making.

    Parameters
    ----------
    walker
        Walks by faces that hang or could hang.
    boards
        What they say.
    hung
        Indices of those that hang: more are added here.
    errands
        Who goes where.
    first
        Whether faces may unlearn what leads him astray; for others they only learn more.
    """

    def __init__(
        self,
        walker: SignWalker,
        boards: Boards,
        hung: set[int],
        errands: Sequence[Errand],
        *,
        first: bool = True,
    ) -> None:
        self._walker = walker
        self._errands = errands
        self.boards = boards
        self.hung = hung
        self._first = first
        self._lines: dict[int, tuple[Message, ...]] = {}
        self.gap, self.solved = 0.0, True
        self._walked: dict[int, _Walked] = {}
        self._left_m: dict[tuple[int, str], float] = {}

    @property
    def arrived(self) -> int:
        """How many arrive."""
        return sum(one.walk.arrived for one in self._walked.values())

    @property
    def journeys(self) -> int:
        """How many walk."""
        return len(self._errands)

    def list_lost(self) -> tuple[Walk, ...]:
        """List those who are lost, whatever was tried."""
        return tuple(one.walk for one in self._walked.values() if not one.walk.arrived)

    def list_passed(self) -> Iterator[tuple[Stance, str]]:
        """Yield where those come by who are lost, shortly before, and what they look for."""
        for one in self._walked.values():
            if not one.walk.arrived and one.traces:
                for stance in one.traces[-1].stroll.stances[-_BEFORE:]:
                    yield stance, one.walk.goal

    def grow(self, rounds: int) -> None:
        """Add faces and lines until nobody is lost or nothing helps."""
        self._catch_up()
        for _ in range(rounds):
            self._mend()
            if not self._catch_up():
                break

    def _catch_up(self) -> bool:
        """Walk again those who read a face that says something else; tell whether there are any."""
        lines = {face: self.boards.get_lines(face) for face in self.hung}
        changed = {face for face, said in lines.items() if said != self._lines.get(face, ())}
        self._lines = lines
        self._walk(
            number
            for number in range(len(self._errands))
            if number not in self._walked or not changed.isdisjoint(self._walked[number].seen)
        )
        return bool(changed)

    def fill(self, rounds: int) -> None:
        """Let faces that nobody needed say where those who pass go on, as far as nobody is misled.

        Where nobody passes they name the places near them.
        """
        passing: defaultdict[int, set[str]] = defaultdict(set)
        for one in self._walked.values():
            for trace in one.traces:
                for _, numbers in trace.passed:
                    for face in numbers:
                        passing[face].add(one.walk.goal)
        silent = [face for face in sorted(self.hung) if not self.boards.get_lines(face)]
        for face in silent:
            goals = sorted(passing[face])[:_PASSING] or self._list_near(face)
            self._offer(face, [goal for goal in goals if self._try(face, goal) < inf])
        spoken = {face for face in silent if self.boards.get_lines(face)}
        self._catch_up()
        for _ in range(rounds):
            wrong = {
                (face, one.walk.goal)
                for one in self._walked.values()
                for face in one.obeyed
                if not one.walk.arrived and face in spoken
            }
            for face, goal in wrong:
                self.boards.forbid(face, goal)
            self._catch_up()

    def _offer(self, face: int, goals: Iterable[str], *, named: bool = False) -> set[str]:
        walker = self._walker
        arrows = {goal: walker.point(face, walker.goals[goal].nodes) for goal in goals}
        return self.boards.offer(face, arrows, named=named)

    def _list_near(self, face: int) -> list[str]:
        """List the places nearest to a face on its floor."""
        walker, sign = self._walker, self._walker.signs[face]
        nodes = walker.network.graph.nodes
        far = {
            goal.id: min(dist(sign.point, (nodes[n]["x"], nodes[n]["y"])) for n in goal.nodes)
            for goal in walker.goals.values()
            if goal.level_id == sign.level_id
        }
        return sorted(far, key=lambda goal: (far[goal], goal))[:MOST_LINES]

    def _walk(self, numbers: Iterable[int]) -> None:
        walker = self._walker
        for number in numbers:
            errand = self._errands[number]
            most_m = MOST_TIMES * errand.shortest_m + MOST_EXTRA_M
            journey = Journey(walker, errand.entrance, walker.goals[errand.place], most_m)
            walk = journey.go()
            seen = frozenset[int]().union(*(trace.legible for trace in journey.traces))
            traces = tuple(journey.traces)
            self._walked[number] = _Walked(walk, tuple(journey.obeyed), traces, seen)

    def _mend(self) -> None:
        """Tell those who are lost how to go on."""
        for face, goal in self._list_misled():
            right = self._says_otherwise(face, goal) and self._try(face, goal) < inf
            if not (right and self._offer(face, [goal], named=True)):
                self._forbid(face, goal)
        waiting = list(self._list_needs())
        for list_faces in (self._list_before, self._list_passed, self._list_legible):
            for use in (self._use_hung, self._hang_more):
                waiting = self._tell(waiting, use, list_faces)
        for need in waiting:
            self._go_back(need)

    def _forbid(self, face: int, goal_id: str) -> None:
        """Let a face lead nobody to a place any more, unless others were told so on purpose."""
        if self._first or not self.boards.tells(face, goal_id):
            self.boards.forbid(face, goal_id)

    def _list_misled(self) -> Iterator[tuple[int, str]]:
        """Yield the faces that lead somebody astray, each with the place that he looks for."""
        found: dict[tuple[int, str], None] = {}
        for one in self._walked.values():
            if one.walk.arrived or not one.obeyed:
                continue
            goal = self._walker.goals[one.walk.goal]
            wrong = [face for face in one.obeyed if self._says_otherwise(face, goal.id)]
            if wrong:
                found[wrong[0], goal.id] = None
            elif one.walk.lost not in {Lost.NO_SIGN, Lost.CIRCLE}:
                found[one.obeyed[-1], goal.id] = None
        yield from found

    def _says_otherwise(self, face: int, goal_id: str) -> bool:
        """Tell whether a face sends people another way to a place than the best."""
        goal = self._walker.goals[goal_id]
        said = self._walker.read(face, goal)
        return (
            said is not None
            and said.message.arrow != self._walker.point(face, goal.nodes)
            and self.boards.may_tell(face, goal_id)
        )

    def _list_needs(self) -> Iterator[Need]:
        """Yield who stands somewhere and reads nothing, once a spot and place."""
        known: set[tuple[int, str]] = set()
        for one in self._walked.values():
            if one.walk.lost in {Lost.NO_SIGN, Lost.CIRCLE} and one.traces:
                key = id(one.traces[-1]), one.walk.goal
                if key not in known:
                    known.add(key)
                    before = one.traces[-2] if len(one.traces) > 1 else None
                    yield Need(one.traces[-1], one.walk.goal, one.obeyed, before)

    def _tell(self, needs: list[Need], use: _Use, list_faces: _Finder) -> list[Need]:
        for _ in range(_TURNS):
            told = use(needs, {n: self._sift(need, list_faces) for n, need in enumerate(needs)})
            if not told:
                break
            needs = [need for n, need in enumerate(needs) if n not in told]
        return needs

    def _list_before(self, need: Need) -> Iterator[int]:
        """Yield the faces that one comes by before one has to turn, and need not turn back for."""
        goal = self._walker.goals[need.goal]
        for face in self._list_passed(need):
            if self._walker.point(face, goal.nodes) not in _BACK:
                yield face

    def _list_passed(self, need: Need) -> Iterator[int]:
        """Yield the faces that one comes by."""
        yield from sorted({n for _, numbers in need.trace.passed for n in numbers})

    def _list_legible(self, need: Need) -> Iterator[int]:
        """Yield the faces that one can read, at least where one looks round."""
        yield from sorted(need.trace.legible)

    def _sift(self, need: Need, list_faces: _Finder) -> list[int]:
        """List the faces that could tell somebody how to go on."""
        return [
            face
            for face in list_faces(need)
            if self.boards.may_tell(face, need.goal)
            and not self.boards.tells(face, need.goal)
            and not self._is_spent(face, need.obeyed)
            and self._may_work(face, need)
        ]

    def _may_work(self, face: int, need: Need) -> bool:
        """Tell whether a face may lead somebody on, as far as is known before it is tried."""
        return (face, need.goal) not in self._left_m or self._works_for(face, need)

    def _is_spent(self, face: int, obeyed: Sequence[int]) -> bool:
        signs = self._walker.signs
        return any(dist(signs[face].point, signs[one].point) < SAME_M for one in obeyed)

    def _use_hung(self, needs: Sequence[Need], options: Mapping[int, list[int]]) -> set[int]:
        """Let faces that hang tell what they have room for; return the needs that are met."""
        by_face: defaultdict[int, list[int]] = defaultdict(list)
        for number, faces in options.items():
            for face in faces:
                if face in self.hung:
                    by_face[face].append(number)
        met: set[int] = set()
        for face in sorted(by_face, key=lambda one: (-len(by_face[one]), one)):
            met |= self._accept(face, needs, [n for n in by_face[face] if n not in met])
        return met

    def _hang_more(self, needs: Sequence[Need], options: Mapping[int, list[int]]) -> set[int]:
        """Hang the fewest further faces by which all could be told; return the needs met."""
        by_level: defaultdict[str, defaultdict[int, set[int]]] = defaultdict(
            lambda: defaultdict(set)
        )
        for number, faces in options.items():
            for face in faces:
                if face not in self.hung and self._has_room(face):
                    by_level[self._walker.signs[face].level_id][face].add(number)
        met: set[int] = set()
        for _, by_face in sorted(by_level.items()):
            faces = sorted(by_face)
            signs = self._walker.signs
            costs = {n: _WALL_COST for n, k in enumerate(faces) if signs[k].mounting == "wall"}
            found = cover([frozenset(by_face[k]) for k in faces], costs)
            self.gap, self.solved = max(self.gap, found.gap), self.solved and found.solved
            chosen = [faces[n] for n in found.chosen]
            for face in sorted(chosen, key=lambda one: (-len(by_face[one]), one)):
                told = self._accept(face, needs, sorted(by_face[face] - met))
                if told and face not in self.hung:
                    self.hung.add(face)
                met |= told
        return met

    def _has_room(self, face: int) -> bool:
        """Tell whether no other face hangs in its place."""
        signs = self._walker.signs
        sign = signs[face]
        return all(
            signs[one].level_id != sign.level_id or dist(signs[one].point, sign.point) >= _APART_M
            for one in self.hung
        )

    def _accept(self, face: int, needs: Sequence[Need], numbers: Iterable[int]) -> set[int]:
        if face not in self.hung and not self._has_room(face):
            return set()
        fitting = {n: needs[n].goal for n in numbers if self._works_for(face, needs[n])}
        taken = self._offer(face, fitting.values()) if fitting else set()
        return {n for n, goal in fitting.items() if goal in taken}

    def _works_for(self, face: int, need: Need) -> bool:
        """Tell whether whoever does as the right arrow of a face says gets on."""
        key = face, need.goal
        if key not in self._left_m:
            self._left_m[key] = self._try(face, need.goal)
        left_m = need.trace.left_m
        return self._left_m[key] < (inf if left_m is None else left_m - _ON_M)

    def _try(self, face: int, goal_id: str) -> float:
        """Return how far it is from where the right arrow of a face leads; inf for nowhere."""
        walker = self._walker
        goal = walker.goals[goal_id]
        arrow = walker.point(face, goal.nodes)
        if arrow is None:
            return inf
        found = Journey(walker, self._errands[0].entrance, goal, inf).attempt(face, arrow)
        if isinstance(found, Walk):
            return 0.0 if found.arrived else inf
        if arrow in {Arrow.UP, Arrow.DOWN} or goal.plates & found.outlook.places.keys():
            return 0.0
        return found.left_m if found.left_m is not None else inf

    def _go_back(self, need: Need) -> None:
        """Where nothing can tell somebody how to go on, do not send him there."""
        if need.before is not None and need.obeyed:
            last = need.obeyed[-1]
            earlier = Need(need.before, need.goal, need.obeyed[:-1], None)
            others = self._sift(earlier, self._list_legible)
            if any(one != last and self._works_for(one, earlier) for one in others):
                self._forbid(last, need.goal)

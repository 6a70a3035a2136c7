"""Temporary signs for a closure: at the signs that it makes wrong, and on the way round."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import atan2, degrees

from wayfinder.checks.sign_audit import list_journeys, walk_all
from wayfinder.checks.sign_changes import Wrong, list_wrong
from wayfinder.checks.sign_outlets import Outlets
from wayfinder.checks.sign_plan import add_signs
from wayfinder.checks.sign_walker import SignWalker, Walk
from wayfinder.graph import build_network
from wayfinder.guide.groups import get_groups
from wayfinder.model import Arrow, Conditions, Message, Sign
from wayfinder.model.sign import MOST_LINES
from wayfinder.route import Router

_ROUNDS = 5
"""After so many stands on one way nobody is led on by further ones (ours)."""

_AHEAD_M = 2.0
_SPOT_M = 3.0

_Key = tuple[str, str]
"""Ids of an entrance and a place."""

Write = Callable[[Router, Sequence[Sign], Conditions], Sequence[Sign]]
"""Returns signs with all that is printed on them, for a router whose plan has them."""


@dataclass(frozen=True, slots=True)
class Temporary:
    """A face that hangs as long as something is closed.

    Parameters
    ----------
    sign
        The face; its id is none of the plan's.
    covers
        Id of the sign that it hangs over, or None: it stands by itself.
    """

    sign: Sign
    covers: str | None = None


@dataclass(frozen=True)
class Detours:
    """What to put up while something is closed.

    Parameters
    ----------
    wrong
        What the mounted signs say that does not hold.
    faces
        Temporary faces: over those that are wrong, and where nothing tells how to go on.
    journeys
        How many journeys have a way while it is closed.
    arrived_before, arrived_closed, arrived
        How many of them arrive: by the signs that hang with nothing closed, by them now, and with
        the temporary ones.
    cut_off
        How many journeys had a way before and have none while it is closed: no sign helps.
    """

    wrong: tuple[Wrong, ...]
    faces: tuple[Temporary, ...]
    journeys: int
    arrived_before: int
    arrived_closed: int
    arrived: int
    cut_off: int


def plan_detours(
    router: Router,
    signs: Sequence[Sign],
    conditions: Conditions,
    *,
    departure: datetime,
    profile: str = "walk",
    is_printed: Callable[[str], bool] = lambda _: True,
    write: Write = lambda _router, signs, _conditions: signs,
) -> Detours:
    """Plan the temporary signs that a closure needs.

    Only who arrived before, and no longer does, is led: what was missing before stays missing.

    Parameters
    ----------
    router
        The router.
    signs
        The signs that hang, with what is printed on them.
    conditions
        What is to be closed.
    departure
        Aware instant: what is closed then anyway is no destination.
    profile
        Name of the profile that is led.
    is_printed
        Tells of a sign's id whether it is more than data: only such a sign is wrong.
    write
        Returns temporary faces with all that will be printed on them.
    """
    conditions = _close_shafts(router, conditions)
    usual, closed, found = _walk_twice(router, signs, departure, conditions, profile)
    wanted = {key for key, walk in closed.items() if key in usual and usual[key].arrived}
    wrong = tuple(one for one in found if is_printed(one.sign))
    planner = _Planner(router, signs, departure, conditions, profile, write)
    covers = planner.write(tuple(_correct(wrong, signs)))
    faces, arrived = covers, sum(walk.arrived for walk in closed.values())
    if any(not closed[key].arrived for key in wanted):
        faces, arrived = planner.prune(planner.plan(covers, wanted), closed)
    return Detours(
        wrong,
        faces,
        len(closed),
        sum(usual[key].arrived for key in closed if key in usual),
        sum(walk.arrived for walk in closed.values()),
        arrived,
        sum(key not in closed for key in usual),
    )


def _close_shafts(router: Router, conditions: Conditions) -> Conditions:
    """Return conditions in which a lift that is closed on one floor is closed on all, as it is."""
    closures = {
        (feature, closure.start, closure.end): replace(closure, feature=feature)
        for closure in conditions.closures
        for feature in sorted(router.search.shafts.expand({closure.feature}))
    }
    return replace(conditions, closures=tuple(closures.values()))


def _walk_twice(
    router: Router,
    signs: Sequence[Sign],
    departure: datetime,
    conditions: Conditions,
    profile: str,
) -> tuple[dict[_Key, Walk], dict[_Key, Walk], tuple[Wrong, ...]]:
    """Return all walks before and after something closes, and what signs say wrong then."""
    calm = Conditions()
    epochs = [router.schedule.find_epoch(departure, one) for one in (calm, conditions)]
    before, after = (SignWalker(router, signs, profile=profile, epoch=epoch) for epoch in epochs)
    after.outlooks = before.outlooks  # who closes a door hides no sign
    usual = _by_key(walk_all(router, before, departure, calm))
    closed = _by_key(walk_all(router, after, departure, conditions))
    return usual, closed, list_wrong((router, before), (router, after))


def _by_key(walks: Iterable[Walk]) -> dict[_Key, Walk]:
    return {(walk.entrance, walk.goal): walk for walk in walks}


def _correct(wrong: Iterable[Wrong], signs: Sequence[Sign]) -> Iterator[Temporary]:
    """Yield a temporary face over each sign whose arrows are wrong, with those that are right."""
    changed: defaultdict[str, dict[str, Arrow | None]] = defaultdict(dict)
    for one in wrong:
        if one.to is not None and one.code in {"arrow", "no-way"}:
            changed[one.sign][one.to] = one.right
    for sign in signs:
        if sign.id in changed:
            arrows = {message.to: message.arrow for message in sign.messages}
            right = {to: changed[sign.id].get(to, arrow) for to, arrow in arrows.items()}
            messages = tuple(Message(to, arrow) for to, arrow in right.items() if arrow is not None)
            yield Temporary(replace(sign, id=f"temporary-{sign.id}", messages=messages), sign.id)


class _Planner:
    """Puts up stands where somebody would be lost, until he arrives or nothing helps."""

    def __init__(
        self,
        router: Router,
        signs: Sequence[Sign],
        departure: datetime,
        conditions: Conditions,
        profile: str,
        write: Write,
    ) -> None:
        self._router = router
        self._signs = signs
        self._departure = departure
        self._conditions = conditions
        self._profile = profile
        self._write = write
        self._made: tuple[tuple[str, ...], Router] = ((), router)

    def plan(self, covers: Sequence[Temporary], wanted: Collection[_Key]) -> tuple[Temporary, ...]:
        """Return the faces over signs, and the stands that those need who arrived before."""
        faces, best = tuple(covers), tuple(covers)
        lost, fewest = set(wanted), len(wanted) + 1
        used: Counter[str] = Counter()
        for number in range(_ROUNDS + 1):
            walks = _by_key(self.walk(faces, only=wanted if number == 0 else lost))
            used.update(sign for walk in walks.values() if walk.arrived for sign in walk.signs)
            lost = {key for key, walk in walks.items() if not walk.arrived}
            if len(lost) >= fewest:
                break
            best, fewest = faces, len(lost)
            if not lost or number == _ROUNDS:
                break
            more = self._put_up(faces, [walks[key] for key in sorted(lost)], number)
            faces = self.write((*faces, *more))
        return tuple(face for face in best if face.covers or used[face.sign.id])

    def prune(
        self, faces: Sequence[Temporary], closed: Mapping[_Key, Walk]
    ) -> tuple[tuple[Temporary, ...], int]:
        """Take down again what leads more people astray than it leads on.

        Parameters
        ----------
        faces
            Temporary faces.
        closed
            All walks without them, while it is closed.

        Returns
        -------
        tuple of Temporary, int
            What is left, none where it would help nobody, and how many arrive then.
        """
        kept, least = tuple(faces), sum(walk.arrived for walk in closed.values())
        for _ in range(_ROUNDS):
            walks = _by_key(self.walk(kept))
            arrived = sum(walk.arrived for walk in walks.values())
            harmful = _list_harmful(kept, closed, walks)
            if not harmful:
                return (kept, arrived) if arrived > least else ((), least)
            kept = tuple(face for face in kept if face.sign.id not in harmful)
        return (), least

    def write(self, faces: Sequence[Temporary]) -> tuple[Temporary, ...]:
        """Return faces with all that will be printed on them; one over a sign hangs as that."""
        if not faces:
            return ()
        router, _ = self._hang(faces)
        hung = [replace(face.sign, id=face.covers or face.sign.id) for face in faces]
        written = self._write(router, hung, self._conditions)
        return tuple(
            Temporary(replace(said, id=face.sign.id), face.covers)
            for face, said in zip(faces, written, strict=True)
        )

    def walk(
        self, faces: Sequence[Temporary], *, only: Collection[_Key] | None = None
    ) -> Iterator[Walk]:
        """Walk with temporary faces up: all journeys, or only some."""
        router, walker = self._hang(faces)
        journeys = list_journeys(router, walker, self._departure, self._conditions, only=only)
        return (walker.walk(*journey) for journey in journeys)

    def _hang(self, faces: Sequence[Temporary]) -> tuple[Router, SignWalker]:
        """Return router and walker of the plan with temporary faces up."""
        said = {face.covers: face.sign.messages for face in faces if face.covers}
        stands = [face.sign for face in faces if face.covers is None]
        hung = [replace(sign, messages=said.get(sign.id, sign.messages)) for sign in self._signs]
        key = tuple(sign.id for sign in stands)
        if key != self._made[0]:  # one at a time: a network is large
            plan = add_signs(self._router.network.plan, stands)
            self._made = key, Router(build_network(plan, self._router.network))
        router = self._made[1]
        epoch = router.schedule.find_epoch(self._departure, self._conditions)
        walker = SignWalker(router, (*hung, *stands), profile=self._profile, epoch=epoch)
        return router, walker

    def _put_up(
        self, faces: Sequence[Temporary], lost: Sequence[Walk], number: int
    ) -> Iterator[Temporary]:
        """Yield stands where those who are lost stand, that say how to go on."""
        _, walker = self._hang(faces)
        spots: defaultdict[tuple[str, int, int], list[Walk]] = defaultdict(list)
        for walk in lost:
            x, y = walk.at
            spots[walk.level_id, round(x / _SPOT_M), round(y / _SPOT_M)].append(walk)
        stands, goals = [], []
        for place, (_, walks) in enumerate(sorted(spots.items())):
            stand = _stand(walker, walks[0], f"temporary-{number + 1}-{place + 1}")
            if stand is not None:
                stands.append(stand)
                goals.append(tuple(dict.fromkeys(walk.goal for walk in walks)))
        bare = [Temporary(stand) for stand in stands]
        router, there = self._hang([*faces, *bare])
        first = len(there.signs) - len(stands)
        outlets = Outlets(router, there, range(first, len(there.signs)))
        for place, stand in enumerate(stands):
            arrows = {goal: _point(outlets, there, first + place, goal) for goal in goals[place]}
            yield from _write(there, stand, {to: one for to, one in arrows.items() if one})


def _list_harmful(
    faces: Iterable[Temporary], before: Mapping[_Key, Walk], after: Mapping[_Key, Walk]
) -> frozenset[str]:
    """List the ids of the faces by which more people are lost than are led on."""
    led: Counter[str] = Counter()
    for key, walk in after.items():
        change = walk.arrived - before[key].arrived
        # who is lost may have missed what a cover no longer says
        for sign in {*walk.signs, *(before[key].signs if change < 0 else ())}:
            led[sign] += change
    return frozenset(one.sign.id for one in faces if led[one.covers or one.sign.id] < 0)


def _point(outlets: Outlets, walker: SignWalker, number: int, goal_id: str) -> Arrow | None:
    return outlets.point(number, walker.goals[goal_id].nodes)


def _write(walker: SignWalker, stand: Sign, arrows: Mapping[str, Arrow]) -> Iterator[Temporary]:
    """Yield a stand with its lines, and further faces of it where there are too many."""
    messages = list(_shorten(walker, stand, arrows))
    most = MOST_LINES - 1  # one is left for the emergency department
    for first in range(0, len(messages), most):
        lines = tuple(messages[first : first + most])
        own = f"{stand.id}-{first // most + 1}" if len(messages) > most else stand.id
        yield Temporary(replace(stand, id=own, messages=lines))


def _shorten(walker: SignWalker, stand: Sign, arrows: Mapping[str, Arrow]) -> Iterator[Message]:
    """Yield the lines of a stand: a building or floor for those of its places that lie one way."""
    groups = get_groups(walker.network.plan)
    here = {stand.level_id, *(one.id for one in groups.list_groups(stand.unit_id))}
    members: defaultdict[str, list[str]] = defaultdict(list)
    for goal in arrows:
        for group in walker.goals[goal].groups:
            if group not in here:
                members[group].append(goal)
    left = dict(arrows)
    for group, goals in sorted(members.items(), key=lambda one: (-len(one[1]), one[0])):
        open_goals = [goal for goal in goals if goal in left]
        ways = {arrows[goal] for goal in goals}
        if len(open_goals) > 1 and len(ways) == 1:
            yield Message(group, ways.pop())
            for goal in open_goals:
                del left[goal]
    yield from (Message(goal, arrow) for goal, arrow in left.items())


def _stand(walker: SignWalker, walk: Walk, sign_id: str) -> Sign | None:
    """Return a stand before somebody who does not know how to go on, facing him."""
    region = walker.sight.find_region(walk.level_id, walk.at)
    if region is None:
        return None
    (x, y), (hx, hy) = walk.at, walk.heading
    clear_m = walker.strolls.look_m(region, walk.at, walk.heading)
    far_m = min(_AHEAD_M, max(0.5, clear_m - 0.3))
    bearing_deg = degrees(atan2(-hx, -hy)) % 360.0
    at = (x + hx * far_m, y + hy * far_m)
    units = sorted(region.units)
    unit = next((one for one in units if region.covers(one, at)), units[0] if units else "")
    return Sign(sign_id, walk.level_id, unit, at, bearing_deg, "pillar")

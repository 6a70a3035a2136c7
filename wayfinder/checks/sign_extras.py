"""What faces say besides: the emergency department always, and near things where lines are left.

Toilets, a lift and the way out are of use to everybody who comes by. But a line that sends somebody
where nothing tells him how to go on does harm: each is walked by before it is kept.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from wayfinder.checks.public_places import list_ways_out
from wayfinder.checks.sign_errands import Errand, list_errands
from wayfinder.checks.sign_faults import find_contradictions
from wayfinder.checks.sign_walk import Walk
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.model import Access, Message, Sign, Unit
from wayfinder.model.categories import LIFT
from wayfinder.model.sign import MOST_LINES
from wayfinder.presets import list_kinds
from wayfinder.route import Router
from wayfinder.route.schedule import CALM, Epoch

NEAR_M = 60.0
"""What is farther away than this is not near (ours)."""

_EMERGENCY, _RESTROOM = "emergency", "restroom"
_PUBLIC = frozenset({None, Access.PUBLIC})
_ROUNDS = 8
"""How often everybody walks again before all further lines are given up (ours)."""

_Lines = tuple[Message, ...]


def add_extras(
    router: Router,
    signs: Sequence[Sign],
    *,
    walkers: Sequence[tuple[str, Epoch]] = (("walk", CALM),),
) -> tuple[Sign, ...]:
    """Let faces say where the emergency department, toilets, a lift and the way out are.

    Parameters
    ----------
    router
        The router of a plan that has the signs.
    signs
        The signs that hang, with what is printed on them. Directories, and those of which nobody
        knows how they face, are left as they are.
    walkers
        For whom: profile, and what is open and closed. Whoever arrives by the signs without these
        lines arrives with them.
    """
    profile, epoch = walkers[0]
    finder = _Finder(SignWalker(router, signs, profile=profile, epoch=epoch))
    urgent = [() if sign.directory else finder.list_urgent(n) for n, sign in enumerate(signs)]
    near = [() if sign.directory else finder.list_near(n) for n, sign in enumerate(signs)]
    hung = _join(signs, urgent)
    rooms = [max(0, MOST_LINES - len(sign.messages)) for sign in hung]
    extras = [lines[:room] for lines, room in zip(near, rooms, strict=True)]
    return _Trial(router, hung, extras, walkers).prune()


def _join(signs: Sequence[Sign], lines: Sequence[_Lines]) -> tuple[Sign, ...]:
    """Return signs with further lines."""
    return tuple(
        replace(sign, messages=sign.messages + more)
        for sign, more in zip(signs, lines, strict=True)
    )


class _Finder:
    """Finds what of a kind is nearest to a sign."""

    def __init__(self, walker: SignWalker) -> None:
        self._walker = walker
        self._network = walker.network
        self._on_level: dict[str, list[Mapping[str, str]]] = {}
        places = [walker.network.plan[key] for key in walker.goals]
        self._emergency = {
            node: place.id
            for place in reversed(places)
            if _EMERGENCY in list_kinds(place.category)
            for node in self._network.places[place.id]
        }

    def list_urgent(self, number: int) -> _Lines:
        """Return the line of the emergency department, where a sign with room for it has none."""
        full = len(self._walker.signs[number].messages) >= MOST_LINES
        if full or _EMERGENCY in self._list_said(number):
            return ()
        return tuple(self._point(number, self._emergency, None))

    def list_near(self, number: int) -> _Lines:
        """Return the lines of what is near and a sign does not speak of."""
        said = self._list_said(number)
        on_level = self._list_on(self._walker.signs[number].level_id)
        return tuple(
            line
            for kind, nodes in zip((_RESTROOM, LIFT, ""), on_level, strict=True)
            if kind not in said
            for line in self._point(number, nodes, NEAR_M)
            if line.to not in said
        )

    def _list_said(self, number: int) -> frozenset[str]:
        """Return what a sign speaks of: ids, and the kinds of what they are."""
        features = self._network.plan.features
        said = {message.to for message in self._walker.signs[number].messages}
        known = (features[key] for key in said if key in features)
        return frozenset(said).union(*(list_kinds(one.category) for one in known))

    def _point(
        self, number: int, nodes: Mapping[str, str], most_m: float | None
    ) -> Iterator[Message]:
        """Yield the line of the nearest of some features, by node; near ones on this floor."""
        walker = self._walker
        own = self._network.places.get(walker.signs[number].id, ())
        way = walker.ways.find(own[0], frozenset(nodes)) if own and nodes else None
        if way is None or (most_m is not None and (way.floors or way.length_m > most_m)):
            return
        arrow = walker.arrows.point(number, way)
        if arrow is not None:
            yield Message(nodes[way.end], arrow)

    def _list_on(self, level_id: str) -> list[Mapping[str, str]]:
        """Return the nodes of the toilets, lifts and ways out of a floor, each with whose it is."""
        if level_id not in self._on_level:
            units = [u for u in self._network.plan.list_on(level_id, Unit) if self._is_public(u)]
            shafts = self._walker.changes.shafts
            toilets = (u.id for u in units if list_kinds(u.category)[-1] == _RESTROOM)
            lifts = (u.id for u in units if u.category == LIFT and u.id in shafts)
            found = (toilets, lifts, list_ways_out(self._network, level_id))
            self._on_level[level_id] = [self._list_nodes(ids) for ids in found]
        return self._on_level[level_id]

    def _is_public(self, unit: Unit) -> bool:
        return unit.id not in self._network.zone_of_unit and unit.access in _PUBLIC

    def _list_nodes(self, ids: Iterable[str]) -> Mapping[str, str]:
        return {node: key for key in ids for node in self._network.places.get(key, ())}


class _Trial:
    """Walks by signs with further lines and takes back those by which somebody is lost."""

    def __init__(
        self,
        router: Router,
        signs: Sequence[Sign],
        extras: Sequence[_Lines],
        walkers: Sequence[tuple[str, Epoch]],
    ) -> None:
        self._router = router
        self._signs = signs
        self._extras = list(extras)
        self._numbers = {sign.id: number for number, sign in enumerate(signs)}
        full = _join(signs, extras)
        self._sent: list[tuple[SignWalker, tuple[Errand, ...]]] = []
        for profile, epoch in walkers:
            walker = SignWalker(router, full, profile=profile, epoch=epoch)
            self._sent.append((walker, list_errands(router, profile, epoch)))

    def prune(self) -> tuple[Sign, ...]:
        """Return the signs with the further lines that do no harm."""
        self._drop(self._list_contradicting())
        kept, self._extras = self._extras, [() for _ in self._signs]
        self._say()
        before = self._walk()
        self._extras = kept
        for _ in range(_ROUNDS):
            self._say()
            harmful = set(self._list_harmful(before))
            if not harmful:
                break
            self._drop(harmful)
        else:
            self._extras = [() for _ in self._signs]
        return _join(self._signs, self._extras)

    def _say(self) -> None:
        for number, (sign, more) in enumerate(zip(self._signs, self._extras, strict=True)):
            for walker, _ in self._sent:
                walker.say(number, sign.messages + more)

    def _drop(self, harmful: Iterable[tuple[int, str]]) -> None:
        for number, to in harmful:
            self._extras[number] = tuple(one for one in self._extras[number] if one.to != to)

    def _list_contradicting(self) -> Iterator[tuple[int, str]]:
        """Yield the further lines whose arrows lead elsewhere, by sign and what they name."""
        for walker, _ in self._sent:
            for fault in find_contradictions(self._router, walker):
                if fault.to is not None:
                    yield self._numbers[fault.sign], fault.to

    def _walk(self) -> list[dict[tuple[str, str], Walk]]:
        return [
            {
                (one.entrance.id, one.place): walker.walk(
                    one.entrance, walker.goals[one.place], one.shortest_m
                )
                for one in errands
                if one.place in walker.goals
            }
            for walker, errands in self._sent
        ]

    def _list_harmful(
        self, before: Sequence[Mapping[tuple[str, str], Walk]]
    ) -> Iterator[tuple[int, str]]:
        """Yield the further lines that those obeyed who are lost by them."""
        for (walker, _), usual, walks in zip(self._sent, before, self._walk(), strict=True):
            for key, walk in walks.items():
                if walk.arrived or not usual[key].arrived:
                    continue
                for number in (self._numbers[sign] for sign in walk.signs):
                    said = walker.read(number, walker.goals[walk.goal])
                    if said is not None and said.message in self._extras[number]:
                        yield number, said.message.to

"""The ways from a sign: which way its arrow points to a place or a group, and how far it is.

A sign is printed for years, so its ways are those of a calm day: nothing is closed, all hours are
open. What a closure changes is for signs that hang as long as it lasts; boards show the ways of the
moment.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from wayfinder.checks.public_places import list_public_places
from wayfinder.guide.bends import Point
from wayfinder.guide.groups import get_groups
from wayfinder.guide.pointing import find_beginning, point_way
from wayfinder.kept import keep_with
from wayfinder.model import Arrow, Feature, Sign
from wayfinder.presets import list_kinds
from wayfinder.route.journey import SegmentKind
from wayfinder.route.runs import Runs
from wayfinder.route.schedule import CALM, Epoch
from wayfinder.services.served import Served

EMERGENCY = "emergency"
"""Category of the emergency department, which no sign leaves out."""

_FLOOR_CHANGES = frozenset({SegmentKind.LIFT, SegmentKind.STAIRS, SegmentKind.ESCALATOR})


@dataclass(frozen=True, slots=True)
class SignWay:
    """The way from a sign to a place.

    Parameters
    ----------
    arrow
        Which way it begins for whoever reads the sign.
    length_m
        Metres walked.
    line
        How it begins, up to the first lift or stairs, in metres.
    node
        Node at which it ends.
    by
        How it changes floors for the first time: lift, stairs, escalator; None on one floor.
    """

    arrow: Arrow
    length_m: float
    line: tuple[Point, ...]
    node: str
    by: SegmentKind | None = None


class SignWays:
    """The ways from the signs of a venue.

    Parameters
    ----------
    served
        The venue.
    profile
        Name of the profile that walks them.
    closed
        Ids of what is closed as long as the signs hang; empty for those that hang for years.
    epoch
        What is open, closed and waited for at a moment, in place of `closed`.

    Raises
    ------
    ValueError
        For an unknown profile.
    """

    def __init__(
        self,
        served: Served,
        profile: str,
        closed: frozenset[str] = frozenset(),
        *,
        epoch: Epoch = CALM,
    ) -> None:
        router = served.router
        if profile not in router.profiles:
            raise ValueError(
                f"no profile is called {profile!r}: choose from {', '.join(router.profiles)}"
            )
        self._network, self._profile, self._search = served.network, profile, router.search
        self._epoch = epoch
        if closed:
            self._epoch = Epoch(f"closed: {sorted(closed)}", frozenset(), closed, ())
        self._runs = keep_with(
            router, "sign_runs", lambda: Runs(served.network, router.search, router.schedule)
        )

    def find_way(self, sign: Sign, nodes: Iterable[str]) -> SignWay | None:
        """Return the way from a sign to the nearest of some nodes, or None where none leads there.

        None as well where nobody knows which way the sign faces.
        """
        index = self._search.table.index
        starts = [index[node] for node in self._network.places.get(sign.id, ())]
        ends = [index[node] for node in nodes]
        if sign.facing_deg is None or not starts or not ends:
            return None
        leg = self._search.find_leg(starts, ends, self._profile, self._epoch)
        if leg is None:
            return None
        runs = self._runs.make(leg.path)
        segments = [segment for run in runs for segment in run.segments]
        return SignWay(
            point_way(segments, sign.facing_deg),
            sum(run.length_m for run in runs),
            find_beginning(segments).line,
            self._search.table.nodes[leg.path[-1]],
            next((one.kind for one in segments if one.kind in _FLOOR_CHANGES), None),
        )

    def list_nodes(self, feature_id: str) -> tuple[str, ...]:
        """List the nodes of a place; of a group those of the public places in it."""
        group = get_groups(self._network.plan).find_group(feature_id)
        if group is None:
            return tuple(self._network.places.get(feature_id, ()))
        return self._nodes_of_group.get(group.id, ())

    def find_emergency(
        self, sign: Sign, is_open: Callable[[Feature], bool]
    ) -> tuple[Feature, SignWay] | None:
        """Return the open emergency department nearest to a sign and the way there, or None."""
        found = [one for one in self.places if EMERGENCY in list_kinds(one.category)]
        return self.find_nearest(sign, (one for one in reversed(found) if is_open(one)))

    def find_nearest(
        self, sign: Sign, features: Iterable[Feature]
    ) -> tuple[Feature, SignWay] | None:
        """Return which of some features is nearest to a sign and the way there, or None."""
        places = self._network.places
        owner = {node: one for one in features for node in places.get(one.id, ())}
        way = self.find_way(sign, owner)
        return None if way is None else (owner[way.node], way)

    @property
    def places(self) -> tuple[Feature, ...]:
        """The places that signs lead to, in the order of the plan."""
        network = self._network
        return keep_with(network, "public_places", lambda: list_public_places(network))

    @cached_property
    def _nodes_of_group(self) -> Mapping[str, tuple[str, ...]]:
        return keep_with(self._network, "nodes_of_group", self._list_nodes_of_groups)

    def _list_nodes_of_groups(self) -> Mapping[str, tuple[str, ...]]:
        groups = get_groups(self._network.plan)
        found: dict[str, dict[str, None]] = {}
        for place in self.places:
            nodes = dict.fromkeys(self._network.places[place.id])
            for group in groups.list_groups(place.id):
                found.setdefault(group.id, {}).update(nodes)
        return {key: tuple(nodes) for key, nodes in found.items()}

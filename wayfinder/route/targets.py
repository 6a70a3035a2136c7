"""What a destination is: the nodes at which one has arrived."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property

from wayfinder.graph import Network, NodeKind
from wayfinder.model import Building, Conditions, Feature, Level, Unit, Venue
from wayfinder.model.categories import VERTICAL
from wayfinder.presets import list_kinds, list_presets
from wayfinder.route.profiles import Profile
from wayfinder.route.schedule import Schedule

NEAREST = "nearest:"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a way may start or end.

    Parameters
    ----------
    text
        What was asked for.
    feature_of_node
        Node id to the id of the feature that one has reached there.
    """

    text: str
    feature_of_node: Mapping[str, str]


class Targets:
    """Finds the nodes of places.

    Parameters
    ----------
    network
        The network.
    schedule
        When they are open.
    """

    def __init__(self, network: Network, schedule: Schedule) -> None:
        self._network = network
        self._plan = network.plan
        self._schedule = schedule

    def find(self, place: str) -> Target | None:
        """Return the nodes of a feature, which may have none, or None for an unknown id."""
        feature = self._plan.features.get(place)
        if feature is None:
            return None
        nodes = self._network.places.get(place) or tuple(self._list_large(feature))
        return Target(place, dict.fromkeys(nodes, place))

    def find_nearest(
        self,
        category: str,
        profile: Profile,
        departure: datetime,
        conditions: Conditions,
        *,
        beside: str,
    ) -> Target | None:
        """Return the nodes of all places of a category that one could use at departure.

        A category stands for those below it as well: ``restroom`` for ``restroom.female``. What is
        closed is left out, and so is the place that one asks from. Where a profile needs room,
        places tagged fit for wheelchairs stand for all if there are any, and those tagged unfit
        never count.

        Parameters
        ----------
        category
            IMDF category of units, amenities or occupants, or what people call it in any language.
        profile
            Who travels.
        departure
            Aware instant.
        conditions
            What is closed today.
        beside
            Id of the feature one starts from.

        Returns
        -------
        Target or None
            None where the plan has no such category.
        """
        wanted = list_categories(category)
        of_category = dict.fromkeys(f for one in wanted for f in self._of_kind.get(one, ()))
        if not of_category:
            return None
        closed = conditions.closed_at(departure)
        usable = [
            f
            for f in of_category
            if f.id not in closed
            and f.id != beside
            and self._schedule.is_open(f.id, departure, conditions)
        ]
        if profile.room:
            usable = [f for f in usable if f.wheelchair is not False]
            usable = [f for f in usable if _is_fit(f)] or usable
        nodes = {node: f.id for f in reversed(usable) for node in self._network.places[f.id]}
        return Target(f"{NEAREST}{category}", nodes)

    @cached_property
    def _of_kind(self) -> Mapping[str, tuple[Feature, ...]]:
        """Category to the places that are of it or of one below it."""
        found: defaultdict[str, list[Feature]] = defaultdict(list)
        for feature in self._plan:
            if feature.id in self._network.places:
                for kind in list_kinds(feature.category):
                    found[kind].append(feature)
        return {kind: tuple(features) for kind, features in found.items()}

    def _list_large(self, feature: Feature) -> Iterator[str]:
        """List the nodes of a level, a building or the venue: its first step is enough.

        Through a staff area nobody gets there, unless there is nothing else.
        """
        if isinstance(feature, Level):
            levels = {feature.id}
        elif isinstance(feature, Building):
            levels = {
                level.id for level in self._plan.list_of(Level) if feature.id in level.building_ids
            }
        elif isinstance(feature, Venue):
            levels = {level.id for level in self._plan.list_of(Level)}
        else:
            return
        inside: dict[str, str] = {}
        for node, data in self._network.graph.nodes(data=True):
            unit = self._plan.find(data["unit"], Unit)
            outside = data["kind"] in {NodeKind.OUTSIDE, NodeKind.WAY}
            if (
                data["level"] in levels
                and not outside
                and unit is not None
                and unit.category not in VERTICAL
            ):
                inside[node] = unit.id
        zones = self._network.zone_of_unit
        yield from [node for node, unit in inside.items() if unit not in zones] or inside


def list_categories(text: str) -> tuple[str, ...]:
    """List the categories that a word stands for: itself, and those that are called so."""
    word = text.strip()
    return tuple(dict.fromkeys((word, *_load_words().get(word.casefold(), ()))))


@cache
def _load_words() -> Mapping[str, tuple[str, ...]]:
    """Return the categories by the words for them, in lower case."""
    found: dict[str, tuple[str, ...]] = {}
    for preset in list_presets():
        for word in {word.casefold() for word in preset.list_words()}:
            found[word] = (*found.get(word, ()), preset.category)
    return found


def _is_fit(feature: Feature) -> bool:
    return feature.wheelchair is True or feature.category.endswith(".wheelchair")

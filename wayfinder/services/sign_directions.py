"""What a sign announces where the plan does not say it: what lies each way.

Near places by their own names, far ones by their group: the floor in the same building, else the
building or colour zone. What many look for comes first: toilets, lifts, the way out, registration,
the pharmacy.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from wayfinder.graph import NodeKind
from wayfinder.guide.groups import Group, GroupKind, find_level, get_groups
from wayfinder.model import Access, Arrow, Feature, Level, Opening, Sign, Unit
from wayfinder.model.sign import MOST_LINES
from wayfinder.presets import find_preset, list_kinds
from wayfinder.services.served import Served
from wayfinder.services.sign_ways import SignWay, SignWays

NEAR_M = 60.0
"""What is farther away on one's own floor is no neighbour (ours)."""

_FIRST_NAMES = _FIRST_SOUGHT = 2
"""So many near places, and so many that most look for, stand before any group (ours)."""

_MOST_FLOORS = 3
"""More floors than this on one arrow are left to the line of the lift (ours)."""

_SOUGHT = ("registration", "cashier", "registrationcashier", "pharmacy", "information")
_ANY = ("restroom", "elevator")
_MOST_RANK = 4

IsOpen = Callable[[Feature], bool]
_Line = tuple[str, SignWay]


def choose_lines(served: Served, sign: Sign, ways: SignWays, is_open: IsOpen) -> list[_Line]:
    """Choose what a sign announces.

    Parameters
    ----------
    served
        The venue.
    sign
        The sign.
    ways
        Its ways.
    is_open
        Tells whether a place may be announced.

    Returns
    -------
    list
        Ids of places and groups with the way there, at most `MOST_LINES`; none where nobody knows
        which way the sign faces.
    """
    return _Chooser(served, sign, ways, is_open).choose()


class _Chooser:
    def __init__(self, served: Served, sign: Sign, ways: SignWays, is_open: IsOpen) -> None:
        self._served, self._sign, self._ways, self._is_open = served, sign, ways, is_open
        self._plan = served.plan
        self._groups = get_groups(served.plan)
        self._own = {group.id for group in self._groups.list_groups(sign.id)}

    def choose(self) -> list[_Line]:
        if self._sign.facing_deg is None:
            return []
        near, groups = self._divide()
        sought = [line for line in near if self._is_sought(line[0])]
        emergency = list(self._list_emergency())
        toilets, lift, way_out = (list(lines) for lines in self._list_any())
        by_rank = [
            *emergency,
            *sought[:_FIRST_SOUGHT],
            *near[:_FIRST_NAMES],
            *toilets,
            *lift,
            *self._drop_floors(self._drop_same(groups, emergency)),
            *way_out,
            *near[_FIRST_NAMES:],
        ]
        chosen: dict[str, SignWay] = {}
        for key, way in by_rank:
            if len(chosen) < MOST_LINES:
                chosen.setdefault(key, way)
        return list(chosen.items())

    def _drop_same(self, groups: list[_Line], emergency: list[_Line]) -> list[_Line]:
        """Leave out what stands for the emergency department on the arrow of its own line."""
        said = {
            (group.id, way.arrow)
            for key, way in emergency
            for group in self._groups.list_groups(key)
        }
        return [line for line in groups if (line[0], line[1].arrow) not in said]

    def _drop_floors(self, groups: list[_Line]) -> list[_Line]:
        """Leave many floors that one reaches the same way to the line of the lift."""
        floors = [line for line in groups if self._is_floor(line[0])]
        if all(count <= _MOST_FLOORS for count in _count(floors).values()):
            return groups
        return [line for line in groups if line not in floors]

    def _divide(self) -> tuple[list[_Line], list[_Line]]:
        """Return what is near, and the groups that stand for the rest, the nearest first."""
        near: list[_Line] = []
        far: dict[str, None] = {}
        for place in self._ways.places:
            if not self._is_open(place):
                continue
            group = self._find_group(place)
            way = self._find_near(place)
            if way is not None and (group is None or way.length_m <= NEAR_M):
                if is_telling(place):
                    near.append((place.id, way))
            elif group is not None:
                far[group.id] = None
        ways = ((key, self._ways.find_way(self._sign, self._ways.list_nodes(key))) for key in far)
        groups = [(key, way) for key, way in ways if way is not None]
        return sorted(near, key=_rank), sorted(groups, key=_rank)

    def _find_near(self, place: Feature) -> SignWay | None:
        """Return the way to a place on the sign's own floor."""
        level = find_level(self._plan, place)
        if level is None or level.id != self._sign.level_id:
            return None
        return self._ways.find_way(self._sign, self._ways.list_nodes(place.id))

    def _find_group(self, place: Feature) -> Group | None:
        """Return the largest group around a place in which the sign is not."""
        around = self._groups.list_groups(place.id)
        return next((one for one in reversed(around) if one.id not in self._own), None)

    def _is_floor(self, group_id: str) -> bool:
        group = self._groups.find_group(group_id)
        return group is not None and group.kind is GroupKind.FLOOR

    def _is_sought(self, feature_id: str) -> bool:
        return not set(list_kinds(self._plan[feature_id].category)).isdisjoint(_SOUGHT)

    def _list_emergency(self) -> Iterator[_Line]:
        found = self._ways.find_emergency(self._sign, self._is_open)
        if found is not None:
            yield found[0].id, found[1]

    def _list_any(self) -> Iterator[Iterator[_Line]]:
        """Yield the nearest toilets, lift and way out on the sign's floor, where it has them."""
        for category in _ANY:
            units = self._plan.list_on(self._sign.level_id, Unit)
            alike = [unit for unit in units if category in list_kinds(unit.category)]
            yield self._find_nearest(unit for unit in alike if self._is_open(unit))
        yield self._find_nearest(list_ways_out(self._served, self._sign))

    def _find_nearest(self, features: Iterable[Feature]) -> Iterator[_Line]:
        found = self._ways.find_nearest(self._sign, features)
        if found is not None:
            yield found[0].id, found[1]


def list_ways_out(served: Served, sign: Sign) -> Iterator[Opening]:
    """Yield the doors of a sign's floor that lead outside; none where that is the open air."""
    level = served.plan.find(sign.level_id, Level)
    if level is not None and level.outdoor:
        return
    nodes, places = served.network.graph.nodes, served.network.places
    for door in served.plan.list_on(sign.level_id, Opening):
        sides = [node for node in places.get(door.id, ()) if node in nodes]
        barred = door.emergency_only or door.locked or door.access not in {None, Access.PUBLIC}
        if not barred and any(nodes[node]["kind"] is NodeKind.ENTRANCE for node in sides):
            yield door


def is_telling(place: Feature) -> bool:
    """Tell whether a place is worth a line: no mere room."""
    preset = find_preset(place.category)
    return preset is not None and preset.rank <= _MOST_RANK


def _count(lines: Iterable[_Line]) -> Counter[Arrow]:
    return Counter(way.arrow for _, way in lines)


def _rank(line: _Line) -> float:
    return line[1].length_m

"""What a directory lists: buildings, their floors, the places on each.

It teaches what signs announce by: who has read that the department is in building B on the second
floor follows the lines of B, then of the floor.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from math import inf

from wayfinder.guide.face import FaceLine, ListedBuilding, ListedFloor
from wayfinder.guide.groups import Group, GroupKind, find_level, get_groups
from wayfinder.model import Arrow, Feature, Labels, Level, Sign, Unit, pick_label
from wayfinder.presets import find_preset, list_kinds
from wayfinder.services.served import Served
from wayfinder.services.sign_ways import SignWay, SignWays

_MARKED = ("restroom",)
_KINDS = ("emergency", "service", "clinic", "diagnostics", "ward")
"""Order of what is on a floor: what most come for first; all else follows."""

_SEVERAL = 3
"""What is under one name on so many floors in a row is listed once for all (ours)."""

IsOpen = Callable[[Feature], bool]
MakeLine = Callable[[Feature, Arrow, SignWay | None], FaceLine]


def list_buildings(
    served: Served, sign: Sign, ways: SignWays, is_open: IsOpen, make_line: MakeLine
) -> tuple[ListedBuilding, ...]:
    """List what a directory says.

    Parameters
    ----------
    served
        The venue.
    sign
        The directory.
    ways
        Its ways.
    is_open
        Tells whether a place may be announced.
    make_line
        Makes the line of a feature.

    Returns
    -------
    tuple
        The directory's own building, then the others, the nearest first, then floors that belong to
        no building, such as the grounds.
    """
    return _Lister(served, sign, ways, is_open, make_line).list_all()


class _Lister:
    def __init__(
        self, served: Served, sign: Sign, ways: SignWays, is_open: IsOpen, make_line: MakeLine
    ) -> None:
        self._plan, self._sign, self._ways = served.plan, sign, ways
        self._is_open, self._make_line = is_open, make_line
        self._groups = get_groups(served.plan)

    def list_all(self) -> tuple[ListedBuilding, ...]:
        floors: defaultdict[str, list[tuple[Level, ListedFloor]]] = defaultdict(list)
        for level, floor in self._list_floors():
            floors[self._find_home(level)].append((level, floor))
        listed = [self._list_building(key, found) for key, found in floors.items()]
        return tuple(sorted(listed, key=self._rank))

    def _list_floors(self) -> Iterator[tuple[Level, ListedFloor]]:
        on_level: defaultdict[str, list[Feature]] = defaultdict(list)
        for place in self._ways.places:
            level = find_level(self._plan, place)
            if level is not None and self._is_open(place):
                on_level[level.id].append(place)
        for level in reversed(self._plan.levels):
            if on_level[level.id]:
                yield level, self._list_floor(level, on_level[level.id])

    def _list_floor(self, level: Level, places: Iterable[Feature]) -> ListedFloor:
        units = self._plan.list_on(level.id, Unit)
        kinds = {
            kind for unit in units if self._is_open(unit) for kind in list_kinds(unit.category)
        }
        return ListedFloor(
            labels=level.short_name or level.name,
            places=tuple(self._list_places(places)),
            here=level.id == self._sign.level_id,
            marks=tuple(mark for mark in _MARKED if mark in kinds),
        )

    def _list_places(self, places: Iterable[Feature]) -> Iterator[FaceLine]:
        """Yield the places of a floor, each name once."""
        said: set[tuple[tuple[str, str], ...]] = set()
        for place in sorted(places, key=_sort):
            line = self._make_line(place, Arrow.HERE, None)
            name = tuple(sorted(line.labels.items()))
            if name and name not in said:
                said.add(name)
                yield line

    def _find_home(self, level: Level) -> str:
        """Return the id of the building that a floor is listed under, else the floor's own."""
        return next((one.id for one in self._list_homes(level)), level.id)

    def _list_homes(self, level: Level) -> Iterator[Group]:
        for key in level.building_ids:
            group = self._groups.find_group(key)
            if group is not None and group.kind is GroupKind.BUILDING:
                yield group

    def _list_building(self, key: str, found: list[tuple[Level, ListedFloor]]) -> ListedBuilding:
        """List a building whose floors are given from the highest down."""
        here = any(floor.here for _, floor in found)
        way = None if here else self._ways.find_way(self._sign, self._ways.list_nodes(key))
        arrow = Arrow.HERE if way is None else way.arrow
        line = self._make_line(self._plan[key], arrow, way)
        floors = _gather([floor for _, floor in found])
        return ListedBuilding(line, floors, here=here, pointed=way is not None)

    @staticmethod
    def _rank(building: ListedBuilding) -> tuple[bool, bool, float]:
        """Order its own building first, the grounds last, the nearest of the others first."""
        far = building.line.distance_m
        group = building.line.group
        outside = group is None or group.kind is not GroupKind.BUILDING
        return not building.here, outside, inf if far is None else far


def _sort(place: Feature) -> tuple[int, int]:
    preset = find_preset(place.category)
    if preset is None:
        return len(_KINDS), 9
    order = _KINDS.index(preset.kind) if preset.kind in _KINDS else len(_KINDS)
    return order, preset.rank


def _gather(floors: list[ListedFloor]) -> tuple[ListedFloor, ...]:
    """List once what is found under one name on several floors in a row, such as hot water."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, floor in enumerate(floors):
        for line in floor.places:
            found[_name(line)].append(number)
    runs: defaultdict[tuple[int, int], dict[str, FaceLine]] = defaultdict(dict)
    for floor in floors:
        for line in floor.places:
            numbers = found[_name(line)]
            first, last = numbers[0], numbers[-1]
            if len(numbers) >= _SEVERAL and last - first + 1 == len(numbers):
                runs[first, last][_name(line)] = line
    gone = {name for names in runs.values() for name in names}
    kept = [
        replace(floor, places=tuple(line for line in floor.places if _name(line) not in gone))
        for floor in floors
    ]
    gathered = [
        ListedFloor(_join(floors[last].labels, floors[first].labels), tuple(lines.values()))
        for (first, last), lines in sorted(runs.items())
    ]
    return (*(floor for floor in kept if floor.places or floor.marks), *gathered)


def _name(line: FaceLine) -> str:
    return repr(sorted(line.labels.items()))


def _join(low: Labels, high: Labels) -> Labels:
    """Return the labels of a run of floors, such as B1–5F."""
    tags = {**low, **high}
    return {tag: f"{pick_label(low, tag)}–{pick_label(high, tag)}" for tag in tags}

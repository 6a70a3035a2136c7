"""What a board announces: what lies each way from where it hangs, at this moment.

A board has pages, so it says more than a sign: what is near by its own name, the departments
upstairs with their floors, other buildings by theirs. What somebody closed is left out; what is
outside its hours stays, behind what is open, with the time at which it opens. Where the board faces
nobody knows, it announces nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from wayfinder.guide.board import BoardLine
from wayfinder.guide.catalogues import translate
from wayfinder.guide.face import FaceLine
from wayfinder.guide.groups import GroupKind, find_level, find_unit, get_groups
from wayfinder.kept import keep_with
from wayfinder.languages import LANGUAGES
from wayfinder.model import Arrow, Feature, Level, Sign, Unit, pick_label
from wayfinder.model.categories import ESCALATOR, LIFT, STAIRS
from wayfinder.presets import find_preset, list_kinds
from wayfinder.route.journey import SegmentKind
from wayfinder.route.schedule import Epoch
from wayfinder.services.board_words import say_hours
from wayfinder.services.face_lines import LineMaker, is_for_all
from wayfinder.services.opening import Opening, find_opening
from wayfinder.services.served import Served
from wayfinder.services.sign_directions import NEAR_M, is_telling, list_ways_out
from wayfinder.services.sign_ways import EMERGENCY, SignWay, SignWays

MOST_LINES = 40
"""Lines of a board on all its pages: nobody waits for more of them (ours)."""

_SOUGHT_RANK, _UPSTAIRS_RANK, _NO_RANK = 2, 3, 5
"""Ranks of presets: what most look for; what is told of other floors; of what has no preset."""

_BESIDE = 2
"""So many of the nearest places are among the first, whatever they are (ours)."""

_UPSTAIRS = frozenset({"clinic", "diagnostics", "emergency", "service", "ward"})
"""Kinds of presets that people come for from another floor."""

_TOILETS = "restroom"
_SYMBOL_OF: Mapping[SegmentKind, str] = {
    SegmentKind.LIFT: LIFT,
    SegmentKind.STAIRS: STAIRS,
    SegmentKind.ESCALATOR: ESCALATOR,
}
_SOON = timedelta(hours=24)
"""When what opens later than this is told as closed, without a time (ours)."""

ON_FOOT, ON_WHEELS = "walk", "wheelchair"


@dataclass(frozen=True)
class _Found:
    """Something to announce, and the way there."""

    feature: Feature
    way: SignWay
    is_shut: bool = False
    opens_at: datetime | None = None


class BoardLines:
    """Chooses the lines of one board at one moment.

    Parameters
    ----------
    served
        The venue.
    sign
        The board as a face: where it hangs and which way it faces.
    at
        Aware instant.
    """

    def __init__(self, served: Served, sign: Sign, at: datetime) -> None:
        self._served, self._plan, self._sign = served, served.plan, sign
        self._at = at.astimezone(served.router.schedule.zone)
        self._epoch = served.router.schedule.find_epoch(at, served.conditions)
        self.closed = served.router.search.shafts.expand(self._epoch.closed)
        self._groups = get_groups(served.plan)
        self._own = {group.id for group in self._groups.list_groups(sign.id)}
        self.until: datetime | None = None
        """When a place that was looked at opens or closes next."""
        self._later: dict[tuple[datetime | None, str], SignWays] = {}

    @cached_property
    def maker(self) -> LineMaker:
        """What names places for this board."""
        return LineMaker(self._served, self._sign)

    @cached_property
    def ways(self) -> SignWays:
        """The ways of the moment on foot."""
        return SignWays(self._served, ON_FOOT, epoch=self._epoch)

    @cached_property
    def wheels(self) -> SignWays:
        """The ways of the moment on wheels."""
        return SignWays(self._served, ON_WHEELS, epoch=self._epoch)

    def is_open(self, feature: Feature) -> bool:
        """Tell whether everybody may go to a place, and nobody closed it."""
        return is_for_all(self._served, feature) and not self.is_closed(feature)

    def is_closed(self, feature: Feature) -> bool:
        """Tell whether somebody closed a place, its room or its floor."""
        unit, level = find_unit(self._plan, feature), find_level(self._plan, feature)
        around = {one.id for one in (feature, unit, level) if one is not None}
        return not around.isdisjoint(self.closed)

    @cached_property
    def _emergency(self) -> tuple[Feature, SignWay] | None:
        """The nearest emergency department that is open and the way there, or None."""
        return self.ways.find_emergency(self._sign, self.is_open)

    def make_emergency(self) -> BoardLine | None:
        """Make the line of the nearest emergency department; None where no way leads to one."""
        if self._emergency is None:
            return None
        return self._make(_Found(*self._emergency))

    def list_lines(self) -> list[BoardLine]:
        """List what the board announces besides the emergency department, in order of pages.

        First what most look for, then the departments on other floors by name or, where those are
        too many, the floors, then other buildings, then what else is near.
        """
        if self._sign.facing_deg is None:
            return []
        near, upstairs, far = self._divide()
        sought = [one for one in near if _find_rank(one.feature) <= _SOUGHT_RANK]
        beside = sorted(near, key=lambda one: (one.is_shut, one.way.length_m))[:_BESIDE]
        desks = [one for one in sought if _find_rank(one.feature) < _SOUGHT_RANK]
        at_hand = (*self._find_any(_TOILETS), *self._find_any(LIFT))
        first = _once((*desks, *at_hand, *sought, *beside, *self._find_way_out()))
        rest = [one for one in near if one.feature.id not in {had.feature.id for had in first}]
        lines = [self._make(one) for one in first]
        if len(first) + len(upstairs) + len(far) <= MOST_LINES:
            lines += [self._make(one) for one in upstairs]
        else:
            lines += self._list_floors()
        lines += [self._make(one) for one in (*far, *rest)]
        return _drop_alike(lines)[:MOST_LINES]

    def _make(self, found: _Found) -> BoardLine:
        line = self.maker.make_line(found.feature, found.way.arrow, found.way)
        hours = say_hours(found.opens_at, self._at) if found.is_shut else {}
        return BoardLine(line, hours, self._find_step_free(found))

    def _find_step_free(self, found: _Found) -> Arrow | None:
        """Return which way people on wheels set out where that is another, else None."""
        later = found.opens_at
        wheels = self._get_later(later, ON_WHEELS) if found.is_shut else self.wheels
        way = wheels.find_way(self._sign, wheels.list_nodes(found.feature.id))
        return None if way is None or way.arrow == found.way.arrow else way.arrow

    def _divide(self) -> tuple[list[_Found], list[_Found], list[_Found]]:
        """Return what is near, what is on other floors of the building, and groups of the rest."""
        near: list[_Found] = []
        upstairs: list[_Found] = []
        groups: dict[str, None] = {}
        for place in self.ways.places:
            if not self.is_open(place) or EMERGENCY in list_kinds(place.category):
                continue
            around = self._groups.list_groups(place.id)
            group = next((one for one in reversed(around) if one.id not in self._own), None)
            level = find_level(self._plan, place)
            here = level is not None and level.id == self._sign.level_id
            inside = group is None or self._is_inside(level)
            found = self._find(place) if is_telling(place) and (here or inside) else None
            if found is not None and here and (group is None or found.way.length_m <= NEAR_M):
                near.append(found)
            elif found is not None and inside and _is_sought_upstairs(place):
                upstairs.append(found)
            elif group is not None and not inside and group.kind is not GroupKind.FLOOR:
                groups[group.id] = None  # a floor of no building is the open air: the way out
        return (
            sorted(near, key=_sort),
            sorted(upstairs, key=self._sort_floors),
            self._find_far(groups),
        )

    def _sort_floors(self, found: _Found) -> tuple[int, float]:
        """Order floor by floor from the lowest up, the nearest first on each."""
        level = find_level(self._plan, found.feature)
        number = self._plan.levels.index(level) if level is not None else 0
        return number, found.way.length_m

    def _find_far(self, groups: Iterable[str]) -> list[_Found]:
        """List other buildings and zones, the nearest first, each for what it is.

        Those that the emergency department lies in are left out: its own line bears their letter,
        and where their nearest door is another one, who looks for help would see two arrows.
        """
        emergency = self._emergency
        said = () if emergency is None else self._groups.list_groups(emergency[0].id)
        same = {one.id for one in said}
        asked = (self._find_now(self._plan[key]) for key in groups if key not in same)
        found = (one for one in asked if one is not None)
        return sorted(found, key=lambda one: one.way.length_m)

    def _is_inside(self, level: Level | None) -> bool:
        """Tell whether a level is of the board's own building, or both are of none."""
        own = self._plan.find(self._sign.level_id, Level)
        if level is None or own is None or level.outdoor != own.outdoor:
            return False
        shared = set(level.building_ids) & set(own.building_ids)
        return bool(shared) or level.building_ids == own.building_ids

    def _list_floors(self) -> Iterator[BoardLine]:
        """Yield the other floors of the building, those that one reaches alike in one line."""
        alike: dict[object, list[tuple[int, _Found, Arrow | None]]] = {}
        levels = [level for level in self._plan.levels if self._is_inside(level)]
        for number, level in enumerate(levels):
            found = self._find_now(level) if level.id != self._sign.level_id else None
            if found is not None:
                step_free = self._find_step_free(found)
                key = found.way.arrow, found.way.by, step_free
                alike.setdefault(key, []).append((number, found, step_free))
        for several in alike.values():
            yield self._join_floors(levels, several)

    def _join_floors(
        self, levels: Sequence[Level], several: Sequence[tuple[int, _Found, Arrow | None]]
    ) -> BoardLine:
        _, found, step_free = min(several, key=lambda one: one[1].way.length_m)
        numbers = [number for number, _, _ in several]
        labels = {tag: _say_floors(levels, numbers, tag) for tag in LANGUAGES}
        by = _SYMBOL_OF.get(found.way.by) if found.way.by is not None else None
        way = found.way
        line = FaceLine(way.arrow, found.feature.id, labels, by or "", None, way.length_m)
        return BoardLine(line, step_free=step_free)

    def _find_now(self, feature: Feature) -> _Found | None:
        way = self.ways.find_way(self._sign, self.ways.list_nodes(feature.id))
        return None if way is None else _Found(feature, way)

    def _find(self, place: Feature) -> _Found | None:
        """Return a place with its way, as it is now or as it will be when the place opens."""
        opening = self._find_opening(place)
        turns = [turn for turn in (self.until, opening.changes_at) if turn is not None]
        self.until = min(turns, default=None)
        if opening.is_open is not False:
            return self._find_now(place)
        changes_at = opening.changes_at
        soon = changes_at if changes_at and changes_at - self._at <= _SOON else None
        ways = self._get_later(soon, ON_FOOT)
        way = ways.find_way(self._sign, ways.list_nodes(place.id))
        return None if way is None else _Found(place, way, is_shut=True, opens_at=soon)

    def _find_opening(self, place: Feature) -> Opening:
        """Return whether a place is open; kept for all boards until that changes."""
        known: dict[str, tuple[datetime, Opening]] = keep_with(self._served, "board_openings", dict)
        if place.id in known:
            since, opening = known[place.id]
            if since <= self._at and (opening.changes_at is None or self._at < opening.changes_at):
                return opening
        features = self._served.directory.list_features(place.id) or (place,)
        opening = find_opening(self._served, features, self._at, "en")
        known[place.id] = self._at, opening
        return opening

    def _get_later(self, at: datetime | None, profile: str) -> SignWays:
        """Return the ways at a later moment; None: when all is open but what somebody closed."""
        known = self._later.get((at, profile))
        if known is None:
            schedule, now = self._served.router.schedule, self._epoch
            if at is not None:
                epoch = schedule.find_epoch(at, self._served.conditions)
            else:
                epoch = Epoch(f"hours open: {now.id}", frozenset(), now.closed, now.wait_s)
            known = self._later[at, profile] = SignWays(self._served, profile, epoch=epoch)
        return known

    def _find_any(self, category: str) -> Iterator[_Found]:
        """Yield the nearest of what any will do, on the board's floor."""
        units = self._plan.list_on(self._sign.level_id, Unit)
        alike = (unit for unit in units if category in list_kinds(unit.category))
        yield from self._find_nearest(unit for unit in alike if self.is_open(unit))

    def _find_way_out(self) -> Iterator[_Found]:
        barred = self.closed | self._epoch.shut
        doors = list_ways_out(self._served, self._sign)
        yield from self._find_nearest(door for door in doors if door.id not in barred)

    def _find_nearest(self, features: Iterable[Feature]) -> Iterator[_Found]:
        found = self.ways.find_nearest(self._sign, features)
        if found is not None:
            yield _Found(*found)


def _once(found: Iterable[_Found]) -> list[_Found]:
    return list({one.feature.id: one for one in found}.values())


def _drop_alike(lines: Iterable[BoardLine]) -> list[BoardLine]:
    """Keep the nearest of what reads the same on one arrow and one floor, such as machines."""
    nearest: dict[object, BoardLine] = {}
    for one in lines:
        line = one.line
        key = line.arrow, sorted(line.labels.items()), sorted(line.floor.items())
        known = nearest.setdefault(repr(key), one)
        if (line.distance_m or 0.0) < (known.line.distance_m or 0.0):
            nearest[repr(key)] = one
    return list(nearest.values())


def _find_rank(place: Feature) -> int:
    preset = find_preset(place.category)
    return _NO_RANK if preset is None else preset.rank


def _is_sought_upstairs(place: Feature) -> bool:
    preset = find_preset(place.category)
    return preset is not None and preset.rank <= _UPSTAIRS_RANK and preset.kind in _UPSTAIRS


def _sort(found: _Found) -> tuple[bool, int, float]:
    """Order what is open first, then what most look for, then the nearest."""
    rank = _find_rank(found.feature)
    return found.is_shut and rank > _SOUGHT_RANK, rank, found.way.length_m


def _say_floors(levels: Sequence[Level], numbers: Sequence[int], language: str) -> str:
    """Say some floors by their labels, those in a row as from the lowest to the highest."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    labels = [pick_label(level.short_name or level.name, language) for level in levels]
    said = [
        labels[run[0]] if len(run) == 1 else f"{labels[run[0]]}–{labels[run[-1]]}" for run in runs
    ]
    return translate(language, "board.and").join(said)

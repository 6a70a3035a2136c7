"""What does not go near a board, and what to take instead where something else really does.

A lift that goes instead stops at every floor that the closed one served and that anybody may ask
the way to, and there is a way to each of them at this moment. Otherwise nothing is promised.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from math import inf

from wayfinder.checks.public_places import list_public_places
from wayfinder.guide.board import BoardClosure, Instead
from wayfinder.guide.groups import find_level
from wayfinder.guide.memory import recall
from wayfinder.kept import keep_with
from wayfinder.model import Building, Closure, Feature, Labels, Level, Section, Sign, Unit
from wayfinder.model.categories import ESCALATOR, LIFT
from wayfinder.presets import find_preset, list_kinds
from wayfinder.services.board_lines import ON_WHEELS, BoardLines
from wayfinder.services.board_words import say_closure
from wayfinder.services.directory.entries import find_building
from wayfinder.services.face_lines import is_for_all
from wayfinder.services.served import Served
from wayfinder.services.sign_ways import SignWays

MOST_CLOSURES = 8
"""So many closures are shown at most, those that concern most first (ours)."""

_MACHINES = frozenset({LIFT, ESCALATOR, "movingwalkway"})
_ANY = "restroom"
"""Category of what the nearest other one stands in for."""
_FAR_M = 150.0
"""Farther than this nobody is sent for another lift (ours)."""
_TRIED = 6
_NO_LABELS: Labels = {}


class BoardClosures:
    """Finds what is closed near one board at one moment.

    Parameters
    ----------
    served
        The venue.
    sign
        The board as a face.
    lines
        Its lines of the same moment.
    at
        Aware instant, in the venue's time zone.
    """

    def __init__(self, served: Served, sign: Sign, lines: BoardLines, at: datetime) -> None:
        self._served, self._plan, self._sign = served, served.plan, sign
        self._lines, self._at = lines, at
        level = self._plan.find(sign.level_id, Level)
        self._level = level
        self._home = find_building(self._plan, level) if level is not None else None

    def list_closures(self) -> tuple[BoardClosure, ...]:
        """List what is closed in the board's building, each once, lifts of its floor first."""
        found: dict[object, tuple[tuple[int, float], BoardClosure]] = {}
        for closure in self._served.conditions.closures:
            feature = self._find_here(closure.feature)
            if feature is None or not closure.holds_at(self._at):
                continue
            made = self._make(closure, feature)
            if made is not None:
                key = str(made.said)
                found.setdefault(key, (self._rank(feature), made))
        ranked = sorted(found.values(), key=lambda one: one[0])
        return tuple(made for _, made in ranked[:MOST_CLOSURES])

    def _find_here(self, feature_id: str) -> Feature | None:
        """Return a closed feature, of a lift its car on the board's floor; None for no feature."""
        feature = self._plan.features.get(feature_id)
        shaft = self._served.router.search.shafts.of_unit.get(feature_id, frozenset())
        here = (unit for key in sorted(shaft) if (unit := self._plan.find(key, Unit)))
        return next((unit for unit in here if unit.level_id == self._sign.level_id), feature)

    def _make(self, closure: Closure, feature: Feature) -> BoardClosure | None:
        """Make a closure, or None where it concerns nobody here."""
        named = isinstance(feature, Building | Section | Level)
        labels = feature.name if named else self._name(feature)
        if not labels or not self._concerns(feature) or not is_for_all(self._served, feature):
            return None
        level = find_level(self._plan, feature)
        aside = level is not None and level.id != self._sign.level_id and level is not feature
        instead = self._find_instead(feature)
        said = say_closure(
            closure,
            labels,
            self._at,
            is_machine=feature.category in _MACHINES,
            floor=(level.short_name or level.name) if aside and level else _NO_LABELS,
            instead=instead,
        )
        return BoardClosure(feature.id, labels, said, "" if named else feature.category, instead)

    def _concerns(self, feature: Feature) -> bool:
        """Tell whether it is in the board's building, or on its floor where that has none."""
        if self._home is None:
            level = find_level(self._plan, feature)
            return level is not None and level.id == self._sign.level_id
        if isinstance(feature, Building):
            return True
        return find_building(self._plan, feature) is self._home

    def _name(self, feature: Feature) -> Labels:
        own = feature.name
        if own:
            return own
        return recall(self._served.network).sights.signs.find_own(feature.id).labels

    def _rank(self, feature: Feature) -> tuple[int, float]:
        """Order machines of this floor first, then what is near, then the rest."""
        way = None
        level = find_level(self._plan, feature)
        if level is not None and level.id == self._sign.level_id:
            way = self._measure(feature)
        here = 0 if way is not None else 1
        return (here if feature.category in _MACHINES else 2 + here), inf if way is None else way

    def _measure(self, feature: Feature) -> float | None:
        """Return how far off something is in a straight line, metres."""
        outline = self._plan.find_geometry_m(feature.id)
        if outline is None or outline.is_empty:
            return None
        x, y = self._sign.point
        middle = outline.centroid
        return float(((middle.x - x) ** 2 + (middle.y - y) ** 2) ** 0.5)

    def _find_instead(self, feature: Feature) -> Instead | None:
        if not isinstance(feature, Unit) or feature.level_id != self._sign.level_id:
            return None
        if feature.category == LIFT:
            return self._find_lift(feature)
        if _ANY in list_kinds(feature.category):
            return self._find_alike(feature)
        return None

    def _find_alike(self, closed: Unit) -> Instead | None:
        """Return the nearest one of the same sort that is open, on the same floor."""
        others = (
            unit
            for unit in self._plan.list_on(self._sign.level_id, Unit)
            if unit.category == closed.category and self._lines.is_open(unit)
        )
        return next(self._list_nearest(others, self._lines.ways), None)

    def _find_lift(self, closed: Unit) -> Instead | None:
        """Return the nearest lift on this floor that goes wherever the closed one did."""
        shafts = self._served.router.search.shafts.of_unit
        wanted = {
            level_id
            for level_id in self._list_levels(shafts.get(closed.id, ()))
            if level_id in self._public_levels and level_id != self._sign.level_id
        }
        lifts = (
            unit
            for unit in self._plan.list_on(self._sign.level_id, Unit)
            if unit.category == LIFT
            and unit.id not in shafts.get(closed.id, ())
            and self._lines.is_open(unit)
            and wanted <= set(self._list_levels(shafts.get(unit.id, ())))
        )
        ways = self._choose_ways(closed)
        for instead in self._list_nearest(lifts, ways):
            stops = [key for key in shafts.get(instead.to, ()) if self._is_wanted(key, wanted)]
            if all(self._is_reached(key, ways) for key in stops):
                return instead
        return None

    def _choose_ways(self, closed: Unit) -> SignWays:
        """Return the ways on wheels where the closed lift was good for wheels, else those on foot.

        Where nobody knows how wide anything is, nothing is known to be good for wheels.
        """
        calm = SignWays(self._served, ON_WHEELS)
        nodes = self._served.network.places.get(closed.id, ())
        rolls = calm.find_way(self._sign, nodes) is not None
        return self._lines.wheels if rolls else self._lines.ways

    def _is_wanted(self, unit_id: str, levels: set[str]) -> bool:
        unit = self._plan.find(unit_id, Unit)
        return unit is not None and unit.level_id in levels

    def _is_reached(self, unit_id: str, ways: SignWays) -> bool:
        """Tell whether a way leads to a stop of a lift at this moment."""
        unit = self._plan.find(unit_id, Unit)
        nodes = self._served.network.places.get(unit_id, ())
        return (
            unit is not None
            and not self._lines.is_closed(unit)
            and ways.find_way(self._sign, nodes) is not None
        )

    def _list_levels(self, unit_ids: Iterable[str]) -> Iterator[str]:
        for unit_id in unit_ids:
            unit = self._plan.find(unit_id, Unit)
            if unit is not None and unit.level_id is not None:
                yield unit.level_id

    @property
    def _public_levels(self) -> frozenset[str]:
        """Ids of the levels that have anything that visitors ask the way to."""
        network = self._served.network
        return keep_with(
            network,
            "public_levels",
            lambda: frozenset(
                level.id
                for place in list_public_places(network)
                if (level := find_level(network.plan, place)) is not None
            ),
        )

    def _list_nearest(self, units: Iterable[Unit], ways: SignWays) -> Iterator[Instead]:
        """Yield units with names by the length of the way, those that are no use left out."""
        found: list[tuple[float, str, Instead]] = []
        for unit in units:
            way = ways.find_way(self._sign, self._served.network.places.get(unit.id, ()))
            preset = find_preset(unit.category)
            labels = self._name(unit) or (preset.name if preset is not None else _NO_LABELS)
            if way is not None and way.length_m <= _FAR_M and labels:
                made = Instead(unit.id, labels, unit.category, way.arrow)
                found.append((way.length_m, unit.id, made))
        yield from (made for _, _, made in sorted(found, key=lambda one: one[:2])[:_TRIED])

"""The directory of a venue: what was typed becomes a list of places."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from math import hypot, inf

from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.model import Feature, Level, Plan, Unit, list_signs, pick_label
from wayfinder.presets import name_category
from wayfinder.route.places import PlaceNames
from wayfinder.route.targets import NEAREST, list_categories
from wayfinder.services.directory.entries import (
    Entries,
    Entry,
    find_building,
    find_level,
    find_spot,
    find_unit_id,
)
from wayfinder.services.directory.fold import clean_query, fold
from wayfinder.services.directory.hits import Found, Hit, HitKind, Match, Spot
from wayfinder.services.directory.index import Fit, Index

LIMIT = 20
"""Hits in an answer unless told otherwise."""

_DETOUR = 1.3
"""Metres walked for each metre as the crow flies (ours)."""
_FLOOR_CHANGE_M, _FLOOR_M, _BUILDING_M = 40.0, 10.0, 30.0
"""What a floor change, each floor of it and another building add to a way in metres (ours)."""
_SELF = Fit(Match.EXACT, 0, 0, "")
"""How well a place fits that was asked for by itself."""


class Directory:
    """Finds the places of a plan by whatever people call them. Safe to share between threads.

    Parameters
    ----------
    plan
        The plan. The index is made at the first search.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @cached_property
    def _maker(self) -> Entries:
        return Entries(self.plan)

    @cached_property
    def _entries(self) -> list[Entry]:
        return self._maker.list()

    @cached_property
    def _index(self) -> Index:
        return Index(self._entries)

    @cached_property
    def _entry_of(self) -> Mapping[str, Entry]:
        """Feature id to the place that it is a part of."""
        return {one.id: entry for entry in self._entries for one in entry.features}

    @cached_property
    def _names(self) -> PlaceNames:
        return PlaceNames(self.plan)

    @cached_property
    def _signs(self) -> Mapping[str, str]:
        return {sign.code: sign.id for sign in list_signs(self.plan) if sign.code}

    @cached_property
    def _categories(self) -> frozenset[str]:
        places = (entry for entry in self._entries if entry.kind is HitKind.PLACE)
        return frozenset(one for entry in places for one in entry.categories)

    @cached_property
    def _ordinals(self) -> Mapping[str, float]:
        return {level.id: level.ordinal for level in self.plan.levels}

    def search(
        self,
        text: str,
        *,
        language: str = LANGUAGES[0],
        near: str | Spot | None = None,
        limit: int = LIMIT,
    ) -> Found:
        """Find the places that a text may mean.

        Parameters
        ----------
        text
            Whatever was typed; cleaned and cut to 64 characters.
        language
            BCP 47 tag of the language in which hits are named.
        near
            Where one is: the id of a feature, or a spot; None where nobody knows.
        limit
            How many hits are wanted.

        Returns
        -------
        Found
            The hits, the best first; what fits equally well comes nearest first.
        """
        query = clean_query(text)
        fits = self._index.search(query)
        here = self._locate(near)
        hits = self._rank(fits, here, language, limit)
        return Found(
            query=query,
            hits=hits,
            count=len(fits),
            nearest=self._find_nearest(query),
            desk=None if hits else self.find_desk(language=language, near=near),
        )

    def list_category(
        self,
        category: str,
        *,
        language: str = LANGUAGES[0],
        near: str | Spot | None = None,
        limit: int = LIMIT,
    ) -> tuple[Hit, ...]:
        """List the places of a category or of those below it, the nearest first by an estimate."""
        wanted = list_categories(category)
        fits = {
            number: _SELF
            for number, entry in enumerate(self._entries)
            if entry.kind is HitKind.PLACE
            and any(f"{one}.".startswith(f"{want}.") for one in entry.categories for want in wanted)
        }
        return self._rank(fits, self._locate(near), language, limit)

    def find_desk(
        self, *, language: str = LANGUAGES[0], near: str | Spot | None = None
    ) -> Hit | None:
        """Return the nearest information desk, or None where the plan has none."""
        found = self.list_category("information", language=language, near=near, limit=1)
        return found[0] if found else None

    def find_exact(self, text: str) -> tuple[str, ...]:
        """Find the features that a text names as it stands; see `wayfinder.route.find_places`."""
        return self._names.find(text)

    def find_sign(self, code: str) -> str | None:
        """Return the id of the sign with a cleaned code in the plan, or None."""
        return self._signs.get(code)

    def has_category(self, category: str) -> bool:
        """Tell whether there is a place of a category or of one below it."""
        return any(f"{one}.".startswith(f"{category}.") for one in self._categories)

    def make_hits(
        self,
        feature_ids: Iterable[str],
        *,
        language: str = LANGUAGES[0],
        near: str | Spot | None = None,
    ) -> tuple[Hit, ...]:
        """Return what a list says of some features, the nearest first where one is somewhere."""
        made = (self.make_hit(key, language=language, near=near) for key in feature_ids)
        hits = [hit for hit in made if hit is not None]
        if near is not None:
            hits.sort(key=lambda hit: inf if hit.distance_m is None else hit.distance_m)
        return tuple(hits)

    def make_hit(
        self, feature_id: str, *, language: str = LANGUAGES[0], near: str | Spot | None = None
    ) -> Hit | None:
        """Return what a list says of a feature, whatever it is, or None for an unknown id."""
        feature = self.plan.features.get(feature_id)
        if feature is None:
            return None
        entry = self._entry_of.get(feature_id) or self._maker.make(feature)
        here, own = self._locate(near), find_spot(self.plan, feature)
        distance_m = inf if here is None or own is None else self._estimate_m(here, own)
        return self._make_hit(entry, _SELF, (feature_id, distance_m), language)

    def list_features(self, feature_id: str) -> tuple[Feature, ...]:
        """List the features that are one place with a feature, itself first; none for an unknown.

        Of a lift or stairs those of all floors; of a department its room; of an amenity and an
        occupant that share a room with others the room as well, for its hours and access.
        """
        feature = self.plan.features.get(feature_id)
        if feature is None:
            return ()
        entry = self._entry_of.get(feature_id)
        others = list(entry.features) if entry is not None else []
        unit = self.plan.find(find_unit_id(self.plan, feature), Unit)
        return tuple(dict.fromkeys((feature, *others, *([unit] if unit is not None else []))))

    def find_spot(self, feature_id: str) -> Spot | None:
        """Return where a feature is, or None for an unknown id or what is nowhere."""
        feature = self.plan.features.get(feature_id)
        return None if feature is None else find_spot(self.plan, feature)

    def _locate(self, near: str | Spot | None) -> Spot | None:
        return self.find_spot(near) if isinstance(near, str) else near

    def _rank(
        self, fits: Mapping[int, Fit], here: Spot | None, language: str, limit: int
    ) -> tuple[Hit, ...]:
        ranked = []
        for number, fit in fits.items():
            entry = self._entries[number]
            spot, distance_m = self._find_nearest_spot(entry, here)
            preset = entry.preset
            order = (fit.rank, not entry.public, distance_m, preset.rank if preset else 9, number)
            measured_m = inf if here is None else distance_m
            ranked.append((order, entry, fit, (spot or entry.id, measured_m)))
        ranked.sort(key=lambda one: one[0])
        return tuple(self._make_hit(e, fit, place, language) for _, e, fit, place in ranked[:limit])

    def _find_nearest_spot(self, entry: Entry, here: Spot | None) -> tuple[str | None, float]:
        """Return the feature of a place that is nearest, and the metres to it."""
        measured = [(self._estimate_m(here, spot), key) for key, spot in entry.spots]
        distance_m, key = min(measured, default=(inf, None), key=lambda pair: pair[0])
        return key, distance_m

    def _estimate_m(self, here: Spot | None, there: Spot) -> float:
        """Estimate the metres to walk; from nowhere, what lies near the street comes first."""
        height = self._ordinals.get(there.level_id, 99.0)
        if here is None:
            return abs(height)
        flat_m = _DETOUR * hypot(here.x_m - there.x_m, here.y_m - there.y_m)
        if here.level_id == there.level_id:
            return flat_m
        floors = abs(height - self._ordinals.get(here.level_id, 0.0))
        other = self._buildings.get(here.level_id) != self._buildings.get(there.level_id)
        change_m = _FLOOR_CHANGE_M + _FLOOR_M * floors if floors else 0.0
        return flat_m + change_m + (_BUILDING_M if other else 0.0)

    @cached_property
    def _buildings(self) -> Mapping[str, tuple[str, ...]]:
        return {level.id: level.building_ids for level in self.plan.list_of(Level)}

    def _make_hit(self, entry: Entry, fit: Fit, place: tuple[str, float], language: str) -> Hit:
        feature = self.plan[place[0]]
        names = self._name(entry, language)
        level, building = find_level(self.plan, feature), find_building(self.plan, feature)
        labels = (level.short_name or level.name) if level else {}
        preset = entry.preset
        shown = {fold(name) for name in names}
        return Hit(
            id=place[0],
            kind=entry.kind,
            name=names[0],
            other_name=names[1],
            matched="" if not fit.text or fold(fit.text) in shown else fit.text,
            match=fit.match,
            category=entry.categories[0],
            symbol=preset.symbol if preset else None,
            floor=pick_label(labels, language),
            building=pick_label(building.name, language) if building else "",
            level_id=level.id if level else None,
            distance_m=None if place[1] == inf else place[1],
            public=entry.public,
        )

    def _name(self, entry: Entry, language: str) -> tuple[str, str]:
        """Return what a place is called in a language, and in the other one if it differs."""
        feature = entry.features[0]
        sign = self._maker.signs.find_own(feature.id)
        other = next((one for one in LANGUAGES if one != language), language)
        names = [
            pick_label(sign.labels, tongue) or name_category(sign.category, tongue) or feature.id
            for tongue in (language, other)
        ]
        return names[0], names[1] if names[1] != names[0] else ""

    def _find_nearest(self, query: str) -> str | None:
        sort = self._index.find_sort(query)
        return None if sort is None else f"{NEAREST}{sort}"

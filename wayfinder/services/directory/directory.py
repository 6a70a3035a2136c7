"""The directory of a venue: what was typed becomes a list of places."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from math import inf, isinf

import numpy as np

from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.model import (
    Building,
    Feature,
    Level,
    Occupant,
    Opening,
    Plan,
    Unit,
    list_signs,
    pick_label,
)
from wayfinder.presets import list_kinds, name_category
from wayfinder.route.places import PlaceNames
from wayfinder.route.targets import NEAREST, list_categories
from wayfinder.services.directory.apart import Apart
from wayfinder.services.directory.distances import Distances
from wayfinder.services.directory.entries import (
    Entries,
    Entry,
    find_building,
    find_level,
    find_unit_id,
)
from wayfinder.services.directory.finder import Finder
from wayfinder.services.directory.fold import clean_query
from wayfinder.services.directory.hits import Found, Hit, HitKind, Match, Spot
from wayfinder.services.directory.index import CALLED, MEANT, PARTED, TIER, Fit, Index

IsOpen = Callable[[str], bool]
"""Tells of a feature id whether it is open now."""

_WARD = "nursestation"
"""Category of the unit at which one arrives in a ward."""

LIMIT = 20
"""Hits in an answer unless told otherwise."""

_ITSELF: Fit = (Match.EXACT * TIER, "")
"""How well a place fits that was asked for by itself."""
_MATCHES = tuple(Match)
_KEPT_HITS = 20_000
_STAFF, _NEAR = 0.5, 0.1
"""Less than between two sources: staff areas and signs come last; less still is any distance."""
_PART = 4.0
"""Less than between two slips, more than between sources: where a part of a text fits, rooms come
after departments, and doors and corridors after rooms."""
_FARTHEST_M = 1e5
_MOST_RANK = 9


class Directory:
    """Finds the places of a plan by whatever people call them. Safe to share between threads.

    Parameters
    ----------
    plan
        The plan. What a search needs is made at the first one, or by `prepare`.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._hits: dict[tuple[str, str], Hit] = {}

    def prepare(self) -> None:
        """Make all that searches need, some tenths of a second for a large hospital."""
        self._finder.prepare()
        self._distances.measure(None)

    @property
    def entries(self) -> Sequence[Entry]:
        """The places, floors, buildings and signs, in the plan's order."""
        return self._entries

    @cached_property
    def _maker(self) -> Entries:
        return Entries(self.plan)

    @cached_property
    def _entries(self) -> list[Entry]:
        return self._maker.make_all()

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.plan, self._entries, Index(self._entries))

    @cached_property
    def _distances(self) -> Distances:
        return Distances(self.plan, self._entries)

    @cached_property
    def _apart(self) -> Apart:
        return Apart(self.plan, self._maker)

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
    def _of_kind(self) -> Mapping[str, list[int]]:
        """Category to the numbers of the places that are of it or of one below it."""
        found: dict[str, list[int]] = {}
        for number, entry in enumerate(self._entries):
            if entry.kind is HitKind.PLACE:
                kinds = (kind for category in entry.categories for kind in list_kinds(category))
                for kind in dict.fromkeys(kinds):
                    found.setdefault(kind, []).append(number)
        return found

    @cached_property
    def _orders(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """What decides between places that fit equally well and are equally far."""
        presets = (entry.preset for entry in self._entries)
        ranks = [preset.rank if preset else _MOST_RANK for preset in presets]
        last = [entry.kind is HitKind.SIGN or not entry.public for entry in self._entries]
        return np.array(last) * _STAFF + np.array(ranks) * 1e-9

    @cached_property
    def _parts(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """What decides before the source where only a part of a text fits."""
        return np.array([_rate_part(entry) for entry in self._entries]) * _PART

    def search(
        self,
        text: str,
        *,
        language: str = LANGUAGES[0],
        near: str | Spot | None = None,
        limit: int = LIMIT,
        is_open: IsOpen | None = None,
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
        is_open
            Tells by its id whether a place is open now: of what fits equally well, and is shown,
            the closed come last.

        Returns
        -------
        Found
            The hits, the best first; what fits equally well comes nearest first.
        """
        query = clean_query(text)
        fits, sort = self._finder.find(query)
        hits = self._rank(fits, self._locate(near), language, limit, is_open)
        return Found(
            query=query,
            hits=hits,
            count=len(fits),
            nearest=None if sort is None else f"{NEAREST}{sort}",
            desk=None if hits else self.find_desk(language=language, near=near),
        )

    def list_category(
        self,
        category: str,
        *,
        language: str = LANGUAGES[0],
        near: str | Spot | None = None,
        limit: int = LIMIT,
        is_open: IsOpen | None = None,
    ) -> tuple[Hit, ...]:
        """List the places of a category or of those below it, the nearest first by an estimate.

        Parameters are those of `search`.
        """
        numbers = (n for one in list_categories(category) for n in self._of_kind.get(one, ()))
        fits = dict.fromkeys(numbers, _ITSELF)
        return self._rank(fits, self._locate(near), language, limit, is_open)

    def has_category(self, category: str) -> bool:
        """Tell whether there is a place of a category or of one below it."""
        return category in self._of_kind

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
        return self._apart.tell(hits, language)

    def make_hit(
        self, feature_id: str, *, language: str = LANGUAGES[0], near: str | Spot | None = None
    ) -> Hit | None:
        """Return what a list says of a feature, whatever it is, or None for an unknown id."""
        feature = self.plan.features.get(feature_id)
        if feature is None:
            return None
        entry = self._entry_of.get(feature_id) or self._maker.make(feature)
        here, own = self._locate(near), self._maker.find_spot(feature)
        known = here is not None and own is not None
        distance_m = self._distances.measure_one(here, own) if known else inf  # type: ignore[arg-type]
        return self._make_hit(entry, feature_id, _ITSELF, distance_m, language)

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
        return None if feature is None else self._maker.find_spot(feature)

    def _locate(self, near: str | Spot | None) -> Spot | None:
        return self.find_spot(near) if isinstance(near, str) else near

    def _rank(
        self,
        fits: Mapping[int, Fit],
        here: Spot | None,
        language: str,
        limit: int,
        is_open: IsOpen | None,
    ) -> tuple[Hit, ...]:
        """Put the best first: how well it fits, staff areas last, the nearest, its category."""
        if not fits:
            return ()
        numbers = np.fromiter(fits, dtype=np.intp, count=len(fits))
        badness = np.fromiter((fit[0] for fit in fits.values()), np.float64, len(fits))
        metres = self._distances.measure(here)[numbers]
        near = np.minimum(metres, _FARTHEST_M) * (_NEAR / _FARTHEST_M)
        parts = np.where(badness >= TIER, self._parts[numbers], 0.0)
        order = np.argsort(badness + near + parts + self._orders[numbers], kind="stable")[:limit]
        hits = []
        if is_open is not None:
            # as well as what is meant fits what is open and called so
            alike = badness[order] + (badness[order] % PARTED == MEANT) * (CALLED - MEANT)
            shut = self._list_giving_way(numbers[order].tolist(), alike.tolist(), is_open)
            order = order[np.lexsort((np.array(shut), alike))]
        for place in order:
            number = int(numbers[place])
            key = self._distances.find_nearest(number, here)
            metre = inf if here is None else float(metres[place])
            hits.append(self._make_hit(self._entries[number], key, fits[number], metre, language))
        return self._apart.tell(hits, language)

    def _list_giving_way(
        self, numbers: Sequence[int], badness: Sequence[float], is_open: IsOpen
    ) -> list[bool]:
        """Tell which places are closed while another that fits as well is open.

        A ward is open day and night and is no other: who looks for a clinic that is closed is not
        sent to the beds of its department.
        """
        entries = [self._entries[number] for number in numbers]
        opened = [is_open(entry.id) for entry in entries]
        others = {
            fit
            for fit, entry, open_now in zip(badness, entries, opened, strict=True)
            if open_now and not self._is_ward(entry)
        }
        return [
            fit in others and not open_now for fit, open_now in zip(badness, opened, strict=True)
        ]

    def _is_ward(self, entry: Entry) -> bool:
        return any(feature.category == _WARD for feature in self.list_features(entry.id))

    def _make_hit(self, entry: Entry, key: str, fit: Fit, distance_m: float, language: str) -> Hit:
        plain = self._hits.get((key, language))
        if plain is None:
            if len(self._hits) >= _KEPT_HITS:
                self._hits.clear()
            plain = self._hits[key, language] = self._describe(entry, key, language)
        badness, text = fit
        return Hit(
            id=plain.id,
            kind=plain.kind,
            name=plain.name,
            other_name=plain.other_name,
            matched="" if text in {plain.name, plain.other_name} else text,
            match=_MATCHES[badness // TIER],
            category=plain.category,
            symbol=plain.symbol,
            floor=plain.floor,
            building=plain.building,
            level_id=plain.level_id,
            distance_m=None if isinf(distance_m) else distance_m,
            public=plain.public,
        )

    def _describe(self, entry: Entry, key: str, language: str) -> Hit:
        """Make the hit of a place, or of one floor of a lift, without what depends on the query."""
        feature, preset = self.plan[key], entry.preset
        level, building = find_level(self.plan, feature), find_building(self.plan, feature)
        labels = (level.short_name or level.name) if level else {}
        name, other_name = self._name(entry.features[0], language)
        return Hit(
            id=key,
            kind=entry.kind,
            name=name,
            other_name=other_name,
            matched="",
            match=Match.EXACT,
            category=entry.categories[0],
            symbol=preset.symbol if preset else None,
            floor=pick_label(labels, language),
            building=pick_label(building.name, language) if building else "",
            level_id=level.id if level else None,
            distance_m=None,
            public=entry.public,
        )

    def _name(self, feature: Feature, language: str) -> tuple[str, str]:
        """Return what a place is called in a language, and in the other one if it differs."""
        sign = self._maker.signs.find_own(feature.id)
        other = next((one for one in LANGUAGES if one != language), language)
        name, other_name = (
            pick_label(sign.labels, tongue) or name_category(sign.category, tongue) or feature.id
            for tongue in (language, other)
        )
        return name, other_name if other_name != name else ""


def _rate_part(entry: Entry) -> int:
    """Return 0 for what is looked for by itself, 1 for a room, 2 for the way to it."""
    feature = entry.features[0]
    if isinstance(feature, Occupant | Level | Building):
        return 0
    return 2 if isinstance(feature, Opening) or entry.is_way else 1

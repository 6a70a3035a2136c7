"""How far everything is from where somebody stands, by an estimate."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from wayfinder.model import Level, Plan
from wayfinder.services.directory.entries import Entry
from wayfinder.services.directory.hits import HitKind, Spot

_DETOUR = 1.3
"""Metres walked for each metre as the crow flies (ours)."""
_FLOOR_CHANGE_M, _FLOOR_M, _BUILDING_M = 40.0, 10.0, 30.0
"""What a floor change, each floor of it and another building add to a way in metres (ours)."""
_UNKNOWN_FLOOR = 99.0
_KEPT = 64
"""Places from which the distances to all others are remembered."""

Floats = NDArray[np.float64]


class Distances:
    """Estimates ways to places.

    Parameters
    ----------
    plan
        The plan.
    entries
        The places.
    """

    def __init__(self, plan: Plan, entries: Sequence[Entry]) -> None:
        self._entries = entries
        levels = plan.list_of(Level)
        self._level_numbers = {level.id: number for number, level in enumerate(levels)}
        heights = {level.id: level.ordinal for level in plan.levels}
        self._heights = np.array([heights.get(level.id, _UNKNOWN_FLOOR) for level in levels])
        sites = {ids: number for number, ids in enumerate({one.building_ids for one in levels})}
        self._sites = np.array([sites[level.building_ids] for level in levels], dtype=np.intp)
        spots = [(n, spot) for n, entry in enumerate(entries) for _, spot in entry.spots]
        self._owners = np.array([number for number, _ in spots], dtype=np.intp)
        self._levels = np.array(
            [self._level_numbers[spot.level_id] for _, spot in spots], dtype=np.intp
        )
        self._x_m = np.array([spot.x_m for _, spot in spots])
        self._y_m = np.array([spot.y_m for _, spot in spots])
        self._firsts = np.searchsorted(self._owners, np.arange(len(entries) + 1))
        self._measure = lru_cache(_KEPT)(self._measure_all)

    def measure(self, here: Spot | None) -> Floats:
        """Return the metres to each place, shape (places,); infinite where it is nowhere.

        From nowhere, what lies near the street comes first: the floors up or down to it.
        """
        return self._measure(here)[0]

    def find_nearest(self, number: int, here: Spot | None) -> str:
        """Return the feature of a place that is nearest: of a lift the door on one's own floor."""
        entry = self._entries[number]
        if len(entry.spots) < 2 or entry.kind is not HitKind.PLACE:
            return entry.id
        first, last = self._firsts[number], self._firsts[number + 1]
        return entry.spots[int(self._measure(here)[1][first:last].argmin())][0]

    def measure_one(self, here: Spot, there: Spot) -> float:
        """Return the metres between two spots."""
        levels = np.array([self._level_numbers[there.level_id]], dtype=np.intp)
        x_m, y_m = np.array([there.x_m]), np.array([there.y_m])
        return float(self._estimate(here, levels, x_m, y_m)[0])

    def _measure_all(self, here: Spot | None) -> tuple[Floats, Floats]:
        """Return the metres to each place and to each spot."""
        metres = np.full(len(self._entries), np.inf)
        if here is None:
            found = np.abs(self._heights[self._levels]) if len(self._levels) else np.zeros(0)
        else:
            found = self._estimate(here, self._levels, self._x_m, self._y_m)
        np.minimum.at(metres, self._owners, found)
        return metres, found

    def _estimate(self, here: Spot, levels: NDArray[np.intp], x_m: Floats, y_m: Floats) -> Floats:
        own = self._level_numbers.get(here.level_id)
        flat_m: Floats = _DETOUR * np.hypot(x_m - here.x_m, y_m - here.y_m)
        if own is None:
            return flat_m
        floors = np.abs(self._heights[levels] - self._heights[own])
        change_m = np.where(floors > 0, _FLOOR_CHANGE_M + _FLOOR_M * floors, 0.0)
        aside_m = np.where(self._sites[levels] != self._sites[own], _BUILDING_M, 0.0)
        return flat_m + change_m + aside_m

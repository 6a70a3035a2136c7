"""Telling places of one name on one floor apart: by the department beside them, or a number."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from math import hypot

from wayfinder.model import Feature, Labels, Occupant, Plan, pick_label
from wayfinder.services.directory.entries import Entries, list_numbers
from wayfinder.services.directory.hits import Hit, HitKind, Spot

_BESIDE_M = 60.0
"""A department farther away than this says nothing (ours)."""


class Apart:
    """Tells hits apart.

    Parameters
    ----------
    plan
        The plan.
    entries
        Knows where its features are.
    """

    def __init__(self, plan: Plan, entries: Entries) -> None:
        self._plan = plan
        self._entries = entries

    def tell(self, hits: Sequence[Hit], language: str) -> tuple[Hit, ...]:
        """Return hits, those that would read the same with what tells them apart."""
        alike: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
        for number, hit in enumerate(hits):
            if hit.kind is HitKind.PLACE:
                alike[hit.name, hit.building, hit.floor].append(number)
        told = list(hits)
        for numbers in alike.values():
            for number in numbers if len(numbers) > 1 else ():
                told[number] = replace(hits[number], area=self._find_area(hits[number], language))
        return tuple(told)

    @cached_property
    def _departments(self) -> Mapping[str, list[tuple[Spot, Labels]]]:
        """Level id to where its departments are and what they are called."""
        found: defaultdict[str, list[tuple[Spot, Labels]]] = defaultdict(list)
        for occupant in self._plan.list_of(Occupant):
            spot = self._entries.find_spot(occupant)
            if spot is not None and occupant.name:
                found[spot.level_id].append((spot, occupant.name))
        return found

    def _find_area(self, hit: Hit, language: str) -> str:
        feature: Feature = self._plan[hit.id]
        here = self._entries.find_spot(feature)
        if here is not None:
            near = (
                (hypot(here.x_m - spot.x_m, here.y_m - spot.y_m), pick_label(name, language))
                for spot, name in self._departments.get(here.level_id, ())
            )
            others = (pair for pair in near if pair[1] != hit.name)
            metres, area = min(others, default=(_BESIDE_M, ""))
            if area and metres < _BESIDE_M:
                return area
        return next(iter(list_numbers(feature)), "")

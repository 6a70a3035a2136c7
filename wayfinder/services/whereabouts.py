"""What people who know a house call its places: room, floor, the sign nearby."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from math import dist

import shapely

from wayfinder.guide.catalogues import translate
from wayfinder.guide.groups import GroupKind, get_groups
from wayfinder.guide.names import find_labels
from wayfinder.model import Building, Feature, Level, Plan, Sign, Unit, pick_label
from wayfinder.model.categories import ALIKE
from wayfinder.presets import list_kinds, name_category

Point = tuple[float, float]

_NEAR_M = 40.0
_NAMED = 6
"""Of more places it is told where they lie; JSON has all."""


class Whereabouts:
    """Names of things in a plan, and of points.

    Parameters
    ----------
    plan
        The plan.
    signs
        Its signs.
    language
        BCP 47 tag of the names.
    before
        The plan as it was, for the names of what is gone; None where nothing is.
    """

    def __init__(
        self, plan: Plan, signs: Sequence[Sign], language: str, before: Plan | None = None
    ) -> None:
        self.plan = plan
        self._before = before or plan
        self.language = language
        self._signs = signs
        self._sign_of = {sign.id: sign for sign in signs}

    def name(self, feature_id: str) -> str:
        """Return what a feature is called, else what it is, else its id."""
        feature = self.plan.features.get(feature_id) or self._before.features.get(feature_id)
        if feature is None:
            return feature_id
        if feature_id in self.plan and isinstance(feature, Level):
            return self.floor(feature_id)
        return self._name(feature) or feature_id

    def _name(self, feature: Feature) -> str:
        labels = find_labels(feature)
        own = pick_label(labels, self.language) if labels else ""
        kind = name_category(feature.category, self.language) if feature.category else None
        return own or kind or ""

    def announce(self, feature_id: str) -> str:
        """Return what signs call a feature: a lift is any lift, toilets are any toilets."""
        feature = self.plan.features.get(feature_id)
        kind = list_kinds(feature.category)[-1] if feature is not None else ""
        said = name_category(kind, self.language) if kind in ALIKE else None
        return said or self.name(feature_id)

    def join(self, names: Iterable[str]) -> str:
        """Return names one after the other."""
        return translate(self.language, "signaudit.separator").join(names)

    def names(self, ids: Sequence[str]) -> str:
        """Return names of some features; of many, how many lie in which building or floor."""
        if len(ids) <= _NAMED:
            return self.join(dict.fromkeys(self.name(one) for one in ids))
        groups = get_groups(self.plan)
        counts: Counter[str] = Counter()
        for one in ids:
            around = [group for group in groups.list_groups(one) if group.kind in self._told]
            counts[around[-1].id if around else ""] += 1
        return self.join(
            translate(
                self.language,
                "signaudit.many" if key else "signaudit.many-elsewhere",
                count=count,
                name=self.name(key) if key else "",
            )
            for key, count in counts.most_common()
        )

    @cached_property
    def _told(self) -> frozenset[GroupKind]:
        """Return the kind of groups by which many places are told: buildings where there are."""
        several = len(self.plan.list_of(Building)) > 1
        return frozenset({GroupKind.BUILDING if several else GroupKind.FLOOR})

    def number(self, sign_id: str) -> str:
        """Return what a sign is called: its number, else its code, else its id."""
        sign = self._sign_of.get(sign_id)
        return ((sign.ref or sign.code) if sign is not None else None) or sign_id

    def sign(self, sign_id: str) -> str:
        """Return what a sign is called, and where it hangs."""
        sign = self._sign_of.get(sign_id)
        if sign is None:
            return sign_id
        place = self._room(sign.unit_id, sign.level_id)
        return translate(self.language, "signaudit.sign", sign=self.number(sign_id), place=place)

    def floor(self, level_id: str) -> str:
        """Return what a floor is called, its building first."""
        level = self.plan.find(level_id, Level)
        if level is None:
            return ""
        own = pick_label(level.name or level.short_name, self.language)
        buildings = [self.plan.find(key, Building) for key in level.building_ids]
        home = pick_label(buildings[0].name, self.language) if buildings and buildings[0] else ""
        several = len(self.plan.list_of(Building)) > 1
        return f"{home} {own}" if several and home and home not in own else own

    def _room(self, unit_id: str | None, level_id: str) -> str:
        unit = self.plan.find(unit_id, Unit) or self._before.find(unit_id, Unit)
        named = self._name(unit) if unit is not None else ""
        floor = self.floor(level_id)
        if not (floor and named):
            return floor or named
        return translate(self.language, "signaudit.room", floor=floor, room=named)

    def place(self, level_id: str, at: Point) -> str:
        """Return where a point is: floor and room, its metres, and the sign that is nearest."""
        said = translate(
            self.language,
            "signaudit.place",
            place=self._room(self.find_unit(level_id, at), level_id),
            x=f"{at[0]:.0f}",
            y=f"{at[1]:.0f}",
        )
        near = self.find_near(level_id, at)
        if near is None:
            return said
        values = {"metres": f"{near[1]:.0f}", "sign": self.number(near[0])}
        return said + translate(self.language, "signaudit.near", **values)

    def find_unit(self, level_id: str, at: Point) -> str | None:
        """Return the id of the smallest unit of a floor that a point lies in."""
        point = shapely.Point(at)
        units, tree = self._index(level_id)
        around = tree.query(point, predicate="intersects").tolist()
        return min(((tree.geometries[k].area, units[k]) for k in around), default=(0, None))[1]

    def find_near(self, level_id: str, at: Point) -> tuple[str, float] | None:
        """Return the id of the sign nearest to a point of its floor, and how far it is."""
        on_level = (sign for sign in self._signs if sign.level_id == level_id)
        metres = [(dist(sign.point, at), sign.id) for sign in on_level]
        far_m, sign_id = min(metres, default=(_NEAR_M + 1, ""))
        return (sign_id, far_m) if far_m <= _NEAR_M else None

    @cached_property
    def _trees(self) -> dict[str, tuple[list[str], shapely.STRtree]]:
        return {}

    def _index(self, level_id: str) -> tuple[list[str], shapely.STRtree]:
        if level_id not in self._trees:
            shapes = [
                (unit.id, shape)
                for unit in self.plan.list_on(level_id, Unit)
                if (shape := self.plan.find_geometry_m(unit.id)) is not None and shape.is_valid
            ]
            tree = shapely.STRtree([shape for _, shape in shapes])
            self._trees[level_id] = [unit for unit, _ in shapes], tree
        return self._trees[level_id]

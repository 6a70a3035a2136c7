"""A plan: an immutable map of features, with the look-ups that everything above needs."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from operator import le, sub
from statistics import median
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wayfinder.model.feature import Feature
from wayfinder.model.frame import Frame
from wayfinder.model.kinds import Level, Unit, Venue
from wayfinder.model.shapes import are_tangled, read_shapes

F = TypeVar("F", bound=Feature)
_EMPTY: Mapping[str, Any] = MappingProxyType({})


_SITE_DEGREES = 0.5
"""Some 50 km: nothing of one site lies farther apart."""


@dataclass(frozen=True)
class Plan:
    """All features of one venue.

    Parameters
    ----------
    features
        Id to feature, in the order they were read.
    manifest
        IMDF's ``manifest.json`` as it was read.
    leftovers
        What the archive held besides, by file name, so that writing loses nothing: the foreign
        members of a feature collection, or the bytes of a file.
    """

    features: Mapping[str, Feature]
    manifest: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)
    leftovers: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)
    _shapes_m: dict[str, tuple[Feature, Frame, BaseGeometry]] = field(
        default_factory=dict, repr=False, compare=False, init=False
    )

    @classmethod
    def of(cls, features: Iterable[Feature], **rest: Any) -> "Plan":  # noqa: ANN401 - passed on
        """Make a plan of features with distinct ids; raises ValueError where two are equal."""
        by_id: dict[str, Feature] = {}
        for feature in features:
            if feature.id in by_id:
                message = f"two features have the id {feature.id!r}"
                raise ValueError(message)
            by_id[feature.id] = feature
        return cls(MappingProxyType(by_id), **rest)

    def __getitem__(self, feature_id: str) -> Feature:
        """Return a feature by id; raises KeyError."""
        return self.features[feature_id]

    def __contains__(self, feature_id: object) -> bool:
        """Tell whether there is a feature of that id."""
        return feature_id in self.features

    def __iter__(self) -> Iterator[Feature]:
        """Yield the features in their order."""
        return iter(self.features.values())

    def __len__(self) -> int:
        """Count the features."""
        return len(self.features)

    def find(self, feature_id: str | None, kind: type[F]) -> F | None:
        """Return a feature of a kind by id, or None."""
        feature = self.features.get(feature_id) if feature_id else None
        return feature if isinstance(feature, kind) else None

    def list_of(self, kind: type[F]) -> tuple[F, ...]:
        """List the features of one kind in their order."""
        return self._by_kind.get(kind, ())

    def list_on(self, level_id: str, kind: type[F]) -> tuple[F, ...]:
        """List the features of one kind on a level in their order."""
        return self._by_level.get((level_id, kind), ())

    @cached_property
    def _by_kind(self) -> Mapping[type[Feature], tuple[Any, ...]]:
        groups: defaultdict[type[Feature], list[Feature]] = defaultdict(list)
        for feature in self:
            groups[type(feature)].append(feature)
        return {kind: tuple(group) for kind, group in groups.items()}

    @cached_property
    def _by_level(self) -> Mapping[tuple[str, type[Feature]], tuple[Any, ...]]:
        groups: defaultdict[tuple[str, type[Feature]], list[Feature]] = defaultdict(list)
        for feature in self:
            if feature.level_id is not None:
                groups[feature.level_id, type(feature)].append(feature)
        return {key: tuple(group) for key, group in groups.items()}

    @cached_property
    def venue(self) -> Venue | None:
        """The venue, or None where the plan has none."""
        return next(iter(self.list_of(Venue)), None)

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The levels whose ordinal can be read, lowest first."""
        known = [level for level in self.list_of(Level) if not math.isnan(level.ordinal)]
        return tuple(sorted(known, key=lambda level: (level.ordinal, level.id)))

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units in their order."""
        return self.list_of(Unit)

    @cached_property
    def frame(self) -> Frame:
        """The local frame: at the venue's display point, else amid the venue, else amid it all.

        What lies far from the levels is passed over: a frame elsewhere would stretch every length.
        """
        middle = self._find_middle()
        if middle is None:
            return Frame(0.0, 0.0)
        venue = self.venue
        outline = _find_centre(venue) if venue is not None else None
        for point in (venue.display_point if venue is not None else None, outline):
            if point is not None and max(map(abs, map(sub, point, middle))) <= _SITE_DEGREES:
                return Frame(*point)
        return Frame(*middle)

    def _find_middle(self) -> tuple[float, float] | None:
        """Return the median longitude and latitude of the levels, else of all that is drawn."""
        for kind in (Level, Unit, None):
            features = self.list_of(kind) if kind is not None else tuple(self)
            centres = [centre for feature in features if (centre := _find_centre(feature))]
            if centres:
                return median(lon for lon, _ in centres), median(lat for _, lat in centres)
        return None

    def find_geometry_m(self, feature_id: str) -> BaseGeometry | None:
        """Return a feature's geometry in metres, valid or not, or None where it has none."""
        feature = self.features[feature_id]
        known = self._shapes_m.get(feature_id)
        if known is not None and known[0] is feature:
            return known[2]
        if feature.shape is None:
            return None
        geometry = self.frame.geometry_m(shapely.force_2d(feature.shape))
        self._shapes_m[feature_id] = (feature, self.frame, geometry)
        return geometry

    def prepare_shapes(self) -> None:
        """Make the shapes of all features at once, several times faster than one by one."""
        lacking = [f for f in self if "shape" not in vars(f)]
        located = [f.geometry for f in lacking if f.geometry is not None]
        made = iter(read_shapes(located))
        shapes = [None if f.geometry is None else next(made) for f in lacking]
        sound = [shape for shape in shapes if shape is not None]
        tangled = iter(are_tangled(sound))
        for feature, shape in zip(lacking, shapes, strict=True):
            vars(feature)["shape"] = None if shape is None or next(tangled) else shape

    def drop_shapes(self) -> None:
        """Let go the shapes in degrees of what is known in metres, for who only serves the plan.

        Whoever asks for one all the same has it made again.
        """
        for feature in self:
            if self._is_known(feature):
                vars(feature).pop("shape", None)

    def prepare_geometries_m(self) -> None:
        """Make the geometries in metres of all features at once."""
        self.prepare_shapes()
        lacking = [
            (feature, feature.shape)
            for feature in self
            if feature.shape is not None and not self._is_known(feature)
        ]
        shapes = np.empty(len(lacking), dtype=object)
        shapes[:] = [shape for _, shape in lacking]
        metric = self.frame.geometries_m(shapely.force_2d(shapes)).tolist()
        for (feature, _), geometry in zip(lacking, metric, strict=True):
            self._shapes_m[feature.id] = (feature, self.frame, geometry)

    def _is_known(self, feature: Feature) -> bool:
        known = self._shapes_m.get(feature.id)
        return known is not None and known[0] is feature

    def with_features(self, *features: Feature) -> "Plan":
        """Return a plan with features added or replaced by id."""
        return self.replace({feature.id: feature for feature in features})

    def without(self, *feature_ids: str) -> "Plan":
        """Return a plan without some features; raises KeyError for an unknown id."""
        return self.replace(dict.fromkeys(feature_ids))

    def replace(self, changes: Mapping[str, Feature | None]) -> "Plan":
        """Return a plan with features added, replaced or, where there is None, taken out.

        It shares with this one all that stays: features, their geometries in metres, the groups
        by kind and level that no change is in. A plan whose features are in the order of their
        ids stays so; else what is new comes last.

        Raises
        ------
        KeyError
            A feature is to be taken out that there is not.
        """
        features = {**self.features, **changes}
        for key, feature in changes.items():
            if feature is None:
                self.features[key]
                del features[key]
        if self._is_sorted and any(key not in self.features for key in changes):
            features = dict(sorted(features.items()))
        made = {key: feature for key, feature in features.items() if feature is not None}
        plan = Plan(MappingProxyType(made), self.manifest, self.leftovers)
        self._hand_on(plan, changes)
        return plan

    @cached_property
    def _is_sorted(self) -> bool:
        """Whether the features are in the order of their ids, as they are when stored."""
        keys = list(self.features)
        return all(map(le, keys, islice(keys, 1, None)))

    def _hand_on(self, plan: "Plan", changes: Mapping[str, Feature | None]) -> None:
        """Give a plan that was made of this one what is known here and still holds there."""
        known = vars(plan)
        known["_is_sorted"] = self._is_sorted
        concerned = [
            feature
            for key, new in changes.items()
            for feature in (self.features.get(key), new)
            if feature is not None
        ]
        kinds = {type(feature) for feature in concerned}
        if "_by_kind" in vars(self):
            groups = {kind: plan._group_kind(kind) for kind in kinds}  # noqa: SLF001 - its own kind
            known["_by_kind"] = {**self._by_kind, **groups}
        if "_by_level" in vars(self):
            known["_by_level"] = self._regroup(plan, concerned)
        if "frame" in vars(self) and self._is_framed_apart(kinds):
            known["frame"] = self.frame
        if plan.frame == self.frame:
            plan._shapes_m.update(self._shapes_m)  # noqa: SLF001 - its own kind
            for key in changes:
                plan._shapes_m.pop(key, None)  # noqa: SLF001 - its own kind

    def _group_kind(self, kind: type[Feature]) -> tuple[Any, ...]:
        return tuple(feature for feature in self if type(feature) is kind)

    def _regroup(self, plan: "Plan", concerned: Iterable[Feature]) -> Mapping[Any, tuple[Any, ...]]:
        """Return the groups by level of a plan that differs from this one in some features."""
        keys = {(feature.level_id, type(feature)) for feature in concerned if feature.level_id}
        groups: dict[Any, list[Feature]] = {key: [] for key in keys}
        for kind in {kind for _, kind in keys}:
            for feature in plan.list_of(kind):
                if (feature.level_id, kind) in groups:
                    groups[feature.level_id, kind].append(feature)
        return {**self._by_level, **{key: tuple(group) for key, group in groups.items()}}

    def _is_framed_apart(self, changed: Iterable[type[Feature]]) -> bool:
        """Tell whether changes to features of some kinds leave the frame where it is."""
        return not {Venue, Level}.intersection(changed) and any(
            _find_centre(level) for level in self.list_of(Level)
        )


def _find_centre(feature: Feature) -> tuple[float, float] | None:
    """Return the middle of a feature's bounds in degrees, or None where it has none on earth."""
    if feature.shape is None or feature.shape.is_empty:
        return None
    west, south, east, north = feature.shape.bounds
    on_earth = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return ((west + east) / 2, (south + north) / 2) if on_earth else None

"""A plan: an immutable map of features, with the look-ups that everything above needs."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import sub
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
        return self._derived({**self.features, **{feature.id: feature for feature in features}})

    def without(self, *feature_ids: str) -> "Plan":
        """Return a plan without some features; raises KeyError for an unknown id."""
        for feature_id in feature_ids:
            self.features[feature_id]
        gone = set(feature_ids)
        return self._derived(
            {key: value for key, value in self.features.items() if key not in gone}
        )

    def _derived(self, features: Mapping[str, Feature]) -> "Plan":
        """Make a plan that keeps the geometries in metres of the features that stay."""
        plan = Plan(MappingProxyType(dict(features)), self.manifest, self.leftovers)
        for key, known in self._shapes_m.items():
            if features.get(key) is known[0] and plan.frame == known[1]:
                plan._shapes_m[key] = known
        return plan


def _find_centre(feature: Feature) -> tuple[float, float] | None:
    """Return the middle of a feature's bounds in degrees, or None where it has none on earth."""
    if feature.shape is None or feature.shape.is_empty:
        return None
    west, south, east, north = feature.shape.bounds
    on_earth = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return ((west + east) / 2, (south + north) / 2) if on_earth else None

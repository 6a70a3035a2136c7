"""What all features of a plan share: identity, geometry, properties as read, typed views.

A feature keeps its properties as they were read, so that writing loses nothing; the views read
them leniently. What IMDF lacks stands in one ``wayfinder`` object inside the properties (see
``docs/floor-plans.md``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar, Self

from shapely.geometry.base import BaseGeometry

from wayfinder.model.labels import Labels
from wayfinder.model.shapes import is_tangled, read_shape
from wayfinder.model.values import (
    EMPTY,
    JsonObject,
    read_boolean,
    read_labels,
    read_number,
    read_object,
    read_point,
    read_text,
    read_texts,
)


class Access(StrEnum):
    """Who may enter: all, staff, those with business inside, those with a ticket or appointment."""

    PUBLIC = "public"
    STAFF = "staff"
    PRIVATE = "private"
    TICKETED = "ticketed"


_ACCESS_OF_RESTRICTION = {"employeesonly": Access.STAFF, "restricted": Access.PRIVATE}


@dataclass(frozen=True)
class Feature:
    """One feature of a plan.

    Parameters
    ----------
    id
        Unique within the plan.
    feature_type
        IMDF name: ``unit``, ``opening`` and so on.
    geometry
        GeoJSON geometry in degrees as it was read, or None for an unlocated feature.
    properties
        GeoJSON properties as they were read; treat them as frozen.
    members
        Further top-level members as they were read; neither ``id``, ``type``, ``feature_type``,
        ``geometry`` nor ``properties``.
    """

    id: str
    feature_type: str
    geometry: JsonObject | None = None
    properties: JsonObject = field(default_factory=lambda: EMPTY)
    members: JsonObject = field(default_factory=lambda: EMPTY)

    TYPE: ClassVar[str] = ""

    def __hash__(self) -> int:
        """Hash by id: properties are mappings, and equal features have equal ids."""
        return hash(self.id)

    @cached_property
    def shape(self) -> BaseGeometry | None:
        """The geometry in degrees, valid or not.

        None where there is none, where it is malformed and where it is tangled beyond repair; the
        importer lists both.
        """
        made = None if self.geometry is None else read_shape(self.geometry)
        return None if made is None or is_tangled(made) else made

    @cached_property
    def wayfinder(self) -> JsonObject:
        """Our additions; empty where there are none."""
        return read_object(self.properties, "wayfinder")

    @cached_property
    def category(self) -> str:
        """IMDF category, ``unspecified`` where it is missing."""
        return read_text(self.properties, "category") or "unspecified"

    @cached_property
    def name(self) -> Labels:
        """Names by language."""
        return read_labels(self.properties, "name")

    @cached_property
    def alt_name(self) -> Labels:
        """Other names by language."""
        return read_labels(self.properties, "alt_name")

    @cached_property
    def aliases(self) -> Mapping[str, tuple[str, ...]]:
        """What people call it, by language (``wayfinder.aliases``)."""
        value = read_object(self.wayfinder, "aliases")
        return {tag: read_texts(value, tag) for tag in value} if value else EMPTY

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """Codes in other systems, by system (``wayfinder.codes``), such as ``{"his": "0123"}``."""
        return read_labels(self.wayfinder, "codes")

    @cached_property
    def level_id(self) -> str | None:
        """Id of its level, or None."""
        return read_text(self.properties, "level_id")

    @cached_property
    def address_id(self) -> str | None:
        """Id of its address, or None."""
        return read_text(self.properties, "address_id")

    @cached_property
    def display_point(self) -> tuple[float, float] | None:
        """Longitude and latitude of its curated point, or None."""
        return read_point(self.properties, "display_point")

    @cached_property
    def hours(self) -> str | None:
        """OSM opening_hours: IMDF's ``hours``, else ``wayfinder.hours``, or None."""
        return read_text(self.properties, "hours") or read_text(self.wayfinder, "hours")

    @cached_property
    def accessibility(self) -> tuple[str, ...]:
        """IMDF accessibility categories, such as ``wheelchair``."""
        return read_texts(self.properties, "accessibility")

    @cached_property
    def wheelchair(self) -> bool | None:
        """Tagged fit for wheelchairs (True), unfit (False), or untagged (None)."""
        tagged = read_boolean(self.wayfinder, "wheelchair")
        if tagged is not None:
            return tagged
        return True if "wheelchair" in self.accessibility else None

    @cached_property
    def clear_width_m(self) -> float | None:
        """Clear width in metres, or None where unknown."""
        return read_number(self.wayfinder, "clear_width_m")

    @cached_property
    def access(self) -> Access | None:
        """Who may enter: ``wayfinder.access``, else IMDF's ``restriction``, or None (untagged)."""
        tagged = read_text(self.wayfinder, "access")
        if tagged in set(Access):
            return Access(tagged)
        return _ACCESS_OF_RESTRICTION.get(read_text(self.properties, "restriction") or "")

    def with_properties(self, **changes: Any) -> Self:  # noqa: ANN401 - JSON values
        """Return a copy with some properties replaced."""
        return replace(self, properties={**self.properties, **changes})

    def with_wayfinder(self, **changes: Any) -> Self:  # noqa: ANN401 - JSON values
        """Return a copy with some of our additions replaced; None removes one."""
        merged = {**self.wayfinder, **changes}
        kept = {key: value for key, value in merged.items() if value is not None}
        return self.with_properties(wayfinder=kept)

"""The feature types of IMDF 1.0 (OGC 20-094), each with views of the members that it alone has."""

import math
from collections.abc import Mapping
from functools import cached_property

from wayfinder.model.feature import Access, Feature
from wayfinder.model.labels import Labels
from wayfinder.model.values import (
    EMPTY,
    JsonObject,
    read_boolean,
    read_labels,
    read_number,
    read_object,
    read_reference,
    read_text,
    read_texts,
)


class Venue(Feature):
    """The whole site."""

    TYPE = "venue"

    @cached_property
    def time_zone(self) -> str | None:
        """IANA time zone (``wayfinder.time_zone``)."""
        return read_text(self.wayfinder, "time_zone")

    @cached_property
    def default_clear_widths_m(self) -> Mapping[str, float]:
        """Clear width in metres that the venue vouches for where none is tagged, by category."""
        value = read_object(self.wayfinder, "default_clear_widths_m")
        return {key: width for key in value if (width := read_number(value, key)) is not None}


class Building(Feature):
    """A building, located by its footprints."""

    TYPE = "building"


class Footprint(Feature):
    """The outline of one or more buildings."""

    TYPE = "footprint"

    @cached_property
    def building_ids(self) -> tuple[str, ...]:
        """Ids of its buildings."""
        return read_texts(self.properties, "building_ids")


class Level(Feature):
    """A floor of one or more buildings, or an outdoor area."""

    TYPE = "level"

    @cached_property
    def ordinal(self) -> float:
        """Position in the stack of floors, 0 at street level; negative, fractional or repeated too.

        NaN where it cannot be read: such a level is in no order (`Plan.levels` leaves it out) and
        is next to none, for a guess would send people to the wrong floor.
        """
        number = read_number(self.properties, "ordinal")
        return math.nan if number is None else number

    @cached_property
    def short_name(self) -> Labels:
        """The label on the lift's button, by language: never computed from the ordinal."""
        return read_labels(self.properties, "short_name")

    @cached_property
    def outdoor(self) -> bool:
        """Whether it lies in the open."""
        return read_boolean(self.properties, "outdoor") is True

    @cached_property
    def building_ids(self) -> tuple[str, ...]:
        """Ids of its buildings."""
        return read_texts(self.properties, "building_ids")


class Unit(Feature):
    """A room, corridor, lift, stair: any space with an outline."""

    TYPE = "unit"

    @cached_property
    def incline(self) -> float | None:
        """Slope as rise over run, or None where unknown."""
        return read_number(self.wayfinder, "incline")

    @cached_property
    def lift(self) -> JsonObject:
        """``car_width_m``, ``car_depth_m``, ``door_width_m``, ``wait_s`` as far as known."""
        return read_object(self.wayfinder, "lift")

    @cached_property
    def direction(self) -> str | None:
        """Which way an escalator or a one-way stair goes: ``up``, ``down`` or None (both)."""
        found = read_text(self.wayfinder, "direction")
        return found if found in {"up", "down"} else None


class Opening(Feature):
    """A door, gate or passage on a boundary."""

    TYPE = "opening"

    # IMDF access-control categories that ask for a credential: staff have it, visitors do not.
    _CREDENTIALS = frozenset(
        {
            "badgereader",
            "fingerprintreader",
            "keyaccess",
            "passwordaccess",
            "retinascanner",
            "voicerecognition",
        }
    )

    @cached_property
    def access_control(self) -> tuple[str, ...]:
        """IMDF access-control categories, such as ``badgereader``."""
        return read_texts(self.properties, "access_control")

    @cached_property
    def access(self) -> Access | None:
        """Who may pass: ``wayfinder.access``, else staff where it asks for a credential."""
        tagged = super().access
        if tagged is None and self._CREDENTIALS.intersection(self.access_control):
            return Access.STAFF
        return tagged

    @cached_property
    def door(self) -> JsonObject:
        """IMDF's ``door`` object; empty where there is none."""
        return read_object(self.properties, "door")

    @cached_property
    def automatic(self) -> bool:
        """Whether it opens by itself."""
        return read_boolean(self.door, "automatic") is True

    @cached_property
    def threshold_mm(self) -> float | None:
        """Height of its sill in millimetres, or None where unknown."""
        return read_number(self.wayfinder, "threshold_mm")

    @cached_property
    def one_way_to(self) -> str | None:
        """Id of the only unit it lets people into, ``outside`` for an exit, or None (both ways)."""
        return read_text(self.wayfinder, "one_way_to")

    @cached_property
    def emergency_only(self) -> bool:
        """Whether it is an emergency exit that is alarmed or locked in daily life.

        ``wayfinder.emergency_only``, else IMDF's category ``emergencyexit``.
        """
        tagged = read_boolean(self.wayfinder, "emergency_only")
        return self.category == "emergencyexit" if tagged is None else tagged

    @cached_property
    def locked(self) -> bool:
        """Whether nobody passes: out of service by IMDF's access control, or drawn as locked."""
        locked = read_boolean(self.wayfinder, "locked") is True
        return locked or "outofservice" in self.access_control


class Amenity(Feature):
    """A point of service: a toilet, a desk, a machine."""

    TYPE = "amenity"

    @cached_property
    def unit_ids(self) -> tuple[str, ...]:
        """Ids of the units it lies in or serves."""
        return read_texts(self.properties, "unit_ids")


class Anchor(Feature):
    """The point at which an occupant is found."""

    TYPE = "anchor"

    @cached_property
    def unit_id(self) -> str | None:
        """Id of its unit, or None."""
        return read_text(self.properties, "unit_id")


class Occupant(Feature):
    """A department, shop or service that has its place at an anchor."""

    TYPE = "occupant"

    @cached_property
    def anchor_id(self) -> str | None:
        """Id of its anchor, or None."""
        return read_text(self.properties, "anchor_id")


class Relationship(Feature):
    """A way that somebody drew by hand: it always wins over what is derived."""

    TYPE = "relationship"

    @cached_property
    def directed(self) -> bool:
        """Whether it leads only from origin to destination."""
        return self.properties.get("direction") == "directed"

    @cached_property
    def origin_id(self) -> str | None:
        """Id of the feature it starts from, or None."""
        return read_reference(self.properties.get("origin"))

    @cached_property
    def destination_id(self) -> str | None:
        """Id of the feature it leads to, or None."""
        return read_reference(self.properties.get("destination"))

    @cached_property
    def intermediary_ids(self) -> tuple[str, ...]:
        """Ids of the features it leads through, in order."""
        value = self.properties.get("intermediary")
        items = value if isinstance(value, list | tuple) else ()
        return tuple(item for item in map(read_reference, items) if item)

    @cached_property
    def level_ids(self) -> tuple[str, ...]:
        """Levels of a drawn line (``wayfinder.level_ids``): its one, or those at start and end."""
        return read_texts(self.wayfinder, "level_ids")

    @cached_property
    def banned(self) -> bool:
        """Whether it forbids the way between its ends instead of making one."""
        return read_boolean(self.wayfinder, "banned") is True

    @cached_property
    def incline(self) -> float | None:
        """Slope as rise over run, or None where unknown."""
        return read_number(self.wayfinder, "incline")


class Section(Feature):
    """A named area of a level: a ward, a colour zone, a department of several rooms."""

    TYPE = "section"

    @cached_property
    def parents(self) -> tuple[str, ...]:
        """Ids of the sections that it is a part of."""
        return read_texts(self.properties, "parents")


class Geofence(Feature):
    """An area with a meaning of its own, possibly over several levels."""

    TYPE = "geofence"

    @cached_property
    def building_ids(self) -> tuple[str, ...]:
        """Ids of the buildings it concerns."""
        return read_texts(self.properties, "building_ids")

    @cached_property
    def level_ids(self) -> tuple[str, ...]:
        """Ids of the levels it concerns."""
        return read_texts(self.properties, "level_ids")

    @cached_property
    def parents(self) -> tuple[str, ...]:
        """Ids of the geofences that it is a part of."""
        return read_texts(self.properties, "parents")


class Fixture(Feature):
    """Furniture or equipment that stands in the way."""

    TYPE = "fixture"

    @cached_property
    def anchor_id(self) -> str | None:
        """Id of the anchor whose occupant it belongs to, or None."""
        return read_text(self.properties, "anchor_id")


class Kiosk(Feature):
    """A free-standing stall or desk."""

    TYPE = "kiosk"

    @cached_property
    def anchor_id(self) -> str | None:
        """Id of the anchor whose occupant it belongs to, or None."""
        return read_text(self.properties, "anchor_id")


class Detail(Feature):
    """Lines of the drawing without a meaning of their own, walls among them."""

    TYPE = "detail"


class Address(Feature):
    """A postal address."""

    TYPE = "address"


KINDS: Mapping[str, type[Feature]] = {
    kind.TYPE: kind
    for kind in (
        *(Address, Amenity, Anchor, Building, Detail, Fixture, Footprint, Geofence, Kiosk, Level),
        *(Occupant, Opening, Relationship, Section, Unit, Venue),
    )
}
"""IMDF feature type to its class."""


def make_feature(
    id: str,  # noqa: A002 - GeoJSON's name
    feature_type: str,
    geometry: JsonObject | None = None,
    properties: JsonObject = EMPTY,
    members: JsonObject = EMPTY,
) -> Feature:
    """Make a feature of the class its type calls for; a type unknown to IMDF is a plain Feature."""
    return KINDS.get(feature_type, Feature)(id, feature_type, geometry, properties, members)

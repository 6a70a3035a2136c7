"""The drawing as IMDF: degrees, ids, members."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from shapely.geometry import LineString, Point, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from floorplans.drawing.kit.floor import Floor
from floorplans.drawing.kit.items import Gate, Link, Part, Space, Spot, Tenant, Thing, make_zone
from floorplans.drawing.kit.shapes import Xy, find_middle
from floorplans.drawing.kit.sides import Sides, make_line
from floorplans.drawing.kit.words import Words, parse_words
from wayfinder.model import Feature, Frame, Plan, make_feature

if TYPE_CHECKING:
    from floorplans.drawing.kit.building import Building
    from floorplans.drawing.kit.hospital import Hospital

_DIGITS = 8
"""Of a degree: about a millimetre."""
_MANIFEST = {
    "version": "1.0.0",
    "created": "2026-11-22T00:00:00Z",
    "generated_by": "floorplans.drawing",
    "language": "zh-Hans",
    "extensions": None,
}
_FITS_WHEELCHAIR_M = 0.9


def make_plan(hospital: "Hospital", sides: Sides) -> Plan:
    """Turn a proven drawing into a plan."""
    return Plan.of(_Export(hospital, sides).list_features(), manifest=_MANIFEST)


class _Export:
    def __init__(self, hospital: "Hospital", sides: Sides) -> None:
        self.hospital = hospital
        self.frame: Frame = hospital.frame
        self.sides = sides
        self.address_id = self._id("address")

    def _id(self, kind: str, key: str = "") -> str:
        return str(uuid5(self.hospital.namespace, f"{kind}/{key}"))

    def list_features(self) -> Iterator[Feature]:
        """Yield all features, type by type within a floor."""
        hospital = self.hospital
        yield self._address()
        yield self._venue()
        for building in hospital.buildings.values():
            if not building.outdoors:
                yield from self._building(building)
        for floor in hospital.floors:
            yield self._level(floor)
            yield from map(self._unit, floor.spaces)
            yield from map(self._opening, floor.gates)
            yield from map(self._amenity, floor.spots)
            for tenant in floor.tenants:
                yield from self._occupant(tenant)
            yield from map(self._fixture, floor.things)
            yield from map(self._section, floor.parts)
            yield from (self._relationship(floor, link) for link in floor.links)

    def _address(self) -> Feature:
        parts = ("address", "unit", "locality", "province", "country", "postal_code")
        empty = dict.fromkeys((*parts, "postal_code_ext", "postal_code_vanity"))
        return make_feature(self.address_id, "address", None, {**empty, **self.hospital.address})

    def _venue(self) -> Feature:
        hospital = self.hospital
        properties = {
            "category": "healthcarefacility",
            "restriction": None,
            **_named(hospital.words),
            "hours": None,
            "phone": hospital.phone,
            "website": None,
            "display_point": self._point((0.0, 0.0)),
            "address_id": self.address_id,
            **_ours({"time_zone": hospital.time_zone}, hospital.words),
        }
        return self._make(self._id("venue"), "venue", hospital.outline, properties)

    def _building(self, building: "Building") -> Iterator[Feature]:
        own = self._id("building", building.key)
        known: dict[str, Any] = {"codes": {"his": building.his}} if building.his else {}
        if building.zone is not None:
            known["zone"] = make_zone(building.zone)
        properties = {
            **_named(building.words),
            "category": building.category,
            "restriction": None,
            "display_point": self._point(find_middle(building.footprint)),
            "address_id": self.address_id,
            **_ours(known, building.words),
        }
        yield make_feature(own, "building", None, properties)
        footprints = [(building.footprint_category, building.footprint), *building.annexes]
        for number, (category, shape) in enumerate(footprints):
            outline = {"category": category, "name": None, "building_ids": [own]}
            key = self._id("footprint", f"{building.key}/{number}" if number else building.key)
            yield self._make(key, "footprint", shape, outline)

    def _level(self, floor: Floor) -> Feature:
        building = floor.building
        properties = {
            "category": "parking" if building.category == "parking" else "unspecified",
            "restriction": None,
            "outdoor": floor.outdoor,
            "ordinal": floor.ordinal,
            "name": floor.words.name,
            "short_name": dict(floor.short.name) or {"zh-Hans": floor.label, "en": floor.label},
            "display_point": self._point(find_middle(floor.outline)),
            "address_id": None,
            "building_ids": None if building.outdoors else [self._id("building", building.key)],
            **_ours({}, floor.words),
        }
        return self._make(floor.id, "level", floor.outline, properties)

    def _unit(self, space: Space) -> Feature:
        properties = {
            "category": space.category,
            "restriction": "employeesonly" if space.wayfinder.get("access") == "staff" else None,
            "accessibility": ["wheelchair"] if space.wayfinder.get("wheelchair") else None,
            **_named(space.words),
            "level_id": space.floor.id,
            "display_point": self._point(space.middle),
            **_ours(space.wayfinder, space.words),
        }
        return self._make(space.id, "unit", space.shape, properties)

    def _opening(self, gate: Gate) -> Feature:
        joint = self.sides.join(gate)
        how, (x, y) = gate.how, gate.at
        wide = how.width_m >= _FITS_WHEELCHAIR_M and how.kind != "revolving"
        properties = {
            "category": gate.category,
            "accessibility": ["wheelchair"] if wide and how.threshold_mm <= 15 else None,
            "access_control": ["badgereader"] if how.access == "staff" else None,
            "door": {"type": how.kind, "automatic": how.automatic, "material": how.material},
            **_named(gate.words),
            "display_point": self._point(gate.at),
            "level_id": gate.floor.id,
            **_ours(self._door_members(gate, joint.spaces), gate.words),
        }
        key = gate.floor.make_id("opening", f"{x:.2f},{y:.2f}")
        return self._make(key, "opening", make_line(gate, joint.axis), properties)

    def _door_members(
        self, gate: Gate, spaces: tuple[Space | None, Space | None]
    ) -> dict[str, Any]:
        how = gate.how
        into = gate.one_way_to
        if gate.leaves is not None:
            other = spaces[1] if spaces[0] is gate.leaves else spaces[0]
            into = other or "outside"
        if into == "outside":
            # a path that is drawn before the door is a space of the grounds
            into = next((s for s in spaces if s and s.floor is not gate.floor), into)
        members = {
            "clear_width_m": how.width_m,
            "threshold_mm": how.threshold_mm,
            "access": how.access,
            "hours": how.hours,
            "wheelchair": False if how.kind == "revolving" else None,
            "emergency_only": True if gate.category == "emergencyexit" else None,
            "one_way_to": into.id if isinstance(into, Space) else into,
            "description": dict(_describe(how.description)) or None,
        }
        return {member: value for member, value in members.items() if value is not None}

    def _amenity(self, spot: Spot) -> Feature:
        space = self.sides.find_space(spot.floor, spot.at)
        properties = {
            "category": spot.category,
            "accessibility": ["wheelchair"] if spot.wayfinder.get("wheelchair") else None,
            **_named(spot.words),
            "hours": spot.hours,
            "phone": spot.phone,
            "website": None,
            "unit_ids": [space.id] if space else [],
            "address_id": None,
            "correlation_id": None,
            **_ours(spot.wayfinder, spot.words),
        }
        key = spot.floor.make_id("amenity", spot.key)
        return self._make(key, "amenity", Point(spot.at), properties)

    def _occupant(self, tenant: Tenant) -> Iterator[Feature]:
        floor = tenant.space.floor
        anchor = floor.make_id("anchor", tenant.key)
        place = {"address_id": self.address_id, "unit_id": tenant.space.id}
        yield self._make(anchor, "anchor", Point(tenant.at), place)
        properties = {
            "category": tenant.category,
            "name": tenant.words.name,
            "hours": tenant.hours,
            "phone": tenant.phone,
            "website": None,
            "validity": None,
            "anchor_id": anchor,
            "correlation_id": None,
            **_ours(tenant.wayfinder, tenant.words),
        }
        yield make_feature(floor.make_id("occupant", tenant.key), "occupant", None, properties)

    def _fixture(self, thing: Thing) -> Feature:
        properties = {
            "category": thing.category,
            **_named(thing.words),
            "anchor_id": None,
            "level_id": thing.floor.id,
            "display_point": None,
            **_ours(thing.wayfinder, thing.words),
        }
        key = thing.floor.make_id("fixture", thing.key)
        return self._make(key, "fixture", thing.shape, properties)

    def _section(self, part: Part) -> Feature:
        access = part.wayfinder.get("access")
        properties = {
            "category": part.category,
            "restriction": "employeesonly" if access == "staff" else None,
            "accessibility": None,
            **_named(part.words),
            "level_id": part.floor.id,
            "display_point": self._point(find_middle(part.shape)),
            "address_id": None,
            "correlation_id": None,
            "parents": None,
            **_ours(part.wayfinder, part.words),
        }
        key = part.floor.make_id("section", part.key)
        return self._make(key, "section", part.shape, properties)

    def _relationship(self, floor: Floor, link: Link) -> Feature:
        spaces = [{"id": space.id, "feature_type": "unit"} for space in link.spaces]
        levels = [each.id for each in link.floors]
        properties = {
            "category": link.category,
            "direction": "directed" if link.directed else "undirected",
            "origin": spaces[0] if spaces else None,
            "intermediary": spaces[1:-1] or None,
            "destination": spaces[-1] if spaces else None,
            "hours": link.hours,
            **_ours({**({"level_ids": levels} if levels else {}), **link.wayfinder}, Words()),
        }
        shape = LineString(link.line) if link.line else None
        return self._make(
            floor.make_id("relationship", link.key), "relationship", shape, properties
        )

    def _make(
        self, key: str, kind: str, shape: BaseGeometry | None, properties: Mapping[str, Any]
    ) -> Feature:
        return make_feature(key, kind, self._geometry(shape), properties)

    def _point(self, at: Xy) -> dict[str, Any]:
        return {"type": "Point", "coordinates": list(self._degrees(at))}

    def _degrees(self, at: Iterable[float]) -> tuple[float, float]:
        lon, lat = self.frame.to_degrees(*at)
        return round(lon, _DIGITS), round(lat, _DIGITS)

    def _geometry(self, shape: BaseGeometry | None) -> dict[str, Any] | None:
        if shape is None:
            return None
        if isinstance(shape, Point):
            return self._point((shape.x, shape.y))
        if isinstance(shape, LineString):
            return {
                "type": "LineString",
                "coordinates": [[*self._degrees(p)] for p in shape.coords],
            }
        assert isinstance(shape, Polygon)  # noqa: S101 - nothing else is drawn
        rings = [[[*self._degrees(p)] for p in ring] for ring in mapping(shape)["coordinates"]]
        return {"type": "Polygon", "coordinates": rings}


def _named(words: Words) -> dict[str, Any]:
    return {"name": dict(words.name) or None, "alt_name": None}


def _describe(text: str | None) -> Mapping[str, str]:
    return parse_words(text).name


def _ours(members: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """Return the ``wayfinder`` object, or nothing where it would be empty."""
    aliases = {tag: list(texts) for tag, texts in words.aliases.items()}
    known = {**members, **({"aliases": aliases} if aliases else {})}
    return {"wayfinder": known} if known else {}

"""Plans and journeys that the drawing tests share."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from shapely.geometry import LineString, Point, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from wayfinder.formats import read_plan
from wayfinder.graph import Network, build_network
from wayfinder.model import Feature, Frame, Plan, make_feature
from wayfinder.resources import floorplans_dir
from wayfinder.route import Journey, Router
from wayfinder.route.places import find_places

SVG = "{http://www.w3.org/2000/svg}"
FRAME = Frame(120.0, 30.0)
NOON = datetime(2026, 6, 3, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@cache
def clinic() -> Plan:
    plan = read_plan(floorplans_dir() / "clinic").plan
    assert plan is not None
    return plan


@cache
def clinic_network() -> Network:
    return build_network(clinic())


@cache
def find_way(origin: str, destination: str, profile: str = "walk") -> Journey:
    plan = clinic()
    start, goal = (find_places(plan, name)[0] for name in (origin, destination))
    found = Router(clinic_network(), release="sha256:0").find_route(
        start, [goal], profile=profile, departure=NOON
    )
    assert isinstance(found, Journey)
    return found


def parse(svg: str | bytes) -> ET.Element:
    """Read what we have written ourselves."""
    return ET.fromstring(svg)  # noqa: S314 - a drawing, not an upload


def texts_of(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in parse(svg).iter(f"{SVG}text")]


def feature(kind: str, key: str, shape: BaseGeometry, **properties: object) -> Feature:
    """Make a feature from a geometry in metres."""
    geometry = mapping(FRAME.geometry_degrees(shape))
    return make_feature(key, kind, geometry=geometry, properties=properties)


def level(key: str = "F1", ordinal: float = 0, **more: object) -> Feature:
    return feature(
        "level",
        key,
        Polygon([(0, 0), (1, 0), (1, 1)]).buffer(0.1),
        ordinal=ordinal,
        category="unspecified",
        short_name={"en": "1F", "zh-Hans": "1层"},
        **more,
    )


def plan_of(*features: Feature) -> Plan:
    venue = feature("venue", "venue", Point(0, 0), category="hospital", name={"en": "Hospital"})
    point = {"type": "Point", "coordinates": [FRAME.lon, FRAME.lat]}
    return Plan.of([venue.with_properties(display_point=point), *features])


def room(key: str, box: Polygon, name: Mapping[str, str] | None = None, **more: object) -> Feature:
    properties: dict[str, object] = {"category": "room", "level_id": "F1", "name": name, **more}
    return feature("unit", key, box, **properties)


@cache
def many_rooms(count: int = 300) -> Plan:
    """Make a floor of rooms with bilingual names along corridors, each with its door."""
    departments = (
        ("Cardiology", "心血管内科", "cardiology"),
        ("Blood Sampling", "采血处", "bloodsampling"),
        ("Consulting Room", "诊室", "consultingroom"),
        ("Ultrasound", "超声科", "ultrasound"),
        ("Women's Toilets", "女卫生间", "restroom.female"),
        ("Nurse Station", "护士站", "nursestation"),
        ("Store", "库房", "storage"),
        ("Pharmacy", "药房", "pharmacy"),
    )
    features: list[Feature] = [level()]
    width, depth, hall, a_row = 4.5, 6.0, 3.0, 30
    for row in range(count // (2 * a_row)):
        y = row * (2 * depth + hall)
        line = Polygon([(0, y), (width * a_row, y), (width * a_row, y + hall), (0, y + hall)])
        hall_name = {"en": f"Corridor {row + 1}", "zh-Hans": f"走廊{row + 1}"}
        features.append(room(f"hall-{row}", line, hall_name, category="walkway"))
        for index in range(2 * a_row):
            number = row * 2 * a_row + index
            x, up = width * (index % a_row), index < a_row
            low, high = (y + hall, y + hall + depth) if up else (y - depth, y)
            box = Polygon([(x, low), (x + width, low), (x + width, high), (x, high)])
            english, chinese, category = departments[(number * 7 + row) % len(departments)]
            name = {"en": f"{english} {number + 1}", "zh-Hans": f"{chinese}{number + 1}"}
            features.append(room(f"room-{number}", box, name, category=category))
            sill = y + hall if up else y
            door = LineString([(x + 1, sill), (x + 2, sill)])
            features.append(
                feature("opening", f"door-{number}", door, category="pedestrian", level_id="F1")
            )
    return plan_of(*features)

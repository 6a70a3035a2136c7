"""Small houses with signs that hang in them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from tests.ascii_plan import FRAME, draw_plan
from wayfinder.checks.sign_errands import list_errands
from wayfinder.checks.sign_walker import SignWalker, Walk
from wayfinder.graph import build_network
from wayfinder.model import Plan, Sign, make_feature
from wayfinder.route import Router

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)

TEE = """
    +--------+--------+--------+--------+
    |A       |B       |C       |D       |
    +---1----+---2----+---3----+---4----+
    |hall                               |
    |                                   |
    +---------------+    +--------------+
                    |    |
                    |    |
                    |    |
                    |    |
                    +--0-+
"""
"""A corridor that one enters from below, and four rooms along it, two on each side."""

_HALLS = """\
    |hallN                           |
    +--2--+--------------------+--3--+
    |hallW|void                |hallE|
    |     |                    |     |
    |     |                    |     |
    +--4--+--------------------+--5--+
    |hallS                           |
    |                                |
"""
RING = f"""
    +--------------------------------+
    |A                               |
    +--1-----------------------------+
{_HALLS}    +--------------0-----------------+
"""
"""A room that one gets to by the left, and by a longer way by the right."""

THREE_ROOMS = f"""
    +----------+----------+----------+
    |A         |B         |C         |
    +--1-------+-----6----+----7-----+
{_HALLS}    +--------------------0-----------+
"""
"""The same with three rooms side by side."""


def hang(
    plan: Plan, sign_id: str, at: tuple[float, float], messages: Mapping[str, str], **given: object
) -> Plan:
    """Hang a sign whose reader looks north, with messages as what they name to arrow."""
    listed = [{"to": to, "arrow": arrow} for to, arrow in messages.items()]
    unit = given.pop("unit", "hall")
    sign = {"bearing_deg": 180, "mounting": "hanging", "messages": listed, **given}
    point = {"type": "Point", "coordinates": list(FRAME.to_degrees(*at))}
    said = {"category": "signage", "unit_ids": [unit], "wayfinder": {"sign": sign, "ref": sign_id}}
    return plan.with_features(make_feature(sign_id, "amenity", point, said))


RIGHT = {"A": "left", "B": "ahead-left", "C": "ahead-right", "D": "right"}
SWAPPED = {"A": "right", "B": "ahead-right", "C": "ahead-left", "D": "left"}


def make_tee(messages: Mapping[str, str] = RIGHT) -> Plan:
    """Make the house with one sign where the ways part."""
    return hang(draw_plan(TEE), "sign", (18.5, -11.0), messages)


def make_zone(locked: str = "") -> Plan:
    """Make the ring with three rooms of one zone; its sign says that the zone is to the right."""
    zone = {"wayfinder": {"zone": {"letter": "Z", "colour": "blue"}}, "name": {"en": "Zone Z"}}
    doors = {mark: {"locked": True} for mark in locked}
    plan = draw_plan(THREE_ROOMS, doors=doors, sections={"zone": (("A", "B", "C"), zone)})
    return hang(plan, "sign", (21.0, -16.2), {"zone": "right"}, mounting="wall", unit="hallS")


def make_ring(arrow: str = "left", locked: str = "") -> Plan:
    """Make the ring with a sign opposite the entrance; some doors are locked."""
    plan = draw_plan(RING, doors={mark: {"locked": True} for mark in locked})
    return hang(plan, "sign", (15.0, -16.2), {"A": arrow}, mounting="wall", unit="hallS")


def walk_by(router: Router, signs: Sequence[Sign]) -> list[Walk]:
    """Walk by some signs from all entrances to all places."""
    walker = SignWalker(router, signs)
    return [
        walker.walk(errand.entrance, walker.goals[errand.place], errand.shortest_m)
        for errand in list_errands(router)
    ]


def route(plan: Plan) -> Router:
    """Make the router of a plan."""
    return Router(build_network(plan))

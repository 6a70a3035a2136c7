"""A house of two floors with areas to close: a section without a name, a geofence with one."""

from tests.ascii_plan import draw_plan
from wayfinder.model import Plan, make_feature

_HOUSE = """
    level 0 F1
    +-----+-----+-----+-----+-----+
    |A    |B    |C    |D    |lift |
    +--1--+--2--+--3--+--4--+--5--+
    0hall                         |
    +-----------------------------+
    level 1 F2
    +-----+-----+-----+-----+-----+
    |E    |F    |G    |H    |lift |
    +--1--+--2--+--3--+--4--+--5--+
    |upper                        |
    +-----------------------------+
"""


def draw_areas() -> Plan:
    """Draw it: ``east`` holds C and D, ``fence`` what lies above each other in B and F."""
    sections = {"east": (["C", "D"], {"category": "unspecified"}), "b": (["B"], {})}
    plan = draw_plan(_HOUSE, sections=sections)
    properties = {
        "category": "geofence",
        "level_ids": ["level0", "level1"],
        "name": {"en": "Isolation", "zh-Hans": "隔离区"},
    }
    fence = make_feature("fence", "geofence", plan["b"].geometry, properties)
    return plan.without("b").with_features(fence)

"""A house with two lifts, stairs and a board in its hall, which is read looking north."""

from collections.abc import Mapping
from typing import Any

from tests.ascii_plan import draw_plan
from wayfinder.model import Conditions, Display, Plan, Release, find_display
from wayfinder.services.served import Served, make_served

HOUSE = """
level 0 G
+--------+--------+--------+--------+
|liftwest|eye     |ear     |lifteast|
+---1----+---2----+---3----+---4----+
|hall                               |
|                *display           |
x                                   |
|                                   |
+---5----+---6----+---7----+---8----+
|shop    |wcnear  |stairs  |wcfar   |
+--------+--------+--------+--------+
level 1 M
+--------+--------+--------+--------+
|liftwest|skin    |teeth   |lifteast|
+---1----+---2----+---3----+---4----+
|hall                               |
|                                   |
+---5----+---6----+---7----+--------+
|emerg   |staff   |stairs  |
+--------+--------+--------+
level 2 T
+--------+--------+
|liftwest|ward    |
+---1----+---2----+
|hall             |
+-----------------+
"""
UNITS: Mapping[str, Mapping[str, Any]] = {
    "liftwest": {"category": "elevator", "name": {"en": "Lift 3", "zh-Hans": "3号电梯"}},
    "lifteast": {"category": "elevator", "name": {"en": "Lift 5", "zh-Hans": "5号电梯"}},
    "eye": {"category": "ophthalmology", "name": {"en": "Eyes", "zh-Hans": "眼科"}},
    "ear": {"category": "ent", "name": {"en": "Ears", "zh-Hans": "耳鼻喉科"}},
    "shop": {"category": "convenience", "name": {"en": "Shop", "zh-Hans": "小卖部"}},
    "wcnear": {"category": "restroom"},
    "wcfar": {"category": "restroom"},
    "staff": {"category": "storage", "access": "staff", "name": {"en": "Store"}},
    "skin": {"category": "dermatology", "name": {"en": "Skin", "zh-Hans": "皮肤科"}},
    "teeth": {"category": "dentistry", "name": {"en": "Teeth", "zh-Hans": "口腔科"}},
    "emerg": {"category": "emergency", "name": {"en": "Emergency", "zh-Hans": "急诊科"}},
    "ward": {"category": "orthopaedics", "name": {"en": "Bones", "zh-Hans": "骨科"}},
}
BOARD: Mapping[str, Any] = {
    "kind": "board",
    "bearing_deg": 180,
    "width_px": 1920,
    "height_px": 1080,
    "pixel_pitch_mm": 0.63,
    "languages": ["zh-Hans", "en"],
    "mounting": "hanging",
}


def make_plan(
    display: Mapping[str, Any] | None = None,
    *,
    text: str = HOUSE,
    units: Mapping[str, Mapping[str, Any]] | None = None,
    **options: Any,  # noqa: ANN401 - of the plan
) -> Plan:
    """Make the plan of the house.

    Parameters
    ----------
    display
        What ``wayfinder.display`` says other than `BOARD`; None takes a member away.
    text
        The drawing.
    units
        Label to what differs from `UNITS`.
    options
        Further ones of `draw_plan`.
    """
    legend = {label: dict(said) for label, said in UNITS.items() if label in text}
    for label, more in (units or {}).items():
        legend[label] = {**legend.get(label, {}), **more}
    placed = {**BOARD, **(display or {})}
    kept = {key: value for key, value in placed.items() if value is not None}
    plan = draw_plan(text, units=legend, **options)
    return plan.with_features(plan["display"].with_wayfinder(display=kept))


def serve(
    display: Mapping[str, Any] | None = None,
    conditions: Conditions | None = None,
    **options: Any,  # noqa: ANN401 - of `make_plan`
) -> Served:
    """Serve the house."""
    return make_served("house", Release(make_plan(display, **options), 1), conditions)


def find_board(served: Served) -> Display:
    """Return the board of the house."""
    display = find_display(served.plan, "display")
    assert display is not None
    return display

"""A small house whose hall has screens."""

from collections.abc import Mapping
from typing import Any

from tests.signed import make_plan
from wayfinder.model import Feature, Plan, make_feature

KIOSK: Mapping[str, Any] = {
    "kind": "kiosk",
    "bearing_deg": 180,
    "width_px": 1080,
    "height_px": 1920,
    "pixel_pitch_mm": 0.63,
    "languages": ["zh-Hans", "en"],
    "mounting": "totem",
    "group": "hall",
}
BOARD: Mapping[str, Any] = {
    "kind": "board",
    "bearing_deg": 0,
    "width_px": 1920,
    "height_px": 1080,
    "pixel_pitch_mm": 0.63,
    "mounting": "hanging",
}


def make_screen(
    plan: Plan,
    feature_id: str,
    display: Mapping[str, Any],
    *,
    ref: str = "",
    unit_id: str = "hall",
) -> Feature:
    """Make the amenity of a display in the middle of a unit of a plan."""
    shape = plan[unit_id].shape
    assert shape is not None
    point = shape.representative_point()
    ours = {"display": dict(display), **({"ref": ref} if ref else {})}
    return make_feature(
        feature_id,
        "amenity",
        {"type": "Point", "coordinates": [point.x, point.y]},
        {"category": "display", "unit_ids": [unit_id], "wayfinder": ours},
    )


def make_house(
    displays: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    refs: Mapping[str, str] | None = None,
    tag: int = 0,
) -> Plan:
    """Make the plan of `tests.signed` with displays in its hall.

    Parameters
    ----------
    displays
        Feature id to the ``wayfinder.display`` object.
    refs
        Feature id to what one says on the telephone.
    tag
        Makes another plan of it, with another hash.
    """
    plan = make_plan(tag=tag)
    numbers = refs or {}
    made = (
        make_screen(plan, feature_id, said, ref=numbers.get(feature_id, ""))
        for feature_id, said in (displays or {}).items()
    )
    return plan.with_features(*made)

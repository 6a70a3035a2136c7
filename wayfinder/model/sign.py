"""Signs as the plan has them: where each hangs, which way it faces, what it is called."""

from dataclasses import dataclass
from typing import Any

from wayfinder.model.kinds import Amenity, Unit
from wayfinder.model.plan import Plan
from wayfinder.model.values import read_number, read_object, read_text

SIGNAGE = "signage"
"""Category of the amenities that are signs."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One face of a sign.

    Parameters
    ----------
    id
        Id of the amenity.
    level_id, unit_id
        Where it stands.
    point
        Metres in the venue's frame.
    bearing_deg
        Outward normal of its face, degrees clockwise from true north; None where the plan does not
        say.
    mounting
        ``wall``, ``hanging``, ``pillar``, ``door`` or ``totem``.
    ref
        What one says on the telephone, such as ``A3-07``; empty where it has none.
    code
        The code printed on it, or None.
    """

    id: str
    level_id: str
    unit_id: str
    point: tuple[float, float]
    bearing_deg: float | None
    mounting: str
    ref: str = ""
    code: str | None = None

    @property
    def facing_deg(self) -> float | None:
        """Where its reader looks: against the outward normal."""
        return None if self.bearing_deg is None else (self.bearing_deg + 180) % 360


def find_sign(plan: Plan, feature_id: str) -> Sign | None:
    """Return the sign with a feature id, or None where that is no sign or stands nowhere."""
    amenity = plan.find(feature_id, Amenity)
    if amenity is None or amenity.category != SIGNAGE:
        return None
    units = (plan.find(unit_id, Unit) for unit_id in amenity.unit_ids)
    unit = next((unit for unit in units if unit is not None), None)
    place = plan.find_geometry_m(feature_id)
    if unit is None or unit.level_id is None or place is None or place.is_empty:
        return None
    placed: dict[str, Any] = dict(read_object(amenity.wayfinder, "sign"))
    return Sign(
        id=feature_id,
        level_id=unit.level_id,
        unit_id=unit.id,
        point=(float(place.centroid.x), float(place.centroid.y)),
        bearing_deg=read_number(placed, "bearing_deg"),
        mounting=read_text(placed, "mounting") or "wall",
        ref=read_text(amenity.wayfinder, "ref") or "",
        code=read_text(amenity.wayfinder, "sign_code"),
    )


def list_signs(plan: Plan) -> tuple[Sign, ...]:
    """List the signs of a plan that stand somewhere, in the plan's order."""
    found = (find_sign(plan, amenity.id) for amenity in plan.list_of(Amenity))
    return tuple(sign for sign in found if sign is not None)

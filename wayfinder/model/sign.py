"""Signs as the plan has them: where each hangs, which way it faces, what it is called."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wayfinder.kept import keep_with
from wayfinder.model.kinds import Amenity, Unit
from wayfinder.model.plan import Plan
from wayfinder.model.values import read_number, read_object, read_text

SIGNAGE = "signage"
"""Category of the amenities that are signs."""


class Arrow(StrEnum):
    """Where an arrow points, seen by whoever reads the sign; up and down are floors."""

    AHEAD = "ahead"
    AHEAD_RIGHT = "ahead-right"
    RIGHT = "right"
    BACK_RIGHT = "back-right"
    BACK = "back"
    BACK_LEFT = "back-left"
    LEFT = "left"
    AHEAD_LEFT = "ahead-left"
    UP = "up"
    DOWN = "down"
    HERE = "here"


MOST_LINES = 8
"""Lines of a face: more than that nobody reads while walking (house figure)."""

LETTER_MM_PER_M = 25 / 7.5
"""Letters of 25 mm for each 7.5 m of reading distance (house figure)."""

_ARROWS = frozenset(map(str, Arrow))
_MOST_MESSAGES = 200
"""More than anybody prints on a face, and than a check of the plan lets pass (ours)."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that a sign announces.

    Parameters
    ----------
    to
        Id of the feature announced: a place, or the building, level or section (colour zone) that
        stands for all in it.
    arrow
        Where it lies, seen by the reader.
    """

    to: str
    arrow: Arrow


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
    messages
        What it announces, in the order of its lines; none where the plan says none.
    directory
        Whether it is a directory: it lists all places by building and floor, and has no messages.
    """

    id: str
    level_id: str
    unit_id: str
    point: tuple[float, float]
    bearing_deg: float | None
    mounting: str
    ref: str = ""
    code: str | None = None
    messages: tuple[Message, ...] = ()
    directory: bool = False

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
        messages=tuple(_read_messages(placed)),
        directory=placed.get("directory") is True,
    )


def _read_messages(placed: Mapping[str, Any]) -> Iterator[Message]:
    """Yield the messages that can be read; of very many the first."""
    listed = placed.get("messages")
    for entry in listed[:_MOST_MESSAGES] if isinstance(listed, list | tuple) else ():
        if not isinstance(entry, Mapping):
            continue
        to, arrow = entry.get("to"), entry.get("arrow")
        if isinstance(to, str) and to and isinstance(arrow, str) and arrow in _ARROWS:
            yield Message(to, Arrow(arrow))


def list_signs(plan: Plan) -> tuple[Sign, ...]:
    """List the signs of a plan that stand somewhere, in the plan's order; they are kept with it."""
    return keep_with(plan, "signs", lambda: _list_signs(plan))


def _list_signs(plan: Plan) -> tuple[Sign, ...]:
    found = (find_sign(plan, amenity.id) for amenity in plan.list_of(Amenity))
    return tuple(sign for sign in found if sign is not None)

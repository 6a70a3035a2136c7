"""Facilities, departments, signs and screens: what stands at a point."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field
from shapely.geometry import Point

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.errors import EditError
from wayfinder.edit.fields import Id, Labels, Members, NewId, Ours, Position
from wayfinder.edit.neighbours import find_unit_at
from wayfinder.edit.outlines import round_position, write_point
from wayfinder.edit.properties import merge_labels, set_given, set_properties
from wayfinder.model import Amenity, Anchor, Feature, Occupant, Plan, Unit, make_feature
from wayfinder.model.sign import SIGNAGE, Arrow

_WALL_M = 0.5
"""What hangs on a wall may be set this far off the unit that it belongs to (ours)."""

Bearing = Annotated[float, Field(ge=0, le=360)]


@dataclass(frozen=True, kw_only=True)
class AddAmenity(Action):
    """Set a facility: a toilet, a counter, a machine.

    It belongs to the unit that it stands in.

    Parameters
    ----------
    id
        Its id, free so far.
    level_id
        The level that it stands on.
    at
        Where.
    category
        IMDF category, or one of the presets.
    members, ours
        What else is known of it, as in ``set-properties``.
    """

    kind: ClassVar[str] = "add-amenity"

    id: NewId
    level_id: Id
    at: Position
    category: str
    members: Members = field(default_factory=dict)
    ours: Ours = field(default_factory=dict)

    def apply(self, plan: Plan) -> Edit:
        """Add the facility."""
        changes = Changes(plan)
        made = _add_amenity(changes, self.id, self.level_id, self.at)
        set_given(changes, made, {**self.members, "category": self.category}, self.ours)
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class AddSign(Action):
    """Hang a sign.

    Parameters
    ----------
    id
        Its id, free so far.
    level_id
        The level that it hangs on.
    at
        Where.
    bearing_deg
        Outward normal of its face, degrees clockwise from true north.
    mounting
        How it is mounted.
    ref
        What one says on the telephone, such as ``A3-07``.
    ours
        What else is known of it, as in ``set-properties``.
    """

    kind: ClassVar[str] = "add-sign"

    id: NewId
    level_id: Id
    at: Position
    bearing_deg: Bearing
    mounting: Literal["wall", "hanging", "pillar", "door", "totem"] = "wall"
    ref: str | None = None
    ours: Ours = field(default_factory=dict)

    def apply(self, plan: Plan) -> Edit:
        """Add the sign."""
        changes = Changes(plan)
        _add_facing(changes, self, SIGNAGE, "sign", {"mounting": self.mounting})
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class AddDisplay(Action):
    """Set up a screen that nobody attends: a kiosk to touch, or a board to read.

    Parameters
    ----------
    id
        Its id, free so far.
    level_id
        The level that it stands on.
    at
        Where.
    bearing_deg
        Outward normal of its glass, degrees clockwise from true north.
    display_kind
        Whether it is touched or read.
    ref
        What one says on the telephone, such as ``K-01``.
    ours
        What else is known of it, as in ``set-properties``.
    """

    kind: ClassVar[str] = "add-display"

    id: NewId
    level_id: Id
    at: Position
    bearing_deg: Bearing
    display_kind: Literal["kiosk", "board"]
    ref: str | None = None
    ours: Ours = field(default_factory=dict)

    def apply(self, plan: Plan) -> Edit:
        """Add the screen."""
        changes = Changes(plan)
        _add_facing(changes, self, "display", "display", {"kind": self.display_kind})
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class Turn(Action):
    """Turn a sign or a screen.

    Parameters
    ----------
    feature
        The sign or screen.
    bearing_deg
        Outward normal of its face, degrees clockwise from true north.
    """

    kind: ClassVar[str] = "turn"

    feature: Id
    bearing_deg: Bearing

    def apply(self, plan: Plan) -> Edit:
        """Set the bearing."""
        changes = Changes(plan)
        amenity = changes.get(self.feature, Amenity)
        bearing = self.bearing_deg % 360
        faces = {
            key: {**value, "bearing_deg": bearing}
            for key in ("sign", "display")
            if isinstance(value := amenity.wayfinder.get(key), Mapping)
        }
        if not faces and amenity.category == SIGNAGE:
            faces = {"sign": {"bearing_deg": bearing}}
        if not faces:
            raise EditError("no-face", {}, amenity.id)
        set_properties(changes, amenity, {}, faces)
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a sign.

    Parameters
    ----------
    to
        Id of what it announces.
    arrow
        Where that lies, seen by the reader.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)

    to: Id
    arrow: Literal[
        "ahead", "ahead-right", "right", "back-right", "back", "back-left", "left", "ahead-left",
        "up", "down", "here",
    ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SetMessages(Action):
    """Say what a sign announces, line by line; none makes it say nothing.

    Parameters
    ----------
    feature
        The sign.
    messages
        Its lines, in their order.
    """

    kind: ClassVar[str] = "set-messages"

    feature: Id
    messages: Annotated[tuple[Line, ...], Field(max_length=200)]

    def apply(self, plan: Plan) -> Edit:
        """Set the lines."""
        changes = Changes(plan)
        amenity = changes.get(self.feature, Amenity)
        face = amenity.wayfinder.get("sign")
        if amenity.category != SIGNAGE:
            raise EditError("no-face", {}, amenity.id)
        lines = [{"to": line.to, "arrow": str(Arrow(line.arrow))} for line in self.messages]
        known = dict(face) if isinstance(face, Mapping) else {}
        set_properties(changes, amenity, {}, {"sign": {**known, "messages": lines}})
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class AddOccupant(Action):
    """Enter a department or service, and where one has arrived at it.

    Parameters
    ----------
    id
        Its id, free so far.
    anchor_id
        Id of the point at which one has arrived, free so far; or, without a place, of one that is
        there already.
    level_id, at
        Where that point is.
    category
        A category of the presets, or any other.
    name
        Its name by language.
    members, ours
        What else is known of it, as in ``set-properties``.
    """

    kind: ClassVar[str] = "add-occupant"

    id: NewId
    anchor_id: Id
    category: str
    name: Labels
    level_id: Id | None = None
    at: Position | None = None
    members: Members = field(default_factory=dict)
    ours: Ours = field(default_factory=dict)

    def apply(self, plan: Plan) -> Edit:
        """Add the occupant and, where it has a place, its anchor."""
        changes = Changes(plan)
        if (self.at is None) is not (self.level_id is None):
            raise EditError("place-without-level", {}, self.id)
        if self.at is None or self.level_id is None:
            changes.get(self.anchor_id, Anchor)
        else:
            unit = _find_unit(changes, self.level_id, self.at, self.id)
            changes.add(self.anchor_id, "anchor", write_point(self.at), {"unit_id": unit.id})
        made = changes.add(self.id, "occupant", None, {"anchor_id": self.anchor_id})
        names = merge_labels({}, self.name) or None
        set_given(
            changes, made, {**self.members, "category": self.category, "name": names}, self.ours
        )
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class MovePoint(Action):
    """Move a facility, sign, screen or department; it belongs to the unit that it is in then.

    Parameters
    ----------
    feature
        What is moved; of a department, its anchor goes.
    to
        Where to.
    level_id
        The level; null: the one it is on.
    """

    kind: ClassVar[str] = "move-point"

    feature: Id
    to: Position
    level_id: Id | None = None

    def apply(self, plan: Plan) -> Edit:
        """Move it."""
        changes = Changes(plan)
        feature = changes.get(self.feature, Feature)
        if isinstance(feature, Occupant):
            feature = changes.get(feature.anchor_id or "", Anchor)
        if not isinstance(feature, Amenity | Anchor):
            values = {"id": feature.id[:80], "expected": "amenity", "found": feature.feature_type}
            raise EditError("feature-of-other-kind", values, feature.id)
        level_id = self.level_id or _find_level(changes, feature)
        unit = _find_unit(changes, level_id, self.to, feature.id)
        changes.put(_place(feature, self.to, unit))
        return changes.finish()


def _add_facing(
    changes: Changes, action: AddSign | AddDisplay, category: str, key: str, own: Mapping[str, str]
) -> None:
    """Add what is looked at from in front, with what is its own under a key of ours."""
    made = _add_amenity(changes, action.id, action.level_id, action.at)
    facing = {**(action.ours.get(key) or {}), **own, "bearing_deg": action.bearing_deg % 360}
    ours = {**action.ours, key: facing, **({"ref": action.ref} if action.ref else {})}
    set_given(changes, made, {"category": category}, ours)


def _add_amenity(changes: Changes, key: str, level_id: str, at: Sequence[float]) -> Feature:
    unit = _find_unit(changes, level_id, at, key)
    return changes.add(key, "amenity", write_point(at), {"unit_ids": [unit.id]})


def _find_unit(changes: Changes, level_id: str, at: Sequence[float], feature_id: str) -> Unit:
    """Return the unit that a position lies in; raises EditError where there is none."""
    changes.check_level(level_id)
    point = Point(changes.plan.frame.to_metres(at[0], at[1]))
    unit = find_unit_at(changes, level_id, point, within_m=_WALL_M)
    if unit is None:
        raise EditError("place-off-units", {}, feature_id)
    return unit


def _find_level(changes: Changes, feature: Amenity | Anchor) -> str:
    """Return the id of the level of the unit that a point belongs to."""
    ids = feature.unit_ids if isinstance(feature, Amenity) else (feature.unit_id,)
    units = (changes.find(key, Unit) for key in ids)
    level_id = next((unit.level_id for unit in units if unit is not None), feature.level_id)
    if level_id is None:
        raise EditError("level-not-given", {}, feature.id)
    return level_id


def _place(feature: Amenity | Anchor, to: Sequence[float], unit: Unit) -> Feature:
    """Return a point elsewhere; further numbers of its position stay."""
    old: Any = (feature.geometry or {}).get("coordinates")
    height = old[2:] if isinstance(old, list | tuple) and len(old) > 2 else []
    geometry = {"type": "Point", "coordinates": [*round_position(to[0], to[1]), *height]}
    properties: dict[str, Any] = dict(feature.properties)
    if isinstance(feature, Anchor):
        properties["unit_id"] = unit.id
    else:
        others = [key for key in feature.unit_ids[1:] if key != unit.id]
        properties["unit_ids"] = [unit.id, *others]
    if properties.get("level_id") is not None:
        properties["level_id"] = unit.level_id
    return make_feature(feature.id, feature.feature_type, geometry, properties, feature.members)

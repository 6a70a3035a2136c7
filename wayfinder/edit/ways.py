"""Ways drawn by hand, and ways forbidden: they win over what is derived."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.doorways import find_door_line, find_sides_of
from wayfinder.edit.errors import EditError
from wayfinder.edit.fields import Id, Line, Members, NewId, Ours
from wayfinder.edit.outlines import measure, write_line
from wayfinder.edit.properties import set_given, set_properties
from wayfinder.edit.references import point_to
from wayfinder.edit.vertices import put_drawn
from wayfinder.model import (
    Amenity,
    Anchor,
    Feature,
    Kiosk,
    Occupant,
    Opening,
    Plan,
    Relationship,
    Unit,
)

_ENDS = (Amenity, Anchor, Kiosk, Occupant, Opening, Unit)
_FOUND_M = 0.02
"""Vertices of ways this near are one, so that ways meet."""

Category = Literal[
    "traversal", "elevator", "escalator", "movingwalkway", "ramp", "stairs", "steps"
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class AddWay(Action):
    """Draw a way along a line: across a courtyard, up a ramp, through a gap in the drawing.

    Ways meet where they share a vertex, and doors where they end at one.

    Parameters
    ----------
    id
        Its id, free so far.
    line
        Its line.
    level_ids
        The level that it lies on, or those at its start and at its end.
    category
        What one does on it.
    directed
        Whether one goes from its start to its end alone.
    members, ours
        What else is known of it, as in ``set-properties``: ``clear_width_m`` or ``incline``, say.
    """

    kind: ClassVar[str] = "add-way"

    id: NewId
    line: Line
    level_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=2)]
    category: Category = "traversal"
    directed: bool = False
    members: Members = field(default_factory=dict)
    ours: Ours = field(default_factory=dict)

    def apply(self, plan: Plan) -> Edit:
        """Add the way."""
        changes = Changes(plan)
        for level_id in self.level_ids:
            changes.check_level(level_id)
        settled = _meet(changes, self.line, self.level_ids)
        made = changes.add(self.id, "relationship", write_line(settled), {})
        put_drawn(changes, made)
        ours = {**self.ours, "level_ids": list(self.level_ids)}
        members = {
            **self.members,
            "category": self.category,
            "direction": "directed" if self.directed else "undirected",
        }
        set_given(changes, made, members, ours)
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class Connect(Action):
    """Say that one gets from one place to another, one way through doors, or not at all.

    Parameters
    ----------
    id
        Id of the relationship, free so far.
    origin, destination
        Where from and where to: units, doors, facilities.
    through
        What it leads through, in its order. Doors: the way, if directed, is one way through them.
    category
        What one does on the way.
    directed
        Whether one goes from the origin to the destination alone.
    banned
        Whether nobody goes there instead.
    members, ours
        What else is known of it, as in ``set-properties``.
    """

    kind: ClassVar[str] = "connect"

    id: NewId
    origin: Id
    destination: Id
    through: Annotated[tuple[Id, ...], Field(max_length=100)] = ()
    category: Category = "traversal"
    directed: bool = False
    banned: bool = False
    members: Members = field(default_factory=dict)
    ours: Ours = field(default_factory=dict)

    def apply(self, plan: Plan) -> Edit:
        """Add the relationship."""
        changes = Changes(plan)
        chain = [
            changes.get(key, Feature) for key in (self.origin, *self.through, self.destination)
        ]
        for one in chain:
            if not isinstance(one, _ENDS):
                values = {"id": one.id[:80], "expected": "unit", "found": one.feature_type}
                raise EditError("feature-of-other-kind", values, one.id)
        if chain[0].id == chain[-1].id:
            raise EditError("way-to-itself", {}, chain[0].id)
        if self.directed and not self.banned:
            _check_doors(changes, chain)
        first, *between, last = (point_to(one) for one in chain)
        ends = {"origin": first, "intermediary": between or None, "destination": last}
        made = changes.add(self.id, "relationship", None, ends)
        members = {
            **self.members,
            "category": self.category,
            "direction": "directed" if self.directed else "undirected",
        }
        ours = {**self.ours, **({"banned": True} if self.banned else {})}
        set_given(changes, made, members, ours)
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class SetWay(Action):
    """Turn a drawn way round, make it one-way or both ways, forbid or allow it.

    Parameters
    ----------
    feature
        The relationship.
    directed
        Whether one goes from its start to its end alone; null: as it is.
    banned
        Whether nobody goes there; null: as it is.
    turned
        Whether its start and its end change places.
    """

    kind: ClassVar[str] = "set-way"

    feature: Id
    directed: bool | None = None
    banned: bool | None = None
    turned: bool = False

    def apply(self, plan: Plan) -> Edit:
        """Set the way."""
        changes = Changes(plan)
        way = changes.get(self.feature, Relationship)
        if self.turned:
            way = _turn(way)
        members: dict[str, Any] = {}
        if self.directed is not None:
            members["direction"] = "directed" if self.directed else "undirected"
        ours: dict[str, Any] = {}
        if self.banned is not None:
            ours["banned"] = self.banned or None
        set_properties(changes, way, members, ours)
        return changes.finish()


def _turn(way: Relationship) -> Relationship:
    """Return a way whose start and end have changed places."""
    properties = dict(way.properties)
    properties["origin"], properties["destination"] = (
        properties.get("destination"),
        properties.get("origin"),
    )
    between = properties.get("intermediary")
    if isinstance(between, list | tuple):
        properties["intermediary"] = list(reversed(between))
    ours = dict(way.wayfinder)
    if way.level_ids:
        ours["level_ids"] = list(reversed(way.level_ids))
    if way.incline is not None:
        ours["incline"] = -way.incline
    if ours:
        properties["wayfinder"] = ours
    geometry = way.geometry
    if geometry is not None:
        if geometry.get("type") != "LineString":
            raise EditError("shape-not-of-kind", {"feature_type": "relationship"}, way.id)
        geometry = {**geometry, "coordinates": list(reversed(geometry["coordinates"]))}
    return Relationship(way.id, way.feature_type, geometry, properties, way.members)


def _check_doors(changes: Changes, chain: Sequence[Feature]) -> None:
    """Refuse a one-way through doors that do not lead from one of its units to the next."""
    if not any(isinstance(one, Opening) for one in chain[1:-1]):
        return
    at: str | None = chain[0].id
    for one in chain[1:]:
        if not isinstance(one, Opening):
            if one.id != at:
                raise EditError("door-leads-elsewhere", {}, one.id)
            continue
        line = find_door_line(changes, one)
        if line is None or one.level_id is None:
            raise EditError("shape-missing", {}, one.id)
        sides = find_sides_of(changes, one.level_id, line)
        if at not in sides.units:
            raise EditError("door-leads-elsewhere", {}, one.id)
        at = sides.right if at == sides.left else sides.left


def _meet(
    changes: Changes, line: Sequence[Sequence[float]], level_ids: Sequence[str]
) -> list[Sequence[float]]:
    """Return a line whose vertices within 2 cm of another way's are that vertex."""
    frame = changes.plan.frame
    others = [
        position
        for way in changes.list_of(Relationship)
        if way.geometry is not None
        and way.geometry.get("type") == "LineString"
        and not set(level_ids).isdisjoint(way.level_ids)
        for position in way.geometry["coordinates"]
    ]
    settled = []
    for position in line:
        here = frame.to_metres(position[0], position[1])
        near = [
            other
            for other in others
            if measure(here, frame.to_metres(other[0], other[1])) <= _FOUND_M
        ]
        settled.append(near[0] if near else position)
    return settled

"""What mends issues with one click: the edits that finders of issues propose.

``add-door``, ``join-units``, ``move-opening`` and ``set-time-zone`` are at home with doors and the
venue.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.errors import EditError, MalformedActionError
from wayfinder.edit.fields import Id, Ids
from wayfinder.edit.outlines import map_positions, move_positions
from wayfinder.edit.properties import set_properties
from wayfinder.model import Feature, Fix, Plan, Unit, make_feature

_PLACED = frozenset({"unit", "opening", "section", "fixture", "kiosk", "detail"})

_MOST_LON, _MOST_LAT = 180, 90

SHOWN_ONLY: Mapping[str, frozenset[str]] = {"add-door": frozenset({"towards"})}
"""Arguments of a fix that only its words need."""

OF_THE_SOURCE = "osm-"
"""What fixes begin with that mend the file which a plan was made of, where it is edited."""


@dataclass(frozen=True, kw_only=True)
class SetCategory(Action):
    """Say what a feature is.

    Parameters
    ----------
    feature
        What it is about.
    category
        IMDF category, or one of the presets.
    """

    kind: ClassVar[str] = "set-category"

    feature: Id
    category: str

    def apply(self, plan: Plan) -> Edit:
        """Set the category."""
        changes = Changes(plan)
        feature = changes.get(self.feature, Feature)
        set_properties(changes, feature, {"category": self.category})
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class SetDirection(Action):
    """Say which way an escalator or a one-way stair runs.

    Parameters
    ----------
    feature
        The unit.
    direction
        ``up``, ``down``, or null for both ways.
    """

    kind: ClassVar[str] = "set-direction"

    feature: Id
    direction: Literal["up", "down"] | None

    def apply(self, plan: Plan) -> Edit:
        """Set the direction."""
        changes = Changes(plan)
        unit = changes.get(self.feature, Unit)
        set_properties(changes, unit, {}, {"direction": self.direction})
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class SetLevel(Action):
    """Put a feature onto another level, where it stands.

    Parameters
    ----------
    feature
        What is moved.
    level
        Id of the level.
    """

    kind: ClassVar[str] = "set-level"

    feature: Id
    level: Id

    def apply(self, plan: Plan) -> Edit:
        """Set the level."""
        changes = Changes(plan)
        feature = changes.get(self.feature, Feature)
        changes.check_level(self.level)
        if feature.feature_type not in _PLACED:
            raise EditError("not-on-level", {"feature_type": feature.feature_type}, feature.id)
        changes.put(feature.with_properties(level_id=self.level))
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class SwapCoordinates(Action):
    """Swap longitude and latitude, which somebody wrote the wrong way round.

    Parameters
    ----------
    features
        What is mirrored, or ``all``.
    """

    kind: ClassVar[str] = "swap-coordinates"

    features: Ids | Literal["all"]

    def apply(self, plan: Plan) -> Edit:
        """Swap the coordinates; refused where they were right: swapped they lie off the earth."""
        changes = Changes(plan)
        ids = list(plan.features) if self.features == "all" else list(self.features)
        for key in dict.fromkeys(ids):
            swapped = _swap(changes.get(key, Feature))
            if not _is_on_earth(swapped):
                raise EditError("not-swapped", {}, key)
            changes.put(swapped)
        return changes.finish()


def _swap(feature: Feature) -> Feature:
    def turn(position: Sequence[float]) -> Sequence[float]:
        return [position[1], position[0], *position[2:]]

    geometry = None if feature.geometry is None else _turn(feature.geometry, turn)
    properties = dict(feature.properties)
    point = properties.get("display_point")
    if isinstance(point, Mapping) and feature.display_point is not None:
        properties["display_point"] = move_positions(point, turn)
    return make_feature(feature.id, feature.feature_type, geometry, properties, feature.members)


def _is_on_earth(feature: Feature) -> bool:
    shape, point = feature.shape, feature.display_point
    corners = [] if shape is None or shape.is_empty else [shape.bounds[:2], shape.bounds[2:]]
    corners += [point] if point is not None else []
    return all(abs(lon) <= _MOST_LON and abs(lat) <= _MOST_LAT for lon, lat in corners)


def _turn(geometry: Mapping[str, Any], turn: Any) -> dict[str, Any]:  # noqa: ANN401 - a function
    """Return a geometry, or a collection of them, with its positions turned."""
    parts = geometry.get("geometries")
    if isinstance(parts, list | tuple):
        return {**geometry, "geometries": [_turn(part, turn) for part in parts]}
    return {**geometry, "coordinates": map_positions(geometry.get("coordinates"), turn)}


def make_fix(fix: Fix, **more: Any) -> Action:  # noqa: ANN401 - JSON values
    """Return the action that a fix proposes.

    Parameters
    ----------
    fix
        What a finder proposed.
    more
        What the action needs besides: ``id`` of a new door, ``time_zone``.

    Raises
    ------
    MalformedActionError
        The fix is for the file that the plan was made of, or lacks something.
    """
    from wayfinder.edit.documents import parse_action

    if fix.action.startswith(OF_THE_SOURCE):
        raise MalformedActionError("fix-of-source", {"action": fix.action})
    shown = SHOWN_ONLY.get(fix.action, frozenset())
    arguments = {key: value for key, value in fix.arguments.items() if key not in shown}
    return parse_action({"kind": fix.action, **arguments, **more})

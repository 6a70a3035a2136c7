"""Vertices moved: shared walls move together, and doors go along."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import Field
from shapely.geometry import MultiPoint

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.doorways import Moved, carry_doors
from wayfinder.edit.errors import EditError
from wayfinder.edit.fields import Id, Position
from wayfinder.edit.labels import with_label_inside
from wayfinder.edit.neighbours import find_shape_m, list_near
from wayfinder.edit.outlines import (
    LEAST_AREA_M2,
    SAME_M,
    Metres,
    Nearby,
    check_area,
    check_near,
    know_positions,
    list_positions,
    measure,
    move_positions,
    round_position,
)
from wayfinder.model import Detail, Feature, Level, Plan, Section, Unit, make_feature

_AREAS = frozenset({"Polygon", "MultiPolygon"})


@dataclass(frozen=True, kw_only=True)
class MoveVertices(Action):
    """Move vertices of an outline or a line.

    Vertices of other units, of drawn walls, sections and the level's outline that lie within 1 cm
    of a unit's vertex are the same corner, and move with it; doors go along with their walls.

    Parameters
    ----------
    feature
        What is drawn.
    moves
        Pairs of positions: of a vertex, to within 1 cm, and where it goes.
    alone
        Whether neighbours stay where they are.
    """

    kind: ClassVar[str] = "move-vertices"

    feature: Id
    moves: Annotated[tuple[tuple[Position, Position], ...], Field(max_length=2_000)]
    alone: bool = False

    def apply(self, plan: Plan) -> Edit:
        """Move the vertices and what goes along."""
        changes = Changes(plan)
        feature = changes.get(self.feature, Feature)
        frame = plan.frame
        targets = [(frame.to_metres(*start), round_position(*end)) for start, end in self.moves]
        _check_vertices(changes, feature, [start for start, _ in targets])
        move_shared(changes, feature, targets, alone=self.alone)
        return changes.finish()


Targets = Sequence[tuple[Metres, list[float]]]
"""Vertices in metres, and the positions in degrees to which they go."""


def move_shared(changes: Changes, feature: Feature, targets: Targets, *, alone: bool) -> None:
    """Move vertices of a feature and, if it is a unit, of those that have them in common."""
    if not targets:
        return
    group: list[Feature] = [feature]
    level_id = feature.level_id
    targets = _settle(changes, feature, targets)
    if isinstance(feature, Unit) and level_id is not None and not alone:
        group += _list_sharing(changes, feature, level_id, MultiPoint([at for at, _ in targets]))
    moved: list[Moved] = []
    for one in group:
        moved += _move(changes, one, targets)
    if isinstance(feature, Unit) and level_id is not None:
        carry_doors(changes, level_id, moved, [one.id for one in group])


def _settle(changes: Changes, feature: Feature, targets: Targets) -> Targets:
    """Return targets within 1 cm of a vertex that stays as that vertex, to the last digit."""
    frame = changes.plan.frame
    known: list[Feature] = [feature]
    ends = [frame.to_metres(*to) for _, to in targets]
    if isinstance(feature, Unit) and feature.level_id is not None:
        near = list_near(changes, feature.level_id, Unit, MultiPoint(ends), 2 * SAME_M)
        known += [other for other, _ in near]
    leaving = Nearby([start for start, _ in targets], SAME_M)
    staying = {
        here: position
        for here, position in know_positions(frame, known).items()
        if leaving.find(here) is None
    }
    positions, index = list(staying.values()), Nearby(staying, SAME_M)
    settled = []
    for (start, to), end in zip(targets, ends, strict=True):
        number = index.find(end)
        settled.append((start, to if number is None else [*positions[number][:2]]))
    return settled


def _list_sharing(
    changes: Changes, feature: Feature, level_id: str, points: MultiPoint
) -> Iterator[Feature]:
    for kind in (Unit, Detail, Section):
        for other, _ in list_near(changes, level_id, kind, points, 2 * SAME_M):
            if other.id != feature.id:
                yield other
    level = changes.find(level_id, Level)
    if level is not None:
        yield level


def _check_vertices(changes: Changes, feature: Feature, starts: Sequence[Metres]) -> None:
    """Refuse vertices that the feature does not have."""
    geometry = feature.geometry or {}
    vertices = Nearby(
        [
            changes.plan.frame.to_metres(position[0], position[1])
            for position in list_positions(geometry.get("coordinates"))
        ],
        SAME_M,
    )
    for start in starts:
        if vertices.find(start) is None:
            lon, lat = round_position(*changes.plan.frame.to_degrees(*start))
            raise EditError("vertex-missing", {"place": f"{lon}, {lat}"}, feature.id)


def _move(changes: Changes, feature: Feature, targets: Targets) -> list[Moved]:
    """Move those vertices of a feature that are among the targets; return the moved edges."""
    if feature.geometry is None:
        return []
    frame = changes.plan.frame
    index = Nearby([start for start, _ in targets], SAME_M)
    touched = False

    def place(position: Sequence[float]) -> Sequence[float]:
        nonlocal touched
        number = index.find(frame.to_metres(position[0], position[1]))
        if number is None or targets[number][1] == list(position[:2]):
            return position
        touched = True
        return [*targets[number][1], *position[2:]]

    geometry = move_positions(feature.geometry, place)
    if not touched:
        return []
    moved = list(_list_moved(changes, feature.geometry, geometry))
    if geometry["type"] in _AREAS:
        geometry["coordinates"] = _without_repeats(geometry["coordinates"])
    made = make_feature(
        feature.id, feature.feature_type, geometry, feature.properties, feature.members
    )
    put_drawn(changes, made)
    return moved


def put_drawn(changes: Changes, made: Feature) -> Feature:
    """Put a feature whose outline is new, refusing one that is none; its label stays inside.

    What crossed itself or was too small when it was read may be so still: it is mended step by
    step, and does not bar what is done to its neighbours.

    Raises
    ------
    EditError
        The outline crosses itself, is empty or far away, or a line has no length.
    """
    shape = find_shape_m(changes, made)
    is_area = made.geometry is not None and made.geometry["type"] in _AREAS
    if is_area and not _was_unsound(changes, made.id):
        if shape is None:
            raise EditError("area-crosses-itself", {}, made.id)
        check_area(shape, made.id)
    elif shape is not None:
        check_near(shape, made.id)
    if is_area and shape is not None and shape.is_valid:
        made = with_label_inside(changes, made, shape)
    elif not is_area and (shape is None or (shape.geom_type != "Point" and shape.length < SAME_M)):
        raise EditError("line-too-short", {}, made.id)
    changes.put(made)
    return made


def _was_unsound(changes: Changes, feature_id: str) -> bool:
    """Tell whether an area was none already as it was read."""
    old = changes.plan.find(feature_id, Feature)
    if old is None or old.geometry is None or old.geometry.get("type") not in _AREAS:
        return False
    shape = find_shape_m(changes, old)
    return shape is None or not shape.is_valid or shape.area < LEAST_AREA_M2


def _list_moved(
    changes: Changes,
    old: Mapping[str, Any],
    new: dict[str, Any],
) -> Iterator[Moved]:
    """Yield the edges that differ, before vertices that fell together are left out."""
    frame = changes.plan.frame
    for ring, other in zip(
        list_lines(old["coordinates"]), list_lines(new["coordinates"]), strict=True
    ):
        before = [frame.to_metres(p[0], p[1]) for p in ring]
        after = [frame.to_metres(p[0], p[1]) for p in other]
        edges = zip(before, before[1:], after, after[1:], strict=False)
        for a, b, new_a, new_b in edges:
            if (a, b) != (new_a, new_b) and measure(a, b) > 0:
                yield Moved((a, b), (new_a, new_b))


def list_lines(coordinates: Any) -> Iterator[Sequence[Sequence[float]]]:  # noqa: ANN401
    """Yield the rings or lines of GeoJSON coordinates."""
    if not coordinates or isinstance(coordinates[0], int | float):
        return
    if isinstance(coordinates[0][0], int | float):
        yield coordinates
    else:
        for part in coordinates:
            yield from list_lines(part)


def _without_repeats(coordinates: Any) -> Any:  # noqa: ANN401 - however deep
    """Return coordinates whose rings have no vertex twice in a row."""
    if not isinstance(coordinates[0][0], int | float):
        return [_without_repeats(part) for part in coordinates]
    kept = [coordinates[0]]
    for position in coordinates[1:]:
        if list(position[:2]) != list(kept[-1][:2]):
            kept.append(position)
    return kept

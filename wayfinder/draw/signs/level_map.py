"""What all signs of a level share of its map: its shapes, what names must keep off, its rooms."""

from dataclasses import dataclass, replace
from functools import cached_property
from math import cos, inf, radians, sin

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.homes import Home, Room, clear_room, make_room
from wayfinder.draw.places import Place
from wayfinder.draw.scene import Scene
from wayfinder.draw.signs.display import Part
from wayfinder.draw.signs.ground import draw_ground
from wayfinder.draw.signs.outlines import Box
from wayfinder.draw.theme import Theme
from wayfinder.draw.view import View, Xy
from wayfinder.kept import keep_with

_BEFORE_M = 1.0
_LAST_RANK = 6
_EVERYWHERE = (-inf, -inf, inf, inf)
_UNNAMED = frozenset({"staff", "void", "structure"})


@dataclass(frozen=True)
class Standing:
    """Where the reader of a sign stands and what matters to them.

    Parameters
    ----------
    point
        Of the sign, in metres.
    bearing_deg
        Outward normal of its face, or None: then walls are level and there is no wedge.
    spots
        Where ways part next, in metres.
    announced
        Ids of what the sign announces, named on the map before all else.
    hidden
        Ids that the map leaves out: the sign itself.
    """

    point: Xy
    bearing_deg: float | None
    spots: tuple[Xy, ...] = ()
    announced: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()

    @property
    def reader(self) -> Xy:
        """Where one stands to read, in metres."""
        if self.bearing_deg is None:
            return self.point
        turned = radians(self.bearing_deg)
        return self.point[0] + _BEFORE_M * sin(turned), self.point[1] + _BEFORE_M * cos(turned)


class LevelMap:
    """What all signs of a level share of its map.

    Parameters
    ----------
    scene
        The level.
    theme
        Its colours.
    """

    def __init__(self, scene: Scene, theme: Theme) -> None:
        self.scene = scene
        self.theme = theme
        self._parts: dict[float, Part] = {}
        self._blocks: dict[float, BaseGeometry] = {}
        self._cleared: dict[str, BaseGeometry] = {}
        self._rooms: dict[tuple[str, float, float], tuple[BaseGeometry, Room]] = {}

    def find_home(self, place: Place, view: View) -> Home | None:
        """Return the room of a place in a picture, as far as it is in its frame.

        Most signs look along the same few directions: their rooms differ by where they are, and
        at the edge of the picture by what is left of them.
        """
        if place.home is None:
            return None
        key = (place.feature, view.up_deg, view.px_per_m)
        known = self._rooms.get(key)
        if known is None:
            still = replace(view, shift_px=(0.0, 0.0)).shape(self._clear(place, place.home))
            known = self._rooms[key] = (still, make_room(still, _EVERYWHERE, view.px_per_m))
        still, room = known
        x, y = view.shift_px
        left, top, right, bottom = view.frame
        frame = (left - x, top - y, right - x, bottom - y)
        west, north, east, south = still.bounds
        if west < frame[0] or north < frame[1] or east > frame[2] or south > frame[3]:
            room = make_room(still, frame, view.px_per_m)
        return Home(room, view.shift_px)

    def _clear(self, place: Place, home: Polygon | MultiPolygon) -> BaseGeometry:
        """Return what of a place's room is free for its name, in metres."""
        found = self._cleared.get(place.feature)
        if found is None:
            found = self._cleared[place.feature] = clear_room(home, self.furniture)
        return found

    def part(self, px_per_m: float) -> Part:
        """Return its shapes in pixels, north up."""
        found = self._parts.get(px_per_m)
        if found is None:
            items = tuple(draw_ground(self.scene, self.theme, px_per_m))
            boxes = np.array([item.outline.bounds for item in items]) if items else np.zeros((1, 4))
            (left, top), (right, bottom) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
            bounds = (left - 10, top - 10, right + 10, bottom + 10)
            key = f"level {self.scene.level_id} {self.theme.name} {px_per_m:.3f}"
            found = self._parts[px_per_m] = Part(key, items, bounds)
        return found

    def walls(self, px_per_m: float) -> BaseGeometry:
        """Return in metres what names that stand free must not lie across."""
        found = self._blocks.get(px_per_m)
        if found is None:
            lines = [self.scene.walls.inner, self.scene.walls.outer]
            wide = [line.buffer(1 / px_per_m, quad_segs=1) for line in lines]
            found = self._blocks[px_per_m] = shapely.union_all(wide)
        return found

    @cached_property
    def furniture(self) -> BaseGeometry:
        """Desks and the like, in metres."""
        return shapely.union_all([a.outline for a in self.scene.areas if a.furniture])

    @cached_property
    def hull(self) -> NDArray[np.float64]:
        """Corners in metres around all that is drawn, shape (n, 2)."""
        hull = shapely.union_all([shape.convex_hull for shape in self.scene.drawn]).convex_hull
        return shapely.get_coordinates(hull)

    @cached_property
    def _places(self) -> tuple[tuple[Place, ...], NDArray[np.float64]]:
        places = tuple(
            p for p in self.scene.places if p.kind not in _UNNAMED and p.rank <= _LAST_RANK
        )
        boxes = [p.home.bounds if p.home is not None else (*p.point, *p.point) for p in places]
        return places, np.array(boxes, dtype=np.float64).reshape(-1, 4)

    def list_near(self, box: Box, standing: Standing) -> list[Place]:
        """List what may have a name or a symbol within a box in metres, announced ones first."""
        places, boxes = self._places
        west, south, east, north = box
        inside = (boxes[:, 0] <= east) & (boxes[:, 2] >= west)
        inside &= (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
        near = [places[i] for i in np.flatnonzero(inside)]
        shown = [place for place in near if place.feature not in standing.hidden]
        return sorted(shown, key=lambda place: place.feature not in standing.announced)


def recall_map(scene: Scene, theme: Theme) -> LevelMap:
    """Return the map of a scene, made once."""
    return keep_with(scene, f"sign_map_{theme.name}", lambda: LevelMap(scene, theme))

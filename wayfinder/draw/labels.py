"""Where symbols and names go: inside their rooms, never over each other, more of them as one zooms.

All is measured in pixels of the picture as it is first seen. At zoom level z it is shown 2^z times
as large with the letters kept as they are, so a label then takes 1 / 2^z of its room; a label is
placed at the first level where there is room for it, and stays where it is at all later ones.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.boxes import Box, Occupied
from wayfinder.draw.homes import Home, make_home
from wayfinder.draw.lettering import Block, Line, list_blocks
from wayfinder.draw.places import Place
from wayfinder.draw.view import View

_LAST_EARLY_RANK = 5
_FREE_RANK = 2
_FOREMOST_RANK = 1
"""What nearly everybody looks for is named beside its symbol, however small its room: registration,
cashier, pharmacy, emergency (ours)."""
_POINT_RANK = 3
_STAFF = "staff"
_OUTSIDE = frozenset({"entrance", "safety"})
# Their names say more than their symbols do.
_WORDY = frozenset({"clinic", "diagnostics", "ward", "room", "staff", "waiting"})


@dataclass(frozen=True, slots=True)
class Label:
    """A name that has found its place.

    Parameters
    ----------
    place
        Whose name it is.
    lines
        From top to bottom.
    size
        Index into `SIZES_PX`.
    x, y
        Its middle in pixels.
    angle
        Degrees clockwise.
    zoom
        First zoom level at which it is shown.
    width_px, height_px
        What it takes at that level before it is scaled down.
    free
        Whether it lies over other things than its own room.
    """

    place: Place
    lines: tuple[Line, ...]
    size: int
    x: float
    y: float
    angle: float
    zoom: int
    width_px: float
    height_px: float
    free: bool

    def box(self, zoom: int) -> Box:
        """Return what it covers at a zoom level."""
        return Box(self.x, self.y, self.width_px / 2**zoom, self.height_px / 2**zoom, self.angle)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol that has found its place; see `Label`."""

    place: Place
    x: float
    y: float
    zoom: int
    size_px: float

    def box(self, zoom: int) -> Box:
        """Return what it covers at a zoom level."""
        side = self.size_px / 2**zoom
        return Box(self.x, self.y, side, side)


class Placer:
    """Places the labels of one picture.

    Parameters
    ----------
    view
        From metres to pixels.
    taken
        Boxes that are taken at every zoom level.
    blocks
        Shape in pixels that no label may touch: the route.
    walls
        Shape in pixels that names without a room of their own must not touch.
    built
        Shape in pixels that the names of entrances must not touch.
    furniture
        Shape in metres that names in a room keep off.
    text_scale
        Factor on all letters.
    symbol_px
        Side of a symbol.
    """

    def __init__(
        self,
        view: View,
        *,
        taken: Sequence[Box] = (),
        blocks: BaseGeometry | None = None,
        walls: BaseGeometry | None = None,
        built: BaseGeometry | None = None,
        furniture: BaseGeometry | None = None,
        text_scale: float = 1.0,
        symbol_px: float = 20.0,
    ) -> None:
        self._view = view
        self._taken = taken
        self._blocks = blocks
        self._walls = walls
        self._built = built
        self._furniture = furniture
        self._scale = text_scale
        self._symbol_px = symbol_px
        self._names_staff = False
        for shape in (walls, built):
            if shape is not None:
                shapely.prepare(shape)
        self._zoom = 0
        self._space = Occupied(view.frame, blocks)
        self._homes: dict[str, Home] = {}
        self._unmarked: set[int] = set()
        self._blocks_of: dict[int, tuple[Block, ...]] = {}
        self.labels: dict[int, Label] = {}
        self.symbols: dict[int, Symbol] = {}

    def know_homes(self, homes: Mapping[str, Home]) -> None:
        """Take the rooms of features, in pixels, from who has them already."""
        self._homes.update(homes)

    def place_all(self, places: Sequence[Place], zooms: int, *, names_staff: bool = False) -> None:
        """Place what finds room at each of the zoom levels.

        Parameters
        ----------
        places
            The foremost first.
        zooms
            How many levels.
        names_staff
            Whether rooms that no patient looks for are named from the first, not only as one zooms.
        """
        self._names_staff = names_staff
        for zoom in range(zooms):
            self._zoom = zoom
            self._space = Occupied(self._view.frame, self._blocks)
            for box in self._taken:
                self._space.add(box)
            for symbol in self.symbols.values():
                self._space.add(symbol.box(zoom))
            for label in self.labels.values():
                self._space.add(label.box(zoom))
            foremost = sum(place.rank <= _FOREMOST_RANK for place in places)
            for index, place in enumerate(places):
                if index == foremost:
                    self._name_foremost(places[:foremost])
                self._place(index, place)
            if foremost == len(places):
                self._name_foremost(places)

    @property
    def _k(self) -> float:
        return float(2**self._zoom)

    def _place(self, index: int, place: Place) -> None:
        has_symbol = place.symbol is None or index in self.symbols or index in self._unmarked
        has_text = not place.texts or index in self.labels
        if has_symbol and has_text:
            return
        if not has_symbol and not has_text:
            if self._place_both(index, place):
                return
            if place.kind in _WORDY and self._place_text(index, place):
                self._unmarked.add(index)
                return
        if not has_symbol:
            has_symbol = self._place_symbol(index, place)
        if has_symbol and not has_text:
            self._place_text(index, place)

    def _place_both(self, index: int, place: Place) -> bool:
        """Place a symbol with its name below or beside it, both in their room."""
        home = self._find_home(place)
        if home is None:
            return False
        s, blocks = self._symbol_px, self._set(index, place)
        sizes = [
            size
            for block in blocks
            for size in (
                (max(s, block.width_px) + 2, s + block.height_px + 2),
                (s + block.width_px + 2, max(s, block.height_px) + 2),
            )
        ]
        found = self._find_box(place, home, sizes, 0.0)
        if found is None:
            return False
        number, box = found
        self._settle_both(index, place, blocks[number // 2], box, above=not number % 2)
        return True

    def _settle_both(
        self, index: int, place: Place, block: Block, box: Box, *, above: bool
    ) -> None:
        s, k = self._symbol_px, self._k
        if above:
            top = box.y - (s + block.height_px) / 2 / k
            at, name = (box.x, top + s / 2 / k), (box.x, top + (s + block.height_px / 2) / k)
        else:
            left = box.x - (s + block.width_px) / 2 / k
            at, name = (left + s / 2 / k, box.y), (left + (s + block.width_px / 2) / k, box.y)
        self._add_symbol(index, Symbol(place, *at, self._zoom, s))
        named = Box(*name, block.width_px / k, block.height_px / k)
        self._add_label(index, self._make_label(place, block, named, free=False))

    def _place_symbol(self, index: int, place: Place) -> bool:
        """Place a symbol alone: on its point, or near it where that is taken."""
        home = self._find_home(place)
        if place.rank > _LAST_EARLY_RANK and not self._zoom:
            return False
        x, y = self._view.point(place.point)
        side = self._symbol_px / self._k
        spots = [
            (0.0, 0.0),
            *((dx * side, dy * side) for dx, dy in product((0, 0.7, -0.7), repeat=2)),
        ]
        for dx, dy in spots:
            symbol = Symbol(place, x + dx, y + dy, self._zoom, self._symbol_px)
            box = symbol.box(self._zoom)
            must_fit = dx or dy or place.rank > _POINT_RANK
            if home is not None and must_fit and not home.holds(box):
                continue
            if self._space.is_free(box):
                self._add_symbol(index, symbol)
                return True
        return False

    def _place_text(self, index: int, place: Place) -> bool:
        """Place a name alone: beside its symbol where that has its place, else in its room."""
        if place.kind == _STAFF and not (self._zoom or self._names_staff):
            return False
        symbol = self.symbols.get(index)
        home = self._find_home(place)
        if symbol is not None:
            return self._place_beside(index, place, symbol, home)
        if home is None:
            return False
        blocks = self._set(index, place)
        sizes = [(block.width_px, block.height_px) for block in blocks]
        for angle in home.angles:
            found = self._find_box(place, home, sizes, angle)
            if found is not None:
                number, box = found
                self._add_label(index, self._make_label(place, blocks[number], box, free=False))
                return True
        return False

    def _place_beside(self, index: int, place: Place, symbol: Symbol, home: Home | None) -> bool:
        """Place a name around its symbol, which stays where it is."""
        if home is None:
            if place.rank > _FREE_RANK and not self._zoom:
                return False
            return self._place_around(
                index, place, symbol, lambda box: not self._crosses(place, box)
            )
        blocks = [one for one in self._set(index, place) if home.may_hold(*self._scale_down(one))]
        return self._place_around(index, place, symbol, home.holds, blocks)

    def _name_foremost(self, places: Sequence[Place]) -> None:
        """Name the foremost places whose names find no room in theirs over other things."""
        for index, place in enumerate(places):
            symbol = self.symbols.get(index)
            if symbol is not None and place.texts and index not in self.labels:
                self._place_around(index, place, symbol, lambda _: True)

    def _place_around(
        self,
        index: int,
        place: Place,
        symbol: Symbol,
        may_lie: Callable[[Box], bool],
        within: Sequence[Block] | None = None,
    ) -> bool:
        """Place a name below, beside or above its symbol, in its room or over other things."""
        half = symbol.size_px / self._k / 2
        for block in self._set(index, place) if within is None else within:
            w, h = self._scale_down(block)
            across, down = half + w / 2, half + h / 2
            for dx, dy in ((0.0, down), (across, 0.0), (-across, 0.0), (0.0, -down)):
                box = Box(symbol.x + dx, symbol.y + dy, w, h)
                if may_lie(box) and self._space.is_free(box):
                    free = within is None
                    self._add_label(index, self._make_label(place, block, box, free=free))
                    return True
        return False

    def _scale_down(self, block: Block) -> tuple[float, float]:
        """Return width and height of a name as seen at the first zoom level, in pixels."""
        return block.width_px / self._k, block.height_px / self._k

    def _crosses(self, place: Place, box: Box) -> bool:
        shape = self._built if place.kind in _OUTSIDE else self._walls
        return shape is not None and bool(shape.intersects(box.polygon))

    def _find_box(
        self, place: Place, home: Home, sizes: Sequence[tuple[float, float]], angle: float
    ) -> tuple[int, Box] | None:
        """Find the first of some boxes that lies in a room and touches nothing, and where.

        Their sizes are those at the first zoom level.
        """
        if not sizes:
            return None
        middle = self._view.point(place.point)
        for number, box in home.list_boxes(middle, np.array(sizes) / self._k, angle):
            if self._space.is_free(box):
                return number, box
        return None

    def _find_home(self, place: Place) -> Home | None:
        """Return a place's room in pixels within the frame, or None where it has none."""
        if place.home is None:
            return None
        if place.feature not in self._homes:
            self._homes[place.feature] = make_home(place.home, self._view, self._furniture)
        return self._homes[place.feature]

    def _set(self, index: int, place: Place) -> tuple[Block, ...]:
        """List the ways to set a name, remembered from one zoom level to the next."""
        if index not in self._blocks_of:
            self._blocks_of[index] = list_blocks(place, self._scale)
        return self._blocks_of[index]

    def _make_label(self, place: Place, block: Block, box: Box, *, free: bool) -> Label:
        size = (block.width_px, block.height_px)
        at = (box.x, box.y, box.angle)
        return Label(place, block.lines, block.size, *at, self._zoom, *size, free)

    def _add_symbol(self, index: int, symbol: Symbol) -> None:
        self.symbols[index] = symbol
        self._space.add(symbol.box(self._zoom))

    def _add_label(self, index: int, label: Label) -> None:
        self.labels[index] = label
        self._space.add(label.box(self._zoom))

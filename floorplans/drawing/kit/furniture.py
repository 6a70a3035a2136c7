"""Drawing furniture: what one walks around."""

from typing import Literal

from floorplans.drawing.kit.errors import DrawingError
from floorplans.drawing.kit.items import Side, Thing
from floorplans.drawing.kit.points import Points
from floorplans.drawing.kit.shapes import Box, Shape, Xy, as_polygon
from floorplans.drawing.kit.words import parse_words

_SEAT_M = 0.6
_BED_M = (0.95, 2.1)
_AISLE_M = 1.4
"""Between two rows of seats: a wheelchair passes (ours)."""


class Furniture(Points):
    """The part of a floor that draws furniture."""

    def fixture(
        self,
        shape: Shape,
        category: str = "furniture",
        name: str | None = None,
        *,
        ref: str | None = None,
    ) -> Thing:
        """Draw something that stands there, by IMDF's categories of fixtures."""
        polygon = as_polygon(shape, f"{self} {category}")
        x, y = polygon.centroid.coords[0]
        key = f"{ref or category}@{x:.1f},{y:.1f}"
        known = {"ref": ref} if ref else {}
        thing = Thing(self._floor, polygon, category, parse_words(name), key, known)
        self.things.append(thing)
        return thing

    def desk(self, shape: Shape, name: str | None = None) -> Thing:
        """Draw a counter."""
        return self.fixture(shape, "desk", name)

    def seats(
        self,
        box: Box,
        *,
        along: Literal["E", "N"] = "E",
        aisle_m: float = _AISLE_M,
        amenity: bool = True,
    ) -> list[Thing]:
        """Fill a box with rows of seats, back to front, with aisles between.

        Parameters
        ----------
        box
            What they may take up; as many rows of 0.6 m as find room.
        along
            Which way the rows run.
        aisle_m
            Width between two rows.
        amenity
            Also say that one can sit here.
        """
        across = box.depth_m if along == "E" else box.width_m
        count = max(1, int((across + aisle_m + 0.001) // (_SEAT_M + aisle_m)))
        rows = []
        for k in range(count):
            at = k * (_SEAT_M + aisle_m)
            row = (
                Box(box.x0, box.y0 + at, box.x1, box.y0 + at + _SEAT_M)
                if along == "E"
                else Box(box.x0 + at, box.y0, box.x0 + at + _SEAT_M, box.y1)
            )
            rows.append(self.fixture(row, "furniture"))
        if amenity:
            x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
            first = Box(*rows[0].shape.bounds)
            spot: Xy = (x, first.y0 - 0.4) if along == "E" else (first.x0 - 0.4, y)
            self.amenity(spot[0], spot[1], "seating")
        return rows

    def beds(
        self,
        start: Xy,
        count: int,
        *,
        head: Side,
        pitch_m: float = 2.4,
        refs: list[str] | None = None,
    ) -> list[Thing]:
        """Stand beds side by side with their heads at a wall.

        Parameters
        ----------
        start
            Middle of the first bed's head; the others follow to the east or to the north.
        count
            How many.
        head
            The side of the wall.
        pitch_m
            From one to the next.
        refs
            Bed numbers.

        Raises
        ------
        DrawingError
            There is not a number for each bed.
        """
        if refs is not None and len(refs) != count:
            raise DrawingError([f"{self}: {count} beds at {start} have {len(refs)} numbers"])
        wide, long = _BED_M
        beds = []
        for k in range(count):
            x = start[0] + (k * pitch_m if head in "NS" else 0)
            y = start[1] + (k * pitch_m if head in "EW" else 0)
            box = {
                "N": Box(x - wide / 2, y - long, x + wide / 2, y),
                "S": Box(x - wide / 2, y, x + wide / 2, y + long),
                "E": Box(x - long, y - wide / 2, x, y + wide / 2),
                "W": Box(x, y - wide / 2, x + long, y + wide / 2),
            }[head]
            beds.append(self.fixture(box, "furniture", ref=refs[k] if refs else None))
        return beds

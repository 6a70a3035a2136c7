"""The means to draw a hospital as a program: metres in, an IMDF floor plan out.

A drawing reads like a building's room schedule; what cannot be built is refused with its place.
"""

from floorplans.drawing.kit.building import Building
from floorplans.drawing.kit.errors import DrawingError
from floorplans.drawing.kit.floor import Floor
from floorplans.drawing.kit.hospital import Hospital
from floorplans.drawing.kit.items import Door, Space
from floorplans.drawing.kit.rooms import R, numbers, outline_of
from floorplans.drawing.kit.shapes import Box

__all__ = [
    "Box",
    "Building",
    "Door",
    "DrawingError",
    "Floor",
    "Hospital",
    "R",
    "Space",
    "numbers",
    "outline_of",
]

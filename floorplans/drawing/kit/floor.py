"""A floor: everything that is drawn on one level."""

from floorplans.drawing.kit.furniture import Furniture


class Floor(Furniture):
    """A level of a building, drawn in metres of the site: x east, y north.

    Made by `Building.floor`. Rooms, corridors and areas come from `Rooms`, doors from `Doors`,
    departments, amenities, signs, zones from `Points`, seats, desks and beds from `Furniture`;
    lifts, stairs and escalators stand on several floors and are drawn by `Building`.
    """

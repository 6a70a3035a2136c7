"""Rows of rooms on a ward: what one holds, and how it is drawn with its beds and numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

from floorplans.drawing.kit import Box, Door, DrawingError, Floor, Space
from floorplans.drawing.kit.items import Access, Side
from wayfinder.model.categories import OPEN

BED_DOOR_M = 1.3
"""Doors that a bed passes: 1.2 m at least."""
_WINDOW_M = 1.2
"""From the window to the middle of the first bed."""
_PITCH_M = 1.9
"""From one bed to the next in a ward room."""
_BATH = (1.5, 1.8)
"""A ward room's own bathroom, beside its door."""


@dataclass(frozen=True)
class Room:
    """One room of a row.

    Parameters
    ----------
    width_m
        Length of its wall on the corridor.
    category
        Category of the unit; ``service`` for a plain room with a service counter.
    words
        ``Chinese / English: aliases``; empty for ward rooms, which are called by their number.
    beds
        Beds, numbered on through the ward.
    access
        Who may enter, where not everybody may.
    door_m
        Clear width of its door.
    door_at_m
        Where the door is, from the wall's west or south end; by default in the middle.
    code
        Code in the hospital's information system.
    doorless
        Whether it lies open to the corridor.
    """

    width_m: float
    category: str
    words: str = ""
    beds: int = 0
    access: Access | None = None
    door_m: float = 1.1
    door_at_m: float | None = None
    code: str | None = None
    doorless: bool = False


def ward_rooms(count: int, beds: int, *, width_m: float = 4.0) -> tuple[Room, ...]:
    """Return so many ward rooms of so many beds."""
    room = Room(
        width_m, "patientroom", beds=beds, door_m=BED_DOOR_M, door_at_m=round(width_m - 1.05, 3)
    )
    return (room,) * count


def staff_room(width_m: float, words: str, category: str = "office") -> Room:
    """Return a room that only staff enter."""
    return Room(width_m, category, words, access="staff")


def treatment_room(
    width_m: float, words: str, category: str = "treatmentroom", code: str | None = None
) -> Room:
    """Return a room to which patients are called, with a door wide enough for a bed."""
    return Room(width_m, category, words, door_m=BED_DOOR_M, code=code)


class Rows:
    """Draws the rows of one floor, and counts its rooms and beds on.

    Parameters
    ----------
    floor
        The floor.
    number
        Its number, with which the numbers of its rooms begin.
    wards
        The x at which each ward ends, west to east, with its letter.
    """

    def __init__(self, floor: Floor, number: int, wards: Iterable[tuple[float, str]]) -> None:
        self.floor = floor
        self.number = number
        self._wards = list(wards)
        self._rooms = 0
        self._beds: dict[str, int] = {}

    def draw(self, box: Box, door: Side, rooms: Iterable[Room]) -> list[Space]:
        """Draw rooms that fill a box, from the west or the south, with their doors on one side.

        Raises
        ------
        DrawingError
            They are longer or shorter than the box.
        """
        level = door in "NS"
        at, end = (box.x0, box.x1) if level else (box.y0, box.y1)
        spaces = []
        for room in rooms:
            to = round(at + room.width_m, 3)
            place = Box(at, box.y0, to, box.y1) if level else Box(box.x0, at, box.x1, to)
            spaces.append(self._draw_room(place, door, room))
            at = to
        if abs(at - end) > 0.002:
            raise DrawingError([f"{self.floor}: a row of rooms has {end - at:.2f} m left at {box}"])
        return spaces

    def _draw_room(self, box: Box, side: Side, room: Room) -> Space:
        if room.category == "patientroom":
            return self._draw_ward_room(box, side, room)
        if room.category == "service":
            space = self.floor.room(box, "room", door=Door(side, room.door_at_m, room.door_m))
            self.floor.occupant(space, "guestservices", room.words, his=room.code)
            return space
        if room.doorless:
            space = self.floor.open_area(box, room.category, room.words, his=room.code)
        else:
            space = self.floor.room(
                box,
                room.category,
                room.words,
                door=Door(side, room.door_at_m, room.door_m),
                access=room.access,
                his=room.code,
                is_open=False if room.category in OPEN else None,
            )
        if room.beds:
            pitch = round(box.width_m / room.beds, 3)
            head: Side = "S" if side == "N" else "N"
            start = (round(box.x0 + pitch / 2, 3), box.y0 if head == "S" else box.y1)
            self.floor.beds(
                start, room.beds, head=head, pitch_m=pitch, refs=self._count_beds(box, room.beds)
            )
        return space

    def _draw_ward_room(self, box: Box, side: Side, room: Room) -> Space:
        """Draw a room with its beds along the west wall and a bathroom beside its door."""
        self._rooms += 1
        ref = f"{self.number}{self._rooms:02d}"
        beds = self._count_beds(box, room.beds)
        first, last = (bed.partition("-")[2] for bed in (beds[0], beds[-1]))
        said = (
            f"{first}床 / Bed {first}"
            if room.beds == 1
            else f"{first}–{last}床 / Beds {first}–{last}"
        )
        space = self.floor.room(
            box,
            "patientroom",
            f"{ref}病房 / Room {ref}",
            ref=ref,
            door=Door(side, room.door_at_m, room.door_m),
            description=said,
        )
        wide, deep = _BATH
        y0 = box.y1 - deep if side == "N" else box.y0
        self.floor.fixture(Box(box.x0, y0, box.x0 + wide, y0 + deep), "obstruction")
        extent = _WINDOW_M + _PITCH_M * (room.beds - 1)
        start = (box.x0, round(box.y0 + _WINDOW_M if side == "N" else box.y1 - extent, 3))
        self.floor.beds(start, room.beds, head="W", pitch_m=_PITCH_M, refs=beds)
        return space

    def _count_beds(self, box: Box, count: int) -> list[str]:
        """Return numbers such as ``6A-01`` for the next beds of the ward that a room is in."""
        letter = next(letter for end, letter in self._wards if box.x1 <= end + 0.002)
        first = self._beds.get(letter, 0) + 1
        self._beds[letter] = first + count - 1
        return [f"{self.number}{letter}-{bed:02d}" for bed in range(first, first + count)]

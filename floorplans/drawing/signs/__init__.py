"""The signs of all buildings and of the grounds, each with its number and its code."""

from collections.abc import Iterable

from floorplans.drawing.kit import DrawingError, Floor, Hospital
from floorplans.drawing.signs.placing import Placer
from floorplans.drawing.signs.planned import put_up, read_planned
from floorplans.drawing.signs.table import BUILDINGS, DIRECTORIES, Place


def draw(hospital: Hospital, *, planned: bool = True) -> None:
    """Put up all signs; the buildings and the grounds have been drawn.

    Parameters
    ----------
    hospital
        All else of it.
    planned
        Whether they announce what was planned, and those hang that the plan adds.

    Raises
    ------
    DrawingError
        Some cannot hang where they should; all are named at once.
    """
    placer = Placer(hospital.floors)
    faults: list[str] = []
    for key, floors in BUILDINGS.items():
        for label, places in floors.items():
            floor = hospital.buildings[key].floors[label]
            faults += _put_all(placer, floor, make_prefix(key, label), places)
    for key, floors in DIRECTORIES.items():
        for label, places in floors.items():
            floor = hospital.buildings[key].floors[label]
            faults += _put_directories(placer, floor, make_prefix(key, label), places)
    if faults:
        raise DrawingError(faults)
    if planned:
        put_up(hospital, placer, read_planned())


def make_prefix(key: str, label: str) -> str:
    """Return what the numbers of a floor's signs begin with: ``A3``, ``C11``, ``AB1``, ``P2``."""
    if key == "P2":
        return key if label == "B1" else f"{key}G"
    return "G" if key == "outdoors" else key + label.removesuffix("F")


def _put_directories(
    placer: Placer, floor: Floor, prefix: str, places: Iterable[Place]
) -> list[str]:
    """Put up the directories of a floor, numbered by themselves; return what is wrong."""
    faults: list[str] = []
    for number, (x, y, faces, mounting) in enumerate(places, 1):
        try:
            placer.put(floor, f"{prefix}-S{number}", (x, y), faces, mounting, directory=True)
        except DrawingError as error:
            faults += error.faults
    return faults


def _put_all(placer: Placer, floor: Floor, prefix: str, places: Iterable[Place]) -> list[str]:
    """Put up the signs of a floor under their numbers; return what is wrong."""
    faults: list[str] = []
    for number, (x, y, faces, mounting) in enumerate(places, 1):
        try:
            placer.put(floor, f"{prefix}-{number:02d}", (x, y), faces, mounting)
        except DrawingError as error:
            faults += error.faults
    return faults

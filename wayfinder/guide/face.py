"""What is printed on one face of a sign, in all languages and before it has any size."""

from dataclasses import dataclass, field
from types import MappingProxyType

from wayfinder.guide.groups import Group
from wayfinder.model import Labels
from wayfinder.model.sign import Arrow, Sign

_NO_LABELS: Labels = MappingProxyType({})


@dataclass(frozen=True)
class FaceLine:
    """One thing that a face announces.

    Parameters
    ----------
    arrow
        Where it lies, seen by the reader.
    to
        Id of the feature announced.
    labels
        Its name by language.
    category
        IMDF category, which has the symbol; empty for a group that has a letter or a label.
    group
        The group where the line stands for one, else None.
    distance_m
        Length of the way there, or None where no way was found.
    emergency
        Whether it is the emergency department, which no sign leaves out.
    floor
        Label by language of the floor that it is on, where that is not the sign's.
    zone
        The colour zone that it is in, where that is not the sign's.
    """

    arrow: Arrow
    to: str
    labels: Labels
    category: str = ""
    group: Group | None = None
    distance_m: float | None = None
    emergency: bool = False
    floor: Labels = field(default_factory=lambda: _NO_LABELS)
    zone: Group | None = None


@dataclass(frozen=True)
class ListedFloor:
    """A floor as a directory lists it.

    Parameters
    ----------
    labels
        Its label by language, as on the lift's buttons.
    places
        What is on it, those of one sort together.
    here
        Whether the directory hangs on it.
    marks
        Categories of what many look for and any of will do, shown by symbols: toilets.
    """

    labels: Labels
    places: tuple[FaceLine, ...]
    here: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListedBuilding:
    """A building, or the grounds, as a directory lists it.

    Parameters
    ----------
    line
        Its name, group, and where known the way there.
    floors
        From the highest down.
    here
        Whether the directory hangs in it.
    pointed
        Whether the arrow of its line is shown.
    """

    line: FaceLine
    floors: tuple[ListedFloor, ...]
    here: bool = False
    pointed: bool = False


@dataclass(frozen=True)
class Face:
    """What is printed on one face of a sign.

    Parameters
    ----------
    sign
        The face: where it hangs, which way it faces.
    here
        Name by language of the place where it hangs; empty where that has none.
    floor
        Label of the floor by language, as on the lift's buttons.
    building
        Name of the building by language; empty in the open or where there is but one.
    zone
        The colour zone where it hangs, or None.
    lines
        What it announces: arrow by arrow, in each the nearest first.
    phone
        Telephone number of the desk; empty where none is known.
    spots
        Points in metres of the next places where ways part, marked on the map.
    letter_height_mm
        Height that its letters need for their reading distance; None where nobody says.
    directory
        What a directory lists: its own building, then the others, the nearest first; none for
        other signs.
    gone
        Ids of features that its messages name and the plan no longer has, or that have no name:
        they are not printed.
    temporary
        Whether it hangs only as long as something is closed: it says so, and where it stands by
        itself it has no code.
    """

    sign: Sign
    here: Labels
    floor: Labels
    building: Labels = field(default_factory=lambda: _NO_LABELS)
    zone: Group | None = None
    lines: tuple[FaceLine, ...] = ()
    phone: str = ""
    spots: tuple[tuple[float, float], ...] = ()
    letter_height_mm: float | None = None
    directory: tuple[ListedBuilding, ...] = ()
    gone: tuple[str, ...] = ()
    temporary: bool = False

    @property
    def listed(self) -> tuple[FaceLine, ...]:
        """All that it names: its lines, and the places of a directory."""
        floors = (floor for building in self.directory for floor in building.floors)
        return (*self.lines, *(place for floor in floors for place in floor.places))

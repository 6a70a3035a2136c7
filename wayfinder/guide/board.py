"""What a direction board shows at one moment, in all languages and before it has any size."""

from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from wayfinder.guide.face import Face, FaceLine
from wayfinder.model import Arrow, Display, Labels

_NO_LABELS: Labels = MappingProxyType({})


@dataclass(frozen=True)
class BoardLine:
    """One thing that a board announces.

    Parameters
    ----------
    line
        What it is and which way its arrow points.
    hours_note
        Where it is outside its hours: that it is closed, or when it opens, by language.
    step_free
        Which way people on wheels set out, where that is another.
    """

    line: FaceLine
    hours_note: Labels = field(default_factory=lambda: _NO_LABELS)
    step_free: Arrow | None = None


@dataclass(frozen=True)
class Instead:
    """What to take in place of something that is closed.

    Parameters
    ----------
    to
        Id of the feature.
    labels
        Its name by language.
    category
        IMDF category, which has the symbol.
    arrow
        Which way it lies.
    """

    to: str
    labels: Labels
    category: str
    arrow: Arrow


@dataclass(frozen=True)
class BoardClosure:
    """Something that does not go now.

    Parameters
    ----------
    feature
        Id of what is closed.
    labels
        Its name by language.
    said
        What, until when, why and what to take instead, by language.
    category
        IMDF category, which has the symbol; empty for a building, a floor or a zone.
    instead
        What to take instead; None where nothing else does for all that it was good for.
    """

    feature: str
    labels: Labels
    said: Labels
    category: str = ""
    instead: Instead | None = None


@dataclass(frozen=True)
class BoardNotice:
    """Something that everybody should read.

    Parameters
    ----------
    id
        Names it as long as it is shown.
    text
        What it says, by language.
    """

    id: str
    text: Labels


@dataclass(frozen=True)
class Board:
    """What a board shows at one moment.

    Parameters
    ----------
    display
        The screen.
    at
        The moment; aware, in the venue's time zone.
    head
        Where it hangs: place, building, zone, floor, telephone of the desk.
    lines
        What it announces besides the emergency department, what most look for first.
    emergency
        The emergency department, which is on every page; None where no way leads to one.
    has_emergency
        Whether the venue has one, be there a way or not.
    closures
        What does not go now, lifts first.
    notices
        What everybody should read.
    letter_height_mm
        How high letters have to be to be read from where they should be.
    until
        When a place opens or closes next by its hours: from then on it says something else; None
        where none does.
    """

    display: Display
    at: datetime
    head: Face
    lines: tuple[BoardLine, ...] = ()
    emergency: BoardLine | None = None
    has_emergency: bool = False
    closures: tuple[BoardClosure, ...] = ()
    notices: tuple[BoardNotice, ...] = ()
    letter_height_mm: float = 25.0
    until: datetime | None = None

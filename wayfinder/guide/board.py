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
    is_shut
        Whether it is outside its hours.
    opens_at
        When it opens again; aware, in the venue's time zone; None where it is open or nobody knows.
    step_free
        Which way people on wheels set out, where that is another.
    """

    line: FaceLine
    is_shut: bool = False
    opens_at: datetime | None = None
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
    category
        IMDF category, which has the symbol.
    is_machine
        Whether it is a lift or an escalator: those are out of service rather than closed.
    end
        When it goes again; aware, in the venue's time zone; None: until further notice.
    reason
        Why, by language.
    floor
        Label by language of its floor, where that is not the board's.
    instead
        What to take instead; None where nothing else does for all that it was good for.
    """

    feature: str
    labels: Labels
    category: str
    is_machine: bool
    end: datetime | None = None
    reason: Labels = field(default_factory=lambda: _NO_LABELS)
    floor: Labels = field(default_factory=lambda: _NO_LABELS)
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
        The way to the emergency department, which is on every page.
    has_emergency
        Whether the venue has one, be there a way or not.
    closures
        What does not go now, lifts first.
    notices
        What everybody should read.
    letter_height_mm
        How high letters have to be to be read from where they should be.
    """

    display: Display
    at: datetime
    head: Face
    lines: tuple[BoardLine, ...] = ()
    emergency: FaceLine | None = None
    has_emergency: bool = False
    closures: tuple[BoardClosure, ...] = ()
    notices: tuple[BoardNotice, ...] = ()
    letter_height_mm: float = 25.0

"""What a search answers with."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Match(IntEnum):
    """How well a text fits what was typed, the best first."""

    EXACT = 0
    PREFIX = 1
    WORD = 2
    CONTAINED = 3
    PINYIN = 4
    FUZZY = 5


class HitKind(StrEnum):
    """What sort of thing was found."""

    PLACE = "place"
    FLOOR = "floor"
    BUILDING = "building"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody is.

    Parameters
    ----------
    level_id
        Id of the level.
    x_m, y_m
        Metres in the venue's frame.
    """

    level_id: str
    x_m: float
    y_m: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One place, as a list of places shows it.

    Parameters
    ----------
    id
        Feature id: what addresses and routes take.
    kind
        What sort of thing it is.
    name
        What it is called in the reader's language.
    other_name
        What it is called in the other language; empty where that reads the same.
    matched
        The word that was found, where it is not one of the names; else empty.
    match
        How well it fits.
    category
        IMDF category.
    symbol
        File in ``static/symbols`` without ``.svg``, or None.
    floor
        Label of its floor in the reader's language; empty where it has none.
    building
        Name of its building in the reader's language; empty where it has none.
    level_id
        Id of its level, or None.
    distance_m
        Estimate of the metres to walk, or None where nobody said from where.
    public
        Whether everybody may enter.
    area
        The department that it is nearest to, or its number, where another hit has the same name,
        building and floor; else empty.
    """

    id: str
    kind: HitKind
    name: str
    other_name: str
    matched: str
    match: Match
    category: str
    symbol: str | None
    floor: str
    building: str
    level_id: str | None
    distance_m: float | None
    public: bool
    area: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query.

    Parameters
    ----------
    query
        What was typed, cleaned and cut: fit to be shown.
    hits
        What fits, the best first, and the nearest first of what fits equally well.
    count
        How many there are, those beyond the limit included.
    nearest
        ``nearest:CATEGORY`` where a sort of place was asked for, such as a lift: any of them will
        do, and a route takes it as its destination; else None.
    desk
        The information desk to ask at where nothing fits, or None.
    """

    query: str
    hits: tuple[Hit, ...]
    count: int
    nearest: str | None = None
    desk: Hit | None = None

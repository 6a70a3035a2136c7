"""Steps as typed data: no language, no search."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from wayfinder.model import Labels

Point = tuple[float, float]
REASSURE_M = 40.0
"""Longest way without a landmark or a word (standards: Guidance)."""

_NO_LABELS: Labels = MappingProxyType({})
_NO_COUNTS: Mapping[str, int] = MappingProxyType({})


class StepKind(StrEnum):
    """What one does at the end of a step's walk."""

    DEPART = "depart"
    CONTINUE = "continue"
    TURN = "turn"
    DOOR = "door"
    ENTER = "enter"
    EXIT = "exit"
    LIFT = "lift"
    STAIRS = "stairs"
    ESCALATOR = "escalator"
    RAMP = "ramp"
    ARRIVE = "arrive"


class Direction(StrEnum):
    """A way to turn, seen from whoever walks; for a floor change up or down."""

    STRAIGHT = "straight"
    SLIGHT_LEFT = "slight left"
    LEFT = "left"
    SHARP_LEFT = "sharp left"
    SLIGHT_RIGHT = "slight right"
    RIGHT = "right"
    SHARP_RIGHT = "sharp right"
    AROUND = "around"
    UP = "up"
    DOWN = "down"


class Sight(StrEnum):
    """What sort of thing a landmark is to the eye."""

    DOOR = "door"
    TURNING = "turning"
    END = "end"
    LIFT = "lift"
    STAIRS = "stairs"
    ESCALATOR = "escalator"
    RAMP = "ramp"
    PLACE = "place"


class Relation(StrEnum):
    """How a landmark stands to what one does."""

    AT = "at"
    AFTER = "after"
    PAST = "past"
    THROUGH = "through"
    TOWARDS = "towards"
    AWAY = "away"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Landmark:
    """Something to look out for.

    Parameters
    ----------
    id
        Feature id, or None for a turning or the end of a corridor. Never said.
    sight
        What sort of thing one sees.
    relation
        How it stands to what one does.
    labels
        What its sign says, by language; empty where it has no name.
    category
        IMDF category of the feature, for its name of last resort; empty where there is none.
    side
        On which side of the way it is, or None where that says nothing.
    ordinal
        Which one of its sort on that side it is, counted from the beginning of the step; None
        where there is only one. Without a side: counted by distance from where one stands.
    """

    id: str | None
    sight: Sight
    relation: Relation
    labels: Labels = field(default_factory=lambda: _NO_LABELS)
    category: str = ""
    side: Direction | None = None
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """An end of a step.

    Parameters
    ----------
    level
        Level id.
    lon, lat
        Degrees.
    point
        Metres in the venue's frame.
    """

    level: str
    lon: float
    lat: float
    point: Point


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction: walk some way, then do one thing.

    Parameters
    ----------
    kind
        What one does at the end of the walk.
    direction
        Which way one turns there; the side on which a door or the destination lies; up or down for
        a floor change. For the first step relative to the facing that was given, None without one.
    start, end
        Where the step begins, and where one is when it is done.
    distance_m
        Length walked before the thing is done.
    landmark
        What one does it at.
    then
        Which way one goes on after a door or a floor change; None where the next step says it.
    towards
        What one walks towards after it, where something with a sign helps.
    way_out
        Through which door one leaves a lift or stairs, where there is a choice.
    floors
        Storeys climbed, negative downward.
    from_floor, to_floor
        What the signs call the floors at both ends, by language; empty but for floor changes.
    goal
        What the destination itself is called, by language, where its sign reads otherwise: a
        consulting room known by the department in it.
    stop
        Index of the stop that one has reached, for an arrival.
    at_sign, at_display
        Whether it is the first step, and its direction is for whoever faces the sign or the screen
        there.
    """

    kind: StepKind
    direction: Direction | None
    start: Place
    end: Place
    distance_m: float
    landmark: Landmark | None = None
    then: Direction | None = None
    towards: Landmark | None = None
    way_out: Landmark | None = None
    floors: float = 0.0
    from_floor: Labels = field(default_factory=lambda: _NO_LABELS)
    to_floor: Labels = field(default_factory=lambda: _NO_LABELS)
    goal: Labels = field(default_factory=lambda: _NO_LABELS)
    stop: int | None = None
    at_sign: bool = False
    at_display: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """What a journey asks of whoever walks it.

    Parameters
    ----------
    distance_m
        Metres walked.
    duration_range_s
        Shortest and longest seconds to expect.
    counts
        How often one takes what which way, such as ``{"lift.up": 1, "stairs.down": 2}``: lift
        rides, flights of stairs by storey, escalators and ramps.
    """

    distance_m: float
    duration_range_s: tuple[float, float]
    counts: Mapping[str, int] = field(default_factory=lambda: _NO_COUNTS)

"""The answer as data: a journey of segments, or an honest refusal. No words here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

Point = tuple[float, float]


class SegmentKind(StrEnum):
    """How one gets along a segment."""

    WALK = "walk"
    DOOR = "door"
    LIFT = "lift"
    STAIRS = "stairs"
    ESCALATOR = "escalator"
    RAMP = "ramp"


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of a journey.

    A walk is what lies between two doors or floor changes: one taut line, over open boundaries. A
    lift segment is boarding, riding and alighting together.

    Parameters
    ----------
    kind
        How one gets along.
    from_node, to_node
        Ids in the network.
    level, to_level
        Level ids at its start and its end; equal but for floor changes.
    line
        Taut line in metres of the venue's frame. A door is its two sides; a floor change the points
        where one enters and leaves it, in plan.
    length_m
        Length walked.
    units
        Ids of the units in the order in which they are walked through.
    features
        Ids that it depends on; for a door the opening first, for a lift or stairs the unit on the
        starting level first.
    floors
        Storeys climbed, negative downward, 0 on the level.
    waits_for
        Id of the unit at which one waits for a lift, or of a lift that is drawn as a line; None
        where one does not wait.
    """

    kind: SegmentKind
    from_node: str
    to_node: str
    level: str
    to_level: str
    line: tuple[Point, ...]
    length_m: float
    units: tuple[str, ...]
    features: tuple[str, ...]
    floors: float = 0.0
    waits_for: str | None = None


class Times(NamedTuple):
    """How long somebody takes for something, and what that relies on.

    Parameters
    ----------
    shown_s
        Time without burden.
    least_s, most_s
        Shortest and longest time to expect.
    unverified
        Ids of what is passable by a default only.
    """

    shown_s: float
    least_s: float
    most_s: float
    unverified: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Segments from behind one door to behind another, or to an end of the way.

    It is known by its path, and what is made of it can be remembered by that: many journeys take
    the same one. Its segments are made when somebody asks for them.

    Parameters
    ----------
    path
        Node indices, from start to end.
    key
        Digest of the network and the path.
    first
        Id of its first node.
    timed
        Ids of what has hours that it depends on.
    size
        How many segments it has; at least one.
    length_m
        Length walked.
    make_segments
        Makes its segments.
    """

    path: tuple[int, ...]
    key: bytes = field(compare=False, repr=False)
    first: str = field(compare=False)
    timed: tuple[str, ...] = field(compare=False)
    size: int = field(compare=False)
    length_m: float = field(compare=False)
    make_segments: Callable[["Run"], tuple[Segment, ...]] = field(compare=False, repr=False)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Its segments."""
        return self.make_segments(self)

    @property
    def features(self) -> frozenset[str]:
        """Ids of all that it depends on, levels included."""
        return list_features(self.segments)


def list_features(segments: Sequence[Segment]) -> frozenset[str]:
    """List the ids of all that segments depend on, levels included."""
    used = {key for segment in segments for key in segment.features}
    used |= {key for part in segments for key in (part.level, part.to_level)}
    return frozenset(used)


@dataclass(frozen=True, slots=True)
class Stop:
    """A place that a journey calls at.

    Parameters
    ----------
    feature
        Id of the feature that was asked for.
    node
        Node at which one has arrived.
    arrive_s
        Seconds after departure.
    first_segment, first_run
        Indices of the first segment and of the first run that lead to it.
    """

    feature: str
    node: str
    arrive_s: float
    first_segment: int
    first_run: int


@dataclass(frozen=True, slots=True)
class RouteWarning:
    """Something to know before setting out, as a code with values, not words.

    Parameters
    ----------
    code
        ``closes-soon``, ``unverified-width`` and so on; the words are the catalogue entry
        ``warning.<code>``.
    features
        Ids concerned.
    values
        What the words need.
    """

    code: str
    features: tuple[str, ...]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Journey:
    """A way found.

    Parameters
    ----------
    origin
        Id of the feature one starts from.
    stops
        The destinations in the order in which they are reached; the last is the end.
    profile
        Name of the profile.
    departure
        Aware instant.
    runs
        From start to end, from door to door.
    distance_m
        Metres walked.
    duration_s
        Seconds without burden.
    duration_range_s
        Shortest and longest seconds to expect.
    verified
        False where a width, slope or threshold was vouched for by a default only.
    unverified
        Ids of the features where it was.
    warnings
        What to know before setting out.
    release
        Content hash of the plan that it was found on.
    conditions
        Id of the epoch that it was found in; empty where nothing is closed or slow.
    barred
        Categories of what its profile may not use, such as ``escalator``.
    """

    origin: str
    stops: tuple[Stop, ...]
    profile: str
    departure: datetime
    runs: tuple[Run, ...]
    distance_m: float
    duration_s: float
    duration_range_s: tuple[float, float]
    verified: bool
    unverified: tuple[str, ...]
    warnings: tuple[RouteWarning, ...]
    release: str = ""
    conditions: str = ""
    barred: tuple[str, ...] = ()

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Its segments from start to end, without gaps."""
        return tuple(segment for run in self.runs for segment in run.segments)


@dataclass(frozen=True, slots=True)
class Refusal:
    """No way, and why.

    Parameters
    ----------
    code
        ``no-route``, ``closed``, ``cut-off`` and so on; the words are the catalogue entry
        ``refusal.<code>``.
    values
        What the words need.
    blocked_by
        Ids of the features that would have to change, nearest to the destination last.
    without
        What would work instead: ``{"profile": "walk", "duration_s": 120}``, ``{"at": "…"}`` or
        ``{"reopen": [ids]}``; None where nothing would.
    """

    code: str
    values: Mapping[str, Any]
    blocked_by: tuple[str, ...]
    without: Mapping[str, Any] | None

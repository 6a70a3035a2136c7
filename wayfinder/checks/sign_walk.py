"""What somebody looks for who walks by signs, what he reads, and how far he came."""

from dataclasses import dataclass, field
from enum import StrEnum

from wayfinder.checks.outlooks import Outlook
from wayfinder.checks.stroll import Halt, Stroll
from wayfinder.model import Message

Point = tuple[float, float]


class Lost(StrEnum):
    """Why somebody does not arrive."""

    NO_SIGN = "no-sign"
    """The way ends, or divides, and no sign in sight says where the place is."""
    NO_WAY = "arrow-into-wall"
    """An arrow points where nobody can walk."""
    NO_LIFT = "no-lift"
    """An arrow points up or down, and no lift or stairs in sight goes there."""
    CIRCLE = "circle"
    """A sign was read twice."""
    FAR = "too-far"
    """More than three times the shortest way."""
    NOT_HERE = "not-here"
    """A sign says that it is here, and it is not."""


@dataclass(frozen=True)
class Goal:
    """A place that somebody wants to get to, as the directory tells it.

    Parameters
    ----------
    id
        Id of the feature.
    level_id
        The level it is on.
    nodes
        Ids of the nodes where one has arrived.
    own
        Ids that name it on signs, its own first.
    groups
        Ids of its groups, what says most first.
    """

    id: str
    level_id: str
    nodes: frozenset[str]
    own: tuple[str, ...]
    groups: tuple[str, ...]
    plates: frozenset[str] = field(default_factory=frozenset)
    """Nodes and units whose sight is arrival."""


@dataclass(frozen=True)
class Walk:
    """How far somebody came.

    Parameters
    ----------
    entrance, goal
        Ids of the opening and of the place.
    signs
        Ids of the signs obeyed, in their order.
    lost
        Why one did not arrive, or None.
    halt
        Why one could not go on, where no sign was in sight.
    heading
        Where one looked last, a unit vector.
    level_id, at
        Where one arrived or was lost.
    walked_m
        Metres walked.
    """

    entrance: str
    goal: str
    signs: tuple[str, ...]
    lost: Lost | None
    level_id: str
    at: Point
    walked_m: float
    halt: Halt | None = None
    heading: Point = (0.0, 1.0)

    @property
    def arrived(self) -> bool:
        """Whether one is there."""
        return self.lost is None


@dataclass(frozen=True)
class Trace:
    """A stroll and what is seen on it.

    Parameters
    ----------
    stroll
        Where one comes.
    outlook
        What one sees from each stance.
    passed
        Stances from which one comes by signs that are legible there, each with the indices of the
        signs, the nearest first; each sign at the first such stance.
    legible
        Indices of all signs that one can read on the way.
    left_m
        Metres that are left of the way that one was meant to go, or None.
    """

    stroll: Stroll
    outlook: Outlook
    passed: tuple[tuple[int, tuple[int, ...]], ...]
    legible: frozenset[int]
    left_m: float | None = None


@dataclass(frozen=True)
class Said:
    """What a sign tells somebody: its message, and how much it says (0: the place itself)."""

    message: Message
    rank: int
    to: str

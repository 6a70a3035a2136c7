"""What a walker is told of a step, and the words for left and right."""

from dataclasses import dataclass
from math import atan2, cos, degrees, radians, sin
from random import Random

from tests.world import Point, World
from wayfinder.guide.step import Direction, Landmark, Step
from wayfinder.model import pick_label


@dataclass(frozen=True)
class Mark:
    """What the walker is told of a landmark."""

    sight: str
    relation: str
    reads: str
    side: str | None
    ordinal: int | None


@dataclass(frozen=True)
class Told:
    """All that the walker is told of a step."""

    kind: str
    direction: str | None
    distance_m: float
    mark: Mark | None
    then: str | None
    towards: Mark | None
    way_out: Mark | None
    floor: str


def tell(step: Step, world: World, language: str, random: Random, *, swap: bool = False) -> Told:
    """Tell a step; with `swap` left for right and right for left."""

    def turned(direction: Direction | None) -> str | None:
        if direction is None or not swap:
            return direction and str(direction)
        there = {"left": "right", "right": "left"}
        return " ".join(there.get(word, word) for word in str(direction).split())

    def mark(landmark: Landmark | None) -> Mark | None:
        if landmark is None:
            return None
        name = pick_label(landmark.labels, language)
        reads = name or (landmark.category if world.recognises(landmark.category) else "")
        return Mark(
            str(landmark.sight),
            str(landmark.relation),
            reads,
            turned(landmark.side),
            landmark.ordinal,
        )

    return Told(
        str(step.kind),
        turned(step.direction),
        step.distance_m * random.uniform(0.75, 1.25),
        mark(step.landmark),
        turned(step.then),
        mark(step.towards),
        mark(step.way_out),
        pick_label(step.to_floor, language),
    )


def rotate(heading: Point, angle_deg: float) -> Point:
    c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
    return heading[0] * c - heading[1] * s, heading[0] * s + heading[1] * c


def turn_between(one: Point, other: Point) -> float:
    """Degrees from one heading to another, positive to the left."""
    cross = one[0] * other[1] - one[1] * other[0]
    return degrees(atan2(cross, one[0] * other[0] + one[1] * other[1]))


def is_on(heading: Point, out: Point, left_m: float, side: str | None) -> bool:
    """Tell whether one may take a door to be on a side of the way; near 45° nobody is sure."""
    angle = turn_between(heading, out)
    if side == "straight":
        return abs(angle) <= 65
    sign = 1 if side == "left" else -1
    return angle * sign >= 25 or (left_m * sign > 1.0 and abs(angle) >= 25)

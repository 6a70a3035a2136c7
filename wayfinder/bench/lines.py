"""Whether drawn lines stay in the walkable space, and are the shortest through their doors."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from math import dist

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from wayfinder.bench import oracle
from wayfinder.bench.report import Cell, Claim, Section
from wayfinder.bench.worlds import Worlds
from wayfinder.graph import Network
from wayfinder.model import Fixture, Kiosk, Opening, Plan, Relationship
from wayfinder.model.categories import is_walkable
from wayfinder.route import Journey, Router, Segment, SegmentKind

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
_GAP_M = 0.1
"""Outlines this near are one line: the builder's own figure."""
_HAIR_M = 0.01
_DOOR_M = 0.35
"""As far as a door's line reaches from the opening: what it is snapped over, and a hair."""


@dataclass(frozen=True, slots=True)
class Legs:
    """What random journeys are made of.

    Parameters
    ----------
    journeys
        Journeys found.
    refused
        Number of pairs between which there is no way.
    walks
        Walks on one level through units, each way of going only once.
    doors
        Doors, likewise.
    drawn
        Number of walks that follow a line which somebody drew: they are walkable by that.
    """

    journeys: tuple[Journey, ...]
    refused: int
    walks: tuple[Segment, ...]
    doors: tuple[Segment, ...]
    drawn: int


def measure_lines(worlds: Worlds) -> Iterator[Section]:
    """Yield how many lines leave the walkable space, and how long they are beside exact ones."""
    if not worlds.has_plan:
        return
    worlds.say("random journeys")
    network = worlds.real
    legs = collect_legs(network, find_journeys(network, 50 if worlds.quick else 500))
    yield _measure_inside(worlds.label, network, legs)
    if oracle.is_installed():
        worlds.say("exact lines")
        yield _measure_lengths(worlds.label, network, legs)
    else:
        yield Section("lines", "Exact lines", (), (), (), (f"MISSING: {oracle.NAME}",))


def find_journeys(
    network: Network, pairs: int, *, profile: str = "walk", seed: int = 5
) -> tuple[list[Journey], int]:
    """Find journeys between random units, and count the pairs between which there is none."""
    random = np.random.default_rng(seed)
    router = Router(network)
    units = sorted(unit.id for unit in network.plan.units if unit.id in network.places)
    journeys, refused = [], 0
    for _ in range(pairs):
        origin, destination = (units[k] for k in random.choice(len(units), 2, replace=False))
        found = router.find_route(origin, [destination], profile=profile, departure=NOON)
        if isinstance(found, Journey):
            journeys.append(found)
        else:
            refused += 1
    return journeys, refused


def collect_legs(network: Network, found: tuple[Sequence[Journey], int]) -> Legs:
    """Collect the distinct walks and doors of journeys."""
    journeys, refused = found
    walks: dict[object, Segment] = {}
    doors: dict[object, Segment] = {}
    drawn: set[object] = set()
    for segment in (segment for journey in journeys for segment in journey.segments):
        key = (segment.line[0], segment.line[-1], segment.units)
        if segment.kind is SegmentKind.DOOR:
            doors[key] = segment
        elif segment.kind is SegmentKind.WALK and _is_drawn(network.plan, segment):
            drawn.add(key)
        elif segment.kind is SegmentKind.WALK:
            walks[key] = segment
    return Legs(tuple(journeys), refused, tuple(walks.values()), tuple(doors.values()), len(drawn))


def _is_drawn(plan: Plan, segment: Segment) -> bool:
    """Tell whether a walk follows a drawn way, or joins the end of one to a door."""
    drawn = any(isinstance(plan[key], Relationship | Opening) for key in segment.features)
    return drawn or not segment.units or segment.level != segment.to_level


def _measure_inside(label: str, network: Network, legs: Legs) -> Section:
    walkable = Walkable(network.plan)
    astray = [walk for walk in legs.walks if not walkable.holds_walk(walk)]
    through = [walk for walk in legs.walks if not _keeps_to_openings(network, walk)]
    beside = [door for door in legs.doors if not walkable.holds_door(door)]
    rows: tuple[tuple[Cell, ...], ...] = (
        ("walks outside the outlines of their units", len(legs.walks), len(astray)),
        ("walks through a wall between two units", len(legs.walks), len(through)),
        ("doors crossed beside their opening", len(legs.doors), len(beside)),
    )
    claims = tuple(Claim(f"{text} on {label}", float(bad), 0) for text, _, bad in rows
                   if isinstance(text, str) and isinstance(bad, int))  # fmt: skip
    note = (
        f"{len(legs.journeys):,} journeys between random units, {legs.refused} pairs refused; "
        f"{legs.drawn} walks follow lines that somebody drew and are not judged."
    )
    title = f"Lines of random journeys on {label} stay in the walkable space"
    return Section("inside", title, ("what", "distinct", "of them"), rows, claims, (note,))


class Walkable:
    """Where one can walk, read from the plan alone and not from what the builder made of it.

    Parameters
    ----------
    plan
        The plan.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._outline = cache(self._make_outline)

    def holds_walk(self, walk: Segment) -> bool:
        """Tell whether a walk stays in the outlines of the units that it names."""
        return bool(self._outline(frozenset(walk.units)).covers(LineString(walk.line)))

    def holds_door(self, door: Segment) -> bool:
        """Tell whether a door is crossed where its opening is; an outer one has a step beyond."""
        opening = next(filter(None, (self._plan.find(key, Opening) for key in door.features)), None)
        shape = None if opening is None else self._plan.find_geometry_m(opening.id)
        reach = _DOOR_M if len(door.units) > 1 else 1.0
        return shape is not None and bool(shape.buffer(reach).covers(LineString(door.line)))

    def _make_outline(self, unit_ids: frozenset[str]) -> BaseGeometry:
        """Return the union of some units over gaps of one line, what stands in them taken out."""
        outlines = [shape for key in unit_ids if (shape := self._valid(key)) is not None]
        closed = shapely.union_all([shape.buffer(_GAP_M / 2 + _HAIR_M) for shape in outlines])
        area: BaseGeometry = closed.buffer(-_GAP_M / 2)
        solid = [s.buffer(-2 * _HAIR_M) for s in self._list_solid(unit_ids) if s.intersects(area)]
        # what would divide the space is no obstacle: somebody drew a counter across a corridor
        for shape in solid:
            rest = area.difference(shape)
            if len(shapely.get_parts(rest)) == len(shapely.get_parts(area)):
                area = rest
        shapely.prepare(area)
        return area

    def _valid(self, feature_id: str) -> BaseGeometry | None:
        shape = self._plan.find_geometry_m(feature_id)
        return None if shape is None else shapely.make_valid(shape)

    def _list_solid(self, unit_ids: Iterable[str]) -> list[BaseGeometry]:
        levels = {self._plan[key].level_id for key in unit_ids}
        things = [
            *(unit for unit in self._plan.units if not is_walkable(unit)),
            *self._plan.list_of(Fixture),
            *self._plan.list_of(Kiosk),
        ]
        shapes = (self._valid(thing.id) for thing in things if thing.level_id in levels)
        return [shape for shape in shapes if shape is not None and shape.area > 0]


def _keeps_to_openings(network: Network, walk: Segment) -> bool:
    """Tell whether a walk goes from unit to unit over open stretches of boundary alone."""
    if len(walk.units) < 2:
        return True
    space = network.join_spaces(walk.units).polygon
    return bool(space.buffer(_HAIR_M / 2).covers(LineString(walk.line)))


def _measure_lengths(label: str, network: Network, legs: Legs) -> Section:
    """Compare each leg with the exact shortest line in the same space with the same clearance."""
    ratios = list_ratios(network, legs.walks)
    p95, worst, least = (float(np.percentile(ratios, q)) for q in (95, 100, 0))
    rows: tuple[tuple[Cell, ...], ...] = (
        (len(ratios), float(np.median(ratios)), p95, worst, least),
    )
    claims = (
        Claim(f"p95 of leg over exact shortest line on {label}", p95, 1.02),
        Claim(f"worst of leg over exact shortest line on {label}", worst, 1.05),
        Claim(f"least of leg over exact shortest line on {label}", least, 0.98, at_least=True),
    )
    columns = ("distinct legs", "median", "p95", "worst", "least")
    note = (
        f"Exact lines by {oracle.NAME}, through the same doors in the same space, as clear of "
        "walls; arcs round corners have eight facets a quarter there and fewer here."
    )
    title = f"Legs on {label}: our line over the exact shortest one"
    return Section("lines", title, columns, rows, claims, (note,))


def list_ratios(network: Network, walks: Iterable[Segment]) -> list[float]:
    """List how many times as long as the exact shortest line each walk of some length is."""
    known: dict[frozenset[str], oracle.Oracle] = {}
    ratios = []
    for walk in walks:
        if dist(walk.line[0], walk.line[-1]) < _HAIR_M:
            continue
        units = frozenset(walk.units)
        if units not in known:
            space = network.join_spaces(units)
            known[units] = oracle.Oracle(space.polygon, space.clearance_m)
        length_m = LineString(walk.line).length
        exact_m = known[units].find_length_m(walk.line[0], walk.line[-1])
        if exact_m is None:
            raise ValueError(f"{oracle.NAME} finds no line where we have one: {walk.units}")
        ratios.append(float(length_m / exact_m))
    return ratios

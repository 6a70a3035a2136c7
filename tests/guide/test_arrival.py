"""Whoever follows the steps alone arrives; with left and right swapped they do not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

import pytest
import shapely

from tests.telling import tell
from tests.walker import LostError, Walker
from tests.world import World
from wayfinder.formats import read_plan
from wayfinder.graph import Network, build_network
from wayfinder.guide.phrases import say_step
from wayfinder.guide.steps import make_steps
from wayfinder.resources import floorplans_dir
from wayfinder.route.journey import Journey
from wayfinder.route.router import Router

pytestmark = pytest.mark.unmeasured

LANGUAGE = "en"
DEPARTURE = datetime(2026, 3, 3, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """A building with its router and what whoever stands in it sees."""

    network: Network
    router: Router
    world: World

    def draw_journeys(self, random: Random, count: int) -> Iterator[Journey]:
        """Yield journeys between random rooms."""
        rooms = sorted(
            unit.id for unit in self.network.plan.units if unit.id in self.network.places
        )
        while count:
            origin, goal = random.sample(rooms, 2)
            journey = self.router.find_route(origin, [goal], departure=DEPARTURE)
            if isinstance(journey, Journey) and journey.segments:
                count -= 1
                yield journey


def _settle(network: Network) -> Place:
    return Place(network, Router(network, release="sha256:0"), World(network, LANGUAGE))


@pytest.fixture(scope="module")
def clinic() -> Place:
    plan = read_plan(floorplans_dir() / "clinic").plan
    assert plan is not None
    return _settle(build_network(plan))


@pytest.fixture(scope="module")
def university(office: Network) -> Place:
    return _settle(office)


def _walk(place: Place, journey: Journey, random: Random, *, swap: bool) -> str | None:
    """Walk a journey as told; return why one did not arrive, or None."""
    facing_deg = random.choice([None, random.uniform(0, 360)])
    steps = make_steps(place.network, journey, facing_deg=facing_deg)
    told = [tell(step, place.world, LANGUAGE, random, swap=swap) for step in steps]
    start = place.network.graph.nodes[journey.segments[0].from_node]
    walker = Walker(place.world, start["unit"], (start["x"], start["y"]), facing_deg)
    try:
        walker.follow(told)
        why = None if _is_there(place, walker, journey.stops[-1].feature) else "arrived elsewhere"
    except LostError as lost:
        why = str(lost)
    if why is None:
        return None
    said = "\n".join(f"  {say_step(step, LANGUAGE)}" for step in steps)
    return f"{place.world.reads(journey.origin)}: {why} at step {walker.step_number}\n{said}"


def _is_there(place: Place, walker: Walker, goal: str) -> bool:
    """Tell whether a walker stands in the goal, or in the next part of the same stairwell."""
    reached = walker.reached.handle if walker.reached is not None else walker.unit
    if reached == goal:
        return True
    spaces = place.network.spaces
    if reached not in spaces or not place.world.is_vertical(goal):
        return False
    same = place.world.reads(reached) == place.world.reads(goal)
    return same and bool(shapely.dwithin(spaces[reached].polygon, spaces[goal].polygon, 0.2))


def _lose(place: Place, count: int, *, swap: bool = False, seed: int = 5) -> list[str]:
    """Walk random journeys; return what went wrong."""
    random = Random(seed)
    journeys = list(place.draw_journeys(random, count))
    outcomes = [_walk(place, journey, random, swap=swap) for journey in journeys]
    return [why for why in outcomes if why is not None]


def test_everybody_arrives_in_the_clinic(clinic: Place) -> None:
    lost = _lose(clinic, 200)
    assert not lost, "\n".join(lost)


@pytest.mark.long
def test_everybody_arrives_in_the_university(university: Place) -> None:
    lost = _lose(university, 200)
    assert not lost, "\n".join(lost)


@pytest.mark.long
def test_hardly_anybody_is_lost_on_a_thousand_other_ways(clinic: Place, university: Place) -> None:
    assert not _lose(clinic, 1000, seed=11)
    lost = _lose(university, 1000, seed=11)
    # its wide foyer has stretches of 30 m with nothing in sight to walk towards
    assert len(lost) < 20, "\n".join(lost)


def test_few_arrive_in_the_clinic_if_left_and_right_are_swapped(clinic: Place) -> None:
    assert len(_lose(clinic, 30, swap=True)) > 15


@pytest.mark.long
def test_few_arrive_in_the_university_if_left_and_right_are_swapped(university: Place) -> None:
    assert len(_lose(university, 40, swap=True)) > 30


def test_the_walker_is_told_neither_ids_nor_places(clinic: Place) -> None:
    random = Random(1)
    for journey in clinic.draw_journeys(random, 5):
        ids = {journey.origin, *(f for s in journey.segments for f in (*s.units, *s.features))}
        for step in make_steps(clinic.network, journey):
            told = str(tell(step, clinic.world, LANGUAGE, random))
            assert not any(feature in told for feature in ids)
            assert f"{step.distance_m}" not in told or step.distance_m == 0.0

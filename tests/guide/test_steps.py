"""What steps are made of a journey, on plans drawn as text."""

from datetime import UTC, datetime
from itertools import pairwise
from math import hypot
from typing import Any

import pytest

from tests.ascii_plan import draw_plan
from tests.conftest import SharedPlans
from wayfinder.formats import read_plan
from wayfinder.graph import Network, build_network
from wayfinder.guide.phrases import say_step
from wayfinder.guide.step import REASSURE_M, Direction, Relation, Sight, Step, StepKind
from wayfinder.guide.steps import make_steps, summarise
from wayfinder.guide.walks import FARTHEST_M
from wayfinder.route.journey import Journey
from wayfinder.route.router import Router

DEPARTURE = datetime(2026, 3, 3, 10, tzinfo=UTC)

TWO_FLOORS = """
level 0 1
+----+----+----+----+
|A   |B   |C   |lift|
+-1--+-2--+-3--+-4--+
|hall               |
+-------------------+
level 1 2
+----+----+----+----+
|D   |E   |F   |lift|
+-5--+-6--+-7--+-8--+
|hall               |
+-------------------+
"""
OPEN_STAIRS = """
level 0 1
+----+----+----+------+
|A   |B   |C   |stairs|
+-1--+-2--+-3--+......+
|hall                 |
+---------------------+
level 1 2
+----+----+----+------+
|D   |E   |F   |stairs|
+-5--+-6--+-7--+......+
|hall                 |
+---------------------+
"""
LONG = """
+------------------------------------------------------------------------------------+
|hall                                                                                |
+-1--+---+-2--+------------------------------+-------------------------------3--+----+
|A   |   |wc  |                              |C                                 |
+----+   +----+                              +----------------------------------+
"""
FOOT = """
+---------------------------+------+
|hall                       :flight|
|  *info                    :      |
+---------------------+     +------+
                      |     |
                      |     |
                      +-222-+
                      |B    |
                      +-----+
"""
HALL = """
+------------------------------+
|hall                          |
|                              |
|                              +------+
|                              1C     |
|  *info                       +------+
+---------------------------+  :flight|
                            |  +------+
                            |  |
                            +22+
                            |B |
                            +--+
"""
CORNER = """
+----+
|A   |
+-1--+-------------------+
|hall                    |
+--------------------+   |
                     |   |
                     |   |
                +----+   |
                |B   2   |
                +----+---+
"""


def _find(
    text: str,
    origin: str,
    *goals: str,
    profile: str = "walk",
    **options: Any,  # noqa: ANN401
) -> tuple[Network, Journey]:
    network = build_network(draw_plan(text, **options))
    router = Router(network, release="sha256:0")
    journey = router.find_route(origin, goals, profile=profile, departure=DEPARTURE)
    assert isinstance(journey, Journey), journey
    return network, journey


def _make(
    text: str,
    origin: str,
    *goals: str,
    facing_deg: float | None = None,
    **options: Any,  # noqa: ANN401
) -> tuple[Step, ...]:
    return make_steps(*_find(text, origin, *goals, **options), facing_deg=facing_deg)


def _kinds(steps: tuple[Step, ...]) -> list[str]:
    return [str(step.kind) for step in steps]


def test_a_lift_is_one_step_with_both_ends() -> None:
    leave, lift, arrive = _make(TWO_FLOORS, "A", "F")
    assert (leave.kind, leave.then) == (StepKind.DEPART, Direction.LEFT)
    assert (lift.kind, lift.direction, lift.floors) == (StepKind.LIFT, Direction.UP, 1.0)
    assert (lift.from_floor["en"], lift.to_floor["en"]) == ("1", "2")
    assert (lift.start.level, lift.end.level) == ("level0", "level1")
    assert lift.then is Direction.RIGHT
    assert lift.landmark is not None
    assert (lift.landmark.id, lift.landmark.side) == ("lift@0", Direction.LEFT)
    assert (arrive.kind, arrive.direction, arrive.stop) == (StepKind.ARRIVE, Direction.RIGHT, 0)


@pytest.mark.parametrize(("origin", "goal", "way"), [("A", "F", "up"), ("F", "A", "down")])
def test_open_stairs_are_entered_and_left_over_their_edge(origin: str, goal: str, way: str) -> None:
    leave, stairs, arrive = _make(OPEN_STAIRS, origin, goal)
    assert leave.kind is StepKind.DEPART
    assert (stairs.kind, str(stairs.direction)) == (StepKind.STAIRS, way)
    assert stairs.landmark is not None
    assert stairs.landmark.side is Direction.LEFT
    assert stairs.then is Direction.RIGHT
    assert arrive.direction is Direction.RIGHT


def test_stairs_may_be_the_start_and_the_end() -> None:
    assert _kinds(_make(OPEN_STAIRS, "stairs@0", "D")) == ["stairs", "arrive"]
    last = _make(OPEN_STAIRS, "A", "stairs@1")[-1]
    assert (last.kind, last.distance_m) == (StepKind.ARRIVE, 0.0)


@pytest.mark.parametrize(
    ("facing_deg", "first"),
    [
        (180.0, Direction.STRAIGHT),
        (0.0, Direction.AROUND),
        (90.0, Direction.RIGHT),
        (270.0, Direction.LEFT),
    ],
)
def test_the_first_step_is_relative_to_the_facing(facing_deg: float, first: Direction) -> None:
    assert _make(TWO_FLOORS, "A", "C", facing_deg=facing_deg)[0].direction is first


def test_without_a_facing_the_first_step_has_no_direction() -> None:
    assert _make(TWO_FLOORS, "A", "C")[0].direction is None


def test_whoever_starts_in_a_corridor_walks_towards_something() -> None:
    first = _make(CORNER, "hall", "B")[0]
    assert (first.kind, first.direction) == (StepKind.DEPART, None)
    assert first.landmark is not None
    assert first.landmark.relation in {Relation.TOWARDS, Relation.AWAY, Relation.BESIDE}
    assert first.landmark.id in {"door-1", "door-2"}


@pytest.mark.parametrize("kind", ["escalator", "stairs"])
@pytest.mark.parametrize(
    ("profile", "sent"), [("walk", True), ("easy", True), ("wheelchair", False), ("bed", False)]
)
def test_nobody_is_sent_towards_what_they_may_not_use(
    kind: str, profile: str, *, sent: bool
) -> None:
    wide = {"clear_width_m": 2.5}
    units = {"flight": kind, "hall": {"category": "walkway", **wide}, "B": wide}
    steps = _make(FOOT, "info", "B", profile=profile, units=units, doors={"2": wide})
    seen = [one for step in steps for one in (step.landmark, step.towards) if one is not None]
    towards = [one.id for one in seen if one.relation is Relation.TOWARDS]
    assert ("flight" in towards) is sent


@pytest.mark.parametrize(
    ("profile", "plan", "named"),
    [
        ("walk", HALL, "flight"),
        ("wheelchair", HALL, "door-1"),
        # better than none
        ("wheelchair", HALL.replace("1C", "|C"), "flight"),
    ],
)
def test_a_turn_is_at_barred_stairs_only_where_nothing_else_is_near(
    profile: str, plan: str, named: str
) -> None:
    wide = {"clear_width_m": 2.5}
    units = {"flight": "stairs", "hall": {"category": "walkway", **wide}, "B": wide}
    steps = _make(plan, "info", "B", profile=profile, units=units, doors={"2": wide})
    (turn,) = [step for step in steps if step.kind is StepKind.TURN]
    assert turn.landmark is not None
    assert (turn.landmark.id, turn.landmark.relation) == (named, Relation.AT)


def test_what_one_sees_from_the_start_needs_one_step() -> None:
    (only,) = _make(LONG, "hall", "A")
    assert (only.kind, only.direction) == (StepKind.ARRIVE, None)


def test_doors_without_a_sign_are_counted() -> None:
    nameless = {room: {"name": None} for room in "ABC"}
    last = _make(TWO_FLOORS, "A", "C", units=nameless)[-1]
    assert last.landmark is not None
    assert (last.landmark.side, last.landmark.ordinal) == (Direction.LEFT, 2)
    assert not last.landmark.labels


def test_a_door_with_a_sign_of_its_own_needs_no_number() -> None:
    landmark = _make(TWO_FLOORS, "A", "C")[-1].landmark
    assert landmark is not None
    assert landmark.ordinal is None
    assert landmark.labels["en"] == "C"


def test_a_turn_is_where_the_corridor_ends() -> None:
    steps = _make(CORNER, "A", "B")
    turn = next(step for step in steps if step.kind is StepKind.TURN)
    assert turn.direction is Direction.RIGHT
    assert turn.landmark is not None
    assert turn.landmark.sight is Sight.END
    assert steps[-1].direction is Direction.RIGHT


def test_a_long_way_with_nothing_to_pass_is_one_step_that_says_so() -> None:
    steps = _make(LONG, "A", "C")
    assert _kinds(steps) == ["depart", "arrive"]
    assert steps[-1].distance_m > REASSURE_M
    assert "70 m, without turning off." in say_step(steps[-1], "en")
    assert "约70米，中途不拐弯" in say_step(steps[-1], "zh-Hans")


def test_a_long_way_names_what_one_passes() -> None:
    depart, passed, arrive = _make(_draw_hall(50), "A", "C")
    assert depart.kind is StepKind.DEPART
    assert passed.landmark is not None
    assert (passed.kind, passed.landmark.labels["en"]) == (StepKind.CONTINUE, "B")
    assert 20.0 < passed.distance_m < FARTHEST_M
    assert arrive.distance_m < passed.distance_m + 20.0


def test_a_very_long_way_has_a_word_all_the_same() -> None:
    steps = _make(_draw_hall(None), "A", "C")
    assert _kinds(steps) == ["depart", "continue", "arrive"]
    assert max(step.distance_m for step in steps) <= FARTHEST_M
    assert "without turning off" in say_step(steps[1], "en")


def _draw_hall(door_m: int | None) -> str:
    """Draw a hall of 110 m with a room at each end and, where wanted, one between."""
    door = "-" * 110 if door_m is None else f"{'-' * (door_m - 1)}2{'-' * (110 - door_m)}"
    room = " " * 110 if door_m is None else f"{'B':>{door_m}}{' ' * (110 - door_m)}"
    return "\n".join(
        (
            "",
            f"+{'-' * 117}+",
            f"|hall{' ' * 113}|",
            f"+-1-+{door}+3-+",
            f"|A  |{room}|C |",
            f"+---+{'-' * 110}+--+",
            "",
        )
    )


def test_steps_join_end_to_start_and_are_as_long_as_the_way() -> None:
    for text, origin, goal in ((TWO_FLOORS, "A", "F"), (LONG, "A", "wc"), (CORNER, "A", "B")):
        network, journey = _find(text, origin, goal)
        steps = make_steps(network, journey)
        for one, other in pairwise(steps):
            assert one.end.level == other.start.level
            (x0, y0), (x1, y1) = one.end.point, other.start.point
            assert hypot(x1 - x0, y1 - y0) < 4.0
        assert sum(step.distance_m for step in steps) == pytest.approx(journey.distance_m, abs=12.0)


def test_every_stop_is_arrived_at_and_left_by_its_door() -> None:
    steps = _make(TWO_FLOORS, "A", "C", "B")
    assert [step.stop for step in steps if step.kind is StepKind.ARRIVE] == [0, 1]
    assert _kinds(steps) == ["depart", "arrive", "depart", "arrive"]


def test_to_be_there_already_is_an_arrival() -> None:
    assert _kinds(_make(TWO_FLOORS, "A", "A")) == ["arrive"]


def test_lifts_and_stairs_are_counted_by_direction() -> None:
    _, up = _find(TWO_FLOORS, "A", "F")
    _, down = _find(OPEN_STAIRS, "F", "A")
    _, level = _find(TWO_FLOORS, "A", "C")
    assert summarise(up).counts == {"lift.up": 1}
    assert summarise(down).counts == {"stairs.down": 1}
    assert summarise(level).counts == {}
    assert summarise(up).distance_m == up.distance_m


def test_the_outside_is_left_and_entered_through_doors() -> None:
    plan = """
    +----+----+
    |A   |B   |
    +-1--+-2--+
    |hall     3
    +---------+
    """
    network = build_network(draw_plan(plan))
    outside = next(n for n, at in network.graph.nodes(data=True) if at["unit"] is None)
    door = network.graph.nodes[outside]["feature"] or "door-3"
    router = Router(network, release="sha256:0")
    journey = router.find_route("A", [door], departure=DEPARTURE)
    assert isinstance(journey, Journey)
    assert make_steps(network, journey)[-1].kind is StepKind.ARRIVE


@pytest.mark.long
def test_ways_drawn_through_doors_and_over_flights_are_told(shared_plans: SharedPlans) -> None:
    plan = read_plan(shared_plans / "osm_massy_station/station-border.osm.pbf").plan
    assert plan is not None
    network = build_network(plan)
    router = Router(network, release="sha256:0")
    rooms = sorted(unit.id for unit in plan.units if unit.id in network.places)
    told = set()
    for origin, goal in zip(rooms, reversed(rooms), strict=True):
        journey = router.find_route(origin, [goal], departure=DEPARTURE)
        if isinstance(journey, Journey):
            steps = make_steps(network, journey)
            told |= {step.kind for step in steps}
            assert steps[-1].kind is StepKind.ARRIVE
            assert all(say_step(step, "zh-Hans") and say_step(step, "en") for step in steps)
    assert {StepKind.DOOR, StepKind.STAIRS, StepKind.TURN} <= told

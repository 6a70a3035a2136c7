from datetime import datetime
from zoneinfo import ZoneInfo

from tests.ascii_plan import draw_plan
from wayfinder.guide.step import StepKind
from wayfinder.model import Release
from wayfinder.services.navigate import Way, find_way
from wayfinder.services.served import Served, make_served
from wayfinder.services.unsure import find_unsure_steps

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
PICTURE = """
+-----+-----+-----+
|A    1     2B    |
|     |C    |     |
+-----+-----+-----+
"""


def find_steps(served: Served, start: str, end: str) -> Way:
    way = find_way(served, start, [end], at=NOON)
    assert isinstance(way, Way)
    return way


def test_the_step_through_a_door_with_hours_is_unsure() -> None:
    plan = draw_plan(PICTURE, doors={"2": {"hours": "08:00-18:00"}})
    timed = "door-2"
    way = find_steps(make_served("house", Release(plan)), "A", "B")
    assert any(timed in segment.features for segment in way.journey.segments)
    unsure = find_unsure_steps(way)
    assert len(unsure) == 1
    ends = [step.end.point for step in way.steps]
    door = next(s.line[0] for s in way.journey.segments if timed in s.features)
    step = ends[next(iter(unsure))]
    assert abs(step[0] - door[0]) < 2


def test_without_hours_nothing_is_unsure() -> None:
    way = find_steps(make_served("house", Release(draw_plan(PICTURE))), "A", "B")
    assert find_unsure_steps(way) == frozenset()


def test_a_lift_is_unsure(clinic: Served) -> None:
    start = next(sign.id for sign in clinic.signs.values() if sign.ref == "1-01")
    goal = next(one.id for one in clinic.plan if one.codes.get("his") == "PED")
    way = find_way(clinic, start, [goal], profile="wheelchair", at=NOON)
    assert isinstance(way, Way)
    lifts = {index for index, step in enumerate(way.steps) if step.kind is StepKind.LIFT}
    assert lifts
    assert find_unsure_steps(way) >= lifts

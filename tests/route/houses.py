"""A small hospital drawn as text, and the moment at which its journeys begin."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from tests.ascii_plan import draw_plan
from wayfinder.graph import build_network
from wayfinder.guide.catalogues import LANGUAGES, has_message
from wayfinder.model import Conditions, Plan
from wayfinder.route import Journey, Refusal, Router, SegmentKind
from wayfinder.route.times import time_segment

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A Monday at ten in the morning."""

HOUSE = """
    level 0 1F
    +------+------+-----+------+
    |A     |B     |lift |stairs|
    +--1---+--2---+--L--+--S---+
    |hall                      |
    +--3---+------4-----+---0--+
    |C     5D           |
    +------+------------+
    level 1 2F
    +------+------+-----+------+
    |E     |F     |lift |stairs|
    +--6---+--7---+--M--+--T---+
    |corridor                  |
    +--------------------------+
"""
"""Two floors with a lift and stairs; the rooms C and D lead into each other as well."""

TOWER = "\n".join(
    f"""
    level {floor} {floor + 1}F
    +------+------+
    |stairs|lift  |
    +----S-+-L----+
    |hall         |
    +------R------+
    |R{floor}           |
    +-------------+
"""
    for floor in range(5)
)
"""Five floors with a lift beside the stairs, and a room on each."""


def make_router(drawing: str = HOUSE, **options: Any) -> Router:  # noqa: ANN401 - of `draw_plan`
    """Make a router of a drawing."""
    return route_on(draw_plan(drawing, **options))


def route_on(plan: Plan) -> Router:
    """Make a router of a plan."""
    return Router(build_network(plan), "sha256:test")


def travel(
    router: Router,
    origin: str,
    *destinations: str,
    **options: Any,  # noqa: ANN401 - of `find_route`
) -> Journey:
    """Find a journey that there must be."""
    found = router.find_route(origin, destinations, **{"departure": MONDAY, **options})
    assert isinstance(found, Journey), found
    check_words(f"warning.{warning.code}" for warning in found.warnings)
    return found


def time_lift(
    router: Router, journey: Journey, conditions: Conditions | None = None
) -> tuple[float, float]:
    """Return how long the only lift of a journey takes, and all the rest of it."""
    (lift,) = (s for s in journey.segments if s.kind is SegmentKind.LIFT)
    epoch = router.schedule.find_epoch(journey.departure, conditions or Conditions())
    shown_s = time_segment(lift, router.search.get_costs(journey.profile), epoch).shown_s
    return shown_s, journey.duration_s - shown_s


def refuse(
    router: Router,
    origin: str,
    *destinations: str,
    **options: Any,  # noqa: ANN401 - of `find_route`
) -> Refusal:
    """Ask for a journey that there must not be."""
    found = router.find_route(origin, destinations, **{"departure": MONDAY, **options})
    assert isinstance(found, Refusal), found
    check_words((f"refusal.{found.code}", *(f"bar.{r}" for r in found.values.get("reasons", ()))))
    return found


def check_words(messages: Iterable[str]) -> None:
    """Check that something can be said in all languages."""
    for message, language in product(messages, LANGUAGES):
        assert has_message(language, message), message


def list_kinds(journey: Journey) -> Sequence[SegmentKind]:
    """List how one gets along."""
    return [segment.kind for segment in journey.segments]


def list_doors(journey: Journey) -> Sequence[str]:
    """List the doors in the order in which they are passed."""
    return [s.features[0] for s in journey.segments if s.kind is SegmentKind.DOOR]

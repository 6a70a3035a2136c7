"""What is shut by conditions is told of a moment at which it is."""

from datetime import UTC, datetime, timedelta

from tests.ascii_plan import draw_plan
from wayfinder.model import Release
from wayfinder.services.condition_effects import find_effect
from wayfinder.services.served import Served, make_served
from wayfinder.store.conditions import CLOSURE, HOURS, NOTICE, ConditionDraft

NOON = datetime(2030, 1, 7, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOUSE = """
    +-----+-----+
    |A    |B    |
    +--1--+--2--+
    3hall       |
    +-----------+
"""


def serve() -> Served:
    plan = draw_plan(HOUSE)
    assert plan.venue is not None
    named = plan.venue.with_wayfinder(time_zone="UTC")
    return make_served("house", Release(plan.with_features(named), 1))


def hours(feature: str, text: str, end: datetime | None = None) -> ConditionDraft:
    return ConditionDraft(HOURS, (feature,), {}, end=end, hours=text)


def test_what_is_over_or_has_not_begun_shuts_nothing() -> None:
    drafts = [
        ConditionDraft(CLOSURE, ("door-1",), {}, NOON - 2 * HOUR, NOON - HOUR),
        ConditionDraft(CLOSURE, ("door-2",), {}, NOON + HOUR),
        hours("A", "off", end=NOON),
        ConditionDraft(NOTICE, ("level0",), {"en": "Hello"}),
    ]
    assert find_effect(serve(), drafts, NOON).features == ()
    assert find_effect(serve(), drafts, NOON + HOUR).features == ("door-2",)


def test_hours_are_looked_at_when_they_shut_something() -> None:
    closure = ConditionDraft(CLOSURE, ("B",), {})
    found = find_effect(serve(), [hours("door-1", "06:00-20:00"), closure], NOON)
    assert (found.features, found.at) == (("B", "door-1"), NOON + 8 * HOUR)
    assert found.by_hours == ("door-1",)
    # what is shut already is so at once
    at_once = find_effect(serve(), [hours("door-1", "20:00-22:00")], NOON)
    assert (at_once.features, at_once.at) == (("door-1",), None)
    assert find_effect(serve(), [hours("door-1", "24/7")], NOON).features == ()
    ends = hours("door-1", "06:00-20:00", end=NOON + HOUR)
    assert find_effect(serve(), [ends], NOON).features == ()


def test_of_hours_that_shut_by_turns_the_moment_counts_at_which_most_do() -> None:
    drafts = [
        hours("door-1", "06:00-20:00"),
        hours("door-2", "06:00-21:00"),
        hours("door-3", "20:00-06:00"),
    ]
    found = find_effect(serve(), drafts, NOON)
    assert (found.at, found.features) == (NOON + 9 * HOUR, ("door-1", "door-2"))
    assert found.at_other_times == ("door-3",)


def test_hours_that_bar_no_way_shut_nothing() -> None:
    assert find_effect(serve(), [hours("level0", "off")], NOON).features == ()

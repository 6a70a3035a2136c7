"""What wheelchairs lose is told apart: a door that is wide enough elsewhere is no all-clear."""

from typing import Any

import pytest

from tests.ascii_plan import draw_plan
from tests.checks.hung import hang
from tests.displayed import KIOSK, make_screen
from tests.services.impact.test_impact import WIDE, change, close, draw
from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.model import Plan
from wayfinder.services.impact import Affected, Impact, Lost
from wayfinder.services.impact.document import write_impact
from wayfinder.services.impact.findings import are_ways_lost, list_findings

HALLS = """
    +-----+-----+-----+
    |A    |B    |C    |
    +--1--+--2--+--3--+
    4hall2            |
    +--w--------n-----+
    |hall1            |
    |                 |
    +--0--------------+
"""
AROUND = """
    +--------+-----------------------+--------+----------------------------------+
    |A       |void                   |B       |void2                             |
    +--1-----+-----------------------+--2-----+----------------------------------+
    |hall1                           |hall2                                      |
    |                                5                                           |
    |                                |                                           |
    |                                6                                           |
    |                                |                                           |
    +--3-----------------------------+----------------------------------------4--+
    |yard                                                                        |
    +------------------------------------------------------0---------------------+
"""


def draw_halls(**given: Any) -> Plan:  # noqa: ANN401 - options of doors
    """Return a hall with the main entrance, a wide and a narrow door to what a back door is at."""
    widths: dict[str, dict[str, Any]] = {key: {"clear_width_m": 1.2} for key in "01234w"}
    widths["0"]["category"], widths["n"] = "pedestrian.principal", {"clear_width_m": 0.6}
    halls = {"hall1": {"category": "walkway", **WIDE}, "hall2": {"category": "walkway", **WIDE}}
    return draw_plan(HALLS, units=halls, doors={**widths, **given})


def tell(plan: Plan, found: Impact, language: str = "en") -> dict[str, str]:
    """Return what is said of it, by what that is."""
    findings = list_findings(write_impact(found, (plan,)), language)
    return {one.code: one.text for one in findings}


def test_what_wheelchairs_alone_lose_is_counted_though_another_door_leads_there() -> None:
    plan = draw_halls()
    found = close(plan, ["door-w"])
    assert (found.reach.unreachable, found.reach.without_steps) == ((), ())
    assert found.journeys.barred == 0
    assert found.journeys.lost == (Lost("wheelchair", ("door-0",), ("A", "B", "C")),)
    assert found.journeys.barred_on_wheels == 3
    assert found.journeys.starts == frozenset()
    assert found.journeys.starts_on_wheels == {"door-0"}
    (finding,) = list_findings(write_impact(found, (plan,)), "en")
    assert (finding.code, finding.grade) == ("barred_on_wheels", "bad")
    assert "3 journeys are no longer possible in a wheelchair" in finding.text
    (ways,) = finding.ways
    assert ways.summary.endswith(" to 3 places")
    assert [one.names for one in ways.places] == ["A, B, C"]
    assert ways.starts == ()  # the only one is named above


def test_a_draft_that_makes_a_door_narrow_is_told_so() -> None:
    old, new = draw_halls(), draw_halls(w={"clear_width_m": 0.6})
    assert change(old, new).journeys.barred_on_wheels == 3
    assert change(new, old).journeys.lost == ()


def test_signs_and_screens_from_which_wheelchairs_get_nowhere_are_named() -> None:
    bare = hang(draw_halls(), "sign", (9.0, -11.0), {"A": "ahead"}, unit="hall1")
    plan = bare.with_features(make_screen(bare, "kiosk", KIOSK, unit_id="hall1"))
    plan = plan.with_features(make_screen(bare, "other", KIOSK, unit_id="hall2"))
    found = close(plan, ["door-w"])
    (lost,) = found.journeys.lost
    assert (lost.starts, lost.journeys) == (("door-0", "sign", "kiosk"), 9)
    (display,) = found.displays
    assert (display.display, display.reasons) == ("kiosk", (Affected.STEP_FREE_WAYS,))
    findings = list_findings(write_impact(found, (plan,), codes={"sign": "K7QX3M9"}), "en")
    ways = next(one for one in findings if one.code == "barred_on_wheels").ways
    assert ways[0].summary == "From 3 entrances, signs and screens to 3 places"
    assert any("K7QX3M9" in one.names for one in ways[0].starts)
    assert are_ways_lost(findings)


def test_an_entrance_that_is_none_any_more_leads_nowhere() -> None:
    plan = draw_halls()
    shut = plan.with_features(plan["door-0"].with_properties(wayfinder={"locked": True}))
    for new in (plan.without("door-0"), shut):
        found = change(plan, new)
        assert found.reach.unreachable == ()
        assert found.journeys.lost == (Lost("walk", ("door-0",), ("A", "B", "C")),)
        assert "3 journeys lead nowhere any more" in tell(plan, found)["barred"]


def test_where_nothing_changes_nothing_is_said() -> None:
    plan = draw_halls()
    for found in (change(plan, plan), close(plan, ["door-n"])):
        assert (found.journeys.lost, found.journeys.barred_on_wheels) == ((), 0)
        assert found.journeys.starts_on_wheels == frozenset()
        assert tell(plan, found) == {}


def test_what_is_lost_on_foot_too_is_counted_once() -> None:
    plan = draw_halls()
    both = close(plan, ["door-w", "door-n"]).journeys
    assert (both.barred, both.barred_on_wheels) == (3, 0)
    assert both.starts_on_wheels == frozenset()
    found = close(plan, ["door-w", "door-1"])
    assert found.reach.unreachable == ("A",)
    assert found.journeys.lost == (Lost("wheelchair", ("door-0",), ("B", "C")),)


def test_a_place_that_loses_step_free_access_as_a_whole_is_told_as_that() -> None:
    bare = draw()
    plan = bare.with_features(make_screen(bare, "kiosk", KIOSK, unit_id="hall"))
    found = close(plan, ["lift@0"])
    assert found.reach.without_steps == ("C", "D")
    assert found.journeys.barred_on_wheels == 0
    (display,) = found.displays  # but its ways are lost all the same
    assert display.reasons == (Affected.STEP_FREE_WAYS,)
    above = hang(bare, "sign", (6.0, -7.0), {"A": "ahead"}, unit="upper")
    assert close(above, ["lift@0"]).journeys.lost == (Lost("wheelchair", ("sign",), ("A", "B")),)


def test_ways_that_grow_for_wheelchairs_alone_are_told() -> None:
    doors = {key: {"clear_width_m": 0.6 if key == "5" else 1.2} for key in "0123456"}
    halls = {key: {"category": "walkway", **WIDE} for key in ("hall1", "hall2", "yard")}
    plan = hang(
        draw_plan(AROUND, units=halls, doors=doors),
        "sign",
        (31.0, -9.0),
        {"B": "right"},
        unit="hall1",
    )
    found = close(plan, ["door-6"]).journeys
    assert [(one.place, one.profile, one.start) for one in found.longer] == [
        ("B", "wheelchair", "sign")
    ]
    assert found.lost == ()
    assert found.starts == {"sign"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_all_languages(language: str) -> None:
    plan = draw_halls()
    found = close(plan, ["door-w"])
    (text,) = tell(plan, found, language).values()
    assert "3" in text

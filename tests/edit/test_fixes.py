"""Every fix that a finder proposes is an edit that can be done, and mends what it was for."""

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.ascii_plan import draw_plan
from tests.edit.shown import act, at, box, hold, refuse
from wayfinder.checks import check_network
from wayfinder.edit import ACTIONS, MalformedActionError, make_fix
from wayfinder.formats import list_plan_issues
from wayfinder.graph import build_network
from wayfinder.model import Fix, Issue, Plan, encode_plan, make_feature

SOURCE = Path(__file__).resolve().parents[2] / "wayfinder"

PLAN = draw_plan(
    """
    +-----+-----+
    |A    |B    |
    +--1--+-----+
    |hall       |
    +-----3-----+
"""
)


def list_issues(plan: Plan) -> list[Issue]:
    network = build_network(plan)
    return list(check_network(network, reading=list_plan_issues(plan)).issues)


def mend(plan: Plan, code: str, **more: Any) -> Plan:  # noqa: ANN401 - JSON values
    """Take the fix of the only issue of a code, and see that the issue is gone."""
    (issue,) = [issue for issue in list_issues(plan) if issue.code == code]
    assert issue.fix is not None
    edit = make_fix(issue.fix, **more).apply(plan)
    hold(plan, edit)
    assert code not in {found.code for found in list_issues(edit.plan)}
    return edit.plan


def door(key: str, *ends: tuple[float, float], **properties: object) -> Any:  # noqa: ANN401 - a feature
    line = {"type": "LineString", "coordinates": [at(*end) for end in ends]}
    return make_feature(
        key, "opening", line, {"category": "pedestrian", "level_id": "level0", **properties}
    )


def test_every_fix_in_the_source_is_an_action() -> None:
    found = set()
    for path in SOURCE.rglob("*.py"):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if "Fix(" in text else ():
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Fix":
                # one that is read back, of an upload say, has the name that another gave it
                found |= {str(arg.value) for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    assert len(found) > 8
    of_the_source = {name for name in found if name.startswith("osm-")}
    assert found - of_the_source <= ACTIONS.keys()
    for of_source in of_the_source:
        with pytest.raises(MalformedActionError, match="fix-of-source"):
            make_fix(Fix(of_source, {"element": "way/1"}))


def test_a_room_that_is_cut_off_gets_its_door() -> None:
    mend(PLAN, "unit-cut-off", id="new-door")


def test_a_door_off_the_wall_goes_to_it() -> None:
    plan = PLAN.with_features(door("d", (8, -5), (9, -5)))
    plan = plan.replace({"hall": None, "door-3": None, "door-1": None})
    mend(plan, "door-off-outline")


def test_a_door_before_a_thick_wall_joins_what_is_behind() -> None:
    wing = make_feature(
        "C",
        "unit",
        {"type": "Polygon", "coordinates": box(12.9, -8, 16, -4)},
        {"category": "room", "level_id": "level0"},
    )
    mend(PLAN.with_features(wing, door("d", (12, -6.5), (12, -5.5))), "door-one-sided")


def test_an_entrance_is_called_one() -> None:
    plan = mend(PLAN.with_features(door("d", (12, -6.5), (12, -5.5))), "door-one-sided")
    assert plan["d"].category == "pedestrian.principal"


def test_a_door_finds_its_floor() -> None:
    mend(PLAN.with_features(door("d", (8, -4), (9, -4), level_id=None)), "level-not-given")


def test_an_escalator_gets_its_direction() -> None:
    plan = draw_plan("level 0\n+---+\n|esc|\n+---+\nlevel 1\n+---+\n|esc|\n+---+")
    mend(plan, "escalator-without-direction")
    both = act(plan, "set-direction", feature="esc@0", direction="down").plan
    assert (
        act(both, "set-direction", feature="esc@0", direction=None).plan["esc@0"] == plan["esc@0"]
    )


def test_a_venue_gets_its_time_zone() -> None:
    venue = PLAN["venue"].with_wayfinder(time_zone=None)
    plan = PLAN.with_features(venue, PLAN["A"].with_wayfinder(hours="24/7"))
    mend(plan, "time-zone-missing", time_zone="Asia/Shanghai")
    (issue,) = [issue for issue in list_issues(plan) if issue.code == "time-zone-missing"]
    assert issue.fix is not None
    with pytest.raises(MalformedActionError, match="time_zone"):
        make_fix(issue.fix)


def swap(plan: Plan, *keys: str) -> Plan:
    """Return a plan of which somebody wrote longitude and latitude the wrong way round."""

    def turn(value: Any, *, places: bool = False) -> Any:  # noqa: ANN401 - JSON
        if isinstance(value, Mapping):
            return {key: turn(one, places=key == "coordinates") for key, one in value.items()}
        if not isinstance(value, list | tuple) or not places:
            return value
        if value and isinstance(value[0], int | float):
            return [value[1], value[0], *value[2:]]
        return [turn(one, places=True) for one in value]

    wrong = [plan[key] for key in keys or plan.features]
    return plan.with_features(
        *(
            make_feature(
                one.id, one.feature_type, turn(one.geometry), turn(one.properties), one.members
            )
            for one in wrong
        )
    )


def test_swapped_coordinates_are_swapped_back() -> None:
    assert refuse(PLAN, "swap-coordinates", features=["A"]).code == "not-swapped"
    assert refuse(PLAN, "swap-coordinates", features="all").code == "not-swapped"
    assert encode_plan(mend(swap(PLAN, "A"), "coordinates-swapped")) == encode_plan(PLAN)
    assert encode_plan(mend(swap(PLAN), "all-coordinates-swapped")) == encode_plan(PLAN)


def test_a_level_is_one_that_there_is() -> None:
    assert refuse(PLAN, "set-level", feature="A", level="no").code == "feature-missing"
    assert refuse(PLAN, "set-level", feature="venue", level="level0").code == "not-on-level"
    assert refuse(PLAN, "set-category", feature="A", category="dungeon").code == "category-unknown"

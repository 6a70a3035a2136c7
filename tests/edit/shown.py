"""What tests of edits have in common: places in metres, and that what is done can be undone."""

from collections.abc import Mapping
from typing import Any

from shapely.geometry.base import BaseGeometry

from tests.ascii_plan import FRAME
from wayfinder.edit import Edit, EditError, parse_action, parse_offered, write_action
from wayfinder.formats import list_plan_issues
from wayfinder.model import Plan, Severity, decode_plan, encode_plan

MILLIMETRE = 1e-3


def at(x: float, y: float) -> list[float]:
    """Return a place in metres as a position in degrees, as a client sends it."""
    return list(FRAME.to_degrees(x, y))


def ring(*points: tuple[float, float]) -> list[list[float]]:
    """Return places in metres as a ring in degrees."""
    return [at(*point) for point in (*points, points[0])]


def box(west: float, south: float, east: float, north: float) -> list[list[list[float]]]:
    """Return a rectangle in metres as an area in degrees."""
    return [ring((west, south), (east, south), (east, north), (west, north))]


def act(plan: Plan, kind: str, **arguments: Any) -> Edit:  # noqa: ANN401 - JSON values
    """Do an action, and hold what every action must hold to.

    It is written and read again, undone byte for byte, leaves a plan that can be stored, and one
    without errors where there was none.
    """
    action = parse_offered({"kind": kind, **arguments})
    assert parse_action(write_action(action)) == action
    text = encode_plan(plan)
    edit = action.apply(plan)
    assert encode_plan(plan) == text, "the plan before has changed"
    hold(plan, edit)
    return edit


def hold(plan: Plan, edit: Edit) -> None:
    """Hold what every edit of a plan must hold to."""
    assert edit.before.keys() == edit.after.keys()
    differing = {
        key
        for key in {*plan.features, *edit.plan.features}
        if plan.features.get(key) != edit.plan.features.get(key)
    }
    assert edit.touched == differing
    assert {key: plan.features.get(key) for key in edit.before} == dict(edit.before)
    assert {key: edit.plan.features.get(key) for key in edit.after} == dict(edit.after)
    revert = parse_action(write_action(edit.revert))
    back = revert.apply(edit.plan)
    assert encode_plan(back.plan) == encode_plan(plan)
    assert encode_plan(back.revert.apply(back.plan).plan) == encode_plan(edit.plan)
    assert decode_plan(encode_plan(edit.plan)).features.keys() == edit.plan.features.keys()
    assert not list_new_errors(plan, edit.plan)


def list_new_errors(plan: Plan, edited: Plan) -> list[str]:
    """List the errors of an edited plan that were not there before."""
    known = _list_errors(plan)
    return [error for error in _list_errors(edited) if error not in known]


def _list_errors(plan: Plan) -> list[str]:
    fresh = Plan.of(plan)  # nothing that a plan hands on may hide a mistake
    return [
        f"{issue.code} {issue.features}"
        for issue in list_plan_issues(fresh)
        if issue.severity is Severity.ERROR
    ]


def refuse(plan: Plan, kind: str, **arguments: Any) -> EditError:  # noqa: ANN401 - JSON values
    """Return why an action cannot be done."""
    action = parse_offered({"kind": kind, **arguments})
    text = encode_plan(plan)
    try:
        edit = action.apply(plan)
    except EditError as error:
        assert encode_plan(plan) == text
        return error
    raise AssertionError(f"it was done: {sorted(edit.touched)}")


def shape(plan: Plan, feature_id: str) -> BaseGeometry:
    """Return a geometry in metres."""
    found = plan.find_geometry_m(feature_id)
    assert found is not None
    return found


def bounds(plan: Plan, feature_id: str) -> tuple[float, ...]:
    """Return the bounds of a geometry in metres, to the centimetre."""
    return tuple(round(value, 2) + 0.0 for value in shape(plan, feature_id).bounds)


def codes(edit: Edit) -> list[str]:
    """Return the codes of what was done besides."""
    return [note.code for note in edit.notes]


def ours(plan: Plan, feature_id: str) -> Mapping[str, Any]:
    """Return the wayfinder object of a feature."""
    return plan[feature_id].wayfinder

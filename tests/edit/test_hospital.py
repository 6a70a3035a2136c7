"""Edits of the sample hospital: walls, splits and joins on real rooms, and in time."""

import random
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon

from wayfinder.edit import Edit, EditError, find_sides, parse_offered
from wayfinder.edit.changes import are_same
from wayfinder.formats import ReadResult
from wayfinder.formats.validation.geometry import list_geometry_issues
from wayfinder.formats.validation.references import list_reference_issues
from wayfinder.model import Occupant, Opening, Plan, Unit, decode_plan, encode_plan

LIMIT_S = 0.15
"""An edit takes some 10 ms, 50 at most; more of processor time where a machine has other work."""


@pytest.fixture(scope="module")
def plan(read_hospital: ReadResult) -> Plan:
    """Return the hospital as a draft has it: read from the store."""
    stored = decode_plan(encode_plan(read_hospital.plan))
    stored.prepare_geometries_m()
    return stored


@pytest.fixture(scope="module")
def level_id(plan: Plan) -> str:
    """Return the level with most rooms."""
    return max(plan.levels, key=lambda level: len(plan.list_on(level.id, Unit))).id


def degrees(plan: Plan, x: float, y: float) -> list[float]:
    return list(plan.frame.to_degrees(x, y))


def list_rooms(plan: Plan, level_id: str) -> list[tuple[Unit, Polygon]]:
    units = ((unit, plan.find_geometry_m(unit.id)) for unit in plan.list_on(level_id, Unit))
    return [(unit, area) for unit, area in units if isinstance(area, Polygon)]


def list_edits(plan: Plan, level_id: str, count: int) -> Iterator[tuple[Unit, dict[str, Any]]]:
    """Yield edits of rooms that are drawn by chance, the same each time."""
    chance = random.Random(7)
    rooms = list_rooms(plan, level_id)
    for number in range(count):
        unit, area = chance.choice(rooms)
        a, b = chance.choice(list(pairwise(area.exterior.coords)))
        middle = area.representative_point()
        near = [other.id for other, shape in rooms if other != unit and shape.distance(area) < 0.1]
        wall = {
            "kind": "move-wall",
            "feature": unit.id,
            "start": degrees(plan, *a[:2]),
            "end": degrees(plan, *b[:2]),
            "distance_m": chance.choice([0.3, -0.3, 0.5, -1, 1.2]),
        }
        line = [degrees(plan, middle.x, middle.y + way * 200) for way in (1, -1)]
        split = {"kind": "split-unit", "feature": unit.id, "line": line, "new_id": f"n{number}"}
        merge = {"kind": "merge-units", "features": [unit.id, chance.choice(near or [unit.id])]}
        yield unit, chance.choice([wall, wall, wall, split, merge])


def measure_overlap(plan: Plan, level_id: str) -> float:
    areas = np.array([area for _, area in list_rooms(plan, level_id)], dtype=object)
    ones, others = shapely.STRtree(areas).query(areas, "intersects")
    pairs = ones < others
    common = shapely.intersection(areas[ones[pairs]], areas[others[pairs]])
    return float(shapely.area(common).sum())


def list_joined(plan: Plan, level_id: str, unit: Unit) -> dict[str, frozenset[str]]:
    """Return what the doors near a unit join."""
    area = plan.find_geometry_m(unit.id)
    doors = ((door.id, plan.find_geometry_m(door.id)) for door in plan.list_on(level_id, Opening))
    near = [key for key, line in doors if line is not None and line.distance(area) < 0.3]
    return {key: frozenset(find_sides(plan, key).units) for key in near}


def hold_whole(plan: Plan, level_id: str, count: int) -> None:
    overlap_m2 = measure_overlap(plan, level_id)
    done = 0
    for unit, document in list_edits(plan, level_id, count):
        joined = list_joined(plan, level_id, unit)
        try:
            edit = parse_offered(document).apply(plan)
        except EditError:
            continue
        done += 1
        assert measure_overlap(edit.plan, level_id) <= overlap_m2 + 0.05, document
        if document["kind"] == "move-wall":
            assert {key: frozenset(find_sides(edit.plan, key).units) for key in joined} == joined
        back = edit.revert.apply(edit.plan).plan
        assert all(are_same(plan[key], back[key]) for key in plan.features)
        assert len(back) == len(plan)
    assert done > count / 2


def test_rooms_stay_beside_each_other_and_doors_join_what_they_joined(
    plan: Plan, level_id: str
) -> None:
    hold_whole(plan, level_id, 12)


@pytest.mark.long
def test_many_rooms_stay_beside_each_other(plan: Plan) -> None:
    for level in plan.levels:
        if plan.list_on(level.id, Unit):
            hold_whole(plan, level.id, 8)


def test_an_edit_takes_a_moment(plan: Plan, level_id: str) -> None:
    unit, area = next(
        (unit, area)
        for unit, area in list_rooms(plan, level_id)
        if unit.category == "consultingroom"
    )
    (ax, ay, *_), (bx, by, *_) = area.exterior.coords[:2]
    inside = area.representative_point()
    here = degrees(plan, inside.x, inside.y)
    corner = degrees(plan, ax, ay)
    wall = {"start": corner, "end": degrees(plan, bx, by), "distance_m": -0.2}
    documents: list[dict[str, Any]] = [
        {"kind": "rename", "feature": unit.id, "names": {"en": "Here"}},
        {"kind": "move-wall", "feature": unit.id, **wall},
        {"kind": "move-vertices", "feature": unit.id, "moves": [[corner, here]], "alone": True},
        {"kind": "delete", "features": [unit.id], "contents": True},
        {
            "kind": "add-door",
            "id": "d",
            "level_id": level_id,
            "at": degrees(plan, (ax + bx) / 2, (ay + by) / 2),
        },
        {
            "kind": "add-amenity",
            "id": "m",
            "level_id": level_id,
            "at": here,
            "category": "restroom",
        },
        {
            "kind": "update-directory",
            "rows": [{"feature": one.id, "phone": "1"} for one in plan.list_of(Occupant)],
        },
    ]
    for document in documents:
        taken_s, edit = min((time_edit(plan, document) for _ in range(3)), key=lambda run: run[0])
        assert taken_s < LIMIT_S, document["kind"]
        assert edit.touched


def time_edit(plan: Plan, document: dict[str, Any]) -> tuple[float, Edit]:
    started = time.process_time()
    edit = parse_offered(document).apply(plan)
    return time.process_time() - started, edit


def test_a_copied_floor_brings_no_errors(plan: Plan, level_id: str) -> None:
    document = {
        "kind": "copy-level",
        "feature": level_id,
        "id": "copied",
        "ordinal": 40,
        "short_name": {"en": "40F"},
    }
    edit = parse_offered(document).apply(plan)
    assert len(edit.plan.list_on("copied", Unit)) == len(plan.list_on(level_id, Unit))
    found = [*list_reference_issues(edit.plan), *list_geometry_issues(edit.plan)]
    assert not [issue for issue in found if not edit.touched.isdisjoint(issue.features)]

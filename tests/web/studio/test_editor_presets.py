"""What the editor's forms are made of, over HTTP: presets, fields, edits; what a door joins."""

import pytest
from flask import Flask

from tests.ascii_plan import draw_plan
from tests.web.studio.conftest import Someone, find_room, hire, let_in
from wayfinder.edit import ACTIONS
from wayfinder.services import releases
from wayfinder.services.drafts import open_draft
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.store.audit import Actor
from wayfinder.web.studio.editor_commands import ELSEWHERE

PLAN = draw_plan(
    """
    +-----+-----+
    |A    |B    |
    +--1--+--2--+
    |hall       |
    +--0--------+
    """
)


@pytest.fixture
def reader(app: Flask, desk: Desk) -> Someone:
    """Return somebody who may look alone."""
    return let_in(app, desk, hire(desk, "Ann", Role.VIEWER))


@pytest.fixture
def path(app: Flask) -> str:
    """Return the address of a draft."""
    drafts = find_room(app).drafts
    releases.import_plan(drafts.store, "house", PLAN)
    releases.publish(drafts.store, "house")
    draft = open_draft(drafts, "house", "New wing", who=Actor("Li An"))
    return f"/studio/api/v/house/drafts/{draft.id}"


def test_presets_have_all_that_forms_need_in_the_language_asked_for(
    reader: Someone, path: str
) -> None:
    chinese = reader.get(f"{path}/presets?lang=zh-Hans").get_json()
    found = reader.get(f"{path}/presets?lang=en").get_json()
    kinds = {command["kind"] for command in found["commands"]}
    assert kinds == set(ACTIONS) - set(ELSEWHERE)
    by_category = {one["category"]: one for one in found["categories"]}
    lift = by_category["elevator"]
    assert lift["label"] == "Lift"
    assert "ours.lift.wait_s" in lift["fields"]
    assert reader.get(lift["symbol"]).status_code == 200
    assert {one["category"]: one["label"] for one in chinese["categories"]}["elevator"] == "电梯"
    wait = found["fields"]["ours.lift.wait_s"]
    assert (wait["unit"], wait["min"], wait["max"]) == ("s", 0, 3600)
    assert found["types"]["level"]["actions"] == {"building_ids": "set-buildings"}
    offered = {one for kind in found["types"].values() for one in kind["categories"]}
    assert offered <= set(by_category)
    asked = [*found["types"]["unit"]["fields"], *found["types"]["unit"]["special"]]
    assert set(asked) <= set(found["fields"])


def test_a_door_says_what_it_joins(reader: Someone, path: str) -> None:
    found = reader.get(f"{path}/sides?door=door-1").get_json()
    assert {found["left"], found["right"]} == {"A", "hall"}
    outside = reader.get(f"{path}/sides?door=door-0").get_json()
    assert {outside["left"], outside["right"]} == {"hall", None}


@pytest.mark.parametrize("door", ["A", "nowhere", "", "\x00"])
def test_what_is_no_door_has_no_sides(reader: Someone, path: str, door: str) -> None:
    answer = reader.get(f"{path}/sides", query_string={"door": door})
    assert answer.status_code == 404
    assert answer.get_json()["error"]["code"] == "not-found"

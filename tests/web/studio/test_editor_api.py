"""What the editor of a draft asks and sends: who may, what is stale, what is done once."""

from dataclasses import dataclass
from functools import cached_property
from itertools import count
from time import thread_time
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.ascii_plan import draw_plan
from tests.services.people.conftest import Clock
from tests.web.studio.conftest import Someone, find_room, find_token, hire, let_in
from wayfinder.services import releases
from wayfinder.services.drafts import list_drafts, open_draft
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.store.audit import Actor

PLAN = draw_plan(
    """
    +-----+-----+-----+
    |A    |B    |C    |
    +--1--+--2--+--3--+
    |hall             |
    +--0--------------+
    """
)
KEYS = count()
ANSWERED_WITHIN_S = 1.0


@dataclass
class Editor:
    """Somebody's editor of the draft: keeps what it has seen."""

    who: Someone
    path: str
    seen: int = 0
    language: str = "en"

    @cached_property
    def token(self) -> str:
        """What forms and scripts of the session carry."""
        return find_token(self.who.open())

    def get(self, path: str) -> TestResponse:
        headers = {**self.who.headers, "Accept-Language": self.language}
        return self.who.client.get(f"{self.path}/{path}", headers=headers)

    def post(self, path: str, **body: object) -> TestResponse:
        headers = {**self.who.headers, "X-Wayfinder-Token": self.token}
        headers["Accept-Language"] = self.language
        given = {"key": f"key-{next(KEYS)}", "seen": self.seen, **body}
        answer = self.who.client.post(f"{self.path}/{path}", json=given, headers=headers)
        if answer.status_code == 200:
            self.seen = answer.get_json()["number"]
        return answer

    def rename(self, feature: str, text: str, **more: object) -> TestResponse:
        return self.post("actions", action=rename(feature, text), **more)


def rename(feature: str, text: str) -> dict[str, Any]:
    return {"kind": "rename", "feature": feature, "names": {"en": text}}


def name_of(feature: dict[str, Any]) -> str:
    return str(feature["properties"]["name"]["en"])


@pytest.fixture
def draft_id(app: Flask) -> int:
    """Return a draft upon a house that is in force."""
    drafts = find_room(app).drafts
    releases.import_plan(drafts.store, "house", PLAN)
    releases.publish(drafts.store, "house")
    return open_draft(drafts, "house", "New wing", who=Actor("Li An")).id


@pytest.fixture
def sit_down(app: Flask, desk: Desk, draft_id: int) -> Any:  # noqa: ANN401 - a function
    """Let somebody open the draft."""

    def open_editor(name: str, role: Role = Role.EDITOR) -> Editor:
        who = let_in(app, desk, hire(desk, name, role))
        return Editor(who, f"/studio/api/v/house/drafts/{draft_id}")

    return open_editor


@pytest.fixture
def ann(sit_down: Any) -> Editor:  # noqa: ANN401 - a function
    found: Editor = sit_down("Ann")
    return found


@pytest.fixture
def bob(sit_down: Any) -> Editor:  # noqa: ANN401 - a function
    found: Editor = sit_down("Bob")
    return found


def test_the_plan_is_whole(ann: Editor) -> None:
    answer = ann.get("plan")
    found = answer.get_json()
    assert {one["id"] for one in found["features"]} == set(PLAN.features)
    assert (found["number"], found["turns"]) == (0, {"undo": 0, "redo": 0})
    frame = PLAN.frame
    assert found["frame"] == {"lon": frame.lon, "lat": frame.lat, "scale_m": [*frame.scale_m]}
    assert found["languages"] == ["en"]
    assert found["main_level"] == PLAN.levels[0].id
    again = ann.who.client.get(
        f"{ann.path}/plan", headers={**ann.who.headers, "If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    ann.rename("A", "X-ray")
    assert ann.get("plan").headers["ETag"] != answer.headers["ETag"]


def test_an_action_is_answered_with_what_changed(ann: Editor) -> None:
    found = ann.rename("A", "X-ray").get_json()
    assert (found["number"], found["entry"], found["touched"]) == (1, 1, ["A"])
    assert name_of(found["changed"]["A"]) == "X-ray"
    assert (found["others"], found["turns"]) == ([], {"undo": 1, "redo": 0})
    joined = ann.post("actions", action={"kind": "merge-units", "features": ["B", "C"]}).get_json()
    assert joined["changed"]["C"] is None
    (note,) = joined["notes"]
    assert "alias" in note


def test_what_is_sent_twice_is_done_once(ann: Editor) -> None:
    action = rename("A", "X-ray")
    first = ann.post("actions", action=action, key="one", seen=0).get_json()
    again = ann.post("actions", action=action, key="one", seen=0).get_json()
    assert (first["entry"], again["entry"], again["number"]) == (1, 1, 1)
    other = ann.post("actions", action=rename("A", "CT"), key="one", seen=0)
    assert (other.status_code, other.get_json()["error"]["code"]) == (409, "draft-key-taken")


@pytest.mark.parametrize("large", [False, pytest.param(True, marks=pytest.mark.long)])
def test_what_others_did_is_told_within_a_second_each_time(
    app: Flask,
    sit_down: Any,  # noqa: ANN401 - a function
    request: pytest.FixtureRequest,
    *,
    large: bool,
) -> None:
    """Of a processor; that a page asks every two seconds is shown in a browser."""
    room = "A"
    if large:
        plan = request.getfixturevalue("read_hospital").plan
        releases.import_plan(find_room(app).drafts.store, "house", plan)
        releases.publish(find_room(app).drafts.store, "house")
        open_draft(find_room(app).drafts, "house", "Large", who=Actor("Li An"))
        room = plan.units[0].id
    ann, bob = sit_down("Ann"), sit_down("Bob")
    drafts = find_room(app).drafts
    newest = list_drafts(drafts, "house")[0].id
    for one in (ann, bob):
        one.path = f"/studio/api/v/house/drafts/{newest}"
    for number in range(5):
        assert ann.rename(room, f"Room {number}").status_code == 200
        started = thread_time()
        found = bob.get(f"changes?since={number}").get_json()
        took_s = thread_time() - started
        assert name_of(found["changed"][room]) == f"Room {number}"
        assert took_s < ANSWERED_WITHIN_S


def test_others_see_what_was_done_and_by_whom(ann: Editor, bob: Editor) -> None:
    assert bob.get("changes?since=0").get_json()["number"] == 0
    ann.rename("A", "X-ray")
    found = bob.get("changes?since=0").get_json()
    (entry,) = found["entries"]
    assert (entry["author"], entry["said"], entry["own"]) == ("Ann", "Rename", False)
    assert name_of(found["changed"]["A"]) == "X-ray"
    bob.language = "zh-CN"
    assert bob.get("changes?since=0").get_json()["entries"][0]["said"] == "改名"
    quiet = bob.get("changes?since=1").get_json()
    assert "changed" not in quiet
    # who goes on elsewhere hears of it with the answer
    done = bob.rename("B", "Surgery").get_json()
    assert [one["author"] for one in done["others"]] == ["Ann"]
    assert done["changed"].keys() == {"A", "B"}


def test_who_was_not_first_is_told_the_difference(ann: Editor, bob: Editor) -> None:
    ann.rename("A", "X-ray")
    answer = bob.rename("A", "Surgery")
    assert answer.status_code == 409
    found = answer.get_json()
    assert (found["error"]["code"], found["can_join"], found["number"]) == ("stale", True, 1)
    assert found["error"]["reason"]
    (conflict,) = found["conflicts"]
    assert (conflict["feature"], conflict["name"], conflict["who"]) == ("A", "A", ["Ann"])
    assert [name_of(conflict[side]) for side in ("saw", "mine", "theirs")] == [
        "A",
        "Surgery",
        "X-ray",
    ]
    assert conflict["members"] == ["name"]


@pytest.mark.parametrize("take", ["mine", "both"])
def test_who_was_not_first_may_take_either(ann: Editor, bob: Editor, take: str) -> None:
    ann.post("actions", action={"kind": "rename", "feature": "A", "names": {"de": "Röntgen"}})
    ann.rename("A", "X-ray")
    told = bob.rename("A", "Surgery").get_json()["number"]
    done = bob.rename("A", "Surgery", take=take, told=told).get_json()
    names = done["changed"]["A"]["properties"]["name"]
    german = {} if take == "mine" else {"de": "Röntgen"}
    assert names == {"en": "Surgery", **german}


def test_a_choice_holds_for_the_difference_that_was_shown(ann: Editor, bob: Editor) -> None:
    ann.rename("A", "X-ray")
    told = bob.rename("A", "Surgery").get_json()["number"]
    ann.rename("B", "CT")
    ann.rename("A", "X-ray 2")
    again = bob.rename("A", "Surgery", take="mine", told=told)
    assert again.status_code == 409
    assert name_of(again.get_json()["conflicts"][0]["theirs"]) == "X-ray 2"
    told = again.get_json()["number"]
    assert bob.rename("A", "Surgery", take="mine", told=told).status_code == 200


def test_undo_and_redo_are_ones_own_and_outlive_the_page(ann: Editor, bob: Editor) -> None:
    ann.rename("A", "X-ray")
    bob.rename("B", "Surgery")
    assert ann.get("plan").get_json()["turns"] == {"undo": 1, "redo": 0}
    found = ann.post("undo").get_json()
    assert name_of(found["changed"]["A"]) == "A"
    assert found["turns"] == {"undo": 0, "redo": 1}
    refused = ann.post("undo")
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (409, "nothing-to-undo")
    assert name_of(ann.post("redo").get_json()["changed"]["A"]) == "X-ray"
    said = [one["said"] for one in ann.get("history").get_json()["entries"]]
    assert said == ["did change 1 again", "took back change 1", "Rename", "Rename"]


def test_what_others_changed_since_is_not_taken_back(ann: Editor, bob: Editor) -> None:
    ann.rename("A", "X-ray")
    bob.get("changes?since=0")
    bob.seen = 1
    bob.rename("A", "Surgery")
    found = ann.post("undo").get_json()["error"]
    assert found["code"] == "undo-changed-since"
    assert "Bob" in found["reason"]
    assert "Surgery" in found["reason"]


def test_what_cannot_be_is_said_in_words(ann: Editor) -> None:
    unknown = ann.rename("nothing", "X").get_json()["error"]
    assert unknown["code"] == "feature-missing"
    assert unknown["reason"][0].isupper()
    malformed = ann.post("actions", action={"kind": "rename", "feature": "A"})
    assert malformed.status_code == 422
    assert "names" in malformed.get_json()["error"]["reason"]
    used = ann.post("actions", action={"kind": "delete", "features": ["level0"]})
    assert (used.status_code, used.get_json()["error"]["feature_id"] is not None) == (422, True)
    restore = ann.post("actions", action={"kind": "restore", "features": {"A": None}})
    assert restore.status_code == 422
    assert ann.get("changes?since=7").get_json()["error"]["code"] == "draft-ahead"


NO_REQUESTS: tuple[dict[str, object], ...] = (
    {"key": 1},
    {"seen": "0"},
    {"seen": True},
    {"seen": -1},
    {"seen": 2**40},
    {"take": "all"},
    {"take": []},
    {"told": "1"},
    {"key": ""},
    {"key": "x" * 65},
    {"action": None},
    {"action": [[]]},
    {"action": {"kind": {}}},
)


def test_what_is_no_request_is_refused(ann: Editor) -> None:
    for body in NO_REQUESTS:
        answer = ann.post("actions", **{"action": rename("A", "X"), **body})
        assert answer.status_code in {400, 422}, body
        assert answer.get_json()["error"]["reason"]
    assert ann.get("changes?since=0").get_json()["number"] == 0


def test_a_body_that_is_no_json_is_refused(ann: Editor) -> None:
    headers = {**ann.who.headers, "X-Wayfinder-Token": ann.token}
    for data in (b"", b"[]", b"{", b'"x"', b"\xff"):
        answer = ann.who.client.post(f"{ann.path}/actions", data=data, headers=headers)
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (400, "bad-request")


def test_many_edits_at_once_are_one(ann: Editor) -> None:
    many = dict.fromkeys(("de", "fr", "es"), "x" * 150)
    actions = [{**rename("A", "X"), "names": {**many, "en": f"{n}"}} for n in range(200)]
    done = ann.post("actions", action={"kind": "batch", "actions": actions})
    assert len(str(actions)) > 2**16
    assert (done.status_code, done.get_json().get("number")) == (200, 1), done.get_json()
    headers = {**ann.who.headers, "X-Wayfinder-Token": ann.token}
    far = b'"' + b"x" * (5 << 20) + b'"'
    refused = ann.who.client.post(
        f"{ann.path}/actions", data=far, headers=headers, content_type="application/json"
    )
    assert refused.status_code == 413
    assert refused.get_json()["error"]["reason"]


def test_viewers_look_and_do_nothing(ann: Editor, sit_down: Any) -> None:  # noqa: ANN401
    ann.rename("A", "X-ray")
    viewer: Editor = sit_down("Vera", Role.VIEWER)
    for path in ("plan", "changes?since=0", "history", "issues", "network?level=level0"):
        assert viewer.get(path).status_code == 200, path
    for path in ("actions", "undo", "redo"):
        assert viewer.post(path, action=rename("A", "CT")).status_code == 403


def test_nothing_is_done_without_the_token(ann: Editor) -> None:
    given = {"key": "k", "seen": 0, "action": rename("A", "X")}
    answer = ann.who.client.post(f"{ann.path}/actions", json=given, headers=ann.who.headers)
    assert answer.status_code == 400


def test_who_signs_in_again_in_another_window_goes_on(ann: Editor) -> None:
    token = ann.get("changes?since=0&token=1").get_json()["token"]
    headers = {**ann.who.headers, "X-Wayfinder-Token": token}
    given = {"key": "k", "seen": 0, "action": rename("A", "X")}
    assert (
        ann.who.client.post(f"{ann.path}/actions", json=given, headers=headers).status_code == 200
    )


def test_who_else_is_here(ann: Editor, bob: Editor, clock: Clock) -> None:
    assert ann.get("changes?since=0").get_json()["people"] == []
    assert bob.get("changes?since=0").get_json()["people"] == ["Ann"]
    assert ann.get("changes?since=0").get_json()["people"] == ["Bob"]
    clock.pass_by(seconds=40)
    assert ann.get("changes?since=0").get_json()["people"] == ["Bob"]
    clock.pass_by(seconds=20)
    assert ann.get("changes?since=0").get_json()["people"] == []


def test_a_closed_draft_says_so(ann: Editor, app: Flask, draft_id: int) -> None:
    from wayfinder.services.drafts import discard_draft

    discard_draft(find_room(app).drafts, "house", draft_id, who=Actor("Li An"))
    assert ann.get("changes?since=0").get_json()["open"] is False
    refused = ann.rename("A", "X")
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (409, "draft-closed")

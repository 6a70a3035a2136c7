"""What the editor shows beside the plan: issues with what mends them, the network, ways."""

from typing import Any

from tests.ascii_plan import draw_plan
from tests.web.studio.test_editor_api import (  # noqa: F401 - fixtures are found by their names
    PLAN,
    Editor,
    ann,
    draft_id,
    sit_down,
)
from wayfinder.graph import build_network
from wayfinder.services.network_overlay import BARRED, ONE_WAY, draw_network, list_lifts


def list_codes(ann: Editor) -> list[str]:  # noqa: F811
    return [one["code"] for one in ann.get("issues").get_json()["issues"]]


def test_issues_are_said_with_their_place_and_what_mends_them(ann: Editor) -> None:  # noqa: F811
    assert list_codes(ann) == ["wheelchair-widths-unknown"]  # as drawn: no width is known
    hours = {"kind": "set-properties", "feature": "C", "ours": {"hours": "Mo-Su 08:00-10:00"}}
    zone = {"kind": "set-properties", "feature": "venue", "ours": {"time_zone": None}}
    both = {"kind": "batch", "actions": [hours, zone]}
    assert ann.post("actions", action=both).status_code == 200
    found = ann.get("issues").get_json()
    assert found["number"] == 1
    (issue,) = [one for one in found["issues"] if one["code"] == "time-zone-missing"]
    assert (issue["severity"], bool(issue["text"])) == ("warning", True)
    assert issue["fix"]["asks"] == ["time_zone"]
    mended = ann.post("actions", action={**issue["fix"]["action"], "time_zone": "Asia/Shanghai"})
    assert mended.status_code == 200
    assert "time-zone-missing" not in list_codes(ann)


def test_what_is_wrong_and_what_is_refused_is_said_without_ids_and_names_of_formats(
    ann: Editor,  # noqa: F811
) -> None:
    made = {"kind": "rename", "feature": "A", "names": {"en": "Room 12"}}
    amenity = {"kind": "set-properties", "feature": "venue", "members": {"name": None}}
    assert ann.post("actions", action=made).status_code == 200
    ann.post("actions", action=amenity)
    texts = {one["code"]: one["text"] for one in ann.get("issues?lang=en").get_json()["issues"]}
    assert texts["name-missing"] == "This has no name (site)."
    wrong = {"kind": "unlink", "feature": "A"}
    refused = ann.post("actions?lang=en", action=wrong).get_json()["error"]
    assert refused["reason"].startswith("Room 12 is of the kind: room or corridor.")


def test_a_room_without_a_door_gets_one_with_a_click(ann: Editor) -> None:  # noqa: F811
    ann.post("actions", action={"kind": "delete", "features": ["door-1"]})
    found = ann.get("issues").get_json()["issues"]
    shut = next(one for one in found if one["fix"] and one["fix"]["action"]["kind"] == "add-door")
    assert (shut["features"][0], shut["level"], shut["about"]) == ("A", "level0", "A")
    assert shut["fix"]["asks"] == ["id"]
    assert shut["fix"]["label"]
    assert len(shut["place"]) == 2
    action = {**shut["fix"]["action"], "id": "door-new"}
    assert ann.post("actions", action=action).status_code == 200
    assert shut["code"] not in list_codes(ann)


def test_the_network_is_that_of_the_draft_now(ann: Editor) -> None:  # noqa: F811
    found = ann.get("network?level=level0").get_json()
    assert {"door", "place"} <= {kind for _, _, kind in found["nodes"]}
    assert {kind for *_, kind, _ in found["edges"]} >= {"walk", "door"}
    doors = sum(kind == "door" for *_, kind, _ in found["edges"])
    ann.post("actions", action={"kind": "delete", "features": ["door-1"]})
    after = ann.get("network?level=level0").get_json()
    assert after["number"] == 1
    assert sum(kind == "door" for *_, kind, _ in after["edges"]) == doors - 1
    assert ann.get("network?level=none").get_json()["nodes"] == []


def test_edges_say_which_way_and_for_whom() -> None:
    one_way = PLAN["door-1"].with_wayfinder(one_way_to="A")
    staff = PLAN["door-2"].with_wayfinder(access="staff")
    network = build_network(PLAN.with_features(one_way, staff))
    drawn = draw_network(network, "level0")
    marks = [mark for *_, kind, mark in drawn["edges"] if kind == "door"]
    assert ONE_WAY in marks
    assert BARRED in marks
    assert 0 in marks
    (edge,) = [one for one in drawn["edges"] if one[3] == ONE_WAY and one[2] == "door"]
    walks = [one[:2] for one in drawn["edges"] if one[2] == "walk"]
    count = [sum(place in walk for walk in walks) for place in edge[:2]]
    assert count[0] > count[1] == 1, "from the hall, where ways meet, into the room"


def test_a_way_between_points_with_its_steps(ann: Editor) -> None:  # noqa: F811
    found = ann.get("route?from=2,-5,level0&to=C").get_json()
    assert found["steps"][0]["text"]
    assert {leg["level"] for leg in found["legs"]} == {"level0"}
    assert found["to"]["name"] == "C"
    ann.post("actions", action={"kind": "delete", "features": ["door-3"]})
    refused = ann.get("route?from=2,-5,level0&to=C").get_json()
    assert refused["error"]["reason"]
    outside = ann.get("route?from=900,900,level0&to=C")
    assert (outside.status_code, bool(outside.get_json()["error"]["reason"])) == (422, True)
    unknown = ann.get("route?from=A&to=nothing").get_json()
    assert unknown["error"]["reason"]


NO_QUESTIONS = (
    "",
    "from=A",
    "from=A&to=C&profile=fly",
    "from=A&to=C&at=then",
    "from=A&to=C&at=1066-10-14",
    "from=nan,0,level0&to=C",
    "from=1e9,0,level0&to=C",
    "from=%00&to=C",
)


def test_what_is_no_question_is_refused(ann: Editor) -> None:  # noqa: F811
    for query in NO_QUESTIONS:
        answer = ann.get(f"route?{query}")
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (400, "bad-request")


def test_at_a_time_of_day(ann: Editor) -> None:  # noqa: F811
    hours = {"kind": "set-properties", "feature": "C", "ours": {"hours": "Mo-Su 08:00-10:00"}}
    assert ann.post("actions", action=hours).status_code == 200
    late = ann.get("route?from=A&to=C&at=2030-01-02T23:00").get_json()
    early = ann.get("route?from=A&to=C&at=2030-01-02T09:00").get_json()
    assert early["warnings"] == []
    assert late.get("error") or late["warnings"]


def test_history_goes_on_page_by_page(ann: Editor) -> None:  # noqa: F811
    for number in range(3):
        ann.rename("A", f"Room {number}")
    found: dict[str, Any] = ann.get("history?before=3").get_json()
    assert [one["number"] for one in found["entries"]] == [2, 1]
    assert found["older"] is None


def test_pages_of_a_draft_work_without_a_script(
    ann: Editor,  # noqa: F811
    draft_id: int,  # noqa: F811
) -> None:
    who = ann.who
    pages = "/studio/v/house/drafts"
    made = who.send(f"{pages}/open", name="Summer works")
    assert made.status_code == 303
    assert "Summer works" in who.get(pages).text
    wrong = who.send(f"{pages}/open", name="x" * 121)
    assert wrong.status_code == 422
    assert "x" * 121 in wrong.text
    one = f"{pages}/{draft_id}"
    ann.rename("A", "X-ray")
    page = who.get(f"{one}?check=1").text
    assert "Ann" in page
    ann.post("actions", action={"kind": "delete", "features": ["door-1"]})
    page = who.get(f"{one}?check=1").text
    assert f"{one}/edit?level=level0&amp;feature=A" in page
    for _ in range(2):
        assert who.send(f"{one}/undo", key="once").status_code == 303
    assert ann.get("changes?since=0").get_json()["number"] == 3
    assert who.send(f"{one}/undo", key="more").status_code == 303
    assert who.send(f"{one}/undo", key="no more").status_code == 409
    who.send(f"{one}/rename", name="Old wing")
    assert "Old wing" in who.get(one).text
    assert who.send(f"{one}/rename", name=" ").status_code == 422
    who.send(f"{one}/discard")
    assert who.send(f"{one}/discard").status_code == 409
    assert who.send(f"{one}/reopen").status_code == 303
    assert who.send(f"{one}/reopen").status_code == 409
    # where somebody wants to go is kept until a draft is chosen
    goal = who.get(f"{pages}?level=level0&feature=A").text
    assert f"{one}/edit?level=level0&amp;feature=A" in goal
    edit = who.get(f"{one}/edit?level=level0&feature=A")
    assert '"feature": "A"' in edit.text


def test_lifts_are_told_with_all_their_floors_though_nobody_linked_them(
    ann: Editor,  # noqa: F811
) -> None:
    assert ann.get("lifts").get_json() == {"number": 0, "lifts": []}
    plan = draw_plan(
        """
        level 0
        +-----+-----+
        |hall 1lift |
        +--0--+-----+
        level 1
        +-----+-----+
        |up   2above|
        +-----+-----+
        """,
        units={"above": "elevator"},
    )
    assert list_lifts(build_network(plan)) == [["above", "lift"]]

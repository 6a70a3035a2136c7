"""What goes along with what goes, and what bars it."""

from tests.ascii_plan import draw_plan, relate
from tests.edit.shown import act, codes, refuse
from wayfinder.model import Amenity, Anchor, Relationship, make_feature
from wayfinder.model.sign import find_sign


def via(*ids: str, kind: str = "unit") -> list[dict[str, str]]:
    return [{"id": key, "feature_type": kind} for key in ids]


PLAN = draw_plan(
    """
    level 0
    +-----+-----+---+------+
    |A @x |B *wc|C  2lift  |
    +--3--+--4--+-5-+------+
    |hall *post            |
    +----------7-----------+
    level 1
                +---+------+
                |D  6lift  |
                +---+------+
    level 2
                    +------+
                    |lift  |
                    +------+
""",
    doors={"3": {"one_way_to": "A"}, "4": {"one_way_to": "hall"}},
    places={"post": {"category": "signage"}},
    extra=[
        relate("shaft", "lift@0", "lift@2", category="elevator", intermediary=via("lift@1")),
        relate("way", "B", "C"),
        relate(
            "through", "A", "hall", direction="directed", intermediary=via("door-3", kind="opening")
        ),
        make_feature(
            "zone",
            "geofence",
            None,
            {
                "category": "geofence",
                "level_ids": ["level0", "level1"],
                "building_ids": ["building"],
            },
        ),
    ],
)


def test_a_bare_room_goes_with_the_doors_that_lead_nowhere_else() -> None:
    plan = draw_plan("+---+---+---+\n|A  1B  |C  |\n+-2-+---+---+")
    edit = act(plan, "delete", features=["A"])
    # one door led outside, the other is in the wall of what stays
    assert edit.touched == {"A", "door-2"}
    assert codes(edit) == ["deleted-along"]
    both = act(plan, "delete", features=["A", "B"])
    assert both.touched == {"A", "B", "door-1", "door-2"}


def test_what_stands_in_a_room_bars_it_until_it_is_to_go_along() -> None:
    error = refuse(PLAN, "delete", features=["A"])
    assert error.code == "feature-in-use"
    assert error.values["count"] == 2
    assert {"en": "x"} in error.values["names"]
    edit = act(PLAN, "delete", features=["A"], contents=True)
    assert edit.touched == {"A", "x", "x-anchor", "through", "door-3"}
    toilet = refuse(PLAN, "delete", features=["B"])
    assert toilet.values["names"][0] == {"en": "wc"}
    assert act(PLAN, "delete", features=["B"], contents=True).touched == {"B", "wc", "way"}


def test_a_one_way_door_does_not_outlive_what_it_leads_to() -> None:
    edit = act(PLAN, "delete", features=["hall"], contents=True)
    # door 4 led into the hall alone; door 5 is in the wall of C, and stays
    assert {"door-4", "door-7"} <= edit.touched
    assert not {"door-2", "door-5"} & edit.touched


def test_a_lift_that_stops_at_one_floor_less_is_still_linked() -> None:
    middle = act(PLAN, "delete", features=["lift@1"])
    shaft = middle.plan["shaft"]
    assert isinstance(shaft, Relationship)
    assert (shaft.origin_id, shaft.intermediary_ids, shaft.destination_id) == (
        "lift@0",
        (),
        "lift@2",
    )
    top = act(PLAN, "delete", features=["lift@2"])
    shaft = top.plan["shaft"]
    assert isinstance(shaft, Relationship)
    assert (shaft.origin_id, shaft.destination_id) == ("lift@0", "lift@1")
    last = refuse(top.plan, "delete", features=["lift@1"])
    assert last.code == "feature-in-use"
    gone = act(top.plan, "delete", features=["lift@1"], contents=True)
    assert "shaft" not in gone.plan


def test_a_department_goes_with_its_anchor_unless_another_shares_it() -> None:
    assert act(PLAN, "delete", features=["x"]).touched == {"x", "x-anchor"}
    shared = act(
        PLAN, "add-occupant", id="y", anchor_id="x-anchor", category="clinic", name={"en": "Y"}
    ).plan
    assert act(shared, "delete", features=["x"]).touched == {"x"}
    assert refuse(shared, "delete", features=["x-anchor"]).values["count"] == 2


def test_signs_forget_what_is_gone() -> None:
    messages = [{"to": "x", "arrow": "left"}, {"to": "wc", "arrow": "ahead"}]
    plan = act(PLAN, "set-messages", feature="post", messages=messages).plan
    edit = act(plan, "delete", features=["x"])
    sign = find_sign(edit.plan, "post")
    assert sign is not None
    assert [message.to for message in sign.messages] == ["wc"]
    assert "sign-lines-gone" in codes(edit)


def test_a_floor_goes_with_all_that_is_on_it() -> None:
    assert refuse(PLAN, "delete", features=["level1"]).code == "feature-in-use"
    edit = act(PLAN, "delete", features=["level1"], contents=True)
    assert {"level1", "D", "lift@1", "door-6", "shaft", "zone"} == edit.touched
    assert edit.plan["zone"].properties["level_ids"] == ["level0"]
    assert isinstance(edit.plan["shaft"], Relationship)


def test_a_building_goes_with_its_outline_and_floors_forget_it() -> None:
    outline = {**PLAN["level0"].geometry} if PLAN["level0"].geometry else {}
    plan = PLAN.with_features(
        make_feature("print", "footprint", outline, {"building_ids": ["building"]})
    )
    edit = act(plan, "delete", features=["building"])
    assert edit.touched == {"building", "print", "level0", "level1", "level2", "zone"}
    assert edit.plan["level0"].properties["building_ids"] == []


def test_the_site_stays_and_what_is_not_there_is_not_taken_out() -> None:
    assert refuse(PLAN, "delete", features=["venue"]).code == "venue-needed"
    assert refuse(PLAN, "delete", features=["x", "nobody"]).code == "feature-missing"
    assert isinstance(PLAN["x-anchor"], Anchor)
    assert isinstance(PLAN["wc"], Amenity)

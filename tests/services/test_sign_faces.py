"""What is printed on the faces of signs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ascii_plan import draw_plan
from wayfinder.draw.scene import make_scene
from wayfinder.draw.signs.fitting import choose_size
from wayfinder.draw.signs.sign import draw_sign
from wayfinder.guide.face import Face
from wayfinder.guide.pointing import list_arrows
from wayfinder.model import Amenity, Arrow, Closure, Conditions, Plan, Release, make_feature
from wayfinder.services.served import Served, make_served
from wayfinder.services.sign_faces import list_printed, make_face

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
HOUSE = """
level 0 G
+--------+--------+--------+------+
|eye     |ear     |nose    |lift  |
+---1----+---2----+---3----+--4---+
|hall                             |
|               *signage          |
x                                 |
|                                 |
+---5----+---6----+---7----+------+
|shop    |wc      |store   |
+--------+--------+--------+
level 1 M
+--------+--------+--------+------+
|skin    |teeth   |emerg   |lift  |
+---a----+---b----+---c----+--d---+
|hall                             |
+---------------------------------+
"""
UNITS: Mapping[str, str | Mapping[str, Any]] = {
    "eye": {"category": "ophthalmology", "name": {"en": "Eyes", "zh-Hans": "眼科"}},
    "ear": {"category": "ent", "name": {"en": "Ears"}},
    "nose": {"category": "ent", "name": {"en": "Nose", "zh-Hans": "鼻科"}},
    "shop": {"category": "shop", "name": {"en": "Shop", "zh-Hans": "小卖部"}},
    "store": {"category": "storage", "access": "staff"},
    "skin": {"category": "dermatology", "name": {"en": "Skin", "zh-Hans": "皮肤科"}},
    "teeth": {"category": "dentistry", "name": {"en": "Teeth", "zh-Hans": "口腔科"}},
    "emerg": {"category": "emergency", "name": {"en": "Emergency", "zh-Hans": "急诊科"}},
}


def serve(
    messages: Iterable[tuple[str, str]] = (),
    *,
    bearing_deg: float | None = 180.0,
    units: Mapping[str, Mapping[str, Any]] | None = None,
    conditions: Conditions | None = None,
    **options: Any,  # noqa: ANN401 - of the plan
) -> Served:
    """Serve the house; its sign hangs in the hall and is read looking north."""
    face: dict[str, Any] = {"mounting": "hanging"}
    if bearing_deg is not None:
        face["bearing_deg"] = bearing_deg
    if messages:
        face["messages"] = [{"to": to, "arrow": arrow} for to, arrow in messages]
    legend: dict[str, Any] = {**UNITS}
    for label, more in (units or {}).items():
        legend[label] = {**legend[label], **more}
    plan = draw_plan(HOUSE, units=legend, **options)
    sign = plan["signage"]
    return make_served(
        "house", Release(plan.with_features(sign.with_wayfinder(sign=face)), 1), conditions
    )


def read(face: Face, language: str = "en") -> dict[str, Arrow]:
    return {line.labels.get(language, "?"): line.arrow for line in face.lines}


def test_what_the_plan_says_is_printed_with_names_and_distances() -> None:
    face = make_face(serve([("eye", "ahead-left"), ("nose", "ahead-right")]), "signage")
    lines = {line.to: line for line in face.lines}
    assert lines["eye"].labels == {"en": "Eyes", "zh-Hans": "眼科"}
    assert lines["eye"].arrow is Arrow.AHEAD_LEFT
    assert lines["eye"].category == "ophthalmology"
    assert 8 < (lines["eye"].distance_m or 0) < 25
    assert face.floor["en"] == "G"
    assert face.here["en"] == "hall"
    assert face.gone == ()


def test_the_arrow_of_a_message_stands_even_where_the_way_begins_otherwise() -> None:
    assert read(make_face(serve([("eye", "back")]), "signage"))["Eyes"] is Arrow.BACK


def test_the_emergency_department_is_never_missing() -> None:
    face = make_face(serve([("eye", "ahead-left")]), "signage")
    (emergency,) = [line for line in face.lines if line.emergency]
    assert emergency.to == "emerg"
    assert emergency.floor["en"] == "M"
    full = [(one, "ahead") for one in ("eye", "ear", "nose", "shop", "skin", "teeth", "hall@1")]
    face = make_face(serve([*full, ("level1", "right")]), "signage")
    assert len(face.lines) == 8
    assert "emerg" in {line.to for line in face.lines}
    assert "eye" in {line.to for line in face.lines}


def test_beside_the_emergency_department_nothing_is_added_to_what_the_plan_says() -> None:
    served = serve([("eye", "ahead-left"), ("level1", "right")])
    assert {line.to for line in make_face(served, "signage").lines} == {"eye", "level1", "emerg"}


def test_a_temporary_face_says_nothing_that_it_was_not_told() -> None:
    shut = serve(conditions=Conditions(closures=(Closure("lift@0"),)))
    assert make_face(shut, "signage", at=NOW, temporary=True).lines == ()
    open_ = make_face(serve(), "signage", at=NOW, temporary=True)
    assert [line.to for line in open_.lines] == ["emerg"]


def test_where_the_nearest_emergency_department_is_shut_the_next_one_is_told() -> None:
    units = {"shop": {"category": "emergency", "name": {"en": "Children's Emergency"}}}
    message = [("eye", "ahead-left")]
    for closures, told in (((), "shop"), ((Closure("shop"),), "emerg")):
        conditions = Conditions(closures=closures)
        face = make_face(serve(message, units=units, conditions=conditions), "signage", at=NOW)
        assert [line.to for line in face.lines if line.emergency] == [told]


def test_a_locked_door_is_no_way_out() -> None:
    for locked in (False, True):
        doors = {"x": {"locked": locked}}
        face = make_face(serve(doors=doors), "signage")
        assert ("door-x" in {line.to for line in face.lines}) is not locked


def test_a_floor_is_announced_as_a_group() -> None:
    face = make_face(serve([("level1", "right")]), "signage")
    (floor,) = [line for line in face.lines if line.group is not None]
    assert floor.labels["en"] == "Floor M"
    assert floor.category == ""
    assert floor.distance_m is not None


def test_what_is_gone_is_left_out_and_reported() -> None:
    face = make_face(serve([("eye", "ahead"), ("demolished", "left")]), "signage")
    assert face.gone == ("demolished",)
    assert "demolished" not in {line.to for line in face.lines}


def test_neither_staff_nor_closed_places_are_announced() -> None:
    messages = [("store", "left"), ("shop", "left"), ("eye", "ahead")]
    shut = Conditions(closures=(Closure("shop"),))
    face = make_face(serve(messages, conditions=shut), "signage", at=NOW)
    said = {line.to for line in face.lines}
    assert not said & {"store", "shop"}
    assert "eye" in said
    # what opens again is printed: a sign hangs longer
    soon = Conditions(closures=(Closure("shop", end=datetime(2026, 3, 4, tzinfo=UTC)),))
    face = make_face(serve(messages, conditions=soon), "signage", at=NOW)
    assert "shop" in {line.to for line in face.lines}


def test_a_closed_lift_turns_no_arrow_of_what_hangs_for_years() -> None:
    calm = make_face(serve(), "signage", at=NOW)
    broken = Conditions(closures=(Closure("lift@0"),))
    assert make_face(serve(conditions=broken), "signage", at=NOW).lines == calm.lines


def test_equal_names_are_told_apart() -> None:
    face = make_face(
        serve([("ear", "ahead"), ("nose", "ahead")], units={"nose": {"name": {"en": "Ears"}}}),
        "signage",
    )
    names = [line.labels["en"] for line in face.lines if line.to in {"ear", "nose"}]
    assert len(set(names)) == 2, names
    apart = serve([("ear", "ahead"), ("skin", "right")], units={"skin": {"name": {"en": "Ears"}}})
    assert {"Ears (G)", "Ears (M)"} <= set(read(make_face(apart, "signage")))


def test_toilets_are_called_toilets_whatever_their_own_name() -> None:
    face = make_face(serve([("eye", "ahead"), ("wc", "back")]), "signage")
    (toilets,) = [line for line in face.lines if line.category == "restroom"]
    assert toilets.labels["en"] == "Toilets"


def test_a_missing_translation_never_leaves_a_line_blank() -> None:
    face = make_face(serve([("ear", "ahead"), ("eye", "ahead")]), "signage")
    names = {line.to: line.labels for line in face.lines}
    assert names["ear"].keys() == {"en"}
    assert names["eye"].keys() == {"en", "zh-Hans"}
    assert all(any(line.labels.values()) for line in face.lines)


def test_without_messages_it_says_what_lies_each_way() -> None:
    face = make_face(serve(), "signage")
    arrows = read(face)
    assert arrows["Ears"] in {Arrow.AHEAD, Arrow.AHEAD_LEFT, Arrow.AHEAD_RIGHT}
    assert arrows["Nose"] in {Arrow.AHEAD_RIGHT, Arrow.RIGHT}
    assert arrows["Toilets"] in {Arrow.BACK, Arrow.BACK_LEFT, Arrow.BACK_RIGHT}
    assert "Emergency" in arrows
    assert len(face.lines) <= 8
    turned = read(make_face(serve(bearing_deg=0.0), "signage"))
    assert turned["Toilets"] in {Arrow.AHEAD, Arrow.AHEAD_LEFT, Arrow.AHEAD_RIGHT}


def test_far_places_are_announced_by_their_building() -> None:
    tower = make_feature("tower", "building", None, {"name": {"en": "Tower"}})
    low = make_feature("low", "building", None, {"name": {"en": "Low House"}})
    served = serve(
        extra=[tower, low],
        levels={"0": {"building_ids": ["low"]}, "1": {"building_ids": ["tower"]}},
    )
    face = make_face(served, "signage")
    assert face.building == {"en": "Low House"}
    assert "Skin" not in read(face)
    # the emergency department stands for its building where both lie the same way
    assert "Emergency" in read(face)


def test_nobody_knows_what_lies_where_on_a_sign_without_a_bearing() -> None:
    assert make_face(serve(bearing_deg=None), "signage").lines == ()
    told = make_face(serve([("eye", "left")], bearing_deg=None), "signage")
    assert [(line.to, line.arrow, line.distance_m) for line in told.lines] == [
        ("eye", Arrow.LEFT, None)
    ]


def test_an_unknown_sign_or_profile_is_an_error() -> None:
    served = serve()
    with pytest.raises(KeyError):
        make_face(served, "nobody")
    with pytest.raises(ValueError, match="no profile is called 'rocket'"):
        make_face(served, "signage", profile="rocket")


places = st.sampled_from(
    (
        "eye",
        "ear",
        "nose",
        "shop",
        "wc",
        "store",
        "skin",
        "teeth",
        "emerg",
        "level0",
        "level1",
        "no",
    )
)


@given(st.lists(st.tuples(places, st.sampled_from(sorted(Arrow))), max_size=14))
def test_whatever_the_plan_says_a_face_is_in_order(messages: list[tuple[str, str]]) -> None:
    served = serve(messages)
    face = make_face(served, "signage")
    arrows = list(list_arrows())
    ranks = [
        (arrows.index(line.arrow), float("inf") if line.distance_m is None else line.distance_m)
        for line in face.lines
    ]
    assert ranks == sorted(ranks)
    assert len({(line.to, line.arrow) for line in face.lines}) == len(face.lines)
    assert any(line.emergency for line in face.lines)
    assert "store" not in {line.to for line in face.lines}
    assert ("no" in face.gone) == any(to == "no" for to, _ in messages)
    printed = list_printed(served, served.signs["signage"])
    assert sorted((one.to, one.arrow) for one in face.lines) == sorted(
        (one.to, one.arrow) for one in printed
    )


def test_every_sign_of_the_clinic_says_something(clinic: Served) -> None:
    for sign_id in clinic.signs:
        face = make_face(clinic, sign_id)
        assert 5 <= len(face.lines) <= 8
        assert all({"zh-Hans", "en"} <= line.labels.keys() for line in face.lines)


def test_the_plan_of_a_face_is_left_as_it_is(clinic: Served) -> None:
    plan: Plan = clinic.plan
    before = dict(plan.features)
    make_face(clinic, next(iter(clinic.signs)))
    assert plan.features == before
    assert plan.list_of(Amenity)


def test_a_building_without_a_letter_has_the_symbol_of_what_it_is() -> None:
    garage = make_feature("garage", "building", None, {"name": {"en": "P2"}, "category": "parking"})
    served = serve(
        [("garage", "right")],
        extra=[garage],
        levels={"1": {"building_ids": ["garage"]}},
    )
    (line,) = [one for one in make_face(served, "signage").lines if one.to == "garage"]
    assert line.category == "parking"
    assert line.group is not None
    assert line.group.unmarked


@pytest.mark.parametrize("at", [(12.0, -40.0), (9.0, 12.0)])
def test_a_sign_in_a_wall_or_nowhere_says_what_the_plan_says(at: tuple[float, float]) -> None:
    told = serve([("eye", "left"), ("nose", "right")])
    plan = told.plan
    lon, lat = plan.frame.to_degrees(*at)
    moved = replace(plan["signage"], geometry={"type": "Point", "coordinates": [lon, lat]})
    served = make_served("house", Release(plan.with_features(moved), 2))
    face = make_face(served, "signage")
    said = {line.to: line.arrow for line in face.lines}
    assert said["eye"] is Arrow.LEFT
    assert said["nose"] is Arrow.RIGHT
    size = choose_size(face, ("en",), letter_height_mm=25.0)
    scene = make_scene(served.plan, face.sign.level_id, language="en")
    drawing = draw_sign(face, scene, address=None, size=size, languages=("en",))
    assert not drawing.dropped

"""Which mounted signs are wrong after an edit or a closure, and what leads round."""

from tests.checks.hung import hang, make_ring, make_zone, route
from wayfinder.checks.sign_changes import Wrong, list_wrong
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.model import Arrow, Plan, list_signs
from wayfinder.route import Router


def walk(plan: Plan) -> tuple[Router, SignWalker]:
    router = route(plan)
    return router, SignWalker(router, list_signs(plan))


def change(old: Plan, new: Plan) -> tuple[Wrong, ...]:
    return list_wrong(walk(old), walk(new))


def test_nothing_is_wrong_where_nothing_changed() -> None:
    assert change(make_ring(), make_ring()) == ()


def test_an_arrow_is_wrong_where_the_way_goes_elsewhere_now() -> None:
    (wrong,) = change(make_ring(), make_ring(locked="2"))
    assert wrong == Wrong("sign", "arrow", "A", Arrow.LEFT, Arrow.RIGHT)


def test_a_place_that_is_gone_renamed_or_cut_off() -> None:
    plan = make_ring()
    assert [one.code for one in change(plan, plan.without("A", "door-1"))] == ["gone"]
    renamed = plan.with_features(plan["A"].with_properties(name={"en": "Laboratory"}))
    assert [one.code for one in change(plan, renamed)] == ["renamed"]
    assert [one.code for one in change(plan, make_ring(locked="1"))] == ["no-way"]


def test_a_face_that_is_gone_moved_turned_or_reworded() -> None:
    plan = make_ring()
    bare = plan.without("sign")
    given = {"mounting": "wall", "unit": "hallS"}
    assert [one.code for one in change(plan, bare)] == ["removed"]
    moved = hang(bare, "sign", (17.0, -16.2), {"A": "left"}, **given)
    assert [one.code for one in change(plan, moved)] == ["moved"]
    turned = hang(bare, "sign", (15.0, -16.2), {"A": "left"}, bearing_deg=150, **given)
    assert "moved" in [one.code for one in change(plan, turned)]
    reworded = hang(bare, "sign", (15.0, -16.2), {"A": "left", "hallN": "left"}, **given)
    assert [one.code for one in change(plan, reworded)] == ["reworded"]


def test_a_group_is_announced_right_as_long_as_most_of_its_places_lie_there() -> None:
    # A lies to the left, but most to the right
    assert change(make_zone(), make_zone("2")) == ()
    (wrong,) = change(make_zone(), make_zone("3"))
    assert wrong == Wrong("sign", "arrow", "zone", Arrow.RIGHT, Arrow.LEFT)


def test_a_sign_whose_own_room_is_renamed_is_printed_anew() -> None:
    plan = make_ring()
    renamed = plan.with_features(plan["hallS"].with_properties(name={"en": "South Hall"}))
    assert change(plan, renamed) == (Wrong("sign", "renamed", "hallS"),)


def test_a_directory_is_printed_anew_where_it_is_to_list_other_places() -> None:
    given = {"mounting": "wall", "unit": "hallS"}
    plan = hang(make_ring(), "list", (20.0, -16.2), {}, directory=True, **given)
    passage = plan.with_features(plan["hallN"].with_properties(name={"en": "North Hall"}))
    assert change(plan, passage) == ()
    renamed = plan.with_features(plan["A"].with_properties(name={"en": "Laboratory"}))
    assert Wrong("list", "reworded") in change(plan, renamed)
    assert Wrong("list", "reworded") in change(plan, plan.without("A", "door-1"))

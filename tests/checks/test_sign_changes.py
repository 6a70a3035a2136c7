"""Which mounted signs are wrong after an edit or a closure, and what leads round."""

from tests.checks.hung import MONDAY, hang, make_ring, route
from wayfinder.checks.sign_changes import Wrong, list_wrong
from wayfinder.checks.sign_detours import plan_detours
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.model import Arrow, Closure, Conditions, Plan, list_signs
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


def test_a_closure_is_led_round_by_temporary_signs() -> None:
    router = route(make_ring())
    closed = Conditions(closures=(Closure("hallW"),))
    signs = list_signs(router.network.plan)
    found = plan_detours(router, signs, closed, departure=MONDAY)
    assert [one.code for one in found.wrong] == ["arrow"]
    assert (found.journeys, found.arrived_before, found.arrived_closed, found.arrived) == (
        1,
        1,
        0,
        1,
    )
    over = found.signs[0]
    assert over.id == "detour-over-sign"
    assert [(message.to, message.arrow) for message in over.messages] == [("A", Arrow.RIGHT)]


def test_a_closure_that_concerns_no_sign_needs_none() -> None:
    router = route(make_ring())
    closed = Conditions(closures=(Closure("hallE"),))
    found = plan_detours(router, list_signs(router.network.plan), closed, departure=MONDAY)
    assert (found.wrong, found.signs) == ((), ())

"""What leads round while something is closed: faces over signs, and stands."""

from hypothesis import given
from hypothesis import strategies as st

from tests.ascii_plan import draw_plan
from tests.checks.hung import MONDAY, hang, make_ring, make_zone, route
from wayfinder.checks.sign_detours import plan_detours
from wayfinder.graph import build_network
from wayfinder.model import Arrow, Closure, Conditions, list_signs
from wayfinder.route import Router


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
    over = found.faces[0]
    assert over.covers == "sign"
    assert [(message.to, message.arrow) for message in over.sign.messages] == [("A", Arrow.RIGHT)]


STRAIGHT = """
    +--------------------------------+
    |A                               |
    +---------------1----------------+
    |hallN                           |
    |                                |
    +--2--+---------3----------+-----+
    |hallW|hallM               |void |
    |     |                    |     |
    |     |                    |     |
    +--4--+---------5----------+-----+
    |hallS                           |
    |                                |
    +---------------0----------------+
"""
"""A room straight ahead, and a way round on the left that nobody needs."""


def test_who_needed_no_sign_gets_a_stand_where_the_way_is_closed() -> None:
    router = route(draw_plan(STRAIGHT))
    found = plan_detours(router, (), Conditions(closures=(Closure("hallM"),)), departure=MONDAY)
    assert (found.arrived_before, found.arrived_closed, found.arrived) == (1, 0, 1)
    assert found.wrong == ()
    first = found.faces[0]
    assert first.covers is None
    assert first.sign.unit_id == "hallS"
    assert [(message.to, message.arrow) for message in first.sign.messages] == [("A", Arrow.LEFT)]


def test_where_nothing_leads_round_no_sign_is_put_up() -> None:
    router = route(make_ring())
    closed = Conditions(closures=(Closure("door-1"),))
    found = plan_detours(router, list_signs(router.network.plan), closed, departure=MONDAY)
    assert (found.journeys, found.cut_off, found.arrived) == (0, 1, 0)
    assert [one.code for one in found.wrong] == ["no-way"]


def test_the_nearest_lift_stands_for_one_that_is_closed() -> None:
    floors = """
        level 0
        +------+------+------------+------+
        |lift  |liftB |void        |liftC |
        +---5--+---6--+------------+---7--+
        |hall                             |
        +-------------------0-------------+

        level 1
        +------+------+------------+------+
        |lift  |liftB |void        |liftC |
        +---8--+---9--+------------+---a--+
        |hall                             |
        +---------------------------------+
    """
    plan = draw_plan(floors)
    plan = hang(plan, "sign", (20.0, -4.2), {"lift@0": "left"}, mounting="wall", unit="hall@0")
    router = route(plan)
    signs = list_signs(plan)
    one = Conditions(closures=(Closure("lift@0"),))
    assert plan_detours(router, signs, one, departure=MONDAY).wrong == ()
    both = Conditions(closures=(Closure("lift@0"), Closure("liftB@0")))
    found = plan_detours(router, signs, both, departure=MONDAY)
    (wrong,) = found.wrong
    assert (wrong.code, wrong.printed, wrong.right) == ("arrow", Arrow.LEFT, Arrow.RIGHT)
    # a lift that stands still does so on all floors
    above = Conditions(closures=(Closure("lift@1"), Closure("liftB@1")))
    assert plan_detours(router, signs, above, departure=MONDAY) == found


HALLS = route(make_zone())


@given(
    lines=st.dictionaries(
        st.sampled_from(["A", "B", "C", "zone"]),
        st.sampled_from(["left", "right", "ahead", "back"]),
        max_size=4,
    ),
    closed=st.sets(st.sampled_from(["hallW", "hallE", "door-2", "door-3", "door-7"]), min_size=1),
)
def test_temporary_signs_never_do_harm(lines: dict[str, str], closed: set[str]) -> None:
    plan = hang(
        make_zone().without("sign"), "sign", (21.0, -16.2), lines, mounting="wall", unit="hallS"
    )
    conditions = Conditions(closures=tuple(Closure(one) for one in sorted(closed)))
    router = Router(build_network(plan, HALLS.network))
    found = plan_detours(router, list_signs(plan), conditions, departure=MONDAY)
    assert found.arrived >= found.arrived_closed
    assert found.journeys + found.cut_off == 3
    ids = [face.sign.id for face in found.faces]
    assert len(ids) == len(set(ids))
    assert not {*ids} & {feature.id for feature in plan}
    assert all(len(face.sign.messages) <= 8 for face in found.faces)


def test_a_closure_that_concerns_no_sign_needs_none() -> None:
    router = route(make_ring())
    closed = Conditions(closures=(Closure("hallE"),))
    found = plan_detours(router, list_signs(router.network.plan), closed, departure=MONDAY)
    assert (found.wrong, found.faces) == ((), ())

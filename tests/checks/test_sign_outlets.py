"""How the ways from signs begin, before and after a change."""

from tests.checks.hung import MONDAY, make_ring, route
from wayfinder.checks.sign_outlets import Outlets
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.model import Arrow, Closure, Conditions, Plan, list_signs
from wayfinder.route.schedule import CALM, Epoch


def leave(plan: Plan, closed: str = "") -> tuple[Outlets, frozenset[str]]:
    """Return the ways from the signs of a plan while something is closed, and the nodes of A."""
    router = route(plan)
    epoch: Epoch = CALM
    if closed:
        epoch = router.schedule.find_epoch(MONDAY, Conditions(closures=(Closure(closed),)))
    walker = SignWalker(router, list_signs(plan), epoch=epoch)
    return Outlets(router, walker, range(len(walker.signs))), walker.goals["A"].nodes


def test_a_way_begins_at_the_sign_and_ends_within_some_metres() -> None:
    outlets, goal = leave(make_ring())
    begun = outlets.begin(goal)
    assert begun.leads.tolist() == [True]
    assert begun.nodes.shape[1] == 1
    assert outlets.begin(goal) is begun


def test_what_goes_elsewhere_now_is_told_from_what_goes_as_before() -> None:
    old, goal = leave(make_ring())
    for plan, same in (
        (make_ring(), True),
        (make_ring(locked="3"), True),
        (make_ring(locked="2"), False),
    ):
        new, now = leave(plan)
        assert old.compare(goal, new, now).tolist() == [same]


def test_an_arrow_serves_as_long_as_the_way_begins_so() -> None:
    calm, goal = leave(make_ring())
    shut, now = leave(make_ring(), "hallW")
    assert calm.point(0, goal) is Arrow.LEFT
    assert shut.point(0, now) is Arrow.RIGHT
    assert calm.serves(0, Arrow.LEFT, goal)
    assert not shut.serves(0, Arrow.LEFT, now)
    assert shut.serves(0, Arrow.RIGHT, now)
    assert not calm.serves(0, Arrow.HERE, goal)


def test_where_a_place_is_closed_nobody_arrives() -> None:
    calm, goal = leave(make_ring())
    shut, now = leave(make_ring(), "A")
    assert calm.is_open(goal)
    assert not shut.is_open(now)

"""One walk by signs alone: what is obeyed, and how it ends."""

from collections.abc import Mapping

import pytest

from tests.checks.hung import hang, make_tee, route
from wayfinder.checks.public_places import list_entrances
from wayfinder.checks.sign_journey import Journey
from wayfinder.checks.sign_walker import Lost, SignWalker, Walk
from wayfinder.model import Arrow, list_signs

FAR_M = 200.0


def set_out(
    messages: Mapping[str, str],
    goal: str = "D",
    most_m: float = FAR_M,
    **others: Mapping[str, str],
) -> tuple[Walk, Journey]:
    """Walk in the house where a corridor parts, by a sign there and further ones along it."""
    plan = make_tee(messages)
    for number, (sign_id, said) in enumerate(others.items()):
        plan = hang(plan, sign_id, (28.0 + number, -8.0), said, bearing_deg=270)
    router = route(plan)
    walker = SignWalker(router, list_signs(plan))
    (entrance,) = list_entrances(router.network)
    journey = Journey(walker, entrance, walker.goals[goal], most_m)
    return journey.go(), journey


def test_who_is_told_the_way_arrives_by_the_sign() -> None:
    walk, journey = set_out({"D": "right"})
    assert walk.arrived
    assert walk.signs == ("sign",)
    assert journey.is_spent(0)
    assert 15 < walk.walked_m < 45


@pytest.mark.parametrize(
    ("messages", "lost"),
    [
        ({"A": "left"}, Lost.NO_SIGN),
        ({"D": "up"}, Lost.NO_LIFT),
        ({"A": "here"}, Lost.NO_SIGN),
    ],
)
def test_who_is_told_nothing_of_use_is_lost(messages: dict[str, str], lost: Lost) -> None:
    walk, _ = set_out(messages)
    assert walk.lost is lost
    assert not walk.arrived


def test_what_is_said_to_be_here_and_is_not_ends_the_walk() -> None:
    walk, _ = set_out({"D": "here"})
    assert walk.lost is Lost.NOT_HERE
    assert walk.signs == ("sign",)


def test_who_walks_too_far_is_lost() -> None:
    walk, _ = set_out({"D": "right"}, most_m=1.0)
    assert walk.lost is Lost.FAR


def test_what_says_most_of_two_faces_side_by_side_is_obeyed() -> None:
    walk, _ = set_out({"D": "right"}, goal="D", other={"A": "right"})
    assert "other" not in walk.signs


def test_an_arrow_is_tried_without_a_sign_that_says_it() -> None:
    _, journey = set_out({})
    found = journey.attempt(0, Arrow.RIGHT)
    assert not isinstance(found, Walk)
    assert found.stroll.stances[-1].at[0] > 24

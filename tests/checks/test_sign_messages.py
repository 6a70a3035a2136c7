"""What each face is to tell, as far as it has room."""

import pytest

from tests.ascii_plan import draw_plan
from tests.checks.hung import hang, make_tee, route
from wayfinder.checks.sign_messages import Boards
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.model import Arrow, list_signs

MANY = """
    +--+--+--+--+--+--+--+--+--+--+
    |a |b |c |d |e |f |g |h |i |j |
    +1-+2-+3-+4-+5-+6-+7-+8-+9-+x-+
    |hall                         |
    |                             |
    +--------------0--------------+
"""


@pytest.fixture
def boards() -> Boards:
    plan = make_tee()
    return Boards([SignWalker(route(plan), list_signs(plan))])


def told(boards: Boards) -> dict[str, Arrow]:
    return {line.to: line.arrow for line in boards.get_lines(0)}


def test_a_face_tells_what_it_was_offered_and_keeps_what_it_told(boards: Boards) -> None:
    assert boards.offer(0, {"A": Arrow.LEFT, "B": None}) == {"A"}
    assert boards.offer(0, {"D": Arrow.RIGHT}) == {"D"}
    assert told(boards) == {"A": Arrow.LEFT, "D": Arrow.RIGHT}
    assert boards.tells(0, "A")
    assert not boards.tells(0, "B")


def test_what_led_somebody_astray_is_not_told_again(boards: Boards) -> None:
    boards.offer(0, {"A": Arrow.LEFT, "D": Arrow.RIGHT})
    boards.forbid(0, "A")
    assert told(boards) == {"D": Arrow.RIGHT}
    assert not boards.may_tell(0, "A")
    assert boards.offer(0, {"A": Arrow.LEFT}) == set()


@pytest.mark.parametrize(("category", "most"), [("office", 8), ("emergency", 7)])
def test_of_more_than_there_is_room_for_none_is_told_and_the_emergency_department_has_a_line(
    category: str, most: int
) -> None:
    plan = draw_plan(MANY, units={"j": {"category": f"{category}", "name": {"en": "J"}}})
    plan = hang(plan, "sign", (15.0, -8.0), {})
    boards = Boards([SignWalker(route(plan), list_signs(plan))])
    places = "abcdefgh"
    for place in places:
        boards.offer(0, {place: Arrow.LEFT})
    assert set(told(boards)) == set(places[:most])
    assert not boards.tells(0, "i")

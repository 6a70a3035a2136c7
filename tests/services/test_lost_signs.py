"""Where somebody may be who stands where a sign was."""

from tests.ascii_plan import draw_plan
from tests.checks.hung import TEE, hang
from wayfinder.model import Release
from wayfinder.model.sign_codes import make_code
from wayfinder.services.lost_signs import find_lost
from wayfinder.services.served import Served, make_served
from wayfinder.services.venues import SignRecord

REFS = ("A1-02", "A1-05", "B1-04", "4", "A1-09")


def serve() -> Served:
    plan = draw_plan(TEE)
    for number, ref in enumerate(REFS):
        plan = hang(plan, ref, (5.0 + 3 * number, -8.0), {})
    codes = {ref: make_code(number) for number, ref in enumerate(REFS)}
    return make_served("house", Release(plan, 1)).with_codes(codes)


def test_of_a_sign_of_which_only_its_number_is_known_the_next_ones_of_its_floor_are_told() -> None:
    lost = find_lost(serve(), SignRecord("XXXXXXX", "house", "gone", "A1-04"))
    assert lost.place is None
    assert [sign.ref for sign in lost.signs] == ["A1-05", "A1-02", "A1-09"]


def test_of_a_sign_without_such_a_number_nothing_is_told() -> None:
    for ref in ("", "4", "A1-", "A1-x"):
        assert find_lost(serve(), SignRecord("XXXXXXX", "house", "gone", ref)).signs == ()


def test_signs_that_hang_no_more_are_not_told() -> None:
    gone = {make_code(REFS.index("A1-05"))}
    lost = find_lost(serve(), SignRecord("XXXXXXX", "house", "gone", "A1-04"), gone)
    assert [sign.ref for sign in lost.signs] == ["A1-02", "A1-09"]

"""Who arrives by signs alone, where the others are lost, what is wrong with single signs."""

import pytest

from tests.ascii_plan import draw_plan
from tests.checks.hung import MONDAY, SWAPPED, hang, make_ring, make_tee, route
from wayfinder.checks.sign_audit import Audit, audit_signs
from wayfinder.checks.sign_walker import Lost
from wayfinder.model import Plan

WIDE = {"default_clear_widths_m": {"*": 2.0}}
"""Of a venue: wheelchairs go where nobody knows how wide it is."""


def audit(plan: Plan, *profiles: str) -> Audit:
    return audit_signs(route(plan), profiles=profiles or ("walk",), departure=MONDAY)


def codes(plan: Plan, *profiles: str) -> set[tuple[str, str]]:
    return {(fault.code, fault.sign) for fault in audit(plan, *profiles).faults}


def test_everybody_arrives_where_a_sign_says_the_way() -> None:
    (share,) = audit(make_tee()).shares
    assert (share.journeys, share.arrived, share.breaks) == (4, 4, ())


# the doors of B and C are read from where the corridors meet; A and D need the sign


def test_without_the_sign_the_chain_breaks_where_it_hung() -> None:
    (share,) = audit(make_tee().without("sign")).shares
    assert share.arrived == 2
    for one in share.breaks:
        assert one.lost is Lost.NO_SIGN
        assert one.last_sign is None
        assert abs(one.at[0] - 18.5) < 4
        assert -13 < one.at[1] < -4
    assert {"A", "D"} == {goal for one in share.breaks for goal in one.goals}


def test_a_place_that_no_sign_names_is_missing_there() -> None:
    (share,) = audit(make_tee({"B": "ahead-left", "C": "ahead-right", "D": "right"})).shares
    assert {goal for one in share.breaks for goal in one.goals} == {"A"}


def test_with_left_and_right_swapped_the_share_collapses() -> None:
    found = audit(make_tee(SWAPPED))
    assert found.shares[0].arrived == 2
    assert {goal for one in found.shares[0].breaks for goal in one.goals} == {"A", "D"}


def make_long(arrow: str) -> Plan:
    """Make a corridor of 140 m that one enters in the middle, with a room at its left end."""
    rows = [
        "+---+" + "-" * 135 + "+",
        "|A  1hall" + " " * 131 + "|",
        "+---+" + "-" * 65 + "0" + "-" * 69 + "+",
    ]
    given = {"mounting": "wall", "unit": "hall"}
    plan = draw_plan("\n".join(rows), venue=WIDE)
    return hang(plan, "sign", (70.0, -0.2), {"A": arrow}, **given)


def test_an_arrow_that_leads_more_than_half_a_minute_astray_contradicts_the_way() -> None:
    assert codes(make_long("left")) == set()
    found = audit(make_long("right"), "walk", "wheelchair")
    (wrong,) = [fault for fault in found.faults if fault.code == "contradicts"]
    assert (wrong.sign, wrong.to, wrong.profiles) == ("sign", "A", ("walk", "wheelchair"))
    assert wrong.extra_s is not None
    assert wrong.extra_s > 30


def test_what_is_said_to_be_here_and_is_far_contradicts_the_way() -> None:
    (wrong,) = [one for one in audit(make_long("here")).faults if one.code == "contradicts"]
    assert (wrong.sign, wrong.to) == ("sign", "A")
    assert wrong.extra_s is not None
    assert wrong.extra_s > 30
    near = hang(make_tee(), "door", (4.0, -4.2), {"A": "here"}, mounting="wall")
    assert not {code for code, _ in codes(near)} & {"contradicts"}


FLOORS = """
    level 0
    +------+------------+------+
    |lift  |hall        |      |
    |      1            2L     |
    +------+------------+------+

    level 1
    +------+------------+------+
    |lift  |hall        |      |
    |      3            4M     |
    +------+------0-----+------+

    level 2
    +------+------------+------+
    |lift  |hall        |      |
    |      5            6U     |
    +------+------------+------+
"""
"""One comes in on the middle one of three floors; ``lower`` has no third one."""


def make_floors(arrow: str, to: str, *, lower: bool = False) -> Plan:
    drawn = FLOORS[: FLOORS.index("level 2")].rstrip(" ") if lower else FLOORS
    return hang(draw_plan(drawn), "sign", (12.0, -1.0), {to: arrow}, unit="hall@1")


@pytest.mark.parametrize("to", ["U", "level2"])
def test_an_arrow_to_the_wrong_floor_contradicts_the_way(to: str) -> None:
    assert not {code for code, _ in codes(make_floors("up", to))} & {"contradicts", "into-wall"}
    assert ("contradicts", "sign") in codes(make_floors("down", to))
    assert ("contradicts", "sign") in codes(make_floors("up", "M"))


def test_an_arrow_up_where_the_lift_only_goes_down_leads_nowhere() -> None:
    assert ("into-wall", "sign") in codes(make_floors("up", "L", lower=True))
    assert not {code for code, _ in codes(make_floors("down", "L", lower=True))} & {"into-wall"}


def test_right_arrows_contradict_nothing() -> None:
    assert codes(make_tee()) == set()


def test_a_floor_announces_what_is_on_it() -> None:
    plan = draw_plan(
        """
        level 0
        +------+------------+
        |lift  |hall        |
        |      5            |
        +------+------0-----+

        level 1
        +------+------------+------+
        |lift  |hall        |      |
        |      6            7A     |
        +------+------------+------+
        """,
        venue=WIDE,
    )
    plan = hang(plan, "sign", (12.0, -1.0), {"level1": "up"}, unit="hall@0", mounting="hanging")
    (walk, rolls) = audit(plan, "walk", "wheelchair").shares
    assert (walk.journeys, walk.arrived) == (1, 1)
    assert audit(plan.without("sign")).shares[0].arrived == 0
    assert (rolls.journeys, rolls.arrived) == (1, 1)


def test_stairs_are_no_way_for_wheels() -> None:
    plan = draw_plan(
        """
        level 0
        +------+------------+
        |stairs|hall        |
        |      5            |
        +------+------0-----+

        level 1
        +------+------------+------+
        |stairs|hall        |      |
        |      6            7A     |
        +------+------------+------+
        """,
        venue=WIDE,
    )
    plan = hang(plan, "sign", (12.0, -1.0), {"level1": "up"}, unit="hall@0")
    walk, rolls = audit(plan, "walk", "wheelchair").shares
    assert (walk.journeys, walk.arrived) == (1, 1)
    assert rolls.journeys == 0


def test_an_arrow_up_that_leads_wheels_to_stairs_is_told() -> None:
    plan = draw_plan(
        """
        level 0
        +------+------------------------+------+
        |stairs|hall                    |lift  |
        |      5                        8      |
        +------+------0-----------------+------+

        level 1
        +------+------------------------+------+------+
        |stairs|hall                    |lift  |A     |
        |      6                        9      |      |
        |      |                        +------+      |
        |      |                               7      |
        +------+-------------------------------+------+
        """,
        venue=WIDE,
    )
    plan = hang(plan, "sign", (9.0, -1.0), {"level1": "up"}, unit="hall@0")
    (told,) = [one for one in audit(plan, "walk", "wheelchair").faults if one.code == "steps"]
    assert (told.sign, told.to, told.profiles) == ("sign", "level1", ("wheelchair",))


@pytest.mark.parametrize(
    ("at", "given", "code"),
    [
        ((18.5, -30.0), {}, "in-wall"),
        ((18.5, -8.0), {"bearing_deg": None}, "no-bearing"),
        ((10.0, -4.3), {"bearing_deg": 0}, "faces-wall"),
        ((30.0, -8.0), {"bearing_deg": 90}, "unneeded"),
    ],
)
def test_what_is_wrong_with_a_face_is_told(
    at: tuple[float, float], given: dict[str, object], code: str
) -> None:
    plan = hang(make_tee(), "other", at, {"D": "left"}, **given)
    assert (code, "other") in codes(plan)


def test_signs_that_disagree_are_told() -> None:
    plan = hang(make_tee(), "other", (19.5, -11.0), {"A": "right"})
    assert ("disagree", "other") in codes(plan)


def test_signs_with_the_place_between_them_do_not_disagree() -> None:
    plan = hang(make_tee(), "other", (20.0, -8.0), {"C": "right"})
    plan = hang(plan, "third", (25.0, -8.0), {"C": "left"})
    assert not {code for code, _ in codes(plan)} & {"disagree"}


def test_a_face_with_too_many_lines_none_or_unknown_places_is_told() -> None:
    lines = {f"place-{n}": "left" for n in range(9)}
    plan = hang(make_tee(), "long", (18.5, -18.0), lines)
    plan = hang(plan, "bare", (18.5, -17.0), {})
    assert {("too-many", "long"), ("unknown", "long"), ("no-messages", "bare")} <= codes(plan)


def test_nobody_sets_out_where_no_way_leads() -> None:
    (share,) = audit(make_ring(locked="1")).shares
    assert share.journeys == 0
    assert share.share == 1.0


def test_the_same_plan_gives_the_same_audit() -> None:
    assert audit(make_tee(SWAPPED)) == audit(make_tee(SWAPPED))

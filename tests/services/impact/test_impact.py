"""Who is affected is told before it is done: places, journeys, signs, displays."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.ascii_plan import draw_plan
from tests.checks.hung import hang, make_ring
from tests.displayed import BOARD, KIOSK, make_screen
from tests.drafted import ANN, Hand, drop, rename
from wayfinder.graph import build_network
from wayfinder.model import Arrow, Closure, Conditions, Plan, Release
from wayfinder.model.sign_records import SignState
from wayfinder.route import Journey, Router
from wayfinder.services import releases, signage
from wayfinder.services.audited_signs import load_audited
from wayfinder.services.drafts import Desk, open_draft
from wayfinder.services.impact import Affected, Impact, find_closure_impact, find_draft_impact
from wayfinder.services.impact.impact import compare
from wayfinder.services.impact.side import Side
from wayfinder.services.served import Served, make_served
from wayfinder.store import Store, UnknownError
from wayfinder.store.venues import make_venue

TALL = """
    +-----+-----+-----+-------+
    |A    |B    |lift |stairs |
    +--1--+--2--+--3--+--4----+
    |hall                     |
    +--0----------------------+
    level 1 F2
    +-----+-----+-----+-------+
    |C    |D    |lift |stairs |
    +--5--+--6--+--7--+--8----+
    |upper                    |
    +-------------------------+
"""
LONG = """
    +--------+-----------------------+--------+----------------------------------+
    |A       |void                   |B       |void2                             |
    +--1-----+-----------------------+--2-----+----------------------------------+
    |hall1                           |hall2                                      |
    |                                5                                           |
    |                                |                                           |
    +--3-----------------------------+----------------------------------------4--+
    |yard                                                                        |
    +------------------------------------------------------0---------------------+
"""
CLINIC = """
    +---------+-----+-----+-----+
    |heart    |ecg  |wc   |store|
    | @desk   |     |     |     |
    +----1----+--2--+--3--+--4--+
    |hall                       |
    +--0------------------------+
"""
DOORS = """
    +-----+-----+     +-----+-----+
    |A    |B    |     |C    |D    |
    +--1--+--2--+     +--4--+--5--+
    |hall1      |     |hall2      |
    +--0-----3--+     +--6--------+
"""
WIDE = {"clear_width_m": 3.0}
CAR = {"car_width_m": 2.0, "car_depth_m": 2.0, "door_width_m": 1.0}


def draw() -> Plan:
    doors = {key: {"clear_width_m": 1.2} for key in "012345678"}
    units: dict[str, Mapping[str, Any]] = {
        "hall": {"category": "walkway", **WIDE},
        "upper": {"category": "walkway", **WIDE},
        "lift": {"category": "elevator", "lift": CAR},
    }
    return draw_plan(TALL, doors=doors, units=units)


def draw_clinic() -> Plan:
    """Return a department with its desk, a room that one is called to, a toilet, a staff room."""
    units = {"heart": {"category": "cardiology"}, "ecg": {"category": "ecg"}}
    staff = {"store": {"category": "storage", "access": "staff"}}
    places = {"desk": {"name": {"en": "Cardiology"}, "category": "cardiology"}}
    return draw_plan(CLINIC, units={**units, **staff}, places=places)


def draw_doors(*principal: str) -> Plan:
    """Return two houses: a hall with two doors to the outside, one with one door."""
    category = {key: f"pedestrian{'.principal' * (key in principal)}" for key in "036"}
    doors = {key: {"category": found} for key, found in category.items()}
    halls = {"hall1": "walkway", "hall2": "walkway"}
    return draw_plan(DOORS, units=halls, doors=doors)


def draw_long() -> Plan:
    return draw_plan(LONG, units={"yard": "walkway", "hall1": "room", "hall2": "room"})


def serve(plan: Plan) -> Served:
    return make_served("house", Release(plan, 1))


def change(old: Plan, new: Plan) -> Impact:
    return compare(*(Side(Router(build_network(plan))) for plan in (old, new)))


def close(plan: Plan, features: Iterable[str]) -> Impact:
    return find_closure_impact(serve(plan).router, features)


def test_what_changes_nothing_affects_nobody() -> None:
    plan = draw()
    found = change(plan, plan)
    reach, journeys = found.reach, found.journeys
    assert (reach.places, journeys.barred, journeys.longer) == (4, 0, ())
    assert not any((reach.gone, reach.closed, reach.unreachable, reach.without_steps))
    assert (found.wrong, found.planned, found.displays) == ((), 0, ())


def test_a_place_without_a_door_is_reached_no_more() -> None:
    plan = draw()
    found = change(plan, plan.without("door-2"))
    assert found.reach.unreachable == ("B",)
    assert found.reach.without_steps == ()
    back = change(plan.without("door-2"), plan)
    assert (back.reach.unreachable, back.reach.gained) == ((), ("B",))


def test_a_main_entrance_that_is_marked_makes_no_other_door_a_wall() -> None:
    plain, marked = draw_doors(), draw_doors("0")
    for old, new in ((plain, marked), (marked, plain)):
        found = change(old, new)
        assert (found.reach.unreachable, found.reach.without_steps) == ((), ())
        assert (found.reach.gained, found.journeys.barred) == ((), 0)
    assert change(marked, marked.without("door-6")).reach.unreachable == ("C", "D")


def test_a_place_that_is_taken_away_is_gone() -> None:
    plan = draw()
    assert change(plan, plan.without("B", "door-2")).reach.gone == ("B",)


def test_rooms_that_one_is_called_to_are_told_of_beside_their_departments() -> None:
    plan = draw_clinic()
    found = change(plan, plan.without("door-2", "door-3")).reach
    assert (found.places, sorted(found.rooms)) == (1, ["ecg", "wc"])
    assert found.unreachable == ("ecg", "wc")
    found = change(plan, plan.without("door-1", "door-4")).reach
    assert found.unreachable == ("desk",)
    pantry = plan.with_features(plan["wc"].with_properties(category="room", name={"en": "Pantry"}))
    found = change(pantry, pantry.without("door-3")).reach
    assert (found.places, sorted(found.rooms), found.unreachable) == (2, ["ecg", "wc"], ("wc",))
    assert change(plan, plan.without("ecg", "door-2")).reach.gone == ("ecg",)
    assert close(plan, ["wc"]).reach.closed == ("wc",)


def test_a_lift_that_is_closed_leaves_the_steps() -> None:
    found = close(draw(), ["lift@1"])
    assert found.reach.without_steps == ("C", "D")
    assert (found.reach.unreachable, found.reach.closed) == ((), ())
    everything = close(draw(), ["lift@0", "stairs@0"])
    assert everything.reach.unreachable == ("C", "D")
    assert everything.reach.without_steps == ()


def test_a_place_that_is_closed_itself_is_told_apart() -> None:
    found = close(draw(), ["A", "lift@0"])
    assert (found.reach.closed, found.reach.unreachable) == (("A",), ())
    assert found.reach.without_steps == ("C", "D")


def test_what_is_closed_already_is_no_news() -> None:
    found = find_closure_impact(serve(draw()).router, ["A", "lift@1"], closed=["A", "lift@0"])
    assert (found.reach.closed, found.reach.without_steps) == ((), ())


def test_a_journey_that_grows_by_more_than_a_minute_is_told() -> None:
    plan = draw_long()
    found = change(plan, plan.without("door-5"))
    on_foot = {one.place: one for one in found.journeys.longer if one.profile == "walk"}
    assert on_foot == {}
    sign = hang(plan, "sign", (31.0, -6.0), {"B": "right"}, unit="hall1")
    found = change(sign, sign.without("door-5"))
    on_foot = {one.place: one for one in found.journeys.longer if one.profile == "walk"}
    assert on_foot.keys() == {"B", "hall2"}
    longer = on_foot["B"]
    assert (longer.journeys, longer.start) == (1, "sign")
    assert longer.after_s - longer.before_s > 60
    assert found.journeys.starts == {"sign"}


def test_from_where_no_way_leads_any_more_is_counted() -> None:
    plan = hang(draw_long(), "sign", (31.0, -6.0), {"B": "right"}, unit="hall1")
    found = change(plan, plan.without("door-5", "door-3"))
    assert found.reach.unreachable == ("A", "hall1")
    assert found.journeys.barred == 2


def test_printed_signs_that_become_wrong_are_told_apart_from_planned() -> None:
    found = compare(
        *(Side(Router(build_network(plan))) for plan in (make_ring(), make_ring(locked="2")))
    )
    (wrong,) = found.wrong
    assert (wrong.sign, wrong.code, wrong.right) == ("sign", "arrow", Arrow.RIGHT)
    assert ([one.sign for one in found.wrong], found.planned) == (["sign"], 0)
    planned = compare(
        *(Side(Router(build_network(plan))) for plan in (make_ring(), make_ring(locked="2"))),
        is_printed=lambda _: False,
    )
    assert (planned.wrong, planned.planned) == ((), 1)


def test_displays_that_are_affected() -> None:
    bare = draw()
    kiosk = make_screen(bare, "kiosk", KIOSK, unit_id="upper")
    board = make_screen(bare, "board", BOARD)
    plan = bare.with_features(kiosk, board)
    assert change(plan, plan).displays == ()
    (gone,) = change(plan, plan.without("kiosk")).displays
    assert (gone.display, gone.reasons) == ("kiosk", (Affected.REMOVED,))
    moved = plan.with_features(make_screen(bare, "kiosk", KIOSK, unit_id="hall"))
    assert Affected.MOVED in change(plan, moved).displays[0].reasons
    found = {one.display: one.reasons for one in change(plan, plan.without("door-2")).displays}
    assert Affected.WAYS in found["kiosk"]
    found = {one.display: one.reasons for one in close(plan, ["lift@0", "stairs@0"]).displays}
    assert Affected.WAYS in found["kiosk"]
    assert Affected.OTHERWISE in found["board"]
    assert Affected.OTHERWISE not in found["kiosk"]


@pytest.fixture
def house(store: Store) -> Store:
    """Return a store with a house with a sign in force."""
    releases.import_plan(store, "house", make_ring())
    releases.publish(store, "house")
    return store


def test_a_draft_is_held_against_the_release_in_force(house: Store) -> None:
    desk = Desk(house)
    ann = Hand(desk, open_draft(desk, "house", "wing", who=ANN).id, "ann")
    ann.do(drop("door-1"))
    ann.do(rename("hallS", "South"))
    found = find_draft_impact(desk, "house", ann.draft)
    assert found is not None
    assert found.reach.unreachable == ("A",)
    assert (found.wrong, found.planned) == ((), 1)
    signage.set_states(house, "house", SignState.PRINTED, ["sign"])
    served = make_served("house", Release(make_ring(), 1))
    found = find_draft_impact(desk, "house", ann.draft, 1, served=served)
    assert found is not None
    assert [(one.sign, one.code) for one in found.wrong] == [("sign", "no-way")]
    printed = load_audited(house, "house", 1).is_printed
    closed = find_closure_impact(served.router, ["door-1"], is_printed=printed)
    assert {one.sign for one in closed.wrong} == {"sign"}
    with pytest.raises(UnknownError, match="draft-ahead"):
        find_draft_impact(desk, "house", ann.draft, 3)


def test_a_first_release_affects_nobody(store: Store) -> None:
    with store.write() as connection:
        make_venue(connection, "house", "north", {})
    desk = Desk(store)
    draft = open_draft(desk, "house", "first", who=ANN)
    assert find_draft_impact(desk, "house", draft.id) is None


@pytest.mark.long
def test_a_hospital_whose_lifts_are_closed_is_judged_as_by_each_journey(
    served_hospital: Served,
) -> None:
    router, plan = served_hospital.router, served_hospital.plan
    level = plan.levels[len(plan.levels) // 2].id
    lifts = [unit.id for unit in plan.units if unit.lift and unit.level_id == level]
    found = find_closure_impact(router, lifts).reach
    side = Side(router)
    noon = datetime(2026, 11, 23, 4, tzinfo=UTC)
    shut = Conditions(tuple(Closure(lift) for lift in lifts))
    reached = {
        (profile, bool(conditions.closures)): {
            place
            for place in (*side.places, *side.rooms[::40])
            if any(
                isinstance(
                    router.find_route(
                        door, [place], profile=profile, departure=noon, conditions=conditions
                    ),
                    Journey,
                )
                for door in side.doors
            )
        }
        for profile in ("walk", "wheelchair")
        for conditions in (Conditions(), shut)
    }
    open_at_noon = reached["walk", False]
    lost = open_at_noon - reached["walk", True]
    assert set(found.unreachable) & open_at_noon == lost
    on_foot = reached["walk", True]
    wheels = reached["wheelchair", False] - reached["wheelchair", True]
    assert set(found.without_steps) & reached["wheelchair", False] == wheels & on_foot
    assert found.without_steps

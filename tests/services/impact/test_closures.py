"""Who loses a way is known at once, and the same as when all is worked out."""

import pytest

from tests.services.impact.test_impact import draw, serve
from wayfinder.model import Closure, Conditions
from wayfinder.route.reached import list_reached
from wayfinder.services import releases
from wayfinder.services.background import Background, run_waiting
from wayfinder.services.impact.closures import (
    CLOSURE,
    ask_closure_impact,
    find_closure_reach,
)
from wayfinder.services.impact.journeys import compare_journeys
from wayfinder.services.impact.side import Side, make_epoch
from wayfinder.services.served import Served
from wayfinder.store import Store
from wayfinder.store.jobs import JobRecord


def test_who_loses_the_way_is_known_at_once() -> None:
    served = serve(draw())
    assert find_closure_reach(served, ["lift@1"]).without_steps == ("C", "D")
    everything = find_closure_reach(served, ["lift@0", "stairs@0"])
    assert set(everything.unreachable) == {"C", "D"}
    assert everything.without_steps == ()
    nothing = find_closure_reach(served, [])
    assert (nothing.unreachable, nothing.without_steps, nothing.closed) == ((), (), ())
    itself = find_closure_reach(served, ["A"])
    assert (itself.closed, itself.unreachable) == (("A",), ())


def test_what_is_closed_already_is_no_news() -> None:
    served = serve(draw()).with_conditions(Conditions((Closure("lift@0"),)), 1)
    assert find_closure_reach(served, ["lift@1"]).without_steps == ()
    assert set(find_closure_reach(served, ["stairs@0"]).unreachable) == {"C", "D"}


def test_hours_of_the_night_do_not_hide_what_the_morning_loses() -> None:
    plan = draw()
    shut = plan.with_features(*(plan[key].with_properties(hours="off") for key in ("C", "D")))
    assert find_closure_reach(serve(shut), ["lift@1"]).without_steps == ("C", "D")


@pytest.mark.long
def test_it_is_what_all_journeys_say(served_hospital: Served) -> None:
    plan, router = served_hospital.plan, served_hospital.router
    lifts = sorted({min(shaft) for shaft in router.search.shafts.of_unit.values()})
    halls = sorted(unit.id for unit in plan.units if unit.category == "walkway")
    for key in [*lifts[::12], *halls[::20]][:8]:
        quick = find_closure_reach(served_hospital, [key])
        before = Side(router)
        after = Side(router, make_epoch(router, [key]))
        vars(after).update(places=before.places, entrances=before.entrances)
        slow = compare_journeys(before, after)
        assert set(quick.unreachable) == set(slow.unreachable), key
        assert set(quick.without_steps) == set(slow.without_steps), key
        assert set(quick.closed) == set(slow.closed), key


def test_goals_that_are_reached_are_listed() -> None:
    served = serve(draw())
    side = Side(served.router)
    index = served.router.search.table.index
    goals = {key: [index[n] for n in side.network.places[key]] for key in ("A", "C")}
    starts = [index[node] for node in side.entrances.values()]
    found = list_reached(served.router.search, starts, goals, "wheelchair", side.epoch)
    assert found == {"A", "C"}
    assert list_reached(served.router.search, [], goals, "walk", side.epoch) == frozenset()


def launch_nothing(_job: JobRecord, _runner: str) -> str:
    return ""


def test_the_whole_is_worked_out_once_beside_the_server(store: Store) -> None:
    plan = draw()
    releases.import_plan(store, "house", plan)
    releases.publish(store, "house")
    served = serve(plan)
    background = Background(store, launch=launch_nothing)
    background._poke = lambda: None  # type: ignore[method-assign]
    asked = ask_closure_impact(background, store, served, ["lift@1"], who="ann")
    assert (asked.kind, asked.result) == (CLOSURE, None)
    assert ask_closure_impact(background, store, served, ["lift@1"], who="bob").id == asked.id
    assert run_waiting(store) == 1
    document = ask_closure_impact(background, store, served, ["lift@1"], who="bob").result
    assert document is not None
    assert document["journeys"]["without_steps"] == ["C", "D"]
    assert document["names"]["C"]["name"]["en"]
    # what is closed meanwhile, or another release, is another question
    closed = served.with_conditions(Conditions((Closure("A"),)), 1)
    other = ask_closure_impact(background, store, closed, ["lift@1"], who="ann")
    assert other.id != asked.id
    assert other.arguments["closed"] == ["A"]

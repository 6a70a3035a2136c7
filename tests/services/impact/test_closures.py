"""Who loses a way is known at once, and the same as when all is worked out."""

from tests.services.impact.test_impact import draw, draw_clinic, draw_doors, serve
from wayfinder.model import Closure, Conditions
from wayfinder.services import releases
from wayfinder.services.background import Background, run_waiting
from wayfinder.services.impact.closures import (
    CLOSURE,
    ask_closure_impact,
    find_closure_reach,
)
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


def test_rooms_that_one_is_called_to_count_too() -> None:
    plan = draw_clinic()
    served = serve(plan)
    found = find_closure_reach(served, ["door-2"])
    assert found.unreachable == ("ecg",)
    assert (found.places, sorted(found.rooms)) == (1, ["ecg", "wc"])


def test_any_door_from_outside_will_do_and_not_the_main_one_alone() -> None:
    served = serve(draw_doors("0"))
    assert find_closure_reach(served, ["door-0"]).unreachable == ()
    assert set(find_closure_reach(served, ["door-0", "door-3"]).unreachable) == {"A", "B"}


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
    assert document["reach"]["without_steps"] == ["C", "D"]
    assert document["names"]["C"]["name"]["en"]
    # what is closed meanwhile, or another release, is another question
    closed = served.with_conditions(Conditions((Closure("A"),)), 1)
    other = ask_closure_impact(background, store, closed, ["lift@1"], who="ann")
    assert other.id != asked.id
    assert other.arguments["closed"] == ["A"]

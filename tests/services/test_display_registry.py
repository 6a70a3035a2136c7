"""Displays keep their ids while the plan changes around them."""

from collections.abc import Mapping
from typing import Any

from tests.displayed import BOARD, KIOSK, make_house
from wayfinder.model import DisplayKind, Release
from wayfinder.model.display_ids import LENGTH, PREFIX
from wayfinder.services import releases
from wayfinder.services.display_registry import number_displays, read_displays
from wayfinder.services.follow import Follower
from wayfinder.services.served import make_served
from wayfinder.services.venues import Venues
from wayfinder.store import Store

Displays = Mapping[str, Mapping[str, Any]]


def put(
    store: Store,
    displays: Displays,
    *,
    refs: Mapping[str, str] | None = None,
    tag: int = 0,
    venue: str = "house",
) -> releases.Published:
    releases.import_plan(store, venue, make_house(displays, refs=refs, tag=tag))
    return releases.publish(store, venue)


def list_ids(store: Store) -> dict[str, str]:
    """Return feature to id."""
    with store.read() as connection:
        return {record.feature: record.id for record in read_displays(connection)}


def test_displays_get_ids_when_their_release_comes_into_force(store: Store) -> None:
    plan = make_house({"k": KIOSK, "b": BOARD}, refs={"k": "K-01"})
    releases.import_plan(store, "house", plan)
    assert list_ids(store) == {}
    assert releases.publish(store, "house").displays == 2
    with store.read() as connection:
        records = {record.feature: record for record in read_displays(connection)}
    assert all(
        len(record.id) == LENGTH and record.id.startswith(PREFIX) for record in records.values()
    )
    assert len({record.id for record in records.values()}) == 2
    assert (records["k"].kind, records["k"].ref) == (DisplayKind.KIOSK, "K-01")
    assert (records["b"].kind, records["b"].title) == (DisplayKind.BOARD, records["b"].id)


def test_ids_are_kept_over_releases_and_rollbacks_and_unique_over_venues(store: Store) -> None:
    first = put(store, {"k": KIOSK, "b": BOARD})
    ids = list_ids(store)
    assert put(store, {"b": BOARD}, tag=1).displays == 0
    assert list_ids(store) == ids
    assert put(store, {"k": KIOSK, "b": BOARD, "c": BOARD}, tag=2).displays == 1
    assert {key: list_ids(store)[key] for key in ids} == ids
    releases.roll_back(store, "house", first.release.number)
    assert len(list_ids(store)) == 3
    put(store, {"x": KIOSK}, venue="annex")
    with store.read() as connection:
        every = [record.id for record in read_displays(connection)]
    assert len(every) == len(set(every)) == 4


def test_a_display_with_a_new_id_in_the_plan_is_known_by_its_number(store: Store) -> None:
    put(store, {"k": KIOSK, "b": BOARD}, refs={"k": "K-01", "b": "B-01"})
    ids = list_ids(store)
    put(store, {"new": {**KIOSK, "kind": "board"}, "b": BOARD}, refs={"new": "K-01", "b": "B-01"})
    assert list_ids(store) == {"new": ids["k"], "b": ids["b"]}
    with store.read() as connection:
        moved = next(one for one in read_displays(connection) if one.feature == "new")
    assert (moved.kind, moved.formerly) == (DisplayKind.BOARD, ("k",))
    releases.roll_back(store, "house", 1)
    assert list_ids(store) == ids


def test_a_number_that_two_new_displays_have_says_of_neither_which_it_was(store: Store) -> None:
    put(store, {"k": KIOSK}, refs={"k": "K-01"})
    ids = list_ids(store)
    put(store, {"m": KIOSK, "n": KIOSK}, refs={"m": "K-01", "n": "K-01"})
    now = list_ids(store)
    assert now["k"] == ids["k"]
    assert len(set(now.values())) == 3


def test_what_is_served_knows_its_displays_by_id_in_any_case(store: Store) -> None:
    put(store, {"k": KIOSK, "b": BOARD})
    venues = Venues()
    follower = Follower(store, venues)
    follower.refresh()
    ids = list_ids(store)
    found = venues.find_display(ids["k"].lower())
    assert found is not None
    served, display, record = found
    assert (served.slug, display.id, record.id) == ("house", "k", ids["k"])
    assert [one.id for one in venues.list_displays("house")] == sorted(ids.values())
    assert venues.find_display("DAAAAAAA") is None
    put(store, {"b": BOARD}, tag=1)
    follower.refresh()
    assert venues.find_display(ids["k"]) is None
    assert venues.find_display_record(ids["k"]) is not None
    assert venues.find_display(ids["b"]) is not None


def test_without_a_store_displays_are_numbered_by_their_order() -> None:
    plan = make_house({"k": KIOSK, "b": BOARD})
    (kiosk, board) = number_displays([("house", plan)])
    assert (kiosk.feature, board.feature) == ("k", "b")
    venues = Venues([make_served("house", Release(plan, 1))])
    found = venues.find_display(kiosk.id)
    assert found is not None
    assert found.display.id == "k"

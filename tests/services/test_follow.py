"""What a process serves follows the store within moments, whole, and goes on when that is away."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tests.signed import FIRST, make_plan
from wayfinder.model import Release
from wayfinder.services import builds, conditions, follow, releases
from wayfinder.services.follow import Follower
from wayfinder.services.served import Served, make_served
from wayfinder.services.venues import Venues
from wayfinder.store import DamagedError, Store, UnavailableError, open_store
from wayfinder.store.conditions import ConditionDraft
from wayfinder.store.releases import PackedPlan, add_release, publish_release
from wayfinder.store.tables import audit, publications, sign_codes
from wayfinder.store.tables import releases as release_table
from wayfinder.store.tables import venues as venue_table
from wayfinder.store.venues import get_venue

SOON_S = 2.0
"""Within so much a worker sees what changed."""
CLOSURE = ConditionDraft("closure", ("A",), {})


def wait_for(condition: Callable[[], object], seconds: float = 20.0) -> float:
    """Wait until something is so, and return how long it took."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, "it did not happen"
        time.sleep(0.005)
    return time.monotonic() - started


@contextmanager
def following(store: Store, venues: Venues) -> Iterator[Follower]:
    follower = Follower(store, venues, interval_s=0.05)
    follower.start()
    try:
        assert follower.wait_until_loaded(20)
        yield follower
    finally:
        follower.stop()


def put(store: Store, tag: int = 0, slug: str = "house") -> None:
    releases.import_plan(store, slug, make_plan({"s": {}}, tag=tag))
    releases.publish(store, slug)


def served(venues: Venues, slug: str = "house") -> Served:
    found = venues.find(slug)
    assert found is not None
    return found


def is_release(venues: Venues, number: int) -> bool:
    return served(venues).snapshot.release.number == number


def test_what_is_published_is_served_with_its_conditions_and_codes(store: Store) -> None:
    put(store)
    releases.import_plan(store, "annex", make_plan({"t": {"sign_code": FIRST}}, tag=9))
    conditions.add(store, "house", CLOSURE)
    venues = Venues()
    follower = Follower(store, venues)
    assert not follower.is_loaded
    follower.refresh()
    assert follower.is_loaded
    (house,) = venues.list()
    assert house.snapshot.release.number == 1
    assert [closure.feature for closure in house.conditions.closures] == ["A"]
    (sign,) = house.signs.values()
    assert sign.code is not None
    record = venues.find_sign(sign.code)
    assert record is not None
    assert (record.venue, record.feature) == ("house", "s")
    follower.stop()


def test_changes_are_seen_within_moments(store: Store) -> None:
    put(store)
    venues = Venues()
    with following(store, venues):
        before = served(venues)
        conditions.add(store, "house", CLOSURE)
        assert wait_for(lambda: served(venues).conditions.closures) < SOON_S
        assert served(venues).router is before.router
        conditions.reopen(store, "house", ["A"])
        assert wait_for(lambda: not served(venues).conditions.closures) < SOON_S
        put(store, 1)
        assert wait_for(lambda: served(venues).snapshot.release.number == 2) < SOON_S
        releases.roll_back(store, "house", 1)
        assert wait_for(lambda: served(venues).snapshot.release.number == 1) < SOON_S
        assert served(venues).router is before.router
        put(store, 2, "annex")
        assert wait_for(lambda: venues.find("annex")) < SOON_S


def test_several_processes_follow_one_store(store: Store, store_url: str) -> None:
    put(store)
    others = [open_store(store_url) for _ in range(2)]
    seen = [Venues() for _ in others]
    with following(others[0], seen[0]), following(others[1], seen[1]):
        put(store, 1)
        for venues in seen:
            assert wait_for(partial(is_release, venues, 2)) < SOON_S
    for other in others:
        other.close()


def test_a_release_is_built_before_it_is_published(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[int] = []

    def note(slug: str, release: Release) -> Served:
        built.append(release.number)
        return make_served(slug, release)

    monkeypatch.setattr(builds, "make_served", note)
    put(store)
    venues = Venues()
    with following(store, venues):
        releases.import_plan(store, "house", make_plan(tag=1))
        wait_for(lambda: 2 in built)
        assert served(venues).snapshot.release.number == 1
        releases.publish(store, "house")
        assert wait_for(lambda: served(venues).snapshot.release.number == 2) < SOON_S
        releases.roll_back(store, "house", 1)
        assert wait_for(lambda: served(venues).snapshot.release.number == 1) < SOON_S
    assert built == [1, 2]


def test_a_closure_does_not_wait_for_a_building(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def build_slowly(slug: str, release: Release) -> Served:
        if release.number > 1:
            assert go_on.wait(30)
        return make_served(slug, release)

    monkeypatch.setattr(builds, "make_served", build_slowly)
    put(store)
    venues = Venues()
    with following(store, venues):
        code = next(iter(served(venues).signs.values())).code
        put(store, 1)
        conditions.add(store, "house", CLOSURE)
        assert wait_for(lambda: served(venues).conditions.closures) < SOON_S
        assert served(venues).snapshot.release.number == 1
        assert next(iter(served(venues).signs.values())).code == code
        go_on.set()
        wait_for(lambda: served(venues).snapshot.release.number == 2)
        assert served(venues).conditions.closures


def test_who_closes_something_does_not_wait_for_a_building(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def build_slowly(slug: str, release: Release) -> Served:
        if release.number > 1:
            assert go_on.wait(30)
        return make_served(slug, release)

    monkeypatch.setattr(builds, "make_served", build_slowly)
    put(store)
    venues = Venues()
    follower = Follower(store, venues)
    follower.refresh()
    put(store, 1)
    conditions.add(store, "house", CLOSURE)
    follower.catch_up()
    assert served(venues).conditions.closures
    assert served(venues).snapshot.release.number == 1
    go_on.set()
    follower.refresh()
    assert served(venues).snapshot.release.number == 2
    assert served(venues).conditions.closures
    follower.stop()


def test_what_is_asked_for_most_is_ready_before_conditions_change(store: Store) -> None:
    put(store)
    venues, warmed = Venues(), []

    def warm(venue: Served) -> None:
        assert venues.find("house") is not venue
        warmed.append(venue.conditions_number)

    follower = Follower(store, venues, warm=warm)
    follower.refresh()
    router = served(venues).router
    router.find_route("A", ["B"], departure=datetime.now(UTC))
    trees = len(router.search.trees)
    conditions.add(store, "house", CLOSURE)
    follower.refresh()
    assert len(router.search.trees) > trees
    assert warmed == [0, 1]
    follower.stop()


def test_trees_are_ready_when_a_closure_begins_by_the_clock(store: Store) -> None:
    put(store)
    venues = Venues()
    follower = Follower(store, venues)
    follower.refresh()
    router = served(venues).router
    router.find_route("A", ["B"], departure=datetime.now(UTC))
    trees = len(router.search.trees)
    start = datetime.now(UTC) + timedelta(seconds=follow.AHEAD.total_seconds() - 1)
    conditions.add(store, "house", ConditionDraft("closure", ("hall",), {}, start))
    follower.refresh()
    ready = len(router.search.trees)
    assert ready > trees
    router.warm(start, served(venues).conditions)
    assert len(router.search.trees) == ready
    follower.stop()


def test_a_damaged_release_is_reported_and_the_rest_goes_on(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    put(store)
    put(store, 5, "annex")
    venues = Venues()
    with caplog.at_level(logging.INFO, "wayfinder"), following(store, venues):
        before = venues.confirmed_at
        with store.write() as connection:
            house = get_venue(connection, "house")
            add_release(connection, house, PackedPlan("sha256:0", b"bad"), errors={})
            publish_release(connection, house, 2)
        wait_for(lambda: "damaged-release" in caplog.text)
        confirmed = venues.confirmed_at
        conditions.add(store, "annex", CLOSURE)
        assert wait_for(lambda: served(venues, "annex").conditions.closures) < SOON_S
        # a lift that breaks now is closed on the release that is still served
        conditions.add(store, "house", CLOSURE, plan=served(venues).plan)
        assert wait_for(lambda: served(venues).conditions.closures) < SOON_S
        assert served(venues).snapshot.release.number == 1
        assert venues.confirmed_at == confirmed >= before
        # what is wrong with one hospital makes nobody doubt the other's map
        assert venues.find_confirmed("house") == confirmed
        wait_for(lambda: venues.find_confirmed("annex") > confirmed)
    assert caplog.text.count("damaged-release") == 1
    assert venues.answered_at > confirmed
    follower = Follower(store, Venues())
    with pytest.raises(DamagedError):
        follower.refresh()
    # the other hospital is not kept from its patients
    assert follower.is_loaded
    follower.stop()


def test_a_store_that_is_away_is_waited_for(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    put(store)
    venues = Venues()
    away = threading.Event()
    read = store.read

    @contextmanager
    def read_or_fail() -> Iterator[Connection]:
        if away.is_set():
            raise UnavailableError("unreachable", problem="gone")
        with read() as connection:
            yield connection

    monkeypatch.setattr(store, "read", read_or_fail)
    with caplog.at_level(logging.INFO, "wayfinder"), following(store, venues):
        away.set()
        wait_for(lambda: "unreachable" in caplog.text)
        confirmed = venues.confirmed_at
        time.sleep(0.2)
        assert venues.confirmed_at == confirmed
        assert served(venues).snapshot.release.number == 1
        away.clear()
        wait_for(lambda: venues.confirmed_at > confirmed)
    assert caplog.text.count("unreachable") == 1
    assert "well again" in caplog.text


def test_a_venue_that_is_gone_is_served_no_more(store: Store) -> None:
    put(store)
    venues = Venues()
    follower = Follower(store, venues)
    follower.refresh()
    with store.write() as connection:
        for table in (audit, sign_codes, publications, release_table, venue_table):
            connection.execute(sa.delete(table))
    follower.refresh()
    assert venues.list() == ()
    assert follower.is_loaded
    follower.stop()


def test_every_request_sees_one_release_whole(store: Store) -> None:
    put(store)
    venues = Venues()
    wrong: list[str] = []
    stopping = threading.Event()

    def look() -> None:
        while not stopping.is_set():
            seen = served(venues)
            tag = seen.plan["A"].wayfinder.get("tag", 0)
            if seen.network.plan is not seen.plan or tag + 1 != seen.snapshot.release.number:
                wrong.append(seen.version)
            time.sleep(0)

    with following(store, venues):
        reader = threading.Thread(target=look)
        reader.start()
        for tag in range(1, 6):
            put(store, tag)
            wait_for(partial(is_release, venues, tag + 1))
        stopping.set()
        reader.join()
    assert wrong == []

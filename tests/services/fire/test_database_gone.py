"""The database is gone; the fire is not."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from tests.services.fire.people import VENUE, People
from wayfinder.formats import read_plan
from wayfinder.resources import floorplans_dir
from wayfinder.services import releases
from wayfinder.services.fire.folder import write_message
from wayfinder.services.fire.messages import sign_trigger
from wayfinder.services.fire.watch import FireWatch
from wayfinder.services.follow import Follower
from wayfinder.services.venues import Venues
from wayfinder.store import open_store

PATIENCE_S = 20.0


def wait_for(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_file_is_seen_while_the_database_is_gone(people: People, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    store = open_store(str(folder / "wayfinder.sqlite3"))
    releases.import_plan(store, VENUE, read_plan(floorplans_dir() / "clinic").plan)
    releases.publish(store, VENUE)
    venues = Venues()
    follower = Follower(store, venues, interval_s=0.1)
    watch = FireWatch(people.folder, venues=venues)
    watch.start(0.1)
    follower.start()
    try:
        assert follower.wait_until_loaded(PATIENCE_S)
        shutil.rmtree(folder)
        store.close()
        write_message(people.folder / VENUE, sign_trigger(people.keys["Panel"], VENUE, ("A",)))

        def is_on_fire() -> bool:
            served = venues.find(VENUE)
            return served is not None and served.fire is not None

        wait_for(is_on_fire)
        assert watch.find(VENUE) is not None
    finally:
        watch.stop()
        follower.stop()
        store.close()


def test_a_worker_that_starts_during_a_fire_never_serves_without_it(
    people: People, tmp_path: Path
) -> None:
    write_message(people.folder / VENUE, sign_trigger(people.keys["Panel"], VENUE, ("A",)))
    store = open_store(str(tmp_path / "wayfinder.sqlite3"))
    releases.import_plan(store, VENUE, read_plan(floorplans_dir() / "clinic").plan)
    releases.publish(store, VENUE)
    venues = Venues()
    watch = FireWatch(people.folder, venues=venues)
    watch.start()
    follower = Follower(store, venues)
    follower.refresh()
    served = venues.find(VENUE)
    assert served is not None
    assert served.fire is not None
    watch.stop()
    follower.stop()
    store.close()

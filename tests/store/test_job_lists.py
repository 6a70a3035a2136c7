"""Work of one kind: the newest is found, and called off whoever does it."""

from datetime import UTC, datetime

import pytest

from tests.signed import make_plan
from wayfinder.services import releases
from wayfinder.store import Store
from wayfinder.store.job_lists import CALLED_OFF, call_off, find_newest
from wayfinder.store.jobs import (
    DONE,
    FAILED,
    RUNNING,
    WAITING,
    beat_job,
    claim_job,
    end_job,
    put_job,
)
from wayfinder.store.venues import VenueRecord, get_venue

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def venue(store: Store) -> VenueRecord:
    releases.import_plan(store, "house", make_plan())
    with store.write() as connection:
        venue = get_venue(connection, "house")
        for key in ("a", "b"):
            put_job(connection, venue, "count", key, {"of": key}, who="ann")
        put_job(connection, venue, "other", "c", {}, who="ann")
    return venue


def test_the_newest_of_a_kind_is_found_in_any_state_or_in_one(
    store: Store, venue: VenueRecord
) -> None:
    with store.write() as connection:
        job = claim_job(connection, "runner", NOW)
        assert job is not None
        end_job(connection, job.id, "runner", result={"found": 1}, now=NOW)
    with store.read() as connection:
        newest = find_newest(connection, venue, "count")
        done = find_newest(connection, venue, "count", [DONE])
        assert newest is not None
        assert done is not None
        assert (newest.key, newest.state) == ("b", WAITING)
        assert (done.key, done.result) == ("a", {"found": 1})
        assert find_newest(connection, venue, "count", [FAILED, RUNNING]) is None
        assert find_newest(connection, venue, "nothing") is None


def test_what_is_called_off_is_done_no_more_and_who_does_it_hears_of_it(
    store: Store, venue: VenueRecord
) -> None:
    with store.write() as connection:
        job = claim_job(connection, "runner", NOW)
        assert job is not None
        assert call_off(connection, venue, "count", job.key, NOW)
        assert not call_off(connection, venue, "count", job.key, NOW)
        assert not beat_job(connection, job.id, "runner", "step", 0.5, NOW)
        assert not end_job(connection, job.id, "runner", result={}, now=NOW)
        assert call_off(connection, venue, "count", "b", NOW)  # what waits, too
        last = claim_job(connection, "runner", NOW)
        assert last is not None
        assert last.kind == "other"
        found = find_newest(connection, venue, "count", [FAILED])
    assert found is not None
    assert found.problem == {"code": CALLED_OFF, "values": {}}

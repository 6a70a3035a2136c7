"""Work in the background: one process at a time, and nobody waits for one that was killed."""

from datetime import UTC, datetime, timedelta

import pytest

from wayfinder.store import Store, UnknownError
from wayfinder.store.jobs import (
    ANEW_S,
    DONE,
    FAILED,
    KEPT,
    RUNNING,
    SILENT_S,
    WAITING,
    beat_job,
    claim_job,
    end_job,
    find_job,
    get_job,
    has_running,
    has_waiting,
    put_job,
    touch_job,
)
from wayfinder.store.venues import VenueRecord, get_venue, make_venue

NOW = datetime(2030, 1, 1, 12, 30, tzinfo=UTC)


@pytest.fixture
def house(store: Store) -> VenueRecord:
    with store.write() as connection:
        make_venue(connection, "house", "default", {})
        return get_venue(connection, "house")


def test_what_was_asked_first_is_done_first(store: Store, house: VenueRecord) -> None:
    with store.write() as connection:
        first = put_job(connection, house, "impact", "a", {"draft": 1}, who="安")
        put_job(connection, house, "impact", "b", {}, who="bob")
        assert (first.state, first.arguments, first.asked_by) == (WAITING, {"draft": 1}, "安")
        claimed = claim_job(connection, "one", NOW)
        assert claimed is not None
        assert (claimed.key, claimed.state, claimed.runner) == ("a", RUNNING, "one")
        # while it is done no other is begun
        assert claim_job(connection, "two", NOW + timedelta(seconds=SILENT_S / 2)) is None
        assert end_job(connection, claimed.id, "one", result={"places": [1]}, now=NOW)
        done = find_job(connection, house, "impact", "a")
        assert done is not None
        assert (done.state, done.result, done.share, done.is_over) == (
            DONE,
            {"places": [1]},
            1.0,
            True,
        )
        second = claim_job(connection, "two", NOW)
        assert second is not None
        assert second.key == "b"
        assert not has_waiting(connection, NOW)


def test_whoever_is_silent_has_lost_it(store: Store, house: VenueRecord) -> None:
    late = NOW + timedelta(seconds=SILENT_S + 1)
    with store.write() as connection:
        put_job(connection, house, "impact", "a", {}, who="ann")
        job = claim_job(connection, "one", NOW)
        assert job is not None
        assert beat_job(connection, job.id, "one", "signs", 0.5, NOW)
        beaten = get_job(connection, job.id)
        assert (beaten.step, beaten.share) == ("signs", 0.5)
        assert not beaten.is_silent(NOW + timedelta(seconds=SILENT_S))
        assert beaten.is_silent(late)
        again = put_job(connection, house, "impact", "a", {}, who="bob")
        assert (again.id, again.state, again.step, again.share) == (job.id, WAITING, "", 0.0)
        assert claim_job(connection, "two", late) is not None
        # what the first one says now is not heard
        assert not beat_job(connection, job.id, "one", "signs", 0.9, late)
        assert not end_job(connection, job.id, "one", result=1, now=late)
        assert get_job(connection, job.id).result is None
        problem = {"code": "store.x", "values": {"n": 1}}
        assert end_job(connection, job.id, "two", problem=problem, now=late)
        failed = get_job(connection, job.id)
        assert (failed.state, failed.problem, failed.result) == (FAILED, problem, None)


def test_what_was_killed_has_its_turn_until_nobody_can_want_it_any_more(
    store: Store, house: VenueRecord
) -> None:
    with store.write() as connection:
        asked_at = put_job(connection, house, "impact", "a", {}, who="ann").asked_at
        put_job(connection, house, "impact", "b", {}, who="ann")
        job = claim_job(connection, "killed", asked_at)
        assert job is not None
        assert beat_job(connection, job.id, "killed", "signs", 0.5, asked_at)
        assert has_running(connection, asked_at)
        late = asked_at + timedelta(seconds=SILENT_S + 1)
        again = claim_job(connection, "next", late)
        assert again is not None
        assert (again.key, again.runner, again.step, again.share) == ("a", "next", "", 0.0)
        far = asked_at + timedelta(seconds=ANEW_S + 1)
        assert not has_running(connection, far)
        other = claim_job(connection, "next", far)
        assert other is not None
        assert other.key == "b"
        end_job(connection, other.id, "next", result={}, now=far)
        assert not has_waiting(connection, far)


def test_what_all_wait_for_is_done_before_older_work(store: Store, house: VenueRecord) -> None:
    with store.write() as connection:
        for kind, key in (("impact", "a"), ("publish", "b"), ("publish", "c"), ("impact", "d")):
            put_job(connection, house, kind, key, {}, who="")
        done = []
        while (job := claim_job(connection, "one", NOW, {"publish"})) is not None:
            done.append(job.key)
            end_job(connection, job.id, "one", result={}, now=NOW)
    assert done == ["b", "c", "a", "d"]


def test_what_is_begun_anew_keeps_its_turn(store: Store, house: VenueRecord) -> None:
    with store.write() as connection:
        put_job(connection, house, "impact", "a", {}, who="")
        put_job(connection, house, "impact", "b", {}, who="")
        killed = claim_job(connection, "killed", NOW)
        assert killed is not None
        again = put_job(connection, house, "impact", "a", {}, who="")
        assert (again.state, again.asked_at) == (WAITING, killed.asked_at)
        claimed = claim_job(connection, "next", NOW)
        assert claimed is not None
        assert claimed.key == "a"
        end_job(connection, claimed.id, "next", result={}, now=NOW)
        # what is over and asked for anew waits behind the others
        assert put_job(connection, house, "impact", "a", {}, who="").asked_at > killed.asked_at


def test_of_questions_the_one_that_is_looked_at_is_done_before_older_ones(
    store: Store, house: VenueRecord
) -> None:
    with store.write() as connection:
        asked = ["impact a", "batch b", "impact c", "batch d", "publish e", "impact f", "impact g"]
        keys = [one.split() for one in asked]
        made = {key: put_job(connection, house, kind, key, {}, who="ann") for kind, key in keys}
        for key, seconds in (("a", 0.0), ("c", 0.3), ("g", 2.5), ("f", 2.6)):
            touch_job(connection, made[key].id, who="ann", now=NOW + timedelta(seconds=seconds))
        # somebody looks at it once more
        later = NOW + timedelta(seconds=5)
        touched = touch_job(connection, made["c"].id, who="bo", now=later)
        assert (touched.asked_by, touched.asked_at, touched.state) == ("bo", later, WAITING)
        done = []
        while job := claim_job(connection, "one", NOW, {"publish"}, {"impact"}):
            done.append(job.key)
            assert touch_job(connection, job.id, who="cy", now=NOW) == job
            end_job(connection, job.id, "one", result={}, now=NOW)
    assert "".join(done) == "ebdcfga"


def test_old_answers_go_and_what_is_under_way_stays(store: Store, house: VenueRecord) -> None:
    with store.write() as connection:
        put_job(connection, house, "other", "kept", {}, who="")
        for number in range(KEPT + 3):
            put_job(connection, house, "impact", f"{number}", {}, who="")
        # nothing of it is over: all of it waits
        assert find_job(connection, house, "impact", "0") is not None
        for _ in range(KEPT + 4):
            job = claim_job(connection, "one", NOW)
            assert job is not None
            end_job(connection, job.id, "one", result={}, now=NOW)
        put_job(connection, house, "impact", "new", {}, who="")
        left = [
            key
            for key in (*(f"{number}" for number in range(KEPT + 3)), "new")
            if find_job(connection, house, "impact", key) is not None
        ]
        assert left == [*(f"{number}" for number in range(4, KEPT + 3)), "new"]
        assert find_job(connection, house, "other", "kept") is not None
        with pytest.raises(UnknownError, match="unknown-job"):
            get_job(connection, 10**6)

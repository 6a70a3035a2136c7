"""What takes long is done beside the server, once, and begun again where it was killed."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.services.background.working import KINDS
from wayfinder.services.background import Background, JobRecord, run_waiting
from wayfinder.services.background import background as module
from wayfinder.services.background.child import NICE
from wayfinder.services.background.run import do
from wayfinder.store import Store, UnavailableError, UnknownError, jobs
from wayfinder.store.job_lists import CALLED_OFF, call_off
from wayfinder.store.venues import VenueRecord, get_venue, make_venue

PATIENCE_S = 60.0


@pytest.fixture
def house(store: Store) -> Store:
    with store.write() as connection:
        make_venue(connection, "house", "default", {})
    return store


def in_this_process(store: Store) -> Callable[[JobRecord, str], str]:
    def launch(job: JobRecord, runner: str) -> str:
        do(store, job, runner, lost=lambda: None, kinds=KINDS)
        return ""

    return launch


def ask(background: Background, kind: str = "add", key: str = "k", **values: object) -> JobRecord:
    return background.ask("house", kind, key, values, who="ann")


def wait(background: Background, kind: str = "add", key: str = "k") -> JobRecord:
    background.wait(PATIENCE_S)
    found = background.find("house", kind, key)
    assert found is not None
    return found


def test_it_is_worked_out_once_and_seen_by_all(house: Store) -> None:
    begun = threading.Event()
    calls = []

    def launch(job: JobRecord, runner: str) -> str:
        calls.append(job.key)
        begun.wait(PATIENCE_S)
        return in_this_process(house)(job, runner)

    one, other = Background(house, launch=launch), Background(house, launch=launch)
    assert not ask(one, a=1, b=2).is_over
    assert not ask(other, a=1, b=2).is_over
    assert not ask(one, a=1, b=2).is_over
    begun.set()
    found = wait(one)
    other.wait(PATIENCE_S)
    assert found.result is not None
    assert (found.state, found.result["sum"], calls) == ("done", 3, ["k"])
    assert ask(other, a=1, b=2).result == found.result
    assert calls == ["k"]
    with pytest.raises(UnknownError):
        one.ask("nowhere", "add", "k", {}, who="ann")


def test_what_becomes_of_it_is_told(house: Store) -> None:
    told: list[tuple[str, str]] = []

    def launch(job: JobRecord, runner: str) -> str:
        return in_this_process(house)(job, runner) if job.key == "k" else "out of memory"

    background = Background(house, launch=launch, tell=lambda *said: told.append(said))
    ask(background, a=1, b=2)
    wait(background)
    ask(background, key="other", a=1, b=2)
    wait(background, key="other")
    assert told == [("add", "ended"), ("add", "failed")]


def test_what_somebody_looks_at_now_is_done_before_what_was_looked_at(
    house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def launch(job: JobRecord, runner: str) -> str:
        done.append(job.key)
        return in_this_process(house)(job, runner)

    monkeypatch.setattr(module, "QUESTIONS", {"add"})
    monkeypatch.setattr(module, "_LOOKED_AT", timedelta(hours=1))
    background = Background(house, launch=launch)
    now = datetime.now(UTC)
    with monkeypatch.context() as patched:
        patched.setattr(background, "_poke", lambda: None)
        asked = [ask(background, key=key, a=1, b=2) for key in "abc"]
        with house.write() as connection:
            for hours, job in enumerate(asked, -9):
                jobs.touch_job(connection, job.id, who="ann", now=now + timedelta(hours=hours))
        again = background.ask("house", "add", "a", {"a": 1, "b": 2}, who="bo")
        assert (again.id, again.asked_by, again.asked_at >= now) == (asked[0].id, "bo", True)
        # to look again and again writes next to nothing
        assert ask(background, key="a", a=1, b=2) == again
    background.go_on()
    wait(background, key="b")
    assert done == ["a", "c", "b"]


def test_why_it_failed_is_kept_until_somebody_tries_again(house: Store) -> None:
    background = Background(house, launch=in_this_process(house))
    ask(background, "refuse")
    found = wait(background, "refuse")
    assert found.state == "failed"
    assert found.problem == {"code": "store.draft-closed", "values": {"name": "house"}}
    assert ask(background, "refuse").state == "failed"
    assert background.ask("house", "refuse", "k", {}, who="ann", again=True).state == "waiting"
    assert wait(background, "refuse").state == "failed"
    ask(background, "no such kind")
    assert wait(background, "no such kind").problem["code"] == "store.unknown-job-kind"


def test_only_questions_of_the_same_venue_are_tried_again(
    house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    background = Background(house, launch=in_this_process(house))
    ask(background, "refuse")
    failed = wait(background, "refuse")
    for slug in ("house", "nowhere"):
        with pytest.raises(UnknownError):
            background.try_again(slug, failed.id, who="bo")
    monkeypatch.setattr(module, "QUESTIONS", {"refuse"})
    with pytest.raises(UnknownError):
        background.try_again("house", failed.id + 1, who="bo")
    begun = background.try_again("house", failed.id, who="bo")
    assert (begun.state, begun.asked_by, begun.key) == ("waiting", "bo", "k")
    assert wait(background, "refuse").state == "failed"
    ask(background, "add", a=1, b=2)
    done = wait(background)
    monkeypatch.setattr(module, "QUESTIONS", {"add"})
    assert background.try_again("house", done.id, who="bo") == done


def test_a_crash_is_noted_before_it_goes_on(house: Store) -> None:
    background = Background(house)
    with house.write() as connection:
        jobs.put_job(connection, _get(house), "crash", "x", {}, who="")
    with pytest.raises(ZeroDivisionError):
        run_waiting(house, KINDS)
    found = background.find("house", "crash", "x")
    assert found is not None
    assert found.problem["code"] == "store.job-failed"


def test_what_ended_without_a_word_has_failed(
    house: Store, caplog: pytest.LogCaptureFixture
) -> None:
    background = Background(house, launch=lambda *_: "")
    ask(background, a=1, b=2)
    found = wait(background)
    assert (found.state, found.problem["code"]) == ("failed", "store.job-failed")
    assert "it was killed" in caplog.text


def test_what_was_killed_is_begun_anew(house: Store) -> None:
    background = Background(house, launch=in_this_process(house))
    with house.write() as connection:
        job = jobs.put_job(connection, _get(house), "add", "k", {"a": 1, "b": 2}, who="bob")
        long_ago = datetime.now(UTC) - timedelta(seconds=jobs.SILENT_S + 1)
        assert jobs.claim_job(connection, "killed", long_ago) is not None
    assert ask(background, a=1, b=2).state == "waiting"
    found = wait(background)
    assert (found.id, found.state) == (job.id, "done")


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="priorities and signals are other ones there")
def test_a_process_of_low_priority_does_it_and_may_be_killed(house: Store, tmp_path: Path) -> None:
    background = Background(house, child="tests.services.background.child")
    mark = tmp_path / "mark"
    ask(background, a=1, b=2, mark=str(mark))
    pid = int(wait_for(mark))
    running = background.find("house", "add", "k")
    assert running is not None
    assert running.state == "running"
    os.kill(pid, signal.SIGKILL)
    assert wait(background).state == "failed"
    mark.unlink()
    Path(f"{mark}.go").touch()
    background.ask("house", "add", "k", {"a": 1, "b": 2}, who="ann", again=True)
    # priorities count among the processes of one session: the worker's own
    found = {"sum": 3, "nice": min(os.nice(0) + NICE, 19), "session": os.getsid(0)}
    assert wait(background).result == found


@pytest.mark.skipif(sys.platform == "win32", reason="processes end in another way there")
@pytest.mark.parametrize("backend", ["sqlite"])
def test_what_is_called_off_ends_and_nobody_is_alarmed(
    house: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYFINDER_TEST_BEAT_S", "0.05")
    background = Background(house, child="tests.services.background.child")
    mark = tmp_path / "mark"
    ask(background, a=1, b=2, mark=str(mark))
    wait_for(mark)
    with house.write() as connection:
        assert call_off(connection, _get(house), "add", "k", datetime.now(UTC))
    assert wait(background).problem["code"] == CALLED_OFF
    assert [one.getMessage() for one in caplog.records if one.levelname == "ERROR"] == []


def wait_for(path: Path) -> str:
    last = time.monotonic() + PATIENCE_S
    while time.monotonic() < last:
        if path.exists() and (text := path.read_text("utf-8")):
            return text
        time.sleep(0.02)
    raise AssertionError(f"{path.name} never came")


def _get(store: Store) -> VenueRecord:
    with store.read() as connection:
        return get_venue(connection, "house")


def test_a_process_that_cannot_be_started_has_failed_and_the_next_one_is(house: Store) -> None:
    problems: list[Exception] = [OSError("no memory"), RuntimeError("can't start new thread")]

    def launch(job: JobRecord, runner: str) -> str:
        if problems:
            raise problems.pop()
        return in_this_process(house)(job, runner)

    background = Background(house, launch=launch)
    for _ in range(2):
        background.ask("house", "add", "k", {"a": 1, "b": 2}, who="ann", again=True)
        found = wait(background)
        assert (found.state, found.problem["code"]) == ("failed", "store.job-failed")
    background.ask("house", "add", "k", {"a": 1, "b": 2}, who="ann", again=True)
    assert wait(background).result is not None


def test_whatever_ends_the_thread_who_asks_next_starts_another(
    house: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    background = Background(house, launch=in_this_process(house))
    monkeypatch.setattr(module, "claim_job", fail)
    ask(background, a=1, b=2)
    assert wait(background).state == "waiting"
    assert "ZeroDivisionError" in caplog.text
    monkeypatch.undo()
    ask(background, a=1, b=2)
    assert wait(background).state == "done"


def test_what_waits_since_before_a_restart_is_gone_on_with(
    house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(Background(house, starts=False), a=1, b=2)
    background = Background(house, launch=in_this_process(house))
    background.go_on()
    assert wait(background).state == "done"
    background.go_on()
    assert background._thread is None

    def fail(*_: object) -> None:
        raise UnavailableError("unreachable")

    monkeypatch.setattr(module, "has_waiting", fail)
    background.go_on()
    assert background._thread is None


def test_what_was_being_done_when_a_server_was_killed_is_begun_anew_by_the_next(
    house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(Background(house, starts=False), a=1, b=2)
    with house.write() as connection:
        job = jobs.claim_job(connection, "killed", datetime.now(UTC))
    assert job is not None
    # what is still heard of is left alone
    background = Background(house, launch=in_this_process(house))
    background.go_on()
    running = background.find("house", "add", "k")
    assert running is not None
    assert (running.state, running.runner) == ("running", "killed")
    monkeypatch.setattr(jobs, "SILENT_S", 0.0)
    found = wait(background)
    assert (found.id, found.state, found.asked_by) == (job.id, "done", "ann")

"""Asking for work in the background, and the processes that do it."""

import logging
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from wayfinder.services.background.child import DATABASE, NOT_WANTED
from wayfinder.services.background.kinds import KINDS, ORDERS, QUESTIONS
from wayfinder.services.background.run import do
from wayfinder.store import Store, StoreError, UnknownError
from wayfinder.store.jobs import (
    FAILED,
    WAITING,
    JobRecord,
    claim_job,
    end_job,
    find_job,
    get_job,
    has_running,
    has_waiting,
    put_job,
    touch_job,
)
from wayfinder.store.venues import get_venue

LONGEST_S = 900.0
"""A process that works longer is ended (ours)."""
CHILD = "wayfinder.services.background.child"
_PAUSE_S = 0.5
_LOOKED_AT = timedelta(seconds=3)
"""Who looks again after so long is noted: the question is not an old one then (ours)."""
_SAID_BYTES = 8192
_ONE_CORE = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

Launch = Callable[[JobRecord, str], str]
"""Does a job in a process of its own; returns what that said before it ended, if it failed."""

Tell = Callable[[str, str], None]

_log = logging.getLogger(__name__)


class Background:
    """Work beside the server, as one process of it sees it. Safe to share between threads.

    Parameters
    ----------
    store
        Where jobs are kept.
    launch
        Does a job; None: in a process of its own.
    child
        The module that such a process runs.
    starts
        Whether what is asked for is started here; else it waits for another process, or for
        `run_waiting`.
    tell
        Told the kind of what was done here, and what became of it: ``ended`` or ``failed``. What
        was refused with a reason, or called off, has ended.
    """

    def __init__(
        self,
        store: Store,
        *,
        launch: Launch | None = None,
        child: str = CHILD,
        starts: bool = True,
        tell: Tell | None = None,
    ) -> None:
        self._store = store
        self._starts = starts
        self._tell = tell
        self._child = child
        self._launch = launch or self._start_process
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def ask(
        self,
        slug: str,
        kind: str,
        key: str,
        arguments: Mapping[str, Any],
        *,
        who: str,
        again: bool = False,
    ) -> JobRecord:
        """Ask for something that takes long; returns at once how it stands.

        It is worked out once for each kind and key. What was killed on the way is begun anew. Of
        questions that wait the one that was asked last, or again, is answered first.

        Parameters
        ----------
        slug
            The venue.
        kind
            What, a key of `KINDS`.
        key
            Of what: all that the answer depends on.
        arguments
            What the work needs to know, JSON.
        who
            Who asks.
        again
            Whether to try once more what has failed.

        Raises
        ------
        UnknownError
            There is no such venue.
        """
        found = self.find(slug, kind, key)
        now = datetime.now(UTC)
        failed = found is not None and found.state == FAILED
        if found is None or found.is_silent(now) or (failed and again):
            with self._store.write() as connection:
                venue = get_venue(connection, slug)
                # somebody else may have been quicker
                known = find_job(connection, venue, kind, key)
                is_begun = known is not None and not known.is_silent(now)
                if known is not None and is_begun and not (known.state == FAILED and again):
                    found = known
                else:
                    found = put_job(connection, venue, kind, key, arguments, who=who)
        elif kind in QUESTIONS and found.state == WAITING and now - found.asked_at > _LOOKED_AT:
            with self._store.write() as connection:
                found = touch_job(connection, found.id, who=who, now=now)
        if not found.is_over and self._starts:
            self._poke()
        return found

    def find(self, slug: str, kind: str, key: str) -> JobRecord | None:
        """Return what was asked for, or None; raises UnknownError without such a venue."""
        with self._store.read() as connection:
            return find_job(connection, get_venue(connection, slug), kind, key)

    def try_again(self, slug: str, job_id: int, *, who: str) -> JobRecord:
        """Try once more what has failed; what has not is as it is.

        Raises
        ------
        UnknownError
            There is no such venue, or nobody asked it that question.
        """
        with self._store.read() as connection:
            job = get_job(connection, job_id)
        if job.venue != slug or job.kind not in QUESTIONS:
            raise UnknownError("unknown-job", id=job_id)
        return self.ask(slug, job.kind, job.key, job.arguments, who=who, again=True)

    def go_on(self) -> None:
        """Go on with what was asked before this process began, which nobody may ask for again.

        What was being done when a server ended is begun anew as soon as it is known to be so. A
        database that is away is left to whoever asks next.
        """
        try:
            is_left = self._starts and any(self._look())
        except StoreError:
            return
        if is_left:
            self._poke()

    def wait(self, timeout_s: float) -> None:
        """Wait until this process has nothing more to start."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout_s)

    def _poke(self) -> None:
        """See that a thread of this process starts what waits."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="wayfinder-background", daemon=True
                )
                self._thread.start()

    def _run(self) -> None:
        """Start what waits, one after the other, until nothing does."""
        try:
            while self._do_next() or self._wait_for_more():
                pass
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever asks next tries again
            # a database that is away needs no trace
            trace = None if isinstance(error, StoreError) else error
            _log.error("work beside the server stands still: %s", error, exc_info=trace)
        finally:
            with self._lock:
                if self._thread is threading.current_thread():
                    self._thread = None

    def _wait_for_more(self) -> bool:
        """Wait until there may be something to do; False where nothing is left."""
        waits = False
        while not waits:
            with self._lock:
                waits, runs = self._look()
                # who asks now finds the thread, or starts another
                if not waits and not runs:
                    self._thread = None
                    return False
            time.sleep(_PAUSE_S)  # another process is at work, or was killed
        return True

    def _look(self) -> tuple[bool, bool]:
        """Tell whether anything waits to be done, and whether anything is being done."""
        now = datetime.now(UTC)
        with self._store.read() as connection:
            return has_waiting(connection, now), has_running(connection, now)

    def _do_next(self) -> bool:
        """Do what is next; False where nothing waits, or another process is at work."""
        runner = secrets.token_hex(8)
        with self._store.write() as connection:
            job = claim_job(connection, runner, datetime.now(UTC), ORDERS, QUESTIONS)
        if job is None:
            return False
        started = time.monotonic()
        try:
            said = self._launch(job, runner)
        except Exception as error:  # noqa: BLE001 - no process, no memory, no thread: on to the next
            said = f"it could not be started: {error}"
        took_s = time.monotonic() - started
        with self._store.write() as connection:
            problem = {"code": "store.job-failed", "values": {}}
            now = datetime.now(UTC)
            # it says itself what came of it, unless it was killed
            died = end_job(connection, job.id, runner, problem=problem, now=now)
        failed = bool(died or said)
        if self._tell is not None:
            self._tell(job.kind, "failed" if failed else "ended")
        if failed:
            _log.error("%s of venue %s failed: %s", job.kind, job.venue, said or "it was killed")
        else:
            _log.info("%s of venue %s ended after %.1f s", job.kind, job.venue, took_s)
        return True

    def _start_process(self, job: JobRecord, runner: str) -> str:
        # afresh and not forked: this process has threads, and networks of hundreds of megabytes
        command = [sys.executable, "-m", self._child, f"{job.id}", runner]
        environment = {**os.environ, **dict.fromkeys(_ONE_CORE, "1"), DATABASE: self._store.url}
        low = getattr(subprocess, "IDLE_PRIORITY_CLASS", 0)  # Windows; others step back themselves
        with subprocess.Popen(  # noqa: S603 - a module of ours
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            creationflags=low,
        ) as process:
            ending = threading.Timer(LONGEST_S, process.kill)
            ending.daemon = True
            ending.start()
            try:
                assert process.stderr is not None  # noqa: S101 - a pipe was asked for
                said = process.stderr.read()[-_SAID_BYTES:].decode("utf-8", "replace").strip()
                code = process.wait()
            finally:
                ending.cancel()
        # that somebody has called it off is nothing to be woken for
        return "" if code in {0, NOT_WANTED} else said or f"it ended with {code}"


def run_waiting(store: Store, kinds: Mapping[str, str] = KINDS) -> int:
    """Do all that waits in this very process, and return how much that was."""
    count = 0
    while True:
        runner = secrets.token_hex(8)
        with store.write() as connection:
            job = claim_job(connection, runner, datetime.now(UTC), ORDERS, QUESTIONS)
        if job is None:
            return count
        do(store, job, runner, lost=lambda: None, kinds=kinds)
        count += 1

"""The ways that kiosks take along, made in the background and kept until others hold.

To make all ways of a hospital takes seconds of a processor. A thread does so when something has
changed and a display has asked, goes slowly, so that those who are on their way do not notice, and
goes to each place from all displays at once, which takes one tree for all of them.
"""

import json
import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from random import uniform

import brotli

from wayfinder.model import Display
from wayfinder.services.display_ways import PROFILES, WaysMaker, find_version, list_goals
from wayfinder.services.served import Served

SHARE = 0.25
"""How much of a processor making ways takes (ours)."""
PAUSE_S = (3.0, 15.0)
"""How long it waits before it begins, so that workers take turns and displays join in (ours)."""
KEPT_S = 24 * 3600.0
"""Ways of a display that has not asked for so long are forgotten (ours)."""

_TREE_BYTES = 256 * 1024
_QUALITY = 5
"""Brotli's, of 11: higher ones take longer than they save."""
_MOST_JOBS = 64

_log = logging.getLogger(__name__)

Key = tuple[str, str, str]
"""Slug of the venue, id of the display in the plan, profile."""


@dataclass(frozen=True, slots=True)
class EncodedWays:
    """The document of a display's ways, as it is kept.

    Parameters
    ----------
    version
        As `find_version` told when it was made.
    compressed
        JSON in UTF-8, compressed with Brotli.
    size
        Bytes before that.
    digest
        SHA-256 of the JSON, in hexadecimal.
    """

    version: str
    compressed: bytes
    size: int
    digest: str

    @property
    def content(self) -> bytes:
        """JSON in UTF-8."""
        return bytes(brotli.decompress(self.compressed))


@dataclass(slots=True)
class _Job:
    """Ways for one profile that some displays of a venue wait for."""

    served: Served
    version: str
    profile: str
    displays: dict[str, Display]


class DisplayWaysCache:
    """Makes and keeps the ways of displays. Safe to share between threads.

    Parameters
    ----------
    share
        How much of a processor making takes, over 0 to 1.
    pause_s
        Least and most seconds before it begins.
    """

    def __init__(self, *, share: float = SHARE, pause_s: tuple[float, float] = PAUSE_S) -> None:
        self._share = share
        self._pause_s = pause_s
        self._kept: dict[Key, EncodedWays] = {}
        self._asked_s: dict[tuple[str, str], float] = {}
        self._jobs: dict[tuple[str, str], _Job] = {}
        self._making: _Job | None = None
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._done = threading.Condition(self._lock)

    def get(self, served: Served, display: Display, profile: str) -> EncodedWays | None:
        """Return the ways of a display as they are now; None while they are being made.

        Parameters
        ----------
        served
            The venue.
        display
            One of its displays.
        profile
            One of `PROFILES`.
        """
        version = find_version(served, datetime.now(UTC))
        key = (served.slug, display.id, profile)
        with self._lock:
            self._asked_s[key[:2]] = time.monotonic()
            found = self._kept.get(key)
            if found is not None and found.version == version:
                return found
            self._order(served, version, display)
            self._start()
        return None

    def wait(self, timeout_s: float) -> bool:
        """Wait until nothing is left to be made, and tell whether that is so."""
        with self._done:
            return self._done.wait_for(lambda: self._thread is None, timeout_s)

    def _order(self, served: Served, version: str, display: Display) -> None:
        """Have the ways of a display made for everybody; what is out of date is not made."""
        for profile in PROFILES:
            kept = self._kept.get((served.slug, display.id, profile))
            if kept is not None and kept.version == version:
                continue
            if self._is_making(version, profile, display):
                continue
            job = self._jobs.get((served.slug, profile))
            if job is None or job.version != version:
                if len(self._jobs) >= _MOST_JOBS:
                    return
                waiting = {} if job is None else job.displays
                job = _Job(served, version, profile, dict(waiting))
                self._jobs[served.slug, profile] = job
            job.displays[display.id] = display

    def _is_making(self, version: str, profile: str, display: Display) -> bool:
        job = self._making
        return (
            job is not None
            and (job.version, job.profile) == (version, profile)
            and job.displays.get(display.id) == display
        )

    def _start(self) -> None:
        if self._jobs and self._thread is None:
            self._thread = threading.Thread(target=self._run, name="wayfinder-ways", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        time.sleep(uniform(*self._pause_s))  # noqa: S311 - no secret
        while (job := self._take()) is not None:
            try:
                self._make(job)
            except Exception:  # noqa: BLE001 - whatever it is, the other jobs are done
                _log.exception("the ways of displays could not be made")

    def _take(self) -> _Job | None:
        """Take the job that has waited longest; without any the thread ends."""
        with self._done:
            self._forget()
            self._making = self._jobs.pop(next(iter(self._jobs))) if self._jobs else None
            if self._making is None:
                self._thread = None
                self._done.notify_all()
            return self._making

    def _forget(self) -> None:
        long_ago = time.monotonic() - KEPT_S
        self._asked_s = {one: at_s for one, at_s in self._asked_s.items() if at_s >= long_ago}
        # made for all profiles, whichever the display asked for
        self._kept = {key: ways for key, ways in self._kept.items() if key[:2] in self._asked_s}

    def _make(self, job: _Job) -> None:
        """Make the ways of all displays of a job, place by place."""
        at = datetime.now(UTC)
        # trees of its own: those that people ask for stay grown
        router = job.served.router.step_aside(tree_bytes=_TREE_BYTES)
        served = replace(job.served, router=router)
        there = [one for one in job.displays.values() if one.id in served.plan.features]
        makers = [(one, WaysMaker(served, one, job.profile, at)) for one in there]
        goals = [list_goals(served, one) for one in there]
        for several in _go_along(goals):
            if self._is_outdated(job):
                return
            pause = _Pause(self._share)
            for number, goal in several:
                makers[number][1].add(goal)
            pause.rest()
        for display, maker in makers:
            pause = _Pause(self._share)
            encoded = _encode(maker)
            with self._lock:
                self._kept[job.served.slug, display.id, job.profile] = encoded
            pause.rest()

    def _is_outdated(self, job: _Job) -> bool:
        """Tell whether the same is asked for as it is since something else holds."""
        newer = self._jobs.get((job.served.slug, job.profile))
        return newer is not None and newer.version != job.version


class _Pause:
    """Rests after some work, the longer the less of a processor may be taken."""

    def __init__(self, share: float) -> None:
        self._rest = 1 / share - 1
        self._began_s = time.thread_time()

    def rest(self) -> None:
        time.sleep((time.thread_time() - self._began_s) * self._rest)


def _go_along(lists: list[list[str]]) -> Iterable[list[tuple[int, str]]]:
    """Yield each entry of several lists with the numbers of those that have it, all at once."""
    found: dict[str, list[tuple[int, str]]] = {}
    for number, entries in enumerate(lists):
        for entry in entries:
            found.setdefault(entry, []).append((number, entry))
    return found.values()


def _encode(maker: WaysMaker) -> EncodedWays:
    document = maker.finish()
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    content = text.encode()
    compressed = brotli.compress(content, quality=_QUALITY)
    return EncodedWays(document["version"], compressed, len(content), sha256(content).hexdigest())

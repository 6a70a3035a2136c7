"""Releases made ready to serve, in a thread of their own: the one wanted, the next, the last."""

import logging
import time
from collections.abc import Collection
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from wayfinder.collector import without_collector
from wayfinder.services.served import Served, make_served
from wayfinder.store import Store
from wayfinder.store.releases import ReleaseRecord, read_release
from wayfinder.store.venues import VenueRecord, get_venue

KEPT_S = 3600.0
"""How long a release that is no longer in force is kept ready for a rollback (ours)."""
RETRY_S = 30.0
"""How long a build that failed is left alone (ours)."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuildKey:
    """What is built: a number alone may mean another plan after a restore."""

    slug: str
    number: int
    hash: str


@dataclass(slots=True)
class _Build:
    future: Future[Served]
    wanted_at: float


class Builds:
    """Builds releases one after the other, and keeps what may be wanted soon.

    Parameters
    ----------
    store
        Where the plans are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._builds: dict[BuildKey, _Build] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="wayfinder-build")

    def want(self, venue: VenueRecord, release: ReleaseRecord) -> Future[Served]:
        """Return a release ready to serve, without conditions, or the build that is under way."""
        key = BuildKey(venue.slug, release.number, release.hash)
        now = time.monotonic()
        build = self._builds.get(key)
        failed = build is not None and build.future.done() and build.future.exception() is not None
        if build is None or (failed and now - build.wanted_at > RETRY_S):
            build = _Build(self._thread.submit(self._build, key), now)
            self._builds[key] = build
        elif not failed:
            build.wanted_at = now
        return build.future

    def trim(self, slug: str, kept: Collection[ReleaseRecord]) -> None:
        """Let go what is neither among some releases nor the one last in force."""
        keys = {(release.number, release.hash) for release in kept}
        others = [
            (build.wanted_at, key)
            for key, build in self._builds.items()
            if key.slug == slug and (key.number, key.hash) not in keys
        ]
        others.sort(key=lambda entry: entry[0])
        oldest = time.monotonic() - KEPT_S
        for place, (wanted_at, key) in enumerate(others, start=1):
            if wanted_at < oldest or place < len(others):
                self._builds.pop(key).future.cancel()

    def close(self) -> None:
        """Build nothing more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _build(self, key: BuildKey) -> Served:
        started = time.monotonic()
        with without_collector():
            with self._store.read() as connection:
                release = read_release(connection, get_venue(connection, key.slug), key.number)
            served = make_served(key.slug, release)
        took_s = time.monotonic() - started
        _log.info("venue %s: release %d is ready (%.1f s)", key.slug, key.number, took_s)
        return served

"""Packages of finished ways, encoded and kept for a minute: many phones ask for the same one.

Making one for hundreds of signs takes long beside a route; only a few are made at once, so that
they never take all the threads that answer people who are on their way.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from threading import BoundedSemaphore
from time import time

from wayfinder.kept import Kept
from wayfinder.services.offline_package import make_package
from wayfinder.services.served import Served

KEPT = 64
"""Packages that a process keeps: some 200 KB each (ours)."""
FRESH_S = 60
"""How long one is handed out again: hours and "closes soon" are judged when it is made (ours)."""

_Key = tuple[str, str, str, str, str, int]


class BusyError(Exception):
    """As many packages are being made as may be at once: ask again in a moment."""


@dataclass(frozen=True, slots=True)
class EncodedPackage:
    """A package as it is sent.

    Parameters
    ----------
    content
        JSON in UTF-8.
    digest
        Of all but the instant at which it was made: the same as long as it says the same.
    """

    content: bytes
    digest: str


class PackageCache:
    """Makes and keeps packages. Safe to share between threads.

    Parameters
    ----------
    at_once
        How many are made at the same time.
    """

    def __init__(self, at_once: int = 1) -> None:
        self._slots = BoundedSemaphore(max(1, at_once))
        self._kept: Kept[_Key, EncodedPackage] = Kept(KEPT)

    def get(
        self, served: Served, destination: str, *, profile: str, language: str
    ) -> EncodedPackage:
        """Return the package of a destination, made within the last minute.

        Parameters
        ----------
        served
            The venue.
        destination
            Feature id or ``nearest:CATEGORY``.
        profile
            Name of a profile.
        language
            BCP 47 tag.

        Raises
        ------
        BusyError
            Too many others are being made.
        """
        key = (
            served.slug,
            served.version_at(datetime.now(UTC)),
            destination,
            profile,
            language,
            int(time() // FRESH_S),
        )
        return self._kept.get(key, lambda: self._make(served, destination, profile, language))

    def _make(
        self, served: Served, destination: str, profile: str, language: str
    ) -> EncodedPackage:
        if not self._slots.acquire(blocking=False):
            raise BusyError
        try:
            return _encode(served, destination, profile, language)
        finally:
            self._slots.release()


def _encode(served: Served, destination: str, profile: str, language: str) -> EncodedPackage:
    package = make_package(served, destination, profile=profile, language=language)
    # the instant alone changes with every answer; what it is good for does not
    made_at = package.pop("made_at")
    text = json.dumps(package, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    digest = blake2b(text.encode(), digest_size=12).hexdigest()
    return EncodedPackage(f'{{"made_at":"{made_at}",{text[1:]}'.encode(), digest)

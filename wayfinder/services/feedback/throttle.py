"""How often may be reported: by address and place, in the memory of this process alone.

An address is known only by its hash under a salt that this process makes up and that another one
replaces each day: after that nobody, not even with the memory of the process, can tell who asked.
"""

import secrets
import time
from collections import Counter
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock

HOUR_S, DAY_S = 3_600.0, 86_400.0
MOST_OF_ONE = 30
"""Reports an hour from one address: a hospital's own network may be one address (ours)."""
MOST_OF_ONE_ABOUT_ONE = 3
"""Reports an hour from one address about one place (ours)."""
_MOST_KEPT = 20_000


class Throttle:
    """Counts reports in this process, and says when there were too many.

    Parameters
    ----------
    clock
        Seconds that never go back.
    most
        Reports an hour from one address.
    most_about_one
        Reports an hour from one address about one place.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        most: int = MOST_OF_ONE,
        most_about_one: int = MOST_OF_ONE_ABOUT_ONE,
    ) -> None:
        self._clock, self._most, self._most_about_one = clock, most, most_about_one
        self._day = self._hour = -1.0
        self._salt = b""
        self._counts: Counter[bytes] = Counter()
        self._lock = Lock()

    def allow(self, address: str, place: str) -> bool:
        """Count a report, and tell whether it may be.

        Parameters
        ----------
        address
            Of who asks; it is not kept.
        place
            What the report is about.
        """
        with self._lock:
            self._turn()
            own = self._hash(address)
            about = self._hash(address, place)
            if (
                self._counts[own] >= self._most
                or self._counts[about] >= self._most_about_one
                or len(self._counts) >= _MOST_KEPT
            ):
                return False
            self._counts[own] += 1
            self._counts[about] += 1
            return True

    def _turn(self) -> None:
        """Forget what is over."""
        now = self._clock()
        if now // DAY_S != self._day:
            self._day, self._salt = now // DAY_S, secrets.token_bytes(32)
            self._counts = Counter()
        if now // HOUR_S != self._hour:
            self._hour, self._counts = now // HOUR_S, Counter()

    def _hash(self, *parts: str) -> bytes:
        text = "\0".join(parts).encode("utf-8", "surrogatepass")
        return blake2b(text, key=self._salt, digest_size=16).digest()

"""How often something may be tried: so often a minute by one key, and so often by all."""

import time
from collections import Counter
from collections.abc import Callable
from threading import Lock

WINDOW_S = 60.0


class Attempts:
    """Counts tries in this process, and says when there were too many.

    Parameters
    ----------
    most
        Tries a minute by one key.
    most_in_all
        Tries a minute by all keys together; keys are remembered for as long.
    clock
        Seconds that never go back.
    """

    def __init__(
        self, most: int, most_in_all: int, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._most_in_all, self._clock = most, most_in_all, clock
        self._window = -1.0
        self._counts: Counter[str] = Counter()
        self._lock = Lock()

    def allow(self, key: str) -> bool:
        """Count a try, and tell whether it may be."""
        window = self._clock() // WINDOW_S
        with self._lock:
            if window != self._window:
                self._window, self._counts = window, Counter()
            if self._counts.total() >= self._most_in_all or self._counts[key] >= self._most:
                return False
            self._counts[key] += 1
            return True

"""What is gathered in memory and written together, so that nobody's answer waits for the store."""

import logging
import random
import threading
from abc import ABC, abstractmethod

from wayfinder.store import StoreError

_PATIENCE_S = 5.0
"""How long whoever ends waits for what is left to be written (ours)."""
_log = logging.getLogger(__name__)


class WrittenBehind(ABC):
    """Writes in the background what comes together; while the store is away all is kept.

    Parameters
    ----------
    name
        What is written, for the log: said once when it fails, and once when all is well again.
    interval_s
        How long is gathered.
    spread
        Whether workers that were started together are not to write together.
    """

    def __init__(self, name: str, *, interval_s: float, spread: bool = False) -> None:
        self._name, self._interval_s, self._spread = name, interval_s, spread
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._is_failing = False

    @abstractmethod
    def flush(self) -> None:
        """Write what came together; raises StoreError where that cannot be: it is kept."""

    @property
    def is_started(self) -> bool:
        """Whether what is gathered is written in the background."""
        return self._thread is not None

    def start(self) -> None:
        """Write in the background until `stop`."""
        name = f"wayfinder-{self._name.split()[0]}"
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Write what is left, and write no more in the background."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=_PATIENCE_S)
            self._thread = None

    def _run(self) -> None:
        part = random.random() if self._spread else 1.0  # noqa: S311 - nobody gains by guessing it
        pause_s = self._interval_s * part
        while not self._stopping.wait(pause_s):
            self._try_flush()
            pause_s = self._interval_s
        self._try_flush()

    def _try_flush(self) -> None:
        try:
            self.flush()
        except Exception as error:  # noqa: BLE001 - whatever it is, the thread goes on
            if not self._is_failing:
                ours = isinstance(error, StoreError)
                said = str(error) if ours else type(error).__name__
                _log.error("%s: %s", self._name, said, exc_info=None if ours else error)
            self._is_failing = True
        else:
            if self._is_failing:
                _log.info("%s: all is well again", self._name)
            self._is_failing = False

"""Guessing gets slower, and never shuts out who is meant.

Wrong guesses are counted by what is guessed and where from: an address, or a browser in which that
person signed in before. So a stranger who guesses makes only strangers wait at that address. Each
guess is counted before it is looked at: many at once are no more than one after the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy.engine import Connection

from wayfinder.services.people.desk import StaffError
from wayfinder.store.guesses import (
    GuessRecord,
    find_guess,
    forget_guess,
    put_guess,
    sweep_guesses,
)

MEMORY = timedelta(days=1)
"""How long wrong guesses count (ours)."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How fast one thing may be guessed from one place.

    Parameters
    ----------
    key
        Names both; only its hash is kept.
    free
        Guesses without a wait.
    longest
        The wait doubles from a second up to this.
    """

    key: tuple[str, ...]
    free: int = 5
    longest: timedelta = timedelta(minutes=15)

    @property
    def key_hash(self) -> str:
        """What is kept of the key."""
        return sha256("\0".join(self.key).encode("utf-8", "surrogatepass")).hexdigest()

    def find_wait(self, count: int) -> timedelta:
        """Return how long to wait after so many wrong guesses."""
        if count < self.free:
            return timedelta(0)
        return min(timedelta(seconds=2.0 ** min(count - self.free, 30)), self.longest)


def count_guess(connection: Connection, limits: Iterable[Limit], at: datetime) -> None:
    """Count a guess that is about to be looked at.

    Raises
    ------
    StaffError
        It is too early for another one; nothing was counted.
    """
    every = list(limits)
    records = [find_guess(connection, limit.key_hash) for limit in every]
    waits = [record.until - at for record in records if record is not None and record.until > at]
    if waits:
        raise StaffError("wait", wait_s=_round_up(max(waits)))
    sweep_guesses(connection, at - MEMORY)
    for limit, record in zip(every, records, strict=True):
        fresh = record is None or record.last_at <= at - MEMORY
        count = 1 if fresh or record is None else record.count + 1
        put_guess(connection, limit.key_hash, GuessRecord(count, at, at + limit.find_wait(count)))


def forget_guesses(connection: Connection, limits: Iterable[Limit]) -> None:
    """Forget what was guessed: it was right at last."""
    for limit in limits:
        forget_guess(connection, limit.key_hash)


def write_again(connection: Connection, limits: Iterable[Limit]) -> None:
    """Write what was counted once more, as it is."""
    for limit in limits:
        record = find_guess(connection, limit.key_hash)
        if record is not None:
            put_guess(connection, limit.key_hash, record)


def _round_up(wait: timedelta) -> int:
    return -int(-wait.total_seconds() // 1)

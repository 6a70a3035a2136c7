"""What holds of all that was said: which triggers are in force, which end waits to be confirmed.

A ledger remembers what it has once believed. A file that is lost or damaged afterwards ends
nothing, and neither does a clock that jumps: a trigger runs out by the steady clock of the process.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from wayfinder.services.fire.messages import Confirm, End, Statement, Trigger

KEPT = timedelta(days=7)
"""How long what was said is remembered (ours): an end must outlive what it ended, a day at most."""


@dataclass(frozen=True, slots=True)
class _Believed:
    """A trigger that is believed.

    Parameters
    ----------
    statement, trigger
        What was said.
    deadline_s
        When it is over, on the steady clock.
    """

    statement: Statement
    trigger: Trigger
    deadline_s: float


class Ledger:
    """What was said of one venue's fires.

    Parameters
    ----------
    skew
        How far a sender's clock may be ahead of ours.
    get_steady_s
        The steady clock, in seconds.
    """

    def __init__(self, skew: timedelta, get_steady_s: Callable[[], float] = time.monotonic) -> None:
        self._skew = skew
        self._get_steady_s = get_steady_s
        self._triggers: dict[str, _Believed] = {}
        self._ends: dict[str, tuple[Statement, End]] = {}
        self._confirms: dict[str, tuple[Statement, Confirm]] = {}
        self._heard_s: dict[str, float] = {}

    def add(self, statements: Iterable[Statement], now: datetime) -> None:
        """Believe what is neither over nor of the future, and forget what is long over.

        What is from the future is looked at again when it is given again.
        """
        self._forget_old()
        for one in statements:
            message = one.message
            if message.at > now + self._skew:
                continue
            if message.until + KEPT < now and not self.is_known(one.digest):
                continue
            self._heard_s.setdefault(one.digest, self._get_steady_s())
            if isinstance(message, Trigger):
                self._believe(one, message, now)
            elif isinstance(message, End):
                self._ends.setdefault(one.digest, (one, message))
            else:
                self._confirms.setdefault(one.digest, (one, message))

    def _believe(self, statement: Statement, trigger: Trigger, now: datetime) -> None:
        left_s = (trigger.until - now).total_seconds()
        if left_s > 0 and statement.digest not in self._triggers:
            # a sender's clock that is ahead makes it last no longer
            left_s = min(left_s, (trigger.until - trigger.at).total_seconds())
            deadline_s = self._get_steady_s() + left_s
            self._triggers[statement.digest] = _Believed(statement, trigger, deadline_s)

    def forget(self, is_told: Callable[[Statement], bool]) -> None:
        """Forget all that was said by those of whom ``is_told`` tells so."""
        said = [one.statement for one in self._triggers.values()]
        said += [one for one, _ in self._ends.values()]
        said += [one for one, _ in self._confirms.values()]
        self._drop({one.digest for one in said if is_told(one)})

    def _forget_old(self) -> None:
        """Forget what was heard so long ago, by the steady clock, that it ran out since."""
        long_ago_s = self._get_steady_s() - KEPT.total_seconds()
        self._drop({key for key, heard_s in self._heard_s.items() if heard_s < long_ago_s})

    def _drop(self, digests: set[str]) -> None:
        for known in (self._triggers, self._ends, self._confirms, self._heard_s):
            for digest in digests & known.keys():
                del known[digest]

    def list_active(self) -> list[tuple[Statement, Trigger]]:
        """List the triggers that are in force, the first one first."""
        steady_s = self._get_steady_s()
        ended = self._find_ended()
        active = [
            (one.statement, one.trigger)
            for digest, one in self._triggers.items()
            if steady_s < one.deadline_s and digest not in ended
        ]
        return sorted(active, key=lambda pair: (pair[1].at, pair[0].digest))

    def list_said(self) -> list[Statement]:
        """List all that was said and is remembered, the newest first."""
        said = [one.statement for one in self._triggers.values()]
        said += [one for one, _ in (*self._ends.values(), *self._confirms.values())]
        return sorted(said, key=lambda one: (one.message.at, one.digest), reverse=True)

    def list_ends(self, now: datetime) -> list[tuple[Statement, End]]:
        """List the ends of something in force that wait for a second person, the newest last."""
        active = {statement.digest for statement, _ in self.list_active()}
        waiting = [
            (statement, end)
            for statement, end in self._ends.values()
            if not active.isdisjoint(end.ends) and now < end.until
        ]
        return sorted(waiting, key=lambda pair: (pair[1].at, pair[0].digest))

    def find_end(self, digest: str) -> tuple[Statement, End] | None:
        """Return an end by its digest, or None."""
        return self._ends.get(digest)

    def is_known(self, digest: str) -> bool:
        """Tell whether a message has been believed."""
        return any(digest in known for known in (self._triggers, self._ends, self._confirms))

    def _find_ended(self) -> frozenset[str]:
        """Return the digests of the triggers that two people have ended."""
        found: set[str] = set()
        for statement, confirm in self._confirms.values():
            asked = self._ends.get(confirm.confirms)
            if asked is None:
                continue
            first, end = asked
            apart = first.is_of_another_person(statement)
            if apart and end.at - self._skew <= confirm.at <= end.until:
                found.update(end.ends)
        return frozenset(found)

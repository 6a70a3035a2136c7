"""Contestants take turns: what disturbs the machine disturbs them all.

Every round runs each contestant once, beginning with another one each time. Ratios are made within
a round and the median is taken, so they hold on a busy machine where times do not.
"""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from wayfinder.collector import without_collector

Contestant = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of each round by contestant; equally many for each."""

    rounds_s: Mapping[str, tuple[float, ...]]

    def median_s(self, name: str) -> float:
        """Return the median of a contestant's rounds; raises KeyError for an unknown one."""
        return median(self.rounds_s[name])

    def ratio(self, name: str, base: str) -> float:
        """Return how many times longer one takes than another: the median over the rounds."""
        pairs = zip(self.rounds_s[name], self.rounds_s[base], strict=True)
        return median(one / max(other, 1e-12) for one, other in pairs)


def time_rounds(contestants: Mapping[str, Contestant], rounds: int) -> Times:
    """Time contestants in turns.

    Parameters
    ----------
    contestants
        Name to what is timed.
    rounds
        How often each is run, after one run of each that does not count.

    Raises
    ------
    ValueError
        For less than one round.
    """
    if rounds < 1:
        raise ValueError(f"{rounds} rounds are none")
    names = list(contestants)
    for name in names:
        contestants[name]()
    found: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        shift = number % max(len(names), 1)
        gc.collect()
        with without_collector():  # it would hit one at random
            for name in (*names[shift:], *names[:shift]):
                start = perf_counter()
                contestants[name]()
                found[name].append(perf_counter() - start)
    return Times({name: tuple(seconds) for name, seconds in found.items()})

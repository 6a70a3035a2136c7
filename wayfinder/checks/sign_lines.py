"""Which lines a face carries: the fewest that tell most people rightly where to go.

Places lie in groups, groups in groups. A reader follows the most specific line there is, so a line
for a group stands for all in it but those that have a line of their own. What is best with at most
so many lines is found exactly, group by group from the inside out (a knapsack on a tree).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wayfinder.model import Arrow, Message
from wayfinder.model.sign import MOST_LINES

_Best = list[tuple[float, tuple[Message, ...]]]
"""By number of lines: what they are worth, and the lines."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a face should tell of one place.

    Parameters
    ----------
    to
        Id of the place.
    arrow
        Where it lies; None where whoever is told anything here goes astray.
    worth
        What it is worth to tell it.
    groups
        Ids of the groups that may stand for it, the smallest first.
    named
        Whether it may have a line of its own.
    """

    to: str
    arrow: Arrow | None
    worth: float
    groups: tuple[str, ...] = ()
    named: bool = True

    def is_met(self, told: Arrow | None) -> bool:
        """Tell whether whoever follows an arrow gets there."""
        return told is not None and told == self.arrow


@dataclass(slots=True)
class _Group:
    wishes: list[Wish] = field(default_factory=list)
    inner: dict[str, "_Group"] = field(default_factory=dict)

    def list_arrows(self) -> set[Arrow]:
        inside = (group.list_arrows() for group in self.inner.values())
        own = {wish.arrow for wish in self.wishes if wish.arrow is not None}
        return own.union(*inside)


def choose_lines(wishes: Iterable[Wish], most: int = MOST_LINES) -> tuple[Message, ...]:
    """Choose the lines of a face: as few as tell as many as at most so many lines can tell.

    Parameters
    ----------
    wishes
        At most one a place.
    most
        Lines that there is room for.
    """
    root = _Group()
    for wish in wishes:
        at = root
        for key in reversed(wish.groups):
            at = at.inner.setdefault(key, _Group())
        at.wishes.append(wish)
    best = _fill(root, None, most)
    return max(best, key=lambda one: (one[0], -len(one[1])))[1]


def find_told(lines: Iterable[Message], wish: Wish) -> Arrow | None:
    """Return the arrow that a reader of some lines follows to a place, or None."""
    said = {line.to: line.arrow for line in lines}
    return next((said[key] for key in (wish.to, *wish.groups) if key in said), None)


def _solve(key: str, group: _Group, told: Arrow | None, most: int) -> _Best:
    """Return the best lines within a group whose readers were told an arrow so far."""
    best = _fill(group, told, most)
    for arrow in sorted(group.list_arrows()):
        if arrow == told:
            continue
        line = Message(key, arrow)
        named = [(value, (line, *lines)) for value, lines in _fill(group, arrow, most - 1)]
        for count, one in enumerate(named, start=1):
            if count < len(best) and _is_better(one, best[count]):
                best[count] = one
    return best


def _fill(group: _Group, told: Arrow | None, most: int) -> _Best:
    """Return the best lines for what lies in a group, none for the group itself."""
    if most < 0:
        return []
    best = _name_places(group.wishes, told, most)
    for key, inner in group.inner.items():
        best = _join(best, _solve(key, inner, told, most))
    return best


def _name_places(wishes: Sequence[Wish], told: Arrow | None, most: int) -> _Best:
    """Return the best lines for single places: those first whose own line helps most."""
    base = sum(_worth(wish, told) for wish in wishes)
    gains = sorted(
        (
            (wish.worth - _worth(wish, told), wish.to, wish.arrow)
            for wish in wishes
            if wish.named and wish.arrow is not None
        ),
        reverse=True,
    )
    best: _Best = [(base, ())]
    for gain, to, arrow in gains[:most]:
        value, lines = best[-1]
        best.append((value + gain, (*lines, Message(to, arrow))))
    best += [best[-1]] * (most + 1 - len(best))
    return best


_MISLED = 4.0
"""Whoever is sent astray counts more than somebody who is told nothing (ours)."""


def _worth(wish: Wish, told: Arrow | None) -> float:
    if told is None:
        return 0.0
    return wish.worth if wish.is_met(told) else -_MISLED * max(wish.worth, 1.0)


def _join(one: _Best, other: _Best) -> _Best:
    size = max(len(one), len(other))
    joined: _Best = [(float("-inf"), ())] * size
    for i, (value, lines) in enumerate(one):
        for j, (more, others) in enumerate(other[: size - i]):
            candidate = value + more, lines + others
            if _is_better(candidate, joined[i + j]):
                joined[i + j] = candidate
    return joined


def _is_better(
    one: tuple[float, tuple[Message, ...]], other: tuple[float, tuple[Message, ...]]
) -> bool:
    return (one[0], -len(one[1])) > (other[0], -len(other[1]))

"""Level values of Simple Indoor Tagging; what cannot be read is never guessed.

Written after https://wiki.openstreetmap.org/wiki/Key:level and https://wiki.openstreetmap.org/wiki/Key:repeat_on.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

MAX_LEVELS = 200
"""More floors than any building has: a range beyond this is a slip of the keyboard (ours)."""

_NUMBER = r"[+-]?\d{1,3}(?:\.\d{1,3})?"
_SINGLE = re.compile(_NUMBER, re.ASCII)
_SPAN = re.compile(rf"({_NUMBER})\s*-\s*({_NUMBER})", re.ASCII)
# A comma is a decimal comma only where it can be nothing else: "1,2" may as well be a list.
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=(?:25|5|50|75|0)(?!\d))", re.ASCII)
_DASHES = str.maketrans({"−": "-", "–": "-"})


@dataclass(frozen=True, slots=True)
class LevelValue:
    """A level value as it was written.

    Parameters
    ----------
    singles
        Levels named one by one, in the order they were written.
    spans
        Lowest and highest level of each range.
    """

    singles: tuple[float, ...] = ()
    spans: tuple[tuple[float, float], ...] = ()

    @property
    def lowest(self) -> float:
        """The lowest level named."""
        return min((*self.singles, *(low for low, _ in self.spans)))

    def list_levels(self) -> tuple[float, ...]:
        """List all levels, lowest first: of a range its ends and the whole storeys between."""
        found = set(self.singles)
        for low, high in self.spans:
            found |= set(_storeys(low, high))
        return tuple(sorted(found))

    def spans_over(self, level: float) -> bool:
        """Tell whether a level lies strictly within a range."""
        return any(low < level < high for low, high in self.spans)

    def shifted(self, by: float) -> "LevelValue":
        """Return the same value some floors higher."""
        return LevelValue(
            tuple(round(level + by, 3) for level in self.singles),
            tuple((round(low + by, 3), round(high + by, 3)) for low, high in self.spans),
        )


def parse_levels(text: str) -> LevelValue | None:
    """Read a level value, or return None where it cannot be read.

    Parameters
    ----------
    text
        ``0``, ``-1``, ``0.5``, ``0,5``, ``0-3``, ``-1-3``, ``-3--1``, ``1;2`` or a list of these.
    """
    singles: list[float] = []
    spans: list[tuple[float, float]] = []
    plain = _DECIMAL_COMMA.sub(".", text.translate(_DASHES).strip())
    parts = [part.strip() for part in plain.split(";")] if len(plain) <= 1000 else [""]
    if len(parts) > 1 and not parts[-1]:
        parts.pop()
    for part in parts:
        span = _SPAN.fullmatch(part)
        if _SINGLE.fullmatch(part):
            singles.append(float(part) + 0.0)
        elif span:
            low, high = sorted((float(span[1]) + 0.0, float(span[2]) + 0.0))
            spans.append((low, high))
        else:
            return None
    value = LevelValue(tuple(dict.fromkeys(singles)), tuple(dict.fromkeys(spans)))
    wide = any(high - low > MAX_LEVELS for low, high in value.spans)
    return None if wide or len(value.list_levels()) > MAX_LEVELS else value


def repeat_levels(value: LevelValue, repeats: LevelValue | None) -> tuple[LevelValue, ...]:
    """Return a value and its repetitions, each moved to begin on a level of ``repeat_on``."""
    steps = repeats.list_levels() if repeats is not None else ()
    moved = (value.shifted(level - value.lowest) for level in steps)
    return tuple(dict.fromkeys((value, *moved)))


def format_level(level: float) -> str:
    """Write a level as OSM does: ``0``, ``-1``, ``0.5``."""
    return f"{level:g}"


def without(levels: Iterable[float], missing: frozenset[float]) -> tuple[float, ...]:
    """Leave out the levels that a building does not have (``non_existent_levels``)."""
    return tuple(level for level in levels if level not in missing)


def _storeys(low: float, high: float) -> Iterable[float]:
    """Return the ends of a range and what lies between: storeys, or halves from half to half."""
    steps = high - low
    if steps == int(steps):
        return (round(low + step, 3) for step in range(int(steps) + 1))
    return (low, *(float(level) for level in range(ceil(low), floor(high) + 1)), high)

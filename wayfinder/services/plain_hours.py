"""Hours of a few days as people think of them: closed, or open from then till then."""

import re
from dataclasses import dataclass

_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class PlainHours:
    """What holds on each of some days.

    Parameters
    ----------
    spans
        From when till when it is open, as ``HH:MM``; none: it is closed all day.
    """

    spans: tuple[tuple[str, str], ...]

    def write(self) -> str:
        """Write them as OSM opening_hours."""
        return ",".join(f"{start}-{end}" for start, end in self.spans) or "off"


def read_plain(pairs: list[tuple[str, str]]) -> PlainHours | None:
    """Read pairs of times; pairs that are empty do not count. None where one is no time.

    A time at which it closes may lie after midnight: ``20:00`` till ``02:00``.
    """
    spans = []
    for start, end in pairs:
        if not start.strip() and not end.strip():
            continue
        opens, closes = _read(start), _read(end)
        if opens is None or closes is None or opens in {closes, "24:00"}:
            return None
        spans.append((opens, closes))
    return PlainHours(tuple(spans))


def _read(text: str) -> str | None:
    found = _CLOCK.fullmatch(text.strip())
    if found is None or (found[1] == "24" and found[2] != "00"):
        return None
    return f"{int(found[1]):02}:{found[2]}"

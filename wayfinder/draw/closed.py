"""What is laid over a floor in place of a way that is no more: a sentence, and what is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from wayfinder.draw.callouts import write_fixed
from wayfinder.draw.paths import number
from wayfinder.draw.text import measure_em, wrap_text
from wayfinder.draw.theme import Theme
from wayfinder.draw.view import View, Xy

_SIZE_PX = 16.0
_LINE_EM = 1.35
_PAD_PX = 8.0
_LINES = 2


@dataclass(frozen=True, slots=True)
class Closed:
    """A floor on which there is no way any more.

    Parameters
    ----------
    points
        What is closed on it, in metres.
    note
        What is said above it.
    """

    points: tuple[Xy, ...]
    note: str


def write_crosses(view: View, theme: Theme, points: Sequence[Xy]) -> str:
    """Cross out what is closed."""
    edge, ink = theme.ink["route-casing"], theme.ink["here"]
    inner = (
        f'<circle r="12" fill="{ink}" stroke="{edge}" stroke-width="2.5"/>'
        f'<path stroke="{edge}" stroke-width="3.5" stroke-linecap="round"'
        ' d="M-5-5L5 5M5-5L-5 5"/>'
    )
    return "".join(write_fixed(view.point(point), inner) for point in points)


def write_note(view: View, theme: Theme, note: str, text_scale: float) -> str:
    """Write a sentence over the upper edge of the map, as wide as it is."""
    left, top, right, _ = view.frame
    size = _SIZE_PX * text_scale
    room_em = (right - left - 2 * _PAD_PX) / size
    lines = (note,) if measure_em(note) <= room_em else wrap_text(note, _LINES)
    height = len(lines) * _LINE_EM * size + 2 * _PAD_PX
    x = number((left + right) / 2)
    said = "".join(
        f'<text class="u" x="{x}" y="{number(top + _PAD_PX + size * (1 + index * _LINE_EM))}"'
        f' font-size="{number(size)}">{escape(line)}</text>'
        for index, line in enumerate(lines)
    )
    return (
        f'<rect x="{number(left)}" y="{number(top)}" width="{number(right - left)}"'
        f' height="{number(height)}" fill="{theme.ink["banner"]}"/>{said}'
    )

"""Small charts as SVG, made here: bars of months, a line of days. The tables beside say the same.

Colours are those of the page (``static/studio/feedback.css``); a chart is one picture to a screen
reader, with what it shows in words.
"""

from collections.abc import Sequence
from datetime import date
from html import escape
from math import ceil, log10

from markupsafe import Markup

_WIDTH, _HEIGHT = 640.0, 200.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 64.0, 8.0, 14.0, 28.0
_TICKS = 4
_NAMED = 7
"""So many dates at most stand below a chart."""


def draw_bars(bars: Sequence[tuple[str, int]], *, title: str) -> Markup:
    """Draw bars side by side, each with its name below.

    Parameters
    ----------
    bars
        Name and height of each.
    title
        What is shown, in words.
    """
    top = choose_top(max((count for _, count in bars), default=0))
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(bars), 1)
    parts = _write_axis(top)
    each = ceil(len(bars) / _NAMED) or 1
    for number, (name, count) in enumerate(bars):
        left, y = _LEFT + number * step, _place(count, top)
        width = min(step * 0.72, 48.0)
        parts.append(
            f'<rect class="bar" x="{left + (step - width) / 2:.1f}" y="{y:.1f}"'
            f' width="{width:.1f}" height="{_HEIGHT - _BOTTOM - y:.1f}"/>'
        )
        if (len(bars) - 1 - number) % each == 0:
            parts.append(_write_name(left + step / 2, name))
    return _write(parts, title)


def draw_days(days: Sequence[tuple[date, float]], *, title: str) -> Markup:
    """Draw a stepped line over days, the first of each month named below.

    Parameters
    ----------
    days
        Days in a row, each with its height.
    title
        What is shown, in words.
    """
    top = choose_top(max((height for _, height in days), default=0.0))
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(days), 1)
    parts = _write_axis(top)
    line = "".join(
        f"{'L' if number else 'M'}{_LEFT + number * step:.1f} {_place(height, top):.1f}"
        f"H{_LEFT + (number + 1) * step:.1f}"
        for number, (_, height) in enumerate(days)
    )
    if line:
        ground = _HEIGHT - _BOTTOM
        end = _LEFT + len(days) * step
        parts.append(f'<path class="area" d="{line}V{ground:.1f}H{_LEFT:.1f}Z"/>')
        parts.append(f'<path class="line" d="{line}"/>')
        firsts = [number for number, (day, _) in enumerate(days) if day.day == 1]
        each = ceil(len(firsts) / _NAMED) or 1
        for number in firsts[::each]:
            x = _LEFT + number * step
            if x < end - 30:
                parts.append(f'<path class="tick" d="M{x:.1f} {ground:.1f}v5"/>')
                parts.append(_write_name(x + 2, f"{days[number][0]:%Y-%m}", anchor="start"))
    return _write(parts, title)


def choose_top(most: float) -> float:
    """Return a round number above a chart's highest value: 1, 2 or 5 times a power of ten."""
    if most <= _TICKS:
        return float(_TICKS)
    unit = 10.0 ** (ceil(log10(most)) - 1)
    return next(unit * factor for factor in (1, 2, 4, 6, 8, 10) if unit * factor >= most)


def _place(height: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * height / top


def _write_axis(top: float) -> list[str]:
    parts = []
    for number in range(_TICKS + 1):
        height = top * number / _TICKS
        y = _place(height, top)
        parts.append(f'<path class="grid" d="M{_LEFT:g} {y:.1f}H{_WIDTH - _RIGHT:g}"/>')
        said = f"{height:,.0f}" if top > _TICKS else f"{height:g}"
        parts.append(f'<text x="{_LEFT - 6:g}" y="{y + 4:.1f}" text-anchor="end">{said}</text>')
    return parts


def _write_name(x: float, name: str, *, anchor: str = "middle") -> str:
    y = _HEIGHT - 8
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(name)}</text>'


def _write(parts: Sequence[str], title: str) -> Markup:
    return Markup(  # noqa: S704 - of numbers, and of texts that are escaped
        f'<svg class="chart" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img"'
        f' aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )

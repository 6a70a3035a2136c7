"""A level with what differs from another state of it marked: never by colour alone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.badges import Badges
from wayfinder.draw.paths import UNITS, line_path, number, polygon_path
from wayfinder.draw.scene import Scene
from wayfinder.draw.style import Style
from wayfinder.draw.svg import Drawing, draw_level
from wayfinder.draw.theme import PAGE

_END = "</svg>"
_TITLE = re.compile("(<title[^>]*>)[^<]*<")
_RING_PX, _BADGE_PX = 9.0, 7.5
_STROKE_PX = 2.6
_INKS = {
    "added": ("#0b6b2e", "#5fdc8f"),
    "removed": ("#b3132b", "#ff8f9c"),
    "changed": ("#8a4b00", "#ffc061"),
}
"""By day and by night; at least 4.5:1 on the floor's colour (ours)."""
_DASHES = {"added": "", "removed": "7 5", "changed": "2 4"}
_GLYPHS = {"added": "M-4 0h8M0-4v8", "removed": "M-4 0h8", "changed": "M-4-2h8M-4 2h8M-2.5 4.5l5-9"}
"""Plus, minus, unequal."""


class Marking(StrEnum):
    """What became of what is marked; of what was moved both places are marked so."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Marked:
    """Something that differs.

    Parameters
    ----------
    shape
        Where it is, in metres: an area, a line or a point.
    marking
        What became of it.
    is_zone
        Whether it is an area around other things, whose inside is left as it is.
    """

    shape: BaseGeometry
    marking: Marking
    is_zone: bool = False


def draw_marked_level(
    scene: Scene,
    marked: Sequence[Marked],
    *,
    extent: Sequence[BaseGeometry],
    up_deg: float,
    width_px: float,
    title: str,
) -> str:
    """Draw a level with marks, in colours of day or night as the system prefers.

    Parameters
    ----------
    scene
        The level.
    marked
        What differs.
    extent
        What the picture shows, in metres: the same for two pictures beside each other.
    up_deg
        Compass direction at the top, the same for both too.
    width_px
        Width of the picture.
    title
        What it shows, in words.
    """
    style = Style(theme=PAGE, zooms=1, legend=False, furniture=False)
    drawing = draw_level(scene, width_px=width_px, heads_up_deg=up_deg, extent=extent, style=style)
    inner = "".join(_write(marked, drawing))
    named = _TITLE.sub(lambda found: f"{found[1]}{escape(title)}<", drawing.svg.strip(), count=1)
    return f"{named[: -len(_END)]}{inner}{_END}"


def _write(marked: Sequence[Marked], drawing: Drawing) -> Iterable[str]:
    if not marked:
        return
    yield f"<style>{_write_rules()}</style>"
    width, height = drawing.size_px
    frame = shapely.box(-4, -4, width + 4, height + 4)
    boxes = [*(one.box(0) for one in drawing.labels), *(one.box(0) for one in drawing.symbols)]
    badges = Badges([one.polygon for one in boxes], frame, radius_px=_BADGE_PX)
    # what lies in something else is written above it
    for one in sorted(marked, key=lambda one: -one.shape.area):
        seen = drawing.view.shape(one.shape)
        if not frame.intersects(seen):
            continue
        yield _write_shape(one, seen.intersection(frame) if one.shape.area else seen)
        at = badges.place(seen)
        if at is not None:
            yield _write_badge(one, at)


def _write_shape(one: Marked, seen: BaseGeometry) -> str:
    if seen.geom_type in {"Point", "MultiPoint"}:
        return ""  # its badge says all
    name = f"d-{one.marking}"
    scale = f'transform="scale({1 / UNITS:g})"'
    if one.shape.area == 0:
        return f'<path class="{name} d-l" {scale} d="{line_path([seen])}"/>'
    filled = "" if one.is_zone else " d-f"
    return f'<path class="{name}{filled}" {scale} d="{polygon_path([seen])}"/>'


def _write_badge(one: Marked, at: Point) -> str:
    is_point = one.shape.geom_type in {"Point", "MultiPoint"}
    radius = _RING_PX if is_point else _BADGE_PX
    return (
        f'<g class="d-b d-{one.marking}" transform="translate({number(at.x)} {number(at.y)})">'
        f'<circle r="{number(radius)}"/><path d="{_GLYPHS[one.marking]}"/></g>'
    )


def _write_rules() -> str:
    width = number(_STROKE_PX * UNITS)
    rules = [
        f"[class^=d-]{{stroke-width:{width}px;fill:none;stroke-linejoin:round}}",
        ".d-f{fill-opacity:.26}",
        f".d-l{{stroke-width:{number(2 * _STROKE_PX * UNITS)}px}}",
        ".d-b circle{stroke-width:1.5px;stroke:#fff}",
        ".d-b path{stroke:#fff;stroke-width:2px;fill:none;stroke-linecap:round}",
    ]
    for name, (day, _) in _INKS.items():
        dash = " ".join(number(float(part) * UNITS) for part in _DASHES[name].split())
        rules.append(f".d-{name}{{stroke:{day};{f'stroke-dasharray:{dash}' if dash else ''}}}")
        rules.append(f".d-{name}.d-f,.d-{name}.d-b circle{{fill:{day}}}")
    night = "".join(
        f".d-{name}{{stroke:{dark}}}.d-{name}.d-f,.d-{name}.d-b circle{{fill:{dark}}}"
        for name, (_, dark) in _INKS.items()
    )
    night += ".d-b circle,.d-b path{stroke:#10151a}"
    return f"{''.join(rules)}@media(prefers-color-scheme:dark){{{night}}}"

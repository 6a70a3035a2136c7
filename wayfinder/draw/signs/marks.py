"""What signs are put together of: arrows, symbols on badges, letters of zones, north."""

import json
from collections.abc import Iterator
from functools import cache
from html import unescape
from math import cos, radians, sin

import shapely
from shapely import affinity
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.signs.display import Fill, Glyphs, Item, Part, Stroke, Use
from wayfinder.draw.signs.fonts import BOLD, MIDDLE_EM, load_font
from wayfinder.draw.signs.outlines import Xy, circle, polyline, read_path, rectangle, trace
from wayfinder.draw.symbols import BADGES, load_symbol
from wayfinder.draw.theme import Theme
from wayfinder.guide.words import translate
from wayfinder.model.sign import Arrow
from wayfinder.resources import static_dir

_UNIT = (-0.6, -0.6, 0.6, 0.6)
_THICK = 0.09
_TURN_OF = {
    Arrow.AHEAD: 0,
    Arrow.AHEAD_RIGHT: 45,
    Arrow.RIGHT: 90,
    Arrow.BACK_RIGHT: 135,
    Arrow.BACK_LEFT: 225,
    Arrow.LEFT: 270,
    Arrow.AHEAD_LEFT: 315,
    Arrow.UP: 0,
    Arrow.DOWN: 180,
}
_GLYPH_OF_BADGE = 0.74
"""A symbol's side over that of its badge; as on the maps."""


def draw_arrow(arrow: Arrow, middle: Xy, side: float, colour: str) -> Use:
    """Draw an arrow about its middle, as large as a square of a side allows."""
    return Use(_make_arrow(arrow, colour), (side, 0, 0, side, *middle))


@cache
def _make_arrow(arrow: Arrow, colour: str) -> Part:
    outline = trace(shapely.get_parts(_shape_arrow(arrow)))
    return Part(f"arrow {arrow} {colour}", (Fill(outline, colour),), _UNIT)


def _shape_arrow(arrow: Arrow) -> BaseGeometry:
    """Make an arrow in a square of side 1 about the origin, y downward."""
    if arrow == Arrow.HERE:
        return (
            Point(0, 0)
            .buffer(0.42)
            .difference(Point(0, 0).buffer(0.3))
            .union(Point(0, 0).buffer(0.17))
        )
    if arrow == Arrow.BACK:
        return _shape_u_turn()
    if arrow in {Arrow.UP, Arrow.DOWN}:  # a floor: away from the bar that stands for this one
        bar = _thicken([(-0.36, 0.4), (0.36, 0.4)])
        shape = shapely.union_all([_shape_head(-0.46), _thicken([(0, 0.3), (0, -0.36)]), bar])
    else:
        shape = _shape_head(-0.46).union(_thicken([(0, 0.46), (0, -0.36)]))
    return affinity.rotate(shape, _TURN_OF[arrow], origin=(0, 0))


def _shape_head(tip: float) -> BaseGeometry:
    """Make the head of an arrow whose tip is so far down."""
    top = tip + _THICK * 2**0.5
    return LineString([(-0.33, top + 0.33), (0, top), (0.33, top + 0.33)]).buffer(
        _THICK, cap_style="flat", join_style="mitre"
    )


def _thicken(points: list[Xy]) -> BaseGeometry:
    return LineString(points).buffer(_THICK, cap_style="flat", join_style="mitre")


def _shape_u_turn() -> BaseGeometry:
    """Make an arrow that turns round to the left: what lies behind the reader."""
    arc = [(0.21 * cos(radians(t)), -0.16 - 0.21 * sin(radians(t))) for t in range(0, 181, 10)]
    shaft = _thicken([(0.21, 0.46), *arc, (-0.21, 0.3)])
    head = affinity.translate(
        affinity.scale(_shape_head(-0.46), 0.75, -0.75, origin=(0, 0)), xoff=-0.21, yoff=0.115
    )
    return shaft.union(head)


def draw_badge(symbol: str, badge: str, middle: Xy, side: float, theme: Theme) -> Use:
    """Draw a symbol on its badge; `badge_of` tells which."""
    return Use(_make_badge(symbol, badge, theme.name, theme), (side, 0, 0, side, *middle))


_badges: dict[tuple[str, str, str], Part] = {}


def _make_badge(symbol: str, badge: str, name: str, theme: Theme) -> Part:
    found = _badges.get((symbol, badge, name))
    if found is None:
        side, data = load_symbol(symbol)
        scale = _GLYPH_OF_BADGE / side
        shape = read_path(unescape(data)).scaled(scale, scale)
        glyph = shape.moved(-_GLYPH_OF_BADGE / 2, -_GLYPH_OF_BADGE / 2)
        plate = Fill(rectangle(-0.5, -0.5, 1, 1, 0.2), theme.ink[BADGES[badge]])
        items = (plate, Fill(glyph, theme.ink["symbol"]))
        found = Part(f"symbol {symbol} {badge} {name}", items, _UNIT)
        _badges[symbol, badge, name] = found
    return found


@cache
def _load_zones() -> tuple[dict[str, str], str, str]:
    document = json.loads((static_dir() / "signs" / "zones.json").read_text("utf-8"))
    return document["colours"], document["dark"], document["bright"]


def colour_zone(colour: str | None, theme: Theme) -> tuple[str, str]:
    """Return the colour of a zone's badge and of the letter on it.

    A zone without a colour, or of one that nobody knows, is dark; in black ink all are.
    """
    colours, dark, bright = _load_zones()
    ground = colours.get((colour or "").lower(), dark)
    if theme.name == "print":
        ground = theme.ink["banner"]
    return ground, (bright if _contrast(ground, bright) >= 4.5 else dark)


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def measure_chip(text: str, height: float) -> float:
    """Return the width of a chip: at least as wide as high."""
    return max(height, load_font(BOLD).measure_em(text) * height * 0.66 + height * 0.4)


def draw_chip(
    text: str, at: Xy, height: float, ground: str, ink: str, *, width: float | None = None
) -> Iterator[Item]:
    """Draw a few letters on a plate with round corners.

    Parameters
    ----------
    text
        A zone's letter, a floor's label.
    at
        Left and top.
    height
        Of the plate.
    ground, ink
        Colours of plate and letters.
    width
        Of the plate; else as wide as its letters ask for, and these fit in what is given.
    """
    wide = measure_chip(text, height) if width is None else width
    yield Fill(rectangle(*at, wide, height, height * 0.2), ground)
    if ground.lower() in {"#ffffff", "#fff"}:
        yield Stroke(rectangle(*at, wide, height, height * 0.2), ink, height * 0.05)
    em = load_font(BOLD).measure_em(text) or 1.0
    size = min(height * 0.66, (wide - height * 0.16) / em)
    x, y = at[0] + (wide - em * size) / 2, at[1] + height / 2 + MIDDLE_EM * size
    yield Glyphs(x, y, text, size, ink, BOLD)


def draw_north(
    middle: Xy, radius: float, up_deg: float, theme: Theme, languages: tuple[str, ...]
) -> Iterator[Item]:
    """Draw a compass that shows where north is on a map that is turned."""
    x, y = middle
    ring = circle(x, y, radius * 1.25)
    yield Fill(ring, theme.ink["halo"], 0.85)
    turned = radians(-up_deg)
    c, s = cos(turned), sin(turned)

    def place(dx: float, dy: float) -> Xy:
        return x + radius * (dx * c - dy * s), y + radius * (dx * s + dy * c)

    needle = [place(0, -0.35), place(0.36, 0.95), place(0, 0.75)]
    other = [place(0, -0.35), place(-0.36, 0.95), place(0, 0.75)]
    yield Fill(polyline(needle, closed=True), theme.ink["text"])
    yield Stroke(polyline(other, closed=True), theme.ink["text"], radius * 0.07)
    said = translate(languages[0], "draw.north")
    size = radius * 0.72
    width = load_font(BOLD).measure_em(said) * size
    a, b = place(0, -0.78)
    yield Glyphs(a - width / 2, b + MIDDLE_EM * size, said, size, theme.ink["text"], BOLD)

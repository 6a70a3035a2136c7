"""A page of a sign: its blocks drawn where the layout has them."""

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin

from wayfinder.draw.places import Text
from wayfinder.draw.signs.blocks import (
    SPECIMEN,
    draw_code,
    draw_head,
    draw_panel,
    draw_rows,
    write_beneath,
)
from wayfinder.draw.signs.code import measure_code
from wayfinder.draw.signs.directory import draw_listing, draw_strip, find_strip
from wayfinder.draw.signs.display import Fill, Glyphs, Item, Use
from wayfinder.draw.signs.fitting import divide_directory, fit_directory, fit_face
from wayfinder.draw.signs.fonts import BOLD, load_font
from wayfinder.draw.signs.layout import Layout, list_layouts
from wayfinder.draw.signs.level_map import LevelMap, Standing
from wayfinder.draw.signs.listing import Listing
from wayfinder.draw.signs.outlines import Box, rectangle
from wayfinder.draw.signs.rowparts import Ink
from wayfinder.draw.signs.rows import Columns, Words
from wayfinder.draw.signs.sizes import PLATE, SignFormat
from wayfinder.draw.signs.surroundings import draw_map
from wayfinder.guide.face import Face
from wayfinder.model.sign_address import SignAddress

_MAP_MM_PER_PX = 0.3
_WATERMARK_OPACITY = 0.13


@dataclass(frozen=True)
class Page:
    """What a page consists of.

    Parameters
    ----------
    items
        From the ground up.
    columns
        Its rows, or what a directory lists; None where it has none.
    """

    items: list[Item | Use]
    columns: Columns | Listing | None


@dataclass(frozen=True)
class Order:
    """What is to be drawn.

    Parameters
    ----------
    face
        What it says.
    words
        Its lines in the languages asked for.
    level
        The map of its level, or None: then there is none.
    address
        What its code holds, or None for a specimen.
    size
        The format.
    ink
        Colours and languages.
    letter_height_mm
        Height that its letters need for their reading distance.
    """

    face: Face
    words: tuple[Words, ...]
    level: LevelMap | None
    address: SignAddress | None
    size: SignFormat
    ink: Ink
    letter_height_mm: float


def lay_page(order: Order) -> Page:
    """Draw the blocks of a page in the layout that its names need."""
    mapped = order.level is not None
    if order.face.directory and order.size.name != PLATE.name and not order.size.hanging:
        return _stamp(order, _draw_directory(order))
    if order.size.name == PLATE.name:
        code_mm = measure_code(order.address, order.size.code_mm)
        layout, columns = list_layouts(order.size, code_mm, mapped=mapped)[0], None
    else:
        layout, columns = fit_face(
            order.words,
            order.size,
            order.letter_height_mm,
            address=order.address,
            mapped=mapped and not order.size.hanging,
        )
    return _stamp(order, Page(_draw_blocks(order, layout, columns), columns))


def _stamp(order: Order, page: Page) -> Page:
    """Mark a specimen as one."""
    if order.address is None and not order.face.temporary:
        page.items.extend(_watermark(order.size))
    return page


def _draw_directory(order: Order) -> Page:
    size, ink, face = order.size, order.ink, order.face
    layout, listing = fit_directory(
        face,
        size,
        ink.languages,
        order.letter_height_mm,
        address=order.address,
        mapped=order.level is not None,
    )
    items: list[Item | Use] = [
        Fill(rectangle(0, 0, size.width_mm, size.height_mm), ink.theme.ink["page"])
    ]
    said = zip(ink.languages, ink.say("directory"), strict=False)
    items += draw_head(face, layout.head, ink, title=[Text(*each) for each in said])
    strip, rest = divide_directory(face, layout, size)
    emergency = find_strip(face)
    if strip is not None and emergency is not None:
        items += draw_strip(emergency, strip, ink)
    items += draw_listing(listing, rest, ink)
    items += _draw_foot(order, layout, layout.frame)
    return Page(items, listing)


def _draw_foot(order: Order, layout: Layout, frame: Box | None) -> list[Item | Use]:
    """Draw the map, the code and the words beside it, as far as the layout has them."""
    items: list[Item | Use] = []
    if frame is not None:
        items += _draw_map(order, frame)
    has_code = order.address is not None or not order.face.temporary
    if layout.code is not None and has_code:
        items += draw_code(order.address, layout.code, order.ink)
    if layout.words is not None:
        centred = order.size.name == PLATE.name
        items += write_beneath(order.face, order.address, layout.words, order.ink, centred=centred)
    return items


def _draw_blocks(order: Order, layout: Layout, columns: Columns | None) -> list[Item | Use]:
    size, ink, face = order.size, order.ink, order.face
    items: list[Item | Use] = [
        Fill(rectangle(0, 0, size.width_mm, size.height_mm), ink.theme.ink["page"])
    ]
    if size.hanging:
        items += draw_panel(face, layout.head, ink)
    else:
        said = zip(ink.languages, ink.say("temporary"), strict=False) if face.temporary else ()
        items += draw_head(face, layout.head, ink, title=[Text(*each) for each in said])
    left, top, right, bottom = layout.rows
    if columns is not None:
        if size.hanging:
            top = (size.height_mm - columns.height_mm) / 2
        items += draw_rows(columns, (left, top, right, bottom), ink, layout.gap)
        bottom = top + columns.height_mm
    frame = layout.frame
    if frame is not None and layout.grows:
        frame = (frame[0], frame[1] + bottom - layout.rows[3], frame[2], frame[3])
    return [*items, *_draw_foot(order, layout, frame)]


def _draw_map(order: Order, frame: Box) -> list[Item | Use]:
    face, level = order.face, order.level
    if level is None:
        return []
    standing = Standing(
        face.sign.point,
        face.sign.bearing_deg,
        face.spots,
        frozenset(line.to for line in face.lines),
        frozenset({face.sign.id}),
    )
    mm_per_px = _MAP_MM_PER_PX * order.ink.unit**0.75
    return draw_map(level, standing, frame, mm_per_px=round(mm_per_px, 4))


def _watermark(size: SignFormat) -> list[Item | Use]:
    """Write across the page that it is a specimen."""
    width, height = size.width_mm, size.height_mm
    turned = -degrees(atan2(height, width)) * 0.8
    em = load_font(BOLD).measure_em(SPECIMEN)
    letters = 0.62 * hypot(width, height) / em
    letters = min(letters, height * 0.5)
    c, s = cos(radians(turned)), sin(radians(turned))
    along, across = em * letters / 2, 0.36 * letters
    x = width / 2 - along * c - across * s
    y = height / 2 - along * s + across * c
    return [Glyphs(x, y, SPECIMEN, letters, "#000000", BOLD, turned, _WATERMARK_OPACITY)]

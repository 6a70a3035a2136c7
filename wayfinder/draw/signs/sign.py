"""A face of a sign becomes a drawing in millimetres, in a size, in one language or two."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wayfinder.draw.scene import Scene
from wayfinder.draw.signs.display import Glyphs, SignDrawing
from wayfinder.draw.signs.fitting import choose_words
from wayfinder.draw.signs.fonts import MissingGlyphError, load_font
from wayfinder.draw.signs.layout import choose_unit
from wayfinder.draw.signs.level_map import recall_map
from wayfinder.draw.signs.page import Order, Page, lay_page
from wayfinder.draw.signs.rowparts import Ink
from wayfinder.draw.signs.sizes import PLATE, SignFormat
from wayfinder.draw.text import clean_text
from wayfinder.draw.theme import load_theme
from wayfinder.guide.face import Face
from wayfinder.guide.words import translate
from wayfinder.model.labels import has_language, pick_label
from wayfinder.model.sign_address import SignAddress


def draw_sign(
    face: Face,
    scene: Scene | None,
    *,
    address: SignAddress | None,
    size: SignFormat,
    languages: Sequence[str] = ("zh-Hans", "en"),
    theme: str = "light",
    letter_height_mm: float | None = None,
) -> SignDrawing:
    """Draw a face of a sign.

    Parameters
    ----------
    face
        What it says.
    scene
        The level that it hangs on, in the same languages, for the map of its surroundings; None
        leaves the map out.
    address
        What its code holds and what is printed beneath it; None makes a specimen without a code.
    size
        One of `FORMATS`; `choose_size` knows which one its names need.
    languages
        BCP 47 tags of one language or two, the larger one first.
    theme
        ``light`` for colour, ``print`` for black ink.
    letter_height_mm
        Height that its letters need for their reading distance; None is what the format is for.

    Raises
    ------
    MissingGlyphError
        The fonts lack a character.
    ValueError
        There is no language, more than two, or no such theme.
    """
    tags = tuple(dict.fromkeys(languages))
    if not 1 <= len(tags) <= 2:
        raise ValueError("a sign is in one language or two")
    ink = Ink(load_theme(theme), tags, choose_unit(size))
    level = None if scene is None else recall_map(scene, ink.theme)
    words = choose_words(face, tags)
    least = letter_height_mm or size.least_letter_mm
    if face.directory and face.letter_height_mm:  # it is read from near, whatever its size
        least = min(least, face.letter_height_mm)
    order = Order(face, words, level, address, size, ink, least)
    page = lay_page(order)
    drawing = _make_drawing(order, page, address if not size.hanging else None)
    if size.hanging:
        below = replace(order, words=(), size=PLATE, ink=replace(ink, unit=choose_unit(PLATE)))
        drawing = replace(drawing, plate=_make_drawing(below, lay_page(below), address))
    return drawing


def name_sign(face: Face) -> str:
    """Return what a sign is called where people talk of it: its number, else its code or its id."""
    return clean_text(face.sign.ref or face.sign.code or face.sign.id)


def _make_drawing(order: Order, page: Page, address: SignAddress | None) -> SignDrawing:
    face, languages = order.face, order.ink.languages
    name = name_sign(face)
    items = tuple(page.items)
    for item in items:
        if isinstance(item, Glyphs):
            missing = load_font(item.weight).find_missing(item.text)
            if missing is not None:
                raise MissingGlyphError(name, missing, item.text)
    place = pick_label(face.here, languages[0]) or pick_label(face.building, languages[0])
    floor = pick_label(face.floor, languages[0])
    title = " · ".join(part for part in (name, clean_text(place), clean_text(floor)) if part)
    if order.size.name == PLATE.name:
        title = f"{title} · {translate(languages[0], 'draw.sign.plate')}"
    columns = page.columns
    return SignDrawing(
        name=name,
        title=title,
        width_mm=order.size.width_mm,
        height_mm=order.size.height_mm,
        items=items,
        language=languages[0],
        letter_height_mm=columns.letter_mm if columns is not None else 0.0,
        payload=address.url if address is not None else None,
        texts=(address.text, address.code) if address is not None else (),
        dropped=columns.dropped if columns is not None else (),
        reduced=columns.reduced if columns is not None else (),
        untranslated=tuple(_find_untranslated(face, languages)),
    )


def _find_untranslated(face: Face, languages: tuple[str, ...]) -> Iterator[str]:
    """Yield the ids of what has no name in one of the languages."""
    for line in face.listed:
        if not all(has_language(line.labels, language) for language in languages):
            yield line.to
    if face.here and not all(has_language(face.here, language) for language in languages):
        yield face.sign.id

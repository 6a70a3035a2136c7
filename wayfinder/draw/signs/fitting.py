"""Which size a sign needs, and which layout of it, so that its names can be read from afar."""

from collections.abc import Sequence
from math import inf

from wayfinder.draw.signs.code import measure_code
from wayfinder.draw.signs.layout import Layout, choose_unit, lay_directory, list_layouts
from wayfinder.draw.signs.listing import Listing, fit_listing, holds_listing
from wayfinder.draw.signs.outlines import Box
from wayfinder.draw.signs.rows import Columns, Words, fit_rows, holds_rows, name_in
from wayfinder.draw.signs.sizes import SignFormat, list_formats
from wayfinder.guide.face import Face
from wayfinder.model.labels import pick_label
from wayfinder.model.sign_address import SignAddress

_LARGEST = 2.0
"""Letters are at most so much higher than their reading distance needs (ours)."""

_STRIP, _STRIP_GAP = 11.0, 3.0
"""Height of the strip of the emergency department on A4, and of the room beneath it (ours)."""


def choose_size(
    face: Face,
    languages: Sequence[str],
    *,
    letter_height_mm: float,
    address: SignAddress | None = None,
    mapped: bool = True,
) -> SignFormat:
    """Choose the smallest size of a face's mounting that holds all of its lines.

    Parameters
    ----------
    face
        What it says.
    languages
        BCP 47 tags of one language or two.
    letter_height_mm
        Height that its letters need for their reading distance.
    address
        What its code holds, or None for a specimen.
    mapped
        Whether it has a map.

    Returns
    -------
    SignFormat
        Where none holds all, the one that leaves out least; the larger one of two that are as good.
    """
    tags = tuple(dict.fromkeys(languages))
    formats = list_formats(face.sign.mounting, directory=bool(face.directory))
    if face.directory:
        return _choose_directory(face, tags, formats, letter_height_mm, address, mapped=mapped)
    words = choose_words(face, tags)
    for size in formats:
        for layout in list_layouts(size, measure_code(address, size.code_mm), mapped=mapped):
            if _holds(words, layout, letter_height_mm):
                return size
    fitted = [
        (size, fit_face(words, size, letter_height_mm, address=address, mapped=mapped)[1])
        for size in reversed(formats)
    ]
    return min(fitted, key=lambda one: _rank(one[1]))[0]


def _choose_directory(
    face: Face,
    languages: tuple[str, ...],
    formats: Sequence[SignFormat],
    letter_height_mm: float,
    address: SignAddress | None,
    *,
    mapped: bool,
) -> SignFormat:
    for size in formats:
        code_mm = measure_code(address, size.code_mm)
        layout = lay_directory(size, code_mm, mapped=mapped)
        _, (left, top, right, bottom) = divide_directory(face, layout, size)
        if holds_listing(
            face.directory,
            languages,
            width_mm=right - left,
            height_mm=bottom - top,
            letter_mm=letter_height_mm,
        ):
            return size
    return formats[-1]


def fit_directory(
    face: Face,
    size: SignFormat,
    languages: tuple[str, ...],
    letter_height_mm: float,
    *,
    address: SignAddress | None,
    mapped: bool,
) -> tuple[Layout, Listing]:
    """Set what a directory lists in a size."""
    layout = lay_directory(size, measure_code(address, size.code_mm), mapped=mapped)
    _, (left, top, right, bottom) = divide_directory(face, layout, size)
    listing = fit_listing(
        face.directory,
        languages,
        width_mm=right - left,
        height_mm=bottom - top,
        least_letter_mm=letter_height_mm,
        most_letter_mm=letter_height_mm * _LARGEST,
    )
    return layout, listing


def divide_directory(face: Face, layout: Layout, size: SignFormat) -> tuple[Box | None, Box]:
    """Divide the room for names into the strip of the emergency department, and the rest."""
    left, top, right, bottom = layout.rows
    if not any(line.emergency for line in face.lines):
        return None, layout.rows
    unit = choose_unit(size)
    end = top + _STRIP * unit
    return (left, top, right, end), (left, end + _STRIP_GAP * unit, right, bottom)


def fit_face(
    words: Sequence[Words],
    size: SignFormat,
    letter_height_mm: float,
    *,
    address: SignAddress | None,
    mapped: bool,
) -> tuple[Layout, Columns | None]:
    """Choose the layout of a size that leaves nothing out, the one with most room for the map.

    Returns
    -------
    tuple
        The layout and the names in it; None where there are none.
    """
    layouts = list_layouts(size, measure_code(address, size.code_mm), mapped=mapped)
    if not words:
        return layouts[0], None
    able = [one for one in layouts if _holds(words, one, letter_height_mm)]
    if not size.hanging:  # without a map the largest letters are the best
        del able[1:]
    fitted = [(one, _fit(words, one, letter_height_mm)) for one in able or layouts]
    return min(fitted, key=lambda one: _rank(one[1]))


def _rank(columns: Columns | None) -> tuple[float, float, float]:
    """Order the fewest names left out first, the fewest in one language, the largest letters."""
    if columns is None:
        return (0, 0, -inf)
    return len(columns.dropped), len(columns.reduced), -columns.em_mm


def _holds(words: Sequence[Words], layout: Layout, letter_height_mm: float) -> bool:
    return holds_rows(
        words,
        width_mm=layout.column_mm,
        height_mm=layout.height_mm,
        letter_mm=letter_height_mm,
        columns=layout.columns,
    )


def _fit(words: Sequence[Words], layout: Layout, letter_height_mm: float) -> Columns:
    return fit_rows(
        words,
        width_mm=layout.column_mm,
        height_mm=layout.height_mm,
        least_letter_mm=letter_height_mm,
        most_letter_mm=letter_height_mm * _LARGEST,
        columns=layout.columns,
    )


def choose_words(face: Face, languages: tuple[str, ...]) -> tuple[Words, ...]:
    """Choose the names of a face's lines; one without any name at all is left out."""
    chosen = []
    for line in face.lines:
        texts = name_in(line.labels, languages)
        if not texts:
            continue
        chips: list[str] = []
        zone, here = line.zone, face.zone
        elsewhere = zone is not None and (here is None or here.letter != zone.letter)
        if line.group is None and zone is not None and zone.letter and elsewhere:
            chips.append(zone.letter)
        floor = pick_label(line.floor, languages[0])
        if floor and line.group is None:
            chips.append(floor)
        chosen.append(Words(line, texts, tuple(chips)))
    return tuple(chosen)

"""The blocks of a page: its head, its rows, its code with the words beneath it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wayfinder.draw.places import Text
from wayfinder.draw.signs.code import QUIET_MODULES, make_code
from wayfinder.draw.signs.display import Fill, Glyphs, Item, Stroke, Use
from wayfinder.draw.signs.fonts import BOLD, CAPITAL_EM, MIDDLE_EM, REGULAR, load_font
from wayfinder.draw.signs.marks import colour_zone, draw_badge, measure_chip
from wayfinder.draw.signs.outlines import Box, Xy, polyline, rectangle
from wayfinder.draw.signs.rowparts import (
    Ink,
    draw_category,
    draw_chips,
    draw_direction,
    draw_group,
    write_column,
    write_middle,
)
from wayfinder.draw.signs.rows import (
    ARROW_EM,
    FIRST_LINE_EM,
    GAP_EM,
    SECOND_EM,
    SECOND_LINE_EM,
    SYMBOL_EM,
    Columns,
    Row,
    force_wrap,
    name_in,
    place_rows,
    wrap,
)
from wayfinder.guide.face import Face
from wayfinder.model.labels import pick_label
from wayfinder.model.sign_address import SignAddress

_ZONE, _FLOOR, _FLOOR_ALONE = 0.62 / CAPITAL_EM, 0.42 / CAPITAL_EM, 0.3 / CAPITAL_EM
"""Ems of a zone's letter and of a floor's label, in heights of what they stand in."""
_ALONE = 0.92
"""An arrow without a word is a little smaller than its room."""
SPECIMEN = "SPECIMEN 样张"
_LEAST_TYPED_MM = 2.6
"""Size of an em that is read before the sign; an address that is longer takes two lines."""

_PLATE_WORDS = 1.35
"""How much larger words beneath a code are on a plate, which has little else on it."""


@dataclass(frozen=True)
class Setting:
    """A text in lines of a size."""

    lines: tuple[str, ...]
    size: float

    @property
    def height(self) -> float:
        """Of all lines."""
        return len(self.lines) * self.size * FIRST_LINE_EM


def set_text(text: str, weight: str, size: float, width: float, height: float) -> Setting:
    """Set a text as large as a box allows, up to a size; it never leaves the box."""
    while True:
        most = max(1, int(height / (size * FIRST_LINE_EM)))
        lines = wrap(text, width / size, min(most, 2), weight)
        if lines is not None:
            return Setting(lines, size)
        if size < height / 6:
            lines = force_wrap(text, width / size, weight)
            if len(lines) * size * FIRST_LINE_EM <= height:
                return Setting(lines, size)
        size *= 0.93


def write_lines(
    setting: Setting, x: float, top: float, colour: str, weight: str, *, width: float | None = None
) -> Iterator[Glyphs]:
    """Write set lines from a top downward; in the middle of a width where one is given."""
    step = setting.size * FIRST_LINE_EM
    for row, line in enumerate(setting.lines):
        inset = 0.0
        if width is not None:
            inset = (width - load_font(weight).measure_em(line) * setting.size) / 2
        y = top + row * step + step / 2 + MIDDLE_EM * setting.size
        yield Glyphs(x + inset, y, line, setting.size, colour, weight)


def draw_head(face: Face, box: Box, ink: Ink, *, title: Sequence[Text] = ()) -> Iterator[Item]:
    """Draw the band on top: the zone's letter, the place or a title over it, the floor."""
    left, top, right, bottom = box
    theme, height, unit = ink.theme, bottom - top, ink.unit
    yield Fill(rectangle(left, top, right - left, height), theme.ink["banner"])
    x, edge = left + 8 * unit, right - 8 * unit
    if face.zone is not None and face.zone.letter:
        ground, letter = colour_zone(face.zone.colour, theme)
        wide = max(height, measure_chip(face.zone.letter, height) * 0.9)
        yield Fill(rectangle(left, top, wide, height), ground)
        yield from write_middle(face.zone.letter, (left, top, left + wide, bottom), _ZONE, letter)
        x = left + wide + 6 * unit
    label = pick_label(face.floor, ink.languages[0])
    if label:
        size = min(height * 0.42, 0.24 * (right - left) / load_font(BOLD).measure_em(label))
        width = load_font(BOLD).measure_em(label) * size
        y = (top + bottom) / 2 + MIDDLE_EM * size
        yield Glyphs(edge - width, y, label, size, theme.ink["on-banner"], BOLD)
        edge -= width + 6 * unit
    texts = name_in(face.here, ink.languages) or name_in(face.building, ink.languages)
    small = name_in(face.building, ink.languages) if face.here else ()
    if title:
        texts, small = tuple(title), texts
    room = (x, top + 0.1 * height, edge, bottom - 0.1 * height)
    yield from _write_place(texts, small, room, theme.ink["on-banner"])


def _write_place(
    texts: Sequence[Text], small: Sequence[Text], room: Box, colour: str
) -> Iterator[Item]:
    """Write a place in two languages, what it belongs to above it."""
    left, top, right, bottom = room
    said = [(text.text, BOLD if n == 0 else REGULAR, n) for n, text in enumerate(texts)]
    shares = {0: 0.6, 1: 0.4} if len(said) > 1 else {0: 0.8}
    above = "  ".join(text.text for text in small)
    height = bottom - top
    lift = height * 0.23 if above else 0.0
    settings = [
        (set_text(text, weight, (height - lift) * share * 0.72, right - left, part), weight)
        for text, weight, n in said
        for share, part in ((shares[n], (height - lift) * shares[n]),)
    ]
    y = top + (height - lift - sum(setting.height for setting, _ in settings)) / 2 + lift
    if above:
        setting = set_text(above, REGULAR, lift * 0.72, right - left, lift)
        yield from write_lines(setting, left, max(top, y - setting.height * 1.15), colour, REGULAR)
    for setting, weight in settings:
        yield from write_lines(setting, left, y, colour, weight)
        y += setting.height


def draw_panel(face: Face, box: Box, ink: Ink) -> Iterator[Item]:
    """Draw what stands at the left of a hanging sign: the zone's letter above the floor."""
    left, top, right, bottom = box
    theme = ink.theme
    label = pick_label(face.floor, ink.languages[0])
    zone = face.zone if face.zone is not None and face.zone.letter else None
    ground, letter = colour_zone(zone.colour if zone else None, theme)
    yield Fill(rectangle(left, top, right - left, bottom - top), ground)
    middle = top + (bottom - top) * (0.62 if label else 1.0)
    if zone is not None:
        yield from write_middle(zone.letter, (left, top, right, middle), _ZONE, letter)
        if label:
            yield from write_middle(label, (left, middle, right, bottom), _FLOOR, letter)
    else:
        yield from write_middle(label, (left, top, right, bottom), _FLOOR_ALONE, letter)


def draw_rows(columns: Columns, box: Box, ink: Ink, gap: float) -> Iterator[Item | Use]:
    """Draw the rows of all columns."""
    left, top, right, _ = box
    count = len(columns.columns)
    width = (right - left - gap * (count - 1)) / count
    for index, rows in enumerate(columns.columns):
        x = left + index * (width + gap)
        if index and rows:
            rule = polyline([(x - gap / 2, top), (x - gap / 2, top + columns.height_mm)])
            yield Stroke(rule, ink.theme.ink["line"], 0.3 * ink.unit, round_ends=False)
        for row, y in place_rows(rows, columns.em_mm):
            if y and row.starts:
                line = polyline([(x, top + y), (x + width, top + y)])
                yield Stroke(line, ink.theme.ink["line"], 0.3 * ink.unit, round_ends=False)
            yield from _draw_row(row, x, top + y, columns.em_mm, ink)


def _draw_row(row: Row, x: float, top: float, em: float, ink: Ink) -> Iterator[Item | Use]:
    text, line = ink.theme.ink["text"], row.words.line
    middle = top + row.height * em / 2
    text_height = len(row.first) * FIRST_LINE_EM + len(row.second) * SECOND_EM * SECOND_LINE_EM
    first_middle = middle - text_height * em / 2 + FIRST_LINE_EM * em / 2
    if row.starts:
        at = x + ARROW_EM * em / 2, middle
        yield from draw_direction(line.arrow, at, em, text, ink, side_em=_ALONE * ARROW_EM)
    left = x + (ARROW_EM + GAP_EM) * em
    yield from _draw_symbol(row, (left + SYMBOL_EM * em / 2, middle), SYMBOL_EM * em, ink)
    left += (SYMBOL_EM + GAP_EM) * em
    y = middle - text_height * em / 2
    yield from write_column(row.first, (left, y), em, FIRST_LINE_EM, text, BOLD)
    y += len(row.first) * FIRST_LINE_EM * em
    yield from write_column(row.second, (left, y), SECOND_EM * em, SECOND_LINE_EM, text, REGULAR)
    edge = left + max(load_font(BOLD).measure_em(words) for words in row.first) * em
    yield from draw_chips(row.words.chips, line.zone, (edge, first_middle), em, ink)


def _draw_symbol(row: Row, middle: Xy, side: float, ink: Ink) -> Iterator[Item | Use]:
    line, group = row.words.line, row.words.line.group
    if group is not None and not group.unmarked:
        short = pick_label(group.short_labels, ink.languages[0]) or group.letter
        yield from draw_group(group, short, middle, side, ink)
    elif line.emergency:
        yield draw_badge("emergency", "emergency", middle, side, ink.theme)
    else:
        yield from draw_category(line.category, middle, side, ink)


def draw_code(address: SignAddress | None, box: Box, ink: Ink) -> Iterator[Item]:
    """Draw the code with its quiet zone in a square; without an address what a specimen has."""
    left, top, right, bottom = box
    side = right - left
    if address is None:
        frame = rectangle(left, top, side, bottom - top, 2 * ink.unit)
        yield Fill(frame, "#ffffff")
        yield Stroke(frame, ink.theme.ink["line"], 0.5 * ink.unit)
        setting = set_text(SPECIMEN, BOLD, side * 0.2, side * 0.86, side * 0.5)
        y = (top + bottom - setting.height) / 2
        yield from write_lines(setting, left, y, ink.theme.ink["text"], BOLD, width=side)
        return
    outline, modules = make_code(address.url)
    module = side / (modules + 2 * QUIET_MODULES)
    yield Fill(rectangle(left, top, side, bottom - top), "#ffffff")
    dark = outline.scaled(module, module)
    inset = QUIET_MODULES * module
    yield Fill(dark.moved(left + inset, top + inset), "#000000")


def _set_whole(text: str, weight: str, size: float, width: float, height: float) -> Setting:
    """Set what is typed off letter by letter in one line, as long as it can be read."""
    fit = min(size, width / (load_font(weight).measure_em(text) or 1.0))
    if fit < _LEAST_TYPED_MM:
        return set_text(text, weight, size, width, height)
    return Setting((text,), fit)


def write_beneath(
    face: Face, address: SignAddress | None, box: Box, ink: Ink, *, centred: bool = False
) -> Iterator[Item]:
    """Write what the code is for, the address and the code in plain text, number and telephone."""
    left, top, right, bottom = box
    width, text, soft = right - left, ink.theme.ink["text"], ink.theme.ink["text-soft"]
    unit = ink.unit * (_PLATE_WORDS if centred else 1.0)
    parts: list[tuple[str, str, float, str]] = []
    if address is not None:
        for row, said in enumerate(ink.say("scan")):
            weight, size = (BOLD, 6.4) if row == 0 else (REGULAR, 4.2)
            parts.append((said, weight, size, text))
        parts += [(address.text, REGULAR, 4.4, text), (address.code, BOLD, 7.0, text)]
    if face.sign.ref:
        parts.append((f"{' '.join(ink.say('ref'))}  {face.sign.ref}", REGULAR, 3.8, soft))
    if face.phone:
        parts.append((f"{' '.join(ink.say('phone'))}  {face.phone}", REGULAR, 3.8, soft))
    room = (bottom - top) / max(1, len(parts))
    whole = () if address is None else (address.text, address.code)
    settings = [
        (
            _set_whole(said, weight, min(size * unit, room / 1.2), width, room)
            if said in whole
            else set_text(said, weight, min(size * unit, room / 1.2), width, room),
            weight,
            colour,
        )
        for said, weight, size, colour in parts
    ]
    gap = min(1.6 * unit, (bottom - top - sum(s.height for s, _, _ in settings)) / 8)
    height = sum(setting.height + gap for setting, _, _ in settings) - gap
    y = (top + bottom - height) / 2
    for setting, weight, colour in settings:
        yield from write_lines(setting, left, y, colour, weight, width=width if centred else None)
        y += setting.height + gap

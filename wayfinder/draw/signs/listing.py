"""What a directory lists, set in columns: buildings, their floors, places side by side.

Its own building goes across, the others beneath it in columns. Letters begin large and shrink until
all has room, to three quarters of what the reading distance needs; then places go, of the farthest
buildings first what fewest look for, and how many is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from math import ceil, inf

from wayfinder.draw.signs.fonts import BOLD, REGULAR, letter_em, load_font
from wayfinder.draw.signs.marks import measure_chip
from wayfinder.draw.signs.rows import force_wrap, name_in, wrap
from wayfinder.guide.face import FaceLine, ListedBuilding, ListedFloor
from wayfinder.guide.groups import GroupKind
from wayfinder.model.labels import pick_label
from wayfinder.presets import find_preset

SECOND_EM = 0.6
"""Size of the second language in ems of the first: both are read from near."""

LINE_EM = 1.12
HEAD_EM = 2.0
FLOOR_EM = 4.8
"""Width of what stands before the places of a floor: its label and its marks."""

LABEL_EM = 2.5
MARK_EM = 1.4
CROSS_EM = 1.25
NOTE_EM = 1.8
GAP_EM = 1.0
PAD_EM = 0.34
_CELL_EM = 6.4
_BESIDE_EM = 0.9
_MOST_COLUMNS = 4
_SMALLER = 0.96
_STEP_NEARER = 0.75
"""Before anything is left out, letters may be so much smaller: one steps nearer (ours)."""

_LEAST_LETTER_MM = 1.5
_FEWER = 0.95


@dataclass(frozen=True, slots=True)
class Cell:
    """A place, set; positions and sizes in ems from the left and top of its floor's places."""

    line: FaceLine
    first: tuple[str, ...]
    second: tuple[str, ...]
    chip: str
    x: float
    y: float

    @property
    def indent(self) -> float:
        """Width of the symbol before its name, which only the emergency department has."""
        return CROSS_EM + 0.3 if self.line.emergency else 0.0


@dataclass(frozen=True, slots=True)
class SetFloor:
    """A floor, set."""

    floor: ListedFloor
    cells: tuple[Cell, ...]
    height: float


@dataclass(frozen=True, slots=True)
class SetBuilding:
    """A building, set, in ems."""

    building: ListedBuilding
    floors: tuple[SetFloor, ...]

    @property
    def height(self) -> float:
        """Of all of it, with the gap to the next one."""
        return HEAD_EM + sum(floor.height for floor in self.floors) + GAP_EM


@dataclass(frozen=True, slots=True)
class Placed:
    """A building and where it stands, in millimetres from the left and top of the listing."""

    building: SetBuilding
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Listing:
    """A directory that fits.

    Parameters
    ----------
    em_mm
        Size of the first language.
    letter_mm
        Height of its letters.
    buildings
        Where each stands.
    height_mm
        Of all.
    dropped
        Places left out.
    reduced
        None: no place of a directory loses its second language.
    """

    em_mm: float
    letter_mm: float
    buildings: tuple[Placed, ...]
    height_mm: float
    dropped: tuple[FaceLine, ...] = ()
    reduced: tuple[FaceLine, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether each name has a line to itself."""
        floors = (floor for placed in self.buildings for floor in placed.building.floors)
        return all(len(cell.first) == 1 for floor in floors for cell in floor.cells)


def fit_listing(
    buildings: Sequence[ListedBuilding],
    languages: Sequence[str],
    *,
    width_mm: float,
    height_mm: float,
    least_letter_mm: float,
    most_letter_mm: float,
) -> Listing:
    """Set a directory as large as it fits; see the module for what goes first.

    Raises
    ------
    ValueError
        Not even the names of the buildings fit.
    """
    setter = _Setter(tuple(languages), width_mm, height_mm, _find_script(buildings, languages))
    nearest = least_letter_mm * _STEP_NEARER
    # a name in one line is read faster than a larger one in two
    for whole, last in ((True, least_letter_mm), (False, nearest)):
        for size in _list_sizes(most_letter_mm, last):
            found = setter.try_all(buildings, size, whole=whole)
            if found is not None:
                return found
    size = nearest
    order = list(_list_by_worth(buildings))
    while size > _LEAST_LETTER_MM:
        kept = len(order)
        while kept:
            kept = min(kept - 1, int(kept * _FEWER))
            dropped = order[kept:]
            gone = {id(line) for line in dropped}
            found = setter.try_all([_without(one, gone) for one in buildings], size, note=True)
            if found is not None:
                return replace(found, dropped=tuple(dropped))
        size *= _SMALLER**4
    raise ValueError("the sign is too small for the names of the buildings")


def _list_sizes(most: float, least: float) -> Iterator[float]:
    """Yield sizes, ever smaller, down to the least."""
    while most > least * (1 + 1e-9):
        yield most
        most *= _SMALLER
    yield least


def holds_listing(
    buildings: Sequence[ListedBuilding],
    languages: Sequence[str],
    *,
    width_mm: float,
    height_mm: float,
    letter_mm: float,
) -> bool:
    """Tell whether all of a directory has room with letters so high."""
    setter = _Setter(tuple(languages), width_mm, height_mm, _find_script(buildings, languages))
    return setter.try_all(buildings, letter_mm) is not None


def _find_script(buildings: Sequence[ListedBuilding], languages: Sequence[str]) -> float:
    places = (place for one in buildings for floor in one.floors for place in floor.places)
    return letter_em("".join(pick_label(place.labels, languages[0]) for place in places))


def _list_by_worth(buildings: Sequence[ListedBuilding]) -> Iterator[FaceLine]:
    """Yield the places, what is left out last first: near buildings, what many look for."""
    ranked = [
        (not line.emergency, far > 0, _rank(line), far, number, line)
        for far, one in enumerate(buildings)
        for floor in one.floors
        for number, line in enumerate(floor.places)
    ]
    yield from (each[-1] for each in sorted(ranked, key=lambda each: each[:-1]))


def _rank(line: FaceLine) -> int:
    preset = find_preset(line.category) if line.category else None
    return 9 if preset is None else preset.rank


def _without(building: ListedBuilding, gone: set[int]) -> ListedBuilding:
    """Return a building without some places; a floor that is left with nothing goes too."""
    floors = tuple(
        replace(floor, places=tuple(line for line in floor.places if id(line) not in gone))
        for floor in building.floors
    )
    kept = tuple(one for one in floors if one.places or one.marks or one.here)
    return replace(building, floors=kept)


@dataclass(frozen=True)
class _Setter:
    languages: tuple[str, ...]
    width_mm: float
    height_mm: float
    script: float
    known: dict[int, "_Name"] = field(default_factory=dict)

    def try_all(
        self,
        buildings: Sequence[ListedBuilding],
        letter_mm: float,
        *,
        whole: bool = False,
        note: bool = False,
    ) -> Listing | None:
        """Set all in a size; None where it does not fit, or not each name in one line.

        Parameters
        ----------
        buildings
            What is listed.
        letter_mm
            Height of its letters.
        whole
            Whether each name must have a line to itself.
        note
            Whether there is to be room for how many are left out.
        """
        em = letter_mm / self.script
        height = self.height_mm / em - (NOTE_EM if note else 0.0)
        own, others = buildings[:1], buildings[1:]
        if own and not own[0].here:
            own, others = (), buildings
        best: Listing | None = None
        for count in range(1, min(_MOST_COLUMNS, max(1, len(others))) + 1):
            found = self._place(own, others, em, count)
            if found is None or (whole and not found.whole):
                continue
            if found.height_mm <= height * em + 1e-9:
                best = min(best or found, found, key=lambda one: one.height_mm)
        return best

    def _place(
        self,
        own: Sequence[ListedBuilding],
        others: Sequence[ListedBuilding],
        em: float,
        count: int,
    ) -> Listing | None:
        """Place its own building across and the others in columns beneath."""
        whole = self.width_mm / em
        width = (whole - GAP_EM * (count - 1)) / count
        if width < FLOOR_EM + _CELL_EM:
            return None
        placed: list[Placed] = []
        y = 0.0
        for one in own:
            made = self._set_building(one, whole)
            placed.append(Placed(made, 0.0, y * em, self.width_mm))
            y += made.height
        made_others = [self._set_building(one, width) for one in others]
        bottom = y
        for column, part in enumerate(divide([one.height for one in made_others], count)):
            at = y
            for made in made_others[part]:
                placed.append(Placed(made, column * (width + GAP_EM) * em, at * em, width * em))
                at += made.height
            bottom = max(bottom, at)
        return Listing(em, em * self.script, tuple(placed), (bottom - GAP_EM) * em)

    def _set_building(self, building: ListedBuilding, width: float) -> SetBuilding:
        floors = tuple(self._set_floor(floor, width - FLOOR_EM) for floor in building.floors)
        return SetBuilding(building, floors)

    def _set_floor(self, floor: ListedFloor, width: float) -> SetFloor:
        """Set the places of a floor side by side, each as wide as one cell or several."""
        count = max(1, int(width / _CELL_EM))
        step = width / count
        cells: list[Cell] = []
        column, y, row_height = 0, 0.0, 0.0
        for line in floor.places:
            name = self._read(line)
            span = min(count, ceil((name.width + _BESIDE_EM) / step))
            if column + span > count:
                column, y, row_height = 0, y + row_height, 0.0
            cell = self._set_cell(line, name, column * step, y, span * step - _BESIDE_EM)
            cells.append(cell)
            lines = len(cell.first) + SECOND_EM * len(cell.second)
            row_height = max(row_height, lines * LINE_EM + PAD_EM)
            column += span
        least = 3 * PAD_EM + MARK_EM
        return SetFloor(floor, tuple(cells), max(least, y + row_height + PAD_EM))

    def _read(self, line: FaceLine) -> "_Name":
        """Return a place's names and how wide they are; asked for in every size that is tried."""
        known = self.known.get(id(line))
        if known is None:
            texts = tuple(text.text for text in name_in(line.labels, self.languages)) or ("–",)
            chip = find_chip(line)
            beside = measure_chip(chip, 1.0) + 0.3 if chip else 0.0
            indent = CROSS_EM + 0.3 if line.emergency else 0.0
            sizes = ((BOLD, 1.0, beside), (REGULAR, SECOND_EM, 0.0))
            widths = [
                load_font(weight).measure_em(text) * size + more
                for text, (weight, size, more) in zip(texts, sizes, strict=False)
            ]
            width = indent + max(widths)
            known = self.known[id(line)] = _Name(texts, chip, beside, indent, width)
        return known

    @staticmethod
    def _set_cell(line: FaceLine, name: "_Name", x: float, y: float, width: float) -> Cell:
        if name.width <= width:
            return Cell(line, name.texts[:1], name.texts[1:], name.chip, x, y)
        room = width - name.indent
        first = _break(name.texts[0], room - name.beside, BOLD)
        second = _break(name.texts[1], room / SECOND_EM, REGULAR) if len(name.texts) > 1 else ()
        return Cell(line, first, second, name.chip, x, y)


@dataclass(frozen=True, slots=True)
class _Name:
    """What is written of a place, its names in one line each; widths in ems."""

    texts: tuple[str, ...]
    chip: str
    beside: float
    indent: float
    width: float


def find_chip(line: FaceLine) -> str:
    """Return the letter of a place's zone, where that is not its building's."""
    zone = line.zone
    return zone.letter if zone is not None and zone.kind is GroupKind.ZONE else ""


def _break(text: str, width: float, weight: str) -> tuple[str, ...]:
    return wrap(text, width + 1e-9, 2, weight) or force_wrap(text, width, weight)


def divide(heights: Sequence[float], count: int) -> list[slice]:
    """Divide what stands below each other into columns, so that the highest is as low as may be.

    Parameters
    ----------
    heights
        Of each, in their order.
    count
        How many columns there may be; none is left empty while there is enough for all.
    """
    tops = [0.0, *accumulate(heights)]
    # lowest[k][i]: the highest of k + 1 columns that hold all from i on
    lowest = [[tops[-1] - top for top in tops]]
    for _ in range(1, min(count, max(1, len(heights)))):
        left = lowest[-1]
        lowest.append([_cut(tops, left, first)[0] for first in range(len(heights))])
    columns, first = [], 0
    for left in reversed(lowest[:-1]):
        cut = _cut(tops, left, first)[1]
        columns.append(slice(first, cut))
        first = cut
    return [*columns, slice(first, len(heights))]


def _cut(tops: Sequence[float], left: Sequence[float], first: int) -> tuple[float, int]:
    """Return where the column that begins at one ends best, and how high all get then."""
    cuts = range(first + 1, min(len(left), len(tops) - 1))
    return min(((max(tops[k] - tops[first], left[k]), k) for k in cuts), default=(inf, first + 1))

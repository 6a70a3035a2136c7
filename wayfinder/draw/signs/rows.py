"""The rows of a sign: names wrapped and sized so that all fits, the farthest left out if need be.

Letters begin large and shrink until everything has room, but never below what the reading distance
needs. Then overlong names lose their second language, and then the farthest places go. Nothing is
ever cut off, and what is left out is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import inf

from wayfinder.draw.places import Text
from wayfinder.draw.signs.fonts import BOLD, REGULAR, letter_em, load_font
from wayfinder.draw.signs.marks import measure_chip
from wayfinder.draw.text import clean_text, split_text, wrap_text
from wayfinder.guide.face import FaceLine
from wayfinder.guide.pointing import find_side
from wayfinder.model.labels import SHOWN_CHARACTERS, Labels, pick_label
from wayfinder.model.sign import MOST_LINES

SECOND_EM = 0.46
"""Size of the second language in ems of the first."""

FIRST_LINE_EM = 1.08
SECOND_LINE_EM = 1.14
"""From baseline to baseline."""

ARROW_EM = 1.4
SYMBOL_EM = 1.16
GAP_EM = 0.28
PAD_EM = 0.12
"""Above and below each name at least; there is more where there is room."""

CHIP_EM = 1.0
_MORE_PAD_EM = 0.16
_GROUP_EM = 0.26
_SMALLER = 0.95
_WRAPS = 2
_FORCED_WRAPS = 4
_LEAST_LETTER_MM = 2.0


@dataclass(frozen=True, slots=True)
class Words:
    """What is written in a row besides its name, and the name by language.

    Parameters
    ----------
    line
        What is announced.
    texts
        The name, first language first.
    chips
        Floor and zone where it lies, written at the end of the row.
    """

    line: FaceLine
    texts: tuple[Text, ...]
    chips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row, set.

    Parameters
    ----------
    words
        What it says.
    first, second
        Lines of the name in each language; `second` may be empty.
    height
        In ems of the first language.
    starts
        Whether its arrow is drawn: it is the first of its direction in its column.
    """

    words: Words
    first: tuple[str, ...]
    second: tuple[str, ...]
    height: float
    starts: bool = True

    @property
    def wrapped(self) -> bool:
        """Whether its name takes more than a line in any language."""
        return len(self.first) > 1 or len(self.second) > 1


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows that fit.

    Parameters
    ----------
    em_mm
        Size of the first language.
    letter_mm
        Height of its letters.
    columns
        Rows of each column.
    height_mm
        Of the highest column.
    dropped, reduced
        Lines left out, and lines in the first language alone.
    """

    em_mm: float
    letter_mm: float
    columns: tuple[tuple[Row, ...], ...]
    height_mm: float
    dropped: tuple[FaceLine, ...] = ()
    reduced: tuple[FaceLine, ...] = ()


def name_in(labels: Labels, languages: Sequence[str]) -> tuple[Text, ...]:
    """Choose a name in each language, clean, none twice, as long as a plan may have it."""
    texts: dict[str, Text] = {}
    for language in languages:
        text = clean_text(pick_label(labels, language), limit=SHOWN_CHARACTERS)
        if text:
            texts.setdefault(text, Text(language, text))
    return tuple(texts.values())


@lru_cache(maxsize=16_384)
def wrap(text: str, width_em: float, lines: int, weight: str) -> tuple[str, ...] | None:
    """Break a text into few lines of a width, as evenly as it can be done.

    Returns
    -------
    tuple of str or None
        None where it takes more lines than that.
    """
    font = load_font(weight)
    for count in range(1, lines + 1):
        wrapped = wrap_text(text, count)
        torn = len(wrapped) > 1 and any(len(line) == 1 for line in wrapped)
        if not torn and all(font.measure_em(line) <= width_em for line in wrapped):
            return wrapped
    return None


def force_wrap(text: str, width_em: float, weight: str) -> tuple[str, ...]:
    """Break a text into as many lines as it takes, within words too where a word is too long."""
    font = load_font(weight)
    lines = [""]
    for piece in split_text(text):
        if font.measure_em((lines[-1] + piece).rstrip()) <= width_em:
            lines[-1] += piece
            continue
        if lines[-1]:
            lines.append("")
        for character in piece:
            if lines[-1] and font.measure_em(lines[-1] + character) > width_em:
                lines.append("")
            lines[-1] += character
    return tuple(line.strip() for line in lines if line.strip())


def fit_rows(
    words: Sequence[Words],
    *,
    width_mm: float,
    height_mm: float,
    least_letter_mm: float,
    most_letter_mm: float,
    columns: int = 1,
) -> Columns:
    """Set rows as large as they fit.

    Parameters
    ----------
    words
        What is announced, arrow by arrow.
    width_mm, height_mm
        Of a column.
    least_letter_mm, most_letter_mm
        Height of letters that the reading distance needs, and that looks well.
    columns
        How many columns there may be.

    Returns
    -------
    Columns
        The rows; letters are smaller than the least only where the emergency department, which
        is never left out, would not fit alone.
    """
    script = _find_script(words)
    kept, dropped = _choose_kept(words)
    room = _Room(width_mm, height_mm, columns)
    least = least_letter_mm / script
    # a name in one line is read faster than a larger one in two, above all in the first language
    larger, near = most_letter_mm / script, min(most_letter_mm / script, 1.3 * least)
    for wraps, second, most in ((1, 1, larger), (1, _WRAPS, near), (_WRAPS, _WRAPS, near)):
        size = most
        while size >= least:
            found = room.try_rows(kept, size, wraps=wraps, second=second)
            if found is not None:
                return _finish(found, size, script, room, dropped, [])
            size = least if least < size < least / _SMALLER else size * _SMALLER
    size = least
    while True:
        for reduced in (False, True):
            found = room.try_rows(kept, size, wraps=_FORCED_WRAPS, reduced=reduced)
            if found is not None:
                without = [r.words.line for c in found for r in c if _lost_second(r)]
                return _finish(found, size, script, room, dropped, without)
        if any(not one.line.emergency for one in kept):
            dropped.append(_drop_farthest(kept))
        elif size * script > _LEAST_LETTER_MM:
            size *= _SMALLER
        else:  # no page is that small
            raise ValueError("the sign is too small for a single line")


def holds_rows(
    words: Sequence[Words],
    *,
    width_mm: float,
    height_mm: float,
    letter_mm: float,
    columns: int = 1,
) -> bool:
    """Tell whether `fit_rows` would set all rows in all their languages with letters so high."""
    kept, _ = _choose_kept(words)
    room = _Room(width_mm, height_mm, columns)
    return room.try_rows(kept, letter_mm / _find_script(words), wraps=_WRAPS) is not None


def _find_script(words: Sequence[Words]) -> float:
    """Return how high letters of the first language look, in ems."""
    return letter_em("".join(text.text for one in words for text in one.texts[:1]))


def _choose_kept(words: Sequence[Words]) -> tuple[list[Words], list[Words]]:
    """Return the lines that one can read while walking, and those that are too many."""
    kept, dropped = list(words), []
    while len(kept) > MOST_LINES:
        dropped.append(_drop_farthest(kept))
    return kept, dropped


def _lost_second(row: Row) -> bool:
    return len(row.words.texts) > 1 and not row.second


def _finish(
    columns: tuple[tuple[Row, ...], ...],
    size: float,
    script: float,
    room: "_Room",
    dropped: list[Words],
    reduced: list[FaceLine],
) -> Columns:
    columns = room.spread(columns, size)
    height = max((room.measure(column) for column in columns), default=0.0) * size
    lines = tuple(one.line for one in dropped)
    return Columns(size, size * script, columns, height, lines, tuple(reduced))


def _drop_farthest(kept: list[Words]) -> Words:
    """Take out the farthest line, never the emergency department; of equal ones the last."""
    far = max(
        (i for i, one in enumerate(kept) if not one.line.emergency),
        key=lambda i: (inf if (d := kept[i].line.distance_m) is None else d, i),
        default=len(kept) - 1,
    )
    return kept.pop(far)


@dataclass(frozen=True, slots=True)
class _Room:
    """Where rows go: columns of a width and a height."""

    width_mm: float
    height_mm: float
    columns: int

    def try_rows(
        self,
        words: Sequence[Words],
        size: float,
        *,
        wraps: int,
        second: int = _WRAPS,
        reduced: bool = False,
    ) -> tuple[tuple[Row, ...], ...] | None:
        """Set rows in a size; None where one of them or all of them do not fit.

        A name takes at most `wraps` lines in the first language and `second` in the second one,
        which those of several lines lose where `reduced`.
        """
        rows: list[Row] = []
        for one in words:
            row = self._set_row(one, size, wraps, second, reduced=reduced)
            if row is None:
                return None
            rows.append(row)
        return self._split(rows, size)

    def _set_row(
        self, words: Words, size: float, wraps: int, seconds: int, *, reduced: bool
    ) -> Row | None:
        width = self.width_mm / size - ARROW_EM - SYMBOL_EM - 2 * GAP_EM
        chips = sum(measure_chip(chip, CHIP_EM) + GAP_EM * 0.7 for chip in words.chips)
        if chips and wrap(words.texts[0].text, width - chips, 1, BOLD) is None:
            words = replace(words, chips=())  # the name is worth more than where it lies
        width -= chips if words.chips else 0.0
        if width < 1.5:
            return None
        forced = wraps == _FORCED_WRAPS
        texts = [text.text for text in words.texts]
        first = wrap(texts[0], width, min(wraps, _WRAPS), BOLD)
        if first is None and forced:
            first = force_wrap(texts[0], width, BOLD)
        if first is None:
            return None
        second: tuple[str, ...] | None = ()
        if len(texts) > 1:
            second = wrap(texts[1], width / SECOND_EM, seconds, REGULAR)
            if second is None and not forced:
                return None
            if reduced and (len(first) > 1 or len(second or ()) > 1):
                second = ()
        second = second or ()
        height = len(first) * FIRST_LINE_EM + len(second) * SECOND_EM * SECOND_LINE_EM
        return Row(words, first, second, max(height, SYMBOL_EM) + 2 * PAD_EM)

    def _split(self, rows: list[Row], size: float) -> tuple[tuple[Row, ...], ...] | None:
        """Share rows among the columns, by directions where possible and evenly.

        What lies to the left goes into the left column, what lies to the right into the right one.
        """
        if self.columns == 1:
            column = _mark_starts(rows)
            return (column,) if self.measure(column) * size <= self.height_mm else None
        ordered = sorted(rows, key=lambda row: find_side(row.words.line.arrow))
        best: tuple[tuple[bool, float], tuple[tuple[Row, ...], ...]] | None = None
        for cut in range(1, len(ordered)) or range(1):
            parts = tuple(_mark_starts(part) for part in (ordered[:cut], ordered[cut:]))
            heights = [self.measure(part) * size for part in parts]
            if max(heights) > self.height_mm:
                continue
            torn = 0 < cut < len(ordered) and _arrow(ordered[cut - 1]) == _arrow(ordered[cut])
            rank = (torn, abs(heights[0] - heights[1]))
            if best is None or rank < best[0]:
                best = rank, parts
        return None if best is None else best[1]

    def spread(
        self, columns: tuple[tuple[Row, ...], ...], size: float
    ) -> tuple[tuple[Row, ...], ...]:
        """Share what room is left among the rows, as far as it looks well."""
        spare = self.height_mm / size - max((self.measure(rows) for rows in columns), default=0.0)
        most = max((len(rows) for rows in columns), default=1) or 1
        more = min(spare / most, 2 * _MORE_PAD_EM)
        return tuple(
            tuple(replace(row, height=row.height + more) for row in rows) for rows in columns
        )

    @staticmethod
    def measure(rows: Sequence[Row]) -> float:
        """Return the height of a column in ems."""
        return sum(row.height for row in rows) + _GROUP_EM * sum(r.starts for r in rows[1:])


def _arrow(row: Row) -> str:
    return str(row.words.line.arrow)


def _mark_starts(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Mark the rows whose arrow is drawn."""
    starts = [True, *(_arrow(a) != _arrow(b) for a, b in pairwise(rows))]
    return tuple(
        Row(row.words, row.first, row.second, row.height, start)
        for row, start in zip(rows, starts, strict=False)
    )


def place_rows(rows: Sequence[Row], em_mm: float) -> Iterator[tuple[Row, float]]:
    """Yield each row with its top in millimetres below that of its column."""
    y = 0.0
    for index, row in enumerate(rows):
        if index and row.starts:
            y += _GROUP_EM * em_mm
        yield row, y
        y += row.height * em_mm

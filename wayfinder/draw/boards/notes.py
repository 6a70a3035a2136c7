"""What stands at the foot of a board: closures with what to take instead, and notices.

A note is a text in each language. One that is too long for its place is shown in parts, one
language after the other, in letters that can still be read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wayfinder.draw.boards.texts import read_texts
from wayfinder.draw.places import Text
from wayfinder.draw.signs.fonts import BOLD, REGULAR, letter_em
from wayfinder.draw.signs.rows import force_wrap, wrap
from wayfinder.guide.board import Board, BoardClosure, BoardNotice
from wayfinder.model import Arrow

LINE_EM = 1.2
SECOND_EM = 0.72
SIGN_EM = 2.0
"""Width of the symbol at its left, and of the arrow at its right."""
GAP_EM = 0.5

_SMALLER = 0.92
_EVEN_LINES = 4
_MOST_PARTS = 4
"""So many parts of a note are shown in each language at most (ours)."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something at the foot of a board.

    Parameters
    ----------
    key
        Id of the notice, or of what is closed.
    texts
        What it says, first language first.
    category
        IMDF category of what is closed, which has the symbol; empty for a notice.
    is_closure
        Whether it tells of something closed.
    arrow
        Which way to go instead, or None.
    """

    key: str
    texts: tuple[Text, ...]
    category: str = ""
    is_closure: bool = False
    arrow: Arrow | None = None


@dataclass(frozen=True, slots=True)
class SetNote:
    """A note, or a part of one, set.

    Parameters
    ----------
    note
        What it is of.
    lines
        Lines of each language with their size in ems and their weight.
    em_mm
        Size of the first language.
    letter_mm
        Height of the smallest letters of the language that it begins with.
    is_cut
        Whether more of it is not shown.
    """

    note: Note
    lines: tuple[tuple[tuple[str, ...], float, str], ...]
    em_mm: float
    letter_mm: float
    is_cut: bool = False

    @property
    def height_em(self) -> float:
        """Height of all lines."""
        return sum(len(lines) * size * LINE_EM for lines, size, _ in self.lines)


def list_notes(board: Board, languages: Sequence[str]) -> tuple[Note, ...]:
    """List what stands at the foot, closures first."""
    closures = (_tell_closure(one, languages) for one in board.closures)
    notices = (_tell_notice(one, languages) for one in board.notices)
    return tuple(note for note in (*closures, *notices) if note.texts)


def _tell_closure(closure: BoardClosure, languages: Sequence[str]) -> Note:
    arrow = None if closure.instead is None else closure.instead.arrow
    texts = read_texts(closure.said, languages)
    return Note(closure.feature, texts, closure.category, is_closure=True, arrow=arrow)


def _tell_notice(notice: BoardNotice, languages: Sequence[str]) -> Note:
    return Note(notice.id, read_texts(notice.text, languages))


def fit_notes(
    notes: Sequence[Note], width_mm: float, height_mm: float, *, least_mm: float, most_mm: float
) -> tuple[SetNote, ...]:
    """Set notes, each in as many parts as it needs.

    Parameters
    ----------
    notes
        What is to be told.
    width_mm, height_mm
        Of the place of one note.
    least_mm, most_mm
        Smallest and largest size of an em.
    """
    return tuple(
        part for note in notes for part in _fit(note, width_mm, height_mm, least_mm, most_mm)
    )


def _fit(
    note: Note, width_mm: float, height_mm: float, least_mm: float, most_mm: float
) -> Iterator[SetNote]:
    size = most_mm
    while True:
        found = _set(note, note.texts, width_mm, size)
        if found.height_em * size <= height_mm:
            yield found
            return
        if size <= least_mm:
            break
        size = max(least_mm, size * _SMALLER)
    for text in note.texts:
        yield from _divide(note, text, width_mm, height_mm, size)


def _set(note: Note, texts: Sequence[Text], width_mm: float, size: float) -> SetNote:
    width = _measure_text(note, width_mm, size)
    lines = []
    for number, text in enumerate(texts):
        share, weight = (1.0, BOLD) if number == 0 else (SECOND_EM, REGULAR)
        even = wrap(text.text, width / share, _EVEN_LINES, weight)
        lines.append((even or force_wrap(text.text, width / share, weight), share, weight))
    script = letter_em(texts[0].text) if texts else 1.0
    return SetNote(note, tuple(lines), size, size * script)


def _measure_text(note: Note, width_mm: float, size: float) -> float:
    """Return the width that is left for words, in ems."""
    arrow = SIGN_EM + GAP_EM if note.arrow is not None else 0.0
    return max(2.0, width_mm / size - SIGN_EM - 3 * GAP_EM - arrow)


def _divide(
    note: Note, text: Text, width_mm: float, height_mm: float, size: float
) -> Iterator[SetNote]:
    """Yield the parts of a text in one language, as many lines each as there is room for."""
    width = _measure_text(note, width_mm, size)
    lines = force_wrap(text.text, width, BOLD)
    room = max(1, int(height_mm / (size * LINE_EM)))
    parts = [lines[at : at + room] for at in range(0, len(lines), room)]
    script = letter_em(text.text)
    for part in parts[:_MOST_PARTS]:
        cut = len(parts) > _MOST_PARTS
        yield SetNote(note, ((part, 1.0, BOLD),), size, size * script, is_cut=cut)

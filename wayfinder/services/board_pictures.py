"""Pictures of boards: what each shows now, drawn, in the languages of who reads it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from wayfinder.draw.boards.board import BoardDrawing, draw_board
from wayfinder.draw.boards.svg import write_board
from wayfinder.guide.board import Board
from wayfinder.guide.catalogues import translate
from wayfinder.guide.names import say_floor
from wayfinder.guide.pointing import name_arrow
from wayfinder.kept import Kept, keep_with
from wayfinder.model import Display, Labels, pick_label
from wayfinder.services.boards import make_board
from wayfinder.services.served import Served

_KEPT = 1_024


@dataclass(frozen=True)
class BoardPicture:
    """A board as a page shows it.

    Parameters
    ----------
    board
        What it shows.
    drawing
        How it is laid out.
    svg
        The drawing as an element of a page.
    title
        What it is.
    directions, closures, notices
        All that it says in lines, in the first language, for those who listen.
    digest
        Changes with anything of it.
    """

    board: Board
    drawing: BoardDrawing
    svg: str
    title: str
    directions: tuple[str, ...]
    closures: tuple[str, ...]
    notices: tuple[str, ...]
    digest: str


def picture_board(
    served: Served, display: Display, languages: Sequence[str], at: datetime
) -> BoardPicture:
    """Draw what a board shows now; kept until something changes, or a place opens or closes.

    Parameters
    ----------
    served
        The venue.
    display
        One of its displays.
    languages
        BCP 47 tags, the larger one first.
    at
        Aware instant.
    """
    holding = tuple(n for n, one in enumerate(served.conditions.closures) if one.holds_at(at))
    day = at.astimezone(served.router.schedule.zone).date()
    state = served.version_at(at), holding, day
    kept: Kept[object, _Shelf] = keep_with(served, "boards", lambda: Kept(_KEPT))
    shelf = kept.get((display, tuple(languages)), _Shelf)
    return shelf.get(served, display, tuple(languages), at, state)


class _Shelf:
    """Keeps the newest picture of a board as long as it is true; of those before none."""

    def __init__(self) -> None:
        self._known: tuple[object, BoardPicture] | None = None

    def get(
        self,
        served: Served,
        display: Display,
        languages: tuple[str, ...],
        at: datetime,
        state: object,
    ) -> BoardPicture:
        """Return the picture of a moment in a state; two that ask at once may make it twice."""
        before, known = self._known or (None, None)
        if known is not None and before == state and known.board.at <= at:
            until = known.board.until
            if until is None or at < until:
                return known
        board = make_board(served, display, at)
        if known is not None and replace(known.board, at=board.at, until=board.until) == board:
            made = replace(known, board=board)  # what is drawn is the same
        else:
            made = _picture(board, languages)
        self._known = state, made
        return made


def _picture(board: Board, languages: tuple[str, ...]) -> BoardPicture:
    drawing = draw_board(board, languages)
    first = drawing.languages[0]
    place = pick_label(board.head.here, first) or pick_label(board.head.building, first)
    title = translate(first, "board.title", place=place) if place else _say(first, "directions")
    svg = write_board(drawing, title)
    said = (
        tuple(_say_directions(board, first)),
        tuple(pick_label(one.said, first) for one in board.closures),
        tuple(pick_label(one.text, first) for one in board.notices),
    )
    digest = blake2b(repr((svg, said)).encode("utf-8", "replace"), digest_size=9).hexdigest()
    return BoardPicture(board, drawing, svg, title, *said, digest)


def _say(language: str, msgid: str) -> str:
    return translate(language, f"board.{msgid}")


def _say_directions(board: Board, language: str) -> list[str]:
    """Say each line as a sentence: what, on which floor, which way."""
    lines = [board.emergency] if board.emergency is not None else []
    said = []
    for one in (*lines, *board.lines):
        name = pick_label(one.line.labels, language)
        floor = say_floor(one.line.floor, language) if one.line.floor else ""
        if floor:
            name = translate(language, "board.floor", name=name, floor=floor)
        text = translate(
            language, "board.line", name=name, where=name_arrow(one.line.arrow, language)
        )
        if one.step_free is not None:
            where = name_arrow(one.step_free, language)
            text = translate(language, "board.wheels", text=text, where=where)
        said.append(_add(text, one.hours_note, language))
    return said


def _add(text: str, note: Labels, language: str) -> str:
    why = pick_label(note, language)
    return translate(language, "board.why", text=text, reason=why) if why else text

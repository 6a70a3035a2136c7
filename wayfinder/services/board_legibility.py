"""Whether a board can be read from where it should be: told to the staff, never to passers-by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wayfinder.checks.sight import METRES_PER_MM
from wayfinder.draw.boards.board import BoardDrawing
from wayfinder.guide.board import Board
from wayfinder.guide.catalogues import list_spoken, translate
from wayfinder.model import Display, DisplayKind, pick_label
from wayfinder.services.board_pictures import picture_board
from wayfinder.services.served import Served

PAGE_S = 10
"""How long a page of a board stays."""

_PATIENCE_S = 60
"""Who waits longer for a page to come again goes away (ours)."""
_NAMED = 5
_SLACK = 0.995


@dataclass(frozen=True, slots=True)
class BoardWarning:
    """Something that keeps a board from being read.

    Parameters
    ----------
    code
        Names it for programs.
    values
        What its words need: millimetres, metres, names by language.
    """

    code: str
    values: Mapping[str, Any]

    def say(self, language: str) -> str:
        """Say it to the staff."""
        return translate(language, f"legibility.{self.code}", **self.values)


def list_warnings(
    served: Served, display: Display, at: datetime | None = None
) -> tuple[BoardWarning, ...]:
    """List what keeps a board from being read from where it should be; none for a kiosk.

    Parameters
    ----------
    served
        The venue.
    display
        One of its displays.
    at
        Aware instant: what it shows then is judged; None is now.
    """
    if display.kind is not DisplayKind.BOARD:
        return ()
    languages = list_spoken(display.languages)
    picture = picture_board(served, display, languages, at or datetime.now(UTC))
    return tuple(judge(picture.board, picture.drawing))


def judge(board: Board, drawing: BoardDrawing) -> Iterator[BoardWarning]:
    """Yield what keeps a board from being read, by its drawing.

    The height of its letters in pixels times the pixel pitch is their height in millimetres; 25 of
    those are read from 7.5 m (house figure).
    """
    first = drawing.languages[0]
    if board.display.bearing_deg is None:
        yield BoardWarning("no-bearing", {})
    if board.display.pixel_pitch_mm is None:
        yield BoardWarning("unknown-pitch", {})
    else:
        yield from _judge_letters(board, drawing)
    if drawing.overlong:
        names = {one.line.to: pick_label(one.line.labels, first) for one in board.lines}
        said = [names.get(key, key) for key in drawing.overlong]
        yield BoardWarning("overlong", {"names": said[:_NAMED], "count": len(said)})
    if drawing.dropped:
        said = [pick_label(one.line.labels, first) for one in drawing.dropped]
        yield BoardWarning("left-out", {"names": said[:_NAMED], "count": len(said)})
    cycle_s = len(drawing.pages) * PAGE_S
    if cycle_s > _PATIENCE_S:
        yield BoardWarning("many-pages", {"count": len(drawing.pages), "seconds": cycle_s})
    if drawing.cut:
        yield BoardWarning("cut-notice", {"count": len(drawing.cut)})


def _judge_letters(board: Board, drawing: BoardDrawing) -> Iterator[BoardWarning]:
    letter_mm, needed_mm = drawing.letter_mm, board.letter_height_mm
    if letter_mm is not None and letter_mm < needed_mm * _SLACK:
        values = {
            "letter": f"{letter_mm:.0f}",
            "reach": f"{letter_mm * METRES_PER_MM:.1f}",
            "needed": f"{needed_mm:.0f}",
            "distance": f"{needed_mm * METRES_PER_MM:.1f}",
        }
        yield BoardWarning("low-letters", values)

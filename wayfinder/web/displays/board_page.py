"""The page of a board: a drawing with all its pages, which the style sheet turns, and its words."""

from collections.abc import Iterable
from functools import cached_property

from flask import Blueprint, Response
from markupsafe import Markup

from wayfinder.guide.catalogues import translate
from wayfinder.model import DisplayKind
from wayfinder.services.board_legibility import judge
from wayfinder.services.board_pictures import BoardPicture, picture_board
from wayfinder.services.fire.state import FireText, FireZone
from wayfinder.web.displays.common import DisplayPage, get_page, render

_FIRE_LETTERS = (150, 350, 800)
"""Letters of the texts of a fire, titles twice, from which on they are set smaller."""


class Board:
    """What the page of a board shows.

    Parameters
    ----------
    page
        Its page.
    """

    def __init__(self, page: DisplayPage) -> None:
        self._page = page

    @cached_property
    def picture(self) -> BoardPicture:
        """The drawing, the page's language first, and its words."""
        page = self._page
        languages = tuple(dict.fromkeys((page.language, *page.languages)))
        return picture_board(page.venue, page.display, languages, page.now)

    @property
    def svg(self) -> Markup:
        """The drawing as an element."""
        return Markup(self.picture.svg)  # noqa: S704 - the drawing escapes what it is given

    @property
    def remarks(self) -> str:
        """Codes of what keeps it from being read: for the staff, never in sight."""
        picture = self.picture
        return " ".join(one.code for one in judge(picture.board, picture.drawing))

    @cached_property
    def fire(self) -> list[tuple[str, FireText]]:
        """What is shown instead where the building burns: each language with its text."""
        languages = self._page.languages
        return [(tag, _read_text(zone, tag)) for zone in self._page.burning for tag in languages]

    @property
    def fire_size(self) -> int:
        """How small its letters are, so that all of it is in sight: 0 to 3."""
        letters = sum(len(text.title) * 2 + sum(map(len, text.lines)) for _, text in self.fire)
        return sum(letters > most for most in _FIRE_LETTERS)


def _read_text(zone: FireZone, language: str) -> FireText:
    """Return what a zone's approved texts say; where they are lost, what is true of any fire."""
    text = zone.pick_text(language)
    if text is not None:
        return text
    title = translate(language, "display.fire.plain-title", place=zone.name)
    return FireText(title, (translate(language, "display.fire.plain-line"),))


def register(blueprint: Blueprint) -> None:
    """Hang the addresses into the blueprint."""
    blueprint.add_url_rule("/board/<code>", "get_board", get_board)


def get_board(code: str) -> Response:
    """Make the page."""
    page = get_page(DisplayKind.BOARD, code)
    return render(page, "board.html", board=Board(page))


def list_files(page: DisplayPage) -> Iterable[str]:  # noqa: ARG001 - of the face's signature
    """List the addresses of what a board needs beside its page and the scripts.

    They change with the release and the program alone.
    """
    return ()


def list_later(page: DisplayPage) -> Iterable[tuple[str, str]]:  # noqa: ARG001 - as above
    """List what a board takes when it comes, and keeps as it was until then.

    Each an address, and a text that changes with its content.
    """
    return ()

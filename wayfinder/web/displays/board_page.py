"""The page of a board: a drawing with all its pages, which the style sheet turns, and its words."""

from collections.abc import Iterable
from functools import cached_property

from flask import Blueprint, Response
from markupsafe import Markup

from wayfinder.model import DisplayKind
from wayfinder.services.board_legibility import judge
from wayfinder.services.board_pictures import BoardPicture, picture_board
from wayfinder.services.fire.state import FireText
from wayfinder.web.displays.common import DisplayPage, get_page, render


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
        page = self._page
        state = page.venue.fire
        zones = state.list_zones(page.display.id) if state is not None else ()
        found = ((tag, zone.pick_text(tag)) for zone in zones for tag in page.languages)
        return [(tag, text) for tag, text in found if text is not None]

    @property
    def is_burning(self) -> bool:
        """Whether no way may be shown, be there a text or not."""
        state = self._page.venue.fire
        return state is not None and state.is_affected(self._page.display.id)


def register(blueprint: Blueprint) -> None:
    """Hang the addresses into the blueprint."""
    blueprint.add_url_rule("/board/<code>", "get_board", get_board)


def get_board(code: str) -> Response:
    """Make the page."""
    page = get_page(DisplayKind.BOARD, code)
    return render(page, "board.html", board=Board(page))


def list_files(page: DisplayPage) -> Iterable[str]:  # noqa: ARG001 - of the face's signature
    """List the addresses of what a board needs beside its page and the scripts."""
    return ()


def list_later(page: DisplayPage) -> Iterable[tuple[str, str]]:  # noqa: ARG001 - as above
    """List what a board takes when it comes, and keeps as it was until then.

    Each an address, and a text that changes with its content.
    """
    return ()

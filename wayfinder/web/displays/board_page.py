"""The page of a board."""

from collections.abc import Iterable

from flask import Blueprint, Response

from wayfinder.model import DisplayKind
from wayfinder.web.displays.common import DisplayPage, get_page, render


def register(blueprint: Blueprint) -> None:
    """Hang the addresses into the blueprint."""
    blueprint.add_url_rule("/board/<code>", "get_board", get_board)


def get_board(code: str) -> Response:
    """Make the page."""
    return render(get_page(DisplayKind.BOARD, code), "board.html")


def list_files(page: DisplayPage) -> Iterable[str]:  # noqa: ARG001 - of the face's signature
    """List the addresses of what a board needs beside its page and the scripts."""
    return ()


def list_later(page: DisplayPage) -> Iterable[tuple[str, str]]:  # noqa: ARG001 - as above
    """List what a board takes when it comes, and keeps as it was until then.

    Each an address, and a text that changes with its content.
    """
    return ()

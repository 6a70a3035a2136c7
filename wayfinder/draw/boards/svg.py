"""Boards as SVG: letters as outlines, so that no screen needs a font; pages that turn by style.

Every page is there at once, and the style sheet shows one after the other: nothing has to run for
that. Classes: ``turn`` on what turns, ``of-3`` among how many, ``at-0`` the how manieth.
"""

from html import escape
from itertools import count

from wayfinder.draw.boards.board import BoardDrawing, Items
from wayfinder.draw.signs.svg import ItemWriter
from wayfinder.draw.text import attribute

MOST_TURNS = 24
"""So many pages the style sheet can turn."""


def write_board(drawing: BoardDrawing, title: str) -> str:
    """Write a board as an element of a page.

    Parameters
    ----------
    drawing
        The board.
    title
        What it is, for those who listen; all that it says is to stand in the page besides.
    """
    writer = ItemWriter()
    body = _write(writer, drawing.items)
    pages = [_write(writer, items) for items in drawing.pages]
    notes = drawing.notes[:MOST_TURNS]
    feet = [_write(writer, items) for items, _ in notes]
    keys = [" ".join(keys) for _, keys in notes]
    clock = drawing.clock
    at = f'x="{clock.right_mm:.2f}" y="{clock.base_mm:.2f}" font-size="{clock.size_mm:.2f}"'
    width, height = f"{drawing.width_mm:.2f}", f"{drawing.height_mm:.2f}"
    language = attribute(drawing.languages[0])
    return (
        f'<svg class="board" viewBox="0 0 {width} {height}" lang="{language}" role="img"'
        f' aria-label="{attribute(title)}"><defs>{"".join(writer.definitions.values())}</defs>'
        f"{body}{_turn(pages, 'page', [''] * len(pages))}{_turn(feet, 'note', keys)}"
        f'<text class="clock" data-clock="" text-anchor="end" fill="{clock.colour}" {at}></text>'
        "</svg>"
    )


def _turn(parts: list[str], kind: str, keys: list[str]) -> str:
    """Write what turns; what is alone stays."""
    written = []
    for number, part, key in zip(count(), parts, keys, strict=False):
        turn = f" turn of-{len(parts)} at-{number}" if len(parts) > 1 else ""
        about = f' data-plays="{escape(key)}"' if key else ""
        written.append(f'<g class="{kind}{turn}"{about}>{part}</g>')
    return "".join(written)


def _write(writer: ItemWriter, items: Items) -> str:
    return "".join(writer.draw(item) for item in items)

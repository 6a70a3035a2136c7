"""A QR code on a terminal: who tries the demo scans a sign with a phone, as patients do."""

import sys
from urllib.parse import urlsplit

import click
import numpy as np

from wayfinder.draw.signs.code import QUIET_MODULES, make_modules

_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
_HALVES = " ▄▀█"
"""Two modules above each other as one letter: the upper one counts two, the lower one."""


def list_lines(address: str) -> list[str]:
    """Write the code of an address, black on white; no line where no phone could scan it.

    That is where what is printed goes into a file, or where only this computer is reached.
    """
    is_shown = sys.stdout.isatty() and (sys.stdout.encoding or "").lower().startswith("utf")
    if not is_shown or (urlsplit(address).hostname or "") in _HERE:
        return []
    return [
        "",
        *(click.style(f"  {line}", fg="black", bg="bright_white") for line in draw_code(address)),
    ]


def draw_code(address: str) -> list[str]:
    """Draw the code of an address with its quiet zone, two rows of modules a line."""
    dark = np.pad(make_modules(address), QUIET_MODULES)
    dark = np.pad(dark, ((0, len(dark) % 2), (0, 0)))
    halves = 2 * dark[::2].astype(int) + dark[1::2]
    return ["".join(_HALVES[half] for half in row) for row in halves]

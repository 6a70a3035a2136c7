"""Colours and sizes of a drawing, read from ``static/map/theme-<name>.json``."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from wayfinder.resources import static_dir

THEMES = ("light", "dark", "print")
"""``light`` for screens and colour print, ``dark`` for night, ``print`` for black ink alone."""

PAGE = "page"
"""The theme whose colours are the variables of a page's style sheet: one drawing, any look."""


@dataclass(frozen=True, slots=True)
class Theme:
    """How the parts of a drawing look.

    Parameters
    ----------
    name
        One of `THEMES`, or `PAGE`.
    fills
        Kind of area to its colour, ``#rrggbb``; of `PAGE` ``var(--wf-k-…)``.
    patterns
        Kind of area to the pattern over its colour: ``hatch``, ``dots`` or ``cross``.
    ink
        Part to its colour: ``text``, ``wall``, ``route``, ``here`` and so on.
    """

    name: str
    fills: Mapping[str, str]
    patterns: Mapping[str, str]
    ink: Mapping[str, str]


@cache
def load_theme(name: str) -> Theme:
    """Read a theme.

    Raises
    ------
    ValueError
        There is no theme of that name.
    """
    if name == PAGE:
        return _make_page_theme()
    if name not in THEMES:
        raise ValueError(f"no theme {name!r}; there are {', '.join((*THEMES, PAGE))}")
    document = json.loads((static_dir() / "map" / f"theme-{name}.json").read_text("utf-8"))
    parts = (MappingProxyType(document[key]) for key in ("fills", "patterns", "ink"))
    return Theme(name, *parts)


def _make_page_theme() -> Theme:
    light = load_theme("light")
    fills = {kind: f"var(--wf-k-{kind})" for kind in light.fills}
    ink = {part: f"var(--wf-{part})" for part in light.ink}
    return Theme(PAGE, MappingProxyType(fills), light.patterns, MappingProxyType(ink))


def write_variables(name: str) -> str:
    """Write a theme's colours as the CSS variables that drawings in the theme `PAGE` use."""
    theme = load_theme(name)
    fills = (f"--wf-k-{kind}:{colour}" for kind, colour in theme.fills.items())
    ink = (f"--wf-{part}:{colour}" for part, colour in theme.ink.items())
    return ";".join((*fills, *ink))

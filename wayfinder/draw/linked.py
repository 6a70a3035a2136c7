"""A drawing of a level in which areas are links: what can be done with a room, where it lies."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from wayfinder.draw.text import attribute

_AREA = re.compile(r'<path class="(k-[\w-]+)" data-id="([^"]*)"( d="[^"]*")/>')


@dataclass(frozen=True, slots=True)
class AreaLink:
    """Where an area leads.

    Parameters
    ----------
    href
        Where it leads.
    title
        What it is, in words: read aloud, and shown where one points.
    kind
        How it looks: a class of the page's style sheet; empty: as all others.
    """

    href: str
    title: str
    kind: str = ""


def link_areas(svg: str, find: Callable[[str], AreaLink | None]) -> str:
    """Make links of the areas of a drawing.

    Parameters
    ----------
    svg
        A drawing made with `Style.ids`, to stand in a page.
    find
        Finds the link of a feature's id, None where it has none.
    """

    def write(found: "re.Match[str]") -> str:
        kind, feature_id, shape = found.groups()
        link = find(unescape(feature_id))
        if link is None:
            return found[0]
        looks = f' class="{attribute(link.kind)}"' if link.kind else ""
        title = attribute(link.title)
        return (
            f'<a href="{attribute(link.href)}"{looks} aria-label="{title}">'
            f'<path class="{kind}"{shape}><title>{title}</title></path></a>'
        )

    return _AREA.sub(write, as_group(svg))


def as_group(svg: str) -> str:
    """Return a drawing that is no single picture to who listens, but a group of links."""
    return svg.strip().replace(' role="img"', ' role="group"', 1)

"""The map of a journey: every floor that it touches, one below the other on one page."""

import re

from wayfinder.draw.route import make_route
from wayfinder.draw.scene import make_scene
from wayfinder.draw.svg import write_svg
from wayfinder.model import Plan
from wayfinder.route import Journey

WIDTH_PX = 1000.0


def draw_journey(plan: Plan, journey: Journey, language: str) -> str:
    """Draw a journey as one SVG document.

    Parameters
    ----------
    plan
        The plan that it was found on.
    journey
        The way.
    language
        BCP 47 tag of the names.

    Returns
    -------
    str
        The floors from that of the start to that of the end, in the order in which one comes to
        them; a floor that one comes to twice is drawn once.
    """
    route = make_route(plan, journey, language=language)
    levels = dict.fromkeys(end.level_id for end in route.ends[:1])
    levels |= dict.fromkeys(segment.to_level for segment in journey.segments)
    floors = [
        write_svg(make_scene(plan, level, language=language), width_px=WIDTH_PX, route=route)
        for level in levels
    ]
    return floors[0] if len(floors) == 1 else _stack(floors)


def _stack(documents: list[str]) -> str:
    """Put documents of one width one below the other."""
    parts, top = [], 0.0
    for document in documents:
        size = re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', document)
        assert size is not None  # noqa: S101 - our own writer's head
        parts.append(f'<g transform="translate(0 {top:g})">{document}</g>')
        top += float(size[1])
    box = f'width="{WIDTH_PX:g}" height="{top:g}" viewBox="0 0 {WIDTH_PX:g} {top:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(parts)}</svg>\n'

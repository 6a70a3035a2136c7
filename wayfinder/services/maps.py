"""Maps for pages: drawn once, kept as long as the network that they show."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b

from wayfinder.draw.closed import Closed
from wayfinder.draw.overlay import Here
from wayfinder.draw.route import RouteDrawing, make_route
from wayfinder.draw.scene import Scene, make_scene
from wayfinder.draw.style import Style
from wayfinder.draw.svg import draw_level
from wayfinder.kept import keep_with
from wayfinder.model import Plan, find_display
from wayfinder.route.journey import Journey
from wayfinder.services.navigate import Way
from wayfinder.services.served import Served

_KEPT_SCENES = 96
_KEPT_DRAWINGS = 160
"""Drawings of a venue that a process remembers: some 40 KB each (ours)."""
_KEPT_ROUTES = 64


@dataclass(frozen=True, slots=True)
class MapSize:
    """How large a map is drawn.

    Parameters
    ----------
    width_px, height_px
        Of the picture; without a height it is as high as the level needs.
    text_scale
        Factor on its letters and symbols.
    """

    width_px: float = 400.0
    height_px: float | None = None
    text_scale: float = 1.0


@dataclass(frozen=True, slots=True)
class _Shown:
    """What tells one drawing from another, but for the route."""

    level_id: str
    language: str
    size: MapSize
    style: Style
    here: Here | None
    heads_up_deg: float | None
    fit: bool
    closed: Closed | None = None


def draw_floor(
    served: Served,
    level_id: str,
    *,
    language: str,
    size: MapSize,
    theme: str = "page",
    linked: bool = False,
    here: Here | None = None,
    around: bool = False,
) -> str:
    """Draw a floor, or the part of it around the reader.

    Parameters
    ----------
    served
        The venue.
    level_id
        Id of the level.
    language
        BCP 47 tag of the names.
    size
        How large.
    theme, linked
        As in `wayfinder.draw.style.Style`.
    here
        Where the reader stands; where the facing is known the map is heads up.
    around
        Whether only what lies around the reader is shown.

    Raises
    ------
    KeyError
        The plan has no level of that id.
    """
    shown = _Shown(
        level_id,
        language,
        size,
        _make_style(size, theme, linked=linked),
        here,
        here.facing_deg if here else None,
        around and here is not None,
    )
    return _find_drawings(served).draw(shown, None)


def draw_way(
    way: Way,
    level_id: str,
    *,
    language: str,
    size: MapSize,
    theme: str = "page",
    linked: bool = False,
    whole: bool = False,
) -> str:
    """Draw the part of a way that lies on a floor; its first floor heads up if the facing is known.

    Parameters
    ----------
    way
        The way.
    level_id, language, size, theme, linked
        As for `draw_floor`.
    whole
        Whether all of the floor is shown, not only what lies along the way.

    Raises
    ------
    KeyError
        The plan has no level of that id.
    """
    here = find_reader(way)
    first = here is not None and level_id == list_levels(way)[0]
    up_deg = here.facing_deg if here is not None and first else None
    shown = _Shown(
        level_id,
        language,
        size,
        _make_style(size, theme, linked=linked),
        here if first else None,
        up_deg,
        not whole,
    )
    return _find_drawings(way.served).draw(shown, way.journey)


def draw_without(
    served: Served, level_id: str, note: str, *, language: str, size: MapSize, theme: str = "page"
) -> str:
    """Draw a floor in place of a way over it that is no more: what is closed now is crossed out.

    Parameters
    ----------
    served
        The venue.
    level_id, language, size, theme
        As for `draw_floor`.
    note
        What is said above it.

    Raises
    ------
    KeyError
        The plan has no level of that id.
    """
    plan, now = served.plan, datetime.now(UTC)
    shut = {one.feature for one in served.conditions.closures if one.holds_at(now)}
    here = [one for one in sorted(shut) if one in plan and plan[one].level_id == level_id]
    shapes = [plan.find_geometry_m(one) for one in here]
    middles = [shape.representative_point() for shape in shapes if shape is not None]
    points = tuple(dict.fromkeys((point.x, point.y) for point in middles))
    shown = _Shown(
        level_id,
        language,
        size,
        _make_style(size, theme, linked=False),
        here=None,
        heads_up_deg=None,
        fit=False,
        closed=Closed(points, note),
    )
    return _find_drawings(served).draw(shown, None)


def name_line(way: Way) -> str:
    """Return what tells the line of a way from that of another one, for addresses."""
    lines = repr([(one.level, one.line) for one in way.journey.segments])
    return blake2b(lines.encode(), digest_size=6).hexdigest()


def list_levels(way: Way) -> tuple[str, ...]:
    """List the ids of the levels that a way touches, in the order in which one comes to them."""
    segments = way.journey.segments
    met = (level for segment in segments for level in (segment.level, segment.to_level))
    walked = {s.level for s in segments if s.level == s.to_level and s.length_m > 0}
    levels = tuple(dict.fromkeys(level for level in met if level in walked))
    if levels:
        return levels
    node = way.served.network.graph.nodes[way.journey.stops[-1].node]
    return (str(node["level"]),)


def find_reader(way: Way) -> Here | None:
    """Return where the reader of a way stands and looks, if a sign or a screen tells."""
    origin = way.journey.origin
    placed = way.served.signs.get(origin) or find_display(way.served.plan, origin)
    return None if placed is None else Here(placed.point, way.facing_deg)


class _Drawings:
    """The drawings of a network; threads may ask for the same one twice, never for a wrong one."""

    def __init__(self, plan: Plan) -> None:
        self.find_scene: Callable[[str, str], Scene] = lru_cache(_KEPT_SCENES)(
            lambda level_id, language: make_scene(plan, level_id, language=language)
        )
        self._find_route: Callable[[_Way, str], RouteDrawing] = lru_cache(_KEPT_ROUTES)(
            lambda way, language: make_route(plan, way.journey, language=language)
        )
        self._find_drawing: Callable[[_Shown, _Way | None], str] = lru_cache(_KEPT_DRAWINGS)(
            self._draw
        )

    def draw(self, shown: _Shown, journey: Journey | None) -> str:
        """Return a drawing."""
        return self._find_drawing(shown, None if journey is None else _Way(journey))

    def _draw(self, shown: _Shown, way: "_Way | None") -> str:
        route = None if way is None else self._find_route(way, shown.language)
        return draw_level(
            self.find_scene(shown.level_id, shown.language),
            width_px=shown.size.width_px,
            height_px=shown.size.height_px,
            route=route,
            you_are_here=shown.here,
            heads_up_deg=shown.heads_up_deg,
            fit_route=shown.fit,
            closed=shown.closed,
            style=shown.style,
        ).svg.strip()


class _Way:
    """A journey that equals another where the same line is drawn."""

    __slots__ = ("_key", "journey")

    def __init__(self, journey: Journey) -> None:
        self.journey = journey
        self._key = (journey.origin, journey.stops, journey.segments)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Way) and self._key == other._key


def _find_drawings(served: Served) -> _Drawings:
    return keep_with(served.network, "drawings", lambda: _Drawings(served.plan))


def _make_style(size: MapSize, theme: str, *, linked: bool) -> Style:
    return Style(theme=theme, text_scale=size.text_scale, zooms=2, legend=False, linked=linked)

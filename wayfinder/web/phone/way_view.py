"""A way as its page shows it: floors, steps, time, what to know."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from flask import request, url_for
from markupsafe import Markup

from wayfinder.guide.catalogues import translate
from wayfinder.guide.phrases import round_distance_m, say_step
from wayfinder.guide.step import Step, StepKind
from wayfinder.guide.steps import summarise
from wayfinder.guide.words import say_warning
from wayfinder.model import Level
from wayfinder.route import RouteWarning
from wayfinder.services.directory import Hit
from wayfinder.services.maps import MapSize, draw_way, list_levels, name_line
from wayfinder.services.navigate import Way
from wayfinder.services.unsure import find_unsure_steps
from wayfinder.web.phone.clock import say_minutes, say_moment
from wayfinder.web.phone.icons import draw_step
from wayfinder.web.phone.page import Page
from wayfinder.web.phone.reader import DEFAULT_PROFILE

MAP_WIDTH, MAP_HEIGHT = 400, 400
"""Pixels in which maps of a way are drawn; pages scale them to their width."""
_CHANGES = frozenset({StepKind.LIFT, StepKind.STAIRS, StepKind.ESCALATOR, StepKind.RAMP})


@dataclass(frozen=True, slots=True)
class Floor:
    """One floor of a way.

    Parameters
    ----------
    id
        Id of the level.
    label
        What stands on the lift's button.
    title
        The floor's or its building's name.
    zone
        Letter of the building's colour, or nothing.
    drawing
        The map where it is part of the page.
    address
        The map by its own address.
    heads_up_deg
        Compass direction at the top of the map, or None.
    """

    id: str
    label: str
    title: str
    zone: str
    drawing: Markup | None
    address: str
    heads_up_deg: float | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step.

    Parameters
    ----------
    number
        From 1.
    icon
        Picture of what one does.
    text
        What one does.
    level_id, to_level_id
        Where it begins and ends.
    start, end
        Metres, ``x y``.
    floor
        The floor's label, where one comes to another floor with this step's beginning.
    is_change
        Whether one changes floors.
    stop
        Number of the stop that one has reached, or None.
    is_unsure
        Whether it depends on what changes by the hour.
    """

    number: int
    icon: Markup
    text: str
    level_id: str
    to_level_id: str
    start: str
    end: str
    floor: str
    is_change: bool
    stop: int | None
    is_unsure: bool


@dataclass(frozen=True, slots=True)
class WayView:
    """All that the page of a way shows."""

    way: Way
    parts: list[str]
    origin: Hit | None
    stops: list[Hit]
    minutes: str
    distance: str
    counts: list[tuple[str, str]]
    arrive: str
    warnings: list[str]
    floors: list[Floor]
    steps: list[StepRow]
    digest: str
    data_from: str
    data_to: str
    share_path: str

    @property
    def goal(self) -> Hit | None:
        """Where it ends."""
        return self.stops[-1] if self.stops else None


def view_way(page: Page, way: Way, parts: list[str], ids: list[str]) -> WayView:
    """Make what the page of a way shows.

    Parameters
    ----------
    page
        The page.
    way
        The way.
    parts
        The places as the address names them, the start first.
    ids
        Their feature ids, or ``nearest:CATEGORY``.
    """
    journey = way.journey
    steps = list(_list_steps(page, way))
    warnings = [_say_warning(page, warning) for warning in journey.warnings]
    ordered = order_parts(parts, ids, way)
    low, high = journey.duration_range_s
    hits = [page.describe_start(stop.feature) for stop in journey.stops]
    return WayView(
        way=way,
        parts=ordered,
        origin=page.describe_start(journey.origin),
        stops=[hit for hit in hits if hit is not None],
        minutes=say_minutes(page, (low, high)),
        distance=translate(
            page.language, "distance.m", distance=round_distance_m(journey.distance_m)
        ),
        counts=[
            (what.partition(".")[0], translate(page.language, f"count.{what}", count=count))
            for what, count in summarise(journey).counts.items()
        ],
        arrive=say_moment(page, journey.departure),
        warnings=warnings,
        floors=_list_floors(page, way, ordered),
        steps=steps,
        digest=_digest(steps, warnings, way),
        data_from=parts[0],
        data_to=" ".join(stop.feature for stop in journey.stops),
        share_path=url_for(
            "phone.get_way",
            slug=page.venue.slug,
            places="/".join(ordered),
            # the look stays with who shares; the way that it chose does not
            profile=None if page.reader.profile == DEFAULT_PROFILE else page.reader.profile,
        ),
    )


def _say_warning(page: Page, warning: RouteWarning) -> str:
    """Say a warning, its moment as people do: "tomorrow at 8:00"."""
    time = warning.values.get("time")
    try:
        moment = datetime.fromisoformat(str(time))
    except ValueError:
        return say_warning(warning, page.language)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=page.now.tzinfo)
    values = {**warning.values, "time": say_moment(page, aware)}
    return say_warning(replace(warning, values=values), page.language)


def order_parts(parts: list[str], ids: list[str], way: Way) -> list[str]:
    """Return an address's places in the order in which they are visited, named as they were."""
    visited = [stop.feature for stop in way.journey.stops]
    if len(visited) < 3:
        return parts
    named = dict(zip(reversed(ids), reversed(parts), strict=True))
    if [one for one in ids[1:] if one in visited] == [one for one in visited if one in ids[1:]]:
        return parts
    return [parts[0], *(named.get(feature, feature) for feature in visited)]


def _list_steps(page: Page, way: Way) -> Iterator[StepRow]:
    unsure = find_unsure_steps(way)
    last = None
    for index, step in enumerate(way.steps):
        level = page.plan.find(step.start.level, Level)
        yield StepRow(
            number=index + 1,
            icon=draw_step(step),
            text=say_step(step, page.language),
            level_id=step.start.level,
            to_level_id=step.end.level,
            start=_write_point(step.start.point),
            end=_write_point(step.end.point),
            floor=page.say_floor_heading(level) if step.start.level != last else "",
            is_change=step.kind in _CHANGES,
            stop=_number_stop(step, way),
            is_unsure=index in unsure,
        )
        last = step.start.level


def _number_stop(step: Step, way: Way) -> int | None:
    several = len(way.journey.stops) > 1
    return step.stop + 1 if several and step.stop is not None else None


def _write_point(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _list_floors(page: Page, way: Way, parts: list[str]) -> list[Floor]:
    floors, line = [], name_line(way)
    for index, level_id in enumerate(list_levels(way)):
        level = page.plan.find(level_id, Level)
        drawing = _draw(page, way, level_id) if index == 0 else None
        floors.append(
            Floor(
                id=level_id,
                label=page.say_label(level),
                title=page.say_level_title(level),
                zone=page.find_zone(level),
                drawing=drawing,
                address=page.reader.url(
                    "get_way_map",
                    slug=page.venue.slug,
                    level_id=level_id,
                    places="/".join(parts),
                    line=line,
                    # as the page itself: who asks for Monday gets Monday's way
                    at=request.args.get("at") or None,
                    here=None,
                ),
                heads_up_deg=way.facing_deg if index == 0 else None,
            )
        )
    return floors


def _draw(page: Page, way: Way, level_id: str) -> Markup:
    size = make_size(page)
    drawing = draw_way(way, level_id, language=page.language, size=size, linked=True)
    return Markup(drawing)  # noqa: S704 - the drawing escapes what it is given


def make_size(page: Page) -> MapSize:
    """Return how large maps of ways are drawn for a reader."""
    return MapSize(MAP_WIDTH, MAP_HEIGHT, page.reader.text_scale)


def _digest(steps: list[StepRow], warnings: list[str], way: Way) -> str:
    """Make a text that changes when the way does."""
    digest = blake2b(digest_size=9)
    for text in (*(step.text for step in steps), *warnings):
        digest.update(f"{text}\0".encode("utf-8", "replace"))
    digest.update(repr([segment.line for segment in way.journey.segments]).encode())
    return digest.hexdigest()

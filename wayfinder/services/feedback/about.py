"""What a report is about: a sign, a screen, a place, or a spot on the way."""

import math
from dataclasses import dataclass

from shapely.geometry import Point

from wayfinder.languages import LANGUAGES
from wayfinder.model import Level, Sign, Unit, find_display
from wayfinder.model.sign_records import SignPlace
from wayfinder.services.directory import Spot
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues

_LONGEST = 80
_FAR_M = 1_000_000.0
"""No spot of a venue is further from its middle."""


@dataclass(frozen=True, slots=True)
class About:
    """What a report is about.

    Parameters
    ----------
    feature
        Id of the place, sign or screen; None: nobody knows.
    sign
        The sign at which it is written, or None.
    spot
        Where it is, or None.
    """

    feature: str | None = None
    sign: Sign | None = None
    spot: Spot | None = None

    @property
    def key(self) -> str:
        """Tells places apart when reports are counted."""
        return self.feature or ""


def find_about(venues: Venues, served: Served, at: str, spot: str = "") -> About:
    """Find what a report is about.

    Parameters
    ----------
    venues
        All that is served: knows codes of signs and screens.
    served
        The venue.
    at
        A sign's code, or the id of a sign, a screen or a place; empty: nobody said.
    spot
        ``LEVEL X Y``, metres in the venue's frame; empty: none. What cannot be read is as if not
        said: an address that was cut off still makes a report.
    """
    text = at.strip()[:_LONGEST]
    sign = (venues.find_sign_in(served, text) or served.signs.get(text)) if text else None
    read = _read_spot(served, spot)
    if read is not None:
        return About(_find_unit(served, read), sign, read)
    if sign is not None:
        return About(sign.id, sign, Spot(sign.level_id, *sign.point))
    screen = venues.find_display(text) if text else None
    if screen is not None and screen.served.slug == served.slug:
        display = screen.display
        return About(display.id, None, Spot(display.level_id, *display.point))
    if text in served.plan.features:
        return About(text, None, served.directory.find_spot(text))
    return About()


def locate(served: Served, about: About) -> SignPlace | None:
    """Return where a report is about, and what it is called now, to be kept with it."""
    spot, feature = about.spot, about.feature
    if spot is None or feature is None:
        return None
    placed = served.signs.get(feature) or find_display(served.plan, feature)
    unit = placed.unit_id if placed is not None else feature
    hits = {tag: served.directory.make_hit(unit, language=tag) for tag in LANGUAGES}
    known = {tag: hit for tag, hit in hits.items() if hit is not None}
    lon, lat = served.plan.frame.to_degrees(spot.x_m, spot.y_m)
    return SignPlace(
        release=served.snapshot.release.number,
        level=spot.level_id,
        unit=unit,
        place=(round(lon, 8), round(lat, 8)),
        name={tag: hit.name for tag, hit in known.items() if hit.name},
        floor={tag: hit.floor for tag, hit in known.items() if hit.floor},
        building={tag: hit.building for tag, hit in known.items() if hit.building},
    )


def _read_spot(served: Served, text: str) -> Spot | None:
    parts = text.strip()[: 2 * _LONGEST].rsplit(" ", 2)
    if len(parts) < 3 or served.plan.find(parts[0], Level) is None:
        return None
    try:
        x_m, y_m = float(parts[1]), float(parts[2])
    except ValueError:
        return None
    if not (math.isfinite(x_m) and math.isfinite(y_m) and max(abs(x_m), abs(y_m)) < _FAR_M):
        return None
    return Spot(parts[0], x_m, y_m)


def _find_unit(served: Served, spot: Spot) -> str | None:
    """Return the unit that a spot lies in, or the nearest one of its floor."""
    point, plan = Point(spot.x_m, spot.y_m), served.plan
    shapes = (
        (unit.id, plan.find_geometry_m(unit.id)) for unit in plan.list_on(spot.level_id, Unit)
    )
    near = [(shape.distance(point), shape.area, key) for key, shape in shapes if shape is not None]
    return min(near)[2] if near else None

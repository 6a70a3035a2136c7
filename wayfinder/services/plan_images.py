"""Pictures of plans that are drawn over: brought, laid where they belong, scaled by what one knows.

A picture lies with its middle at ``(x_m, y_m)`` of the plan's metres, each pixel ``m_per_px`` long,
turned clockwise by ``turn_deg``. Pixels count from the left and from the top.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from math import atan2, cos, degrees, hypot, isfinite, radians, sin
from typing import Any

from sqlalchemy.engine import Connection

from wayfinder.model import Level, Plan
from wayfinder.services.audit import note
from wayfinder.services.uploads.pictures import BroughtPicture
from wayfinder.store import ConflictError, InvalidError, Store
from wayfinder.store.audit import Actor, list_entries
from wayfinder.store.plan_images import (
    NewImage,
    PlanImage,
    add_plan_image,
    get_plan_image,
    list_plan_images,
    place_plan_image,
    read_picture,
    remove_plan_image,
)
from wayfinder.store.venues import VenueRecord, get_venue

BROUGHT, PLACED, REMOVED = "image-brought", "image-placed", "image-removed"
MOST_IMAGES = 60
"""Of a venue (ours): each is some megabytes of the store."""
_FAR_M = 20_000.0
_FINEST_M, _COARSEST_M = 0.0005, 5.0
"""Length of a pixel (ours): a scan of 1:50 with 600 dpi has 2 mm, a picture from the air 10 cm."""
_USUAL_WIDTH_M = 100.0
_AT_ONE_GO = timedelta(minutes=10)
"""Drags and turns of one picture are one thing that was done (ours)."""
_APART_PX = 5.0
_DIGITS = {"x_m": 3, "y_m": 3, "m_per_px": 7, "turn_deg": 4, "opacity": 3}

Pixel = tuple[float, float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a picture lies.

    Parameters
    ----------
    x_m, y_m
        Its middle, in metres of the plan's frame.
    m_per_px
        Metres a pixel.
    turn_deg
        By how much it is turned, clockwise.
    opacity
        How much is seen of it: 0 nothing, 1 all.
    """

    x_m: float = 0.0
    y_m: float = 0.0
    m_per_px: float = 0.02
    turn_deg: float = 0.0
    opacity: float = 0.6

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Placement":
        """Return the placement of some values, those that are missing as usual.

        Raises
        ------
        InvalidError
            One of them is no number, or none that a placement can have.
        """
        bounds = {
            "x_m": (-_FAR_M, _FAR_M),
            "y_m": (-_FAR_M, _FAR_M),
            "m_per_px": (_FINEST_M, _COARSEST_M),
            "turn_deg": (-3600.0, 3600.0),
            "opacity": (0.0, 1.0),
        }
        found = {}
        for name, (least, most) in bounds.items():
            if name not in values:
                continue
            value = values[name]
            known = isinstance(value, int | float) and not isinstance(value, bool)
            if not known or not isfinite(value) or not least <= value <= most:
                raise InvalidError("bad-placement", member=name, least=least, most=most)
            found[name] = float(value)
        if "turn_deg" in found:
            found["turn_deg"] = (found["turn_deg"] + 180.0) % 360.0 - 180.0
        return cls(**found)

    def write(self) -> dict[str, float]:
        """Return it as it is kept."""
        return {name: round(value, _DIGITS[name]) for name, value in asdict(self).items()}

    def find_point(self, pixel: Pixel, size_px: tuple[int, int]) -> Point:
        """Return where a pixel lies, in metres."""
        east, north = self._turn(pixel, size_px)
        return self.x_m + east, self.y_m + north

    def _turn(self, pixel: Pixel, size_px: tuple[int, int]) -> Point:
        """Return where a pixel lies seen from the middle, in metres."""
        right = (pixel[0] - size_px[0] / 2) * self.m_per_px
        up = (size_px[1] / 2 - pixel[1]) * self.m_per_px
        turn = radians(self.turn_deg)
        return right * cos(turn) + up * sin(turn), up * cos(turn) - right * sin(turn)

    def list_corners(self, size_px: tuple[int, int]) -> list[Point]:
        """Return its corners in metres: top left, top right, bottom right, bottom left."""
        width, height = size_px
        corners = ((0, 0), (width, 0), (width, height), (0, height))
        return [self.find_point(corner, size_px) for corner in corners]


@dataclass(frozen=True, slots=True)
class Measured:
    """A line on a picture of which is known how long it is.

    Parameters
    ----------
    first, second
        Its ends, in pixels.
    length_m
        How long it is.
    bearing_deg
        Which way it goes from first to second, clockwise from north; None: as it does now.
    first_at_m
        Where its first end lies, in metres; None: where it does now.
    """

    first: Pixel
    second: Pixel
    length_m: float
    bearing_deg: float | None = None
    first_at_m: Point | None = None


def calibrate(placement: Placement, size_px: tuple[int, int], measured: Measured) -> Placement:
    """Return how a picture lies once a line on it is as long as it is.

    Raises
    ------
    InvalidError
        The ends are one, or the picture would be larger or smaller than any.
    """
    (left, top), (right, bottom) = measured.first, measured.second
    length_px = hypot(right - left, bottom - top)
    if not isfinite(length_px) or length_px < _APART_PX:
        raise InvalidError("points-together", least_px=_APART_PX)
    if not isfinite(measured.length_m) or measured.length_m <= 0:
        raise InvalidError("bad-placement", member="length_m", least=0.01, most=_FAR_M)
    turn = placement.turn_deg
    if measured.bearing_deg is not None:
        turn = measured.bearing_deg - degrees(atan2(right - left, top - bottom))
    at = measured.first_at_m or placement.find_point(measured.first, size_px)
    turned = Placement.of(
        {
            **asdict(placement),
            "m_per_px": measured.length_m / length_px,
            "turn_deg": turn,
        }
    )
    now = turned.find_point(measured.first, size_px)
    moved = replace(turned, x_m=turned.x_m + at[0] - now[0], y_m=turned.y_m + at[1] - now[1])
    return Placement.of(asdict(moved))


def find_first_place(plan: Plan, level_id: str, size_px: tuple[int, int]) -> Placement:
    """Return where a picture lies at first: over its floor, as large as that."""
    level = plan.find(level_id, Level)
    shape = plan.find_geometry_m(level.id) if level is not None else None
    if shape is None or shape.is_empty:
        west = south = -_USUAL_WIDTH_M / 2
        east = north = _USUAL_WIDTH_M / 2
    else:
        west, south, east, north = shape.bounds
    width, height = size_px
    scale = min((east - west) / width, (north - south) / height)
    bounded = min(max(scale, _FINEST_M), _COARSEST_M)
    return Placement(x_m=(west + east) / 2, y_m=(south + north) / 2, m_per_px=bounded)


def bring_pictures(
    store: Store,
    slug: str,
    pictures: Iterable[BroughtPicture],
    *,
    plan: Plan,
    level_id: str,
    name: str,
    who: Actor,
) -> list[PlanImage]:
    """Keep pictures under a floor, in one transaction.

    Parameters
    ----------
    store
        The store.
    slug
        The venue.
    pictures
        What was read of the file that was brought.
    plan
        The plan that they are drawn over.
    level_id
        The floor that they are laid under.
    name
        Of the file.
    who
        Who brings them.

    Raises
    ------
    UnknownError
        There is no such venue.
    ConflictError
        There are too many already.
    """
    with store.write() as connection:
        venue = get_venue(connection, slug)
        return bring_in(
            connection, venue, list(pictures), plan=plan, level_id=level_id, name=name, who=who
        )


def bring_in(
    connection: Connection,
    venue: VenueRecord,
    pictures: Sequence[BroughtPicture],
    *,
    plan: Plan,
    level_id: str,
    name: str,
    who: Actor,
) -> list[PlanImage]:
    """Keep pictures under a floor in a transaction, as `bring_pictures` does."""
    if len(list_plan_images(connection, venue)) + len(pictures) > MOST_IMAGES:
        raise ConflictError("too-many-plan-images", limit=MOST_IMAGES)
    made = []
    for one in pictures:
        size_px = (one.width_px, one.height_px)
        image = NewImage(
            picture=one.path.read_bytes(),
            level=level_id,
            name=f"{name} · {one.page}" if len(pictures) > 1 or one.page > 1 else name,
            media_type=one.media_type,
            width_px=one.width_px,
            height_px=one.height_px,
            placement=find_first_place(plan, level_id, size_px).write(),
        )
        made.append(add_plan_image(connection, venue, image, who=who.name))
    details = {"name": name, "count": len(made)}
    note(connection, BROUGHT, who=who, venue=venue.slug, details=details)
    return made


def list_images(store: Store, slug: str, level_id: str | None = None) -> Sequence[PlanImage]:
    """List the pictures of a venue, or of one floor; raises UnknownError without such a venue."""
    with store.read() as connection:
        found = list_plan_images(connection, get_venue(connection, slug))
    return [one for one in found if level_id in {None, one.level}]


def get_image(store: Store, slug: str, image_id: int) -> PlanImage:
    """Return a picture's record; raises UnknownError where the venue has none of that id."""
    with store.read() as connection:
        return get_plan_image(connection, get_venue(connection, slug), image_id)


def read_image(store: Store, slug: str, image_id: int) -> tuple[PlanImage, bytes]:
    """Return a picture with what it shows.

    Raises
    ------
    UnknownError
        The venue has none of that id.
    DamagedError
        What is kept is not what was brought.
    """
    with store.read() as connection:
        venue = get_venue(connection, slug)
        return get_plan_image(connection, venue, image_id), read_picture(
            connection, venue, image_id
        )


def place_image(
    store: Store,
    slug: str,
    image_id: int,
    placement: Placement,
    *,
    who: Actor,
    level_id: str | None = None,
) -> PlanImage:
    """Lay a picture elsewhere.

    Parameters
    ----------
    store
        The store.
    slug
        The venue.
    image_id
        The picture.
    placement
        Where it lies from now on.
    who
        Who lays it there. What somebody does to one picture within some minutes is noted once.
    level_id
        The floor that it lies under, one of a plan of the venue; None: as before.

    Raises
    ------
    UnknownError
        The venue has no picture of that id.
    """
    with store.write() as connection:
        venue = get_venue(connection, slug)
        was = get_plan_image(connection, venue, image_id)
        now = place_plan_image(connection, venue, image_id, placement.write(), level=level_id)
        if now != was and not _is_noted(connection, venue, image_id, who):
            details = {"name": now.name, "image": image_id}
            note(connection, PLACED, who=who, venue=venue.slug, details=details)
        return now


def _is_noted(connection: Connection, venue: VenueRecord, image_id: int, who: Actor) -> bool:
    """Tell whether the last that somebody did was to lay this very picture elsewhere, just now."""
    last = next(iter(list_entries(connection, venue.organisation, who=who.name)), None)
    if last is None or datetime.now(UTC) - last.at > _AT_ONE_GO:
        return False
    done = last.action, last.venue, last.details.get("image")
    return done == (PLACED, venue.slug, image_id)


def remove_image(store: Store, slug: str, image_id: int, *, who: Actor) -> PlanImage:
    """Remove a picture; raises UnknownError where the venue has none of that id."""
    with store.write() as connection:
        venue = get_venue(connection, slug)
        image = remove_plan_image(connection, venue, image_id)
        note(connection, REMOVED, who=who, venue=venue.slug, details={"name": image.name})
        return image

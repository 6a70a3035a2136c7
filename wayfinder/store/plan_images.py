"""Images of plans that are drawn over: the picture once, where it lies as often as it is moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.model.canonical import HASH_PREFIX
from wayfinder.store.draft_tables import plan_images
from wayfinder.store.errors import DamagedError, UnknownError
from wayfinder.store.venues import VenueRecord


@dataclass(frozen=True, slots=True)
class PlanImage:
    """What the store knows of an image, the picture aside.

    Parameters
    ----------
    id
        Never used again.
    level
        Id of the level that it lies under.
    name
        Of the file that it was.
    media_type
        Such as ``image/png``.
    width_px, height_px
        Its size.
    hash
        Of the picture, ``sha256:…``.
    placement
        Where it lies on the metre plane, how large, how faint: as the editor has it.
    made_by, made_at
        Who brought it, and when.
    """

    id: int
    level: str
    name: str
    media_type: str
    width_px: int
    height_px: int
    hash: str
    placement: Mapping[str, Any]
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class NewImage:
    """An image that is brought; whoever read it has made sure that it is a picture.

    Parameters
    ----------
    picture
        The file.
    level, name, media_type, width_px, height_px, placement
        As in `PlanImage`.
    """

    picture: bytes
    level: str
    name: str
    media_type: str
    width_px: int
    height_px: int
    placement: Mapping[str, Any]


_RECORDS = sa.select(*(plan_images.c[name] for name in PlanImage.__slots__))


def add_plan_image(
    connection: Connection, venue: VenueRecord, image: NewImage, *, who: str
) -> PlanImage:
    """Keep an image under a level."""
    values = {name: getattr(image, name) for name in NewImage.__slots__}
    values |= {"placement": dict(image.placement), "hash": _digest(image.picture)}
    made = connection.execute(
        sa.insert(plan_images).values(
            venue_id=venue.id, made_by=who, made_at=datetime.now(UTC), **values
        )
    )
    (image_id,) = made.inserted_primary_key or (0,)
    return get_plan_image(connection, venue, image_id)


def list_plan_images(connection: Connection, venue: VenueRecord) -> list[PlanImage]:
    """List the images of a venue in the order that they were brought."""
    chosen = _RECORDS.where(plan_images.c.venue_id == venue.id).order_by(plan_images.c.id)
    return [PlanImage(*row) for row in connection.execute(chosen)]


def get_plan_image(connection: Connection, venue: VenueRecord, image_id: int) -> PlanImage:
    """Return an image by its id; raises UnknownError where the venue has none of that id."""
    chosen = _RECORDS.where(plan_images.c.venue_id == venue.id, plan_images.c.id == image_id)
    row = connection.execute(chosen).one_or_none()
    if row is None:
        raise UnknownError("unknown-plan-image", venue=venue.slug, id=image_id)
    return PlanImage(*row)


def read_picture(connection: Connection, venue: VenueRecord, image_id: int) -> bytes:
    """Return the picture of an image.

    Raises
    ------
    UnknownError
        The venue has no image of that id.
    DamagedError
        What is kept is not what was brought.
    """
    image = get_plan_image(connection, venue, image_id)
    chosen = sa.select(plan_images.c.picture).where(plan_images.c.id == image.id)
    picture = bytes(connection.execute(chosen).scalar_one())
    if _digest(picture) != image.hash:
        raise DamagedError("damaged-plan-image", hash=image.hash)
    return picture


def place_plan_image(
    connection: Connection,
    venue: VenueRecord,
    image_id: int,
    placement: Mapping[str, Any],
    *,
    level: str | None = None,
) -> PlanImage:
    """Lay an image elsewhere; raises UnknownError where the venue has none of that id."""
    image = get_plan_image(connection, venue, image_id)
    chosen = sa.update(plan_images).where(plan_images.c.id == image.id)
    connection.execute(
        chosen.values(placement=dict(placement), level=image.level if level is None else level)
    )
    return get_plan_image(connection, venue, image_id)


def remove_plan_image(connection: Connection, venue: VenueRecord, image_id: int) -> PlanImage:
    """Remove an image, and return it; raises UnknownError where there is none of that id."""
    image = get_plan_image(connection, venue, image_id)
    connection.execute(sa.delete(plan_images).where(plan_images.c.id == image.id))
    return image


def _digest(picture: bytes) -> str:
    return HASH_PREFIX + sha256(picture).hexdigest()

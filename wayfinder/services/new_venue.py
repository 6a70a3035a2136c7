"""A venue of which there is no plan yet: it is drawn from nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from wayfinder.edit.batch import Batch
from wayfinder.model import Frame, Labels, Plan
from wayfinder.services.audit import note
from wayfinder.services.drafts import Desk, Sent, append, open_draft, read_plan
from wayfinder.services.plan_images import bring_pictures
from wayfinder.services.uploads.pictures import BroughtPicture
from wayfinder.store import ConflictError, InvalidError, Store
from wayfinder.store.audit import Actor
from wayfinder.store.drafts import DraftRecord
from wayfinder.store.venues import VenueRecord, check_slug, find_venue, make_venue

MADE = "venue-made"
_LEAST_M, _MOST_M = 20.0, 5_000.0
"""Width of a site (ours): a practice, and a campus with its car parks."""
_GROUND: Labels = {"zh-Hans": "1F", "en": "1F"}


@dataclass(frozen=True, slots=True)
class NewSite:
    """What has to be known of a venue before anything is drawn.

    Parameters
    ----------
    name
        What it is called, by language.
    lon, lat
        Where its middle lies, in degrees.
    time_zone
        IANA time zone.
    width_m
        How wide the site is, about: the square that is drawn to begin with.
    """

    name: Labels
    lon: float
    lat: float
    time_zone: str
    width_m: float = 300.0

    def make_action(self) -> Batch:
        """Make the edit that begins a plan: the site, and a floor at street level.

        Raises
        ------
        InvalidError
            The site lies nowhere on earth, or is smaller or larger than any.
        """
        on_earth = abs(self.lon) <= 180 and abs(self.lat) <= 85  # beyond, metres are no plane
        if not on_earth:
            raise InvalidError("site-nowhere")
        if not _LEAST_M <= self.width_m <= _MOST_M:
            raise InvalidError("site-width", least_m=_LEAST_M, most_m=_MOST_M)
        frame, half = Frame(self.lon, self.lat), self.width_m / 2
        ring = [
            frame.to_degrees(x, y)
            for x, y in ((-half, -half), (half, -half), (half, half), (-half, half), (-half, -half))
        ]
        venue = {
            "kind": "add-venue",
            "id": str(uuid4()),
            "name": dict(self.name),
            "display_point": [self.lon, self.lat],
            "area": [[list(place) for place in ring]],
            "time_zone": self.time_zone,
        }
        level = {"kind": "add-level", "id": str(uuid4()), "ordinal": 0, "short_name": dict(_GROUND)}
        return Batch(actions=(venue, level))


def start_venue(
    store: Store, slug: str, organisation: str, name: Labels, *, who: Actor | None = None
) -> VenueRecord:
    """Make a venue without any release: a draft of it begins with an empty plan.

    Parameters
    ----------
    store
        The store.
    slug
        The venue's name in addresses.
    organisation
        Slug of its owner, made if need be.
    name
        What an organisation that is made is called.
    who
        Who makes it, for the log of the admins; None: nobody notes it.

    Raises
    ------
    ConflictError
        There is a venue of that name in addresses.
    InvalidError
        One of the slugs is none.
    """
    check_slug(slug)
    with store.write() as connection:
        if find_venue(connection, slug) is not None:
            raise ConflictError("venue-exists", venue=slug)
        made = make_venue(connection, slug, organisation, name)
        if who is not None:
            details: Mapping[str, str] = {"name": slug}
            note(connection, MADE, who=who, organisation=organisation, venue=slug, details=details)
        return made


def begin_drawing(
    desk: Desk, slug: str, site: NewSite, name: str, *, who: Actor, author: str
) -> DraftRecord:
    """Open the first draft of a venue that has no plan, with its site and a floor.

    Parameters
    ----------
    desk
        What the process works on drafts with.
    slug
        The venue.
    site
        What is known of it.
    name
        What the draft is called.
    who, author
        Who opens it, and what stands for them in its log.

    Raises
    ------
    EditError, InvalidError
        The site cannot be; nothing was made.
    UnknownError
        There is no such venue.
    """
    action = site.make_action()
    action.apply(Plan.of(()))
    draft = open_draft(desk, slug, name, who=who)
    return append(desk, slug, draft.id, action, Sent(author, f"begin-{draft.id}", seen=0)).draft


def make_from_pictures(
    desk: Desk,
    slug: str,
    organisation: str,
    site: NewSite,
    pictures: Sequence[BroughtPicture],
    *,
    names: tuple[str, str],
    who: Actor,
    author: str,
) -> DraftRecord:
    """Make a venue that is drawn over pictures, which have been read: they lie under its floor.

    Parameters
    ----------
    desk
        What the process works on drafts with.
    slug, organisation
        As for `start_venue`.
    site
        What is known of it.
    pictures
        What was read of the file.
    names
        What the draft is called, and what the file.
    who, author
        Who makes it, and what stands for them in the draft's log.

    Raises
    ------
    ConflictError, EditError, InvalidError
        As `start_venue` and `begin_drawing`.
    """
    drawn, file = names
    start_venue(desk.store, slug, organisation, {}, who=who)
    draft = begin_drawing(desk, slug, site, drawn, who=who, author=author)
    plan = read_plan(desk, slug, draft.id).plan
    level = next(iter(plan.levels)).id
    bring_pictures(desk.store, slug, pictures, plan=plan, level_id=level, name=file, who=who)
    return draft


def check_new(store: Store, slug: str, site: NewSite | None) -> None:
    """Refuse what `start_venue` and `begin_drawing` would, before anything is made.

    Raises
    ------
    ConflictError, InvalidError, EditError
        As they do.
    """
    check_slug(slug)
    with store.read() as connection:
        if find_venue(connection, slug) is not None:
            raise ConflictError("venue-exists", venue=slug)
    if site is None:
        return
    if not any(text.strip() for text in site.name.values()):
        raise InvalidError("venue-nameless")
    site.make_action().apply(Plan.of(()))

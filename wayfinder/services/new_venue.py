"""A venue of which there is no plan yet: it is drawn from nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy.engine import Connection

from wayfinder.edit.batch import Batch
from wayfinder.model import Frame, Labels, Plan
from wayfinder.services.audit import note
from wayfinder.services.drafts import Desk, Sent
from wayfinder.services.drafts.adding import keep
from wayfinder.services.drafts.begin import begin_in
from wayfinder.services.plan_images import bring_in
from wayfinder.services.uploads.pictures import BroughtPicture
from wayfinder.store import ConflictError, InvalidError, Store
from wayfinder.store.audit import Actor
from wayfinder.store.drafts import DraftRecord, find_draft_of, list_drafts
from wayfinder.store.releases import find_newest
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


@dataclass(frozen=True, slots=True)
class Underlay:
    """What is drawn over: pictures, read of a file, and what that is called."""

    pictures: Sequence[BroughtPicture]
    file: str


def start_venue(
    store: Store, slug: str, organisation: str, name: Labels, *, who: Actor | None = None
) -> VenueRecord:
    """Make a venue without any release: a draft of it begins with an empty plan.

    One of the organisation in which there is nothing yet is as good: the form that asks for it may
    have been sent twice, or the file that it was made for thrown away.

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
        There is a venue of that name in addresses, of others or with something in it.
    InvalidError
        One of the slugs is none.
    """
    check_slug(slug)
    with store.write() as connection:
        return _start(connection, slug, organisation, name, who)


def _start(
    connection: Connection, slug: str, organisation: str, name: Labels, who: Actor | None
) -> VenueRecord:
    known = _find_bare(connection, slug, organisation)
    if known is not None:
        return known
    made = make_venue(connection, slug, organisation, name)
    if who is not None:
        details: Mapping[str, str] = {"name": slug}
        note(connection, MADE, who=who, organisation=organisation, venue=slug, details=details)
    return made


def _find_bare(connection: Connection, slug: str, organisation: str) -> VenueRecord | None:
    """Return a venue of an organisation in which nothing is yet, or None where there is none.

    Raises
    ------
    ConflictError
        There is one of others, or with something in it.
    """
    known = find_venue(connection, slug)
    if known is None:
        return None
    is_begun = find_newest(connection, known) is not None or bool(list_drafts(connection, known))
    if is_begun or known.organisation != organisation:
        raise ConflictError("venue-exists", venue=slug)
    return known


def begin_drawing(
    desk: Desk,
    slug: str,
    organisation: str,
    site: NewSite,
    name: str,
    sent: Sent,
    *,
    who: Actor,
    under: Underlay | None = None,
) -> DraftRecord:
    """Make a venue with its first draft, a site and a floor in it: all of it, or nothing.

    What was made under the same key before is returned as it is now.

    Parameters
    ----------
    desk
        What the process works on drafts with.
    slug, organisation
        As for `start_venue`.
    site
        What is known of it.
    name
        What the draft is called.
    sent
        Who sends it, and under which key.
    who
        Who makes it.
    under
        What lies under the floor; None: nothing.

    Raises
    ------
    ConflictError, EditError, InvalidError
        As `start_venue`; or the site cannot be, or there are too many pictures.
    """
    check_slug(slug)
    action = site.make_action()
    with desk.store.write() as connection:
        known = find_venue(connection, slug)
        if known is not None:
            draft = find_draft_of(connection, known, sent.author, sent.key)
            if draft is not None:
                return draft
        venue = _start(connection, slug, organisation, {}, who)
        done = begin_in(desk, connection, venue, name, action, sent, who=who)
        if under is not None:
            level, file = next(iter(done.plan.levels)).id, under.file
            pictures = under.pictures
            bring_in(
                connection, venue, pictures, plan=done.plan, level_id=level, name=file, who=who
            )
    keep(desk, done)
    return done.draft


def check_new(store: Store, slug: str, organisation: str, site: NewSite | None) -> None:
    """Refuse what `start_venue` and `begin_drawing` would, before anything is made.

    Raises
    ------
    ConflictError, InvalidError, EditError
        As they do.
    """
    check_slug(slug)
    with store.read() as connection:
        _find_bare(connection, slug, organisation)
    if site is None:
        return
    if not any(text.strip() for text in site.name.values()):
        raise InvalidError("venue-nameless")
    site.make_action().apply(Plan.of(()))

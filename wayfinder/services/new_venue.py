"""A venue of which there is no plan yet: it is drawn from nothing."""

from wayfinder.model import Labels
from wayfinder.store import ConflictError, Store
from wayfinder.store.venues import VenueRecord, check_slug, find_venue, make_venue


def start_venue(store: Store, slug: str, organisation: str, name: Labels) -> VenueRecord:
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
        return make_venue(connection, slug, organisation, name)

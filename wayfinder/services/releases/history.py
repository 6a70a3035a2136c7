"""Which releases a venue has, and what came into force when."""

from dataclasses import dataclass

from wayfinder.store import Store
from wayfinder.store.releases import (
    Publication,
    ReleaseRecord,
    list_publications,
    list_releases,
)
from wayfinder.store.venues import get_venue


@dataclass(frozen=True, slots=True)
class History:
    """The releases of a venue.

    Parameters
    ----------
    published
        Number of the one in force, or None.
    releases
        All of them, newest first.
    publications
        What came into force when, newest first.
    """

    published: int | None
    releases: tuple[ReleaseRecord, ...]
    publications: tuple[Publication, ...]


def get_history(store: Store, slug: str) -> History:
    """Return the releases of a venue; raises UnknownError where there is no such venue."""
    with store.read() as connection:
        venue = get_venue(connection, slug)
        return History(
            venue.published,
            tuple(list_releases(connection, venue)),
            tuple(list_publications(connection, venue)),
        )

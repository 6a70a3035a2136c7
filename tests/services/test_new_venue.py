"""A venue may be there before any plan of it."""

import pytest

from wayfinder.services import releases
from wayfinder.services.new_venue import start_venue
from wayfinder.store import ConflictError, InvalidError, Store


def test_a_venue_is_made_once(store: Store) -> None:
    made = start_venue(store, "house", "north", {"en": "North"})
    assert (made.slug, made.organisation, made.published) == ("house", "north", None)
    assert releases.get_history(store, "house").releases == ()
    with pytest.raises(ConflictError, match="venue-exists"):
        start_venue(store, "house", "south", {})
    assert start_venue(store, "annex", "north", {}).organisation == "north"


@pytest.mark.parametrize(("slug", "organisation"), [("A B", "north"), ("house", "")])
def test_a_bad_slug_is_refused(store: Store, slug: str, organisation: str) -> None:
    with pytest.raises(InvalidError, match="bad-slug"):
        start_venue(store, slug, organisation, {})

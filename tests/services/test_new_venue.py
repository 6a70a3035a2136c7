"""A venue may be there before any plan of it."""

import pytest

from tests.drafted import ANN
from tests.signed import make_plan
from wayfinder.services import releases
from wayfinder.services.drafts import Desk, open_draft
from wayfinder.services.new_venue import MADE, start_venue
from wayfinder.store import ConflictError, InvalidError, Store
from wayfinder.store.audit import list_entries


def test_a_venue_is_made_once(store: Store) -> None:
    made = start_venue(store, "house", "north", {"en": "North"})
    assert (made.slug, made.organisation, made.published) == ("house", "north", None)
    assert releases.get_history(store, "house").releases == ()
    with pytest.raises(ConflictError, match="venue-exists"):
        start_venue(store, "house", "south", {})
    assert start_venue(store, "annex", "north", {}).organisation == "north"


def test_one_in_which_there_is_nothing_yet_is_as_good(store: Store) -> None:
    made = start_venue(store, "house", "north", {}, who=ANN)
    assert start_venue(store, "house", "north", {}, who=ANN) == made
    with store.read() as connection:
        noted = [entry.action for entry in list_entries(connection, "north")]
    assert noted.count(MADE) == 1
    open_draft(Desk(store), "house", "wing", who=ANN)
    with pytest.raises(ConflictError, match="venue-exists"):
        start_venue(store, "house", "north", {})
    releases.import_plan(store, "annex", make_plan())
    with pytest.raises(ConflictError, match="venue-exists"):
        start_venue(store, "annex", "default", {})


@pytest.mark.parametrize(("slug", "organisation"), [("A B", "north"), ("house", "")])
def test_a_bad_slug_is_refused(store: Store, slug: str, organisation: str) -> None:
    with pytest.raises(InvalidError, match="bad-slug"):
        start_venue(store, slug, organisation, {})

"""A venue has its name and its clock before any worker has built it."""

from zoneinfo import ZoneInfo

import sqlalchemy as sa

from tests.drafted import ANN
from tests.signed import make_plan
from wayfinder.services import releases
from wayfinder.services.drafts import Desk, open_draft
from wayfinder.services.unserved import UnservedSite, find_unserved_site
from wayfinder.store import Store, tables
from wayfinder.store.venues import get_venue


def find(store: Store) -> UnservedSite | None:
    with store.read() as connection:
        venue = get_venue(connection, "house")
    return find_unserved_site(Desk(store), venue)


def test_what_is_in_force_counts_and_before_it_the_newest_draft(store: Store) -> None:
    plan, zone = make_plan(), "Asia/Shanghai"
    venue = plan.venue
    assert venue is not None
    releases.import_plan(store, "house", plan.with_features(venue.with_wayfinder(time_zone=zone)))
    assert find(store) is None
    open_draft(Desk(store), "house", "wing", who=ANN)
    drawn = find(store)
    releases.publish(store, "house")
    # the draft began with what is in force now
    assert find(store) == drawn == UnservedSite(venue.name, ZoneInfo(zone))


def test_a_release_that_is_damaged_takes_no_page_away(store: Store) -> None:
    releases.import_plan(store, "house", make_plan({"spoilt": {}}))
    releases.publish(store, "house")
    with store.write() as connection:
        connection.execute(sa.update(tables.releases).values(plan=b"spoilt"))
    assert find(store) is None

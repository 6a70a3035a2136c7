"""A draft is published beside the server soon after somebody asked for it, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.drafted import ANN, Hand, rename
from tests.signed import make_plan
from wayfinder.services import releases
from wayfinder.services.background import Background, run_waiting
from wayfinder.services.drafts import Desk, open_draft
from wayfinder.services.publish_work import KIND, LONGEST_MIN, ask_publish, find_publish
from wayfinder.store import Store
from wayfinder.store.drafts import DraftRecord, get_draft
from wayfinder.store.jobs import JobRecord, put_job
from wayfinder.store.venues import get_venue

PUBLISHED = {"release": 2, "codes": 0, "lost": 0, "pending": 0}


@pytest.fixture
def draft(store: Store) -> DraftRecord:
    """Return a draft of a house in force, with a change."""
    releases.import_plan(store, "house", make_plan())
    releases.publish(store, "house")
    desk = Desk(store)
    made = open_draft(desk, "house", "wing", who=ANN)
    Hand(desk, made.id, "ann").do(rename("A", "X-ray"))
    with store.read() as connection:
        return get_draft(connection, get_venue(connection, "house"), made.id)


def publish(store: Store, draft: DraftRecord, waited: timedelta) -> JobRecord:
    """Ask for a draft, let some time go by, and do what waits then."""
    background = Background(store, starts=False)
    asked = ask_publish(background, "house", draft, who=ANN, note="x-ray")
    at = datetime.now(UTC) - waited
    with store.write() as connection:
        arguments = {**asked.arguments, "asked_at": at.isoformat()}
        put_job(connection, get_venue(connection, "house"), KIND, asked.key, arguments, who="ann")
    assert run_waiting(store) == 1
    found = find_publish(background, "house", draft.id)
    assert found is not None
    return found


def test_what_somebody_waits_for_is_published(store: Store, draft: DraftRecord) -> None:
    done = publish(store, draft, timedelta(minutes=LONGEST_MIN - 1))
    assert (done.state, done.result) == ("done", PUBLISHED)
    assert releases.get_history(store, "house").published == 2


def test_what_has_waited_too_long_is_not_until_somebody_asks_again(
    store: Store, draft: DraftRecord
) -> None:
    failed = publish(store, draft, timedelta(days=2))
    values = {"name": "wing", "minutes": LONGEST_MIN}
    assert failed.problem == {"code": "store.publish-waited", "values": values}
    assert releases.get_history(store, "house").published == 1
    assert publish(store, draft, timedelta()).result == PUBLISHED

"""What is done with drafts stands in the log of the admins; some of it is taken back there."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.drafted import ANN, BOB, Hand, rename
from wayfinder.services import releases
from wayfinder.services.drafts import (
    Desk,
    cancel_schedule,
    discard_draft,
    list_drafts,
    open_draft,
    publish_draft,
    rename_draft,
    reopen_draft,
    schedule_draft,
)
from wayfinder.services.drafts.noting import take_out
from wayfinder.services.going_back import go_back
from wayfinder.services.timetable import publish_due
from wayfinder.store import ConflictError, Store
from wayfinder.store.audit import AuditEntry, list_entries


def read_noted(store: Store) -> list[AuditEntry]:
    """Read what is noted of drafts, and so not of the release that they began with."""
    with store.read() as connection:
        noted = list_entries(connection, "default")[::-1]
    return [one for one in noted if one.action not in {releases.IMPORTED, releases.PUBLISHED}]


def test_what_is_done_is_noted(ann: Hand, house: Store) -> None:
    desk, at = ann.desk, datetime.now(UTC) + timedelta(hours=1)
    rename_draft(desk, "house", ann.draft, "old wing", who=BOB)
    discard_draft(desk, "house", ann.draft, who=ANN)
    reopen_draft(desk, "house", ann.draft, who=ANN)
    ann.do(rename("A", "X-ray"))
    planned = schedule_draft(desk, "house", ann.draft, 1, at, who=BOB).schedule
    cancel_schedule(desk, "house", planned.id, who=BOB)
    schedule_draft(desk, "house", ann.draft, 1, at, who=BOB)
    publish_due(house, at)
    noted = read_noted(house)
    assert [(one.action, one.who) for one in noted] == [
        ("draft-opened", "ann"),
        ("draft-renamed", "bob"),
        ("draft-discarded", "ann"),
        ("draft-reopened", "ann"),
        ("release-scheduled", "bob"),
        ("release-called-off", "bob"),
        ("release-scheduled", "bob"),
        ("release-came", "bob"),
    ]
    assert {one.venue for one in noted} == {"house"}
    assert noted[1].details == {"name": "old wing", "former": "new wing"}
    assert noted[-1].details == {"release": 2}


def test_what_was_put_away_is_taken_out_from_the_log(ann: Hand, house: Store) -> None:
    discard_draft(ann.desk, "house", ann.draft, who=ANN)
    entry = read_noted(house)[-1]
    with house.write() as connection:
        assert take_out(connection, entry, BOB) == {"name": "new wing"}
    assert list_drafts(ann.desk, "house")[0].is_open
    with pytest.raises(ConflictError, match="not-undoable"), house.write() as connection:
        take_out(connection, entry, BOB)


def test_a_publish_is_taken_back_from_the_log(ann: Hand, house: Store) -> None:
    ann.do(rename("A", "X-ray"))
    publish_draft(ann.desk, "house", ann.draft, 1, who=ANN)
    entry = read_noted(house)[-1]
    assert (entry.action, entry.undo) == ("draft-published", {"number": 2, "previous": 1})
    with house.write() as connection:
        assert go_back(connection, entry, BOB) == {"name": "new wing", "release": 1}
    history = releases.get_history(house, "house")
    assert (history.published, history.publications[0].published_by) == (1, "bob")
    with pytest.raises(ConflictError, match="not-undoable"), house.write() as connection:
        go_back(connection, entry, BOB)


def test_a_publish_that_changed_nothing_is_not_taken_back(desk: Desk, house: Store) -> None:
    draft = open_draft(desk, "house", "nothing", who=ANN)
    publish_draft(desk, "house", draft.id, 0, who=ANN)
    assert read_noted(house)[-1].undo is None

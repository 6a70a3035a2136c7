"""Drafts for tests: a row of each kind."""

from datetime import UTC, datetime

from sqlalchemy.engine import Connection

from wayfinder.store.drafts import EntryRecord, add_draft, add_entry, list_drafts
from wayfinder.store.plan_images import NewImage, add_plan_image
from wayfinder.store.schedules import add_schedule
from wayfinder.store.venues import get_venue

NOW = datetime(2030, 1, 1, 12, 30, tzinfo=UTC)


def make_entry(number: int = 1, *, key: str = "", author: str = "ann") -> EntryRecord:
    """Make an entry that takes room A away."""
    return EntryRecord(
        number=number,
        key=key or f"key-{number}",
        author=author,
        seen=number - 1,
        kind="delete",
        action={"kind": "delete", "id": "A"},
        revert={"kind": "restore", "features": {"A": {"id": "A", "name": "医院 \u2028 \\ '"}}},
        result={"A": None},
        touched=("A",),
        undoes=None,
        made_at=NOW,
    )


def fill_drafts(connection: Connection) -> None:
    """Put a draft with an entry, a release to come and an image into the store of a house."""
    venue = get_venue(connection, "house")
    add_draft(connection, venue, "new wing", base=(1, "sha256:0"), who="安")
    (draft,) = list_drafts(connection, venue)
    add_entry(connection, draft, make_entry())
    add_schedule(connection, venue, 2, NOW, upon=(1, None), draft=draft.id, who="安")
    image = NewImage(b"\x00\xff", "floor", "平面图.png", "image/png", 2, 1, {"turn_deg": 12.5})
    add_plan_image(connection, venue, image, who="安")

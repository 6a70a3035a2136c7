"""Drafts for tests: people who draw in one, and a row of each kind in a store."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from sqlalchemy.engine import Connection

from tests.ascii_plan import FRAME
from wayfinder.edit import Action, Restore
from wayfinder.edit.properties import Rename
from wayfinder.edit.vertices import MoveVertices
from wayfinder.model import Feature, Plan
from wayfinder.services.drafts import Appended, Changes, Desk, Sent, Take, append, list_changes
from wayfinder.services.drafts import redo as redo_action
from wayfinder.services.drafts import undo as undo_action
from wayfinder.store.audit import Actor
from wayfinder.store.drafts import EntryRecord, add_draft, add_entry, list_drafts
from wayfinder.store.plan_images import NewImage, add_plan_image
from wayfinder.store.schedules import add_schedule
from wayfinder.store.venues import get_venue

ANN, BOB = Actor("ann"), Actor("bob")
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


@dataclass
class Hand:
    """Somebody who draws in a draft of the house, and has seen what they were answered."""

    desk: Desk
    draft: int
    author: str
    seen: int = 0
    keys: Iterator[object] = field(default_factory=count)

    def send(self) -> Sent:
        """Make a key, as a browser would."""
        return Sent(self.author, f"{self.author}-{next(self.keys)}", self.seen)

    def do(
        self,
        action: Action,
        *,
        take: Take = Take.ASK,
        sent: Sent | None = None,
        told: int | None = None,
    ) -> Appended:
        """Do an action."""
        given = sent or self.send()
        done = append(self.desk, "house", self.draft, action, given, take=take, told=told)
        return self._hear(done)

    def undo(self) -> Appended:
        """Take the last own action back."""
        return self._hear(undo_action(self.desk, "house", self.draft, self.send()))

    def redo(self) -> Appended:
        """Do it again."""
        return self._hear(redo_action(self.desk, "house", self.draft, self.send()))

    def look(self) -> Changes:
        """See what others did."""
        found = list_changes(self.desk, "house", self.draft, self.seen)
        self.seen = found.draft.head
        return found

    def _hear(self, answer: Appended) -> Appended:
        self.seen = answer.draft.head
        return answer


def rename(feature: str, text: str) -> Rename:
    """Call a feature something else."""
    return Rename(feature=feature, names={"en": text})


def put(*features: Feature) -> Restore:
    """Draw features, or others in their place."""
    return Restore.of({feature.id: feature for feature in features})


def drop(*features: str) -> Restore:
    """Take features away."""
    return Restore.of(dict.fromkeys(features))


def move_corner(plan: Plan, feature: str, number: int, by_m: tuple[float, float]) -> MoveVertices:
    """Move a corner of a room, and with it those of its neighbours."""
    geometry = plan[feature].geometry
    assert geometry is not None
    corner = geometry["coordinates"][0][number]
    x, y = FRAME.to_metres(*corner)
    to = FRAME.to_degrees(x + by_m[0], y + by_m[1])
    return MoveVertices(feature=feature, moves=((tuple(corner), to),))

"""The tables of what is being drawn: drafts and their log, releases to come, images of plans."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from wayfinder.store.tables import metadata
from wayfinder.store.types import Instant, Json, SafeText

drafts = Table(
    "draft",
    metadata,
    # rows are never removed: what was discarded can be looked at, and opened again
    Column("id", Integer, Identity(), primary_key=True),
    Column("venue_id", ForeignKey("venue.id"), nullable=False, index=True),
    Column("name", SafeText, nullable=False),
    # the release that the log begins at; null: an empty plan
    Column("base_number", Integer),
    # of the plan that the log begins at
    Column("base_hash", SafeText, nullable=False),
    # the release in force of which the draft has everything; null: none was in force
    Column("merged_number", Integer),
    Column("owner", SafeText, nullable=False),
    Column("created_at", Instant, nullable=False),
    # when it was published, scheduled or discarded; null: it is open
    Column("closed_at", Instant),
    Column("closed_by", SafeText),
    # the release that was made of it; null while open, and where it was discarded
    Column("release_number", Integer),
    ForeignKeyConstraint(["venue_id", "base_number"], ["release.venue_id", "release.number"]),
    ForeignKeyConstraint(["venue_id", "merged_number"], ["release.venue_id", "release.number"]),
    ForeignKeyConstraint(["venue_id", "release_number"], ["release.venue_id", "release.number"]),
    CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed"),
    CheckConstraint("release_number IS NULL OR closed_at IS NOT NULL", name="release"),
    # whoever holds the id of a draft must not hit another one
    sqlite_autoincrement=True,
)

draft_actions = Table(
    "draft_action",
    metadata,
    # rows are only added, never changed: the log
    Column("draft_id", ForeignKey("draft.id"), primary_key=True),
    # counts from 1 in each draft
    Column("number", Integer, primary_key=True, autoincrement=False),
    # made by whoever sent it, so that what is sent twice is done once
    Column("key", SafeText, nullable=False),
    Column("author", SafeText, nullable=False),
    # the last entry that the author had seen
    Column("seen", Integer, nullable=False),
    Column("kind", SafeText, nullable=False),
    # what was asked for
    Column("action", Json, nullable=False),
    # the action that takes it back
    Column("revert", Json, nullable=False),
    # what came of it: id to feature, or null where it is gone. A log is read by this alone, so
    # that a later version of the program makes the same plan of it
    Column("result", Json, nullable=False),
    # ids of the features that it touched
    Column("touched", Json, nullable=False),
    # number of the entry that it takes back; null: none
    Column("undoes", Integer),
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("draft_id", "key"),
    CheckConstraint("number > 0", name="number"),
    CheckConstraint("seen >= 0 AND seen < number", name="seen"),
    CheckConstraint("undoes IS NULL OR undoes < number", name="undoes"),
)

schedules = Table(
    "schedule",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("venue_id", Integer, nullable=False),
    # the release that is to come into force
    Column("number", Integer, nullable=False),
    # the draft that it was made of; null: it was imported
    Column("draft_id", ForeignKey("draft.id"), index=True),
    # releases whose changes it has, or that it was to take the place of: only over one of them it
    # comes into force by itself; null among them stands for none
    Column("upon", Json, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("made_by", SafeText, nullable=False),
    Column("made_at", Instant, nullable=False),
    # when it came into force, was called off or turned out to be impossible; null: it is to come
    Column("done_at", Instant),
    Column("outcome", SafeText),
    # why it could not be: a code and its values
    Column("problem", Json, nullable=False),
    ForeignKeyConstraint(["venue_id", "number"], ["release.venue_id", "release.number"]),
    CheckConstraint("(done_at IS NULL) = (outcome IS NULL)", name="done"),
    CheckConstraint("outcome IN ('published', 'cancelled', 'refused')", name="outcome"),
    sqlite_autoincrement=True,
)

plan_images = Table(
    "plan_image",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("venue_id", ForeignKey("venue.id"), nullable=False, index=True),
    # id of the level that it lies under; the level may be in a draft alone
    Column("level", SafeText, nullable=False),
    # of the file that it was
    Column("name", SafeText, nullable=False),
    Column("media_type", SafeText, nullable=False),
    Column("width_px", Integer, nullable=False),
    Column("height_px", Integer, nullable=False),
    # of the picture, ``sha256:…``
    Column("hash", SafeText, nullable=False),
    Column("picture", LargeBinary, nullable=False),
    # where it lies on the metre plane, how large, how faint
    Column("placement", Json, nullable=False),
    Column("made_by", SafeText, nullable=False),
    Column("made_at", Instant, nullable=False),
    CheckConstraint("width_px > 0 AND height_px > 0", name="size"),
    sqlite_autoincrement=True,
)

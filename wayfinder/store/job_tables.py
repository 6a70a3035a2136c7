"""The table of work that is done in the background, and of what came of it."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Identity,
    Integer,
    Table,
    UniqueConstraint,
)

from wayfinder.store.tables import metadata
from wayfinder.store.types import Instant, Json, SafeText

jobs = Table(
    "job",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("venue_id", ForeignKey("venue.id"), nullable=False),
    # what is worked out
    Column("kind", SafeText, nullable=False),
    # of what: the same kind and key have the same answer
    Column("key", SafeText, nullable=False),
    # what the work needs to know
    Column("arguments", Json, nullable=False),
    # waiting, running, done or failed
    Column("state", SafeText, nullable=False),
    # what is done right now, and how much of all is done, 0 to 1
    Column("step", SafeText, nullable=False),
    Column("share", Float, nullable=False),
    # what came of it; null until it is done
    Column("result", Json),
    # why it failed: a code and its values; empty unless it did
    Column("problem", Json, nullable=False),
    Column("asked_by", SafeText, nullable=False),
    Column("asked_at", Instant, nullable=False),
    # which process does it; null while nobody does
    Column("runner", SafeText),
    Column("started_at", Instant),
    # when that process last said that it is alive
    Column("beat_at", Instant),
    Column("done_at", Instant),
    UniqueConstraint("venue_id", "kind", "key"),
    CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),
    CheckConstraint("(state IN ('done', 'failed')) = (done_at IS NOT NULL)", name="done"),
    CheckConstraint("share >= 0 AND share <= 1", name="share"),
    # whoever holds the id of a job must not hit another one
    sqlite_autoincrement=True,
)

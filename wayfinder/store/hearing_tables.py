"""The tables of what is heard back: what people report, and how often something happened a day."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
)

from wayfinder.store.tables import metadata
from wayfinder.store.types import Instant, Json, SafeText

feedback = Table(
    "feedback",
    metadata,
    # nothing in it says who reported: neither address, browser nor account
    Column("id", Integer, Identity(), primary_key=True),
    Column("venue_id", ForeignKey("venue.id"), nullable=False),
    # of the form that was sent, so that what is sent twice is kept once
    Column("key", SafeText, nullable=False, unique=True),
    Column("kind", SafeText, nullable=False),
    # id of the place or sign that it is about; null: the whole venue
    Column("feature", SafeText),
    # code of the sign at which it was written; null: at none
    Column("sign", SafeText),
    # where that is and what it was called then; empty where nobody knows
    Column("place", Json, nullable=False),
    # the sentence, numbers struck out; null: none, or removed since
    Column("text", SafeText),
    Column("language", SafeText, nullable=False),
    Column("source", SafeText, nullable=False),
    # to the quarter of an hour
    Column("made_at", Instant, nullable=False),
    Column("state", SafeText, nullable=False),
    # who looks after it, as staff note it
    Column("assigned", SafeText, nullable=False),
    Column("changed_by", SafeText, nullable=False),
    Column("changed_at", Instant, nullable=False),
    # the oldest one about the same, which speaks for it; null: it speaks for itself
    Column("merged_into", ForeignKey("feedback.id"), index=True),
    # what is shown at the place, by language; empty: nothing
    Column("answer", Json, nullable=False),
    Column("answer_until", Instant),
    CheckConstraint(
        "kind IN ('blocked', 'sign-missing', 'moved', 'lift-out', 'other')", name="kind"
    ),
    CheckConstraint("source IN ('phone', 'kiosk')", name="source"),
    CheckConstraint("state IN ('new', 'seen', 'in-work', 'done', 'refused')", name="state"),
    CheckConstraint("merged_into IS NULL OR merged_into < id", name="merged"),
    Index(None, "venue_id", "state"),
    # whoever holds the number of a report that is gone must not hit another one
    sqlite_autoincrement=True,
)

daily_counts = Table(
    "daily_count",
    metadata,
    # counts of what happened, never of who did it
    Column("venue_id", ForeignKey("venue.id"), primary_key=True),
    # ISO 8601 date on the clocks of the venue
    Column("day", SafeText, primary_key=True),
    Column("kind", SafeText, primary_key=True),
    # code of a sign, or category of a destination; empty: at no sign
    Column("key", SafeText, primary_key=True),
    Column("count", Integer, nullable=False),
    CheckConstraint("kind IN ('scan', 'goal', 'unmatched', 'lost')", name="kind"),
    CheckConstraint("count > 0", name="count"),
)

"""The tables. Every change to them comes with a migration; a test compares the two."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    false,
    true,
)
from sqlalchemy.types import Boolean

from wayfinder.store.types import Instant, Json, SafeText

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

organisations = Table(
    "organisation",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("slug", SafeText, nullable=False, unique=True),
    Column("name", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
)

venues = Table(
    "venue",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False, index=True),
    # the name in addresses
    Column("slug", SafeText, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    # number of the release in force; null until the first is published
    Column("published", Integer),
    # counts every change of anything the venue owns: what workers ask for
    Column("version", Integer, nullable=False),
    # counts the changes of what holds today
    Column("conditions_number", Integer, nullable=False),
)

releases = Table(
    "release",
    metadata,
    Column("venue_id", ForeignKey("venue.id"), primary_key=True),
    # counts from 1 in each venue
    Column("number", Integer, primary_key=True, autoincrement=False),
    # of the plan's canonical JSON, ``sha256:…``
    Column("hash", SafeText, nullable=False),
    # the canonical JSON, compressed by zlib
    Column("plan", LargeBinary, nullable=False),
    # errors by code, found at import: a release that has some is never published
    Column("errors", Json, nullable=False),
    Column("note", SafeText, nullable=False),
    Column("imported_by", SafeText, nullable=False),
    Column("imported_at", Instant, nullable=False),
    CheckConstraint("number > 0", name="number"),
)

publications = Table(
    "publication",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("venue_id", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    # what was in force before; null for the first
    Column("previous", Integer),
    Column("published_by", SafeText, nullable=False),
    Column("published_at", Instant, nullable=False),
    ForeignKeyConstraint(["venue_id", "number"], ["release.venue_id", "release.number"]),
    Index(None, "venue_id", "number"),
)

condition_sets = Table(
    "condition_set",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("venue_id", ForeignKey("venue.id"), nullable=False),
    Column("name", SafeText, nullable=False),
    Column("active", Boolean, nullable=False, server_default=false()),
    Column("switched_by", SafeText, nullable=False),
    Column("switched_at", Instant, nullable=False),
    # OSM opening_hours in which it is on; null: it is switched by hand alone
    Column("hours", SafeText),
    # when its hours switch it next; null: never
    Column("due_at", Instant),
    # until then who switched it and when is who made it and when
    Column("was_switched", Boolean, nullable=False, server_default=true()),
    UniqueConstraint("venue_id", "name"),
)

conditions = Table(
    "condition",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("venue_id", ForeignKey("venue.id"), nullable=False, index=True),
    # holds only while the set is on; null: always
    Column("set_id", ForeignKey("condition_set.id"), index=True),
    Column("kind", SafeText, nullable=False),
    # ids of the features, one lift on all its floors say; a notice about the whole venue has none
    Column("features", Json, nullable=False),
    # OSM opening_hours; null but for exceptional hours
    Column("hours", SafeText),
    # reason or notice by language
    Column("text", Json, nullable=False),
    Column("start_at", Instant),
    Column("end_at", Instant),
    Column("made_by", SafeText, nullable=False),
    Column("made_at", Instant, nullable=False),
    # of a notice: kinds of screens, ``phone`` say; none: all
    Column("shown_on", Json, nullable=False, server_default="[]"),
    # the system that said so; null: people
    Column("token_id", ForeignKey("api_token.id"), index=True),
    CheckConstraint("kind IN ('closure', 'hours', 'notice')", name="kind"),
    CheckConstraint("(kind = 'hours') = (hours IS NOT NULL)", name="hours"),
    CheckConstraint("start_at IS NULL OR end_at IS NULL OR start_at < end_at", name="span"),
    # whoever holds the id of a condition that is gone must not hit another one
    sqlite_autoincrement=True,
)

sign_codes = Table(
    "sign_code",
    metadata,
    # rows are never removed: a code is on a wall
    Column("code", SafeText, primary_key=True),
    # null: of a venue that is no longer kept here; never given out again
    Column("venue_id", ForeignKey("venue.id"), index=True),
    # id of the sign in the release in force, or the last one it had
    Column("feature", SafeText, nullable=False),
    # what one says on the telephone, to follow a sign whose id changed
    Column("ref", SafeText, nullable=False),
    Column("registered_at", Instant, nullable=False),
    # ids that it had in earlier releases, to know it again after a rollback
    Column("formerly", Json, nullable=False, server_default="[]"),
    # where it was in the last release in force that had it; empty before its first
    Column("place", Json, nullable=False, server_default="{}"),
)

sign_states = Table(
    "sign_state",
    metadata,
    # rows are changes, in their order; before the first a sign is planned
    Column("id", Integer, Identity(), primary_key=True),
    Column("code", ForeignKey("sign_code.code"), nullable=False, index=True),
    Column("state", SafeText, nullable=False),
    # when it came to be so, which may be before anybody noted it
    Column("since", Instant, nullable=False),
    # digest of what was printed; null where nobody said
    Column("drawing", SafeText),
    Column("made_by", SafeText, nullable=False),
    Column("made_at", Instant, nullable=False),
    CheckConstraint(
        "state IN ('planned', 'printed', 'mounted', 'damaged', 'removed')", name="state"
    ),
)

displays = Table(
    "display",
    metadata,
    # rows are never removed: an id stands in the settings of a browser somewhere
    Column("id", SafeText, primary_key=True),
    # null: of a venue that is no longer kept here; never given out again
    Column("venue_id", ForeignKey("venue.id"), index=True),
    # id of the display in the release in force, or the last one it had
    Column("feature", SafeText, nullable=False),
    Column("kind", SafeText, nullable=False),
    # what one says on the telephone, to follow a display whose id in the plan changed
    Column("ref", SafeText, nullable=False),
    # what the staff call it; empty: nothing else
    Column("name", SafeText, nullable=False),
    Column("registered_at", Instant, nullable=False),
    # ids that it had in earlier releases, to know it again after a rollback
    Column("formerly", Json, nullable=False),
    # of the one-time code with which it enrols, which is never kept
    Column("code_hash", SafeText),
    Column("code_until", Instant),
    # of its token, which is never kept
    Column("token_hash", SafeText, unique=True),
    Column("enrolled_at", Instant),
    Column("revoked_at", Instant),
    Column("removed_at", Instant),
    CheckConstraint("kind IN ('kiosk', 'board')", name="kind"),
    CheckConstraint("(code_hash IS NULL) = (code_until IS NULL)", name="code"),
)

display_reports = Table(
    "display_report",
    metadata,
    # the last one of each display: what it shows, not what anybody did at it
    Column("display", ForeignKey("display.id"), primary_key=True),
    Column("made_at", Instant, nullable=False),
    # hash of the release that it has rendered; null: none yet
    Column("release", SafeText),
    # and the number of the conditions
    Column("conditions", Integer),
    # version of the program that it runs
    Column("program", SafeText, nullable=False),
    Column("uptime_s", Integer, nullable=False),
    # since it was loaded
    Column("errors", Integer, nullable=False),
    # what the staff should know, by code
    Column("remarks", Json, nullable=False),
)

display_plays = Table(
    "display_play",
    metadata,
    Column("display", ForeignKey("display.id"), primary_key=True),
    # id of a notice, which may be over and gone
    Column("notice", SafeText, primary_key=True),
    # how often it was on the screen
    Column("count", Integer, nullable=False),
    Column("first_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    CheckConstraint("count > 0", name="count"),
)

tokens = Table(
    "api_token",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    # null: every venue
    Column("venue_id", ForeignKey("venue.id"), index=True),
    Column("name", SafeText, nullable=False),
    # of the token, which is never kept
    Column("hash", SafeText, nullable=False, unique=True),
    Column("scopes", Json, nullable=False),
    Column("made_by", SafeText, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("revoked_at", Instant),
    UniqueConstraint("venue_id", "name"),
)

# --- people --------------------------------------------------------------------------------------

people = Table(
    "person",
    metadata,
    # rows are never removed: drafts and the audit name them
    Column("id", Integer, Identity(), primary_key=True),
    # as it was typed
    Column("name", SafeText, nullable=False),
    # the name as it is compared; null: the person is gone, the name free
    Column("key", SafeText, unique=True),
    # argon2id; null: none set, or signs in elsewhere
    Column("password_hash", SafeText),
    # base32 of the second factor; null: none set up
    Column("totp_secret", SafeText),
    # number of the last half minute of which a code was taken: none is good twice
    Column("totp_step", Integer),
    # of the link with which one sets one's password, which is never kept
    Column("invite_hash", SafeText, unique=True),
    Column("invite_until", Instant),
    Column("made_by", SafeText, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("removed_at", Instant),
    # where a role was taken away last: who has none any more is found there
    Column("last_organisation_id", ForeignKey("organisation.id")),
    Column("last_venue_id", ForeignKey("venue.id")),
    CheckConstraint("(invite_hash IS NULL) = (invite_until IS NULL)", name="invite"),
    CheckConstraint("(key IS NULL) = (removed_at IS NOT NULL)", name="key"),
)

memberships = Table(
    "membership",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False, index=True),
    # the only venue that it is about; null: every one of the organisation
    Column("venue_id", ForeignKey("venue.id")),
    Column("role", SafeText, nullable=False),
    Column("made_by", SafeText, nullable=False),
    Column("made_at", Instant, nullable=False),
    CheckConstraint("role IN ('viewer', 'editor', 'publisher', 'admin')", name="role"),
    # of one person only one about all venues: the program sees to it, nulls differ from each other
    UniqueConstraint("person_id", "organisation_id", "venue_id"),
)

recovery_codes = Table(
    "recovery_code",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    # argon2id, with one salt for all of a person
    Column("hash", SafeText, nullable=False),
    Column("used_at", Instant),
)

identities = Table(
    "identity",
    metadata,
    # who a person is at the organisation's own sign-in
    Column("issuer", SafeText, primary_key=True),
    Column("subject", SafeText, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("made_at", Instant, nullable=False),
)

staff_sessions = Table(
    "staff_session",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    # of the secret in the cookie, which is never kept
    Column("hash", SafeText, nullable=False, unique=True),
    # of the one before, which is good a moment longer: other requests are under way with it
    Column("former_hash", SafeText, unique=True),
    Column("renewed_at", Instant, nullable=False),
    # the next request gets a new secret
    Column("renew", Boolean, nullable=False, server_default=false()),
    # null: nobody yet, on the way to the organisation's own sign-in
    Column("person_id", ForeignKey("person.id"), index=True),
    Column("stage", SafeText, nullable=False),
    # the browser and system, to know it again in a list
    Column("browser", SafeText, nullable=False),
    # what is kept between two pages: a factor being set up, a sign-in under way
    Column("data", Json, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    CheckConstraint("stage IN ('started', 'password', 'enrol', 'full')", name="stage"),
    CheckConstraint("(person_id IS NULL) = (stage = 'started')", name="person"),
    # a list shows ids, and one that is over must not mean another
    sqlite_autoincrement=True,
)

known_browsers = Table(
    "known_browser",
    metadata,
    # of a secret that a browser has in which somebody signed in before
    Column("hash", SafeText, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("seen_at", Instant, nullable=False),
)

guesses = Table(
    "guess",
    metadata,
    # of what was guessed, and from where: neither name nor address is kept
    Column("hash", SafeText, primary_key=True),
    # in a row, without a right one between them
    Column("count", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
    # nothing is looked at before
    Column("until", Instant, nullable=False),
    CheckConstraint("count > 0", name="count"),
)

audit = Table(
    "audit",
    metadata,
    # rows are added, never changed or removed
    Column("id", Integer, Identity(), primary_key=True),
    Column("at", Instant, nullable=False),
    # null: about no organisation, or about all
    Column("organisation_id", ForeignKey("organisation.id"), index=True),
    Column("venue_id", ForeignKey("venue.id"), index=True),
    # null: nobody who signed in, a command say
    Column("person_id", ForeignKey("person.id"), index=True),
    # what they were called then
    Column("who", SafeText, nullable=False),
    # what was done, by code
    Column("action", SafeText, nullable=False),
    # to what, and how it was before and is now; never a secret
    Column("details", Json, nullable=False),
    # what takes it back, for the service that knows the action; null: nothing does
    Column("undo", Json),
    # the entry that this one took back; null: none
    Column("undoes", ForeignKey("audit.id"), unique=True),
    sqlite_autoincrement=True,
)

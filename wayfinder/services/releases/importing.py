"""A plan becomes the next release of a venue: nobody sees it until it is published."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from wayfinder.checks import check_network
from wayfinder.formats.validation import list_plan_issues
from wayfinder.graph import build_network
from wayfinder.model import Issue, Labels, Plan, Severity, encode_plan
from wayfinder.services.audit import note as note_entry
from wayfinder.services.registry import register_codes
from wayfinder.store import ConflictError, InvalidError, Store
from wayfinder.store.audit import NOBODY, Actor
from wayfinder.store.releases import (
    PackedPlan,
    ReleaseRecord,
    add_release,
    find_newest,
    pack_plan,
)
from wayfinder.store.types import refuse_unstorable
from wayfinder.store.venues import VenueRecord, find_venue, make_venue

DEFAULT_ORGANISATION = "default"
IMPORTED = "release-imported"
"""What is noted for the admins, in the transaction that does it."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    Parameters
    ----------
    release
        The release.
    is_new
        Whether it is new; an import of what the newest release holds already changes nothing.
    """

    release: ReleaseRecord
    is_new: bool


def import_plan(
    store: Store,
    slug: str,
    plan: Plan,
    *,
    organisation: str | None = None,
    reading: Iterable[Issue] | None = None,
    note: str = "",
    who: Actor = NOBODY,
) -> Imported:
    """Keep a plan as the next release of a venue; nobody sees it until it is published.

    A venue that is not known yet is made. A plan that the newest release holds already is not kept
    twice.

    Parameters
    ----------
    store
        The store.
    slug
        The venue's name in addresses.
    plan
        The plan.
    organisation
        Slug of the organisation that owns the venue; it is made if need be. None: the one that
        owns it already, else ``default``.
    reading
        Issues that reading the file brought up; None: they are looked for.
    note
        What is new in it, in a few words.
    who
        Who imports it.

    Raises
    ------
    ConflictError
        The venue belongs to another organisation, or a code of a sign is somebody else's.
    InvalidError
        A slug or a code is none, or the plan holds what no database may hold.
    """
    packed = pack_plan(encode_storable(plan))
    errors = count_errors(plan, reading)
    with store.write() as connection:
        venue = _get_or_make(connection, slug, plan, organisation)
        made = keep_plan(connection, venue, plan, packed, errors=errors, note=note, who=who.name)
        if made.is_new:
            said = {"release": made.release.number, "note": note}
            note_entry(connection, IMPORTED, who=who, venue=slug, details=said)
        return made


def keep_plan(
    connection: Connection,
    venue: VenueRecord,
    plan: Plan,
    packed: PackedPlan,
    *,
    errors: Mapping[str, int],
    note: str = "",
    who: str = "",
) -> Imported:
    """Keep a plan as `import_plan` does, in a transaction that is open.

    Parameters
    ----------
    connection
        Open for writing.
    venue
        The venue.
    plan, packed
        The plan, and the same as it is kept.
    errors
        Its errors by code.
    note, who
        What is new in it, and who says so.

    Raises
    ------
    ConflictError
        A code of a sign is somebody else's.
    InvalidError
        A code is none.
    """
    newest = find_newest(connection, venue)
    if newest is not None and newest.hash == packed.hash:
        return Imported(newest, is_new=False)
    register_codes(connection, venue, plan)
    made = add_release(connection, venue, packed, errors=errors, note=note, who=who)
    return Imported(made, is_new=True)


def count_errors(plan: Plan, reading: Iterable[Issue] | None = None) -> Mapping[str, int]:
    """Count the errors of a plan by code: those that bar publishing."""
    found = list_plan_issues(plan) if reading is None else reading
    report = check_network(build_network(plan), reading=found)
    return Counter(issue.code for issue in report.issues if issue.severity is Severity.ERROR)


def encode_storable(plan: Plan) -> bytes:
    """Return the canonical JSON of a plan; raises InvalidError for what no database may hold."""
    try:
        canonical = encode_plan(plan)
    except (ValueError, TypeError, OverflowError) as error:
        raise InvalidError("unstorable-json", problem=str(error)) from None
    if b"\\u0000" in canonical:
        refuse_unstorable(canonical.decode("utf-8").replace("\\\\", "").replace("\\u0000", "\0"))
    return canonical


def _get_or_make(
    connection: Connection, slug: str, plan: Plan, organisation: str | None
) -> VenueRecord:
    venue = find_venue(connection, slug)
    if venue is None:
        name: Labels = plan.venue.name if plan.venue else {}
        return make_venue(connection, slug, organisation or DEFAULT_ORGANISATION, name)
    if organisation is not None and organisation != venue.organisation:
        owner = venue.organisation
        raise ConflictError("venue-taken", venue=slug, organisation=organisation, owner=owner)
    return venue

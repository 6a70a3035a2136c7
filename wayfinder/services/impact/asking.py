"""Asking for an impact that is worked out in the background, and its working out."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.engine import Connection

from wayfinder.model import Plan
from wayfinder.services.background import Background, JobRecord, Run
from wayfinder.services.drafts.desk import Desk
from wayfinder.services.drafts.read import read_plan
from wayfinder.services.impact.document import write_impact
from wayfinder.services.impact.impact import find_draft_impact, find_release_impact
from wayfinder.services.signage import digest_states, read_entries
from wayfinder.store import ConflictError, Store
from wayfinder.store.conditions import read_conditions
from wayfinder.store.drafts import find_key, get_draft
from wayfinder.store.releases import get_release, read_release
from wayfinder.store.venues import VenueRecord, get_venue

DRAFT, RELEASES = "draft-impact", "release-impact"
"""Kinds of work, see `wayfinder.services.background.kinds`."""
_VERSION = 4
"""Goes up with every change of what is found, so that no old answer is taken for a new one."""


def ask_draft_impact(
    background: Background,
    store: Store,
    slug: str,
    draft_id: int,
    number: int,
    *,
    who: str,
) -> JobRecord | None:
    """Ask what publishing a draft would do to everybody.

    Parameters
    ----------
    background
        Does it.
    store
        The store.
    slug
        The venue.
    draft_id
        The draft.
    number
        The entry after which it would be published.
    who
        Who asks.

    Returns
    -------
    JobRecord or None
        How far it has come; None where nothing is in force that it could be held against.

    Raises
    ------
    UnknownError
        There is no such venue or draft.
    """
    with store.read() as connection:
        venue = get_venue(connection, slug)
        draft = get_draft(connection, venue, draft_id)
        if venue.published is None:
            return None
        base = get_release(connection, venue, venue.published)
        log_key = find_key(connection, draft, number) if number else draft.base_hash
        state = _read_state(connection, venue)
    key = _make_key(draft_id, number, log_key, base.number, base.hash, state)
    arguments = {"draft": draft_id, "number": number, "base": base.number, **state}
    return background.ask(slug, DRAFT, key, arguments, who=who)


def ask_release_impact(
    background: Background,
    store: Store,
    slug: str,
    before: int,
    after: int,
    *,
    who: str,
) -> JobRecord:
    """Ask what putting a release in the place of another one would do to everybody.

    Parameters
    ----------
    background, store, slug, who
        As for `ask_draft_impact`.
    before, after
        Numbers of the releases.

    Raises
    ------
    UnknownError
        There is no such venue or release.
    """
    with store.read() as connection:
        venue = get_venue(connection, slug)
        hashes = [get_release(connection, venue, number).hash for number in (before, after)]
        state = _read_state(connection, venue)
    key = _make_key(before, after, *hashes, state)
    arguments = {"before": before, "after": after, **state}
    return background.ask(slug, RELEASES, key, arguments, who=who)


def run_draft(run: Run) -> Any:  # noqa: ANN401 - JSON
    """Find what publishing a draft would do: the work of the kind `DRAFT`."""
    run.tell("reading", 0.0)
    desk, asked = Desk(run.store), run.arguments
    draft_id, number = asked["draft"], asked["number"]
    with run.store.read() as connection:
        venue = get_venue(connection, run.slug)
        if venue.published != asked["base"]:
            raise ConflictError("release-moved", venue=run.slug, published=venue.published)
        before = read_release(connection, venue, asked["base"]).plan
    found = find_draft_impact(
        desk, run.slug, draft_id, number, closed=asked["closed"], tell=run.tell
    )
    if found is None:
        return None
    after = read_plan(desk, run.slug, draft_id, number).plan
    return write_impact(found, (before, after), codes=_read_codes(run, before, after))


def run_releases(run: Run) -> Any:  # noqa: ANN401 - JSON
    """Find what a release does in the place of another: the work of the kind `RELEASES`."""
    run.tell("reading", 0.0)
    asked = run.arguments
    numbers = asked["before"], asked["after"]
    found = find_release_impact(
        run.store, run.slug, *numbers, closed=asked["closed"], tell=run.tell
    )
    with run.store.read() as connection:
        venue = get_venue(connection, run.slug)
        plans = [read_release(connection, venue, number).plan for number in numbers]
    return write_impact(found, plans, codes=_read_codes(run, *plans))


def _read_state(connection: Connection, venue: VenueRecord) -> dict[str, Any]:
    """Return what an impact depends on beside the plans: what is closed, which signs hang."""
    now = datetime.now(UTC)
    closures = read_conditions(connection, venue, now).closures
    closed = sorted({one.feature for one in closures if one.holds_at(now)})
    return {"closed": closed, "signs": digest_states(read_entries(connection, venue))}


def _make_key(*parts: object) -> str:
    return sha256(repr((_VERSION, *parts)).encode()).hexdigest()


def _read_codes(run: Run, *plans: Plan) -> Mapping[str, str]:
    """Return the codes of the venue's signs by the ids that they have in any of the plans."""
    with run.store.read() as connection:
        entries = read_entries(connection, get_venue(connection, run.slug))
    known = sorted(entries, key=lambda one: one.is_in_force)
    return {
        key: one.code
        for one in known
        for key in (*one.formerly, one.feature)
        if any(key in plan for plan in plans)
    }

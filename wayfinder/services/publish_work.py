"""A draft is put into force beside the server: to find out whether it may takes seconds."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from wayfinder.services.background import Background, JobRecord, Run
from wayfinder.services.drafts import (
    Desk,
    DraftPublished,
    publish_draft,
    schedule_draft,
)
from wayfinder.services.release_issues import find_draft_issues
from wayfinder.store import ConflictError
from wayfinder.store.audit import Actor
from wayfinder.store.drafts import DraftRecord, get_draft
from wayfinder.store.jobs import DONE
from wayfinder.store.venues import get_venue

KIND = "draft-publish"
"""A kind of work, see `wayfinder.services.background.kinds`."""
LONGEST_MIN = 15
"""Whoever asked waits no longer for it: a server that was down does it no more (ours)."""


def ask_publish(
    background: Background,
    slug: str,
    draft: DraftRecord,
    *,
    who: Actor,
    note: str,
    at: datetime | None = None,
) -> JobRecord:
    """Ask for a draft to be put into force as it is now; what was refused before is tried again.

    Parameters
    ----------
    background
        Does it.
    slug
        The venue.
    draft
        The draft: what somebody adds to it meanwhile is not published, but refuses it.
    who
        Who publishes.
    note
        What is new in it.
    at
        Aware instant at which it comes into force; None: as soon as it is checked.

    Raises
    ------
    UnknownError
        There is no such venue.
    """
    arguments = {
        "draft": draft.id,
        "number": draft.head,
        "who": who.name,
        "person": who.person_id,
        "note": note,
        "at": None if at is None else at.isoformat(),
        "asked_at": datetime.now(UTC).isoformat(),
    }
    keys = _list_keys(draft.id)
    key = next(one for one in keys if not _is_done(background.find(slug, KIND, one)))
    return background.ask(slug, KIND, key, arguments, who=who.name, again=True)


def find_publish(background: Background, slug: str, draft_id: int) -> JobRecord | None:
    """Return how far a draft's publishing is, begun anew where it was killed; None: not asked."""
    found: JobRecord | None = None
    for key in _list_keys(draft_id):
        later = background.find(slug, KIND, key)
        if later is None:
            break
        found = later
    if found is None or found.is_over:
        return found
    return background.ask(slug, KIND, found.key, found.arguments, who=found.asked_by)


def _list_keys(draft_id: int) -> Iterator[str]:
    """Yield what names a draft's first publish, the one after that was called off, and so on."""
    yield f"{draft_id}"
    yield from (f"{draft_id}.{times}" for times in count(1))


def _is_done(job: JobRecord | None) -> bool:
    return job is not None and job.state == DONE


def run(work: Run) -> Any:  # noqa: ANN401 - JSON
    """Put a draft into force: the work of the kind `KIND`.

    What came of it is the number of the ``release``; where it came into force at once, also how
    many ``codes`` of signs are new, how many closures and notices are ``lost``, and how many
    ``pending`` releases will not come into force by themselves.

    Raises
    ------
    UnfitError, ConflictError, UnknownError
        As `publish_draft` does; or it has waited too long.
    """
    work.tell("checks", 0.1)
    asked = work.arguments
    with work.store.read() as connection:
        draft = get_draft(connection, get_venue(connection, work.slug), asked["draft"])
    if draft.release_number is not None:  # who did it before was killed before they said so
        return {"release": draft.release_number}
    waited = datetime.now(UTC) - datetime.fromisoformat(asked["asked_at"])
    if waited > timedelta(minutes=LONGEST_MIN):
        raise ConflictError("publish-waited", name=draft.name, minutes=LONGEST_MIN)
    place = Desk(work.store), work.slug, asked["draft"], asked["number"]
    # by now somebody may have waited for its check
    checked = find_draft_issues(
        Background(work.store, starts=False), work.store, work.slug, draft.id, asked["number"]
    )
    who = Actor(asked["who"], asked["person"])
    said: dict[str, Any] = {"who": who, "note": asked["note"], "checked": checked}
    if asked.get("at"):
        planned = schedule_draft(*place, datetime.fromisoformat(asked["at"]), **said)
        return {"release": planned.schedule.number}
    return _write(publish_draft(*place, **said))


def _write(done: DraftPublished) -> dict[str, int]:
    published = done.published
    return {
        "release": published.release.number,
        "codes": published.codes,
        "lost": len(published.lost),
        "pending": len(published.pending),
    }

"""A draft is put into force beside the server: to find out whether it may takes seconds."""

from datetime import UTC, datetime, timedelta
from typing import Any

from wayfinder.services.background import Background, JobRecord, Run
from wayfinder.services.drafts import Desk, publish_draft
from wayfinder.store import ConflictError
from wayfinder.store.audit import Actor
from wayfinder.store.drafts import DraftRecord, get_draft
from wayfinder.store.venues import get_venue

KIND = "draft-publish"
"""A kind of work, see `wayfinder.services.background.kinds`."""
LONGEST_MIN = 15
"""Whoever asked waits no longer for it: a server that was down does it no more (ours)."""


def ask_publish(
    background: Background, slug: str, draft: DraftRecord, *, who: Actor, note: str
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
        "asked_at": datetime.now(UTC).isoformat(),
    }
    return background.ask(slug, KIND, str(draft.id), arguments, who=who.name, again=True)


def find_publish(background: Background, slug: str, draft_id: int) -> JobRecord | None:
    """Return how far a draft's publishing is, begun anew where it was killed; None: not asked."""
    found = background.find(slug, KIND, str(draft_id))
    if found is None or found.is_over:
        return found
    return background.ask(slug, KIND, found.key, found.arguments, who=found.asked_by)


def run(work: Run) -> Any:  # noqa: ANN401 - JSON
    """Put a draft into force: the work of the kind `KIND`.

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
    done = publish_draft(
        Desk(work.store),
        work.slug,
        asked["draft"],
        asked["number"],
        who=Actor(asked["who"], asked["person"]),
        note=asked["note"],
    )
    return {"release": done.published.release.number}

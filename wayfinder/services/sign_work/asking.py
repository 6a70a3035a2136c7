"""Asking for batches of signs: each is written down, and then made beside the server."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from wayfinder.services.background import Background, JobRecord
from wayfinder.services.sign_work.batches import Batches, BatchOrder, BatchRecord
from wayfinder.services.sign_work.errors import SignWorkError
from wayfinder.services.sign_work.names import BATCH


def begin_batch(
    background: Background,
    batches: Batches,
    slug: str,
    order: BatchOrder,
    *,
    who: str,
    language: str,
    audit: Mapping[str, Any] | None = None,
) -> BatchRecord:
    """Write down what a batch is to be, and ask for it; what is being made is left in peace.

    Parameters
    ----------
    background
        Where it is made.
    batches
        Where it lies.
    slug
        The venue.
    order
        What it is to be.
    who
        Who asks for it.
    language
        BCP 47 tag of the language that goes first where the plan speaks it.
    audit
        What an audit asks to be printed, if that is it.

    Raises
    ------
    SignWorkError
        As many are being made as are kept, or the folder cannot be written.
    """
    busy = {one.id for one in batches.list(slug) if _is_being_made(background, one)}
    if len(busy) >= batches.kept:
        raise SignWorkError("too-many-batches", count=len(busy))
    record = batches.add(slug, order, who=who, audit=audit, busy=busy)
    ask_for(background, record, who=who, language=language)
    return record


def ask_for(
    background: Background, record: BatchRecord, *, who: str, language: str, again: bool = False
) -> None:
    """Ask for a batch that is written down; ``again`` where it was stopped."""
    arguments = ask_arguments(record, language)
    background.ask(record.slug, BATCH, record.id, arguments, who=who, again=again)


def ask_arguments(record: BatchRecord, language: str) -> dict[str, str]:
    """Return what the work in the background needs to know of a batch."""
    return {"folder": str(record.folder.resolve()), "language": language}


def find_job(background: Background, record: BatchRecord) -> JobRecord | None:
    """Return how far the making of a batch is, or None where nobody asked for it."""
    return background.find(record.slug, BATCH, record.id)


def make_order(document: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what a batch needs of an audit's document; None where it asks for nothing.

    As `wayfinder.services.temporary_signs.read_order` reads it.
    """
    kept = ("plan", "reprint", "temporary", "closed")
    order = {key: document[key] for key in kept if key in document}
    return order if order.get("reprint") or order.get("temporary") else None


def _is_being_made(background: Background, record: BatchRecord) -> bool:
    job = find_job(background, record)
    return job is not None and not job.is_over and not job.is_silent(datetime.now(UTC))

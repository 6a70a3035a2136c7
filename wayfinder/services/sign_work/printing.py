"""Making a batch of a venue's signs in the background, and noting what became of it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wayfinder.model.sign_records import NEXT_STATES, SignState
from wayfinder.services.background import Run
from wayfinder.services.batch_choice import choose_languages, choose_levels
from wayfinder.services.batch_orders import Batch, Wish
from wayfinder.services.served import Served
from wayfinder.services.sign_batches import make_batch
from wayfinder.services.sign_work.batches import Batches, BatchRecord, read_batch
from wayfinder.services.sign_work.errors import SignWorkError, coded
from wayfinder.services.signage import SignEntry, list_entries, set_states
from wayfinder.services.stored_signs import load_venue
from wayfinder.services.temporary_signs import Order, choose_ordered, hang_temporary, read_order
from wayfinder.store import Store
from wayfinder.store.audit import Actor

KIND = "sign-batch"
_SPANS: Mapping[str, tuple[float, float]] = {
    "facing": (0.02, 0.6),
    "drawing": (0.02, 0.6),
    "checking": (0.6, 0.9),
    "sheets": (0.9, 1.0),
}
"""Stage to the share of all at which it begins and ends, as on the sample hospital."""


def run(work: Run) -> dict[str, Any]:
    """Make a batch; what was done of it before it was interrupted is not done again.

    Returns
    -------
    dict
        JSON values: ``signs``, ``pages``, ``unchanged``, ``removed``, ``uncoded``, ``noted``.

    Raises
    ------
    SignWorkError, PrintingError
        It is refused, or its folder is gone.
    """
    record = read_batch(Path(work.arguments["folder"]))
    if record is None:
        raise SignWorkError("no-such-batch")
    work.tell("reading", 0.01)
    with coded():
        batch = _make(work, record)
    return {
        "signs": len(batch.made),
        "pages": batch.pages,
        "unchanged": batch.unchanged,
        "removed": batch.removed,
        "uncoded": batch.uncoded,
        "noted": batch.noted,
    }


def _make(work: Run, record: BatchRecord) -> Batch:
    served, known = load_venue(work.store, work.slug)
    order = read_order(record.audit_file) if record.audit_file.is_file() else None
    if order is not None:
        served = hang_temporary(served, order)
    told = [0.0]

    def say(stage: str, done: int, total: int) -> None:
        start, end = _SPANS[stage]
        told[0] = max(told[0], start + (end - start) * done / max(1, total))
        work.tell("drawing" if stage == "facing" else stage, told[0])

    # one process: those who ask for a way have the other core
    wish = _make_wish(served, record, order, str(work.arguments["language"]))
    return make_batch(served, wish, known, say=say)


def _make_wish(served: Served, record: BatchRecord, order: Order | None, first: str) -> Wish:
    asked = record.order
    return Wish(
        output=record.signs_folder,
        kind=asked.kind,
        separate=asked.separate,
        size=asked.size or None,
        theme=asked.theme,
        base=asked.base,
        levels=choose_levels(served.plan, asked.levels),
        wanted_states=[SignState(state) for state in asked.states],
        only=frozenset(asked.signs) if order is None else choose_ordered(served, order),
        temporary=frozenset(face.id for face in order.faces) if order else frozenset(),
        changed=asked.what == "changed",
        languages=asked.languages or choose_languages(served.plan, first),
        processes=1,
    )


def ask_arguments(record: BatchRecord, language: str) -> dict[str, str]:
    """Return what the work in the background needs to know of a batch."""
    return {"folder": str(record.folder.resolve()), "language": language}


def note_batch(
    store: Store,
    batches: Batches,
    record: BatchRecord,
    state: SignState,
    *,
    who: Actor,
    since: datetime | None = None,
) -> tuple[SignEntry, ...]:
    """Note that all signs of a batch were printed, or that all of them hang.

    Signs that were taken down since are passed over, and so is what hangs only for a while.

    Parameters
    ----------
    store
        The store.
    batches
        Where the batch lies.
    record
        The batch.
    state
        Printed or mounted.
    who
        Who notes it.
    since
        When it came to be so, aware; None: now.

    Returns
    -------
    tuple of SignEntry
        The signs that changed.

    Raises
    ------
    SignWorkError
        It is not there, has no codes, or its note cannot be written.
    StoreError
        As for `set_states`.
    """
    if not record.is_made:
        raise SignWorkError("not-made")
    drawings = record.list_drawings()
    if not drawings:
        raise SignWorkError("no-codes")
    now = {one.code: one.state for one in list_entries(store, record.slug)}
    codes = [code for code in drawings if code in now and _may_become(now[code], state)]
    kept = drawings if state is SignState.PRINTED else {}
    changed = set_states(store, record.slug, state, codes, who=who, since=since, drawings=kept)
    if state is SignState.PRINTED:
        batches.note_printed(record, who=who.name, at=since or datetime.now(UTC))
    return changed


def _may_become(now: SignState, state: SignState) -> bool:
    """Tell whether a sign may be noted so; one that was taken down is not put up by a list."""
    return now is not SignState.REMOVED and (state is now or state in NEXT_STATES[now])

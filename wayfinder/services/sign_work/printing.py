"""Making a batch of a venue's signs in the background."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wayfinder.model.sign_records import SignState
from wayfinder.services.background import Run
from wayfinder.services.batch_choice import choose_languages, choose_levels
from wayfinder.services.batch_orders import Batch, Wish
from wayfinder.services.served import Served
from wayfinder.services.sign_batches import make_batch
from wayfinder.services.sign_work.batches import BatchRecord, read_batch
from wayfinder.services.sign_work.coding import coded
from wayfinder.services.sign_work.errors import SignWorkError
from wayfinder.services.stored_signs import load_venue
from wayfinder.services.temporary_signs import Order, choose_ordered, hang_temporary, read_order

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

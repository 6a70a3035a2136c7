"""What becomes of a batch of signs: printed, on the walls."""

from contextlib import suppress
from datetime import UTC, datetime

from wayfinder.model.sign_records import NEXT_STATES, SignState
from wayfinder.services.sign_work.batches import Batches, BatchRecord
from wayfinder.services.sign_work.errors import SignWorkError
from wayfinder.services.signage import SignEntry, list_entries, set_states
from wayfinder.store import Store
from wayfinder.store.audit import Actor


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
    if state is not SignState.PRINTED:
        return set_states(store, record.slug, state, codes, who=who, since=since)
    # the batch first: where one is killed in between, who says it again says nothing twice
    batches.note_printed(record, who=who.name, at=since or datetime.now(UTC))
    try:
        return set_states(store, record.slug, state, codes, who=who, since=since, drawings=drawings)
    except BaseException:
        with suppress(SignWorkError):
            batches.write(record)
        raise


def _may_become(now: SignState, state: SignState) -> bool:
    """Tell whether a sign may be noted so; one that was taken down is not put up by a list."""
    return now is not SignState.REMOVED and (state is now or state in NEXT_STATES[now])

"""A venue of the store as it is printed: its release in force, codes and states of signs."""

from wayfinder.model.sign_records import SignState
from wayfinder.services.batch_folder import BatchError, Printed
from wayfinder.services.batch_orders import Batch, Known
from wayfinder.services.served import Served, make_served
from wayfinder.services.signage import read_entries, set_states
from wayfinder.store import Store
from wayfinder.store.audit import NOBODY, Actor
from wayfinder.store.releases import read_release
from wayfinder.store.venues import get_venue


def load_venue(store: Store, slug: str) -> tuple[Served, Known]:
    """Return a venue's release in force with its codes, and what is known of its signs.

    What holds today is left out: signs are printed for years.

    Raises
    ------
    UnknownError
        There is no such venue.
    BatchError
        Nothing of it is published.
    """
    with store.read() as connection:
        venue = get_venue(connection, slug)
        if venue.published is None:
            raise BatchError("printing.not-published", venue=slug)
        release = read_release(connection, venue, venue.published)
        entries = [one for one in read_entries(connection, venue) if one.is_in_force]
    codes = {one.feature: one.code for one in entries}
    known = Known(
        states={one.feature: one.state for one in entries},
        printed={one.feature: Printed(one.drawing, one.code) for one in entries if one.drawing},
    )
    return make_served(slug, release).with_codes(codes), known


def note_printed(store: Store, slug: str, batch: Batch, *, who: Actor = NOBODY) -> int:
    """Note the signs of a batch that carry codes as printed, and return how many they are.

    What hangs only for a while is not noted: the sign beneath it is as it was.

    Raises
    ------
    StoreError
        It cannot be noted; the batch is there all the same.
    """
    coded = (one for one in batch.made if one.sign in batch.codes)
    drawings = {
        batch.codes[one.sign]: one.drawing for one in coded if one.sign not in batch.temporary
    }
    if drawings:
        set_states(store, slug, SignState.PRINTED, drawings, who=who, drawings=drawings)
    return len(drawings)

"""A release as a file that other programs read: IMDF in a zip, the same bytes each time."""

import tempfile
from pathlib import Path

from wayfinder.formats.imdf_write import write_imdf
from wayfinder.store import Store
from wayfinder.store.releases import get_release, read_release
from wayfinder.store.venues import get_venue


def export_release(store: Store, slug: str, number: int) -> bytes:
    """Return a release as IMDF, a zip.

    Raises
    ------
    UnknownError
        There is no such venue or release.
    DamagedError
        What is kept is not what was imported.
    """
    with store.read() as connection:
        venue = get_venue(connection, slug)
        record = get_release(connection, venue, number)
        plan = read_release(connection, venue, number).plan
    with tempfile.TemporaryDirectory(prefix="wayfinder-export-") as folder:
        target = Path(folder) / "plan.zip"
        return write_imdf(plan, target, created=record.imported_at).read_bytes()

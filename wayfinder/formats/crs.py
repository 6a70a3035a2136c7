"""Legacy ``crs`` members: GeoJSON of 2008 could be in any reference system, IMDF is in WGS 84."""

import re

from wayfinder.formats.errors import UnreadableError
from wayfinder.model import Issue, Severity
from wayfinder.model.values import read_object, read_text

_GEOGRAPHIC_EPSG = frozenset(
    {
        4326,  # WGS 84
        4979,  # WGS 84, 3D
        4258,  # ETRS89
        4269,  # NAD83
        6318,  # NAD83(2011)
        4490,  # CGCS2000
        4612,  # JGD2000
        6668,  # JGD2011
        4737,  # Korea 2000
        7844,  # GDA2020
        4283,  # GDA94
        4167,  # NZGD2000
    }
)
"""EPSG codes of degrees that differ from WGS 84 by no more than two metres, the same everywhere in
a plan: https://epsg.org."""

_EPSG = re.compile(r"EPSG:+(?:[\d.]*:)?(\d{4,6})$", re.IGNORECASE)


def check_crs(crs: object, name: str) -> tuple[Issue, ...]:
    """Judge the ``crs`` member of a collection.

    Parameters
    ----------
    crs
        The member as read; None where it is missing or null.
    name
        Name of the file.

    Raises
    ------
    UnreadableError
        It names a reference system whose coordinates are not degrees: a projected one, or one that
        we do not know.
    """
    if crs is None:
        return ()
    properties = read_object(crs, "properties") if isinstance(crs, dict) else {}
    system = read_text(properties, "name") or read_text(properties, "href") or ""
    found = _EPSG.search(system)
    if system.upper().endswith("CRS84") or (found and int(found[1]) in _GEOGRAPHIC_EPSG):
        return (Issue("legacy-crs", Severity.NOTE, {"file": name, "crs": system}),)
    raise UnreadableError("projected-crs", name, crs=system[:120])

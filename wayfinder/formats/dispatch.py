"""Which reader a file is for: by its name, else by its first bytes."""

from pathlib import Path

from wayfinder.collector import without_collector
from wayfinder.formats.archive import is_zip
from wayfinder.formats.errors import UnreadableError
from wayfinder.formats.imdf import read_imdf
from wayfinder.formats.limits import MAX_FILE_BYTES
from wayfinder.formats.result import ReadResult
from wayfinder.formats.validation import list_plan_issues

FORMATS = ("imdf", "osm")
"""What can be read."""

_OSM_ENDINGS = (".osm", ".pbf", ".osm.gz", ".osm.bz2")
_GZIP, _BZIP2 = b"\x1f\x8b", b"BZh"


def read_plan(path: str | Path, *, format: str | None = None) -> ReadResult:  # noqa: A002
    """Read a plan of any readable format.

    Parameters
    ----------
    path
        An IMDF folder, zip or single collection; OSM as XML, PBF or osmtogeojson's GeoJSON.
    format
        One of `FORMATS`, or None: found out.

    Returns
    -------
    ReadResult
        The plan, the issues of the file and those of the drawing.

    Raises
    ------
    UnreadableError
        It cannot be made a plan at all.
    ValueError
        There is no such format.
    """
    path = Path(path)
    chosen = format or find_format(path)
    if chosen == "imdf":
        read = read_imdf
    elif chosen == "osm":
        from wayfinder.formats.osm import read_osm as read
    else:
        raise ValueError(f"{chosen!r} is no format; there are {', '.join(FORMATS)}")
    with without_collector():
        result = read(path)
    if chosen == "osm":  # its reader has listed them already
        return result
    return ReadResult(result.plan, result.file_issues, list_plan_issues)


def find_format(path: Path) -> str:
    """Find out the format of a file or folder; raises UnreadableError where it is none we read."""
    try:
        if path.is_dir():
            return "imdf"
        if path.name.lower().endswith(_OSM_ENDINGS):
            return "osm"
        with path.open("rb") as file:
            head = file.read(256)
            if is_zip(head):
                return "imdf"
            if head.startswith((_GZIP, _BZIP2)) or b"OSMHeader" in head:
                return "osm"
            text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
            if text.startswith(b"<"):
                return "osm"
            if text.startswith((b"{", b"[")):
                rest = file.read(MAX_FILE_BYTES)
                return "imdf" if b'"feature_type"' in head + rest else "osm"
    except (OSError, ValueError) as error:
        code = "not-found" if isinstance(error, FileNotFoundError) else "not-readable"
        problem = getattr(error, "strerror", None) or str(error)
        raise UnreadableError(code, str(path), problem=problem) from None
    raise UnreadableError("unknown-format" if text else "empty-file", path.name)

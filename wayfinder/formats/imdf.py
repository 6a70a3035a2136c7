"""IMDF 1.0 (OGC 20-094) from a folder, a zip or one feature collection.

Whatever is read is kept: unknown members and types, foreign members of collections, other files.
Coordinates are not touched. What strays from the standard is read where its meaning is plain, and
listed.
"""

from pathlib import Path

from wayfinder.formats.archive import read_files
from wayfinder.formats.errors import UnreadableError
from wayfinder.formats.imdf_collections import CollectionReader
from wayfinder.formats.imdf_layout import Layout, find_layout
from wayfinder.formats.limits import MAX_JSON_VALUES
from wayfinder.formats.result import ReadResult
from wayfinder.formats.safe_json import count_values, parse_json
from wayfinder.formats.validation import list_missing_members
from wayfinder.model import Issue, Plan, Severity
from wayfinder.model.imdf_terms import VERSION


def read_imdf(path: Path) -> ReadResult:
    """Read an IMDF plan.

    Parameters
    ----------
    path
        Folder, zip, or one GeoJSON feature collection with ``feature_type`` members.

    Returns
    -------
    ReadResult
        The plan and the issues of the files; those of the drawing are `read_plan`'s.

    Raises
    ------
    UnreadableError
        It cannot be made a plan at all.
    """
    files = read_files(path)
    layout = find_layout(files, path.name)
    _check_amount(layout, path.name)
    reader = CollectionReader()
    for name, data in layout.collections.items():
        reader.read(name, data, known=True)
    kept = {
        name: data
        for name, data in layout.others.items()
        if not reader.read(name, data, known=False)
    }
    if not reader.features:
        raise UnreadableError("no-features", path.name)
    manifest, manifest_issues = _read_manifest(layout)
    leftovers = dict(sorted({**layout.leftovers, **kept, **reader.leftovers}.items()))
    plan = Plan.of(reader.features.values(), manifest=manifest, leftovers=leftovers)
    notes = [Issue("file-kept", Severity.NOTE, {"file": name}) for name in kept]
    issues = (
        *(*layout.issues, *notes, *manifest_issues),
        *(*reader.list_issues(), *list_missing_members(plan)),
    )
    return ReadResult(plan, issues)


def _check_amount(layout: Layout, name: str) -> None:
    texts = (*layout.collections.values(), *layout.others.values())
    if sum(count_values(data) for data in texts) > MAX_JSON_VALUES:
        raise UnreadableError("too-many-values", name, limit=MAX_JSON_VALUES)


def _read_manifest(layout: Layout) -> tuple[dict[str, object], tuple[Issue, ...]]:
    """Read ``manifest.json``; a plan can be read without one, so its faults are issues only."""
    if layout.manifest is None:
        missing = Issue("manifest-missing", Severity.NOTE)
        return {}, () if layout.single else (missing,)
    manifest, issues = parse_json(layout.manifest, "manifest.json")
    if not isinstance(manifest, dict):
        raise UnreadableError("not-an-object", "manifest.json")
    version = manifest.get("version")
    if version != VERSION:
        found = version if isinstance(version, str) else ""
        strange = Issue("manifest-version", Severity.NOTE, {"version": found, "expected": VERSION})
        issues = (*issues, strange)
    return manifest, issues

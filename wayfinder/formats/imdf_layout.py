"""Which files are the plan: writers put them in folders, call them ``.json``, add others."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from wayfinder.formats.errors import UnreadableError
from wayfinder.model import Issue, Severity
from wayfinder.model.imdf_terms import load_terms

MANIFEST = "manifest.json"
FILE_STEM = re.compile(r"[a-z][a-z0-9_-]{0,39}")
"""A feature type that makes a safe file name on every system."""

_ENDINGS = (".geojson", ".json")
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_ARCHIVES = (".zip", ".imdf", ".7z", ".rar", ".tar", ".gz")


@dataclass(frozen=True)
class Layout:
    """The files of a plan, told apart.

    Parameters
    ----------
    collections
        Files named after an IMDF feature type, by name.
    others
        Other JSON files beside them: collections of unknown types, or something else.
    manifest
        Content of ``manifest.json``, or None.
    leftovers
        All else, by path.
    issues
        What is unusual about the names.
    single
        Whether the plan is one file.
    """

    collections: Mapping[str, bytes]
    others: Mapping[str, bytes]
    manifest: bytes | None
    leftovers: Mapping[str, bytes]
    issues: tuple[Issue, ...]
    single: bool


@lru_cache(maxsize=4096)
def known_type(name: str) -> str | None:
    """Return the IMDF feature type that a file is named after, or None."""
    path = PurePosixPath(name)
    stem = path.stem.lower()
    return stem if path.suffix.lower() in _ENDINGS and stem in load_terms() else None


def find_layout(files: Mapping[str, bytes], name: str) -> Layout:
    """Tell the files of a plan apart.

    Parameters
    ----------
    files
        Path to content.
    name
        Of the folder or archive, for places in errors.

    Raises
    ------
    UnreadableError
        None of the files can hold a plan.
    """
    if len(files) == 1:
        only, data = next(iter(files.items()))
        if PurePosixPath(only).name == only and only != MANIFEST:
            return Layout({}, {only: data}, None, {}, (), single=True)
    folder = _find_folder(files, name)
    collections: dict[str, bytes] = {}
    others: dict[str, bytes] = {}
    leftovers: dict[str, bytes] = {}
    manifest: bytes | None = None
    for path, data in files.items():
        parent, inner = _split(path)
        if parent != folder:
            leftovers[_name_outside(path, folder, files)] = data
        elif inner.lower() == MANIFEST:
            manifest = data
        elif known_type(inner):
            collections[inner] = data
        elif inner.lower().endswith(_ENDINGS):
            others[inner] = data
        else:
            leftovers[inner] = data
    issues = _list_issues(folder, collections, leftovers)
    return Layout(collections, others, manifest, leftovers, issues, single=False)


def _split(path: str) -> tuple[str, str]:
    parent = PurePosixPath(path).parent.as_posix()
    return ("" if parent == "." else parent), PurePosixPath(path).name


def _find_folder(files: Mapping[str, bytes], name: str) -> str:
    """Choose the uppermost folder with files named after feature types, the fullest of equals."""
    typed: Counter[str] = Counter()
    untyped: Counter[str] = Counter()
    for path in files:
        parent, inner = _split(path)
        if inner.lower().endswith(_ENDINGS) and not inner.startswith("."):
            (typed if known_type(inner) else untyped)[parent] += 1
    counts = typed or untyped
    if not counts:
        nested = any(path.lower().endswith(_ARCHIVES) for path in files)
        raise UnreadableError("nested-archive" if nested else "no-plan-files", name)
    return min(counts, key=lambda folder: (_depth(folder), -counts[folder], folder))


def _depth(folder: str) -> int:
    return len(PurePosixPath(folder).parts)


def _name_outside(path: str, folder: str, files: Mapping[str, bytes]) -> str:
    """Name a file that lies outside the plan's folder so that it cannot be taken for a part."""
    within = path.removeprefix(f"{folder}/") if folder else path
    if within != path:
        return within
    taken = f"{folder}/{path}" in files or known_type(path) or path.lower().endswith(_ENDINGS)
    return f"outside/{path}" if taken and folder else path


def _list_issues(
    folder: str, collections: Mapping[str, bytes], leftovers: Mapping[str, bytes]
) -> tuple[Issue, ...]:
    issues: list[Issue] = []
    if folder:
        issues.append(Issue("files-in-folder", Severity.NOTE, {"folder": folder}))
    named_json = [name for name in collections if name.lower().endswith(".json")]
    if named_json:
        issues.append(Issue("files-named-json", Severity.NOTE, {"files": named_json}))
    for name in leftovers:
        if PurePosixPath(name).name.lower() in _LITTER or name.startswith("__MACOSX/"):
            continue
        nested = name.lower().endswith(_ARCHIVES)
        code = "nested-archive-kept" if nested else "file-kept"
        issues.append(Issue(code, Severity.NOTE, {"file": name}))
    return tuple(issues)

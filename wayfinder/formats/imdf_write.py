"""IMDF 1.0 to a folder or a zip: the same plan gives the same bytes, whole or not at all."""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from wayfinder import __version__
from wayfinder.files import replace_file, sync_folder, take_usual_mode
from wayfinder.formats.errors import UnwritableError
from wayfinder.formats.imdf_layout import FILE_STEM, MANIFEST, known_type
from wayfinder.formats.safe_json import encode_json
from wayfinder.model import Feature, Plan
from wayfinder.model.imdf_terms import VERSION
from wayfinder.model.kinds import KINDS

_OTHER_FILE = "features.geojson"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_FILE_MODE = 0o100644 << 16
_UNIX = 3


def write_imdf(plan: Plan, target: str | Path, *, created: datetime | None = None) -> Path:
    """Write a plan.

    Parameters
    ----------
    plan
        What to write.
    target
        A name that ends in ``.zip``, else a folder. A zip is replaced; so is a folder that holds
        nothing but a plan.
    created
        Aware instant for a manifest that lacks one; without it none is written, so that the bytes
        depend on the plan alone.

    Returns
    -------
    Path
        Where it was written.

    Raises
    ------
    UnwritableError
        There is something else in the way, or the disk refuses; what was there is untouched.
    """
    target = Path(target)
    files = make_files(plan, created=created)
    try:
        if target.suffix.lower() == ".zip":
            _write_zip(files, target)
        else:
            _write_folder(files, target)
    except OSError as error:
        problem = error.strerror or str(error)
        raise UnwritableError("not-writable", str(target), problem=problem) from None
    return target


def make_files(plan: Plan, *, created: datetime | None = None) -> Mapping[str, bytes]:
    """Return the files of a plan, name to content, sorted by name."""
    files: dict[str, bytes] = {MANIFEST: encode_json(_complete_manifest(plan, created)) + b"\n"}
    foreign = {name: kept for name, kept in plan.leftovers.items() if isinstance(kept, Mapping)}
    others = {name: kept for name, kept in plan.leftovers.items() if isinstance(kept, bytes)}
    groups: dict[str, list[Feature]] = {name: [] for name in foreign}
    for feature in plan:
        groups.setdefault(_file_of(feature.feature_type), []).append(feature)
    taken = {name.casefold() for name in others}
    for name, features in groups.items():
        files[_free_name(name, taken)] = _encode_collection(foreign.get(name, {}), features)
    return dict(sorted({**files, **others}.items()))


def _file_of(feature_type: str) -> str:
    """Name the file of a type; a type that makes no safe file name shares one with others."""
    safe = feature_type in KINDS or FILE_STEM.fullmatch(feature_type)
    return f"{feature_type}.geojson" if safe and feature_type != "manifest" else _OTHER_FILE


def _free_name(name: str, taken: set[str]) -> str:
    stem, number = name.removesuffix(".geojson"), 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}.geojson"
    return name


def _complete_manifest(plan: Plan, created: datetime | None) -> dict[str, Any]:
    if plan.manifest:
        return dict(plan.manifest)
    manifest = {"version": VERSION, "generated_by": f"wayfinder {__version__}", "language": "en"}
    return {**manifest, "created": created.isoformat()} if created else manifest


def _encode_collection(foreign: Mapping[str, Any], features: list[Feature]) -> bytes:
    """Write one feature a line: small differences stay small."""
    head = encode_json({"type": "FeatureCollection", **foreign})[:-1]
    lines = b",\n".join(encode_json(_as_geojson(feature)) for feature in features)
    return head + b', "features": [\n' + lines + b"\n]}\n"


def _as_geojson(feature: Feature) -> dict[str, Any]:
    return {
        "id": feature.id,
        "type": "Feature",
        "feature_type": feature.feature_type,
        "geometry": feature.geometry,
        "properties": feature.properties,
        **feature.members,
    }


def _write_zip(files: Mapping[str, bytes], target: Path) -> None:
    with (
        replace_file(target) as stream,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
    ):
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _FILE_MODE
            archive.writestr(entry, content)


def _write_folder(files: Mapping[str, bytes], target: Path) -> None:
    """Write beside the target, then swap: nobody ever sees half a plan."""
    target = Path(os.path.abspath(target))  # noqa: PTH100 - a link in the path is kept
    if target.exists() and not _is_replaceable(target, files):
        raise UnwritableError("target-in-the-way", str(target))
    temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for name, content in files.items():
            path = temporary / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        take_usual_mode(temporary, directory=True)
        _swap(temporary, target)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    sync_folder(target.parent)


def _is_replaceable(target: Path, files: Mapping[str, bytes]) -> bool:
    """Tell whether a folder is empty or holds a plan as we write it, and nothing of anyone else."""
    if not target.is_dir() or target.is_symlink():
        return False
    names = {path.name for path in target.iterdir()}
    ours = {name.split("/")[0] for name in files}
    return not names or (
        MANIFEST in names and all(name in ours or known_type(name) for name in names)
    )


def _swap(made: Path, target: Path) -> None:
    if not target.exists():
        made.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    target.rename(old / "old")
    try:
        made.rename(target)
    except OSError:
        (old / "old").rename(target)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)

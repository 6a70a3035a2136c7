"""The files of a plan: from a folder, a zip or one file, with nothing outside them ever touched.

Python before 3.11.8 reads zips whose entries overlap (60 kB that declare 10 GB), and no version
minds symbolic links or a hundred thousand entries, so offsets, sizes and names are checked here.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath

from wayfinder.formats.errors import UnreadableError
from wayfinder.formats.limits import (
    MAX_ENTRIES,
    MAX_FILE_BYTES,
    MAX_FOLDER_DEPTH,
    MAX_TOTAL_BYTES,
)

_CENTRAL_SIGNATURE = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED = 0x1
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, LookupError),
)
"""What `zipfile` says of damaged archives."""


def read_files(path: Path) -> Mapping[str, bytes]:
    """Read all files of a plan into memory.

    Parameters
    ----------
    path
        A folder, a zip, or one file.

    Returns
    -------
    mapping of str to bytes
        Name with ``/`` within the folder or zip to content, sorted by name; one file has its name.

    Raises
    ------
    UnreadableError
        There is nothing there, it is damaged, or larger or stranger than a plan may be.
    """
    try:
        if path.is_dir():
            return _read_folder(path)
        data = _read_file(path, path.name)
    except OSError as error:
        code = "not-found" if isinstance(error, FileNotFoundError) else "not-readable"
        raise UnreadableError(code, str(path), problem=error.strerror or str(error)) from None
    if not data:
        raise UnreadableError("empty-file", path.name)
    if is_zip(data):
        return read_zip(data, path.name)
    return {path.name: data}


def is_zip(data: bytes) -> bool:
    """Tell whether it begins as a zip does, or as a cut-off one."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def read_zip(data: bytes, name: str) -> Mapping[str, bytes]:
    """Unpack a zip into memory; raises UnreadableError as `read_files` does.

    Parameters
    ----------
    data
        The zip.
    name
        Its name, for places in errors.
    """
    if data.count(_CENTRAL_SIGNATURE) > MAX_ENTRIES:
        raise UnreadableError("too-many-files", name, limit=MAX_ENTRIES)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            for entry in entries:
                _check_entry(entry, name)
            _check_sizes(entries, name)
            _check_overlap(entries, data, archive.start_dir, name)
            files = [entry for entry in entries if not entry.is_dir()]
            _check_repeats(files, name)
            unpacked = {_entry_name(entry): _unpack(archive, entry, name) for entry in files}
    except UnreadableError:
        raise
    except DAMAGED as error:
        raise UnreadableError("damaged-archive", name, problem=str(error)[:200]) from None
    return dict(sorted(unpacked.items()))


def _read_folder(folder: Path) -> Mapping[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    for path in _walk(folder, folder.name, MAX_FOLDER_DEPTH):
        name = path.relative_to(folder).as_posix()
        if len(files) >= MAX_ENTRIES:
            raise UnreadableError("too-many-files", folder.name, limit=MAX_ENTRIES)
        files[name] = _read_file(path, f"{folder.name}: {name}")
        total += len(files[name])
        if total > MAX_TOTAL_BYTES:
            raise UnreadableError("too-large", folder.name, limit_mb=MAX_TOTAL_BYTES // 2**20)
    return dict(sorted(files.items()))


def _walk(folder: Path, name: str, depth: int) -> Iterator[Path]:
    """Yield the plain files below a folder; links and devices could lead anywhere, so not them."""
    if depth == 0:
        raise UnreadableError("too-many-folders", name, limit=MAX_FOLDER_DEPTH)
    for path in sorted(folder.iterdir()):
        if path.is_symlink():
            raise UnreadableError("link-in-archive", f"{name}: {path.name}")
        if path.is_dir():
            yield from _walk(path, name, depth - 1)
        elif path.is_file():
            yield path


def _read_file(path: Path, place: str) -> bytes:
    if path.is_file() and path.stat().st_size > MAX_FILE_BYTES:
        raise UnreadableError("too-large", place, limit_mb=MAX_FILE_BYTES // 2**20)
    with path.open("rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableError("too-large", place, limit_mb=MAX_FILE_BYTES // 2**20)
    return data


def _entry_name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/")


def _check_entry(entry: zipfile.ZipInfo, name: str) -> None:
    inner = _entry_name(entry)
    place = f"{name}: {ascii(inner[:120])[1:-1]}"
    parts = PurePosixPath(inner).parts
    # The name in the file, before `zipfile` cuts it at a NUL.
    original = getattr(entry, "orig_filename", entry.filename)
    if (
        not parts
        or inner.startswith("/")
        or ".." in parts
        or ":" in parts[0]
        or any(ord(character) < 0x20 or character == "\x7f" for character in original)
    ):
        raise UnreadableError("unsafe-name", place)
    if len(parts) > MAX_FOLDER_DEPTH:
        raise UnreadableError("too-many-folders", place, limit=MAX_FOLDER_DEPTH)
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableError("encrypted-archive", place)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UnreadableError("link-in-archive", place)
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise UnreadableError("unknown-compression", place, method=entry.compress_type)


def _check_sizes(entries: list[zipfile.ZipInfo], name: str) -> None:
    for entry in entries:
        if entry.file_size > MAX_FILE_BYTES:
            place = f"{name}: {_entry_name(entry)}"
            raise UnreadableError("too-large", place, limit_mb=MAX_FILE_BYTES // 2**20)
    if sum(entry.file_size for entry in entries) > MAX_TOTAL_BYTES:
        raise UnreadableError("too-large", name, limit_mb=MAX_TOTAL_BYTES // 2**20)


def _check_overlap(
    entries: list[zipfile.ZipInfo], data: bytes, start_of_directory: int, name: str
) -> None:
    """Refuse entries that share bytes: each must end before the next begins."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    starts = [entry.header_offset for entry in ordered[1:]] + [start_of_directory]
    for entry, following in zip(ordered, starts, strict=True):
        signature, name_bytes, extra_bytes = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
        if signature != _LOCAL_SIGNATURE:
            raise zipfile.BadZipFile("an entry has no header")
        begin = entry.header_offset + _LOCAL_HEADER.size + name_bytes + extra_bytes
        if begin + entry.compress_size > following:
            raise UnreadableError("overlapping-entries", f"{name}: {_entry_name(entry)}")


def _check_repeats(files: list[zipfile.ZipInfo], name: str) -> None:
    seen: set[str] = set()
    for entry in files:
        inner = _entry_name(entry)
        if inner in seen:
            raise UnreadableError("repeated-entry", f"{name}: {inner}")
        seen.add(inner)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """Unpack one entry; what it really holds may not exceed what it declares."""
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise UnreadableError("damaged-archive", f"{name}: {_entry_name(entry)}", problem="size")
    return content

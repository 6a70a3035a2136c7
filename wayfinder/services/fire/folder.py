"""The folder of the fire takeover: one signed file a message, so that nobody waits for anybody.

``FIRE_DIR/<venue>/<digest>.json``      a message: trigger, end, confirm
``FIRE_DIR/<venue>/texts-<number>-….json``  texts; in force once two people have signed them

A file of a message is written whole under the digest of what it says and never changed: a message
that comes twice is one file. Nothing here trusts a file: who reads one checks its signatures.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from wayfinder.files import replace_file, sync_folder
from wayfinder.services.fire.envelope import MOST_BYTES, Signed, decode
from wayfinder.services.fire.errors import DamagedFileError, FireError

KEYRING = "keys.json"
TEXTS = "texts-"
_SUFFIX = ".json"
_MOST_MESSAGES, _MOST_TEXTS = 500, 100
"""So many files of a venue are looked at, the newest: more are no hospital's (ours)."""

Stamp = tuple[int, int, int]
"""Changes with a file: when it was changed, its size, its number on the disk."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the folder.

    Parameters
    ----------
    path
        Where it is.
    stamp
        Changes with its content.
    """

    path: Path
    stamp: Stamp

    @property
    def is_texts(self) -> bool:
        """Whether it holds texts, not a message."""
        return self.path.name.startswith(TEXTS)


def list_entries(folder: Path) -> list[Entry]:
    """List the files of a venue's folder by name; none where there is no folder.

    Raises
    ------
    DamagedFileError
        The folder cannot be read.
    """
    try:
        with os.scandir(folder) as found:
            entries = list(_list_entries(found))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise DamagedFileError("unreadable", file=folder.name, problem=problem) from None
    # a panel that says the same for hours pushes no texts out; and of what it says what is ended
    # goes before its end, which was written later
    texts = [entry for entry in entries if entry.is_texts]
    messages = [entry for entry in entries if not entry.is_texts]
    return _take_newest(texts, _MOST_TEXTS) + _take_newest(messages, _MOST_MESSAGES)


def _take_newest(entries: list[Entry], most: int) -> list[Entry]:
    if len(entries) > most:
        entries = sorted(entries, key=lambda entry: entry.stamp, reverse=True)[:most]
    return sorted(entries, key=lambda entry: entry.path.name)


def _list_entries(found: Iterator["os.DirEntry[str]"]) -> Iterator[Entry]:
    for one in found:
        if not one.name.endswith(_SUFFIX) or one.name.startswith("."):
            continue
        try:
            seen = one.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue  # gone meanwhile
        if stat.S_ISREG(seen.st_mode):
            yield Entry(Path(one.path), (seen.st_mtime_ns, seen.st_size, one.inode()))


def read_signed(path: Path) -> Signed:
    """Read a file.

    Raises
    ------
    DamagedFileError
        It cannot be read, is cut short, or holds something else.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise DamagedFileError("unreadable", file=path.name, problem=problem) from None
    return decode(data)


def write_message(folder: Path, signed: Signed) -> Path:
    """Write a message, whole and safe from a power cut; return its file.

    Raises
    ------
    FireError
        It cannot be written.
    """
    return _write(folder, f"{signed.digest}{_SUFFIX}", signed)


def remove_message(path: Path) -> None:
    """Take a file of a message away; what cannot be taken away stays."""
    with suppress(OSError):
        path.unlink()


def write_texts(folder: Path, number: int, signed: Signed) -> Path:
    """Write texts with their signatures so far, in place of the same texts with fewer.

    Raises
    ------
    FireError
        They cannot be written.
    """
    return _write(folder, f"{TEXTS}{number:06}-{signed.digest[:16]}{_SUFFIX}", signed)


def _write(folder: Path, name: str, signed: Signed) -> Path:
    path = folder / name
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            sync_folder(folder.parent)
        with replace_file(path) as file:
            file.write(signed.encode())
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise FireError("unwritable", file=str(path), problem=problem) from None
    return path

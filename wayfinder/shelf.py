"""Bytes by key, kept small and for all: what one worker has made none has to make again.

A shelf forgets. Whoever puts something there must be able to make it anew, and keys must tell
apart all that the value depends on.
"""

import mmap
import os
import struct
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Protocol
from zlib import crc32

KEY_BYTES = 16
"""Size of a key: a digest."""
_MEMORY_BYTES = 24 * 2**20
_FILE_BYTES = 160 * 2**20
"""Of memory for a process of its own, and of the file that workers share (ours): a large hospital
has some 50,000 runs of 2 kB that people may take."""
_LONGEST = 2**18
"""Of a value on a shared shelf: spoiled figures shall not ask for more (ours)."""
_BUCKETS, _PLACES = 2**15, 8
_PLACE = struct.Struct(f"<{KEY_BYTES}sQ")
_BUCKET_BYTES = _PLACES * _PLACE.size
_END = struct.Struct("<Q")
_HEAD = struct.Struct("<II")
_FIRST = _END.size + _BUCKETS * _BUCKET_BYTES


class Shelf(Protocol):
    """Keeps bytes by key, as long as there is room. Safe between threads."""

    def get(self, key: bytes) -> bytes | None:
        """Return what was put there, or None: never put, or forgotten."""

    def put(self, key: bytes, value: bytes) -> None:
        """Keep something; a key has `KEY_BYTES` of a digest and means the same value for ever."""


class MemoryShelf:
    """A shelf of one process: what was used last, up to a size.

    Parameters
    ----------
    most_bytes
        Memory for the values.
    """

    def __init__(self, most_bytes: int = _MEMORY_BYTES) -> None:
        self._half = most_bytes // 2
        self._young: dict[bytes, bytes] = {}
        self._old: dict[bytes, bytes] = {}
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: bytes) -> bytes | None:
        """Return what was put there, or None."""
        value = self._young.get(key)
        if value is None:
            value = self._old.get(key)
            if value is not None:
                self.put(key, value)
        return value

    def put(self, key: bytes, value: bytes) -> None:
        """Keep something."""
        with self._lock:
            if key not in self._young:
                self._young[key] = value
                self._bytes += len(value) + len(key)
            if self._bytes >= self._half:
                self._old, self._young, self._bytes = self._young, {}, 0


class SharedShelf:
    """A shelf in a file that several processes have open.

    Reading takes no lock: a value counts only if its checksum holds, so that what another process
    is about to write, or was killed while it wrote, is not there. When the file is full all is
    forgotten.

    Parameters
    ----------
    path
        The file, made if need be.
    most_bytes
        Size that it never exceeds; equal for all who have it open.

    Raises
    ------
    OSError
        There is no room, or the system cannot lock files.
    """

    def __init__(self, path: Path, most_bytes: int = _FILE_BYTES) -> None:
        self._most_bytes = most_bytes
        if sys.platform == "win32":
            raise OSError("files are not shared between processes here")
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        weakref.finalize(self, os.close, self._file)
        self._lock = Lock()
        with self._alone():
            if os.fstat(self._file).st_size < most_bytes:
                os.ftruncate(self._file, most_bytes)
        self._map = mmap.mmap(self._file, most_bytes, access=mmap.ACCESS_READ)

    def get(self, key: bytes) -> bytes | None:
        """Return what was put there, or None."""
        at = _find_bucket(key)
        held = self._map
        bucket = held[at : at + _BUCKET_BYTES]
        place = bucket.find(key)
        if place < 0 or place % _PLACE.size:
            return None
        _, at = _PLACE.unpack_from(bucket, place)
        if not _FIRST <= at <= self._most_bytes - _HEAD.size:
            return None
        sum_, length = _HEAD.unpack_from(held, at)
        if length > _LONGEST:
            return None
        value = held[at + _HEAD.size : at + _HEAD.size + length]
        return value if crc32(value, crc32(key)) == sum_ else None

    def put(self, key: bytes, value: bytes) -> None:
        """Keep something, unless the disk is full."""
        with suppress(OSError), self._alone():
            if self.get(key) is None:
                self._write(key, value)

    def _write(self, key: bytes, value: bytes) -> None:
        file = self._file
        at = max(_END.unpack_from(self._map)[0], _FIRST)
        record = _HEAD.pack(crc32(value, crc32(key)), len(value)) + value
        if len(value) > min(_LONGEST, self._most_bytes - _FIRST - _HEAD.size):
            return
        if at + len(record) > self._most_bytes:
            _write_all(file, bytes(_FIRST), 0)
            at = _FIRST
        _write_all(file, record, at)
        _write_all(file, _PLACE.pack(key, at), self._find_place(key))
        _write_all(file, _END.pack(at + len(record)), 0)

    def _find_place(self, key: bytes) -> int:
        """Return where a key goes: where it is, where nothing is, else where the oldest is."""
        at = _find_bucket(key)
        places = range(at, at + _BUCKET_BYTES, _PLACE.size)
        held = {place: _PLACE.unpack_from(self._map, place) for place in places}
        mine = next((place for place, (other, _) in held.items() if other == key), None)
        return min(held, key=lambda place: held[place][1]) if mine is None else mine

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other threads and processes from writing; whoever is killed lets go."""
        import fcntl  # not on Windows

        with self._lock:
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)


def _find_bucket(key: bytes) -> int:
    return _END.size + int.from_bytes(key[:4], "little") % _BUCKETS * _BUCKET_BYTES


def _write_all(file: int, data: bytes, at: int) -> None:
    if os.pwrite(file, data, at) < len(data):
        raise OSError("no room on the disk")


_shared: Shelf | None = None


def share_shelf(path: Path) -> None:
    """Use a file as shelf in this process from now on, where the system can share one."""
    global _shared  # noqa: PLW0603 - of a process, like its memory
    with suppress(OSError):
        _shared = SharedShelf(path)


def open_shelf() -> Shelf:
    """Return the shelf that this process shares with others, else one of its own."""
    return _shared or MemoryShelf()

"""A folder that one process at a time works in."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "lock"
"""Name of the file that is held."""

_UNKNOWN = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS})
"""What file systems say that know no locks: some over a network."""


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Make a folder if need be, and hold it, so that no other process does.

    The system lets go of it when the process ends, however that ends. Whoever holds it may remove
    it.

    Raises
    ------
    BlockingIOError
        Another process holds it.
    OSError
        It cannot be made or written.
    """
    descriptor = _take(folder)
    try:
        yield
    finally:
        os.close(descriptor)


def _take(folder: Path) -> int:
    while True:
        folder.mkdir(exist_ok=True)
        try:
            descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:
            continue  # who held it has just removed it
        try:
            _lock(descriptor)
            if _is_there(descriptor, folder / LOCK):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_there(descriptor: int, path: Path) -> bool:
    """Tell whether a path still leads to an open file."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(error.errno, error.strerror) from None

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError as error:
            if error.errno not in _UNKNOWN:
                raise

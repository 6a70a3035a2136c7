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
def hold_folder(folder: Path, *, make: bool = True) -> Iterator[None]:
    """Hold a folder, so that no other process does, nor another thread of this one.

    The system lets go of it when the process ends, however that ends. Whoever holds it may remove
    it.

    Parameters
    ----------
    folder
        The folder.
    make
        Whether to make it if need be.

    Raises
    ------
    BlockingIOError
        Somebody else holds it.
    OSError
        It cannot be made or written; or it is not there, and not to be made.
    """
    descriptor = _take(folder, make=make)
    try:
        yield
    finally:
        os.close(descriptor)


def is_left(folder: Path) -> bool:
    """Tell whether nobody holds a folder: whoever did has let go of it, or was killed.

    Where the file system knows no locks it is never left, as far as can be told.
    """
    try:
        descriptor = os.open(folder / LOCK, os.O_RDWR)
    except OSError:
        return True
    try:
        return _lock(descriptor)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)


def _take(folder: Path, *, make: bool) -> int:
    while True:
        if make:
            folder.mkdir(exist_ok=True)
        try:
            descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:
            if not make:
                raise
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

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(error.errno, error.strerror) from None
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        """Lock a file; False where there are no locks; raises BlockingIOError if another has it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError as error:
            if error.errno not in _UNKNOWN:
                raise
            return False
        return True

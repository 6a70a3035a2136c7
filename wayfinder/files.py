"""Files written whole or not at all, and still there after the power has failed."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_CANNOT = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES}
"""What systems say that cannot wait for a folder: some file systems over a network, say."""


@contextmanager
def replace_file(path: Path, *, private: bool = False) -> Iterator[IO[bytes]]:
    """Open a file that takes the place of another one when the block ends.

    Whoever looks sees the old one or the new one, never a half; an exception leaves the old one.

    Parameters
    ----------
    path
        The file.
    private
        Whether only its owner may read it; else it has the usual permissions.

    Raises
    ------
    OSError
        It cannot be written, or what is there is a device, a pipe or a socket; what was there is
        untouched.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        # an administrator who names /dev/null would lose it
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    # beside the target, since a rename is atomic only within one file system
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if not private:
            take_usual_mode(Path(name))
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until a folder's entries are on the disk: a rename is safe only then.

    Raises
    ------
    OSError
        The disk refuses.
    """
    if os.name != "posix":
        return  # others open no folders
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise


def take_usual_mode(path: Path, *, directory: bool = False) -> None:
    """Give what `tempfile` made private the mode that a file or folder usually gets here."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod((0o777 if directory else 0o666) & ~mask)

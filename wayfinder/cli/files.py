"""Writing files whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from wayfinder.cli.errors import CommandError


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file in one go: whoever looks sees the old one or the new one, never a half.

    Raises
    ------
    CommandError
        The path is a folder, or the folder cannot be written.
    """
    if path.is_dir():
        raise CommandError(f"{path}: is a folder; name a file in it")
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        _replace(path, data)
    except FileNotFoundError:
        raise CommandError(f"{path}: there is no folder {path.parent}; make it first") from None
    except OSError as error:
        raise CommandError(f"{path}: cannot be written: {error.strerror or error}") from None


def _replace(path: Path, data: bytes) -> None:
    # beside the target, since a rename is atomic only within one file system
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # the temporary file is private; what is asked for has the usual permissions
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise

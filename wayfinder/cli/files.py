"""Writing the files that a command was asked for."""

from pathlib import Path

from wayfinder.cli.errors import CommandError
from wayfinder.files import replace_file


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
        with replace_file(path) as file:
            file.write(data)
    except FileNotFoundError:
        raise CommandError(f"{path}: there is no folder {path.parent}; make it first") from None
    except OSError as error:
        raise CommandError(f"{path}: cannot be written: {error.strerror or error}") from None

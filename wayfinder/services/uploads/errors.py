"""Why a file that was brought is not taken."""

from typing import Any

from wayfinder.errors import CodedError


class UploadError(CodedError):
    """A file that is not taken: too large, too slow to read, or nothing that can be read.

    Parameters
    ----------
    code
        Kebab-case name; its words are the catalogue entry ``upload.<code>``.
    values
        What the words need, JSON values only.
    """

    kind = "upload"


class ReadingError(CodedError):
    """What another process said about a file: the error that it met, by code.

    Parameters
    ----------
    kind
        Whose error it is: ``upload``, ``unreadable``, ``sheet``.
    code, values
        As in `CodedError`.
    place
        Where in the file; empty where none is known.
    """

    def __init__(self, kind: str, code: str, values: dict[str, Any], place: str = "") -> None:
        super().__init__(code, **values)
        self.kind = kind  # type: ignore[misc]  # of this one; others have one for all
        self.place = place

"""What goes wrong at the border, as values.

FormatError
├── UnreadableError    the input cannot be made a plan at all
└── UnwritableError    the plan cannot be put where it was asked for
"""

from typing import Any

from wayfinder.errors import CodedError


class FormatError(CodedError):
    """A file that cannot be read or written: one line, with its place.

    Parameters
    ----------
    code
        Kebab-case name; its words are the catalogue entry ``unreadable.<code>`` or
        ``unwritable.<code>``.
    place
        Where: ``file``, ``file: member`` or ``file: line 3, column 7``.
    values
        What the words need, JSON values only.
    """

    kind = "format"

    def __init__(self, code: str, place: str = "", /, **values: Any) -> None:  # noqa: ANN401 - JSON
        super().__init__(code, **values)
        self.place = place

    def __str__(self) -> str:
        """Say it in one line without a catalogue: for logs and tracebacks."""
        return f"{self.place}: {super().__str__()}"


class UnreadableError(FormatError):
    """The input cannot be made a plan at all."""

    kind = "unreadable"


class UnwritableError(FormatError):
    """The plan cannot be put where it was asked for; what was there is untouched."""

    kind = "unwritable"

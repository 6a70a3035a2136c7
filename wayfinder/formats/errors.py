"""What goes wrong at the border, as values.

FormatError
├── UnreadableError    the input cannot be made a plan at all
└── UnwritableError    the plan cannot be put where it was asked for
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

_EMPTY: Mapping[str, Any] = MappingProxyType({})


class FormatError(Exception):
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
        self.code = code
        self.place = place
        self.values: Mapping[str, Any] = MappingProxyType(values) if values else _EMPTY
        super().__init__(code, place, values)

    def __str__(self) -> str:
        """Say it in one line without a catalogue: for logs and tracebacks."""
        details = ", ".join(f"{key}={value!r}" for key, value in self.values.items())
        return f"{self.place}: {self.code}" + (f" ({details})" if details else "")

    @property
    def message_id(self) -> str:
        """Name of its words in the catalogues."""
        return f"{self.kind}.{self.code}"


class UnreadableError(FormatError):
    """The input cannot be made a plan at all."""

    kind = "unreadable"


class UnwritableError(FormatError):
    """The plan cannot be put where it was asked for; what was there is untouched."""

    kind = "unwritable"

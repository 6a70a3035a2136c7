"""What the store refuses, as values.

StoreError
├── UnavailableError    the database cannot be reached, or is not ours to use
├── UnknownError        what was asked for is not there
├── ConflictError       it is there already, or somebody else's
├── InvalidError        a value that no database may hold, or that makes no sense
└── DamagedError        what was read is not what was written
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy.exc import DontWrapMixin


class StoreError(Exception):
    """The store says no: one line, with what it is about; nothing was changed.

    Parameters
    ----------
    code
        Kebab-case name; its words are the catalogue entry ``store.<code>``.
    values
        What the words need, JSON values only.
    """

    def __init__(self, code: str, /, **values: Any) -> None:  # noqa: ANN401 - JSON values
        self.code = code
        self.values: Mapping[str, Any] = MappingProxyType(values)
        super().__init__(code, values)

    def __str__(self) -> str:
        """Say it in one line without a catalogue: for logs and tracebacks."""
        details = ", ".join(f"{key}={value!r}" for key, value in self.values.items())
        return f"{self.code} ({details})" if details else self.code

    @property
    def message_id(self) -> str:
        """Name of its words in the catalogues."""
        return f"store.{self.code}"


class UnavailableError(StoreError):
    """The database cannot be reached, or is not ours to use."""


class UnknownError(StoreError):
    """What was asked for is not there."""


class ConflictError(StoreError):
    """It is there already, or it is somebody else's."""


class InvalidError(StoreError, DontWrapMixin):
    """A value that no database may hold, or that makes no sense.

    SQLAlchemy hands it through as it is.
    """


class DamagedError(StoreError):
    """What was read is not what was written."""

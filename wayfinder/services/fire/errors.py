"""What the fire takeover refuses, as values."""

from types import MappingProxyType
from typing import Any


class FireError(Exception):
    """A key, a text or a message is refused: one line; nothing was changed.

    Parameters
    ----------
    code
        Kebab-case name; its words are the catalogue entry ``fire.<code>``.
    values
        What the words need, JSON values only.
    """

    def __init__(self, code: str, /, **values: Any) -> None:  # noqa: ANN401 - JSON values
        self.code = code
        self.values = MappingProxyType(values)
        super().__init__(code, values)

    def __str__(self) -> str:
        """Say it in one line without a catalogue: for logs."""
        details = ", ".join(f"{key}={value!r}" for key, value in self.values.items())
        return f"{self.code} ({details})" if details else self.code

    @property
    def message_id(self) -> str:
        """Name of its words in the catalogues."""
        return f"fire.{self.code}"


class DamagedFileError(FireError):
    """A file cannot be read or is not what was written: cut short, empty, of something else."""


class RefusedError(FireError):
    """A message is not believed: forged, too old, of another venue, repeated."""

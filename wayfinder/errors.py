"""What is refused, as a value: a code, and what its words need.

CodedError
├── StoreError     `wayfinder.store`
├── FormatError    `wayfinder.formats`
├── EditError      `wayfinder.edit`
├── FeedbackError  `wayfinder.services.feedback`
├── FireError      `wayfinder.services.fire`
├── StaffError     `wayfinder.services.people`
├── UploadError    `wayfinder.services.uploads`
└── SheetError     `wayfinder.services.directory_sheet`
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar


class CodedError(Exception):
    """Something is refused: one line; nothing was changed.

    Parameters
    ----------
    code
        Kebab-case name; its words are the catalogue entry ``<kind>.<code>``.
    values
        What the words need, JSON values only.
    """

    kind: ClassVar[str]

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
        return f"{self.kind}.{self.code}"

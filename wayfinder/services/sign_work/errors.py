"""Why work on signs is refused, so that it can be said wherever it is read."""

from typing import ClassVar

from wayfinder.errors import CodedError


class SignWorkError(CodedError):
    """Work on signs is refused."""

    kind: ClassVar[str] = "sign-work"


class PrintingError(CodedError):
    """A batch is refused, as by the command line."""

    kind: ClassVar[str] = "printing"

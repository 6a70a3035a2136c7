"""What the store refuses, as values.

StoreError
├── UnavailableError    the database cannot be reached, or is not ours to use
├── UnknownError        what was asked for is not there
├── ConflictError       it is there already, or somebody else's
├── InvalidError        a value that no database may hold, or that makes no sense
└── DamagedError        what was read is not what was written
"""

from sqlalchemy.exc import DontWrapMixin

from wayfinder.errors import CodedError


class StoreError(CodedError):
    """The store says no: one line, with what it is about; nothing was changed.

    Parameters
    ----------
    code
        Kebab-case name; its words are the catalogue entry ``store.<code>``.
    values
        What the words need, JSON values only.
    """

    kind = "store"


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

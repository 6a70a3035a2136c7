"""What the fire takeover refuses, as values."""

from wayfinder.errors import CodedError


class FireError(CodedError):
    """A key, a text or a message is refused: one line; nothing was changed.

    Parameters
    ----------
    code
        Kebab-case name; its words are the catalogue entry ``fire.<code>``.
    values
        What the words need, JSON values only.
    """

    kind = "fire"


class DamagedFileError(FireError):
    """A file cannot be read or is not what was written: cut short, empty, of something else."""


class RefusedError(FireError):
    """A message is not believed: forged, too old, of another venue, repeated."""

"""How a command ends: 0 done, 1 the answer is no, 2 unusable input or arguments."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes; scripts rely on them."""

    DONE = 0
    NO = 1
    UNUSABLE = 2
    INTERRUPTED = 130


class CommandError(Exception):
    """A command cannot go on.

    Parameters
    ----------
    message
        One line: what is wrong, where, and what would help.
    exit_code
        `Exit.UNUSABLE` for input or arguments that make no sense, `Exit.NO` for an honest no.
    """

    def __init__(self, message: str, exit_code: Exit = Exit.UNUSABLE) -> None:
        super().__init__(message)
        self.message = message
        self.exit_code = exit_code

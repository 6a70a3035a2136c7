"""What is due is done one by one: what fails keeps nothing else from its time."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from wayfinder.store import UnavailableError

_T = TypeVar("_T")

Failed = Callable[[str, Exception], object]
"""Is told what failed for a reason that nobody foresaw, and the reason."""

_log = logging.getLogger(__name__)


def do_each(due: Iterable[tuple[str, Callable[[], _T | None]]], failed: Failed) -> list[_T]:
    """Do some things, each by itself, and return what came of those that something came of.

    Parameters
    ----------
    due
        What each is called in the log, and how it is done.
    failed
        Told of each that fails; it is due still.

    Raises
    ------
    UnavailableError
        The database cannot be reached: none of the rest would be done either.
    """
    found = []
    for what, do in due:
        try:
            done = do()
        except UnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are due all the same
            failed(what, error)
            continue
        if done is not None:
            found.append(done)
    return found


def log_failed(what: str, error: Exception) -> None:
    """Log what failed."""
    _log.error("%s: %s", what, type(error).__name__, exc_info=error)

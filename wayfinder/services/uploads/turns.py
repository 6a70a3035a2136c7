"""Whose turn it is: so many files are read at once, whichever worker of the server has them."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from wayfinder.services.batch_lock import hold_folder
from wayfinder.services.uploads.errors import UploadError

_LOOK_S = 0.1


class Turns:
    """Gives out turns to threads and processes. Whoever is killed lets go of theirs.

    Parameters
    ----------
    folder
        Where all of them look; made when the first turn is taken.
    most
        So many have one at once.
    """

    def __init__(self, folder: Path, most: int) -> None:
        self._folder = folder
        self._most = most

    @contextmanager
    def take(self, is_cancelled: Callable[[], bool]) -> Iterator[None]:
        """Wait for a turn, and have it until the block ends.

        Parameters
        ----------
        is_cancelled
            Asked ten times a second whether nobody waits any more.

        Raises
        ------
        UploadError
            Nobody waits any more.
        OSError
            The folder cannot be written.
        """
        with ExitStack() as held:
            while not self._try(held):
                if is_cancelled():
                    raise UploadError("cancelled")
                time.sleep(_LOOK_S)
            yield

    def _try(self, held: ExitStack) -> bool:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for number in range(self._most):
            try:
                held.enter_context(hold_folder(self._folder / f"{number}"))
            except BlockingIOError:
                continue
            return True
        return False
